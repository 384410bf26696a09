"""Where a rule is written, as the language in use cites it: 第四十条 is art. 40."""

import re
from collections.abc import Mapping

from brandpool.i18n import Said, _, lang, told

_MARKS = {"；": "; ", "、": ", ", "，": ", ", "（": " (", "）": ")", "：": ": "}
_DIGITS = "零一二三四五六七八九"
_NUMERAL = "[零一二三四五六七八九十百]+"
_ORDINAL = re.compile(r"第[（(]?([零一二三四五六七八九十百]+|\d+)[）)]?(条|款|项|号)")
_LISTED = re.compile(rf"第({_NUMERAL}(?:[、至]{_NUMERAL})+)条")
_YEAR = re.compile(r"(?<=[A-Za-z])(\d{4})(?=\D|$)")


def cited(article: str) -> str:
    """An article as the data hold it, in the language in use; other text stays as it is."""
    if lang() == "zh" or not article or isinstance(article, Said):
        return told(article)
    text = article
    for law, name in _laws().items():
        text = text.replace(law, name)
    text = _LISTED.sub(_places, text)
    text = _ORDINAL.sub(_place, _YEAR.sub(r" \1", text))
    for mark, english in (
        ("；", "; "),
        ("、", ", "),
        ("，", ", "),
        ("（", " ("),
        ("）", ")"),
        ("：", ": "),
    ):
        text = text.replace(mark, english)
    return told(re.sub(r"\s+([;,)])", r"\1", re.sub(r"  +", " ", text)).strip())


def _places(found: re.Match[str]) -> str:
    """第三十九、四十条 as arts. 39, 40; 第一至三条 as arts. 1–3."""
    numbers = re.sub(_NUMERAL, lambda one: str(_number(one[0])), found[1])
    return " " + _("第{list}条").format(list=numbers.replace("至", "–"))


def _place(found: re.Match[str]) -> str:
    number = found[1] if found[1].isdecimal() else str(_number(found[1]))
    words = {"条": _("第{n}条"), "款": _("第{n}款"), "项": _("第{n}项"), "号": _("第{n}号")}
    return " " + words[found[2]].format(n=number)


def _number(text: str) -> int:
    """A Chinese numeral below a thousand: 四十 is 40, 一百零八 is 108."""
    total = digit = 0
    for letter in text:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(letter)
    return total + digit


def _laws() -> Mapping[str, str]:
    """The laws by the names the data give them, the longer names before the shorter."""
    return {
        "商标法实施条例": _("商标法实施条例"),
        "实施条例": _("实施条例"),
        "商标法": _("商标法"),
        "驰名商标认定和保护规定": _("驰名商标认定和保护规定"),
        "市场监督管理行政处罚程序规定": _("市场监督管理行政处罚程序规定"),
        "市场监管总局令": _("市场监管总局令"),
        "工商总局令": _("工商总局令"),
        "反不正当竞争法": _("反不正当竞争法"),
        "个人信息保护法": _("个人信息保护法"),
        "公示通知载明的期限": _("公示通知载明的期限"),
        "商标注册证": _("商标注册证"),
    }
