"""The moves of one ladder as columns: what every statistic over tiers is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    case,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from brandpool.models.tier import TierMove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

OUTSIDE = ""
_EPOCH = date(1970, 1, 1)
_ID, _WIDTH = 32, 43
"""Characters of an id, and of a line: id, day, letter of the tier."""
_CODE, _UNKNOWN = ord("0"), "!"
_BITS = 62
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
"""Odd factors by which the four parts of an id are mixed into one number."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A tier as a chart shows it; the code "" stands for "not in the pool"."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves of a ladder, sorted by enterprise, then effective day, then order of entry.

    `who` counts into `ids`; `day` is days since 1970-01-01; `tier` and `before` count into
    `codes`, whose first is OUTSIDE. `records` are the moves' own ids where they were asked for.
    """

    ids: list[str]
    codes: tuple[str, ...]
    who: Numbers
    day: Numbers
    tier: Numbers
    before: Numbers
    records: tuple[str, ...] = ()

    def __deepcopy__(self, _memo: object) -> Moves:
        # Nothing in it changes, and pandas copies what hangs on a frame at every turn.
        return self

    def at(self, on: date) -> Numbers:
        """Per enterprise the tier on which it stood at the end of that day."""
        import numpy as np

        standing = np.zeros(len(self.ids), dtype=np.int64)
        seen = self.day <= number_of(on)
        standing[self.who[seen]] = self.tier[seen]
        return standing

    def chosen(self, mask: Any) -> tuple[str, ...]:
        """The ids of the enterprises for which the mask holds."""
        import numpy as np

        return tuple(self.ids[index] for index in np.flatnonzero(mask))


def number_of(day: date) -> int:
    """The day as `Moves` counts it."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The date of a day counted since 1970-01-01."""
    return date.fromordinal(_EPOCH.toordinal() + number)


def load(session: Session, ladder: str, order: Sequence[str], *, named: bool = False) -> Moves:
    """Read a ladder's moves, one query for all of them; `order` are its tiers from low to high.

    Tiers that occur in moves but not in `order` (of an older scheme) come after it. `named` reads
    the moves' own ids as well. What a session has read it does not read again before it writes.
    """
    written = session.scalar(select(func.total_changes()))
    key = (ladder, tuple(order), named, written)
    kept: dict[Any, Moves] = session.info.setdefault("moves", {})
    if key not in kept:
        kept.clear()
        kept[key] = _load(session, ladder, order, named=named)
    return kept[key]


def _load(session: Session, ladder: str, order: Sequence[str], *, named: bool) -> Moves:
    import numpy as np

    codes = (OUTSIDE, *order)
    text, ids = _lines(session, ladder, codes, named=named)
    if _UNKNOWN in text[_WIDTH - 1 :: _WIDTH]:
        codes = (*codes, *_others(session, ladder, codes))
        text, ids = _lines(session, ladder, codes, named=named)
    table = np.frombuffer(text.encode("ascii"), dtype=np.uint8).reshape(-1, _WIDTH)
    who, first = _numbered(table[:, :_ID])
    tier = table[:, -1].astype(np.int64) - _CODE
    day = _days(table[:, _ID:-1].astype(np.int64) - ord("0"))
    sequence = _sequence(who, day)
    who, tier, day = who[sequence], tier[sequence], day[sequence]
    before = np.zeros_like(tier)
    before[1:] = np.where(who[1:] == who[:-1], tier[:-1], 0)
    names = [text[one * _WIDTH : one * _WIDTH + _ID] for one in first.tolist()]
    records = tuple(ids[place] for place in sequence) if named else ()
    return Moves(names, codes, who, day, tier, before, records)


def _numbered(ids: NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """For every line the place of its id among them all, and where each id first comes.

    Ids are told apart by a mixture of their four parts, and then compared in full.
    """
    import numpy as np

    parts = np.ascontiguousarray(ids).view(np.uint64)
    mixed = (parts * np.array(_MIX, dtype=np.uint64)).sum(axis=1, dtype=np.uint64)
    by = np.argsort(mixed)
    starts = np.ones(len(by), dtype=bool)
    starts[1:] = mixed[by[1:]] != mixed[by[:-1]]
    first = by[starts]
    place = np.empty(len(by), dtype=np.int64)
    place[by] = np.cumsum(starts) - 1
    if (parts[first[place]] != parts).any():
        _ids, first, place = np.unique(parts, axis=0, return_index=True, return_inverse=True)
    return place.reshape(-1), first


def _sequence(who: Numbers, day: Numbers) -> Numbers:
    """The order by enterprise, then day, then order of entry.

    All three fit into one number, which is sorted faster than they are.
    """
    import numpy as np

    if not len(who):
        return np.zeros(0, dtype=np.int64)
    since = day - day.min()
    entry, days = len(who).bit_length(), int(since.max()).bit_length()
    if int(who.max()).bit_length() + days + entry > _BITS:
        return np.lexsort((day, who))
    key = np.sort((who << (days + entry)) | (since << entry) | np.arange(len(who)))
    found: Numbers = key & ((1 << entry) - 1)
    return found


def _days(digits: Numbers) -> Numbers:
    """Days written YYYY-MM-DD, a line of digits each, counted since 1970-01-01."""
    year = digits[:, 0] * 1000 + digits[:, 1] * 100 + digits[:, 2] * 10 + digits[:, 3]
    months = (year - 1970) * 12 + digits[:, 5] * 10 + digits[:, 6] - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    found: Numbers = first.astype("int64") + digits[:, 8] * 10 + digits[:, 9] - 1
    return found


def _lines(
    session: Session, ladder: str, codes: Sequence[str], *, named: bool
) -> tuple[str, list[str]]:
    """Enterprise, day and tier of all moves in order of entry as one text, and the moves' ids.

    Each move takes as many characters as the next: an id, a date, a letter for the tier. SQLite
    joins them, which arrives faster than row after row.
    """
    moves = TierMove.__table__.c
    known = {code: chr(_CODE + place) for place, code in enumerate(codes)}
    nothing = case((moves.tier.is_(None), known[OUTSIDE]), else_=_UNKNOWN)
    letter = func.coalesce(case(known, value=moves.tier), nothing)
    line = moves.enterprise_id.concat(type_coerce(moves.effective, String)).concat(letter)
    ordered = select(line.label("line"), moves.id).where(*_of(ladder)).order_by(moves.id).subquery()
    entered = func.group_concat(ordered.c.id).filter(ordered.c.line.is_not(None))
    text, ids = session.execute(
        select(func.group_concat(ordered.c.line, ""), entered if named else literal(""))
    ).one()
    return text or "", ids.split(",") if ids else []


def _of(ladder: str) -> tuple[ColumnElement[bool], ...]:
    """The moves of a ladder that count; without its index, which would take them out of order.

    Those without enterprise or day make no line.
    """
    moves = TierMove.__table__.c
    unindexed: ColumnElement[str] = literal_column(f"+{TierMove.kind()}.ladder")
    return (unindexed == ladder, moves.set_aside.is_(None))


def _others(session: Session, ladder: str, codes: Sequence[str]) -> list[str]:
    """The tiers that occur in moves beside these, in the order in which they first occur."""
    moves = TierMove.__table__.c
    query = select(moves.tier).where(*_of(ladder), moves.tier.not_in(codes)).group_by(moves.tier)
    return list(session.scalars(query.order_by(func.min(moves.id))))


def span(session: Session, ladder: str) -> tuple[date, date] | None:
    """The first and the last effective day of a ladder's moves, or None without any."""
    moves = TierMove.__table__.c
    first, last = (type_coerce(edge(moves.effective), Date) for edge in (func.min, func.max))
    row: Any = session.execute(
        select(first, last).where(moves.ladder == ladder, moves.set_aside.is_(None))
    ).one()
    return None if row[0] is None else (row[0], row[1])
