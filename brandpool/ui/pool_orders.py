"""What the clerk wants to do with some enterprises, before it is filled in and decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from brandpool.i18n import _
from brandpool.rules.scheme import Ladder
from brandpool.services.decision import MoveOrder
from brandpool.ui.pool_reading import PoolRow, tier_label


class Aim(StrEnum):
    """Where the candidates are to go: each where it was proposed, all to one tier, or nowhere."""

    PROPOSED = "proposed"
    TIER = "tier"
    REVIEW = "review"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise on the form. `proposed` is the tier it was proposed for, None to leave."""

    enterprise: str
    name: str
    tier: str | None
    proposed: str | None
    exit_reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveWish:
    """What the form starts from.

    `tier` counts with `Aim.TIER` only. `scheme` is given where several schemes in force have this
    ladder. `notice` is the public notice that proposed the moves, `proposal` its or another
    proposal's name in the chooser.
    """

    ladder: Ladder
    candidates: tuple[Candidate, ...]
    aim: Aim
    effective: date
    tier: str | None = None
    scheme: str | None = None
    notice: str | None = None
    proposal: str = ""

    def without(self, enterprises: set[str]) -> "MoveWish":
        """The wish without some of its enterprises."""
        kept = tuple(c for c in self.candidates if c.enterprise not in enterprises)
        return replace(self, candidates=kept)

    def goal(self, candidate: Candidate) -> str | None:
        """The tier it is to stand on; None to leave."""
        return {
            Aim.PROPOSED: candidate.proposed,
            Aim.TIER: self.tier,
            Aim.REVIEW: candidate.tier,
            Aim.EXIT: None,
        }[self.aim]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the clerk filled in for all candidates."""

    effective: date
    reason: str
    exit_reason: str | None
    document_no: str | None
    decided_by: str | None
    evidence: str | None
    override: str | None


def candidate(row: PoolRow) -> Candidate:
    """The row as a candidate for the next tier, or for none where its exit is proposed."""
    to = None if row.exits else row.target or row.tier
    return Candidate(row.enterprise, row.name, row.tier, to, row.exit_reason)


def orders(wish: MoveWish, filled: Filled) -> list[MoveOrder]:
    """One order per candidate."""
    return [_order(wish, filled, one) for one in wish.candidates]


def step_name(wish: MoveWish) -> str:
    """How the step is called in the history."""
    one = wish.candidates[0]
    goals = {wish.goal(c) for c in wish.candidates}
    number = len(wish.candidates)
    verb = _verb(wish)
    if number == 1:
        where = "" if wish.aim is Aim.REVIEW else f" → {tier_label(wish.ladder, wish.goal(one))}"
        return f"{verb}：{one.name}{where}"
    where = f" → {tier_label(wish.ladder, goals.pop())}" if len(goals) == 1 else ""
    return f"{verb}：{one.name} " + _("等 {number} 家").format(number=number) + where


def _order(wish: MoveWish, filled: Filled, one: Candidate) -> MoveOrder:
    goal = wish.goal(one)
    return MoveOrder(
        enterprise=one.enterprise,
        ladder=wish.ladder.code,
        tier=goal,
        effective=filled.effective,
        reason=filled.reason,
        exit_reason=filled.exit_reason if goal is None else None,
        document_no=filled.document_no,
        decided_by=filled.decided_by,
        evidence=filled.evidence,
        override=filled.override,
        scheme=wish.scheme,
        notice_id=wish.notice,
        review=wish.aim is Aim.REVIEW,
    )


def _verb(wish: MoveWish) -> str:
    ways = {_way(wish, one) for one in wish.candidates}
    return ways.pop() if len(ways) == 1 else _("层级变动")


def _way(wish: MoveWish, one: Candidate) -> str:
    goal = wish.goal(one)
    if wish.aim is Aim.REVIEW:
        return _("复核")
    if goal is None:
        return _("退出梯队")
    if one.tier is None:
        return _("入库")
    here, there = wish.ladder.place(one.tier), wish.ladder.place(goal)
    if here is None or there is None:
        return _("层级变动")
    return _("升级") if there > here else _("降级")


def shift_wish(
    ladder: Ladder, rows: Sequence[PoolRow], tier: str | None, on: date, scheme: str | None
) -> MoveWish:
    """The wish that all rows go to one tier, or (None) leave the ladder."""
    aim = Aim.EXIT if tier is None else Aim.TIER
    return MoveWish(ladder, tuple(map(candidate, rows)), aim, on, tier, scheme)


def next_wish(ladder: Ladder, rows: Sequence[PoolRow], on: date, scheme: str | None) -> MoveWish:
    """The wish that each goes where its judgement proposes, all to one tier where that is one."""
    candidates = tuple(map(candidate, rows))
    goals = {one.proposed for one in candidates}
    if len(goals) == 1 and None not in goals and all(one.tier not in goals for one in candidates):
        return MoveWish(ladder, candidates, Aim.TIER, on, goals.pop(), scheme)
    if len(candidates) == 1:
        aim = Aim.EXIT if None in goals else Aim.REVIEW
        return MoveWish(ladder, candidates, aim, on, None, scheme)
    name = _("按评定结果，各到各的层级")
    return MoveWish(ladder, candidates, Aim.PROPOSED, on, None, scheme, proposal=name)


def neighbour_wish(
    ladder: Ladder, rows: Sequence[PoolRow], side: int, on: date, scheme: str | None
) -> MoveWish | None:
    """The wish that each goes one tier up (1) or down (-1); None where none of them can."""
    moving = [
        Candidate(row.enterprise, row.name, row.tier, _neighbour(ladder, place, side))
        for row in rows
        if (place := ladder.place(row.tier)) is not None and -1 <= place + side < len(ladder.tiers)
    ]
    goals = {one.proposed for one in moving}
    if not moving:
        return None
    if len(goals) == 1:
        (goal,) = goals
        aim = Aim.EXIT if goal is None else Aim.TIER
        return MoveWish(ladder, tuple(moving), aim, on, goal, scheme)
    name = _("各升一层") if side > 0 else _("各降一层")
    return MoveWish(ladder, tuple(moving), Aim.PROPOSED, on, None, scheme, proposal=name)


def _neighbour(ladder: Ladder, place: int, side: int) -> str | None:
    return ladder.tiers[place + side].code if place + side >= 0 else None
