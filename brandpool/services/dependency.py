"""Dependency on the basic mark: until when, on what, and what would fall with it today."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.madrid import BasicMark
from brandpool.models.trademark import Trademark
from brandpool.rules.explained import Explained
from brandpool.rules.madrid_dates import central_attack as attacked_by
from brandpool.rules.madrid_dates import dependency_ends, transformation_deadline
from brandpool.rules.reference import Reference
from brandpool.services import madrid, madrid_rows, trademarks
from brandpool.services.madrid_rows import IrRow

PROCEEDINGS = frozenset({"opposition", "refusal", "partial_refusal", "review_filed",
                         "non_use_filed", "invalidation_filed", "court_action"})  # fmt: skip
TROUBLED = frozenset({"opposed", "refused", "attacked", "unclear"})


class Basic(NamedTuple):
    """A basic mark as the pool knows it: `marks` are its classes held here, by id and class.

    `status` is the worst of them, None when the pool does not hold it. `ceased` and `proceeding`
    are recorded on the basic mark itself, or derived from the marks' events.
    """

    id: str
    ir_id: str
    number: str
    marks: tuple[tuple[str, int | None], ...]
    status: str | None
    ceased: date | None
    proceeding: date | None


class DependencyRow(NamedTuple):
    """One registration with its dependency; `troubled` are basic marks under attack or fallen."""

    ir: IrRow
    ends: date
    days_left: int
    dependent: bool
    basics: tuple[Basic, ...]
    troubled: tuple[Basic, ...]
    explained: Explained


class AttackRow(NamedTuple):
    """What the fall of one basic mark on a day does to one registration.

    `hit`: the registration goes to that extent; `parties` still held would be lost and can be
    transformed into national applications until `transformable_until` if it were cancelled that
    day. `classes`: those of the basic mark's classes that the pool holds.
    """

    ir: IrRow
    basic: Basic
    hit: bool
    dependency_ends: date
    parties: tuple[str, ...]
    designations: tuple[str, ...]
    transformable_until: date | None
    classes: tuple[int, ...]
    explained: Explained


def dependency(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> list[DependencyRow]:
    """Every registration with its five years (Art. 6), the next to become independent first.

    Counted from the registration's own date; later designations do not start them again.
    """
    irs = [ir for ir in madrid_rows.registrations(session, enterprises) if ir.ir_date]
    basics = _basics(session, [ir.id for ir in irs], on, ref)
    found = []
    for ir in irs:
        assert ir.ir_date is not None
        explained = dependency_ends(ir.ir_date)
        ends = explained.day()
        mine = tuple(basics.get(ir.id, ()))
        troubled = tuple(b for b in mine if b.ceased or b.status in {*TROUBLED, "dead"})
        found.append(
            DependencyRow(ir, ends, (ends - on).days, on <= ends, mine, troubled, explained)
        )
    return sorted(found, key=lambda row: (not row.dependent, row.ends, row.ir.id))


def central_attack(
    session: Session, number: str, on: date, *, ref: Reference | None = None
) -> list[AttackRow]:
    """If the basic mark of this number (or of this pool's mark id) fell on a day.

    Protocol Art. 6(3): within five years, or later through a proceeding begun within them;
    9quinquies: three months from the cancellation to transform. Registrations that rest on it but
    are independent come too, not hit.
    """
    row = session.execute(select(Trademark.reg_no).where(Trademark.id == number)).first()
    wanted = str(row[0]) if row and row[0] else number
    resting = session.scalars(select(BasicMark.ir_id).where(BasicMark.number == wanted)).all()
    ids = [ir for ir in dict.fromkeys(resting) if ir]
    irs = madrid_rows.registrations(session, ids=ids)
    basics = _basics(session, ids, on, ref)
    held = madrid_rows.designations(session, ids)
    return [
        _attack(ir, basic, held.get(ir.id, ()), on, ref)
        for ir in irs
        if ir.ir_date is not None
        for basic in basics.get(ir.id, ())
        if basic.number == wanted
    ]


def radar(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> list[AttackRow]:
    """Central attack for every basic mark that is in trouble or has fallen, hits only.

    Where it has fallen already, as of the day it did.
    """
    found = []
    rows = dependency(session, on, enterprises, ref=ref)
    held = madrid_rows.designations(session, [row.ir.id for row in rows if row.troubled])
    for row in rows:
        for basic in row.troubled:
            day = basic.ceased or on
            attack = _attack(row.ir, basic, held.get(row.ir.id, ()), day, ref)
            if attack.hit:
                found.append(attack)
    return found


def _attack(
    ir: IrRow,
    basic: Basic,
    designated: Sequence[madrid_rows.DesignationRow],
    on: date,
    ref: Reference | None,
) -> AttackRow:
    assert ir.ir_date is not None
    explained = attacked_by(ir.ir_date, effective=on, proceeding_started=basic.proceeding)
    hit = bool(explained["value"])
    cells = [madrid.cell(ir, one, on, ref=ref) for one in designated]
    living = [one for one in cells if one.family != "lost"] if hit else []
    until = transformation_deadline(on).day() if hit else None
    return AttackRow(
        ir, basic, hit, explained.day("dependency_ends"),
        tuple(dict.fromkeys(one.party for one in living)), tuple(one.id for one in living), until,
        tuple(sorted({c for _mark, c in basic.marks if c})), explained,
    )  # fmt: skip


def _basics(
    session: Session, irs: Sequence[str], on: date, ref: Reference | None
) -> dict[str, list[Basic]]:
    table: Any = BasicMark.__table__
    assert isinstance(table, Table)
    c = table.c
    query = select(c.id, c.ir_id, c.number, c.ceased, c.proceeding, c.trademark_id).where(
        c.dup_of.is_(None)
    )
    wanted = set(irs)
    rows = [row for row in session.execute(query.order_by(c.dated, c.id)) if row.ir_id in wanted]
    marks = _marks_of(session, {row.number for row in rows if row.number})
    found: dict[str, list[Basic]] = defaultdict(list)
    for row in rows:
        known = [trademarks.judged(m, on, ref=ref) for m in marks.get(row.number, ())]
        found[row.ir_id].append(Basic(
            row.id, row.ir_id, row.number or "",
            tuple((one.mark.id, one.mark.nice_class) for one in known),
            _worst([one.status for one in known]),
            row.ceased or _ended(known), row.proceeding or _begun(known, on),
        ))  # fmt: skip
    return found


def _marks_of(session: Session, numbers: set[str]) -> dict[str, list[trademarks.MarkRow]]:
    ids = session.scalars(select(Trademark.id).where(Trademark.reg_no.in_(numbers))).all()
    found: dict[str, list[trademarks.MarkRow]] = defaultdict(list)
    for mark in trademarks.gather(session, ids):
        found[mark.reg_no or ""].append(mark)
    return found


def _worst(statuses: Sequence[str]) -> str | None:
    order = ("dead", "refused", "opposed", "attacked", "unclear")
    return next((s for s in order if s in statuses), statuses[0] if statuses else None)


def _ended(known: Sequence[trademarks.StatusRow]) -> date | None:
    """The day the mark ceased in every class held; None while one lives or the day is unknown."""
    if not known or any(row.status != "dead" for row in known):
        return None
    days = [row.explained["ended_on"] for row in known]
    return max(days) if None not in days else None


def _begun(known: Sequence[trademarks.StatusRow], on: date) -> date | None:
    """The first proceeding that is still pending, or that ended the mark."""
    days = [
        entry.dated
        for row in known
        if row.status in {*TROUBLED, "dead"}
        for entry in row.mark.events
        if entry.event in PROCEEDINGS and entry.dated <= on
    ]
    return min(days, default=None)
