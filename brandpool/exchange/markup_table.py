"""Tables inside web pages and Excel-2003 XML, which systems like to call “.xls”."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from brandpool.exchange.traits import Range

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_COLUMNS = 2000


@dataclass(slots=True)
class MarkupSheet:
    """One table: its name, its cells, and the ranges that were merged."""

    name: str
    rows: list[list[object]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)


def html_tables(text: str) -> list[MarkupSheet]:
    """Every outermost table of a web page that holds text."""
    reader = _Page()
    reader.feed(text)
    reader.close()
    reader.finish_cell()
    return [table for table in reader.tables if any(any(row) for row in table.rows)]


class _Page(HTMLParser):
    """Collects cells; tables inside a cell add their text to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[MarkupSheet] = []
        self.depth = 0
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.ignored = 0
        self.covered: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(MarkupSheet(f"表{len(self.tables) + 1}"))
                self.covered = {}
        elif tag in ("script", "style"):
            self.ignored += 1
        elif tag == "tr" and self.depth <= 1:
            self._open_row()
        elif tag in ("td", "th") and self.depth <= 1:
            self.finish_cell()
            given = dict(attrs)
            self.text = []
            self.span = (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr") and self.depth <= 1:
            self.finish_cell()
        elif tag in ("script", "style"):
            self.ignored = max(self.ignored - 1, 0)
        elif tag == "table":
            if self.depth == 1:
                self.finish_cell()
            self.depth = max(self.depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.ignored:
            self.text.append(data)

    def _open_row(self) -> None:
        self.finish_cell()
        if not self.tables:
            self.tables.append(MarkupSheet("表1"))
        self.tables[-1].rows.append([])
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}

    def finish_cell(self) -> None:
        """Put the cell that was being read into its row, after what spans into it from above."""
        if self.text is None:
            return
        text, self.text = "".join(self.text).strip(), None
        if not self.tables or not self.tables[-1].rows:
            self._open_row()
        table = self.tables[-1]
        row = table.rows[-1]
        while self.covered.get(len(row), 0) > 0 and len(row) < _MOST_COLUMNS:
            row.append("")
        high, wide = self.span
        at = (len(table.rows) - 1, len(row))
        row.extend([text] + [""] * (wide - 1))
        if high > 1:
            self.covered |= {at[1] + step: high for step in range(wide)}
        if high > 1 or wide > 1:
            table.merged.append((at, (at[0] + high - 1, at[1] + wide - 1)))


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 500) if text and text.strip().isdecimal() else 1


def spreadsheet_xml(data: bytes) -> list[MarkupSheet]:
    """The sheets of an Excel-2003 XML file; raises xml ParseError when it is cut off."""
    root = ET.fromstring(data)  # noqa: S314 - expat refuses entity bombs since 2.4
    sheets: list[MarkupSheet] = []
    for node in root.iter(f"{_SPACE}Worksheet"):
        sheet = MarkupSheet(node.get(f"{_SPACE}Name", f"表{len(sheets) + 1}"))
        for row in node.iter(f"{_SPACE}Row"):
            _xml_row(sheet, row)
        sheets.append(sheet)
    return sheets


def _xml_row(sheet: MarkupSheet, node: ET.Element) -> None:
    number = int(node.get(f"{_SPACE}Index", str(len(sheet.rows) + 1)))
    while len(sheet.rows) < min(number, 1 << 20) - 1:
        sheet.rows.append([])
    cells: list[object] = []
    for cell in node.iter(f"{_SPACE}Cell"):
        place = int(cell.get(f"{_SPACE}Index", str(len(cells) + 1))) - 1
        cells.extend([""] * (min(place, _MOST_COLUMNS) - len(cells)))
        wide = int(cell.get(f"{_SPACE}MergeAcross", "0"))
        high = int(cell.get(f"{_SPACE}MergeDown", "0"))
        at = (len(sheet.rows), len(cells))
        if wide or high:
            sheet.merged.append((at, (at[0] + high, at[1] + wide)))
        cells.append(_xml_value(cell.find(f"{_SPACE}Data")))
        cells.extend([""] * min(wide, _MOST_COLUMNS))
    sheet.rows.append(cells)


def _xml_value(node: ET.Element | None) -> object:
    if node is None:
        return ""
    text = "".join(node.itertext())
    if node.get(f"{_SPACE}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text
