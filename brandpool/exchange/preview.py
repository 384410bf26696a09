"""What the clerk sees before anything is taken: format, encoding, sheets, heading, first rows."""

from dataclasses import dataclass

from brandpool.exchange.cell_words import as_text
from brandpool.exchange.table import Table
from brandpool.exchange.workbook import Book


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was understood.

    `sheets` are (name, hidden) in the file's order; `header_rows` and the numbers in `rows` count
    from 1; `rows` holds the first lines of the sheet, as text; `said` is everything to announce.
    """

    file: str
    format: str
    encoding: str
    separator: str
    sheets: tuple[tuple[str, bool], ...]
    sheet: str
    header_rows: tuple[int, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    records: int
    skipped: tuple[tuple[int, str, str], ...]
    said: tuple[str, ...]


def preview(book: Book, table: Table, most: int = 20) -> Preview:
    """The first `most` lines of the table's sheet with everything the clerk must know."""
    lines = tuple(
        (number, tuple(as_text(cell).strip() for cell in row))
        for number, row in enumerate(table.sheet.rows[:most], start=1)
    )
    return Preview(
        file=book.name,
        format=book.file_type.value,
        encoding=book.encoding,
        separator=book.separator,
        sheets=tuple((sheet.name, sheet.hidden) for sheet in book.sheets),
        sheet=table.sheet.name,
        header_rows=table.header_rows,
        headings=tuple(heading.text for heading in table.headings),
        rows=lines,
        records=len(table.rows),
        skipped=tuple((left.number, left.reason, left.text) for left in table.skipped),
        said=(*book.announcements, *table.sheet.notes, *table.notes),
    )
