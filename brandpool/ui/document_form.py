"""What a document is about: its kind, then a period, a list, a notice, enterprises or a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.shortlist import Shortlist
from brandpool.models.tier import PublicNotice
from brandpool.reports.documents.catalogue import Need, Order, papers
from brandpool.reports.documents.period import Period, Span, period_of
from brandpool.services import docket, questions, records, reference_data, schemes
from brandpool.services.docket import Asked
from brandpool.services.records import Query
from brandpool.ui import docket_reading
from brandpool.ui.kind_box import DayEdit
from brandpool.ui.page import Shell
from brandpool.ui.widgets.link_edit import LinkEdit
from brandpool.ui.work import Task

Named = tuple[str, str]
_PERIODS: dict[Span, int] = {"month": 24, "quarter": 12, "year": 6}


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from, each with its name and id."""

    ladders: Sequence[Named]
    lists: Sequence[Named]
    notices: Sequence[Named]


def offered(session: Session, today: date) -> Offered:
    """The ladders in force, the lists and questions, and the notices, the newest first."""
    handed = records.find(session, Shortlist, Query(order=("-handed_in",)))
    noticed = records.find(session, PublicNotice, Query(order=("-published",)))
    lists = [
        (_("已报送：{name}（{day}）").format(name=row["name"], day=row["handed_in"]), row.id)
        for row in records.rows(session, Shortlist, handed)
    ]
    lists += [(_("查询：{name}").format(name=q.name), q.id) for q in questions.find(session)]
    notices = [
        (f"{row['title']}（{row['published']}）", row.id)
        for row in records.rows(session, PublicNotice, noticed)
    ]
    ladders = [(name, code) for code, name, _scheme in schemes.ladders(session, today)]
    return Offered(ladders, lists, notices)


class DocumentForm(QWidget):
    """Tells what is wanted; `changed` whenever that is something else."""

    changed = Signal()

    def __init__(self, shell: Shell, today: date) -> None:
        super().__init__()
        self._shell, self._today = shell, today
        self.kind = _box(_("文书种类"))
        for paper in papers():
            self.kind.addItem(paper.title, paper.key)
        self._needs = [paper.need for paper in papers()]
        self.span, self.period = _box(_("报告种类")), _box(_("报告期间"))
        self.list, self.notice = _box(_("名单")), _box(_("公示"))
        self.ladder = _box(_("梯队"))
        self.start = DayEdit(_("起始日"), date(today.year, 1, 1))
        self.end = DayEdit(_("截止日"), today)
        self.enterprises = _Chosen(shell)
        self.owner = LinkEdit(shell.work, Enterprise.kind())
        self.owner.setAccessibleName(_("企业"))
        self.deadline = _box(_("期限"))
        for words, key in ((_("月报"), "month"), (_("季报"), "quarter"), (_("年报"), "year")):
            self.span.addItem(words, key)
        self._lay_out()
        self._offer_periods()
        self._connect()

    def need(self) -> Need:
        """What the chosen document has to be told."""
        return self._needs[max(self.kind.currentIndex(), 0)]

    def order(self, *, unmasked: bool) -> Order | None:
        """What is wanted now, or None while something is missing."""
        kind = str(self.kind.currentData())
        match self.need():
            case Need.PERIOD:
                period = self.period.currentData()
                return Order(kind, period=period) if isinstance(period, Period) else None
            case Need.LIST:
                return self._list_order(kind, unmasked=unmasked)
            case Need.NOTICE:
                return self._about(kind, [str(self.notice.currentData() or "")])
            case Need.SPAN:
                ladder = str(self.ladder.currentData() or "")
                days = self.start.day, self.end.day
                return Order(kind, ladder=ladder, start=days[0], end=days[1]) if ladder else None
            case Need.ENTERPRISES:
                return self._about(kind, self.enterprises.ids(), unmasked=unmasked)
            case _:
                return self._about(kind, [str(self.deadline.currentData() or "")])

    def offer(self, found: Offered) -> None:
        """What there is to choose from now; what was chosen stays chosen."""
        up = [
            (_("拟升级企业：{ladder}").format(ladder=name), f"{_LADDER}{code}")
            for name, code in found.ladders
        ]
        for box, items in (
            (self.ladder, found.ladders),
            (self.list, [*up, *found.lists]),
            (self.notice, found.notices),
        ):
            _refill(box, items)

    def choose(self, key: str, ids: Sequence[Named] = ()) -> None:
        """Ask for this kind of document, about these records (name and id)."""
        self.kind.setCurrentIndex(self.kind.findData(key))
        match self.need():
            case Need.ENTERPRISES:
                self.enterprises.put(ids)
            case Need.LIST | Need.NOTICE:
                box = self.list if self.need() is Need.LIST else self.notice
                for name, record in ids:
                    if box.findData(record) < 0:
                        box.addItem(name, record)
                    box.setCurrentIndex(box.findData(record))
            case _:
                pass

    def _about(self, kind: str, ids: Sequence[str], *, unmasked: bool = False) -> Order | None:
        found = tuple(one for one in ids if one)
        return Order(kind, found, unmasked=unmasked) if found else None

    def _list_order(self, kind: str, *, unmasked: bool) -> Order | None:
        chosen = str(self.list.currentData() or "")
        if chosen.startswith(_LADDER):
            return Order(kind, ladder=chosen.removeprefix(_LADDER), unmasked=unmasked)
        return self._about(kind, [chosen], unmasked=unmasked)

    def _lay_out(self) -> None:
        self.inputs = QStackedWidget()
        for rows in (
            ((_("报告种类"), self.span), (_("报告期间"), self.period)),
            ((_("名单"), self.list),),
            ((_("公示"), self.notice),),
            ((_("梯队"), self.ladder), (_("起始日"), self.start), (_("截止日"), self.end)),
            ((_("企业"), self.enterprises),),
            ((_("企业"), self.owner), (_("期限"), self.deadline)),
        ):
            sheet = QWidget()
            form = QFormLayout(sheet)
            form.setContentsMargins(0, 0, 0, 0)
            for label, widget in rows:
                form.addRow(label, widget)
            self.inputs.addWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.kind)
        layout.addWidget(self.inputs)
        self._take_room()

    def _take_room(self) -> None:
        """Only the sheet in sight takes room."""
        policy = QSizePolicy.Policy
        for place in range(self.inputs.count()):
            shown = place == self.inputs.currentIndex()
            high = policy.Preferred if shown else policy.Ignored
            self.inputs.widget(place).setSizePolicy(policy.Preferred, high)
        self.inputs.adjustSize()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.span.currentIndexChanged.connect(self._on_span)
        for box in (self.period, self.list, self.notice, self.ladder, self.deadline):
            box.currentIndexChanged.connect(self.changed)
        self.start.dateChanged.connect(self.changed)
        self.end.dateChanged.connect(self.changed)
        self.enterprises.changed.connect(self.changed)
        self.owner.picked.connect(self._read_dates)

    def _on_kind(self) -> None:
        self.inputs.setCurrentIndex(list(Need).index(self.need()))
        self._take_room()
        self.changed.emit()

    def _on_span(self) -> None:
        self._offer_periods()
        self.changed.emit()

    def _offer_periods(self) -> None:
        """The period that ended last comes first, then the one that runs, then older ones."""
        span: Span = self.span.currentData()
        running = period_of(span, self._today)
        found, earlier = [running.before, running], running.before
        for _step in range(_PERIODS[span]):
            earlier = earlier.before
            found.append(earlier)
        self.period.blockSignals(True)
        self.period.clear()
        for one in found:
            words = _("{period}（进行中）") if one is running else "{period}"
            self.period.addItem(words.format(period=one.words), one)
        self.period.blockSignals(False)

    def _read_dates(self) -> None:
        """The open dates of the chosen enterprise."""
        enterprise, today = self.owner.record, self._today
        if enterprise is None:
            return

        def job(task: Task) -> list[Named]:
            docket_reading.catch_up(task, today)
            with task.read() as session:
                ref = reference_data.reference(session, today)
                found = docket.find(session, Asked(today, docket.AHEAD, enterprise=enterprise), ref)
            return [(f"{one.due} {one.label} {one.title}", one.key) for one in found]

        self._shell.work.run(job, self._offer_dates, replaces=self.deadline)

    def _offer_dates(self, found: Sequence[Named]) -> None:
        _refill(self.deadline, found)
        self.changed.emit()


_LADDER = "up:"


class _Chosen(QWidget):
    """Enterprises picked one after another."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.seek = LinkEdit(shell.work, Enterprise.kind())
        self.seek.setAccessibleName(_("查找企业"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("所选企业"))
        self.list.setMaximumHeight(96)
        self.remove = QPushButton(_("移出"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.seek, self.list, self.remove):
            layout.addWidget(widget)
        self.seek.picked.connect(self._take)
        self.remove.clicked.connect(self._drop)

    def ids(self) -> list[str]:
        """The enterprises chosen."""
        return [
            str(self.list.item(row).data(Qt.ItemDataRole.UserRole))
            for row in range(self.list.count())
        ]

    def put(self, named: Sequence[Named]) -> None:
        """Choose these instead."""
        self.list.clear()
        for name, record in named:
            self._add(name, record)
        self.changed.emit()

    def _take(self) -> None:
        record = self.seek.record
        if record and record not in self.ids():
            self._add(self.seek.text(), record)
            self.changed.emit()
        self.seek.put(None, "")

    def _add(self, name: str, record: str) -> None:
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, record)
        self.list.addItem(item)

    def _drop(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self.changed.emit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(18)
    return box


def _refill(box: QComboBox, items: Sequence[Named]) -> None:
    present = box.currentData()
    box.blockSignals(True)
    box.clear()
    for name, record in items:
        box.addItem(name, record)
    box.setCurrentIndex(max(box.findData(present), 0) if items else -1)
    box.blockSignals(False)
