"""Duties abroad besides renewal: declarations of use, each from its own party's anchor date."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.rules.explained import Explained
from brandpool.rules.maintenance import maintenance
from brandpool.rules.reference import Reference, shipped
from brandpool.services import madrid, madrid_rows
from brandpool.services.madrid_rows import DesignationRow, IrRow

LATEST_CYCLE = 12


class Duty(NamedTuple):
    """One declaration to be filed at a national Office.

    `last_day` is the end of grace or extension, else `due`. Without the anchor's date `due` is
    None and `missing` says which date has to be entered (never guessed from the registration).
    """

    ir: IrRow
    designation: str
    party: str
    what: str
    opens: date | None
    due: date | None
    last_day: date | None
    missing: str
    explained: Explained | None


def duties(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> list[Duty]:
    """The declarations of each protected designation: those due so far and the next of each kind.

    Each party counts from its own anchor: the US registration date, IMPI's grant, the date of the
    designation. Pending, refused or lost designations owe nothing but what runs from their date.
    """
    ref = ref or shipped()
    owing = {row["party"] for row in ref.documents["maintenance"]["duties"]}
    irs = madrid_rows.registrations(session, enterprises)
    held = madrid_rows.designations(session, [ir.id for ir in irs])
    found: list[Duty] = []
    for ir in irs:
        for one in held.get(ir.id, ()):
            if one.party in owing:
                cell = madrid.cell(ir, one, on, ref=ref)
                if cell.family != "lost":
                    found += _of(ir, one, cell, on, ref)
    return sorted(found, key=lambda duty: (duty.due or date.max, duty.designation, duty.what))


def _of(
    ir: IrRow, one: DesignationRow, cell: madrid.Cell, on: date, ref: Reference
) -> Iterator[Duty]:
    for anchors, cyclic in _anchors(ir, one, cell, on):
        for cycle in range(1, LATEST_CYCLE) if cyclic else (None,):
            try:
                answer = maintenance(one.party, cycle=cycle, ref=ref, **anchors)
            except UserError as lacking:
                yield Duty(ir, one.id, one.party, "", None, None, None, str(lacking), None)
                break
            if not answer["required"]:
                break
            yield _duty(ir, one, answer)
            if answer.day("due") > on:
                break


def _duty(ir: IrRow, one: DesignationRow, answer: Explained) -> Duty:
    due = answer.day("due")
    ends = [answer.answer.get(name) for name in ("grace_ends", "extended")]
    last = max([due, *(day for day in ends if isinstance(day, date))])
    what = next(s.event.split("：")[0] for s in answer.chain if "：截止" in s.event)
    return Duty(ir, one.id, one.party, what, answer.answer.get("opens"), due, last, "", answer)


Anchors = tuple[dict[str, Any], bool]
"""The dates a duty counts from, and whether it recurs by itself."""


def _anchors(ir: IrRow, one: DesignationRow, cell: madrid.Cell, on: date) -> list[Anchors]:
    """What each duty of a party counts from: first those of the designation, then of renewals."""
    if not cell.protected and one.party not in {"PH", "MZ"}:
        return []
    return _first(one, cell) + (_after_renewal(ir, one, cell, on) if cell.protected else [])


def _first(one: DesignationRow, cell: madrid.Cell) -> list[Anchors]:
    there = {"us_registration": one.national_registered}
    match one.party:
        case "US":
            return [(there, False), (there, True)] if one.national_registered else [(there, False)]
        case "PH":
            granted = [({"grant": cell.granted}, False)] if cell.granted else []
            return [({"ir_date": one.designated_on}, False), *granted]
        case "KH":
            return [({"registration": one.national_registered, "grant": cell.granted}, False)]
        case "MZ":
            return [({"ir_date": one.designated_on}, True)]
        case _:
            return [({"grant": cell.granted}, one.party == "CV")]


def _after_renewal(ir: IrRow, one: DesignationRow, cell: madrid.Cell, on: date) -> list[Anchors]:
    renewed = [e for e in ir.events if e.tag in {"REN", "EEN"} and e.dated <= on]
    match one.party:
        case "PH":
            return [({"renewal": e.dated, "mid": mid}, False)
                    for e in renewed for mid in (False, True)]  # fmt: skip
        case "MX":
            return [
                ({"gazette": e.published, "grant": cell.granted} if e.published else {}, False)
                for e in renewed
            ]
        case "KH":
            return [({"renewal": e.dated}, False) for e in renewed]
        case _:
            return []
