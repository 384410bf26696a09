"""The moves on a ladder, read in bulk: where everybody stood on any day."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.tier import TierMove
from brandpool.rules.standing import Placing, Stay, stays

FEW = 500


@contextmanager
def collector_paused() -> Iterator[None]:
    """Build many small rows without Python's collector walking them again and again.

    The rows are kept and hold no cycles, so it would find nothing: half the time of a judging.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Standing:
    """On which tier an enterprise stands, since when, by which move; last reviewed when."""

    tier: str
    since: date
    move_id: str
    reviewed: date


def placings(
    session: Session, ladder: str, enterprises: Sequence[str] | None = None
) -> dict[str, list[Placing]]:
    """The moves of each enterprise on a ladder, of all of them or of some."""
    table = TierMove.__table__
    assert isinstance(table, Table)
    columns = (table.c.enterprise_id, table.c.effective, table.c.id, table.c.tier)
    query = select(*columns).where(
        table.c.ladder == ladder,
        table.c.effective.is_not(None),
        table.c.enterprise_id.is_not(None),
        table.c.set_aside.is_(None),
    )
    found: dict[str, list[Placing]] = defaultdict(list)
    for part in narrowed(query, table.c.enterprise_id, enterprises):
        for enterprise, effective, move, tier in session.execute(part).all():
            found[enterprise].append(Placing(effective, move, tier))
    return found


def narrowed(query: Any, column: Any, ids: Sequence[str] | None) -> Iterator[Any]:
    """The query limited to some ids, in statements of bearable size; of many ids, not at all."""
    if ids is None or len(ids) > FEW:
        yield query
        return
    for batch in journal.in_batches(ids):
        yield query.where(column.in_(batch))


def standing(line: Sequence[Stay]) -> Standing | None:
    """The standing at the end of a line of stays; None outside the ladder."""
    if not line or line[-1].tier is None:
        return None
    last = line[-1]
    assert last.tier is not None
    return Standing(last.tier, last.start, last.moves[0], last.reviewed)


def lines(
    session: Session, ladder: str, on: date, enterprises: Sequence[str] | None = None
) -> dict[str, list[Stay]]:
    """The stays of each enterprise up to a day."""
    with collector_paused():
        found = placings(session, ladder, enterprises)
        return {enterprise: stays(moves, on) for enterprise, moves in found.items()}


def standings_of(found: Mapping[str, Sequence[Placing]], on: date) -> dict[str, Standing]:
    """Who stands on the ladder on a day by these moves, and where."""
    ends = ((enterprise, standing(stays(moves, on))) for enterprise, moves in found.items())
    return {enterprise: now for enterprise, now in ends if now is not None}
