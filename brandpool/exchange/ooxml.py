"""What calamine does not tell of xlsx and xlsb: what is hidden, the epoch, percent cells."""

import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from brandpool.exchange.traits import Hidden, SheetTraits

_CHUNK = 1 << 20
_TRUE = (b"1", b"true")
_ROW = re.compile(rb"<(?:\w+:)?row ([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col ([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c ([^>]*)>(?=<(?:\w+:)?v)")
_FAR_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*[^/]>(?!</)')
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_PERCENT_FORMATS = {9, 10}
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="A?[A-Z]*\d+:([A-Z]+)(\d+)"')
_WIDE = 8_000_000


@dataclass(slots=True)
class ZippedTraits:
    """Of a whole xlsx or xlsb: whether days count from 1904, and where each sheet's part lies."""

    data: bytes
    from_1904: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    percent_styles: frozenset[int] = frozenset()
    binary: bool = False

    def sheet(self, index: int, name: str) -> SheetTraits:  # noqa: ARG002 - parts are named
        """The traits of the sheet of this name, by one pass over its part."""
        part = self.parts.get(name)
        if part is None:
            return SheetTraits()
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive, archive.open(part) as stream:
            if self.binary:
                return SheetTraits(Hidden(_binary_columns(stream.read(_CHUNK))))
            return _scan(_tagged_chunks(stream), self.percent_styles)


def xlsx_traits(data: bytes) -> ZippedTraits:
    """Read the parts of an xlsx that say where the sheets are and how days are counted."""
    traits = ZippedTraits(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name.lstrip("/").lower(): name for name in archive.namelist()}
        book = ET.fromstring(archive.read(members["xl/workbook.xml"]))  # noqa: S314
        targets = _targets(archive, members.get("xl/_rels/workbook.xml.rels"))
        for node in book.iter():
            tag = node.tag.rpartition("}")[2]
            if tag == "workbookPr":
                traits.from_1904 = node.get("date1904", "0") in ("1", "true")
            elif tag == "sheet":
                link = next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
                part = members.get(targets.get(link, "").lower())
                if part:
                    traits.parts[node.get("name", "")] = part
        styles = members.get("xl/styles.xml")
        if styles:
            traits.percent_styles = _percent_styles(archive.read(styles))
    return traits


def xlsb_traits(data: bytes, names: list[str]) -> ZippedTraits:
    """The same of an xlsb, whose sheet names calamine has read in order."""
    traits = ZippedTraits(data, binary=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = _targets(archive, "xl/_rels/workbook.bin.rels")
        order = []
        for kind, body in _binary_records(archive.read("xl/workbook.bin")):
            if kind == 153 and body:
                traits.from_1904 = bool(body[0] & 1)
            elif kind == 156:
                length = struct.unpack_from("<I", body, 8)[0]
                order.append(targets.get(body[12 : 12 + 2 * length].decode("utf-16-le"), ""))
        present = set(archive.namelist())
        traits.parts = {n: p for n, p in zip(names, order, strict=False) if p in present}
    return traits


def _targets(archive: zipfile.ZipFile, part: str | None) -> dict[str, str]:
    if part is None or part not in archive.namelist():
        return {}
    found = {}
    for node in ET.fromstring(archive.read(part)):  # noqa: S314
        target = node.get("Target", "")
        found[node.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return found


def _percent_styles(data: bytes) -> frozenset[int]:
    root = ET.fromstring(data)  # noqa: S314
    space = root.tag.rpartition("}")[0] + "}" if root.tag.startswith("{") else ""
    formats = {
        int(node.get("numFmtId", "0"))
        for node in root.iter(f"{space}numFmt")
        if "%" in node.get("formatCode", "")
    } | _PERCENT_FORMATS
    styles = root.find(f"{space}cellXfs")
    if styles is None:
        return frozenset()
    return frozenset(
        index for index, node in enumerate(styles) if int(node.get("numFmtId", "0")) in formats
    )


def _tagged_chunks(stream: object) -> Iterator[bytes]:
    """The part in pieces that end between two tags."""
    rest = b""
    read = stream.read  # type: ignore[attr-defined]
    while piece := read(_CHUNK):
        piece = rest + piece
        cut = piece.rfind(b"<")
        cut = max(cut, 0)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def _scan(chunks: Iterator[bytes], percent_styles: frozenset[int]) -> SheetTraits:
    traits = SheetTraits()
    columns: set[int] = set()
    rows: set[int] = set()
    stretched = False
    for place, chunk in enumerate(chunks):
        if place == 0:
            columns = _hidden_columns(chunk)
            traits.percent = _percent_columns(chunk, percent_styles)
            stretched = _stated_area(chunk) > _WIDE
        if b"hidden=" in chunk:
            rows.update(_hidden_rows(chunk))
        if stretched:
            _stretch(traits, chunk)
    traits.hidden = Hidden(frozenset(columns), frozenset(rows))
    return traits


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(text))


def _hidden_columns(head: bytes) -> set[int]:
    found: set[int] = set()
    for match in _COL.finditer(head):
        given = _attributes(match[1])
        if given.get(b"hidden") in _TRUE:
            first, last = int(given.get(b"min", b"1")), int(given.get(b"max", b"1"))
            found.update(range(first - 1, min(last, 16384)))
    return found


def _hidden_rows(chunk: bytes) -> Iterator[int]:
    for match in _ROW.finditer(chunk):
        if b"hidden=" in match[1]:
            given = _attributes(match[1])
            if given.get(b"hidden") in _TRUE and b"r" in given:
                yield int(given[b"r"]) - 1


def _percent_columns(head: bytes, styles: frozenset[int]) -> frozenset[int]:
    """Columns most of whose numbers, in the first rows, are written as percent."""
    if not styles:
        return frozenset()
    numbers: Counter[int] = Counter()
    percents: Counter[int] = Counter()
    for match in _CELL.finditer(head):
        given = _attributes(match[1])
        if given.get(b"t", b"n") == b"n" and b"r" in given:
            column = column_index(given[b"r"].rstrip(b"0123456789").decode("ascii"))
            numbers[column] += 1
            percents[column] += int(given.get(b"s", b"0")) in styles
    return frozenset(column for column, count in percents.items() if count * 2 > numbers[column])


def _stated_area(head: bytes) -> int:
    """Cells of the sheet by its own word; a sheet that does not say it is measured."""
    match = _DIMENSION.search(head)
    if match is None:
        return _WIDE + 1
    return (column_index(match[1].decode("ascii")) + 1) * int(match[2])


def _stretch(traits: SheetTraits, chunk: bytes) -> None:
    for letters, number in _FAR_CELL.findall(chunk):
        traits.last_row = max(traits.last_row, int(number))
        traits.last_column = max(traits.last_column, column_index(letters.decode("ascii")) + 1)


def column_index(letters: str) -> int:
    """Place of a column from 0: A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Letters of a column counted from 0, as the clerk sees them above the sheet."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each record of an xlsb part (MS-XLSB 2.1.4)."""
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind & 0x80 and place < end:
            kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        while place < end:
            byte = data[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, data[place : place + size]
        place += size


def _binary_columns(head: bytes) -> frozenset[int]:
    found: set[int] = set()
    for kind, body in _binary_records(head):
        if kind == 60 and len(body) >= 18:
            first, last = struct.unpack_from("<II", body)
            if body[16] & 1:
                found.update(range(first, min(last, 16383) + 1))
        elif kind == 145:
            break
    return frozenset(found)
