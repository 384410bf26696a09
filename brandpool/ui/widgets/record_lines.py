"""Records as lines of a table: display texts made once, on the worker, when the rows are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.exchange.table_out import hidden
from brandpool.i18n import Lang
from brandpool.models.field import Field, Kind, plain
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.ui import typed


@dataclass(frozen=True, slots=True)
class Line:
    """One record with the texts its cells show; `links` are the titles of what it points to."""

    row: RecordRow
    texts: Mapping[str, str]
    links: Mapping[str, str]


def read_lines(
    session: Session, model: type[Record], ids: Sequence[str], lang: Lang
) -> dict[str, Line]:
    """The lines of these records; those that are gone are left out."""
    rows = records.rows(session, model, ids)
    links = link_titles(session, model, rows)
    return {row.id: line_of(model, row, links, lang) for row in rows}


def line_of(
    model: type[Record], row: RecordRow, links: Mapping[str, Mapping[str, str]], lang: Lang
) -> Line:
    """One record's line; `links` maps a link field to the titles of the records it points to."""
    titles = {
        name: known.get(str(row[name]), "")
        for name, known in links.items()
        if row[name] is not None
    }
    texts = {
        name: titles.get(name, "") if field.kind is Kind.LINK else _one_line(field, row, lang)
        for name, field in fields(model).items()
    }
    return Line(row, texts, titles)


def link_titles(
    session: Session, model: type[Record], rows: Sequence[RecordRow]
) -> dict[str, dict[str, str]]:
    """For each link field, what the records it points to are called."""
    found: dict[str, dict[str, str]] = {}
    for name, field in fields(model).items():
        if field.kind is Kind.LINK and field.links in by_kind():
            wanted = {str(row[name]) for row in rows if row[name] is not None}
            found[name] = records.titles(session, by_kind()[field.links], wanted)
    return found


def copied(field: Field, line: Line, lang: Lang) -> str:
    """The cell as it goes to the clipboard: whole words, plain digits."""
    value = line.row[field.name]
    if isinstance(value, Decimal):
        return plain(value).replace(",", "")
    if field.kind is Kind.LINK:
        return line.texts[field.name]
    return field.shown(value, lang)


def outside(field: Field, line: Line, lang: Lang) -> str:
    """The cell as other programs get it: personal data masked (PIPL art. 6, 51)."""
    text = copied(field, line, lang)
    return hidden(field, text) if field.personal and text else text


def _one_line(field: Field, row: RecordRow, lang: Lang) -> str:
    text = typed.shown(field, row.values, lang)
    return " ".join(text.split()) if "\n" in text else text
