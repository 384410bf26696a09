"""Words and colours that the pool's pages share: what is due, what is met, what moves where."""

from dataclasses import dataclass
from html import escape

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.enterprise_codes import MEASURES
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.rules.scheme import Group, Leaf, Op
from brandpool.rules.verdict import Truth, Verdict
from brandpool.services import judging, known
from brandpool.ui import style
from brandpool.ui.pool_reading import Due


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with its ink and paper; the word alone says all, the colours only help."""

    text: str
    ink: str
    paper: str


def due_words(due: Due) -> str:
    """The list's name."""
    return {
        Due.UP: _("可升级"),
        Due.NEAR: _("只差一项"),
        Due.REVIEW: _("待复核"),
        Due.OVERSTAYED: _("超期停留"),
        Due.EXIT: _("拟退出"),
    }[due]


def due_tag(due: Due) -> Tag:
    """How a card and a line show it."""
    ink, paper = {
        Due.UP: (style.GOOD, "#e4f3e9"),
        Due.NEAR: (style.ACCENT, style.TINT),
        Due.REVIEW: (style.WARN, style.WARN_PAPER),
        Due.OVERSTAYED: (style.WARN, style.WARN_PAPER),
        Due.EXIT: (style.BAD, style.BAD_PAPER),
    }[due]
    return Tag(due_words(due), ink, paper)


def truth_tag(truth: Truth) -> Tag:
    """Met, not met or unknown."""
    return {
        Truth.MET: Tag(_("已满足"), style.GOOD, "#e4f3e9"),
        Truth.NOT_MET: Tag(_("未满足"), style.BAD, style.BAD_PAPER),
        Truth.UNKNOWN: Tag(_("待查"), style.WARN, style.WARN_PAPER),
    }[truth]


def exit_tag(truth: Truth) -> Tag:
    """Whether an exit condition applies."""
    return {
        Truth.MET: Tag(_("已出现"), style.BAD, style.BAD_PAPER),
        Truth.NOT_MET: Tag(_("未出现"), style.GOOD, "#e4f3e9"),
        Truth.UNKNOWN: Tag(_("待查"), style.WARN, style.WARN_PAPER),
    }[truth]


def verdict_html(verdict: Verdict, *, leaving: bool = False, depth: int = 0) -> str:
    """One condition as a paragraph: its state, value against threshold, source, what is lacking."""
    tag = exit_tag(verdict.truth) if leaving else truth_tag(verdict.truth)
    indent = f"margin-left:{depth * 14}px"
    mark = f"<span style='color:{tag.ink};background:{tag.paper}'>&nbsp;{tag.text}&nbsp;</span>"
    words = escape(verdict.condition.words.label())
    text = f"<p style='margin-top:7px;margin-bottom:0;{indent}'>{mark} <b>{words}</b></p>"
    if isinstance(verdict.condition, Group):
        joint = _("其中任一项：") if verdict.condition.mode == "any_of" else _("以下各项：")
        parts = (verdict_html(part, leaving=leaving, depth=depth + 1) for part in verdict.parts)
        return text + _small(joint, indent) + "".join(parts)
    lines = [line for line in (_measured(verdict), source_words(verdict)) if line]
    text += "".join(_small(escape(line), indent) for line in lines)
    if not leaving and verdict.gap:
        text += _small(f"<span style='color:{tag.ink}'>{escape(verdict.gap)}</span>", indent)
    return text


def _small(words: str, indent: str) -> str:
    return (
        f"<p style='margin-top:1px;margin-bottom:0;{indent};color:{style.SOFT}'>"
        f"<small>{words}</small></p>"
    )


def _measured(verdict: Verdict) -> str:
    leaf = verdict.condition
    if not isinstance(leaf, Leaf):
        return ""
    if leaf.op in (Op.FILLED, Op.EMPTY):
        return _("现状：已填写") if verdict.value else _("现状：未填写")
    now = judging.value_text(verdict) or "—"
    if verdict.most is not None and verdict.most != verdict.value:
        now = _("至少 {value}").format(value=now)
    wanted = f"{op_words(leaf.op)} {threshold_words(verdict)}".strip()
    return _("现状：{now}；标准：{wanted}").format(now=now, wanted=wanted)


def threshold_words(verdict: Verdict) -> str:
    """The threshold as a clerk reads it, codes by their labels."""
    wanted = verdict.threshold
    if isinstance(wanted, tuple):
        return "、".join(judging.value_text(verdict, item) or str(item) for item in wanted)
    return judging.value_text(verdict, wanted) if wanted is not None else ""


def op_words(op: Op, *, dated: bool = False) -> str:
    """How a value is compared, in words; days are not more or less but later or earlier."""
    if dated and op in (Op.AT_LEAST, Op.AT_MOST):
        return _("不早于") if op is Op.AT_LEAST else _("不晚于")
    return {
        Op.EQUALS: _("等于"),
        Op.ONE_OF: _("属于"),
        Op.NONE_OF: _("不属于"),
        Op.AT_LEAST: _("不少于"),
        Op.AT_MOST: _("不多于"),
        Op.AFTER: _("晚于"),
        Op.FILLED: _("已填写"),
        Op.EMPTY: _("未填写"),
    }[op]


def source_words(verdict: Verdict) -> str:
    """Where the value comes from and of which day it is."""
    source = verdict.source
    if source.kind not in by_kind() and source.kind not in known.NAMES:
        return ""
    parts = [_source_name(source.kind, source.field)]
    if source.records and source.kind != Enterprise.kind():
        parts.append(_("{number} 条记录").format(number=len(source.records)))
    if source.as_of is not None:
        parts.append(_("截至 {day}").format(day=source.as_of))
    if source.text:
        parts.append(source.text)
    return _("来源：{parts}").format(parts="，".join(parts))


def _source_name(kind: str, field: str) -> str:
    model = by_kind()[known.NAMES.get(kind, (kind, {}))[0]]
    name = model.label(lang())
    if kind == "yearly_figure":
        label = next((choice.label(lang()) for choice in MEASURES if choice.code == field), "")
    else:
        declared = fields(model).get(field)
        label = declared.label(lang()) if declared else ""
    return f"{name}“{label}”" if label else name
