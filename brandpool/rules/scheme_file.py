"""Scheme files: JSON read into typed data with every mistake named, and written back."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.scheme import (
    ANY_TIER,
    Clause,
    Condition,
    Count,
    ExitReason,
    FieldOf,
    FigureOf,
    Group,
    Growth,
    Ladder,
    Leaf,
    Measure,
    NoticeTerms,
    Op,
    Scheme,
    Since,
    Tenure,
    Tier,
    YearsOnFile,
    leaves,
)
from brandpool.rules.scheme_part import Part

_UNITS = ("years", "months")
_OPS = tuple(op.value for op in Op)
_LEAF_OPS = tuple(op for op in _OPS if op != Op.AFTER)
_UNARY = (Op.FILLED, Op.EMPTY)
_ORDERED = (Op.AT_LEAST, Op.AT_MOST, Op.EQUALS)
_MODES: tuple[Literal["any_of", "all_of"], ...] = ("any_of", "all_of")


def read(text: str) -> Scheme:
    """A scheme from the text of its file.

    Raises UserError that names the place in the file (ladders[1].tiers[2].conditions[1].op) and
    what is wrong there.
    """
    return scheme(loads(text))


def loads(text: str) -> Any:
    """JSON with exact amounts. Raises UserError that says where it breaks off."""
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as bad:
        place = _("第 {line} 行第 {column} 列").format(line=bad.lineno, column=bad.colno)
        raise UserError(
            _("方案文件不是完整的 JSON，{place}附近有误。").format(place=place)
        ) from bad


def scheme(document: Any) -> Scheme:
    """A scheme from decoded JSON; raises UserError like `read`."""
    part = Part(document, "")
    found = Scheme(
        key=part.text("key"),
        version=part.text("version"),
        title=part.text("title"),
        starts=part.day("starts"),
        ends=part.day("ends", None),
        document_no=part.text("document_no", ""),
        about=part.text("about", ""),
        ladders=tuple(_ladder(item) for item in part.parts("ladders", needed=True)),
    )
    if found.ends is not None and found.ends < found.starts:
        raise part.wrong("ends", _("废止日期早于施行日期"))
    if "@" in found.key:
        raise part.wrong("key", _("不能含有 @"))
    _once(part, "ladders", (ladder.code for ladder in found.ladders))
    part.done()
    return found


def document(scheme: Scheme) -> dict[str, Any]:
    """The scheme as JSON; reading it again gives the same scheme."""
    return _kept(
        {
            "key": scheme.key,
            "version": scheme.version,
            "title": scheme.title,
            "document_no": scheme.document_no,
            "starts": scheme.starts.isoformat(),
            "ends": scheme.ends.isoformat() if scheme.ends else None,
            "about": scheme.about,
            "ladders": [_ladder_json(ladder) for ladder in scheme.ladders],
        }
    )


def dumps(document: Any, indent: int | None = 1) -> str:
    """JSON text of a scheme or a part of it, amounts as plain numbers."""

    def amount(value: Any) -> int | float:
        assert isinstance(value, Decimal)
        return int(value) if value == value.to_integral_value() else float(value)

    return json.dumps(document, ensure_ascii=False, indent=indent, default=amount)


def measure(part: Part) -> Measure:
    """What a condition measures; raises UserError like `read`."""
    found = _measure(part)
    part.done()
    return found


def measure_json(measure: Measure) -> dict[str, Any]:
    """A measure as JSON."""
    match measure:
        case FieldOf(name):
            return {"field": name}
        case Since(name, unit, kind, where):
            more = {"earliest_of": kind, "where": [_clause_json(c) for c in where]}
            return _kept({f"{unit}_since": name, **more})
        case FigureOf(name, age):
            return {"figure": name, "max_age_years": age}
        case Growth(name, age):
            return {"growth": name, "max_age_years": age}
        case YearsOnFile(names, age):
            return {"years_on_file": list(names), "max_age_years": age}
        case Count(kind, where, distinct):
            parts = {"where": [_clause_json(c) for c in where], "distinct": distinct}
            return _kept({"count": kind, **parts})
        case Tenure(tier, unit):
            return {f"{unit}_on": tier}


def _ladder(part: Part) -> Ladder:
    reasons = tuple(_exit_reason(item) for item in part.parts("exit_reasons"))
    found = Ladder(
        code=part.text("code"),
        words=part.words(),
        tiers=tuple(_tier(item) for item in part.parts("tiers", needed=True)),
        exit_reasons=reasons,
        exit_conditions=tuple(_condition(item) for item in part.parts("exit_conditions")),
        notice=_notice(part.part("notice")) if part.has("notice") else None,
    )
    part.raw("notice", None)
    _once(part, "tiers", (tier.code for tier in found.tiers))
    _once(part, "exit_reasons", (reason.code for reason in reasons))
    _check_references(part, found)
    part.done()
    return found


def _check_references(part: Part, ladder: Ladder) -> None:
    for condition in ladder.conditions():
        if condition.exit_reason and ladder.exit_reason(condition.exit_reason) is None:
            text = _("条件“{label}”引用了没有列出的退出原因“{code}”")
            label = condition.words.zh
            raise part.wrong("", text.format(label=label, code=condition.exit_reason))
        for leaf in leaves(condition):
            tier = leaf.measure.tier if isinstance(leaf.measure, Tenure) else ANY_TIER
            if tier != ANY_TIER and ladder.tier(tier) is None:
                text = _("条件“{label}”引用了没有列出的层级“{code}”")
                raise part.wrong("", text.format(label=leaf.words.zh, code=tier))


def _exit_reason(part: Part) -> ExitReason:
    found = ExitReason(part.text("code"), part.words())
    part.done()
    return found


def _notice(part: Part) -> NoticeTerms:
    found = NoticeTerms(part.number("working_days", least=1), part.flag("count_first"))
    part.done()
    return found


def _tier(part: Part) -> Tier:
    found = Tier(
        code=part.text("code"),
        words=part.words(),
        conditions=tuple(_condition(item) for item in part.parts("conditions")),
        dwell_limit_months=part.number("dwell_limit_months", None, least=1),
        review_every_months=part.number("review_every_months", None, least=1),
    )
    if found.code == ANY_TIER:
        raise part.wrong("code", _("层级代号不能是 *"))
    part.done()
    return found


def _condition(part: Part) -> Condition:
    modes = [mode for mode in _MODES if part.has(mode)]
    words, note = part.words(), part.text("note", "")
    exit_reason = part.text("exit_reason", "")
    if not modes:
        return _leaf(part)
    if len(modes) > 1 or part.has("measure"):
        raise part.wrong("", _("any_of、all_of、measure 只能有一项"))
    parts = tuple(_condition(item) for item in part.parts(modes[0], needed=True))
    part.done()
    return Group(words, modes[0], parts, note, exit_reason)


def _leaf(part: Part) -> Leaf:
    op = Op(part.word("op", _LEAF_OPS))
    found = Leaf(
        words=part.words(),
        measure=measure(part.part("measure")),
        op=op,
        threshold=None if op in _UNARY else part.plain("threshold"),
        unit=part.words_of("unit"),
        thing=part.words_of("thing"),
        gap=part.words_of("gap"),
        note=part.text("note", ""),
        exit_reason=part.text("exit_reason", ""),
    )
    for key in ("unit", "thing", "gap"):
        part.raw(key, None)
    _check_comparison(part, found)
    part.done()
    return found


def _check_comparison(part: Part, leaf: Leaf) -> None:
    several = leaf.op in (Op.ONE_OF, Op.NONE_OF)
    if several != isinstance(leaf.threshold, tuple):
        raise part.wrong("threshold", _("one_of 和 none_of 要列表，其他比较要单个值"))
    if isinstance(leaf.measure, FieldOf):
        return
    if leaf.op not in _ORDERED:
        raise part.wrong("op", _("数量只能用 at_least、at_most 或 equals 比较"))
    if isinstance(leaf.threshold, bool) or not isinstance(leaf.threshold, int | Decimal):
        raise part.wrong("threshold", _("应为数字"))


def _measure(part: Part) -> Measure:
    known = (
        "field", "years_since", "months_since", "figure", "growth", "years_on_file", "count",
        "years_on", "months_on",
    )  # fmt: skip
    given = [key for key in known if part.has(key)]
    if len(given) != 1:
        raise part.wrong("", _("要写明且只写一种：{known}").format(known="、".join(known)))
    match given[0]:
        case "field":
            return FieldOf(part.text("field"))
        case "figure":
            return FigureOf(part.text("figure"), part.number("max_age_years", 2, least=1))
        case "growth":
            return Growth(part.text("growth"), part.number("max_age_years", 2, least=1))
        case "years_on_file":
            names = part.plain("years_on_file")
            if not isinstance(names, tuple) or not all(isinstance(n, str) for n in names):
                raise part.wrong("years_on_file", _("应为指标代号的列表"))
            return YearsOnFile(tuple(map(str, names)), part.number("max_age_years", 2, least=1))
        case "count":
            return Count(part.text("count"), _where(part), part.text("distinct", ""))
        case "years_since" | "months_since" as key:
            unit = key.removesuffix("_since")
            return Since(part.text(key), unit, part.text("earliest_of", ""), _where(part))
        case key:
            return Tenure(part.text(key), key.removesuffix("_on"))


def _where(part: Part) -> tuple[Clause, ...]:
    return tuple(_clause(item) for item in part.parts("where"))


def _clause(part: Part) -> Clause:
    op = Op(part.word("op", _OPS))
    units = [unit for unit in _UNITS if part.has(f"{unit}_before")]
    value, before = None, None
    if len(units) + part.has("value") != (0 if op in _UNARY else 1):
        text = _("value、years_before、months_before 要写且只写一项（filled、empty 不写）")
        raise part.wrong("", text)
    if units:
        before = (part.number(f"{units[0]}_before"), units[0])
    elif op not in _UNARY:
        value = part.plain("value")
    if (op in (Op.ONE_OF, Op.NONE_OF)) != isinstance(value, tuple):
        raise part.wrong("value", _("one_of 和 none_of 要列表，其他比较要单个值"))
    found = Clause(part.text("field"), op, value, before, part.flag("or_empty"))
    part.done()
    return found


def _once(part: Part, key: str, codes: Iterable[str]) -> None:
    twice = [code for code, number in Counter(codes).items() if number > 1]
    if twice:
        raise part.wrong(key, _("代号重复：{codes}").format(codes="、".join(twice)))


def _ladder_json(ladder: Ladder) -> dict[str, Any]:
    notice = ladder.notice
    return _kept(
        {
            "code": ladder.code,
            **ladder.words._asdict(),
            "notice": notice
            and {"working_days": notice.working_days, "count_first": notice.count_first},
            "tiers": [_tier_json(tier) for tier in ladder.tiers],
            "exit_reasons": [{"code": r.code, **r.words._asdict()} for r in ladder.exit_reasons],
            "exit_conditions": [condition_json(c) for c in ladder.exit_conditions],
        }
    )


def _tier_json(tier: Tier) -> dict[str, Any]:
    return _kept(
        {
            "code": tier.code,
            **tier.words._asdict(),
            "dwell_limit_months": tier.dwell_limit_months,
            "review_every_months": tier.review_every_months,
            "conditions": [condition_json(c) for c in tier.conditions],
        }
    )


def condition_json(condition: Condition) -> dict[str, Any]:
    """A condition as JSON."""
    head: dict[str, Any] = condition.words._asdict()
    tail = {"note": condition.note, "exit_reason": condition.exit_reason}
    if isinstance(condition, Group):
        return _kept({**head, condition.mode: [condition_json(p) for p in condition.parts], **tail})
    named = {"unit": condition.unit, "thing": condition.thing, "gap": condition.gap}
    return _kept(
        {
            **head,
            "measure": measure_json(condition.measure),
            "op": condition.op.value,
            "threshold": _listed(condition.threshold),
            **{key: _kept(words._asdict()) for key, words in named.items()},
            **tail,
        }
    )


def _clause_json(clause: Clause) -> dict[str, Any]:
    when = {f"{clause.before[1]}_before": clause.before[0]} if clause.before else {}
    value = _listed(clause.value)
    return _kept(
        {"field": clause.field, "op": clause.op.value, "value": value, **when}
        | {"or_empty": clause.or_empty or None}
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty; a zero or a false is a value."""
    return {key: value for key, value in data.items() if value not in (None, "", {}, [])}
