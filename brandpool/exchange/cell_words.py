"""The words of a cell: what means nothing, what cannot be seen, how a person reads it."""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime, time
from typing import TypeGuard

from brandpool.exchange.spelled_money import UnreadableError
from brandpool.exchange.workbook import Cell
from brandpool.i18n import _
from brandpool.models.field import Value

# fmt: off
_NOTHING = frozenset((
    "", "-", "--", "---", "—", "——", "———", "|", "–", "―", "/", "//", "\\", "*", "**", "…", "……",
    "...", "......", ".", "。", "、", "空", "无", "暂无", "暂无数据", "无数据", "(空)", "(无)",
    "空白",
    "未知", "不详", "缺", "暂缺", "至", "未公开", "未公示", "暂未公示", "企业选择不公示", "未填",
    "未填写",
    "未填报", "待补充", "未匹配到企业", "未匹配到相关企业", "n/a", "na", "#n/a", "null", "none",
    "nan",
    "正在办理", "办理中", "未办理", "待办理", "见附件", "详见附件", "待定", "待核实",
    "nil", "<null>", "(null)", "\\n", "undefined",
))
# fmt: on
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
ANY_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060\u00ad]+")
_LINE_BREAK = re.compile(r"\s*[\r\n\t\v\f]+\s*")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\ufeff\u2060\u00ad\x00-\x08\x0e-\x1f\ufffe\uffff]")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff）)])\n(?=[\u3400-\u9fff（(])")
_CJK_SPACE = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")


def is_nothing(cell: Cell) -> bool:
    """Whether the cell means that nothing is known: empty, -, —, /, 空, 无, N/A, NULL, 暂无."""
    return isinstance(cell, str) and means_nothing(cell)


def means_nothing(text: str) -> bool:
    if len(text) > 20:
        return not text.strip()
    plain = ANY_SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return plain in _NOTHING


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


def clean(cell: Cell) -> str | None:
    """The text of a cell without what cannot be seen; None when it means nothing."""
    text = cell if isinstance(cell, str) else as_text(cell)
    if len(text) <= 20 and means_nothing(text):
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


def stand_as_text(cells: Collection[str]) -> bool:
    """Whether every text of a column may be taken as it is; empty ones are nothing."""
    together = "".join(cells)
    return (
        together.isprintable()
        and _MAYBE_NOTHING.isdisjoint({cell[:1] for cell in cells} - {""})
        and not (" " in together and any(cell.endswith(" ") for cell in cells))
    )


def stand_as_persons(cells: Collection[str]) -> bool:
    """The same for a column of people's names."""
    return stand_as_text(cells) and " " not in "".join(cells)


def text_value(cell: Cell) -> Value:
    if _spotless(cell):
        return cell
    return _trimmed(cell)


def note_value(cell: Cell) -> Value:
    return cell if _spotless(cell) else clean(cell)


def _trimmed(cell: Cell) -> str | None:
    text = clean(cell)
    if text is None or not _LINE_BREAK.search(text):
        return text
    return _LINE_BREAK.sub(" ", _CJK_GAP.sub("", _LINE_BREAK.sub("\n", text)))


def person_value(cell: Cell) -> str | None:
    text = _trimmed(cell)
    return _CJK_SPACE.sub("", text) if text and len(text) <= 8 else text
