"""Text that can be found and copied in a PDF that Qt has written.

A font draws 示 (U+793A) and the radical ⽰ (U+2F70) with one glyph, and Qt notes the first of the
two; a search for 公示 would find nothing.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QRawFont

from brandpool.paths import resources
from brandpool.reports.figure import FONT_FILE

_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> (?:<(\w{4})>|\[([^\]]*)\])")
_CODE = re.compile(rb"<(\w{4})>")
_AT_ONCE = 100
_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def mend(path: Path) -> None:
    """Let the fonts of a PDF name the usual characters instead of radicals that look the same."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    reader = PdfReader(path)
    writer = PdfWriter(clone_from=reader)
    objects: list[Any] = list(writer._objects)
    for kept in objects:
        if isinstance(kept, dict) and kept.get("/Type") == "/Font" and "/ToUnicode" in kept:
            old = kept["/ToUnicode"].get_object()
            new = StreamObject()
            new.set_data(_written(_read(old.get_data())).encode())
            reference = writer._add_object(new.flate_encode())
            kept[NameObject("/ToUnicode")] = reference
    writer.write(path)


def _read(cmap: bytes) -> dict[int, int]:
    """Which character each glyph stands for."""
    found: dict[int, int] = {}
    for first, last, start, listed in _RANGE.findall(cmap.partition(b"beginbfrange")[2]):
        glyphs = range(int(first, 16), int(last, 16) + 1)
        if start:
            found |= {glyph: int(start, 16) + step for step, glyph in enumerate(glyphs)}
        else:
            codes = [int(code, 16) for code in _CODE.findall(listed)]
            found |= dict(zip(glyphs, codes, strict=False))
    return {glyph: code for glyph, code in found.items() if code}


def _written(known: dict[int, int]) -> str:
    """The map as a PDF keeps it, one line for each glyph."""
    usual = _look_alikes()
    lines = [
        f"<{glyph:04X}> <{usual.get(code, code):04X}>" for glyph, code in sorted(known.items())
    ]
    parts = [lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE)]
    blocks = (f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts)
    return _HEAD + "".join(blocks) + _TAIL


@cache
def _look_alikes() -> dict[int, int]:
    """For each radical and compatibility ideograph the usual one that the same glyph draws."""
    font = QRawFont(str(resources() / "fonts" / FONT_FILE), 12.0)
    usual = _glyphs(font, range(0x4E00, 0xA000))
    by_glyph = {glyph: code for code, glyph in usual.items()}
    rare = _glyphs(font, (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)))
    return {code: by_glyph[glyph] for code, glyph in rare.items() if glyph in by_glyph}


def _glyphs(font: QRawFont, codes: Iterable[int]) -> dict[int, int]:
    wanted = list(codes)
    found = font.glyphIndexesForString("".join(map(chr, wanted)))
    return {code: glyph for code, glyph in zip(wanted, found, strict=True) if glyph}
