"""Judging enterprises by a scheme: who can move up, is near, must be reviewed, stayed too long.

A judgement proposes and explains; only a person moves (see `tiers.move`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.record import fields
from brandpool.rules.facts import Facts
from brandpool.rules.periods import Period, add
from brandpool.rules.scheme import Ladder, Scheme, Tier, Words
from brandpool.rules.standing import Stay
from brandpool.rules.verdict import (
    LadderJudge,
    TierVerdict,
    Truth,
    Verdict,
    amount,
    field_of,
    length,
)
from brandpool.services import credit, known
from brandpool.services.credit import CreditListingRow
from brandpool.services.placings import Standing, collector_paused, lines, standing


@dataclass(frozen=True, slots=True)
class Judgement:
    """One enterprise on one ladder as judged for one day.

    `standing` and `tier` are None outside; `tier` alone is None where the scheme lacks the tier it
    stands on. `tiers` are the verdicts of every tier, `target` those of the next one up. `exits`
    are the exit conditions: who meets one has to leave, or may not enter. `listing` is the entry
    on a credit list that bars it from moving up on that day.
    """

    enterprise: str
    name: str
    on: date
    standing: Standing | None
    tier: Tier | None
    tiers: tuple[TierVerdict, ...]
    target: TierVerdict | None
    exits: tuple[Verdict, ...]
    review_due: date | None
    stay_until: date | None
    listing: CreditListingRow | None = None

    @property
    def proposed_exits(self) -> tuple[Verdict, ...]:
        """The exit conditions that are met, of an enterprise on the ladder."""
        return self._barring if self.standing else ()

    @property
    def _barring(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.exits if v.truth is Truth.MET)

    @property
    def can_move_up(self) -> bool:
        """Every condition of the next tier is met, none of exit, and no credit list bars it."""
        ready = self.target is not None and self.target.truth is Truth.MET
        return ready and not self._barring and self.listing is None

    @property
    def gap(self) -> str:
        """What is lacking for the next tier, in words."""
        listed = self.listing.sentence if self.listing and self.target else ""
        return "；".join(filter(None, (listed, self.target.gap if self.target else "")))

    @property
    def present(self) -> TierVerdict | None:
        """The verdicts of the tier it stands on: what a review looks at."""
        if self.tier is None:
            return None
        return next(v for v in self.tiers if v.tier.code == self.tier.code)

    @property
    def slipped(self) -> bool:
        """A condition of the tier it stands on is no longer met."""
        return self.present is not None and self.present.truth is Truth.NOT_MET

    @property
    def must_review(self) -> bool:
        """The review is due, or a condition of its tier is no longer met."""
        return self.slipped or (self.review_due is not None and self.review_due <= self.on)

    @property
    def overstayed_days(self) -> int:
        """By how many days it has outstayed the tier's limit; 0 within it."""
        return max((self.on - self.stay_until).days, 0) if self.stay_until else 0


class Outcome(NamedTuple):
    """What a judgement amounts to: "enter", "up", "exit", "slip" or "stay"; `to` for the first two.

    "exit" goes before "up", "up" before "slip".
    """

    action: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class RehearsalRow:
    """One enterprise under two schemes: `before` by the first, `after` by the second.

    Either is None where that scheme does not have the ladder.
    """

    enterprise: str
    name: str
    ladder: str
    standing: Standing | None
    before: Outcome | None
    after: Outcome | None
    judgement: Judgement

    @property
    def changed(self) -> bool:
        """Whether the second scheme comes to another outcome."""
        return self.before != self.after


def judge(
    session: Session, enterprises: Sequence[str] | None, scheme: Scheme, ladder: str, on: date
) -> list[Judgement]:
    """Judge these enterprises (None: all of the pool) on a ladder as of a day, sorted by name.

    Takes a handful of queries however many they are. Raises UserError when the scheme does not
    have the ladder.
    """
    rungs = ladder_of(scheme, ladder)
    return judged(session, enterprises, rungs, on, lines(session, ladder, on, enterprises))


def judged(
    session: Session,
    enterprises: Sequence[str] | None,
    rungs: Ladder,
    on: date,
    stays: Mapping[str, Sequence[Stay]],
) -> list[Judgement]:
    """Like `judge`, with the stays of each enterprise given: as they would be after some moves."""
    wanted = known.needs(rungs.conditions())
    judging = LadderJudge(rungs, on, known.books(session, wanted))
    listed = credit.barred(session, enterprises, on, credit.PROMOTE)
    with collector_paused():
        return [
            replace(_judgement(facts, judging, rungs, on), listing=listed.get(facts.id))
            for facts in known.gather(session, wanted, stays, enterprises)
        ]


def ladder_of(scheme: Scheme, code: str) -> Ladder:
    """The scheme's ladder of that code. Raises UserError when it has none."""
    ladder = scheme.ladder(code)
    if ladder is None:
        text = _("方案“{scheme}”中没有梯队“{ladder}”。请换一个方案或梯队。")
        raise UserError(text.format(scheme=scheme.title, ladder=code))
    return ladder


def can_move_up(judgements: Iterable[Judgement]) -> list[Judgement]:
    """拟升级名单: every condition of the next tier is met; those outside may enter the lowest."""
    return [j for j in judgements if j.can_move_up]


def near(judgements: Iterable[Judgement], lacking: int = 1) -> list[Judgement]:
    """Those that lack at most so many conditions of the next tier, the nearest first."""
    found = [
        (len(j.target.open), j)
        for j in judgements
        if j.target is not None and 0 < len(j.target.open) <= lacking
        if not j.proposed_exits and j.listing is None
    ]
    return [judgement for _count, judgement in sorted(found, key=lambda item: item[0])]


def must_review(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those whose review is due or whose tier's conditions no longer hold, the earliest due first.

    A review is a move that keeps the tier (`MoveOrder.review`).
    """
    return sorted((j for j in judgements if j.must_review), key=lambda j: j.review_due or j.on)


def overstayed(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those beyond their tier's dwell limit, however long ago, the longest first."""
    found = [j for j in judgements if j.overstayed_days]
    return sorted(found, key=lambda j: -j.overstayed_days)


def proposed_exits(judgements: Iterable[Judgement]) -> list[Judgement]:
    """拟退出名单: those on the ladder of which an exit condition is met."""
    return [j for j in judgements if j.proposed_exits]


def outcome(judgement: Judgement) -> Outcome:
    """What the judgement proposes."""
    if judgement.proposed_exits:
        return Outcome("exit")
    if judgement.can_move_up and judgement.target is not None:
        action = "up" if judgement.standing else "enter"
        return Outcome(action, judgement.target.tier.code)
    return Outcome("slip" if judgement.slipped else "stay")


def rehearse(
    session: Session,
    present: Scheme,
    other: Scheme,
    on: date,
    enterprises: Sequence[str] | None = None,
) -> list[RehearsalRow]:
    """Who would move under another scheme on today's pool; nothing is written.

    A row for every enterprise and ladder of which either scheme says more than "stay".
    """
    codes = dict.fromkeys(ladder.code for s in (present, other) for ladder in s.ladders)
    found: list[RehearsalRow] = []
    for code in codes:
        first = _by_enterprise(session, enterprises, present, code, on)
        second = _by_enterprise(session, enterprises, other, code, on)
        for enterprise in second or first:
            a, b = first.get(enterprise), second.get(enterprise)
            before = outcome(a) if a else None
            after = outcome(b) if b else None
            shown = b or a
            if shown and any(o is not None and o.action != "stay" for o in (before, after)):
                found.append(
                    RehearsalRow(enterprise, shown.name, code, shown.standing, before, after, shown)
                )
    return found


def value_text(verdict: Verdict, value: Value = None) -> str:
    """A verdict's value (or another one, such as the threshold) as a clerk reads it."""
    shown = verdict.value if value is None else value
    if shown is None:
        return ""
    if verdict.in_months and isinstance(shown, int):
        return length(shown)
    declared = fields(Enterprise).get(field_of(verdict))
    if declared is not None and not isinstance(shown, tuple):
        return declared.shown(shown)
    unit = getattr(verdict.condition, "unit", Words()).unit()
    return f"{amount(shown)} {unit}".rstrip()


def _by_enterprise(
    session: Session, enterprises: Sequence[str] | None, scheme: Scheme, ladder: str, on: date
) -> dict[str, Judgement]:
    if scheme.ladder(ladder) is None:
        return {}
    return {j.enterprise: j for j in judge(session, enterprises, scheme, ladder, on)}


def _judgement(facts: Facts, judging: LadderJudge, rungs: Ladder, on: date) -> Judgement:
    now = standing(facts.stays)
    tiers = judging.tiers(facts)
    tier = rungs.tier(now.tier) if now else None
    above = rungs.above(now.tier if now else None)
    return Judgement(
        enterprise=facts.id,
        name=facts.values.get("name") or "",
        on=on,
        standing=now,
        tier=tier,
        tiers=tiers,
        target=next((v for v in tiers if v.tier is above), None),
        exits=judging.exits(facts),
        review_due=_review_due(now, tier),
        stay_until=_stay_until(now, tier),
    )


def _review_due(now: Standing | None, tier: Tier | None) -> date | None:
    if now is None or tier is None or tier.review_every_months is None:
        return None
    return add(now.reviewed, Period(tier.review_every_months, "m"))


def _stay_until(now: Standing | None, tier: Tier | None) -> date | None:
    if now is None or tier is None or tier.dwell_limit_months is None:
        return None
    return add(now.since, Period(tier.dwell_limit_months, "m"))
