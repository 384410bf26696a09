"""One cell to one value: a converter per column, chosen once by the field's kind and unit."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeGuard

from brandpool.exchange.headings import money_scale
from brandpool.exchange.spelled_dates import from_moment, from_number, parse_date, plain_date
from brandpool.exchange.spelled_money import (
    CNY,
    Money,
    Unit,
    UnreadableError,
    parse_money,
    plain_money,
)
from brandpool.exchange.spelled_numbers import parse_number, unit_factor
from brandpool.exchange.workbook import Cell
from brandpool.i18n import _
from brandpool.models.field import Choice, Field, Kind, Value

Converter = Callable[[Cell], "Value | Money"]

_NOTHING = frozenset(
    (
        *("", "-", "--", "---", "—", "——", "———", "|", "–", "―", "/", "//", "\\", "*", "**"),
        *(
            "空",
            "无",
            "暂无",
            "暂无数据",
            "无数据",
            "(空)",
            "(无)",
            "空白",
            "未知",
            "不详",
            "缺",
            "至",
        ),
        *(
            "n/a",
            "na",
            "#n/a",
            "null",
            "none",
            "nan",
            "nil",
            "<null>",
            "(null)",
            "\\n",
            "undefined",
        ),
        *(
            "未公开",
            "未公示",
            "暂未公示",
            "企业选择不公示",
            "未填",
            "未填写",
            "未填报",
            "待补充",
            "暂缺",
        ),
        *("…", "……", "......", "...", ".", "。", "、"),
    )
)
_NO_END = frozenset(
    {
        "长期",
        "永久",
        "无固定期限",
        "长期有效",
        "无期限",
        "永续",
        "9999-12-31",
        "9999/12/31",
        "9999年12月31日",
    }
)
_MAYBE_NOTHING = frozenset(
    start + wide
    for start in ("", " ")
    for word in _NOTHING
    for sign in (word[:1], word[:1].upper())
    for wide in (sign, chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign)
) | {"#", "＃", " ", "'", "‘"}
_BROKEN_FORMULA = re.compile(
    r"^#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|GETTING_DATA)", re.IGNORECASE
)
_ANY_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060\u00ad]+")
_LINE_BREAK = re.compile(r"\s*[\r\n\t\v\f]+\s*")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\ufeff\u2060\u00ad\x00-\x08\x0e-\x1f\ufffe\uffff]")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff）)])\n(?=[\u3400-\u9fff（(])")
_CJK_SPACE = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")
_SCIENTIFIC = re.compile(r"^([+-]?\d(?:\.\d+)?)E\+?(\d+)$", re.IGNORECASE)
_POINT_ZERO = re.compile(r"^(\d+)\.0+$")
_YEAR = re.compile(r"^((?:19|20|21)\d{2})(?:\.0)?\s*(?:年|年度)?$")
_SEVERAL = re.compile(r"\s*[、,，;；|\n\r]+\s*")
_PHONES = re.compile(r"\s*(?:[、,，;；|\n\r]|/(?=\d{7}))+\s*")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_YES = frozenset(
    (
        "是",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "v",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "对",
        "已",
        "○",
        "●",
        "属于",
    )
)
_NO = frozenset(
    (
        "否",
        "无",
        "没有",
        "×",
        "x",
        "✗",
        "✘",
        "☒",
        "n",
        "no",
        "false",
        "f",
        "0",
        "不是",
        "未",
        "不属于",
    )
)
_EXACT_DIGITS = 10**15
_MOST = 9 * 10**14
_PLACES = Decimal("0.0001")
_FEWEST_CODE_SIGNS = 12


class Setting(NamedTuple):
    """What the table says of a column: its heading's unit, the epoch, whether shown as percent."""

    unit: str = ""
    from_1904: bool = False
    percent: bool = False
    table_unit: str = ""


def is_nothing(cell: Cell) -> bool:
    """Whether the cell means that nothing is known: empty, -, —, /, 空, 无, N/A, NULL, 暂无."""
    return isinstance(cell, str) and _means_nothing(cell)


def _means_nothing(text: str) -> bool:
    if len(text) > 20:
        return not text.strip()
    plain = _ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return plain in _NOTHING


def converter(field: Field, setting: Setting | None = None) -> Converter:
    """The function that turns one cell of this field's column into its value.

    It gives None for cells that mean nothing, a Money (amount in 元, currency) for MONEY, and
    raises UnreadableError with the reason for the clerk. NUMBER and DECIMAL come out in the unit
    of the field itself.
    """
    setting = setting or Setting()
    match field.kind:
        case Kind.CODE:
            return _code
        case Kind.PHONE:
            return _phone
        case Kind.DATE:
            return _dates(setting.from_1904)
        case Kind.MONEY:
            return _money(field, setting)
        case Kind.NUMBER | Kind.DECIMAL:
            return _numbers(field, setting)
        case Kind.CHOICE if field.choices:
            return _choices(field)
    return _SIMPLE.get(field.kind, _text)


def as_text(cell: Cell) -> str:
    """The cell as a person reads it in the sheet: no .0 behind whole numbers, days as days."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time(0, 0) else f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell)


def _clean(cell: Cell) -> str | None:
    """The text of a cell without what cannot be seen; None when it means nothing."""
    text = cell if isinstance(cell, str) else as_text(cell)
    if len(text) <= 20 and _means_nothing(text):
        return None
    text = _INVISIBLE.sub("", text).strip()
    if _BROKEN_FORMULA.match(text):
        raise UnreadableError(_("公式出错（{text}）").format(text=text))
    return text or None


def _spotless(cell: Cell) -> TypeGuard[str]:
    """Text to take as it stands: nothing invisible, no edges to trim, no word for nothing."""
    return (
        type(cell) is str
        and cell.isprintable()
        and cell[:1] not in _MAYBE_NOTHING
        and cell[-1:] != " "
    )


def _text(cell: Cell) -> Value:
    if _spotless(cell):
        return cell
    return _trimmed(cell)


def _note(cell: Cell) -> Value:
    return cell if _spotless(cell) else _clean(cell)


def _trimmed(cell: Cell) -> str | None:
    text = _clean(cell)
    if text is None or not _LINE_BREAK.search(text):
        return text
    return _LINE_BREAK.sub(" ", _CJK_GAP.sub("", _LINE_BREAK.sub("\n", text)))


def _person(cell: Cell) -> str | None:
    text = _trimmed(cell)
    return _CJK_SPACE.sub("", text) if text and len(text) <= 8 else text


def _code(cell: Cell) -> str | None:
    """An official number as text; refused where a spreadsheet has already rounded it."""
    if type(cell) is str and len(cell) >= _FEWEST_CODE_SIGNS and cell.isalnum() and cell.isascii():
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole_digits(float(cell)) if isinstance(cell, float) else str(cell)
    text = _clean(cell)
    if text is None:
        return None
    plain = _ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).strip("'‘’`")
    if match := _SCIENTIFIC.match(plain):
        digits = match[1].replace(".", "")
        if len(digits) - 1 >= int(match[2]) and Decimal(plain) == int(Decimal(plain)):
            return str(int(Decimal(plain)))
        raise _damaged(plain)
    if match := _POINT_ZERO.match(plain):
        return match[1]
    return plain or None


def _whole_digits(number: float) -> str:
    if not abs(number) < _EXACT_DIGITS:
        raise _damaged(f"{number:.6G}")
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def _damaged(shown: str) -> UnreadableError:
    return UnreadableError(
        _(
            "“{text}”：号码被表格软件当作数值，只保留了前 15 位，原号码已无法恢复；"
            "请在来源处把该列设为文本格式后重新导出"
        ).format(text=shown)
    )


def _phone(cell: Cell) -> str | None:
    if type(cell) is str and cell.isdigit() and cell.isascii():
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole_digits(float(cell))
    text = _clean(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip("'")
    if match := _POINT_ZERO.match(plain):
        return match[1]
    if _SCIENTIFIC.match(plain):
        return _code(plain)
    parts = [part for part in _PHONES.split(plain) if part and not _means_nothing(part)]
    return "、".join(dict.fromkeys(parts)) or None


def _email(cell: Cell) -> str | None:
    text = _clean(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text)
    parts = [part for part in _SEVERAL.split(plain) if part and not _means_nothing(part)]
    for part in parts:
        if not _EMAIL.match(part):
            raise UnreadableError(_("“{text}”不是邮箱地址").format(text=part[:40]))
    return "、".join(dict.fromkeys(parts)) or None


def _tags(cell: Cell) -> str | None:
    text = _clean(cell)
    if text is None:
        return None
    parts = [part.strip() for part in _SEVERAL.split(text)]
    kept = (part for part in parts if part and not is_nothing(part))
    return "、".join(dict.fromkeys(kept)) or None


def _year(cell: Cell) -> int | None:
    if isinstance(cell, date):
        return cell.year
    text = _clean(cell)
    if text is None:
        return None
    match = _YEAR.match(unicodedata.normalize("NFKC", text))
    if match is None:
        raise UnreadableError(_("“{text}”不是年份").format(text=text[:20]))
    return int(match[1])


def _flag(cell: Cell) -> bool | None:
    text = as_text(cell)
    plain = _ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).lower().strip(":()")
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    if _clean(cell) is None:
        return None
    raise UnreadableError(_("“{text}”既不是“是”也不是“否”").format(text=text[:20]))


def _dates(from_1904: bool) -> Converter:
    def convert(cell: Cell) -> date | None:
        if isinstance(cell, (date, time, timedelta)):
            return from_moment(cell)
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return from_number(cell, from_1904) if cell else None
        if type(cell) is str and (found := plain_date(cell)):
            return found
        text = _clean(cell)
        if text is None or text in _NO_END:
            return None
        return parse_date(text, from_1904)

    return convert


def _money(field: Field, setting: Setting) -> Converter:
    unit = money_scale(setting.unit) or money_scale(setting.table_unit) or money_scale(field.unit)
    outer = unit or Unit()

    def convert(cell: Cell) -> Money | None:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            money = Money(_exact(cell) * outer.scale, outer.currency)
        elif type(cell) is str and (plain := plain_money(cell, outer)):
            money = plain
        elif isinstance(cell, (date, time, timedelta, bool)):
            raise UnreadableError(_("“{text}”不是金额").format(text=as_text(cell)))
        else:
            text = _clean(cell)
            if text is None:
                return None
            money = parse_money(text, outer)
        if abs(money.amount) >= _MOST:
            raise UnreadableError(_("“{text}”的金额过大，请核对").format(text=as_text(cell)[:30]))
        if money.currency not in (None, CNY) and not field.currency:
            raise UnreadableError(
                _("“{text}”是外币，该栏以人民币计").format(text=as_text(cell)[:30])
            )
        return Money(_storable(money.amount), money.currency)

    return convert


def _storable(number: Decimal) -> Decimal:
    """The number with the four places a pool keeps, so that the same file compares as equal."""
    rounded = number.quantize(_PLACES, ROUND_HALF_UP)
    return number if rounded == number else rounded


def _exact(number: float) -> Decimal:
    """The number as the sheet shows it: a spreadsheet keeps fifteen digits."""
    if not abs(number) < _MOST:
        raise UnreadableError(_("“{text}”过大，请核对").format(text=str(number)[:20]))
    return Decimal(int(number)) if number == int(number) else Decimal(f"{number:.15g}")


def _numbers(field: Field, setting: Setting) -> Converter:
    factor = unit_factor(setting.unit or _money_only(setting.table_unit, field.unit), field.unit)
    if setting.percent and field.unit == "%":
        factor = Decimal(100)
    whole = field.kind is Kind.NUMBER

    def convert(cell: Cell) -> int | Decimal | None:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return _fitting(_exact(cell) * factor, whole, cell)
        if isinstance(cell, (date, time, timedelta, bool)):
            raise UnreadableError(_("“{text}”不是数").format(text=as_text(cell)))
        text = _clean(cell)
        if text is None:
            return None
        return _fitting(parse_number(text, field.unit, factor), whole, text)

    return convert


def _money_only(unit: str, own: str) -> str:
    return unit if money_scale(own) else ""


def _fitting(number: Decimal, whole: bool, shown: object) -> int | Decimal:
    if abs(number) >= _MOST:
        raise UnreadableError(_("“{text}”过大，请核对").format(text=shown))
    if not whole:
        return _storable(number)
    if number != int(number):
        raise UnreadableError(_("“{text}”不是整数").format(text=shown))
    return int(number)


def _choices(field: Field) -> Converter:
    codes: dict[str, str] = {}
    for choice in field.choices:
        for word in (choice.code, choice.zh, choice.en, *choice.aliases):
            codes.setdefault(_choice_key(word), choice.code)

    def convert(cell: Cell) -> str | None:
        text = as_text(cell)
        code = _coded(text, codes)
        if code is not None:
            return code
        cleaned = _clean(cell)
        if cleaned is None:
            return None
        raise UnreadableError(_not_listed(cleaned, field.choices))

    return convert


def _choice_key(word: str) -> str:
    return _ANY_SPACE.sub("", unicodedata.normalize("NFKC", word)).lower()


def _coded(text: str, codes: dict[str, str]) -> str | None:
    key = _choice_key(text)
    outside = re.sub(r"\(.*?\)", "", key)
    for word in (key, outside, *re.findall(r"\((.*?)\)", key)):
        if word in codes:
            return codes[word]
    return None


def _not_listed(text: str, choices: tuple[Choice, ...]) -> str:
    words = "、".join(choice.zh for choice in choices[:12])
    return _("“{text}”不在可选项中（{choices}）").format(text=text[:20], choices=words)


_SIMPLE: dict[Kind, Converter] = {
    Kind.TEXT: _text,
    Kind.NOTE: _note,
    Kind.PERSON: _person,
    Kind.EMAIL: _email,
    Kind.TAGS: _tags,
    Kind.YEAR: _year,
    Kind.FLAG: _flag,
    Kind.LINK: _text,
    Kind.CHOICE: _text,
}
