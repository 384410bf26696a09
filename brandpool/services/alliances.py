"""Alliances and who belonged to them on a day."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.alliance import Alliance, AllianceMember
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live


def alliances(session: Session, on: date) -> Counted:
    """The alliances founded and not dissolved by a day."""
    rows = [
        row for row in live(session, Alliance)
        if by_day(row["founded"], on) and not by_day(row["dissolved_on"], on)
    ]  # fmt: skip
    undated = [row["id"] for row in live(session, Alliance) if row["founded"] is None]
    text = _("截至 {day}；已成立、未解散的产业知识产权联盟。").format(day=on)
    kind = Alliance.kind()
    found = keys(kind, (row["id"] for row in rows))
    return Counted(len(rows), _("个"), found, text, keys(kind, undated))


def members(session: Session, on: date, alliance: str | None = None) -> Counted:
    """Who belongs to an alliance (or to any) on a day: the day of joining counts, that of leaving
    does not. Who has left since is still a member of an earlier day.
    """
    rows = [
        row for row in live(session, AllianceMember)
        if alliance in (None, row["alliance_id"]) and belongs(row, on)
    ]  # fmt: skip
    text = _("截至 {day}；已加入、未退出的成员，一家企业在一个联盟中计一次。").format(day=on)
    total = len({(row["alliance_id"], row["enterprise_id"]) for row in rows})
    return Counted(total, _("家"), keys(AllianceMember.kind(), (r["id"] for r in rows)), text)


def belongs(row: LedgerRow, on: date) -> bool:
    """Whether this stay covers the day."""
    return by_day(row["joined"], on) and not by_day(row["left"], on)
