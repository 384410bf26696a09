"""Amounts of money as people write them: 9万人民币, 9,900(万元人民币), ￥1,234.50, 壹佰万元整."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from brandpool.i18n import _

CNY = "CNY"
_CURRENCIES = {
    "人民币": CNY,
    "RMB": CNY,
    "CNY": CNY,
    "CNH": CNY,
    "¥": CNY,
    "中国元": CNY,
    "美元": "USD",
    "美金": "USD",
    "USD": "USD",
    "US$": "USD",
    "$": "USD",
    "欧元": "EUR",
    "欧": "EUR",
    "EUR": "EUR",
    "€": "EUR",
    "港元": "HKD",
    "港币": "HKD",
    "港幣": "HKD",
    "HKD": "HKD",
    "HK$": "HKD",
    "日元": "JPY",
    "日圆": "JPY",
    "日币": "JPY",
    "JPY": "JPY",
    "英镑": "GBP",
    "GBP": "GBP",
    "£": "GBP",
    "瑞士法郎": "CHF",
    "CHF": "CHF",
    "新台币": "TWD",
    "台币": "TWD",
    "NT$": "TWD",
    "TWD": "TWD",
    "新加坡元": "SGD",
    "新加坡币": "SGD",
    "SGD": "SGD",
    "澳大利亚元": "AUD",
    "澳元": "AUD",
    "AUD": "AUD",
    "加拿大元": "CAD",
    "加元": "CAD",
    "CAD": "CAD",
    "韩元": "KRW",
    "韩圆": "KRW",
    "KRW": "KRW",
    "澳门元": "MOP",
    "MOP": "MOP",
}
_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "萬": 10**4,
    "仟": 10**3,
    "千": 10**3,
    "百": 10**2,
}
_BARE = ("元整", "圆整", "元", "圆", "整", "正", "单位", "币种", "金额")
_WORDS = sorted((*_CURRENCIES, *_SCALES, *_BARE), key=len, reverse=True)
_WORD = re.compile("|".join(map(re.escape, _WORDS)), re.IGNORECASE)
_PLAIN = re.compile(r"^(\d+(?:\.\d+)?)(万|亿)?(元)?(人民币)?$", re.ASCII)
_NUMBER = re.compile(
    r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:E[+-]?\d{1,3})?", re.IGNORECASE
)
_ODD_COMMAS = re.compile(r"(?<=\d),(?=\d)")
_IN_TWO_UNITS = re.compile(r"^(\d+)亿(\d{1,4}(?:\.\d+)?)万(元?(?:人民币|整)?)$")
_NEGATIVE = re.compile(r"^\((?=[\d,.]+\)$)(.*)\)$")
_NOISE = re.compile(r"[\s()\[\]:]+")
_DIGITS = dict(
    zip(
        "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两", [0, *range(10), *range(1, 10), 2], strict=True
    )
)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE = re.compile(r"^[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两十拾百佰千仟万萬亿]+$")
_CHINESE_AMOUNT = re.compile(
    r"[一二三四五六七八九壹贰叁肆伍陆柒捌玖两十拾][〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两十拾百佰千仟万萬亿]*"
    r"(?=元|圆|$|美|港|欧|日|人)"
)


class UnreadableError(ValueError):
    """A cell that cannot be read as what its column holds; the text is the reason."""


class ImpossibleError(UnreadableError):
    """A cell that says clearly what cannot be, such as the 30th of February."""


@dataclass(frozen=True, slots=True)
class Unit:
    """How many base units one counts, and the currency if it was said."""

    scale: Decimal = Decimal(1)
    currency: str | None = None


class Money(NamedTuple):
    """An amount in whole currency units (元); the currency is None when nobody said it."""

    amount: Decimal
    currency: str | None


def money_unit(text: str) -> Unit | None:
    """The unit in words such as 万元, 亿元人民币, 万美元, 元; None when they are no such unit."""
    rest = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    if not rest or _WORD.sub("", rest):
        return None
    return _unit(rest)


def _unit(words: str) -> Unit:
    scale, currency = Decimal(1), None
    for match in _WORD.finditer(words):
        word = match[0]
        if word in _SCALES:
            scale *= _SCALES[word]
        currency = _CURRENCIES.get(word.upper(), currency)
    return Unit(scale, currency)


def plain_money(text: str, unit: Unit) -> Money | None:
    """The amount of a text in a common spelling, or None when it needs a closer look."""
    match = _PLAIN.match(text)
    if match is None:
        return None
    amount, scale, yuan, currency = Decimal(match[1]), match[2], match[3], match[4]
    if scale:
        amount *= _SCALES[scale]
    elif not yuan:
        if currency:
            return None
        amount *= unit.scale
    return Money(amount, CNY if currency else unit.currency)


def parse_money(text: str, unit: Unit | None = None) -> Money:
    """The amount that the text means; `unit` is what the heading says of bare numbers.

    Raises UnreadableError with the reason when it is no single exact amount.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip().lstrip("'")
    if _NEGATIVE.match(plain):
        plain = "-" + plain[1:-1]
    numbers = list(_NUMBER.finditer(plain))
    if not numbers:
        return _chinese_money(plain, unit)
    if len(numbers) > 1:
        plain = _ODD_COMMAS.sub("", plain).replace(" ", "")
        numbers = list(_NUMBER.finditer(plain))
    if summed := _IN_TWO_UNITS.match(plain):
        amount = Decimal(summed[1]) * 10**8 + Decimal(summed[2]) * 10**4
        return _with_unit(amount, summed[3] or "元", unit)
    if len(numbers) != 1:
        raise UnreadableError(_("有不止一个数，无法判断金额"))
    number = numbers[0]
    words = _NOISE.sub("", plain[: number.start()] + plain[number.end() :])
    amount = Decimal(number[0].replace(",", ""))
    return _with_unit(amount, words, unit)


def _with_unit(amount: Decimal, words: str, unit: Unit | None) -> Money:
    left = _WORD.sub("", words)
    if left:
        raise UnreadableError(_("金额中有无法识别的文字“{text}”").format(text=left))
    said = _unit(words)
    outer = unit or Unit()
    counted = any(word in words for word in (*_SCALES, "元", "圆")) or said.currency is not None
    scale = said.scale if counted else outer.scale
    # 100 人民币 under a heading in 万元 says its currency, not its unit.
    if said.currency and said.scale == 1 and not re.search(r"[元圆¥$€£]", words):
        scale = outer.scale
    return Money(amount * scale, said.currency or outer.currency)


def _chinese_money(plain: str, unit: Unit | None) -> Money:
    squeezed = _NOISE.sub("", plain)
    match = _CHINESE_AMOUNT.search(squeezed)
    if match is None:
        raise UnreadableError(_("不是金额"))
    words = squeezed[: match.start()] + squeezed[match.end() :]
    if not words and not any(sign in match[0] for sign in "万萬亿千仟百佰十拾"):
        raise UnreadableError(_("不是金额"))
    return _with_unit(chinese_number(match[0]), words or "元", unit)


def chinese_number(text: str) -> Decimal:
    """The number spelled in Chinese characters, financial ones included: 壹佰万 → 1000000.

    Raises UnreadableError when the characters spell no number.
    """
    if not _CHINESE.match(text):
        raise UnreadableError(_("不是数字"))
    if all(sign in _DIGITS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))
    return Decimal(_chinese_sections(text))


def _chinese_sections(text: str) -> int:
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        elif sign == "亿":
            total = (total + section + digit) * 10**8
            section = digit = 0
        else:
            total += (section + digit) * 10**4
            section = digit = 0
    return total + section + digit
