"""One question of a visit form on the screen: its editor, its problem, the answer before."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.spelled_dates import plain_date
from brandpool.i18n import _
from brandpool.rules.visit_form import Form, Question, State, Typed
from brandpool.services.visit_state import LastValue
from brandpool.ui import style
from brandpool.ui.signature_pad import SignaturePad
from brandpool.ui.widgets.field_line import DateEdit

_ACROSS = 4
_NARROW = {"integer": 120, "decimal": 120, "date": 150}
_MOST_SHOWN = 60
PENDING = "请填写"


class Ticks(QWidget):
    """Options of which several can be ticked."""

    edited = Signal()

    def __init__(self, form: Form, question: Question) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        for place, option in enumerate(form.options(question)):
            box = QCheckBox(option.label)
            box.clicked.connect(self.edited)
            self.boxes[option.code] = box
            layout.addWidget(box, place // _ACROSS, place % _ACROSS)
        layout.setColumnStretch(_ACROSS, 1)

    def ticked(self) -> tuple[str, ...]:
        """The codes ticked, in the form's order."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def tick(self, codes: Typed) -> None:
        """Tick these and no others."""
        wanted = codes if isinstance(codes, tuple) else tuple(codes.split())
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)


class QuestionLine(QWidget):
    """The line of one question. `edited` tells that the clerk changed the answer."""

    edited = Signal()

    def __init__(self, form: Form, question: Question) -> None:
        super().__init__()
        self.question = question
        self.editor = self._editor(form)
        self.editor.setAccessibleName(question.label)
        self.problem = style.soft("")
        style.tint(self.problem, style.BAD)
        self.problem.hide()
        self.hint = style.soft(question.hint)
        self.hint.setVisible(bool(question.hint))
        self.last = style.soft("")
        self.adopt = style.quiet(QPushButton(_("沿用")))
        self.adopt.setAccessibleName(_("沿用上次的“{label}”").format(label=question.label))
        self.adopt.clicked.connect(self._adopt)
        self._last: Typed | None = None
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.last)
        below.addWidget(self.adopt)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.editor, self.hint, self.problem):
            layout.addWidget(widget)
        layout.addLayout(below)
        for widget in (self.last, self.adopt):
            widget.hide()
        self.setFocusProxy(self.editor)

    def typed(self) -> Typed:
        """The answer as it stands; a day in whatever spelling becomes 2026-11-22."""
        editor = self.editor
        if isinstance(editor, Ticks):
            return editor.ticked()
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        if isinstance(editor, SignatureLine):
            return editor.pad.text()
        assert isinstance(editor, QLineEdit)
        if isinstance(editor, DateEdit):
            day = plain_date(editor.text().strip())
            return day.isoformat() if day else editor.text()
        return editor.text()

    def put(self, typed: Typed) -> None:
        """Show an answer."""
        editor, text = self.editor, typed if isinstance(typed, str) else " ".join(typed)
        if isinstance(editor, Ticks):
            editor.tick(typed)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        elif isinstance(editor, SignatureLine):
            editor.pad.put(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def show_state(self, state: State, *, asked: bool) -> None:
        """Say what is wrong; that something is missing is only said once it was `asked` for."""
        problem = state.problem if asked or state.problem != PENDING else ""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def show_last(self, value: LastValue | None) -> None:
        """Show what was answered at the visit before, to be taken over."""
        shown = value.shown.replace("\n", " ") if value else ""
        short = shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + "…"
        self._last = value.typed if value else None
        self.last.setText(_("上次：{value}").format(value=short) if value else "")
        self.last.setToolTip(shown)
        self.last.setWordWrap(False)
        for widget in (self.last, self.adopt):
            widget.setVisible(value is not None)

    def _adopt(self) -> None:
        if self._last is not None:
            self.put(self._last)
            self.edited.emit()

    def _editor(self, form: Form) -> QWidget:
        question = self.question
        if question.kind == "select_multiple":
            ticks = Ticks(form, question)
            ticks.edited.connect(self.edited)
            return ticks
        if question.kind == "select_one":
            return self._choices(form)
        if question.kind == "image":
            line = SignatureLine()
            line.pad.edited.connect(self.edited)
            return line
        if question.appearance == "multiline":
            note = QPlainTextEdit()
            note.setFixedHeight(64)
            note.setTabChangesFocus(True)
            note.textChanged.connect(self.edited)
            return note
        text = DateEdit() if question.kind == "date" else QLineEdit()
        if question.kind in _NARROW:
            text.setMaximumWidth(_NARROW[question.kind])
        text.textEdited.connect(self.edited)
        if isinstance(text, DateEdit):
            text.day_picked.connect(self.edited)
        return text

    def _choices(self, form: Form) -> QComboBox:
        box = QComboBox()
        box.addItem("", "")
        for option in form.options(self.question):
            box.addItem(option.label, option.code)
        box.setMaximumWidth(260)
        box.activated.connect(self.edited)
        return box


class SignatureLine(QWidget):
    """A pad with buttons to wipe it and to take a picture from a file instead (`wanted`)."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad = SignaturePad()
        self.clear = QPushButton(_("重签"))
        self.clear.clicked.connect(self.pad.wipe)
        self.choose = QPushButton(_("从文件…"))
        self.choose.clicked.connect(self.wanted)
        buttons = QVBoxLayout()
        for button in (self.clear, self.choose):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pad)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def show_picture(self, digest: str, content: bytes) -> None:
        """Show the picture kept beside the pool under this hash."""
        self.pad.put(digest, QImage.fromData(content))
