"""Column headings: the same heading in all its spellings, its unit, and the year in it."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from brandpool.exchange.spelled_money import Unit, money_unit

_COUNTED = (
    "人|件|个|家|项|名|台|套|次|户|张|亩|辆|篇|种|条|宗|份|批|年|天|月|平方米|吨|页|所|国|类|分|岁"
)
_COUNT_UNIT = re.compile(rf"^(亿|千万|百万|万|千|百)?({_COUNTED})(?:次|数)?$")
_COUNT_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_BRACKETS = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")
_UNIT_WORD = re.compile(r"^(?:金额)?单位[:为]?")
_UNIT_TAIL = re.compile(
    r"[/,_\-:;]((?:万|亿|千|百万)?(?:美|欧|港|日)?元(?:人民币)?|%|(?:万)?(?:人|件|个|家|项))$"
)
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,2}\))(?=\D)"
)
_IDLE = frozenset({"全称", "中文", "签章", "章", "选", "填"})
_IDLE_WORDS = (
    "必填",
    "选填",
    "必选",
    "可选",
    "盖章",
    "公章",
    "yyyy",
    "格式",
    "请填",
    "下拉",
    "单位:",
    "保留",
)
_EDGES = "*★☆:;,.、。·_-—~'\"“”"
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060]+")
_CJK_SPACE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_ORDINAL_NAMES = frozenset(
    {"序号", "序", "编号", "行号", "no", "no.", "no序号", "id", "#", "项次", "排序", "序列"}
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度|年末|年底|年全年|年)?(?!\d)")
_SPAN = re.compile(r"(?:19|20)\d{2}\s*年?\s*[-—–~至到、]\s*(?:(?:19|20)\d{2}|\d{2}年)")
_PARTIAL = re.compile(
    r"年\s*\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月|上半年|下半年|前?[一二三四1-4]季度|同期|同比|增长|增速|增幅|预计|预期|计划|目标|环比"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column.

    `parts` are the texts of a heading of several rows from top to bottom; `column` counts from 0
    within a row's cells; `unit` is what its brackets say (万元, 人, %), or "".
    """

    parts: tuple[str, ...]
    column: int
    unit: str = ""
    hidden: bool = False

    @property
    def text(self) -> str:
        """The heading in one line, as the clerk reads it."""
        return " ".join(_CJK_SPACE.sub("", _SPACE.sub(" ", part.strip())) for part in self.parts)


@dataclass(frozen=True, slots=True)
class YearHeading:
    """A heading that names a measure in one year: 2023年营业收入（万元）."""

    year: int
    rest: str


def exact_key(text: str) -> str:
    """The heading without width, spaces, marks and units; other brackets stay."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
    plain = _BRACKETS.sub(lambda match: "" if _idle(match[0][1:-1]) else match[0], plain)
    plain = _UNIT_TAIL.sub("", plain)
    plain = _NUMBERING.sub("", plain.strip(_EDGES))
    return plain.strip(_EDGES)


def bare_key(text: str) -> str:
    """The heading without any brackets either: 法定代表人（负责人） → 法定代表人."""
    key = exact_key(text)
    bare = _BRACKETS.sub("", key).strip(_EDGES)
    return bare or key


def is_ordinal(text: str) -> bool:
    """Whether the heading only numbers the rows."""
    return exact_key(text) in _ORDINAL_NAMES


def _idle(content: str) -> bool:
    """Brackets that say nothing about what the column is: a unit, a form, 必填, 盖章."""
    content = content.strip(_EDGES)
    if not content or unit_of(content) or content in _IDLE:
        return True
    return any(word in content for word in _IDLE_WORDS)


def unit_of(text: str) -> str:
    """The unit that this text is, in one spelling (万元, 万美元, 人, %), or ""."""
    plain = _UNIT_WORD.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", text)))
    if plain in ("%", "百分比", "百分数", "‰"):
        return "%" if plain != "‰" else "‰"
    if _COUNT_UNIT.match(plain):
        return plain
    return plain if len(plain) <= 12 and money_unit(plain) else ""


def heading_unit(text: str) -> str:
    """The unit given in the brackets or at the end of a heading, or ""."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    for match in _BRACKETS.finditer(plain):
        for piece in re.split(r"[,;、/]", match[0][1:-1]):
            if unit := unit_of(piece):
                return unit
    tail = _UNIT_TAIL.search(plain.strip("*"))
    return tail[1] if tail else ""


def count_scale(unit: str) -> tuple[Decimal, str] | None:
    """(factor, what is counted) of a counting unit such as 万件; None when it is none."""
    match = _COUNT_UNIT.match(unit)
    return (Decimal(_COUNT_SCALES[match[1] or ""]), match[2]) if match else None


def table_unit(text: str) -> str:
    """The unit of money that a title line states for the whole table: 单位：万元 → 万元."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    match = re.search(r"单位[:为]?((?:万|亿|千|百万)?(?:人民币|美|欧|港|日)?元(?:人民币)?)", plain)
    return match[1] if match else ""


def year_heading(text: str) -> YearHeading | None:
    """The year and the measure in a heading, or None when it names no single whole year.

    2023年1-9月, 2021—2023年, growth rates and forecasts are no figures of a year.
    """
    plain = unicodedata.normalize("NFKC", _SPACE.sub("", text))
    if _SPAN.search(plain) or _PARTIAL.search(plain):
        return None
    years = _YEAR.findall(plain)
    if len(set(years)) != 1:
        return None
    rest = _YEAR.sub("", plain).replace("()", "").replace("（）", "").strip("的末底度" + _EDGES)
    return YearHeading(int(years[0]), rest) if rest else None


def money_scale(unit: str) -> Unit | None:
    """The money unit of a heading, or None when it counts something else."""
    return money_unit(unit) if unit and not _COUNT_UNIT.match(unit) else None
