"""People who work in intellectual property in the zone."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.talent import IpTalent
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import by_day, in_year, live


def talents(session: Session, on: date, title: str | None = None) -> Counted:
    """The people who had not left by a day, with one title or any; one name at one employer is one.

    A person recorded with two titles at one employer counts once.
    """
    rows = [
        row for row in live(session, IpTalent)
        if (title is None or row["title"] == title) and not by_day(row["left_on"], on)
        and (row["obtained_on"] is None or row["obtained_on"] <= on)
    ]  # fmt: skip
    total = len({(row["name"], row["enterprise_id"] or row["employer"]) for row in rows})
    text = _("截至 {day}；登记在册、未离开的知识产权人才，同一单位同一姓名计一人。").format(day=on)
    return Counted(total, _("人"), keys(IpTalent.kind(), (row["id"] for row in rows)), text)


def trained(session: Session, year: int, on: date) -> Counted:
    """The hours of training in a year by the day of the training."""
    rows = [row for row in live(session, IpTalent) if in_year(row["trained_on"], year, on)]
    told = [row for row in rows if row["hours"] is not None]
    lacking = [row["id"] for row in rows if row["hours"] is None]
    text = _("{year} 年内（截至 {day}）登记的人才培训学时之和。").format(year=year, day=on)
    kind = IpTalent.kind()
    total = sum((row["hours"] for row in told), Decimal(0))
    return Counted(total, _("学时"), keys(kind, (r["id"] for r in told)), text, keys(kind, lacking))
