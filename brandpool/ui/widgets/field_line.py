"""One line of a form: the editor that suits a field, and a place for what is wrong with it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.ui import style, typed
from brandpool.ui.widgets.cell_editor import choice_box
from brandpool.ui.widgets.link_edit import LinkEdit
from brandpool.ui.work import Work


class FieldLine(QWidget):
    """Editor and remark of one field. `edited` tells that the clerk changed it."""

    edited = Signal()

    def __init__(self, work: Work, field: Field) -> None:
        super().__init__()
        self.field = field
        self.remark = style.soft("")
        self.remark.hide()
        self.editor = self._editor(work)
        self.editor.setAccessibleName(field.label(lang()))
        if field.hint:
            self.editor.setToolTip(field.hint)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.editor, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addWidget(self.remark)
        layout.addStretch(1)
        self.setFocusProxy(self.editor)

    def put(self, value: Value, title: str = "") -> None:
        """Show a value; `title` is what a linked record is called."""
        editor = self.editor
        if isinstance(editor, LinkEdit):
            editor.put(str(value) if value else None, title)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText("" if value is None else str(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(typed.written(self.field, value, lang()))

    def value(self) -> Value:
        """What the line says now. Raises NotUnderstood with a sentence for the clerk."""
        editor = self.editor
        if isinstance(editor, LinkEdit):
            editor.settle()
            return editor.record
        if isinstance(editor, QComboBox):
            picked: Value = editor.currentData()
            return picked
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText().strip() or None
        return typed.value_of(self.field, self.text())

    def text(self) -> str:
        """The characters in the line."""
        editor = self.editor
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def complain(self, text: str) -> None:
        """Say what is wrong, in red; an empty text takes it back."""
        self._say(text, style.BAD)

    def warn(self, text: str) -> None:
        """Say what looks wrong; it can be saved all the same."""
        self._say(text, style.WARN)

    def suggest(self, texts: list[str]) -> None:
        """Offer texts that other records have in this field."""
        if isinstance(self.editor, QLineEdit) and not isinstance(self.editor, LinkEdit):
            completer = QCompleter(QStringListModel(texts, self), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.editor.setCompleter(completer)

    def add_at_end(self, widget: QWidget) -> None:
        """Put something beside the editor, such as the currency of an amount."""
        self._row.addWidget(widget)

    def on_history(self, show: Callable[[Field], object]) -> None:
        """Offer 历史… in the editor's menu."""
        self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.editor.customContextMenuRequested.connect(partial(self._menu, show))

    def _menu(self, show: Callable[[Field], object], place: QPoint) -> None:
        editor = self.editor
        if isinstance(editor, (QLineEdit, QPlainTextEdit)):
            menu = editor.createStandardContextMenu()
            menu.addSeparator()
        else:
            menu = QMenu(editor)
        action = menu.addAction(_("历史…"))
        action.triggered.connect(lambda: show(self.field))
        menu.exec(editor.mapToGlobal(place))

    def _say(self, text: str, colour: str) -> None:
        style.tint(self.remark, colour)
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def _editor(self, work: Work) -> QWidget:
        field = self.field
        if field.kind is Kind.LINK:
            link = LinkEdit(work, field.links)
            link.picked.connect(self.edited)
            link.textEdited.connect(self.edited)
            return link
        if field.kind in (Kind.CHOICE, Kind.FLAG):
            box = choice_box(field)
            box.activated.connect(self.edited)
            return box
        if field.kind is Kind.NOTE:
            note = QPlainTextEdit()
            note.setFixedHeight(68)
            note.setTabChangesFocus(True)
            note.textChanged.connect(self.edited)
            return note
        line = DateEdit() if field.kind is Kind.DATE else QLineEdit()
        line.textEdited.connect(self.edited)
        if isinstance(line, DateEdit):
            line.day_picked.connect(self.edited)
        if field.unit and field.kind is not Kind.MONEY:
            line.setPlaceholderText(field.unit)
        return line


class DateEdit(QLineEdit):
    """A day typed in any usual spelling, or picked from a calendar; it may be empty."""

    day_picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("如 2026-11-22"))
        self.setTextMargins(0, 0, 24, 0)
        self.button = QPushButton("▾", self)
        self.button.setAccessibleName(_("日历"))
        self.button.setFlat(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.pick)
        self.calendar: QCalendarWidget | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right end."""
        super().resizeEvent(event)
        self.button.setGeometry(self.width() - 24, 1, 23, self.height() - 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ opens the calendar, Ctrl+; is today."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.pick()
        elif ctrl and event.key() == Qt.Key.Key_Semicolon:
            self._take(QDate.currentDate())
        else:
            super().keyPressEvent(event)

    def pick(self) -> None:
        """Open the calendar below the line."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(self._day() or QDate.currentDate())
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        calendar.clicked.connect(calendar.close)
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
        self.calendar = calendar

    def _day(self) -> QDate | None:
        try:
            day = date.fromisoformat(self.text().strip())
        except ValueError:
            return None
        return QDate(day.year, day.month, day.day)

    def _take(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.day_picked.emit()
