"""Tables in plain text: which encoding, which separator, which cells."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from brandpool.errors import UserError
from brandpool.i18n import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SEPARATORS = (",", "\t", ";", "|", "，", "；")
_SEPARATOR_NAMES = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线", "，": "全角逗号"}
_FORMULA_TEXT = re.compile(r'^="?([^"]*)"?$')
_LONGEST_CELL = 10_000_000
_SWALLOWED_LINES = 50


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows of a text file, all cells as text, and how it was read."""

    rows: list[list[str]]
    encoding: str
    separator: str
    notes: tuple[str, ...] = ()


def read_text(data: bytes, name: str) -> TextTable:
    """Rows of a csv or txt file in whatever encoding and with whatever separator it has.

    Raises UserError when the bytes are no text.
    """
    text, encoding, notes = decode(data, name)
    separator = _declared_separator(text)
    if separator:
        text = text.partition("\n")[2]
    separator = separator or guess_separator(text)
    rows, more = _split(text, separator)
    label = _SEPARATOR_NAMES.get(separator, separator)
    return TextTable(rows, encoding, label, (*notes, *more))


def decode(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding as shown to the clerk, and notes; raises UserError when it is no text."""
    for bom, codec, label in _BOMS:
        if data.startswith(bom):
            text = data.decode(codec, errors="replace")
            return text, label, _damage_note(text.count("�"))
    if data[:2000].count(0) > len(data[:2000]) // 4:
        codec = "utf-16-le" if data[:2000:2].count(0) < data[1:2000:2].count(0) else "utf-16-be"
        return data.decode(codec, errors="replace"), "UTF-16", ()
    for codec, label in (("utf-8", "UTF-8"), ("gbk", "GBK"), ("gb18030", "GB18030")):
        try:
            return data.decode(codec), label, ()
        except UnicodeDecodeError:
            continue
    return _least_damaged(data, name)


def _least_damaged(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    tries = [
        (data.decode(codec, errors="replace"), label)
        for codec, label in (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
    ]
    text, label = min(tries, key=lambda pair: pair[0].count("�"))
    damaged = text.count("�")
    if damaged > max(20, len(text) // 100):
        raise UserError(
            _("“{name}”不是 UTF-8 或 GBK 编码的文字，无法识别，请另存为 xlsx 后再导入。").format(
                name=name
            )
        )
    return text, label, _damage_note(damaged)


def _damage_note(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (_("文件中有 {count} 处文字已损坏，显示为“�”，请核对。").format(count=count),)


def _declared_separator(text: str) -> str:
    match = re.match(r'"?sep=(.)"?\s*\r?\n', text)
    return match[1] if match else ""


def guess_separator(text: str) -> str:
    """The separator that cuts most lines into the same number of cells; a comma if none does."""
    lines = text[:60_000].splitlines()[:80]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        widths = Counter(
            len(row) for row in csv.reader(lines, delimiter=separator) if any(map(str.strip, row))
        )
        widths.pop(1, None)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        score = count * (1 + min(width, 30) / 60) * (1.0 if separator in ",\t;|" else 0.5)
        if score > best_score:
            best, best_score = separator, score
    return best


def _split(text: str, separator: str) -> tuple[list[list[str]], tuple[str, ...]]:
    csv.field_size_limit(_LONGEST_CELL)
    notes: tuple[str, ...] = ()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    if any(cell.count("\n") > _SWALLOWED_LINES for row in rows for cell in row):
        # A lone quotation mark makes everything after it one cell.
        lines = io.StringIO(text, newline=None)
        rows = list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))
        notes = (_("文件中有不成对的引号，已按逐行读取。"),)
    return [[_plain(cell) for cell in row] for row in rows], notes


def _plain(cell: str) -> str:
    """The cell without what keeps spreadsheets from turning ids into numbers: ="0123", tabs."""
    if cell[:1] == "=":
        match = _FORMULA_TEXT.match(cell.strip())
        return match[1] if match else cell
    return cell.strip("\t\ufeff") if cell[:1] in "\t\ufeff" or cell[-1:] == "\t" else cell
