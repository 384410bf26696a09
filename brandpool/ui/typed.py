"""What a clerk types into a cell or form line, as the value of its field, and back again."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from brandpool.exchange.spelled_dates import parse_date
from brandpool.exchange.spelled_money import UnreadableError, parse_money
from brandpool.i18n import Lang, _, lang
from brandpool.models.enterprise_codes import CURRENCIES
from brandpool.models.field import Field, Kind, Value, plain

_NOTHING = {"", "-", "—", "——", "/", "\\", "无", "空", "N/A", "n/a"}
_YES = {"是", "有", "√", "y", "yes", "true", "1"}
_NO = {"否", "没有", "×", "n", "no", "false", "0"}
_SMALL, _LARGE = Decimal(10_000), Decimal(100_000_000)


class NotUnderstood(ValueError):  # noqa: N818 - what was typed is kept and shown in red
    """The text cannot be this field's value; the message says why and what would do."""


def value_of(field: Field, text: str) -> Value:
    """The value that the text means for this field; an empty text means nothing.

    Raises NotUnderstood with a sentence for the clerk.
    """
    typed = unicodedata.normalize("NFKC", text).strip() if field.kind in _NORMALISED else text
    typed = typed.strip()
    if not typed or (typed in _NOTHING and field.kind not in (Kind.FLAG, Kind.NOTE)):
        return None
    if field.too_long(typed):
        raise NotUnderstood(
            _("“{field}”最多 {longest} 字。").format(
                field=field.label(lang()), longest=field.longest
            )
        )
    try:
        return _read(field, typed)
    except UnreadableError as reason:
        raise NotUnderstood(f"{reason}。{_hint(field.kind)}") from reason
    except (ValueError, InvalidOperation) as reason:
        raise NotUnderstood(
            _("“{text}”不能作为“{field}”。").format(text=typed[:30], field=field.label(lang()))
            + _hint(field.kind)
        ) from reason


def written(field: Field, value: Value, lang: Lang) -> str:
    """The value as the clerk would type it: what an editor starts from."""
    if isinstance(value, Decimal):
        return plain(value)
    return field.shown(value, lang)


def shown(field: Field, values: Mapping[str, Value], lang: Lang) -> str:
    """The value as a table shows it: money in 万元 and 亿元 with its currency."""
    value = values.get(field.name)
    if field.kind is Kind.MONEY and isinstance(value, Decimal):
        return spoken_money(value, str(values.get(field.currency) or ""), lang)
    text = field.shown(value, lang)
    return f"{text}{field.unit}" if field.unit == "%" and text else text


def spoken_money(amount: Decimal, currency: str, lang: Lang) -> str:
    """An amount of whole currency units as people say it: 9,900万元, 1.2亿元, 500万美元."""
    name = {"": "元", "CNY": "元"}.get(currency)
    if lang == "en":
        return f"{plain(amount)} {currency or 'CNY'}"
    for size, word in ((_LARGE, "亿"), (_SMALL, "万")):
        scaled = amount / size
        if abs(amount) >= size and scaled == round(scaled, 4):
            return plain(scaled) + word + (name or _CURRENCY.get(currency, currency))
    return plain(amount) + (name or _CURRENCY.get(currency, currency))


def _read(field: Field, typed: str) -> Value:
    match field.kind:
        case Kind.DATE:
            return parse_date(typed)
        case Kind.MONEY:
            return parse_money(typed).amount
        case Kind.DECIMAL:
            return parse_money(typed.rstrip("%")).amount
        case Kind.NUMBER:
            return _whole(typed)
        case Kind.YEAR:
            return _year(typed)
        case Kind.FLAG:
            return _flag(typed)
        case Kind.CHOICE:
            return _code(field, typed)
        case _:
            return typed


def _whole(typed: str) -> int:
    number = Decimal(typed.replace(",", ""))
    if number != number.to_integral_value():
        raise ValueError(typed)
    return int(number)


def _year(typed: str) -> int:
    match = re.fullmatch(r"((?:19|20)\d\d)\s*年?度?", typed)
    if match is None:
        raise ValueError(typed)
    return int(match[1])


def _flag(typed: str) -> bool:
    word = typed.lower()
    if word not in _YES | _NO:
        raise ValueError(typed)
    return word in _YES


def _code(field: Field, typed: str) -> str:
    for choice in field.choices:
        if typed in (choice.code, choice.zh, choice.en, *choice.aliases):
            return choice.code
    raise ValueError(typed)


def _hint(kind: Kind) -> str:
    return {
        Kind.DATE: _("请写成 {today}。").format(today=date.today().isoformat()),
        Kind.MONEY: _("请写成 500万 或 5,000,000。"),
        Kind.DECIMAL: _("请填数字。"),
        Kind.NUMBER: _("请填整数。"),
        Kind.YEAR: _("请填四位年份，如 2025。"),
        Kind.FLAG: _("请填“是”或“否”。"),
        Kind.CHOICE: _("请从列表中选择。"),
    }.get(kind, "")


_NORMALISED = {Kind.DATE, Kind.MONEY, Kind.DECIMAL, Kind.NUMBER, Kind.YEAR, Kind.CODE, Kind.PHONE}
_CURRENCY = {choice.code: choice.zh for choice in CURRENCIES}
