"""The container of old Office files (MS-CFB), and what calamine does not tell of an xls in it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from brandpool.exchange.traits import Hidden, SheetTraits

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_FREE, _UNUSED = 0xFFFFFFFC, 0xFFFFFFFF

_BOUNDSHEET, _DATEMODE, _FILEPASS = 0x85, 0x22, 0x2F
_COLINFO, _ROW, _EOF = 0x7D, 0x208, 0x0A


class BrokenError(Exception):
    """The container ends too early or leads in circles."""


@dataclass(slots=True)
class XlsTraits:
    """Of an xls: whether it needs a password, counts days from 1904, and hides what where."""

    protected: bool = False
    from_1904: bool = False
    offsets: list[int] = field(default_factory=list)
    stream: bytes = b""

    def sheet(self, index: int, name: str) -> SheetTraits:  # noqa: ARG002 - xls knows places
        """What the sheet at this place hides."""
        columns: set[int] = set()
        rows: set[int] = set()
        start = self.offsets[index] if index < len(self.offsets) else len(self.stream)
        for kind, body, size in _records(self.stream, start):
            if kind == _COLINFO and size >= 10:
                first, last, _width, _style, flags = struct.unpack_from("<5H", self.stream, body)
                if flags & 1:
                    columns.update(range(first, min(last, 255) + 1))
            elif kind == _ROW and size >= 14 and self.stream[body + 12] & 0x20:
                rows.add(struct.unpack_from("<H", self.stream, body)[0])
        return SheetTraits(Hidden(frozenset(columns), frozenset(rows)))


def xls_traits(data: bytes) -> XlsTraits:
    """Read the globals of an xls file's workbook stream; raises BrokenError if it is cut off."""
    if not data.startswith(MAGIC):
        return XlsTraits()
    found = streams(data)
    entry = next((found[name] for name in ("Workbook", "Book", "WORKBOOK") if name in found), None)
    if entry is None:
        return XlsTraits()
    traits = XlsTraits(stream=_content(data, *entry))
    for kind, body, _size in _records(traits.stream, 0):
        if kind == _BOUNDSHEET:
            traits.offsets.append(struct.unpack_from("<I", traits.stream, body)[0])
        elif kind == _DATEMODE:
            traits.from_1904 = traits.stream[body] == 1
        elif kind == _FILEPASS:
            traits.protected = True
    return traits


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place of the body, size) of each record until the end of this part."""
    place, end = start, len(stream) - 4
    depth = 0
    header = struct.Struct("<HH").unpack_from
    while place <= end:
        kind, size = header(stream, place)
        if kind in (0x809, 0x409, 0x209, 0x009):
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        yield kind, place + 4, size
        place += 4 + size


def streams(data: bytes) -> dict[str, tuple[int, int]]:
    """Names of the streams in the container with first sector and size in bytes."""
    directory = _chain(data, _number(data, 48))
    found = {}
    for place in range(0, len(directory) - 127, 128):
        entry = directory[place : place + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[66] in (2, 5) and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<II", entry, 116)
    return found


def _content(data: bytes, first: int, size: int) -> bytes:
    if size >= _number(data, 56):
        return _chain(data, first)[:size]
    root_first, root_size = streams(data)["Root Entry"]
    container = _chain(data, root_first)[:root_size]
    table = _chain(data, _number(data, 60))
    parts: list[bytes] = []
    while first < _FREE and len(parts) * 64 < size:
        parts.append(container[first * 64 : first * 64 + 64])
        first = _number(table, first * 4)
    return b"".join(parts)[:size]


def _chain(data: bytes, first: int) -> bytes:
    """The sectors of one chain put together."""
    size = _sector_size(data)
    table = _allocation(data)
    parts: list[bytes] = []
    while first < _FREE:
        start = (first + 1) * size
        if start >= len(data) or len(parts) > len(table):
            raise BrokenError
        parts.append(data[start : start + size])
        first = table[first] if first < len(table) else _FREE
    return b"".join(parts)


def _allocation(data: bytes) -> tuple[int, ...]:
    """Which sector follows which."""
    size = _sector_size(data)
    sectors = list(struct.unpack_from("<109I", data, 76)) if len(data) >= 512 else []
    following, count = _number(data, 68), _number(data, 72)
    while count and following < _FREE:
        start = (following + 1) * size
        if start + size > len(data):
            raise BrokenError
        entries = struct.unpack_from(f"<{size // 4}I", data, start)
        sectors += entries[:-1]
        following, count = entries[-1], count - 1
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            start = (sector + 1) * size
            if start + size > len(data):
                raise BrokenError
            table += struct.unpack_from(f"<{size // 4}I", data, start)
    used = next((n for n in range(len(table) - 1, -1, -1) if table[n] != _UNUSED), -1)
    if (used + 1) * size >= len(data):
        raise BrokenError
    return tuple(table)


def _sector_size(data: bytes) -> int:
    if len(data) < 512:
        raise BrokenError
    power: int = struct.unpack_from("<H", data, 30)[0]
    if power not in (9, 12):
        raise BrokenError
    return 1 << power


def _number(data: bytes, place: int) -> int:
    if place + 4 > len(data):
        raise BrokenError
    number: int = struct.unpack_from("<I", data, place)[0]
    return number
