"""Judging one enterprise by a ladder: met, not met or unknown, with value, source and gap."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from brandpool.i18n import _, lang
from brandpool.rules.clause import compared
from brandpool.rules.facts import Amount, Books, Facts, Source
from brandpool.rules.gauge import gauge
from brandpool.rules.scheme import Condition, FieldOf, Group, Ladder, Leaf, Op, Since, Tenure, Tier
from brandpool.rules.scheme_file import measure_json

_NOTHING = Source("")
_YEAR = 12


class Truth(StrEnum):
    """Three values: what nobody has entered is not the same as what is not so."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Verdict(NamedTuple):
    """One condition judged. A group has `parts`; a comparison has value, threshold and source.

    `most` differs from `value` while some records are incomplete. Times are full months.
    """

    condition: Condition
    truth: Truth
    value: Amount = None
    most: Amount = None
    threshold: Any = None
    source: Source = _NOTHING
    why: str = ""
    parts: tuple["Verdict", ...] = ()

    @property
    def in_months(self) -> bool:
        """Whether value and threshold are lengths of time."""
        return isinstance(self.condition, Leaf) and _timed(self.condition)

    @property
    def gap(self) -> str:
        """What is lacking, in words; empty when met."""
        return _gap(self)


class TierVerdict(NamedTuple):
    """All entry conditions of one tier."""

    tier: Tier
    truth: Truth
    verdicts: tuple[Verdict, ...]

    @property
    def open(self) -> tuple[Verdict, ...]:
        """The conditions that are not met or not known."""
        return tuple(v for v in self.verdicts if v.truth is not Truth.MET)

    @property
    def gap(self) -> str:
        """Everything that is lacking, in words."""
        return "；".join(verdict.gap for verdict in self.open)


Assess = Callable[[Facts], Verdict]


class LadderJudge:
    """A ladder made ready to judge any enterprise of a pool as of one day."""

    def __init__(self, ladder: Ladder, on: date, books: Books) -> None:
        self._tiers = [(t, [assess(c, on, books) for c in t.conditions]) for t in ladder.tiers]
        self._exits = [assess(c, on, books) for c in ladder.exit_conditions]

    def tiers(self, facts: Facts) -> tuple[TierVerdict, ...]:
        """The entry conditions of every tier, lowest tier first."""
        found = []
        for tier, assessments in self._tiers:
            verdicts = tuple(one(facts) for one in assessments)
            found.append(TierVerdict(tier, every(v.truth for v in verdicts), verdicts))
        return tuple(found)

    def exits(self, facts: Facts) -> tuple[Verdict, ...]:
        """The conditions that propose an exit."""
        return tuple(one(facts) for one in self._exits)


def every(truths: Iterable[Truth]) -> Truth:
    """And: one not met decides, else one unknown leaves it open."""
    found = set(truths)
    if Truth.NOT_MET in found:
        return Truth.NOT_MET
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.MET


def some(truths: Iterable[Truth]) -> Truth:
    """Or: one met decides, else one unknown leaves it open."""
    found = set(truths)
    if Truth.MET in found:
        return Truth.MET
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.NOT_MET


def truth_of(op: Op, least: Amount, most: Amount, threshold: Any) -> Truth:
    """Whether a value between `least` and `most` compares as asked."""
    if least is None:
        return Truth.UNKNOWN
    answers = {compared(op, least, threshold), compared(op, most, threshold)}
    if op is Op.EQUALS and least != most and answers == {False}:
        between = compared(Op.AT_LEAST, threshold, least) and compared(Op.AT_MOST, threshold, most)
        return Truth.UNKNOWN if between else Truth.NOT_MET
    if len(answers) > 1 or None in answers:
        return Truth.UNKNOWN
    return Truth.MET if True in answers else Truth.NOT_MET


def assess(condition: Condition, on: date, books: Books) -> Assess:
    """The condition ready to be judged of any enterprise on that day."""
    if isinstance(condition, Group):
        return _assess_group(condition, [assess(part, on, books) for part in condition.parts])
    take = gauge(condition.measure, condition.op, condition.unit, on, books)
    op, threshold = condition.op, _threshold(condition)

    def judge(facts: Facts) -> Verdict:
        value, most, source, why = take(facts)
        truth = truth_of(op, value, most, threshold)
        return Verdict(condition, truth, value, most, threshold, source, why)

    return judge


def _assess_group(group: Group, parts: Sequence[Assess]) -> Assess:
    combine = some if group.mode == "any_of" else every

    def judge(facts: Facts) -> Verdict:
        verdicts = tuple(part(facts) for part in parts)
        return Verdict(group, combine(v.truth for v in verdicts), parts=verdicts)

    return judge


def _timed(leaf: Leaf) -> bool:
    return isinstance(leaf.measure, Since | Tenure)


def _threshold(leaf: Leaf) -> Any:
    """The threshold as values are measured: times in months."""
    if isinstance(leaf.measure, Since | Tenure) and leaf.measure.unit == "years":
        assert isinstance(leaf.threshold, int | Decimal)
        return int(leaf.threshold * _YEAR)
    return leaf.threshold


def length(months: int) -> str:
    """A length of time in words: 2 年 11 个月."""
    years, rest = divmod(months, _YEAR)
    parts = [_("{n} 年").format(n=years)] if years else []
    if rest or not years:
        parts.append(_("{n} 个月").format(n=rest))
    return " ".join(parts)


def amount(value: Amount) -> str:
    """A number as it is read: thousands separated, no trailing zeros."""
    if isinstance(value, Decimal):
        text = f"{value:,.4f}"
        return text.rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _gap(verdict: Verdict) -> str:
    condition = verdict.condition
    label = condition.words.label()
    if verdict.truth is Truth.MET:
        return ""
    if isinstance(condition, Group):
        joint = _(" 或 ") if condition.mode == "any_of" else "；"
        return joint.join(gap for part in verdict.parts if (gap := _gap(part)))
    if verdict.truth is Truth.UNKNOWN:
        why = verdict.why or _("内容无法比较")
        return _("待查：{label}（{why}）").format(label=label, why=why)
    if condition.gap.zh:
        return condition.gap.label()
    return _shortfall(verdict, condition) or _("不符合：{label}").format(label=label)


def _shortfall(verdict: Verdict, leaf: Leaf) -> str:
    thing = leaf.thing.label() or leaf.words.label()
    value, threshold = verdict.most, verdict.threshold
    if leaf.op is Op.FILLED:
        return _("缺{thing}").format(thing=thing)
    if leaf.op not in (Op.AT_LEAST, Op.AT_MOST) or not isinstance(value, int | Decimal):
        return ""
    short = leaf.op is Op.AT_LEAST
    difference = threshold - value if short else verdict.value - threshold
    if _timed(leaf):
        what = length(difference)
    else:
        gap = "" if lang() == "zh" or not leaf.unit.unit() else " "
        what = f"{amount(difference)} {leaf.unit.unit()}{gap}{leaf.thing.label()}".rstrip()
    if _timed(leaf) or not leaf.thing.zh:
        text = _("{label}差 {what}") if short else _("{label}超出 {what}")
        return text.format(label=thing, what=what)
    return (_("差 {what}") if short else _("超出 {what}")).format(what=what)


def stored(verdict: Verdict) -> dict[str, Any]:
    """The verdict as a move keeps it: all that is needed to see and to check it years later."""
    condition = verdict.condition
    head: dict[str, Any] = {"zh": condition.words.zh, "truth": verdict.truth.value}
    if isinstance(condition, Group):
        return {**head, condition.mode: [stored(part) for part in verdict.parts]}
    source = {key: value for key, value in verdict.source._asdict().items() if value}
    return {
        **head,
        "measure": measure_json(condition.measure),
        "op": condition.op.value,
        "threshold": verdict.threshold,
        "value": _plain(verdict.value),
        "most": _plain(verdict.most),
        "unit": "个月" if verdict.in_months else condition.unit.zh,
        "source": {key: _plain(value) for key, value in source.items()},
        "why": verdict.why,
    }


def rejudged(kept: Mapping[str, Any]) -> Truth:
    """The truth that follows again from what `stored` wrote (read with floats as Decimal)."""
    if "any_of" in kept:
        return some(rejudged(part) for part in kept["any_of"])
    if "all_of" in kept:
        return every(rejudged(part) for part in kept["all_of"])
    return truth_of(Op(kept["op"]), kept["value"], kept["most"], kept["threshold"])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def field_of(verdict: Verdict) -> str:
    """The enterprise field a verdict looked at, for showing its value by its code list."""
    leaf = verdict.condition
    return (
        leaf.measure.field if isinstance(leaf, Leaf) and isinstance(leaf.measure, FieldOf) else ""
    )
