"""Awards, navigation projects and strategy analyses: what must be handed in, what was won."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.ip_project import IpProject
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import in_year, live

RED_DAYS = 7
"""The seed document's number: a closing date less than seven days away is shown red."""


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """An application not yet handed in; `red` when fewer than seven days are left or none."""

    id: str
    enterprise_id: str | None
    name: str
    apply_by: date
    days: int
    red: bool


def closing(session: Session, on: date) -> list[ClosingRow]:
    """The applications in preparation that have a closing date (申报截止), nearest first."""
    found = []
    for row in live(session, IpProject):
        if row["apply_by"] is None or not is_open(row["stage"], row["submitted_on"]):
            continue
        days = (row["apply_by"] - on).days
        who, name = row["enterprise_id"], row["name"] or ""
        found.append(ClosingRow(row["id"], who, name, row["apply_by"], days, days < RED_DAYS))
    return sorted(found, key=lambda row: (row.apply_by, row.id))


def is_open(stage: str | None, submitted_on: date | None) -> bool:
    """Whether an application has still to be handed in."""
    return stage in (None, "preparing") and submitted_on is None


def results(session: Session, year: int, on: date, result: str = "won") -> Counted:
    """The applications with that result (won, not_won, withdrawn) in a year; all stay on record."""
    found = [
        row for row in live(session, IpProject)
        if row["result"] == result and in_year(row["result_on"], year, on)
    ]  # fmt: skip
    undated = [
        row for row in live(session, IpProject)
        if row["result"] == result and row["result_on"] is None
    ]  # fmt: skip
    text = _("{year} 年内（截至 {day}）公布结果的专利奖、导航、战略分析项目，按结果计。").format(
        year=year, day=on
    )
    kind = IpProject.kind()
    return Counted(
        len(found), _("项"), keys(kind, (r["id"] for r in found)), text,
        keys(kind, (r["id"] for r in undated)),
    )  # fmt: skip
