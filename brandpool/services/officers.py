"""Enforcement officers: their hours of training by year, and certificates that have ended."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.officer import Officer, OfficerTraining
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live

_KIND = Officer.kind()


@dataclass(frozen=True, slots=True)
class HoursRow:
    """An officer in service with the hours of a year; `trainings` are the records they come from.

    `certificate_until` ends before the day asked for where `expired`.
    """

    officer: str
    name: str
    unit: str
    hours: Decimal
    trainings: tuple[str, ...]
    certificate_until: date | None
    expired: bool


def in_service(session: Session, on: date) -> Counted:
    """在岗执法人员 on a day: joined by then, not left."""
    rows = [row["id"] for row in _serving(session, on)]
    text = _("{day} 在岗的执法人员。").format(day=on)
    return Counted(len(rows), _("人"), keys(_KIND, rows), text)


def hours(session: Session, year: int, on: date) -> list[HoursRow]:
    """The hours each officer was trained in the year up to a day; 0 where there were none.

    An officer who left stays in the list while trained in that year, so that the hours add up.
    """
    trained: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in live(session, OfficerTraining):
        if row["officer_id"] and in_year(row["trained_on"], year, on):
            trained[row["officer_id"]].append(row)
    serving = {row["id"] for row in _serving(session, on)}
    rows = [r for r in live(session, Officer) if r["id"] in serving or r["id"] in trained]
    found = [_hours(row, trained[row["id"]], on) for row in rows]
    return sorted(found, key=lambda one: (one.unit, one.name, one.officer))


def total_hours(session: Session, year: int, on: date) -> Counted:
    """All hours of the year; a training without officer or hours is unknown."""
    rows = [r for r in live(session, OfficerTraining) if in_year(r["trained_on"], year, on)]
    sound = [row for row in rows if row["officer_id"] and row["hours"] is not None]
    lacking = [row["id"] for row in rows if row not in sound]
    total = sum((row["hours"] for row in sound), Decimal(0))
    kind = OfficerTraining.kind()
    text = _("{year} 年内（截至 {day}）执法人员培训学时之和。").format(year=year, day=on)
    ids = (row["id"] for row in sound)
    return Counted(total, _("小时"), keys(kind, ids), text, keys(kind, lacking))


def expired(session: Session, on: date) -> Counted:
    """执法证已过期 of officers in service; one without a date is unknown."""
    serving = _serving(session, on)
    past = [row["id"] for row in serving if _past(row, on)]
    unsure = [row["id"] for row in serving if row["certificate_until"] is None]
    text = _("{day} 在岗、执法证有效期早于该日的执法人员；没有登记有效期的待查。").format(day=on)
    return Counted(len(past), _("人"), keys(_KIND, past), text, keys(_KIND, unsure))


def _serving(session: Session, on: date) -> list[LedgerRow]:
    return [
        row
        for row in live(session, Officer)
        if (row["joined_on"] is None or row["joined_on"] <= on) and not by_day(row["left_on"], on)
    ]


def _past(row: LedgerRow, on: date) -> bool:
    return row["certificate_until"] is not None and row["certificate_until"] < on


def _hours(row: LedgerRow, trained: list[LedgerRow], on: date) -> HoursRow:
    return HoursRow(
        officer=row["id"],
        name=row["name"] or "",
        unit=row["unit"] or "",
        hours=sum((one["hours"] or Decimal(0) for one in trained), Decimal(0)),
        trainings=tuple(one["id"] for one in trained),
        certificate_until=row["certificate_until"],
        expired=_past(row, on),
    )
