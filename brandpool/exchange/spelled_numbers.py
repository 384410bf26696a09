"""Counts and shares as people write them: 1,200人, 1.2万, 12.5%, 三百."""

import re
import unicodedata
from decimal import Decimal

from brandpool.exchange.headings import count_scale, money_scale, unit_of
from brandpool.exchange.spelled_money import UnreadableError, chinese_number
from brandpool.i18n import _

_PLAIN = re.compile(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$")
_WITH_UNIT = re.compile(
    r"^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\(?(亿|千万|百万|万|千|百)?(\D*?)\)?$"
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SPACE = re.compile(r"\s+")


def parse_number(text: str, own: str = "", factor: Decimal = Decimal(1)) -> Decimal:
    """The number that the text means, in the field's own unit `own`.

    `factor` turns a bare number (counted in the heading's unit) into the own unit. Raises
    UnreadableError for ranges, estimates, and units that do not fit.
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")
    if _PLAIN.match(plain):
        return Decimal(plain.replace(",", "")) * factor
    match = _WITH_UNIT.match(plain)
    if match is None:
        return _chinese(plain, text) * factor
    amount, scale, said = Decimal(match[1].replace(",", "")), match[2] or "", match[3]
    if own_money := money_scale(own):
        money = money_scale(scale + said)
        if money is None:
            raise _unclear(text)
        return amount * money.scale / own_money.scale
    if said and said != own and not unit_of(said):
        raise _unclear(text)
    if (said == "%" and own != "%") or money_scale(said):
        raise UnreadableError(_("“{text}”的单位与该栏不符").format(text=text.strip()[:30]))
    if said:
        return amount * _SCALES.get(scale, 1) * unit_factor(said, own)
    return amount * (_SCALES[scale] if scale else factor)


def unit_factor(stated: str, own: str) -> Decimal:
    """By what a bare number under a heading in `stated` is multiplied to come out in `own`."""
    if not stated or stated == own:
        return Decimal(1)
    money, own_money = money_scale(stated), money_scale(own)
    if money and own_money:
        return money.scale / own_money.scale
    counted, own_counted = count_scale(stated), count_scale(own)
    if counted:
        return counted[0] / (own_counted[0] if own_counted else 1)
    return Decimal("0.1") if (stated, own) == ("‰", "%") else Decimal(1)


def _chinese(plain: str, text: str) -> Decimal:
    try:
        return chinese_number(plain)
    except UnreadableError:
        raise UnreadableError(_("“{text}”不是数").format(text=text.strip()[:30])) from None


def _unclear(text: str) -> UnreadableError:
    return UnreadableError(_("“{text}”不是一个确定的数").format(text=text.strip()[:30]))
