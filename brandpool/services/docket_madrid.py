"""Dates of international registrations: terms, dependency, refusals, answers, duties abroad."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import said
from brandpool.models.madrid import Designation, DesignationEvent, InternationalRegistration
from brandpool.models.renewal import RenewalStep
from brandpool.rules.designation import DECISIONS, ENDINGS, PROVISIONAL_REFUSALS
from brandpool.rules.explained import Explained, Step
from brandpool.rules.madrid_dates import dependency_ends, renewal, transformation_deadline
from brandpool.rules.madrid_refusal import refusal_limit
from brandpool.rules.periods import ONE_DAY
from brandpool.rules.reference import Reference
from brandpool.services import madrid_duties, madrid_rows
from brandpool.services.docket_date import Dated, Owned, deadline, grace, watch
from brandpool.services.docket_marks import STEPS_TAKEN
from brandpool.services.madrid_rows import DesignationRow, IrRow
from brandpool.services.responses import pending_refusals

IR = InternationalRegistration.kind()
_DESIGNATION = Designation.kind()
_OVER = frozenset({"RAN", "CBNT", "REN2", "EENN"})
_RENEWED = frozenset({"REN", "EEN"})
_LAPSED = frozenset({"REN2", "EENN"})
_DAYS_OF_TEN_YEARS = 3652.5


def read(session: Session, ids: Sequence[str], horizon: date, ref: Reference) -> dict[str, Owned]:
    """The dates of these registrations; declarations abroad up to the first after `horizon`."""
    irs = madrid_rows.registrations(session, ids=list(ids))
    held = madrid_rows.designations(session, [ir.id for ir in irs])
    taken = _taken(session)
    found: dict[str, Owned] = {}
    for ir in irs:
        dates = list(_of_registration(ir, taken.get(ir.id, set()), ref))
        living = not _ended(ir)
        for one in held.get(ir.id, ()):
            dates += _of_designation(one, ref) if living else ()
        found[ir.id] = (ir.enterprise_id, dates)
    for duty in madrid_duties.duties(session, horizon, _enterprises(irs), ref=ref):
        if duty.ir.id in found and not _ended(duty.ir):
            found[duty.ir.id][1].extend(_duty(duty))
    return found


def _of_registration(ir: IrRow, taken: set[date], ref: Reference) -> Iterator[Dated]:
    if ir.ir_date is None:
        return
    fallen = next((e for e in ir.events if e.tag == "CBNT"), None)
    if fallen is not None:
        told = transformation_deadline(fallen.dated)
        yield deadline("madrid.transformation", IR, ir.id, str(fallen.dated), told, told.day())
    if _ended(ir):
        return
    dependency = dependency_ends(ir.ir_date)
    yield watch("madrid.dependency_end", IR, ir.id, "", dependency, dependency.day())
    term = _term(ir, ir.ir_date, ref)
    if term.day("due") not in taken:
        yield from _renewal(ir, term)


def _renewal(ir: IrRow, term: Explained) -> Iterator[Dated]:
    """Rule 30: window, due date, and the grace that is left once the due date has passed."""
    occasion = str(term["term"])
    yield watch("madrid.renewal_opens", IR, ir.id, occasion, term, term.day("window_opens"))
    due, rolled = term.day("due"), term.day("due_rolled")
    expiry = deadline("madrid.renewal_due", IR, ir.id, occasion, term, rolled, due)
    yield replace(expiry, until=rolled)
    late = rolled + ONE_DAY
    left = grace(expiry, "madrid.grace_end", term.day("grace_ends_rolled"), term.day("grace_ends"))
    yield replace(left, since=late, late=late)


def _term(ir: IrRow, ir_date: date, ref: Reference) -> Explained:
    """The term that ends at the recorded expiry (else the first), carried on by each renewal."""
    number = 1
    if ir.expiry is not None:
        number = max(round((ir.expiry - ir_date).days / _DAYS_OF_TEN_YEARS), 1)
    term = renewal(ir_date, term=number, ref=ref)
    for day in sorted(e.dated for e in ir.events if e.tag in _RENEWED):
        if day >= term.day("window_opens"):
            number += 1
            term = renewal(ir_date, term=number, ref=ref)
    return term


def _of_designation(one: DesignationRow, ref: Reference) -> Iterator[Dated]:
    decided = any(entry.tag in DECISIONS or entry.tag in ENDINGS for entry in one.events)
    refused = any(entry.tag in PROVISIONAL_REFUSALS for entry in one.events)
    if one.notified is not None and not decided and not refused:
        told = refusal_limit(one.party, one.notified, ref=ref)
        rolled = told.answer["rolled"]
        yield watch(
            "madrid.refusal_limit", _DESIGNATION, one.id, "", told, rolled, told.day(),
            note=one.party,
        )  # fmt: skip
    if any(entry.tag in ENDINGS for entry in one.events):
        return
    for refusal in pending_refusals(one.party, one.events, one.notified, date.max, ref=ref):
        if refusal.answered:
            continue
        event, record = DesignationEvent.kind(), refusal.entry.id
        if refusal.due is None or refusal.explained is None:
            day = refusal.entry.received or refusal.entry.dated
            unknown = Explained(
                {"value": day}, (Step(said("临时驳回"), "", day, note=refusal.note),)
            )
            note = f"{one.party} {refusal.note}"
            yield deadline("madrid.response", event, record, "", unknown, day, note=note)
        else:
            note = one.party if refusal.printed else f"{one.party} {refusal.note}"
            yield deadline(
                "madrid.response", event, record, "", refusal.explained, refusal.due, note=note
            )


def _duty(duty: madrid_duties.Duty) -> Iterator[Dated]:
    """A declaration with its grace; one whose anchor date is missing has no day to show."""
    if duty.due is None or duty.explained is None:
        return
    occasion = f"{duty.what}:{duty.due.year}"
    note = f"{duty.party} {duty.what}"
    due = deadline(
        "madrid.duty", _DESIGNATION, duty.designation, occasion, duty.explained, duty.due,
        note=note,
    )  # fmt: skip
    if duty.last_day is None or duty.last_day <= duty.due:
        yield due
        return
    yield replace(due, until=duty.due)
    yield grace(due, "madrid.duty_grace", duty.last_day, note=note)


def _ended(ir: IrRow) -> bool:
    """Whether the Register says that it has ended; a renewal after all takes back a lapse."""
    tags = [entry.tag for entry in ir.events if entry.tag in _OVER | _RENEWED]
    ends = [tag for tag in tags if tag in _OVER]
    if not ends:
        return False
    return not (ends[-1] in _LAPSED and tags[-1] in _RENEWED)


def _taken(session: Session) -> dict[str, set[date]]:
    """The terms whose renewal is filed, recorded or given up, by registration."""
    table = RenewalStep.__table__
    assert isinstance(table, Table)
    c = table.c
    found: dict[str, set[date]] = defaultdict(set)
    query = select(c.ir_id, c.due).where(c.ir_id.is_not(None), c.step.in_(sorted(STEPS_TAKEN)))
    for ir, due in session.execute(query):
        found[ir].add(due)
    return found


def _enterprises(irs: Sequence[IrRow]) -> list[str]:
    return list({ir.enterprise_id for ir in irs if ir.enterprise_id})
