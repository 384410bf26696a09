"""Whether a request for well-known protection can be supported, what is missing, what to ask.

Nothing here confers anything: protection is asked for and confirmed case by case (services
well_known_cases); a preparation file only tells how ready its evidence is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.models.well_known_codes import READINESS
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.rules.well_known_case import Words, case_anchor, case_words
from brandpool.services import reference_data, trademarks, visit_items
from brandpool.services.well_known_checks import Check, checks
from brandpool.services.well_known_grid import (
    FULL,
    Cell,
    Duration,
    Setting,
    cells,
    duration,
    years_before,
)
from brandpool.services.well_known_rows import FileRow, Gathered, gather

SUPPORTABLE, GAPS, NOT_YET, REFUSED = (choice.code for choice in READINESS)
_TO_COME = frozenset({"administrative", "court"})
"""Routes whose anchor may still lie ahead: until it is planned, today stands in for it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing; `key` names it, the same on every day, `what` says it."""

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A preparation file judged on a day.

    `anchor` is the day counted back from; `assumed` where none is planned and today stands in.
    `verdict` is a code of READINESS. `earliest` is the first day on which the mark has lived long
    enough. `gaps` is everything missing, `refusals` why support is refused. `past` tells that the
    anchor is before today, so that waiting does not help this case.
    """

    gathered: Gathered
    on: date
    anchor: date
    assumed: bool
    anchored: Explained
    years: tuple[int, ...]
    words: Words
    cells: tuple[Cell, ...]
    checks: tuple[Check, ...]
    duration: Duration
    verdict: str
    earliest: date | None
    gaps: tuple[Gap, ...]
    refusals: tuple[str, ...]

    @property
    def file(self) -> FileRow:
        """The file that was judged."""
        return self.gathered.file

    @property
    def label(self) -> str:
        """The verdict as a clerk reads it; 未到期 with its earliest day."""
        word = next(c.label(lang()) for c in READINESS if c.code == self.verdict)
        if self.verdict != NOT_YET or self.earliest is None:
            return word
        return _("{word}（最早 {day}）").format(word=word, day=self.earliest)

    @property
    def past(self) -> bool:
        """Whether the anchor lies before today."""
        return self.anchor < self.on

    def cell(self, code: str, year: int | None) -> Cell:
        """One cell of the grid; a bug if there is none."""
        return next(c for c in self.cells if (c.line.code, c.year) == (code, year))


def assess(session: Session, file: str, on: date, *, ref: Reference | None = None) -> Assessment:
    """Judge one file. Raises UserError when it has been deleted."""
    found = assess_all(session, on, [file], ref=ref)
    if not found:
        noun = WellKnownFile.label(lang())
        raise UserError(_("{kind}已被删除。可在“历史”中恢复。").format(kind=noun))
    return found[0]


def assess_all(
    session: Session,
    on: date,
    files: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> list[Assessment]:
    """Judge these files (None: all). 商标法第十四条 (2026: 第六十三条); Order 66 art. 9."""
    ref = ref or reference_data.reference(session, on)
    gathered = gather(session, files)
    wanted = [one.file.trademark_id for one in gathered if one.file.trademark_id]
    marks = {mark.id: mark for mark in trademarks.gather(session, wanted)} if wanted else {}
    return [
        _assess(session, one, marks.get(one.file.trademark_id or ""), on, ref) for one in gathered
    ]


def record(session: Session, files: Sequence[str], on: date) -> list[Assessment]:
    """Write the verdicts of these files into them, with the day; returns the assessments."""
    found = assess_all(session, on, files)
    changes: dict[str, dict[str, Value]] = {}
    for one in found:
        earliest = one.earliest if one.verdict == NOT_YET else None
        changes[one.file.id] = {
            "readiness": one.verdict, "assessed_on": on, "earliest": earliest
        }  # fmt: skip
    journal.update(session, WellKnownFile, changes)
    return found


def ask_on_next_visit(session: Session, file: str, on: date) -> list[str]:
    """Put what is missing on the list of the next visit; returns the ids of what was added.

    What was asked before and is no longer missing is taken off the list. The verdict is recorded.
    Raises UserError when the file belongs to no enterprise.
    """
    found = record(session, [file], on)
    if not found or not found[0].file.enterprise_id:
        raise UserError(_("该准备档没有所属企业，不能列入走访清单。请先填写企业。"))
    one, enterprise = found[0], found[0].file.enterprise_id
    assert enterprise is not None
    missing = {gap.key for gap in one.gaps}
    settled = [
        row.id
        for row in visit_items.open_items(session, enterprise)
        if str(row["origin_key"] or "").startswith(_prefix(file))
        and row["origin_key"] not in missing
    ]
    visit_items.done(session, settled, on)
    items = [(gap.key, f"{one.file.mark or ''}：{gap.what}") for gap in one.gaps]
    return visit_items.ask(session, enterprise, items, "evidence_gap", on)


def _assess(
    session: Session, one: Gathered, mark: trademarks.MarkRow | None, on: date, ref: Reference
) -> Assessment:
    file = one.file
    anchored, assumed = _anchor(file, on, ref)
    anchor = file.planned_anchor or on
    registered = mark.registered_on if mark else None
    test = duration(anchor, registered, file.first_used, ref)
    words = case_words(on, ref)
    years = years_before(anchor, ref)
    protected = _protected(session, file, anchor)
    grid = cells(one, Setting(anchor, on, years, test, protected, words, ref))
    checked = checks(session, one, mark, anchor, on, ref)
    gaps = tuple(_gaps(file, assumed, grid, checked))
    refusals = tuple(
        f"{check.label}：{check.told}" for check in checked if check.blocks and check.ok is False
    )
    verdict = _verdict(test, gaps, refusals)
    return Assessment(
        one, on, anchor, assumed, anchored, years, words, tuple(grid), tuple(checked), test,
        verdict, test.earliest, gaps, refusals,
    )  # fmt: skip


def _anchor(file: FileRow, on: date, ref: Reference) -> tuple[Explained, bool]:
    """The planned anchor with its reason, and whether today stands in for one not planned."""
    route = file.route or "administrative"
    named = case_anchor(route, {}, ref=ref)
    day = file.planned_anchor or (on if route in _TO_COME else None)
    return case_anchor(route, {str(named["field"]): day}, ref=ref), file.planned_anchor is None


def _verdict(test: Duration, gaps: Sequence[Gap], refusals: Sequence[str]) -> str:
    if refusals:
        return REFUSED
    if not test.met and test.earliest is not None:
        return NOT_YET
    return GAPS if gaps else SUPPORTABLE


def _gaps(
    file: FileRow, assumed: bool, grid: Sequence[Cell], checked: Sequence[Check]
) -> list[Gap]:
    found = []
    if not file.route:
        found.append(Gap(f"{_prefix(file.id)}route", _("保护途径没有确定")))
    elif assumed and file.route not in _TO_COME:
        found.append(Gap(f"{_prefix(file.id)}anchor", _("对方商标申请日（基准日）没有填写")))
    for cell in grid:
        if cell.asked and cell.state != FULL:
            key = f"{_prefix(file.id)}{cell.line.code}:{cell.year or ''}"
            year = _("{year}年").format(year=cell.year) if cell.year else ""
            found.append(Gap(key, f"{year}{cell.line.label}：{_('；').join(cell.reasons)}"))
    for check in checked:
        if check.ok is None or (check.ok is False and not check.blocks):
            text = f"{check.label}：{check.told}" if check.told else check.label
            found.append(Gap(f"{_prefix(file.id)}check:{check.code}", text))
    return found


def _prefix(file: str) -> str:
    return f"well_known:{file}:"


def _protected(session: Session, file: FileRow, anchor: date) -> list[str]:
    """Cases up to the anchor in which this mark of this enterprise was protected."""
    table: Any = WellKnownCase.__table__
    assert isinstance(table, Table)
    c = table.c
    query = (
        select(c.id, c.mark, c.trademark_id)
        .where(c.enterprise_id == file.enterprise_id, c.dup_of.is_(None))
        .where(c.outcome == "protected", c.decided_on <= anchor)
        .order_by(c.decided_on, c.id)
    )
    return [
        record
        for record, mark, trademark in session.execute(query)
        if (trademark and trademark == file.trademark_id) or mark == file.mark
    ]
