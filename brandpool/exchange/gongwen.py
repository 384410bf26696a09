"""The layout of official papers (GB/T 9704-2012), for drafts that go into a document system.

What the program makes is a draft (呈批件、名单、台账), never a formal document: no red head, no
number of its own, no seal.
"""

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
_NARROWEST, _WIDEST = 4, 40
_PADDING = 2


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

    Only tables in the style 台账表 are touched; the widths of all others are the template's.
    """
    for table in document.tables:
        if table.style is not None and table.style.style_id == LIST_TABLE:
            _fit(table)


def _fit(table: "Table") -> None:
    from docx.shared import Twips

    grid = table._tbl.tblGrid
    columns: list[Any] = list(grid)
    whole = sum(int(column.w) for column in columns)
    rows = [row._tr.tc_lst for row in table.rows]
    plain = [cells for cells in rows if len(cells) == len(columns)]
    if not plain:
        return
    texts = [["".join(cell.itertext()) for cell in cells] for cells in plain]
    widths = shared_out(whole, texts)
    for column, width in zip(columns, widths, strict=True):
        column.w = Twips(width)
    for cells in plain:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Twips(width)


def shared_out(whole: int, texts: Sequence[Sequence[str]]) -> list[int]:
    """The width of a table shared out to its columns, by what stands in them.

    A column gets room for its longest unbroken text first, then for all of it.
    """
    wanted = [
        max(_NARROWEST, *(_units(text) for text in column)) for column in zip(*texts, strict=True)
    ]
    shares = [min(units, _WIDEST) + _PADDING for units in wanted]
    widths = [whole * share // sum(shares) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _units(text: str) -> int:
    """How wide a text is, a Chinese character taking two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
