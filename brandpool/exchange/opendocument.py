"""What calamine does not tell of an ods: merged cells and what is hidden."""

import io
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from brandpool.exchange.traits import Hidden, Range, SheetTraits

_FAR = 1 << 19


@dataclass(slots=True)
class _Sheet:
    merged: list[Range] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class OdsTraits:
    """Of an ods: its dates are written out, so no epoch matters."""

    sheets: dict[str, _Sheet] = field(default_factory=dict)
    from_1904: bool = False

    def sheet(self, index: int, name: str) -> SheetTraits:  # noqa: ARG002 - ods knows names
        """What the sheet of this name merges and hides."""
        found = self.sheets.get(name, _Sheet())
        return SheetTraits(Hidden(frozenset(found.columns), frozenset(found.rows)), found.merged)


def ods_traits(data: bytes) -> OdsTraits:
    """Read what content.xml says of merged and hidden cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    if b"-spanned=" not in content and b"table:visibility=" not in content:
        return OdsTraits()
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.Parse(content, True)
    return OdsTraits(reader.sheets)


class _Reader:
    """Walks the cells of content.xml, which gives runs of equal rows and columns once."""

    def __init__(self) -> None:
        self.sheets: dict[str, _Sheet] = {}
        self.sheet = _Sheet()
        self.row = self.column = self.row_run = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(given)
        elif tag == "table:table-row":
            self.column = 0
            self.row_run = _count(given, "table:number-rows-repeated")
            if given.get("table:visibility") in ("collapse", "filter") and self.row_run < _FAR:
                self.sheet.rows.update(range(self.row, self.row + self.row_run))
        elif tag == "table:table-column":
            run = _count(given, "table:number-columns-repeated")
            if given.get("table:visibility") in ("collapse", "filter"):
                self.sheet.columns.update(range(self.column, min(self.column + run, 16384)))
            self.column += run
        elif tag == "table:table":
            self.sheet = self.sheets[given.get("table:name", "")] = _Sheet()
            self.row = self.column = 0

    def _cell(self, given: dict[str, str]) -> None:
        wide = _count(given, "table:number-columns-spanned")
        high = _count(given, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            last = (self.row + high - 1, self.column + wide - 1)
            self.sheet.merged.append(((self.row, self.column), last))
        self.column += _count(given, "table:number-columns-repeated")

    def end(self, tag: str) -> None:
        if tag == "table:table-row":
            self.row += self.row_run


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(name, "1")
    return int(text) if text.isdecimal() else 1
