"""Texts for many cells, read as the values of their fields and compared with what is there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.ui import typed
from brandpool.ui.widgets.record_lines import link_titles


@dataclass(frozen=True, slots=True)
class Cell:
    """A text for one field of one record."""

    record: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell (or, with `row`, one new record) will be, or why it is not written."""

    title: str
    label: str
    old: str
    new: str
    refused: str = ""
    row: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, with the versions it was made on, and all of it in words.

    `added` are the values of new records.
    """

    edits: Mapping[str, Mapping[str, Value]]
    seen: Mapping[str, str]
    entries: Sequence[Entry]
    added: Sequence[Mapping[str, Value]] = ()

    @property
    def refused(self) -> list[Entry]:
        """The cells and rows that are not written."""
        return [entry for entry in self.entries if entry.refused]


def plan(session: Session, model: type[Record], cells: Sequence[Cell], lang: Lang) -> Plan:
    """Read each text as its field's value and compare it with what is there."""
    ids = list(dict.fromkeys(cell.record for cell in cells))
    rows = {row.id: row for row in records.rows(session, model, ids)}
    links = link_titles(session, model, list(rows.values()))
    edits: dict[str, dict[str, Value]] = defaultdict(dict)
    entries: list[Entry] = []
    for cell in cells:
        row = rows.get(cell.record)
        if row is None:
            continue
        field = fields(model)[cell.name]
        title = str(row.values.get(model.title_field) or "")
        old = links.get(cell.name, {}).get(str(row[cell.name]), "") or typed.shown(
            field, row.values, lang
        )
        try:
            value = value_of(session, field, cell.text)
            _check_required(field, value)
        except typed.NotUnderstood as reason:
            entries.append(Entry(title, field.label(lang), old, cell.text, str(reason)))
            continue
        if value != row[cell.name]:
            edits[row.id][cell.name] = value
            entries.append(Entry(title, field.label(lang), old, _new_text(field, value, cell, row)))
    seen = {record: rows[record].ver for record in edits}
    return Plan(dict(edits), seen, entries)


def value_of(session: Session, field: Field, text: str) -> Value:
    """The value that a text means for a field; a link is found by the other record's name.

    Raises NotUnderstood with a sentence for the clerk.
    """
    if field.kind is not Kind.LINK or not text.strip():
        return typed.value_of(field, text)
    model = by_kind()[field.links]
    for name in (model.title_field, *model.official):
        found = records.find(session, model, Query((Filter(name, Op.EQUALS, text.strip()),)))
        if len(found) == 1:
            return found[0]
        if found:
            raise typed.NotUnderstood(_("库中有几条“{text}”，请用编号。").format(text=text.strip()))
    raise typed.NotUnderstood(
        _("库中没有{kind}“{text}”，请先新增。").format(kind=model.label(lang()), text=text.strip())
    )


def _check_required(field: Field, value: Value) -> None:
    if field.required and value in (None, ""):
        raise typed.NotUnderstood(_("“{field}”不能为空。").format(field=field.label(lang())))


def _new_text(field: Field, value: Value, cell: Cell, row: RecordRow) -> str:
    if field.kind is Kind.LINK:
        return cell.text.strip()
    return typed.shown(field, {**row.values, field.name: value}, "zh")
