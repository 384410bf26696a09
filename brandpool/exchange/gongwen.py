"""The layout of official papers (GB/T 9704-2012), for drafts that go into a document system.

What the program makes is a draft (呈批件、名单、台账), never a formal document: no red head, no
number of its own, no seal.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

TWIPS_PER_MM = 1440 / 25.4

# 5.1 and 5.2.1: A4 210 × 297 mm, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
PAGE = (11906, 16838)
TOP, LEFT = 2098, 1587
RIGHT, BOTTOM = 1474, 1984
LINES, CHARACTERS = 22, 28
# 5.2.3: 22 lines fill the 225 mm, 28 characters of size 3 (16 pt) fill the 156 mm. Both round down,
# or the last line or character would not fit. The second is in 1/4096 pt more than the body's size.
LINE_PITCH = 579
CHARACTER_SPACE = -849
# The same for programs that do not squeeze characters into a grid, in twips: 28 fit, 29 do not.
CHARACTER_TWIPS = -5
# 7.5: the dashes beside the page number stand 7 mm below the text.
FOOTER = 1406
LIST_MARGIN = 850
LIST_TABLE = "ListTable"

BODY, TITLE, HEADING, SUBHEADING, TABLE = "仿宋", "方正小标宋简体", "黑体", "楷体", "宋体"
# What stands in where a machine lacks the font, the best first.
FALLBACKS: dict[str, tuple[str, ...]] = {
    BODY: ("FangSong", "仿宋_GB2312", "FangSong_GB2312", "华文仿宋", "STFangsong", "方正仿宋_GBK"),
    TITLE: (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "华文中宋",
        "STZhongsong",
        "宋体",
        "SimSun",
    ),
    HEADING: ("SimHei", "华文黑体", "STHeiti", "方正黑体_GBK"),
    SUBHEADING: ("KaiTi", "楷体_GB2312", "KaiTi_GB2312", "华文楷体", "STKaiti", "方正楷体_GBK"),
    TABLE: ("SimSun", "新宋体", "NSimSun", "华文宋体", "STSong", "方正书宋_GBK"),
}
_NARROWEST = 4
# Texts up to so many halves stay in one piece, with so many lines for the longest: what is tried.
_TRIALS = [
    *((word, lines) for word in (18, 14, 10) for lines in (1, 2, 3, 4)),
    *((8, lines) for lines in range(1, 40)),
]
# What a line loses because its text breaks before the edge.
_LOSS = 2
# A font that stands in for a missing one has Latin letters wider than half a character.
_LATIN = 1.15
_SHORT = 16
_TOGETHER = 14
# The room beside a text in a cell, in halves of a character.
_PADDING = 3
_SIZES = (10.5, 9, 8, 7)
_GOOD = (10, 3)
_TITLE_LINE = 36
_AFTER = "的、，年月度》）"


@dataclass(frozen=True, slots=True)
class Substitution:
    """A font that the papers ask for and this machine lacks; `got` is "" when nothing like it is.

    The same typeface under its English name is not a substitution.
    """

    wanted: str
    got: str


def substitutions(installed: Collection[str]) -> list[Substitution]:
    """Which fonts of the papers a machine lacks, and what it has in their place."""
    known = {name.casefold() for name in installed}
    found = []
    for wanted, others in FALLBACKS.items():
        if not {wanted.casefold(), others[0].casefold()} & known:
            got = next((name for name in others if name.casefold() in known), "")
            found.append(Substitution(wanted, got))
    return found


def mm(twips: int) -> float:
    """A length of a Word file in millimetres."""
    return twips / TWIPS_PER_MM


def fit_tables(document: "Document") -> None:
    """Give the columns of every list table the room that their contents need.

    Only tables in the style 台账表 are touched; the widths of all others are the template's. Short
    texts stand in the middle of their column, and a table of few rows stays on one page.
    """
    for table in document.tables:
        if table.style is not None and table.style.style_id == LIST_TABLE:
            _fit(table)


def _fit(table: "Table") -> None:
    from docx.shared import Twips

    columns: list[Any] = list(table._tbl.tblGrid)
    whole = sum(int(column.w.twips) for column in columns)
    rows = [row._tr.tc_lst for row in table.rows]
    texts = [[_text(cell) for cell in cells] for cells in rows]
    if any(len(cells) != len(columns) for cells in rows):
        return
    widths = shared_out(whole, texts)
    bodies = zip(*texts[1:], strict=True) if len(texts) > 1 else ([""] for _column in columns)
    short = [all(map(is_short, body)) for body in bodies]
    for column, width in zip(columns, widths, strict=True):
        column.w = Twips(width)
    for place, cells in enumerate(rows):
        together = len(rows) <= _TOGETHER and place < len(rows) - 1
        for cell, width, middle in zip(cells, widths, short, strict=True):
            cell.width = Twips(width)
            _place(cell, middle=middle, together=together)


def _text(cell: Any) -> str:
    return "".join(paragraph.text for paragraph in cell.p_lst)


def _place(cell: Any, *, middle: bool, together: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for paragraph in cell.p_lst:
        looks = paragraph.get_or_add_pPr()
        if middle:
            looks.jc_val = WD_ALIGN_PARAGRAPH.CENTER
        if together:
            looks.keepNext_val = True


def shared_out(whole: int, texts: Sequence[Sequence[str]], size: float = 10.5) -> list[int]:
    """The width of a table in twips shared out to its columns, by what stands in them.

    What must not be broken (a number, a code, a short text) gets its width; long texts share the
    rest so that rows have as few lines as they can. `size` is that of the letters in points.
    """
    room, columns = _room(whole, texts, size), _measured(texts)
    for word, lines in _TRIALS:
        shares = _shares(columns, word, lines)
        if sum(shares) <= room:
            break
    extra = max(room - sum(shares), 0) / sum(shares)
    shares = [share * (1 + extra) + _PADDING for share in shares]
    widths = [int(whole * share / sum(shares)) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def size_for(whole: int, texts: Sequence[Sequence[str]]) -> float:
    """The largest size of letters in which nothing is broken that must not be; 7 at the least."""
    shares = sum(_shares(_measured(texts), *_GOOD))
    return next((size for size in _SIZES if shares <= _room(whole, texts, size)), _SIZES[-1])


def _room(whole: int, texts: Sequence[Sequence[str]], size: float) -> float:
    return whole / (size * 10) - _PADDING * len(texts[0])


def _measured(texts: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """For each column its longest text, and its longest run of Latin letters."""
    return [
        (max(map(_units, column)), max(map(_run, column))) for column in zip(*texts, strict=True)
    ]


def _shares(columns: Sequence[tuple[float, float]], word: int, lines: int) -> list[float]:
    """What each column asks for: short texts in one piece, long ones in so many lines."""
    asked = []
    for much, run in columns:
        few = max(_NARROWEST, run, min(much, word))
        asked.append(max(few, much / lines + (_LOSS if lines > 1 and much > few else 0)))
    return asked


def is_short(text: str) -> bool:
    """Whether a text looks better in the middle of its column."""
    return _units(text) <= _SHORT


def _run(text: str) -> float:
    """The widest run of Latin letters, which a line does not break."""
    return max((_units(run) for run in re.findall(r"[!-~]+", text)), default=0.0)


def _units(text: str) -> float:
    """How wide a text is, a Chinese character taking two."""
    return sum(2.0 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in text)


def headline(title: str) -> str:
    """A title of size 2 in lines of about the same length, each a piece of meaning if it can be."""
    if _units(title) <= _TITLE_LINE:
        return title
    middle = len(title) / 2
    places = [place for place in range(2, len(title) - 1) if title[place - 1] in _AFTER]
    best = min(places, key=lambda place: abs(place - middle), default=0)
    at = best if best and abs(best - middle) <= len(title) / 5 else round(middle)
    return f"{title[:at]}\n{headline(title[at:]) if at > best else title[at:]}"
