"""Which conditions keep enterprises from the next tier, and what another threshold would do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.scheme import Condition, Group, Ladder, Leaf, Plain, Scheme, Tier
from brandpool.rules.verdict import Truth
from brandpool.services import judging
from brandpool.services.judging import Judgement


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One condition of a tier, and whom it keeps from it.

    `kept` do not meet it, of `unknown` nobody knows; of both, `alone` lack nothing else. `place` is
    its place among the tier's conditions.
    """

    tier: Tier
    place: int
    condition: Condition
    kept: tuple[str, ...]
    unknown: tuple[str, ...]
    alone: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many enterprises it keeps or may keep from the tier."""
        return len(self.kept) + len(self.unknown)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a threshold would do: who could then move to the tier, compared with today's.

    `newly` and `no_longer` differ from what the scheme as it stands says.
    """

    threshold: Plain
    ready: tuple[str, ...]
    newly: tuple[str, ...]
    no_longer: tuple[str, ...]


def hurdles(judgements: Iterable[Judgement]) -> list[Hurdle]:
    """The conditions of everybody's next tier that are not met or not known, the worst first."""
    kept: dict[tuple[str, int], dict[Truth, list[str]]] = defaultdict(lambda: defaultdict(list))
    alone: dict[tuple[str, int], list[str]] = defaultdict(list)
    tiers: dict[str, Tier] = {}
    for one in judgements:
        if one.target is None:
            continue
        tiers[one.target.tier.code] = one.target.tier
        for place, verdict in enumerate(one.target.verdicts):
            if verdict.truth is not Truth.MET:
                key = (one.target.tier.code, place)
                kept[key][verdict.truth].append(one.enterprise)
                if len(one.target.open) == 1:
                    alone[key].append(one.enterprise)
    found = [
        Hurdle(
            tiers[code], place, tiers[code].conditions[place],
            tuple(by[Truth.NOT_MET]), tuple(by[Truth.UNKNOWN]), tuple(alone[code, place]),
        )
        for (code, place), by in kept.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.number, -len(one.alone), one.tier.code, one.place))


def tried(
    session: Session,
    scheme: Scheme,
    ladder: str,
    hurdle: tuple[str, int],
    thresholds: Sequence[Plain],
    on: date,
    enterprises: Sequence[str] | None = None,
) -> list[Trial]:
    """Who could move to a tier if one of its conditions asked for something else.

    `hurdle` names the tier and the place of the condition. Nothing is written, no other condition
    is touched. Raises UserError for a condition that is no single comparison.
    """
    code, place = hurdle
    present = _ready(session, scheme, ladder, code, on, enterprises)
    trials = []
    for threshold in thresholds:
        other = with_threshold(scheme, ladder, code, place, threshold)
        ready = _ready(session, other, ladder, code, on, enterprises)
        trials.append(
            Trial(
                threshold, tuple(ready),
                tuple(one for one in ready if one not in present),
                tuple(one for one in present if one not in ready),
            )
        )  # fmt: skip
    return trials


def with_threshold(scheme: Scheme, ladder: str, tier: str, place: int, threshold: Plain) -> Scheme:
    """The scheme with another threshold in one condition of a tier; the given one stays as it is.

    Raises UserError when there is no such condition, or it consists of several.
    """
    rungs = judging.ladder_of(scheme, ladder)
    wanted = rungs.tier(tier)
    if wanted is None or place >= len(wanted.conditions):
        raise UserError(_("方案中没有这个条件，没有试算。请重新选择。"))
    condition = wanted.conditions[place]
    if isinstance(condition, Group) or isinstance(condition.threshold, tuple):
        raise UserError(_("“{name}”不是一个数的条件，不能试算门槛。").format(
            name=condition.words.label()
        ))  # fmt: skip
    changed = replace(
        wanted,
        conditions=tuple(
            replace(condition, threshold=threshold) if n == place else one
            for n, one in enumerate(wanted.conditions)
        ),
    )
    return replace(scheme, ladders=tuple(
        _with_tier(one, changed) if one.code == ladder else one for one in scheme.ladders
    ))  # fmt: skip


def numeric(condition: Condition) -> bool:
    """Whether a condition compares with one number, which can be tried with others."""
    return (
        isinstance(condition, Leaf)
        and not isinstance(condition.threshold, (tuple, bool, str))
        and condition.threshold is not None
    )


def _with_tier(rungs: Ladder, tier: Tier) -> Ladder:
    tiers = (tier if one.code == tier.code else one for one in rungs.tiers)
    return replace(rungs, tiers=tuple(tiers))


def _ready(
    session: Session,
    scheme: Scheme,
    ladder: str,
    tier: str,
    on: date,
    enterprises: Sequence[str] | None,
) -> dict[str, None]:
    """Those whose next tier it is and who may move up to it."""
    found = judging.judge(session, enterprises, scheme, ladder, on)
    return {
        one.enterprise: None
        for one in found
        if one.can_move_up and one.target is not None and one.target.tier.code == tier
    }
