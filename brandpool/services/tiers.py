"""Who stands where on a ladder, on any day, and how they came there; and moving them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.tier import TierMove
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Ladder
from brandpool.rules.verdict import rejudged, stored
from brandpool.services import schemes
from brandpool.services.decision import MoveOrder, Weighed, weigh
from brandpool.services.placings import (
    Standing,
    collector_paused,
    lines,
    placings,
    standing,
    standings_of,
)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move in an enterprise's history, in the order it took effect.

    `what` is "entry", "up", "down", "move" (no order known), "review", "exit" or "reentry".
    `days` is how long what it began lasted, or has lasted on the day asked for; a move that is
    still to come has none and `coming` is set. `set_aside` says why a move does not count.
    """

    id: str
    ladder: str
    what: str
    came_from: str | None
    tier: str | None
    effective: date
    until: date | None
    days: int
    coming: bool
    reason: str
    exit_reason: str | None
    document_no: str | None
    decided_by: str | None
    evidence: str | None
    scheme: str | None
    override: str | None
    notice_id: str | None
    facts: str | None
    set_aside: str | None = None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Where an enterprise stood on the first and on the last day; None is outside the ladder."""

    enterprise: str
    came_from: str | None
    tier: str | None


@dataclass(frozen=True, slots=True)
class StayRow:
    """A time an enterprise spent on a tier, up to the day asked for; `end` None while it lasts."""

    enterprise: str
    tier: str
    start: date
    end: date | None
    days: int


def move(session: Session, orders: Sequence[MoveOrder], today: date) -> list[str]:
    """Carry out what a person decided; all of the orders or none. Returns the moves' ids.

    Each move keeps the facts as judged on its effective day. Raises UserError that names every
    enterprise whose order lacks a reason, contradicts its history, or needs an override reason.
    """
    weighed = weigh(session, orders, today)
    refused = [one for one in weighed if one.refusals or one.needs_override]
    if refused:
        raise UserError("\n".join(_complaint(one) for one in refused))
    return journal.insert(session, TierMove, [_values(one) for one in weighed])


def standings(session: Session, ladder: str, on: date) -> dict[str, Standing]:
    """Where everybody on the ladder stood on a day; who is not in it stood outside."""
    with collector_paused():
        return standings_of(placings(session, ladder), on)


def history(
    session: Session, enterprise: str, on: date, ladder: str | None = None
) -> list[MoveRow]:
    """Every move of an enterprise in the order they took effect, with the days each tier lasted.

    The days of the rows of one ladder add up to the days since the first entry. Moves set aside
    when two records were merged are left out.
    """
    return _by_ladder(session, _moves_of(session, enterprise), on, ladder)


def set_aside(session: Session, enterprise: str, on: date) -> list[MoveRow]:
    """The moves that do not count since a person said so when two records were merged."""
    return _by_ladder(session, _moves_of(session, enterprise, counting=False), on, None)


def _by_ladder(
    session: Session, moves_of: Sequence[Mapping[str, Any]], on: date, ladder: str | None
) -> list[MoveRow]:
    by_ladder: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in moves_of:
        if ladder in (None, row["ladder"]):
            by_ladder[row["ladder"]].append(row)
    return [
        row
        for code, moves in by_ladder.items()
        for row in _told(code, moves, _rungs(session, code), on)
    ]


def flow(session: Session, ladder: str, start: date, end: date) -> list[FlowRow]:
    """Where everybody stood on two days, entrants and leavers included.

    Who was outside on both days is left out. Counted by `came_from`, the rows give the first day's
    tiers; counted by `tier`, the last day's.
    """
    with collector_paused():
        moves = placings(session, ladder)
        first, last = standings_of(moves, start), standings_of(moves, end)
    return [
        FlowRow(
            enterprise,
            first[enterprise].tier if enterprise in first else None,
            last[enterprise].tier if enterprise in last else None,
        )
        for enterprise in dict.fromkeys((*first, *last))
    ]


def stock(session: Session, ladder: str, days: Sequence[date]) -> list[dict[str, int]]:
    """How many stood on each tier on each of these days, from one reading of the moves."""
    last = max(days, default=date.min)
    came: dict[str, list[date]] = defaultdict(list)
    went: dict[str, list[date]] = defaultdict(list)
    for line in lines(session, ladder, last).values():
        for stay in line:
            if stay.tier is not None:
                came[stay.tier].append(stay.start)
                went[stay.tier] += [stay.end] if stay.end else []
    for ends in (*came.values(), *went.values()):
        ends.sort()
    counted = [
        {tier: bisect_right(came[tier], day) - bisect_right(went[tier], day) for tier in came}
        for day in days
    ]
    return [{tier: number for tier, number in row.items() if number} for row in counted]


def dwell(session: Session, ladder: str, on: date) -> list[StayRow]:
    """Every time spent on a tier up to a day, for the chart of time per tier."""
    return [
        StayRow(enterprise, stay.tier, stay.start, stay.end, stay.days(on))
        for enterprise, line in lines(session, ladder, on).items()
        for stay in line
        if stay.tier is not None
    ]


def ladders_of(session: Session, enterprise: str, on: date) -> dict[str, Standing]:
    """On which ladders an enterprise stands on a day, and where."""
    codes = {row["ladder"] for row in _moves_of(session, enterprise)}
    found = {code: lines(session, code, on, [enterprise]) for code in sorted(codes)}
    now = {code: standing(line.get(enterprise, ())) for code, line in found.items()}
    return {code: stand for code, stand in now.items() if stand is not None}


def facts(kept: str | None) -> list[dict[str, Any]]:
    """The conditions as a move keeps them: zh, truth, value, threshold, unit, source, why."""
    return list(scheme_file.loads(kept)["conditions"]) if kept else []


def contradictions(kept: str | None) -> list[str]:
    """The labels of conditions whose kept value and threshold no longer give the kept truth."""
    return [fact["zh"] for fact in facts(kept) if rejudged(fact).value != fact["truth"]]


def _complaint(one: Weighed) -> str:
    if one.refusals:
        return _("{name}：{what}。").format(name=one.name, what="；".join(one.refusals))
    text = _("{name}：{what}。要照此变动，请填写例外理由。")
    return text.format(name=one.name, what="；".join(one.exceptions))


def _values(one: Weighed) -> dict[str, Value]:
    order = one.order
    kept = {
        "on": order.effective.isoformat(),
        "scheme": one.scheme.name,
        "came_from": one.came_from,
        "exceptions": list(one.exceptions),
        "conditions": [stored(verdict) for verdict in one.verdicts],
    }
    return {
        "enterprise_id": order.enterprise,
        "ladder": order.ladder,
        "tier": order.tier,
        "effective": order.effective,
        "reason": order.reason.strip(),
        "exit_reason": order.exit_reason or None,
        "document_no": order.document_no or None,
        "decided_by": order.decided_by or None,
        "evidence": order.evidence or None,
        "scheme": one.scheme.name,
        "facts": scheme_file.dumps(kept, indent=None),
        "override": (order.override or "").strip() or None,
        "notice_id": order.notice_id or None,
    }


def _moves_of(
    session: Session, enterprise: str, *, counting: bool = True
) -> list[Mapping[str, Any]]:
    table = TierMove.__table__
    assert isinstance(table, Table)
    query = select(table).where(
        table.c.enterprise_id == enterprise,
        table.c.effective.is_not(None),
        table.c.set_aside.is_(None) if counting else table.c.set_aside.is_not(None),
    )
    query = query.order_by(table.c.ladder, table.c.effective, table.c.id)
    return [dict(row) for row in session.execute(query).mappings()]


def _rungs(session: Session, code: str) -> Ladder | None:
    versions = schemes.versions_with(session, code)
    return versions[0].ladder(code) if versions else None


def _told(
    code: str, moves: Sequence[Mapping[str, Any]], rungs: Ladder | None, on: date
) -> list[MoveRow]:
    rows: list[MoveRow] = []
    came_from: str | None = None
    entered = False
    for number, values in enumerate(moves):
        following = moves[number + 1]["effective"] if number + 1 < len(moves) else None
        tier, effective = values["tier"], values["effective"]
        coming = effective > on
        counts = not coming and (entered or tier is not None)
        end = following if following and following <= on else on
        rows.append(
            MoveRow(
                id=values["id"],
                ladder=code,
                what=_what(came_from, tier, rungs, entered=entered),
                came_from=came_from,
                tier=tier,
                effective=effective,
                until=following,
                days=(end - effective).days if counts else 0,
                coming=coming,
                reason=values["reason"] or "",
                **{name: values[name] for name in _TOLD_AS_KEPT},
            )
        )
        came_from, entered = tier, entered or tier is not None
    return rows


_TOLD_AS_KEPT = (
    "exit_reason", "document_no", "decided_by", "evidence", "scheme", "override", "notice_id",
    "facts", "set_aside",
)  # fmt: skip


def _what(came_from: str | None, tier: str | None, rungs: Ladder | None, *, entered: bool) -> str:
    if tier is None:
        return "exit"
    if came_from is None:
        return "reentry" if entered else "entry"
    if came_from == tier:
        return "review"
    here, there = (rungs.place(came_from), rungs.place(tier)) if rungs else (None, None)
    if here is None or there is None:
        return "move"
    return "up" if there > here else "down"
