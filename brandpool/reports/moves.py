"""The moves of one ladder as columns: what every statistic over tiers is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, String, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from brandpool.models.tier import TierMove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

OUTSIDE = ""
_SEPARATOR = "\x1f"
_EPOCH = date(1970, 1, 1)


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
    """Read a ladder's moves, one query for all columns; `order` are its tiers from low to high.

    Tiers that occur in moves but not in `order` (of an older scheme) come after it. `named` reads
    the moves' own ids as well.
    """
    import numpy as np

    people, tiers, days, *ids = _columns(session, ladder, named=named)
    ranks = {OUTSIDE: 0, **{code: place for place, code in enumerate(order, 1)}}
    for code in tiers:
        ranks.setdefault(code, len(ranks))
    places: dict[str, int] = {}
    who = np.array([places.setdefault(one, len(places)) for one in people], dtype=np.int64)
    tier = np.array([ranks[code] for code in tiers], dtype=np.int64)
    day = np.array(days, dtype="datetime64[D]").astype(np.int64)
    sequence = np.lexsort((day, who))
    who, tier, day = who[sequence], tier[sequence], day[sequence]
    before = np.zeros_like(tier)
    if len(tier) > 1:
        before[1:] = np.where(who[1:] == who[:-1], tier[:-1], 0)
    records = tuple(ids[0][place] for place in sequence) if named else ()
    return Moves(list(places), tuple(ranks), who, day, tier, before, records)


def _columns(session: Session, ladder: str, *, named: bool) -> list[list[str]]:
    """Enterprises, tiers and days (and ids) of all moves in order of entry.

    SQLite joins each column into one text, which arrives faster than row after row. The ladder is
    compared as an expression because its index would take the rows out of their order.
    """
    moves = TierMove.__table__.c
    ordered = (
        select(
            moves.enterprise_id,
            func.coalesce(moves.tier, "").label("tier"),
            type_coerce(moves.effective, String).label("day"),
            moves.id,
        )
        .where(
            moves.ladder.concat("") == ladder,
            moves.effective.is_not(None),
            moves.enterprise_id.is_not(None),
        )
        .order_by(moves.id)
        .subquery()
    )
    wanted = [ordered.c.enterprise_id, ordered.c.tier, ordered.c.day]
    wanted += [ordered.c.id] if named else []
    joined = (func.group_concat(column, literal(_SEPARATOR)) for column in wanted)
    found = session.execute(select(*joined)).one()
    return [[] if text is None else text.split(_SEPARATOR) for text in found]


def span(session: Session, ladder: str) -> tuple[date, date] | None:
    """The first and the last effective day of a ladder's moves, or None without any."""
    moves = TierMove.__table__.c
    first, last = (type_coerce(edge(moves.effective), Date) for edge in (func.min, func.max))
    row: Any = session.execute(select(first, last).where(moves.ladder == ladder)).one()
    return None if row[0] is None else (row[0], row[1])
