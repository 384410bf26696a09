"""Bring the English catalogue up to date with the program's texts and compile it.

    .venv/bin/python tools/catalogue.py

New texts come in empty, texts that are gone go out; those without a translation are listed and
the exit code is 1.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources" / "i18n" / "en" / "LC_MESSAGES" / "brandpool.po"
MO = PO.with_suffix(".mo")
SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in the compiled file, so that only texts make a difference."""


def texts() -> dict[str, list[tuple[str, int]]]:
    """Every text of the program that stands in `_("…")` or `said("…")`, with where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    for file in sorted((ROOT / "brandpool").rglob("*.py")):
        for text, line in _marked(file):
            found.setdefault(text, []).append((file.relative_to(ROOT).as_posix(), line))
    return found


def _marked(file: Path) -> Iterator[tuple[str, int]]:
    """The marked texts of one file, those inside f-strings too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="_" | "said"), args=[ast.Constant(value=str(text)), *_]):
                if text:
                    yield text, node.lineno


def known() -> Catalog:
    """The catalogue as it stands."""
    if not PO.is_file():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def current() -> Catalog:
    """The catalogue with exactly the program's texts, translated as far as it was."""
    old = known()
    new = Catalog(
        locale="en", fuzzy=False, project="BrandPool", charset="utf-8", creation_date=SAME_DAY
    )
    for text in sorted(texts()):
        entry = old.get(text)
        new.add(text, string=entry.string if entry and not entry.fuzzy else "")
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a file: no dates and places, so that only texts make a difference."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=True, no_location=True)
    head = (
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: en\\n"\n\n'
    )
    return head + buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Language", "en"),
    ]
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no English yet."""
    return [str(entry.id) for entry in catalogue if entry.id and not entry.string]


def main() -> int:
    """Write both files; returns 1 while a translation is missing."""
    catalogue = current()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalogue))
    MO.write_bytes(as_mo(catalogue))
    missing = untranslated(catalogue)
    for text in missing:
        sys.stdout.write(f"{text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
