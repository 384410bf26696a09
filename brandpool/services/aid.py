"""Rights aid: the stage of each request, how long requests take, which have been open for long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.aid import AidRequest
from brandpool.rules.periods import Period
from brandpool.rules.reference import Reference
from brandpool.services import reference_data
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import by_day, in_year, live

STAGES = ("asked", "accepted", "assigned", "done")
_KIND = AidRequest.kind()


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A request that is not done on the day asked for; `days` since it was accepted."""

    id: str
    subject: str
    applicant: str
    stage: str
    accepted_on: date
    days: int


def stage(row: Mapping[str, object], on: date) -> str:
    """The furthest of STAGES a request had come to by a day; "" before it was made."""
    days = {"asked": "asked_on", "accepted": "accepted_on", "assigned": "assigned_on",
            "done": "done_on"}  # fmt: skip
    found = ""
    for name, day in days.items():
        reached = row[day]
        if isinstance(reached, date) and reached <= on:
            found = name
    return found


def median_days(session: Session, year: int, on: date) -> Counted:
    """受理→办结天数的中位数 of the requests done in the year; "—" where none is.

    One done without a day of acceptance, or before it, is unknown.
    """
    counted: list[tuple[str, int]] = []
    unsure: list[str] = []
    for row in live(session, AidRequest):
        if not in_year(row["done_on"], year, on):
            continue
        begun = row["accepted_on"]
        if begun is None or begun > row["done_on"]:
            unsure.append(row["id"])
        else:
            counted.append((row["id"], (row["done_on"] - begun).days))
    middle = median(days for _id, days in counted) if counted else None
    total = None if middle is None else Decimal(str(middle))
    text = _("{year} 年内（截至 {day}）办结的维权援助，从受理到办结的天数的中位数。").format(
        year=year, day=on
    )
    rows = keys(_KIND, (record for record, _days in counted))
    return Counted(total, _("天"), rows, text, keys(_KIND, unsure))


def limit(ref: Reference) -> int:
    """After how many days open a request is listed: the station's own limit, editable data."""
    return Period.parse(ref.documents["protection"]["aid"]["open"]).count


def open_long(
    session: Session, on: date, days: int | None = None, ref: Reference | None = None
) -> list[OpenRow]:
    """The requests accepted more than `days` days ago and not done, the longest first."""
    days = limit(ref or reference_data.reference(session, on)) if days is None else days
    found = [
        OpenRow(
            row["id"], row["subject"] or "", row["applicant"] or "", stage(row, on),
            row["accepted_on"], (on - row["accepted_on"]).days,
        )
        for row in live(session, AidRequest)
        if by_day(row["accepted_on"], on)
        and not by_day(row["done_on"], on)
        and (on - row["accepted_on"]).days > days
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.days, one.id))


def accepted(session: Session, year: int, on: date) -> Counted:
    """The requests accepted in the year."""
    rows = [r["id"] for r in live(session, AidRequest) if in_year(r["accepted_on"], year, on)]
    text = _("{year} 年内（截至 {day}）受理的维权援助申请。").format(year=year, day=on)
    return Counted(len(rows), _("件"), keys(_KIND, rows), text)
