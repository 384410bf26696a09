"""Where an enterprise stood on a ladder, and since when, as a pure function of its moves."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Placing(NamedTuple):
    """A move as far as standing is concerned; `tier` is None for an exit."""

    effective: date
    id: str
    tier: str | None


@dataclass(frozen=True, slots=True)
class Stay:
    """A time spent on one tier, or (`tier` None) outside after an exit.

    `end` is the first day of what followed, None while it lasts. `moves` are the move that began
    it and the reviews that confirmed it; `reviewed` is the day of the last of them.
    """

    tier: str | None
    start: date
    end: date | None
    moves: tuple[str, ...]
    reviewed: date

    def days(self, on: date) -> int:
        """How many days it lasted, or has lasted on that day."""
        return ((self.end or on) - self.start).days


def stays(placings: Iterable[Placing], on: date) -> list[Stay]:
    """The stays up to that day, oldest first, from moves in any order.

    What an enterprise came from is never stored: a move entered late between two others changes
    what follows by itself. Two moves of one day count in the order of their ids, which is the order
    of entry. An exit before the first entry means nothing. The days of all stays add up to the days
    since the first entry.
    """
    found: list[Stay] = []
    tier: str | None = None
    start, reviewed = on, on
    moves: list[str] = []
    for effective, move, to in sorted(placings):
        if effective > on:
            break
        if to == tier:
            if moves:
                moves.append(move)
                reviewed = effective
            continue
        if moves:
            found.append(Stay(tier, start, effective, tuple(moves), reviewed))
        tier, start, reviewed, moves = to, effective, effective, [move]
    if moves:
        found.append(Stay(tier, start, None, tuple(moves), reviewed))
    return found


def membership(line: Sequence[Stay]) -> Sequence[Stay]:
    """The stays since the enterprise last came onto the ladder; none when it is outside."""
    first = len(line)
    while first and line[first - 1].tier is not None:
        first -= 1
    return line[first:]


def full_months(start: date, on: date) -> int:
    """Full months from one day to another, a month's last day standing in for a missing one."""
    months = (on.year - start.year) * 12 + on.month - start.month
    if on.day < start.day and on.day < calendar.monthrange(on.year, on.month)[1]:
        months -= 1
    return max(months, 0)


def months_on(line: Sequence[Stay], tier: str | None, on: date) -> int:
    """Full months on a tier since the last entry; `tier` None: on the present one."""
    present = membership(line)
    if not present:
        return 0
    wanted = tier or present[-1].tier
    return sum(full_months(s.start, s.end or on) for s in present if s.tier == wanted)
