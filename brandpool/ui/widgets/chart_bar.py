"""The bar above a chart: which ladder, which chart, between which days, in which steps."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QWidget

from brandpool.i18n import _
from brandpool.reports.charts import Ask, Chart

Span = tuple[date, date]
_YEARS = 3


class ChartBar(QWidget):
    """Tells what is asked for; `changed` whenever that is something else."""

    changed = Signal()

    def __init__(self, charts: Sequence[Chart], today: date) -> None:
        super().__init__()
        self._charts = charts
        self._today = today
        self._all: Span | None = None
        self.ladder = _box(_("梯队"), [])
        self.kind = _box(_("图表"), [(one.title, one.key) for one in charts])
        self.period = _box(
            _("期间"),
            [
                (_("今年以来"), "year"),
                (_("上一年"), "last"),
                (_("近三年"), "years"),
                (_("全部"), "all"),
                (_("自选"), "own"),
            ],
        )
        self.start, self.end = _day(_("起始日")), _day(_("截止日"))
        steps = [(_("按月"), "month"), (_("按季"), "quarter"), (_("按年"), "year")]
        self.step = _box(_("步长"), steps)
        self._to = QLabel("—")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.ladder, self.kind, self.period, self.start, self._to, self.end, self.step,
        ):  # fmt: skip
            line.addWidget(widget)
        line.addStretch(1)
        self._set_period()
        self._show_what_counts()
        self._connect()

    def asked(self) -> Ask:
        """What is asked for now; the ladder is empty while there is none."""
        ladder = str(self.ladder.currentData() or "")
        return Ask(ladder, _date(self.start), _date(self.end), self.step.currentData())

    def chart(self) -> Chart:
        """The chart that is asked for."""
        return self._charts[max(self.kind.currentIndex(), 0)]

    def offer(self, ladders: Sequence[tuple[str, str]], span: Span | None) -> None:
        """The ladders (name and code) to choose from, and the days of the first and last move."""
        self._all = span
        present = self.ladder.currentData()
        self.ladder.blockSignals(True)
        self.ladder.clear()
        for name, code in ladders:
            self.ladder.addItem(name, code)
        self.ladder.setCurrentIndex(max(self.ladder.findData(present), 0))
        self.ladder.blockSignals(False)
        self._set_period()

    def _connect(self) -> None:
        self.ladder.currentIndexChanged.connect(self.changed)
        self.step.currentIndexChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self._on_chart)
        self.period.activated.connect(self._on_period)
        self.start.dateChanged.connect(self._on_day)
        self.end.dateChanged.connect(self._on_day)

    def _on_chart(self) -> None:
        self._show_what_counts()
        self.changed.emit()

    def _on_period(self) -> None:
        self._set_period()
        self.changed.emit()

    def _on_day(self) -> None:
        self.period.setCurrentIndex(self.period.findData("own"))
        self.changed.emit()

    def _show_what_counts(self) -> None:
        chart = self.chart()
        for widget in (self.period, self.start, self._to):
            widget.setVisible(chart.between)
        self.step.setVisible(chart.stepped)

    def _set_period(self) -> None:
        """Put the days of the chosen period into their lines, at once."""
        first, last = self._days(str(self.period.currentData()))
        for line, day in ((self.start, first), (self.end, last)):
            line.blockSignals(True)
            line.setDate(QDate(day.year, day.month, day.day))
            line.blockSignals(False)

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


def _box(name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for words, code in items:
        box.addItem(words, code)
    return box


def _day(name: str) -> QDateEdit:
    line = QDateEdit()
    line.setCalendarPopup(True)
    line.setDisplayFormat("yyyy-MM-dd")
    line.setAccessibleName(name)
    line.setToolTip(name)
    return line


def _date(line: QDateEdit) -> date:
    day = line.date()
    return date(day.year(), day.month(), day.day())
