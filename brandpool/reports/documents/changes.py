"""The moves of a ladder that took effect in a period, told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports.scope import Scope
from brandpool.services import records, tiers
from brandpool.services.tiers import MoveRow

WHAT = {
    "entry": "入库",
    "reentry": "重新入库",
    "up": "升级",
    "down": "降级",
    "move": "调整",
    "review": "复核",
    "exit": "退出",
}
ADMITTED = ("entry", "reentry", "up")


@dataclass(frozen=True, slots=True)
class Change:
    """One move with the names it needs on paper."""

    enterprise: str
    name: str
    credit_code: str
    street: str
    move: MoveRow

    @property
    def what(self) -> str:
        """What it was, in words."""
        return WHAT.get(self.move.what, self.move.what)


def changes(session: Session, ladder: str, start: date, end: date) -> list[Change]:
    """Every move that took effect from `start` to `end`, by day, then by name."""
    table = TierMove.__table__.c
    moved = session.scalars(
        select(table.enterprise_id)
        .where(table.ladder == ladder, table.effective >= start, table.effective <= end)
        .distinct()
    )
    ids = sorted(one for one in moved if one)
    known = {row.id: row for row in records.rows(session, Enterprise, ids)}
    found = [
        Change(
            one,
            str(known[one]["name"] or ""),
            str(known[one]["credit_code"] or ""),
            str(known[one]["street"] or ""),
            move,
        )
        for one in ids
        if one in known
        for move in tiers.history(session, one, end, ladder)
        if start <= move.effective <= end
    ]
    return sorted(found, key=lambda one: (one.move.effective, one.name, one.move.id))


def tier_words(scope: Scope, change: Change) -> str:
    """From which tier to which: 成长 → 重点, 池外 where it is outside."""
    before, after = change.move.came_from, change.move.tier
    return f"{scope.name(before or '')} → {scope.name(after or '')}"


def of_kind(found: Iterable[Change], *what: str) -> list[Change]:
    """Those moves that are one of these: entry, reentry, up, down, move, review, exit."""
    return [one for one in found if one.move.what in what]
