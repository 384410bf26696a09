"""Enterprises that were entered twice: found, compared side by side, merged, taken apart again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields
from brandpool.services import enterprises, records
from brandpool.services.enterprises import Alike
from brandpool.services.history import StepRow, UndoReport
from brandpool.services.records import RecordRow
from brandpool.ui import style, typed
from brandpool.ui.page import Page, Shell
from brandpool.ui.standing_form import OnLadder, StandingForm, read_doubled
from brandpool.ui.undo_actions import tell_what_was_left, undo_step
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task


@dataclass(frozen=True, slots=True)
class Pair:
    """Two enterprises that may be one, and why."""

    why: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows: pairs, the names of their enterprises, merges that can be undone."""

    pairs: list[Pair]
    names: Mapping[str, str]
    merges: list[StepRow]


@dataclass(frozen=True, slots=True)
class Side:
    """One enterprise of a pair with what hangs on it."""

    row: RecordRow
    holds: Mapping[type[Record], int]


class DuplicatesPage(Page):
    """Pairs at the left, the chosen pair's fields at the right, merges below."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._sides: tuple[Side, Side] | None = None
        self.pairs: PlainTable[Pair] = PlainTable(
            (_("依据"), _("甲"), _("乙")), (90, 190, 190), _("可能重复的企业")
        )
        self.fields: PlainTable[str] = PlainTable(
            (_("项目"), _("甲"), _("乙")), (130, 220, 220), _("逐项比较")
        )
        self.merges: PlainTable[StepRow] = PlainTable(
            (_("时间"), _("经办人"), _("合并")), (140, 90, 500), _("已合并")
        )
        self.left_button = style.primary(QPushButton(_("合并，保留甲")))
        self.right_button = QPushButton(_("合并，保留乙"))
        self.open_left = QPushButton(_("打开甲"))
        self.open_right = QPushButton(_("打开乙"))
        self.apart_button = QPushButton(_("拆分"))
        self.left_button.clicked.connect(lambda: self._merge(keep=0))
        self.right_button.clicked.connect(lambda: self._merge(keep=1))
        self.open_left.clicked.connect(lambda: self._open(0))
        self.open_right.clicked.connect(lambda: self._open(1))
        self.apart_button.clicked.connect(self._take_apart)
        self.pairs.selectionModel().currentRowChanged.connect(self._on_pair)
        self.merges.selectionModel().currentRowChanged.connect(self._on_merge)
        self.empty = QLabel(_("没有发现重复的企业。"))
        style.tint(self.empty, style.SOFT)
        self._lay_out()

    def refresh(self) -> None:
        """Look for duplicates again."""
        self.shell.work.read(_look, self._show, replaces=self)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.left_button, self.right_button, self.open_left, self.open_right):
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.fields, 1)
        side.addLayout(buttons)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.pairs)
        halves.addWidget(right)
        halves.setStretchFactor(0, 4)
        halves.setStretchFactor(1, 5)
        below = QHBoxLayout()
        below.addWidget(style.heading(_("已合并的企业"), points=11), 1)
        below.addWidget(self.apart_button)
        self.merges.setMaximumHeight(34 + style.ROW_HEIGHT * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("查重合并")))
        layout.addWidget(
            style.soft(
                _(
                    "合并后，乙的商标、荣誉、走访等全部记录归甲，甲的空项由乙补上，乙的名称记为曾用名。"
                    "只差一字的只是提示，请先核对。"
                )
            )
        )
        layout.addWidget(self.empty)
        layout.addWidget(halves, 1)
        layout.addLayout(below)
        layout.addWidget(self.merges)

    def _show(self, found: Found) -> None:
        place = max(self.pairs.currentIndex().row(), 0)
        names = found.names
        self.pairs.fill(
            [
                Shown(one, (_why(one.why), names.get(one.left, ""), names.get(one.right, "")))
                for one in found.pairs
            ]
        )
        self.empty.setVisible(not found.pairs)
        if found.pairs:
            self.pairs.selectRow(min(place, len(found.pairs) - 1))
        self.merges.fill([_merge_line(step) for step in found.merges])
        self._on_pair()
        self._on_merge()

    def _on_pair(self) -> None:
        pair = self.pairs.chosen()
        self._sides = None
        self._show_sides()
        if pair is not None:
            self.shell.work.read(
                lambda session: (_side(session, pair.left), _side(session, pair.right)),
                self._take_sides,
                replaces=(self, "sides"),
            )

    def _take_sides(self, sides: tuple[Side, Side]) -> None:
        self._sides = sides
        self._show_sides()

    def _show_sides(self) -> None:
        for button in (self.left_button, self.right_button, self.open_left, self.open_right):
            button.setEnabled(self._sides is not None)
        self.fields.fill(_compared(*self._sides) if self._sides else [])

    def _merge(self, *, keep: int) -> None:
        if self._sides is None:
            return
        kept, other = self._sides[keep].row, self._sides[1 - keep].row
        today = date.today()
        self.shell.work.read(
            lambda session: read_doubled(session, kept.id, other.id, today),
            lambda found: self._merge_into(kept, other, found),
            owner=self,
        )

    def _merge_into(self, kept: RecordRow, other: RecordRow, found: Sequence[OnLadder]) -> None:
        """Ask whose standing stays where both have one, then merge; Esc leaves both as they are."""
        standings: dict[str, str] = {}
        reason = ""
        if found:
            form = StandingForm(kept, other, found, self)
            if not form.exec():
                return
            standings, reason = form.standings(), form.reason.toPlainText()
        why = _("合并企业：“{other}”并入“{kept}”").format(other=other["name"], kept=kept["name"])

        def job(task: Task) -> None:
            with task.write(why, source=enterprises.MERGED) as session:
                enterprises.merge(session, kept.id, other.id, standings, reason)

        self.shell.work.run(job, lambda _none: self.shell.say(why), owner=self, keep=True)

    def _open(self, side: int) -> None:
        if self._sides is not None:
            self.shell.open(Enterprise.kind(), self._sides[side].row.id)

    def _on_merge(self) -> None:
        self.apart_button.setEnabled(self.merges.chosen() is not None)

    def _take_apart(self) -> None:
        step = self.merges.chosen()
        if step is not None:
            self.shell.work.run(
                lambda task: undo_step(task, step.txn, step.why), self._report, keep=True
            )

    def _report(self, report: UndoReport) -> None:
        self.shell.say(_("已拆分，恢复 {number} 条记录").format(number=report.put_back))
        tell_what_was_left(self, report)


def _look(session: Session) -> Found:
    pairs = [pair for alike in enterprises.duplicates(session) for pair in _pairs(alike)]
    ids = {one for pair in pairs for one in (pair.left, pair.right)}
    return Found(pairs, records.titles(session, Enterprise, ids), enterprises.merged_steps(session))


def _pairs(alike: Alike) -> list[Pair]:
    first, *others = alike.ids
    return [Pair(alike.why, first, other) for other in others]


def _side(session: Session, record: str) -> Side:
    return Side(
        records.get(session, Enterprise, record),
        records.references(session, Enterprise, [record]),
    )


def _compared(left: Side, right: Side) -> list[Shown[str]]:
    """The fields that one of them has, those that differ first; then what hangs on each."""
    lines: list[Shown[str]] = []
    for name, field in fields(Enterprise).items():
        texts = tuple(typed.shown(field, side.row.values, lang()) for side in (left, right))
        if any(texts):
            same = texts[0] == texts[1]
            lines.append(Shown(name, (field.label(lang()), *texts), quiet=same))
    lines.sort(key=lambda line: line.quiet)
    for model in KINDS:
        numbers = [side.holds.get(model, 0) for side in (left, right)]
        if any(numbers):
            texts = tuple(_("{number} 条").format(number=number) for number in numbers)
            lines.append(Shown("", (model.label(lang()), *texts)))
    return lines


def _merge_line(step: StepRow) -> Shown[StepRow]:
    return Shown(step, (f"{step.at:%Y-%m-%d %H:%M}", step.who, step.why))


def _why(why: str) -> str:
    return {"code": _("信用代码相同"), "name": _("名称相同"), "near": _("只差一字")}[why]
