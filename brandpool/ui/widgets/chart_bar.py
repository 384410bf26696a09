"""The bar above a statistic or chart: which one of which theme, of what, between which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.reports.ask import Ask, Span
from brandpool.reports.statistics import themes

_YEARS = 3


class Askable(Protocol):
    """What can be asked for: a statistic or a chart."""

    @property
    def key(self) -> str:
        """What it is known by."""

    @property
    def theme(self) -> str:
        """What it is sorted under."""

    @property
    def title(self) -> str:
        """What the clerk reads."""

    @property
    def between(self) -> bool:
        """Whether it needs a first day too."""

    @property
    def stepped(self) -> bool:
        """Whether the step counts."""

    @property
    def laddered(self) -> bool:
        """Whether it is about one ladder."""

    @property
    def inclusive(self) -> bool:
        """Whether the first day is counted itself; otherwise the period begins on its evening."""

    @property
    def about_one(self) -> bool:
        """Whether it is about one record."""


One = TypeVar("One", bound=Askable)


class AskBar(QWidget, Generic[One]):
    """Tells what is asked for; `changed` whenever that is something else."""

    changed = Signal()

    def __init__(self, offered: Sequence[One], today: date) -> None:
        super().__init__()
        self._offered = offered
        self._today = today
        self._all: Span | None = None
        there = {one.theme for one in offered}
        shown = [(words, key) for key, words in themes().items() if key in there]
        self.theme = _box(_("主题"), [(_("全部主题"), ""), *shown])
        self.kind = _box(_("统计项目"), [(one.title, one.key) for one in offered])
        self.ladder = _box(_("梯队"), [])
        self.record = _record_box()
        self.period = _box(_("期间"), _periods())
        self.start, self.end = _day(_("起始日")), _day(_("截止日"))
        steps = [(_("按月"), "month"), (_("按季"), "quarter"), (_("按年"), "year")]
        self.step = _box(_("步长"), steps)
        self._to = QLabel("—")
        self.knowing = QCheckBox(_("只计某日已知的数据："))
        self.knowing.setToolTip(
            _("补录的数据不计入录入之前的“已知”；不勾选时按现在掌握的全部数据计")
        )
        self.known_day = _day(_("已知日"))
        self.known_day.setMaximumDate(QDate(today.year, today.month, today.day))
        _set(self.known_day, today)
        self._lay_out()
        self._set_period()
        self._show_what_counts()
        self._connect()

    def asked(self) -> Ask:
        """What is asked for now; ladder and record are empty while there is none."""
        ladder = str(self.ladder.currentData() or "")
        record = str(self.record.currentData() or "") if self.chosen().about_one else ""
        return Ask(ladder, _date(self.start), _date(self.end), self.step.currentData(), record)

    def chosen(self) -> One:
        """The statistic or chart that is asked for."""
        key = self.kind.currentData()
        return next((one for one in self._offered if one.key == key), self._offered[0])

    def choose(self, key: str) -> None:
        """Ask for this one, whatever theme is in sight."""
        self.theme.setCurrentIndex(0)
        self.kind.setCurrentIndex(self.kind.findData(key))

    def known(self) -> date | None:
        """The day as known on whose evening it is to be; None for now."""
        return _date(self.known_day) if self.knowing.isChecked() else None

    def offer(self, ladders: Sequence[tuple[str, str]], span: Span | None) -> None:
        """The ladders (name and code) to choose from, and the days of the first and last move."""
        self._all = span
        _refill(self.ladder, ladders)
        self._set_period()

    def offer_records(self, found: Sequence[tuple[str, str]], wanted: str = "") -> None:
        """The records (name and id) a chart of one of them can be about, one of them `wanted`."""
        _refill(self.record, found, wanted)
        line = self.record.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def set_range(self, first: date, last: date) -> None:
        """Ask for these days, as chosen by dragging."""
        for line, day in ((self.start, first), (self.end, last)):
            _set(line, day)
        self.period.setCurrentIndex(self.period.findData("own"))
        self.changed.emit()

    def _lay_out(self) -> None:
        lines = (
            (self.theme, self.kind, self.ladder, self.record),
            (self.period, self.start, self._to, self.end, self.step, self.knowing, self.known_day),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widgets in lines:
            line = QHBoxLayout()
            for widget in widgets:
                line.addWidget(widget)
            line.addStretch(1)
            layout.addLayout(line)

    def _connect(self) -> None:
        self.theme.currentIndexChanged.connect(self._on_theme)
        self.ladder.currentIndexChanged.connect(self.changed)
        self.record.currentIndexChanged.connect(self.changed)
        self.step.currentIndexChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.period.activated.connect(self._on_period)
        self.start.dateChanged.connect(self._on_day)
        self.end.dateChanged.connect(self._on_day)
        self.knowing.toggled.connect(self._on_kind)
        self.known_day.dateChanged.connect(self.changed)

    def _on_theme(self) -> None:
        theme = self.theme.currentData()
        _refill(self.kind, [(o.title, o.key) for o in self._offered if theme in ("", o.theme)])
        self._on_kind()

    def _on_kind(self) -> None:
        self._set_period()
        self._show_what_counts()
        self.changed.emit()

    def _on_period(self) -> None:
        self._set_period()
        self.changed.emit()

    def _on_day(self) -> None:
        self.period.setCurrentIndex(self.period.findData("own"))
        self.changed.emit()

    def _show_what_counts(self) -> None:
        one = self.chosen()
        for widget in (self.period, self.start, self._to):
            widget.setVisible(one.between)
        self.step.setVisible(one.stepped)
        self.ladder.setVisible(one.laddered)
        self.record.setVisible(one.about_one)
        self.known_day.setVisible(self.knowing.isChecked())

    def _set_period(self) -> None:
        """Put the days of the chosen period into their lines, at once."""
        period = str(self.period.currentData())
        first, last = self._days(period)
        if self.chosen().inclusive and period != "own":
            first += timedelta(1)
        _set(self.start, first)
        _set(self.end, last)

    def _days(self, period: str) -> Span:
        """A period is told by the evening before it and its last evening."""
        today, new_year = self._today, date(self._today.year, 1, 1)
        evening = new_year - timedelta(1)
        match period:
            case "last":
                return date(evening.year - 1, 12, 31), evening
            case "years":
                return date(evening.year - _YEARS + 1, 12, 31), today
            case "all" if self._all is not None:
                return self._all[0] - timedelta(1), max(self._all[1], today)
            case "own":
                return _date(self.start), _date(self.end)
            case _:
                return evening, today


def _periods() -> list[tuple[str, str]]:
    return [
        (_("今年以来"), "year"), (_("上一年"), "last"), (_("近三年"), "years"),
        (_("全部"), "all"), (_("自选"), "own"),
    ]  # fmt: skip


def _box(name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaxVisibleItems(30)
    for words, code in items:
        box.addItem(words, code)
    return box


def _record_box() -> QComboBox:
    """A box in which a record is found by any part of its name."""
    box = _box(_("对象"), [])
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(24)
    box.setEditable(True)
    line = box.lineEdit()
    if line is not None:
        line.setAccessibleName(box.accessibleName())
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    box.setCompleter(completer)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def _refill(box: QComboBox, items: Sequence[tuple[str, str]], wanted: str = "") -> None:
    """Other entries, in silence; the one chosen stays where it is still there."""
    present = wanted or box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, code in items:
        box.addItem(words, code)
    box.setCurrentIndex(max(box.findData(present), 0) if items else -1)
    box.blockSignals(False)


def _day(name: str) -> QDateEdit:
    line = QDateEdit()
    line.setCalendarPopup(True)
    line.setDisplayFormat("yyyy-MM-dd")
    line.setKeyboardTracking(False)
    line.setAccessibleName(name)
    line.setToolTip(name)
    return line


def _set(line: QDateEdit, day: date) -> None:
    line.blockSignals(True)
    line.setDate(QDate(day.year, day.month, day.day))
    line.blockSignals(False)


def _date(line: QDateEdit) -> date:
    day = line.date()
    return date(day.year(), day.month(), day.day())
