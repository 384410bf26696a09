"""How to reach a target: the fewest visits, whom to make them to, and by when that is enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.madrid import BasicMark
from brandpool.models.trademark import Trademark
from brandpool.rules.reference import Reference, shipped
from brandpool.rules.scheme import (
    Count,
    FieldOf,
    Group,
    Leaf,
    Scheme,
    Since,
    Tenure,
    YearsOnFile,
)
from brandpool.rules.verdict import Truth, Verdict
from brandpool.services import judging, records, trademarks
from brandpool.services.counted import RecordKey
from brandpool.services.judging import Judgement
from brandpool.services.mark_counts import in_business


class Action(NamedTuple):
    """What is to be done at an enterprise: in words, how many visits, what it rests on.

    `sure` is False where a visit finds out whether the condition is met.
    """

    words: str
    visits: int
    source: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an enterprise helps: how much it adds to the target, with what."""

    enterprise: str
    name: str
    gain: int
    actions: tuple[Action, ...]
    rows: tuple[RecordKey, ...] = ()

    @property
    def visits(self) -> int:
        """How many visits it takes."""
        return sum(action.visits for action in self.actions)


@dataclass(frozen=True, slots=True)
class PlannedWay:
    """A chosen way with the week (from 1) in which its last visit can be made."""

    way: Way
    week: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The smallest set of enterprises and actions that reaches a target, in the order of work.

    `reached` is what they add; less than `need` where the pool holds no more. `in_time` is what is
    added by the last day. `excluded` says of the other enterprises why none can be counted on.
    """

    need: int
    until: date
    weeks: int
    capacity: int
    chosen: tuple[PlannedWay, ...]
    excluded: Mapping[str, str]

    @property
    def reached(self) -> int:
        """What the chosen ways add together."""
        return sum(one.way.gain for one in self.chosen)

    @property
    def in_time(self) -> int:
        """What those add whose visits can all be made by the last day."""
        return sum(one.way.gain for one in self.chosen if one.week <= self.weeks)

    @property
    def visits(self) -> int:
        """How many visits it takes in all."""
        return sum(one.way.visits for one in self.chosen)


def to_tier(
    session: Session,
    scheme: Scheme,
    ladder: str,
    tier: str,
    need: int,
    on: date,
    until: date,
    capacity: int,
    ref: Reference | None = None,
) -> Plan:
    """How `need` more enterprises could stand on a tier by a day, with so many visits a week.

    Only those whose next tier it is are looked at, as they will stand on that day: who could move
    up then anyway needs no visit. What no visit brings about (an honour, time that will not have
    passed) excludes an enterprise, with its reason.
    """
    effort = (ref or shipped()).documents["effort"]
    ways: list[list[Way]] = []
    excluded: dict[str, str] = {}
    for one in judging.judge(session, None, scheme, ladder, until):
        if one.target is None or one.target.tier.code != tier:
            continue
        found = _tier_way(one, effort)
        if isinstance(found, Way):
            ways.append([found])
        else:
            excluded[one.enterprise] = found
    return _planned(ways, need, on, until, capacity, excluded)


def to_filings(
    session: Session,
    need: int,
    on: date,
    until: date,
    capacity: int,
    ref: Reference | None = None,
) -> Plan:
    """How `need` more Madrid applications could be filed by a day, with so many visits a week.

    Every mark in force on which no international registration rests yet may be the basis of one.
    """
    reference = ref or shipped()
    filing = reference.documents["effort"]["filing"]
    used = set(session.scalars(select(BasicMark.number)))
    zone = in_business(session)
    by: dict[str, list[trademarks.MarkRow]] = {}
    for mark in sorted(trademarks.gather(session), key=lambda mark: mark.number):
        state = trademarks.judged(mark, on, ref=reference).status
        free = mark.reg_no not in used and state in trademarks.IN_FORCE
        if free and mark.enterprise_id in zone:
            used.add(mark.reg_no)
            by.setdefault(str(mark.enterprise_id), []).append(mark)
    named = records.titles(session, Enterprise, list(by))
    ways = [
        _filing_ways(enterprise, named[enterprise], marks[:need], filing)
        for enterprise, marks in by.items()
    ]
    return _planned(ways, need, on, until, capacity, {})


def smallest(ways: Sequence[Sequence[Way]], need: int) -> list[Way]:
    """At most one way of each enterprise, so that they add up to `need` with the fewest visits.

    Exact. Of equally few visits those with the fewest enterprises, then the first by name. Where
    all together do not reach `need`, the most that can be reached.
    """
    options_of = [list(one) for one in ways if one]
    order = sorted(options_of, key=lambda one: (one[0].name, one[0].enterprise))
    best: list[tuple[int, int, tuple[tuple[int, int], ...]] | None] = [None] * (need + 1)
    best[0] = (0, 0, ())
    for place, options in enumerate(order):
        after = list(best)
        for have, known in enumerate(best):
            if known is None:
                continue
            for number, way in enumerate(options):
                total = min(have + way.gain, need)
                made = (known[0] + way.visits, known[1] + 1, (*known[2], (place, number)))
                held = after[total]
                if total > have and (held is None or made < held):
                    after[total] = made
        best = after
    found = next((one for one in reversed(best) if one is not None), None)
    return [order[place][number] for place, number in found[2]] if found else []


def _planned(
    ways: Sequence[Sequence[Way]],
    need: int,
    on: date,
    until: date,
    capacity: int,
    excluded: Mapping[str, str],
) -> Plan:
    chosen = sorted(smallest(ways, need), key=lambda way: (way.visits, way.name, way.enterprise))
    weeks = max((until - on) // timedelta(weeks=1), 0)
    made, planned = 0, []
    for way in chosen:
        made += way.visits
        planned.append(PlannedWay(way, -(-made // max(capacity, 1))))
    return Plan(need, until, weeks, capacity, tuple(planned), excluded)


def _tier_way(one: Judgement, effort: Mapping[str, Any]) -> Way | str:
    """How an enterprise gets onto its next tier, or why visits cannot bring it there."""
    assert one.target is not None
    if one.listing is not None:
        return one.listing.sentence
    if one.proposed_exits:
        return _("符合退出条件：{words}").format(
            words="、".join(v.condition.words.label() for v in one.proposed_exits)
        )
    actions: list[Action] = []
    for verdict in one.target.open:
        found = _remedy(verdict, effort)
        if isinstance(found, str):
            return found
        actions += found
    return Way(one.enterprise, one.name, 1, tuple(actions))


def _remedy(verdict: Verdict, effort: Mapping[str, Any]) -> list[Action] | str:
    """What brings about what a condition lacks, or why visits cannot."""
    condition = verdict.condition
    if isinstance(condition, Group):
        return _group_remedy(condition, verdict.parts, effort)
    if verdict.truth is Truth.UNKNOWN:
        visits = int(effort["visits"]["unknown"])
        return [Action(_("核实：{gap}").format(gap=verdict.gap), visits, _source(verdict), False)]
    if isinstance(condition.measure, (Since, Tenure)):
        return _("到期时仍未满：{gap}").format(gap=verdict.gap)
    each = _visits(condition, effort["visits"])
    if each is None:
        return _("走访不能促成：{gap}").format(gap=verdict.gap)
    return [Action(verdict.gap, each * _lacking(verdict, condition), _source(verdict))]


def _group_remedy(
    group: Group, parts: Iterable[Verdict], effort: Mapping[str, Any]
) -> list[Action] | str:
    """All parts that lack, or the one that takes the fewest visits."""
    found = [_remedy(part, effort) for part in parts if part.truth is not Truth.MET]
    possible = [one for one in found if not isinstance(one, str)]
    if group.mode == "all_of":
        if len(possible) < len(found):
            return next(one for one in found if isinstance(one, str))
        return [action for one in possible for action in one]
    if possible:
        return min(possible, key=lambda one: sum(action.visits for action in one))
    return next((one for one in found if isinstance(one, str)), [])


def _visits(condition: Leaf, visits: Mapping[str, Any]) -> int | None:
    """Visits for one of what is lacking; None where service cannot bring it about."""
    counts: Mapping[str, int | None] = visits["count"]
    match condition.measure:
        case Count(kind=kind):
            found = counts.get(kind, counts["other"])
        case FieldOf():
            found = visits["field"]
        case YearsOnFile():
            found = visits["years_on_file"]
        case _:
            found = None
    return found


def _lacking(verdict: Verdict, condition: Leaf) -> int:
    """How many records are wanting; 1 for anything else."""
    if isinstance(condition.measure, Count):
        have, least = verdict.value, verdict.threshold
        if isinstance(have, int) and isinstance(least, int):
            return max(least - have, 1)
    return 1


def _source(verdict: Verdict) -> str:
    return verdict.source.text


def _filing_ways(
    enterprise: str, name: str, marks: Sequence[trademarks.MarkRow], filing: Mapping[str, int]
) -> list[Way]:
    """One way per number of marks that are filed for: a first visit, and one for each filing."""
    found = []
    for number in range(1, len(marks) + 1):
        chosen = marks[:number]
        actions = [Action(_("首次走访：商定境外布局"), filing["first"], "")]
        actions += [
            Action(
                _("以 {mark} 提交马德里申请").format(mark=" ".join(
                    part for part in (mark.number, mark.name or "") if part
                )),
                filing["each"], mark.number,
            )
            for mark in chosen
        ]  # fmt: skip
        rows = tuple((Trademark.kind(), mark.id) for mark in chosen)
        found.append(Way(enterprise, name, number, tuple(actions), rows))
    return found
