"""One cell to one value: a converter per column, chosen once by the field's kind and unit."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from brandpool.exchange.cell_words import (
    ANY_SPACE,
    as_text,
    clean,
    is_nothing,
    means_nothing,
    note_value,
    person_value,
    stand_as_persons,
    stand_as_text,
    text_value,
)
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
from brandpool.i18n import _, lang
from brandpool.models.field import Choice, Field, Kind, Value

Converter = Callable[[Cell], "Value | Money"]

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
_SCIENTIFIC = re.compile(r"^([+-]?\d(?:\.\d+)?)E\+?(\d+)$", re.IGNORECASE)
_CODE_LABEL = re.compile(r"^[\u4e00-\u9fff/]{2,14}[:：](?=\w)|\((?:\d+[/-]\d+|副本.{0,6})\)$")
_POINT_ZERO = re.compile(r"^(\d+)\.0+$")
_YEAR = re.compile(r"^((?:19|20|21)\d{2})(?:\.0)?\s*(?:年|年度)?$")
_SEVERAL = re.compile(r"\s*[、,，;；|\n\r]+\s*")
_PHONES = re.compile(r"\s*(?:[、,，;；|\n\r]|/(?=\d{7}))+\s*")
_PLAIN_EMAIL = re.compile(r"^[A-Za-z\d._+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+\Z")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
# fmt: off
_YES = frozenset((
    "是", "有", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "t", "1", "对", "已", "○", "●", "属于",
))
_NO = frozenset((
    "否", "无", "没有", "×", "x", "✗", "✘", "☒", "n", "no", "false", "f", "0", "不是", "未",
    "不属于",
))
# fmt: on
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
    return _SIMPLE.get(field.kind, text_value)


def stand_as_they_are(kind: Kind, cells: Collection[Cell]) -> bool:
    """Whether the converter of this kind would give back all these cells of a column unchanged.

    Looking at a column as a whole takes a tenth of the time of looking at each cell. Empty cells
    are nothing.
    """
    stand = _STANDING.get(kind)
    return stand is not None and set(map(type, cells)) == {str} and stand(cells)  # type: ignore[arg-type]


def _stand_as_codes(cells: Collection[str]) -> bool:
    together = "".join(cells)
    shortest = min(filter(None, map(len, cells)), default=0)
    return together.isascii() and together.isalnum() and shortest >= _FEWEST_CODE_SIGNS


def _stand_as_phones(cells: Collection[str]) -> bool:
    together = "".join(cells)
    return together.isascii() and together.isdigit()


def _stand_as_emails(cells: Collection[str]) -> bool:
    return all(map(_PLAIN_EMAIL.match, filter(None, cells)))


def _code(cell: Cell) -> str | None:
    """An official number as text; refused where a spreadsheet has already rounded it."""
    if type(cell) is str and len(cell) >= _FEWEST_CODE_SIGNS and cell.isalnum() and cell.isascii():
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole_digits(float(cell)) if isinstance(cell, float) else str(cell)
    text = clean(cell)
    if text is None:
        return None
    plain = ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).strip("'‘’`")
    plain = _CODE_LABEL.sub("", plain)
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
    text = clean(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip("'")
    if match := _POINT_ZERO.match(plain):
        return match[1]
    if _SCIENTIFIC.match(plain):
        return _code(plain)
    parts = [part for part in _PHONES.split(plain) if part and not means_nothing(part)]
    return "、".join(dict.fromkeys(parts)) or None


def _email(cell: Cell) -> str | None:
    if type(cell) is str and _PLAIN_EMAIL.match(cell):
        return cell
    text = clean(cell)
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text)
    parts = [part for part in _SEVERAL.split(plain) if part and not means_nothing(part)]
    for part in parts:
        if not _EMAIL.match(part):
            raise UnreadableError(_("“{text}”不是邮箱地址").format(text=part[:40]))
    return "、".join(dict.fromkeys(parts)) or None


def _tags(cell: Cell) -> str | None:
    text = clean(cell)
    if text is None:
        return None
    parts = [part.strip() for part in _SEVERAL.split(text)]
    kept = (part for part in parts if part and not is_nothing(part))
    return "、".join(dict.fromkeys(kept)) or None


def _year(cell: Cell) -> int | None:
    if isinstance(cell, date):
        return cell.year
    text = clean(cell)
    if text is None:
        return None
    match = _YEAR.match(unicodedata.normalize("NFKC", text))
    if match is None:
        raise UnreadableError(_("“{text}”不是年份").format(text=text[:20]))
    return int(match[1])


def _flag(cell: Cell) -> bool | None:
    text = as_text(cell)
    plain = ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).lower().strip(":()")
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    if clean(cell) is None:
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
        text = clean(cell)
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
            text = clean(cell)
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
        text = clean(cell)
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
        cleaned = clean(cell)
        if cleaned is None:
            return None
        raise UnreadableError(_not_listed(cleaned, field.choices))

    return convert


_TELLING = 5
"""So long a word of the list is meant where a cell ends with it: 国家知识产权优势企业."""
_DENIED = re.compile("[未不非无拟待将曾原]")


def _choice_key(word: str) -> str:
    return ANY_SPACE.sub("", unicodedata.normalize("NFKC", word)).lower()


def _coded(text: str, codes: dict[str, str]) -> str | None:
    key = _choice_key(text)
    outside = re.sub(r"\(.*?\)", "", key)
    for word in (key, outside, *re.findall(r"\((.*?)\)", key)):
        if word in codes:
            return codes[word]
    ends = {code for word, code in codes.items() if len(word) >= _TELLING and key.endswith(word)}
    return ends.pop() if len(ends) == 1 and not _DENIED.search(key) else None


def _not_listed(text: str, choices: tuple[Choice, ...]) -> str:
    words = "、".join(choice.label(lang()) for choice in choices[:12])
    return _("“{text}”不在可选项中（{choices}）").format(text=text[:20], choices=words)


_SIMPLE: dict[Kind, Converter] = {
    Kind.TEXT: text_value,
    Kind.NOTE: note_value,
    Kind.PERSON: person_value,
    Kind.EMAIL: _email,
    Kind.TAGS: _tags,
    Kind.YEAR: _year,
    Kind.FLAG: _flag,
    Kind.LINK: text_value,
    Kind.CHOICE: text_value,
}

_STANDING: dict[Kind, Callable[[Collection[str]], bool]] = {
    Kind.TEXT: stand_as_text,
    Kind.NOTE: stand_as_text,
    Kind.PERSON: stand_as_persons,
    Kind.CODE: _stand_as_codes,
    Kind.PHONE: _stand_as_phones,
    Kind.EMAIL: _stand_as_emails,
}
