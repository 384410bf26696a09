"""International registrations and filings abroad: what is held where, derived from events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import lang, said
from brandpool.models.abroad import ForeignFiling
from brandpool.models.madrid import Designation, InternationalRegistration
from brandpool.models.madrid_codes import FOREIGN_STATES
from brandpool.models.record import Record
from brandpool.rules import designation as law
from brandpool.rules.explained import Explained, Step
from brandpool.rules.madrid_dates import renewal
from brandpool.rules.madrid_fees import LOST
from brandpool.rules.madrid_refusal import refusal_limit
from brandpool.rules.reference import Reference
from brandpool.services.madrid_rows import (
    DesignationRow,
    IrRow,
    designations,
    registrations,
)
from brandpool.services.placings import narrowed
from brandpool.services.responses import Entry, Refusal, pending_refusals

GONE = frozenset({*LOST, law.LAPSED, "第二段单独规费未缴撤销"})
REFUSALS = frozenset({law.TOTAL_REFUSAL, law.PARTIAL_REFUSAL})
FOREIGN_FAMILIES: Mapping[str, str] = {
    "registered": "protected", "refused": "refused", "lapsed": "lost", "planned": "planned",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IrStanding:
    """Where a registration stands: `term` is the running ten years (None before registration).

    `ended`: cancelled, or not renewed by the Register's word. `verify`: only the calendar says so.
    """

    status: str
    term: Explained | None
    ended: bool
    verify: bool
    why: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One designation (or filing) in the matrix.

    `status` is derived per designation, never from the registration's last record; `family` is
    protected, pending, refused, lost or planned. `verify`: to be checked in the Register.
    `refusal_limit` answers value and rolled; None while the day of notification is not known.
    """

    kind: str
    id: str
    party: str
    designated_on: date | None
    status: str
    family: str
    verify: bool
    protected: bool
    granted: date | None
    refusals: tuple[Refusal, ...]
    refusal_limit: Explained | None
    transformable_until: date | None
    remarks: tuple[str, ...]
    explained: Explained

    @property
    def responses_due(self) -> tuple[date, ...]:
        """The open response limits, the earliest first."""
        return tuple(sorted(r.due for r in self.refusals if r.due and not r.answered))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One registration, or the direct filings of one mark, with its cells by party.

    A party designated twice has two cells, the earlier first.
    """

    kind: str
    id: str
    enterprise_id: str | None
    number: str
    name: str
    status: str
    verify: bool
    cells: Mapping[str, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Registrations × parties; `parties` are the columns, those with most cells first."""

    on: date
    parties: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> Matrix:
    """Everything held abroad on a day: Madrid designations and direct filings side by side."""
    irs = registrations(session, enterprises)
    by_ir = designations(session, [ir.id for ir in irs])
    rows = [_madrid_row(ir, by_ir.get(ir.id, ()), on, ref) for ir in irs]
    rows += _foreign_rows(session, on, enterprises)
    often: dict[str, int] = defaultdict(int)
    for row in rows:
        for party in row.cells:
            often[party] += 1
    parties = sorted(often, key=lambda party: (-often[party], party))
    return Matrix(on, tuple(parties), tuple(rows))


def standing(ir: IrRow, on: date, *, ref: Reference | None = None) -> IrStanding:
    """Where a registration stands on a day.

    The running term ends at the recorded expiry, carried on by each renewal recorded since its
    window opened (Art. 7, Rule 30); without a recorded expiry the renewals recorded are counted.
    Past its grace with no renewal recorded it is shown as lapsed, to be verified.
    """
    if ir.ir_date is None or ir.ir_date > on:
        return IrStanding(_before(ir, on), None, False, False, "")
    ended = _ended(ir.events, on)
    term = _term(ir, on, ref)
    if ended:
        return IrStanding(ended[0], term, True, False, said("{ended}登记", ended=ended[1]))
    if on > term.day("grace_ends_rolled"):
        why = said("宽展期{day}已过，未见续展登记", day=term["grace_ends_rolled"])
        return IrStanding(law.LAPSED, term, False, True, why)
    if on > term.day("due"):
        return IrStanding("宽展期", term, False, False, said("届满日{due}", due=term["due"]))
    status = "续展窗口" if on >= term.day("window_opens") else "已国际注册"
    return IrStanding(status, term, False, False, said("届满日{due}", due=term["due"]))


def cell(ir: IrRow, designated: DesignationRow, on: date, *, ref: Reference | None = None) -> Cell:
    """The derived state of one designation on a day (see rules.designation).

    The refusal period runs from the day the notification was sent to that Office; while that day
    is not known, nothing is presumed.
    """
    state = standing(ir, on, ref=ref)
    limit = (
        refusal_limit(designated.party, designated.notified, ref=ref)
        if designated.notified
        else None
    )
    shared = [e for e in ir.events if _concerns(e, designated)]
    events = sorted([*designated.events, *shared], key=lambda entry: entry.dated)
    told = next((e for e in reversed(events) if e.tag == "OPN" and e.dated <= on), None)
    explained = law.designation_status(
        [(entry.dated, entry.tag) for entry in events], on, limit.day() if limit else on,
        opposition_start=told and told.opposition_start,
        opposition_end=told and told.opposition_end, ref=ref,
    )  # fmt: skip
    status, verify = str(explained["value"]), bool(explained["verify"])
    waiting = status in {law.EXAMINED, law.EXTENDED, law.INTERIM}
    if limit is None and waiting:
        note = said("国际局通知日未知，驳回期限不能计算；沉默不推定为保护")
        explained = Explained(
            explained.answer, (*explained.chain, Step(said("驳回期限"), "Art. 5(2)", note=note))
        )
        verify = True
    if state.verify and state.status == law.LAPSED and status not in GONE:
        status, verify = law.LAPSED, True
    return Cell(
        kind=Designation.kind(), id=designated.id, party=designated.party,
        designated_on=designated.designated_on, status=status, family=family(status),
        verify=verify, protected=status in law.PROTECTED,
        granted=_granted(events, on),
        refusals=pending_refusals(designated.party, events, designated.notified, on, ref=ref),
        refusal_limit=limit, transformable_until=explained.answer.get("transformable_until"),
        remarks=tuple(explained["remarks"]), explained=explained,
    )  # fmt: skip


def family(status: str) -> str:
    """protected, pending, refused (also provisionally: not dead) or lost."""
    if status in law.PROTECTED:
        return "protected"
    if status in GONE:
        return "lost"
    return "refused" if status in REFUSALS else "pending"


def _before(ir: IrRow, on: date) -> str:
    if ir.ib_received and ir.ib_received <= on:
        return "已转送国际局"
    if ir.office_received and ir.office_received <= on:
        return "已提交商标局"
    return "待提交"


def _ended(events: Sequence[Entry], on: date) -> tuple[str, date] | None:
    """The recorded end of the whole registration; a renewal after all takes back a lapse."""
    ended: tuple[str, date] | None = None
    for entry in events:
        if entry.dated > on:
            continue
        if entry.tag in {"RAN", "CBNT", "REN2", "EENN"}:
            ended = (law.ENDINGS[entry.tag], entry.dated)
        elif entry.tag in {"REN", "EEN"} and ended and ended[0] == law.LAPSED:
            ended = None
    return ended


def _term(ir: IrRow, on: date, ref: Reference | None) -> Explained:
    assert ir.ir_date is not None
    renewed = [e.dated for e in ir.events if e.tag in {"REN", "EEN"} and e.dated <= on]
    if ir.expiry is None and not renewed:
        return renewal(ir.ir_date, as_of=on, ref=ref)
    term = renewal(ir.ir_date, term=_number(ir, ref), ref=ref)
    while any(day >= term.day("window_opens") for day in renewed):
        term = renewal(ir.ir_date, term=int(term["term"]) + 1, ref=ref)
    return term


def _number(ir: IrRow, ref: Reference | None) -> int:
    """Which ten years the recorded expiry ends; the first where none is recorded."""
    if ir.expiry is None or ir.ir_date is None:
        return 1
    expiry = ir.expiry
    about = max((expiry.year - ir.ir_date.year) // 10, 1)
    numbers = range(max(about - 1, 1), about + 2)
    ends = {n: renewal(ir.ir_date, term=n, ref=ref).day("due") for n in numbers}
    return min(ends, key=lambda number: abs(ends[number] - expiry))


def _concerns(entry: Entry, designated: DesignationRow) -> bool:
    """Whether a record of the whole registration says something about this designation."""
    known = entry.tag in law.ENDINGS or entry.tag in law.REVIVALS or entry.tag in law.REMARKS
    since = designated.designated_on
    return known and (since is None or entry.dated >= since)


def _granted(events: Sequence[Entry], on: date) -> date | None:
    """The day of the decision in force, where it grants protection."""
    decision = next((e for e in reversed(events) if e.tag in law.DECISIONS and e.dated <= on), None)
    if decision is None or law.DECISIONS[decision.tag] not in {law.GRANTED, law.PARTLY_GRANTED}:
        return None
    return decision.sent or decision.dated


def _madrid_row(
    ir: IrRow, designated: Sequence[DesignationRow], on: date, ref: Reference | None
) -> MatrixRow:
    cells: dict[str, tuple[Cell, ...]] = {}
    for one in designated:
        if one.designated_on is None or one.designated_on <= on:
            cells[one.party] = (*cells.get(one.party, ()), cell(ir, one, on, ref=ref))
    state = standing(ir, on, ref=ref)
    return MatrixRow(
        InternationalRegistration.kind(), ir.id, ir.enterprise_id, ir.irn or "", ir.name or "",
        state.status, state.verify, cells,
    )  # fmt: skip


def _foreign_rows(session: Session, on: date, enterprises: Sequence[str] | None) -> list[MatrixRow]:
    """Direct filings, one row per enterprise and mark."""
    c = _table(ForeignFiling).c
    query = select(
        c.id, c.enterprise_id, c.name, c.party, c.status, c.filed, c.registered_on, c.valid_until,
        c.registration_no, c.filing_no,
    ).where(c.dup_of.is_(None), c.party.is_not(None)).order_by(c.filed, c.id)  # fmt: skip
    chosen = None if enterprises is None else set(enterprises)
    grouped: dict[tuple[str | None, str], list[Any]] = defaultdict(list)
    for part in narrowed(query, c.enterprise_id, enterprises):
        for row in session.execute(part):
            if chosen is None or row.enterprise_id in chosen:
                grouped[row.enterprise_id, row.name or ""].append(row)
    found = []
    for (enterprise, name), rows in grouped.items():
        cells: dict[str, tuple[Cell, ...]] = {}
        for row in rows:
            if row.filed is None or row.filed <= on:
                cells[row.party] = (*cells.get(row.party, ()), _foreign_cell(row, on))
        number = "、".join(dict.fromkeys(r.registration_no or r.filing_no or "" for r in rows))
        found.append(
            MatrixRow(ForeignFiling.kind(), rows[0].id, enterprise, number, name, "", False, cells)
        )
    return found


def _foreign_cell(row: Any, on: date) -> Cell:
    """A direct filing: its recorded state; past its recorded expiry it has to be verified."""
    code = row.status or ("registered" if row.registered_on else "filed")
    word = next((choice.label(lang()) for choice in FOREIGN_STATES if choice.code == code), code)
    over = code == "registered" and row.valid_until is not None and row.valid_until < on
    if over:
        word = "有效期已过，待核实"
    kind = "lost" if over else FOREIGN_FAMILIES.get(code, "pending")
    return Cell(
        kind=ForeignFiling.kind(), id=row.id, party=row.party, designated_on=row.filed,
        status=word, family=kind, verify=over, protected=kind == "protected",
        granted=row.registered_on, refusals=(), refusal_limit=None, transformable_until=None,
        remarks=(), explained=Explained(
            {"value": word}, (Step(said("登记的状态"), "", row.filed),)
        ),
    )  # fmt: skip


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
