"""Filters in words, for the bar above a table."""

from collections.abc import Iterable, Mapping

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Value
from brandpool.services.records import Filter, Op
from brandpool.ui import typed


def in_words(field: Field, filters: Iterable[Filter], titles: Mapping[str, str]) -> str:
    """What the filters of one field ask for; `titles` names linked records."""
    return f"{field.label(lang())}：" + "，".join(_one(field, f, titles) for f in filters)


def _one(field: Field, wanted: Filter, titles: Mapping[str, str]) -> str:
    value = wanted.value
    match wanted.op:
        case Op.EMPTY:
            return _("空白")
        case Op.FILLED:
            return _("非空")
        case Op.ONE_OF:
            return _some(field, value if isinstance(value, tuple) else (value,), titles)
        case Op.CONTAINS:
            return _("包含“{text}”").format(text=value)
        case Op.AT_LEAST:
            return "≥ " + _shown(field, value, titles)
        case Op.AT_MOST:
            return "≤ " + _shown(field, value, titles)
        case _:
            return _shown(field, value, titles)


def _some(field: Field, values: tuple[Value, ...], titles: Mapping[str, str]) -> str:
    words = [_shown(field, value, titles) for value in values[:3]]
    more = _(" 等 {number} 项").format(number=len(values)) if len(values) > 3 else ""
    return "、".join(words) + more


def _shown(field: Field, value: Value | tuple[Value, ...], titles: Mapping[str, str]) -> str:
    if value is None or isinstance(value, tuple):
        return _("空白")
    return titles.get(str(value)) or typed.shown(field, {field.name: value}, lang())
