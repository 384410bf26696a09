"""What Madrid filings and renewals cost: the bill, its tariff's date, RMB beside CHF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.designation import PARTLY_GRANTED
from brandpool.rules.explained import Explained
from brandpool.rules.fee_basis import fee_basis_date
from brandpool.rules.madrid_fees import LOST, fee_application, fee_renewal, fee_subsequent
from brandpool.rules.reference import Reference, shipped
from brandpool.services import madrid, madrid_rows
from brandpool.services.madrid_rows import DesignationRow, IrRow

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """Renminbi for one Swiss franc, and the day and source the clerk took it from."""

    rmb: Decimal
    day: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line: what, by which item or article, francs, and renminbi where a rate is given."""

    item: str
    article: str
    chf: Decimal
    rmb: Decimal | None
    party: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """An estimate (估算). `basis` is the day whose tariff applies, `tariff` the day of the data.

    `rmb` is the sum of its rows. `second_part`: amounts some parties ask for later.
    """

    kind: str
    rows: tuple[BillRow, ...]
    chf: Decimal
    rmb: Decimal | None
    basis: date
    tariff: date
    rate: Rate | None
    second_part: Mapping[str, Decimal]
    warnings: tuple[str, ...]
    explained: Explained


@dataclass(frozen=True, slots=True)
class RenewalBill:
    """A registration whose renewal is open, with its dates and its bill.

    `skipped` are the parties no longer paid for, with their status; `bill` is None, and `why` says
    the reason, where it cannot be made out.
    """

    ir: IrRow
    state: madrid.IrStanding
    bill: Bill | None
    skipped: Mapping[str, str]
    why: str


def estimate(
    kind: str,
    parties: Sequence[str],
    classes: int,
    received: date,
    *,
    colour: bool = False,
    collective: bool = False,
    classes_by_party: Mapping[str, int] | None = None,
    rate: Rate | None = None,
    ref: Reference | None = None,
) -> Bill:
    """The bill of an application or later designation the Office receives on a day.

    kind: "application" or "subsequent". Rule 34(7): the tariff of that day; Art. 9sexies is
    applied for a Chinese holder. Raises UserError for parties or classes that cannot be.
    """
    basis = fee_basis_date(kind, office_received=received).day()
    if kind == "application":
        answer = fee_application(
            parties, classes, basis, colour, collective, classes_by_party, ref=ref
        )
    elif kind == "subsequent":
        answer = fee_subsequent(parties, classes, basis, collective, classes_by_party, ref=ref)
    else:
        raise UserError(_("费用估算只有国际注册申请（application）和后期指定（subsequent）两种。"))
    return bill_of(kind, answer, basis, rate, ref)


def renewals(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ahead: bool = False,
    rate: Rate | None = None,
    ref: Reference | None = None,
) -> list[RenewalBill]:
    """Registrations in the renewal window or in grace with their bills, the most urgent first.

    Rule 30: everything hangs on the registration's date; parties finally refused or invalidated
    are skipped, pending refusals are paid for, in grace half of the basic fee is added. `ahead`
    also shows those whose window has not opened, as for next year's budget.
    """
    irs = madrid_rows.registrations(session, enterprises)
    held = madrid_rows.designations(session, [ir.id for ir in irs])
    found = []
    for ir in irs:
        state = madrid.standing(ir, on, ref=ref)
        if state.term is None or state.ended:
            continue
        if not ahead and on < state.term.day("window_opens"):
            continue
        found.append(_renewal(ir, held.get(ir.id, ()), state, on, rate, ref))
    return sorted(found, key=lambda row: row.state.term.day("due") if row.state.term else on)


def bill_of(
    kind: str, answer: Explained, basis: date, rate: Rate | None, ref: Reference | None = None
) -> Bill:
    """A rule's fee answer as a bill, with renminbi where the clerk gives a rate and its day."""
    rows = tuple(
        BillRow(
            row["item"], row["article"], row["amount"], _rmb(row["amount"], rate),
            row.get("party", ""), row.get("note", ""),
        )
        for row in answer["rows"]
    )  # fmt: skip
    rmb = sum((row.rmb for row in rows if row.rmb is not None), Decimal(0)) if rate else None
    return Bill(
        kind, rows, answer["total"], rmb, basis, (ref or shipped()).tariffs.as_of, rate,
        answer.answer.get("second_part", {}), answer.warnings, answer,
    )  # fmt: skip


def _renewal(
    ir: IrRow,
    designated: Sequence[DesignationRow],
    state: madrid.IrStanding,
    on: date,
    rate: Rate | None,
    ref: Reference | None,
) -> RenewalBill:
    assert state.term is not None
    due = state.term.day("due")
    statuses, by_party = _parties(ir, designated, on, ref)
    skipped = {party: status for party, status in statuses.items() if status in LOST}
    if on > state.term.day("grace_ends_rolled"):
        return RenewalBill(ir, state, None, skipped, _("宽展期已过，不能再续展（第30条）"))
    classes = len(madrid_rows.classes_of(ir.classes))
    if not statuses or not classes:
        return RenewalBill(ir, state, None, skipped, _("没有指定或没有类别，不能估算"))
    basis = fee_basis_date("renewal", paid=on, due=due).day()
    limits = {p: n for p, n in by_party.items() if n <= classes}
    answer = fee_renewal(
        list(statuses), classes, basis, on > due, ir.mark_type in {"collective", "certification"},
        limits, statuses, bool(ir.colour), ref=ref,
    )  # fmt: skip
    return RenewalBill(ir, state, bill_of("renewal", answer, basis, rate, ref), skipped, "")


def _parties(
    ir: IrRow, designated: Sequence[DesignationRow], on: date, ref: Reference | None
) -> tuple[dict[str, str], dict[str, int]]:
    """Each party's status for the bill, and its number of classes where limited (Rule 30(1)(c)).

    A party designated twice is paid for once, while one of the designations lives.
    """
    statuses: dict[str, str] = {}
    classes: dict[str, frozenset[int]] = {}
    for one in designated:
        if one.designated_on is not None and one.designated_on > on:
            continue
        status = madrid.cell(ir, one, on, ref=ref).status
        if one.party in statuses and statuses[one.party] not in LOST:
            status = statuses[one.party]
        statuses[one.party] = status
        limited = _limited(one, status, on)
        if limited:
            classes[one.party] = classes.get(one.party, frozenset()) | limited
    return statuses, {party: len(numbers) for party, numbers in classes.items()}


def _limited(one: DesignationRow, status: str, on: date) -> frozenset[int]:
    """The classes protected there: by the last partial decision, else as the list was limited."""
    if status == PARTLY_GRANTED:
        for entry in reversed(one.events):
            if entry.dated <= on and entry.classes:
                return madrid_rows.classes_of(entry.classes)
    return madrid_rows.classes_of(one.classes)


def _rmb(amount: Decimal, rate: Rate | None) -> Decimal | None:
    if rate is None:
        return None
    return (amount * rate.rmb).quantize(CENT, ROUND_HALF_UP)
