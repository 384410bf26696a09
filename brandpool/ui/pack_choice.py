"""Which enterprises go into a pack: a selection, the route, a saved question, a street, all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import answers, packs, questions, records, reference_data, visit_routes
from brandpool.services.records import Filter, Op, Query
from brandpool.ui import style
from brandpool.ui.page import Shell

SELECTION, ROUTE, QUESTION, STREET, EVERYONE = "selection", "route", "question", "street", "all"
_WEEKS = 2
_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Source:
    """Where the enterprises come from; `which` is a question's id or a street's name."""

    kind: str
    which: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """The sources there are, besides a selection: questions by id, and streets."""

    questions: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The enterprises of a source by name, and who has which of them out now."""

    rows: tuple[tuple[str, str], ...]
    out_with: Mapping[str, Sequence[str]]


class EnterpriseChoice(QWidget):
    """A source, and its enterprises with a tick each. `changed` when other ones are ticked."""

    changed = Signal()

    def __init__(self, shell: Shell, selected: Sequence[str]) -> None:
        super().__init__()
        self._shell = shell
        self._selected = tuple(selected)
        self.source = QComboBox()
        self.source.setAccessibleName(_("企业来自"))
        if selected:
            text = _("选中的企业（{number} 家）").format(number=len(selected))
            self.source.addItem(text, Source(SELECTION))
        self.source.addItem(_("走访路线：今后两周"), Source(ROUTE))
        self.list = QListWidget()
        self.list.setAccessibleName(_("带出的企业"))
        self.count = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.source)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.count)
        self.source.currentIndexChanged.connect(self._ask)
        self.list.itemChanged.connect(self._on_tick)
        shell.work.read(offered, self._offer, owner=self)
        self._ask()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The enterprises that are ticked."""
        items = map(self.list.item, range(self.list.count()))
        return tuple(
            str(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def stand_on(self, source: Source) -> None:
        """Choose this source."""
        places = (i for i in range(self.source.count()) if self.source.itemData(i) == source)
        self.source.setCurrentIndex(next(places, self.source.currentIndex()))

    def _offer(self, found: Offered) -> None:
        for record, name in found.questions:
            text = _("查询方案：{name}").format(name=name)
            self.source.addItem(text, Source(QUESTION, record))
        for street in found.streets:
            text = _("街道：{name}").format(name=street)
            self.source.addItem(text, Source(STREET, street))
        self.source.addItem(_("全部企业"), Source(EVERYONE))

    def _ask(self) -> None:
        source, selected, today = self.source.currentData(), self._selected, date.today()
        self.list.setEnabled(False)
        self._shell.work.read(
            lambda session: chosen_from(session, source, selected, today),
            self._show,
            owner=self,
            replaces=(self, "rows"),
        )

    def _show(self, found: Chosen) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for record, name in found.rows:
            item = QListWidgetItem(name)
            item.setData(_ID, record)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            if people := found.out_with.get(record):
                who = "、".join(people)
                item.setText(_("{name}　（已由{who}带出）").format(name=name, who=who))
                item.setForeground(style.colour(style.WARN))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setEnabled(True)
        self._on_tick()

    def _on_tick(self) -> None:
        number, total = len(self.chosen), self.list.count()
        text = _("带出 {number} 家").format(number=number)
        if number < total:
            text = _("带出 {number} 家，共 {total} 家").format(number=number, total=total)
        self.count.setText(text if total else _("没有企业。请换一个来源。"))
        self.changed.emit()


def offered(session: Session) -> Offered:
    """The saved questions about enterprises, and the streets they are in."""
    asked = tuple(
        (row.id, row.name) for row in questions.find(session) if row.question.model is Enterprise
    )
    streets = tuple(
        str(name) for name, _n in records.distinct(session, Enterprise, "street") if name
    )
    return Offered(asked, streets)


def chosen_from(session: Session, source: Source, selected: Sequence[str], today: date) -> Chosen:
    """The enterprises of a source that may be packed, and who has them out."""
    rows = tuple(packs.chosen(session, _query(session, source, selected, today)))
    return Chosen(rows, packs.out_with(session, [record for record, _name in rows]))


def _query(session: Session, source: Source, selected: Sequence[str], today: date) -> Query:
    match source.kind:
        case "selection":
            return Query(order=("name",), within=frozenset(selected))
        case "street":
            return Query((Filter("street", Op.EQUALS, source.which),), ("name",))
        case "question":
            asked = questions.get(session, source.which).question
            ids = answers.answer(session, asked, today).ids
            return Query(order=("name",), within=frozenset(ids))
        case "route":
            ref = reference_data.reference(session, today)
            due = visit_routes.due(session, today, ref=ref)
            weeks = visit_routes.plan(due, today, _WEEKS, ref=ref).weeks
            ids = tuple(row.enterprise for week in weeks for row in week.rows)
            return Query(order=("name",), within=frozenset(ids))
    return Query(order=("name",))
