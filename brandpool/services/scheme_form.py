"""A scheme as flat tables that a window can edit, and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Condition, Group, Scheme, Words


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One ladder; `notice_days` None where moves of it are not put on public notice."""

    code: str
    zh: str
    en: str
    notice_days: int | None
    count_first: bool


@dataclass(frozen=True, slots=True)
class TierLine:
    """One tier of a ladder, in order, lowest first."""

    ladder: str
    code: str
    zh: str
    en: str
    dwell_limit_months: int | None
    review_every_months: int | None


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One exit reason of a ladder."""

    ladder: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition: `tier` is empty for an exit condition.

    `place` is "2" for the second condition and "2.1" for the first part of the second one, which
    is then a group: `mode` "any_of" or "all_of", no measure. `measure` is JSON as in a scheme
    file; `threshold` is the text of a number or word, several separated by 、; the three labels
    `unit`, `thing`, `gap` are (zh, en).
    """

    ladder: str
    tier: str
    place: str
    mode: str
    zh: str
    en: str
    measure: str
    op: str
    threshold: str
    unit: tuple[str, str]
    thing: tuple[str, str]
    gap: tuple[str, str]
    note: str
    exit_reason: str


@dataclass(frozen=True, slots=True)
class SchemeForm:
    """All of a scheme as tables; `head` has no ladders."""

    head: Scheme
    ladders: tuple[LadderLine, ...]
    tiers: tuple[TierLine, ...]
    reasons: tuple[ReasonLine, ...]
    conditions: tuple[ConditionLine, ...]


def to_form(scheme: Scheme) -> SchemeForm:
    """The tables of a scheme."""
    conditions: list[ConditionLine] = []
    for ladder in scheme.ladders:
        for tier in ladder.tiers:
            conditions += _lines(ladder.code, tier.code, tier.conditions)
        conditions += _lines(ladder.code, "", ladder.exit_conditions)
    return SchemeForm(
        head=replace(scheme, ladders=()),
        ladders=tuple(
            LadderLine(
                ladder.code,
                *ladder.words,
                ladder.notice.working_days if ladder.notice else None,
                bool(ladder.notice and ladder.notice.count_first),
            )
            for ladder in scheme.ladders
        ),
        tiers=tuple(
            TierLine(a.code, t.code, *t.words, t.dwell_limit_months, t.review_every_months)
            for a in scheme.ladders
            for t in a.tiers
        ),
        reasons=tuple(
            ReasonLine(a.code, r.code, *r.words) for a in scheme.ladders for r in a.exit_reasons
        ),
        conditions=tuple(conditions),
    )


def from_form(form: SchemeForm) -> Scheme:
    """The scheme of edited tables. Raises UserError that names the place and what is wrong."""
    document = scheme_file.document(form.head)
    document["ladders"] = [_ladder(form, line) for line in form.ladders]
    _refuse_strays(form)
    return scheme_file.scheme(document)


def threshold_text(threshold: Any) -> str:
    """A threshold as it is typed: several values separated by 、."""
    if isinstance(threshold, tuple):
        return "、".join(threshold_text(item) for item in threshold)
    if isinstance(threshold, bool):
        return "true" if threshold else "false"
    return "" if threshold is None else str(threshold)


def _lines(ladder: str, tier: str, conditions: Iterable[Condition]) -> Iterator[ConditionLine]:
    for number, condition in enumerate(conditions, 1):
        yield from _line(ladder, tier, str(number), condition)


def _line(ladder: str, tier: str, place: str, condition: Condition) -> Iterator[ConditionLine]:
    none = ("", "")
    bare = ConditionLine(
        ladder, tier, place, "", *condition.words, "", "", "", none, none, none,
        condition.note, condition.exit_reason,
    )  # fmt: skip
    if isinstance(condition, Group):
        yield replace(bare, mode=condition.mode)
        for number, part in enumerate(condition.parts, 1):
            yield from _line(ladder, tier, f"{place}.{number}", part)
        return
    yield replace(
        bare,
        measure=scheme_file.dumps(scheme_file.measure_json(condition.measure), indent=None),
        op=condition.op.value,
        threshold=threshold_text(condition.threshold),
        unit=_pair(condition.unit),
        thing=_pair(condition.thing),
        gap=_pair(condition.gap),
    )


def _pair(words: Words) -> tuple[str, str]:
    return words.zh, words.en


def _ladder(form: SchemeForm, line: LadderLine) -> dict[str, Any]:
    tiers = [tier for tier in form.tiers if tier.ladder == line.code]
    notice = {"working_days": line.notice_days, "count_first": line.count_first}
    return {
        "code": line.code,
        "zh": line.zh,
        "en": line.en,
        "notice": notice if line.notice_days is not None else None,
        "tiers": [
            {
                "code": tier.code,
                "zh": tier.zh,
                "en": tier.en,
                "dwell_limit_months": tier.dwell_limit_months,
                "review_every_months": tier.review_every_months,
                "conditions": _conditions(form, line.code, tier.code),
            }
            for tier in tiers
        ],
        "exit_reasons": [
            {"code": reason.code, "zh": reason.zh, "en": reason.en}
            for reason in form.reasons
            if reason.ladder == line.code
        ],
        "exit_conditions": _conditions(form, line.code, ""),
    }


def _conditions(form: SchemeForm, ladder: str, tier: str) -> list[dict[str, Any]]:
    lines = [c for c in form.conditions if (c.ladder, c.tier) == (ladder, tier)]
    return _below(sorted(lines, key=_path), ())


def _path(line: ConditionLine) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in line.place.split("."))
    except ValueError:
        text = _("条件“{label}”的序号“{place}”应写成 1 或 1.2 的样子。")
        raise UserError(text.format(label=line.zh, place=line.place)) from None


def _below(lines: Sequence[ConditionLine], above: tuple[int, ...]) -> list[dict[str, Any]]:
    here = [line for line in lines if _path(line)[:-1] == above]
    return [_condition(line, lines) for line in here]


def _condition(line: ConditionLine, lines: Sequence[ConditionLine]) -> dict[str, Any]:
    head: dict[str, Any] = {"zh": line.zh, "en": line.en}
    head |= {"note": line.note, "exit_reason": line.exit_reason}
    if line.mode:
        return {**head, line.mode: _below(lines, _path(line))}
    labels = {"unit": line.unit, "thing": line.thing, "gap": line.gap}
    measure = scheme_file.loads(line.measure)
    return {
        **head,
        **{key: {"zh": zh, "en": en} for key, (zh, en) in labels.items() if zh},
        "measure": measure,
        "op": line.op,
        "threshold": _threshold(line, isinstance(measure, dict) and "field" in measure),
    }


def _threshold(line: ConditionLine, of_field: bool) -> Any:
    if not line.threshold.strip():
        return None
    if line.op in ("one_of", "none_of"):
        return [part.strip() for part in line.threshold.split("、") if part.strip()]
    if line.threshold in ("true", "false"):
        return line.threshold == "true"
    try:
        number = Decimal(line.threshold.replace(",", ""))
    except InvalidOperation:
        if of_field:
            return line.threshold
        text = _("条件“{label}”的标准“{value}”不是数字。")
        raise UserError(text.format(label=line.zh, value=line.threshold)) from None
    return int(number) if number == number.to_integral_value() else number


def _refuse_strays(form: SchemeForm) -> None:
    """A line of a tier or group that is not there would be lost without a word."""
    tiers = {(tier.ladder, tier.code) for tier in form.tiers}
    tiers |= {(line.code, "") for line in form.ladders}
    groups = {(c.ladder, c.tier, _path(c)) for c in form.conditions if c.mode}
    for line in form.conditions:
        above = _path(line)[:-1]
        known = (line.ladder, line.tier) in tiers
        if not known or (above and (line.ladder, line.tier, above) not in groups):
            text = _("条件“{label}”（{place}）所属的层级或条件组不存在。")
            raise UserError(text.format(label=line.zh, place=line.place))
