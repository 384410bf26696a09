"""The filter of one column: tick values, find them, give a range, ask for blanks."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.services.records import Filter, Op
from brandpool.ui import style, typed
from brandpool.ui.work import Work

_MOST = 500
_VALUE = Qt.ItemDataRole.UserRole
_RANGED = {Kind.NUMBER, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.YEAR}
_TICKED = {Kind.CHOICE, Kind.FLAG, Kind.TEXT, Kind.TAGS, Kind.YEAR, Kind.LINK, Kind.PERSON}
_WORDED = {Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.PERSON, Kind.PHONE, Kind.EMAIL, Kind.TAGS}

Counted = list[tuple[Value, str, int]]


class FilterPopup(QFrame):
    """Says with `chosen` which filters the column shall have; none means no filter."""

    chosen = Signal(str, object)

    def __init__(
        self,
        work: Work,
        model: type[Record],
        field: Field,
        present: tuple[Filter, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setMinimumWidth(280)
        self.field = field
        self._present = present
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        title = QLabel(_("筛选：{field}").format(field=field.label(lang())))
        layout.addWidget(title)
        self.words = QLineEdit()
        self.ticks = QListWidget()
        self.low, self.high = QLineEdit(), QLineEdit()
        self.complaint = style.soft("")
        style.tint(self.complaint, style.BAD)
        if field.kind in _RANGED:
            layout.addLayout(self._range())
        if field.kind in _TICKED | _WORDED:
            layout.addWidget(self.words)
        if field.kind in _TICKED:
            layout.addWidget(self.ticks)
        self._name_parts()
        layout.addLayout(self._blanks())
        layout.addWidget(self.complaint)
        layout.addLayout(self._buttons())
        self.complaint.hide()
        self._recall()
        if field.kind in _TICKED:
            work.read(partial(_counted, model=model, field=field), self._fill)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies, Escape leaves everything as it is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply()
        else:
            super().keyPressEvent(event)

    def apply(self) -> None:
        """Hand the filters over and close."""
        try:
            filters = (*self._bounds(), *self._values())
        except typed.NotUnderstood as reason:
            self.complaint.setText(str(reason))
            self.complaint.show()
            return
        self._leave(filters)

    def _name_parts(self) -> None:
        self.words.setPlaceholderText(_("输入文字查找，回车即按“包含”筛选"))
        self.words.setAccessibleName(_("查找值"))
        self.words.textChanged.connect(self._narrow)
        self.ticks.setAccessibleName(_("勾选要显示的值"))
        self.ticks.setMinimumHeight(180)

    def _range(self) -> QFormLayout:
        form = QFormLayout()
        for line, name in ((self.low, _("从")), (self.high, _("到"))):
            line.setAccessibleName(name)
            form.addRow(name, line)
        if self.field.kind is Kind.DATE:
            presets = QHBoxLayout()
            for text, span in _spans(date.today()):
                button = QPushButton(text)
                button.clicked.connect(partial(self._set_span, span))
                presets.addWidget(button)
            form.addRow(presets)
        return form

    def _set_span(self, span: tuple[date, date]) -> None:
        self.low.setText(span[0].isoformat())
        self.high.setText(span[1].isoformat())

    def _blanks(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for text, op in ((_("只看空白"), Op.EMPTY), (_("只看非空"), Op.FILLED)):
            button = QPushButton(text)
            button.clicked.connect(partial(self._leave, (Filter(self.field.name, op),)))
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        if self.field.kind in _TICKED:
            every = QPushButton(_("全选"))
            none = QPushButton(_("全不选"))
            every.clicked.connect(partial(self._tick_all, Qt.CheckState.Checked))
            none.clicked.connect(partial(self._tick_all, Qt.CheckState.Unchecked))
            line.addWidget(every)
            line.addWidget(none)
        line.addStretch(1)
        clear = QPushButton(_("清除"))
        clear.clicked.connect(partial(self._leave, ()))
        self.accept = style.primary(QPushButton(_("筛选")))
        self.accept.clicked.connect(self.apply)
        line.addWidget(clear)
        line.addWidget(self.accept)
        return line

    def _recall(self) -> None:
        for present in self._present:
            value = present.value
            if present.op is Op.CONTAINS:
                self.words.setText(str(value))
            elif present.op in (Op.AT_LEAST, Op.AT_MOST) and not isinstance(value, tuple):
                line = self.low if present.op is Op.AT_LEAST else self.high
                line.setText(typed.written(self.field, value, lang()))

    def _fill(self, counted: Counted) -> None:
        wanted: set[Value] | None = None
        for present in self._present:
            if present.op is Op.ONE_OF and isinstance(present.value, tuple):
                wanted = set(present.value)
            elif present.op is Op.EMPTY:
                wanted = {None}
        cut = len(counted) > _MOST
        for value, text, number in counted[:_MOST]:
            item = QListWidgetItem(f"{text}  ({number:,})")
            item.setData(_VALUE, value)
            on = value in wanted if wanted is not None else not cut
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.ticks.addItem(item)
        if cut:
            self.complaint.setText(_("值太多，只列出最常见的 {number} 个。").format(number=_MOST))
            self.complaint.show()
        self._narrow(self.words.text())

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def _tick_all(self, state: Qt.CheckState) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    def _items(self) -> list[QListWidgetItem]:
        return [self.ticks.item(row) for row in range(self.ticks.count())]

    def _bounds(self) -> list[Filter]:
        found = []
        for line, op in ((self.low, Op.AT_LEAST), (self.high, Op.AT_MOST)):
            if line.text().strip():
                found.append(Filter(self.field.name, op, typed.value_of(self.field, line.text())))
        return found

    def _values(self) -> list[Filter]:
        name = self.field.name
        words = self.words.text().strip()
        items = self._items()
        ticked = [i for i in items if not i.isHidden() and i.checkState() == Qt.CheckState.Checked]
        untouched = all(i.checkState() == Qt.CheckState.Checked for i in items if not i.isHidden())
        if words and self.field.kind in _WORDED and (untouched or not ticked):
            return [Filter(name, Op.CONTAINS, words)]
        if len(ticked) == len(items) or not ticked:
            return []
        return [Filter(name, Op.ONE_OF, tuple(item.data(_VALUE) for item in ticked))]

    def _leave(self, filters: tuple[Filter, ...]) -> None:
        self.chosen.emit(self.field.name, tuple(filters))
        self.close()


def _counted(session: Session, model: type[Record], field: Field) -> Counted:
    """The values of the column with their texts and how often each stands there."""
    found = records.distinct(session, model, field.name)
    titles: dict[str, str] = {}
    if field.kind is Kind.LINK:
        linked = {str(value) for value, _number in found if value}
        titles = records.titles(session, by_kind()[field.links], linked)
    blanks = sum(number for value, number in found if value in (None, ""))
    text: Callable[[Value], str] = lambda v: titles.get(str(v)) or field.shown(v, lang())  # noqa: E731
    counted: Counted = [(v, text(v), number) for v, number in found if v not in (None, "")]
    return ([(None, _("（空白）"), blanks)] if blanks else []) + counted


def _spans(today: date) -> list[tuple[str, tuple[date, date]]]:
    first = today.month - (today.month - 1) % 3
    return [
        (_("本月"), (today.replace(day=1), _last_day(today.year, today.month))),
        (_("本季度"), (date(today.year, first, 1), _last_day(today.year, first + 2))),
        (_("今年"), (date(today.year, 1, 1), date(today.year, 12, 31))),
    ]


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
