"""Preparation files with all that was gathered for them, read in few queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.document import Document
from brandpool.models.record import Record
from brandpool.models.well_known import EvidenceFigure, EvidenceItem, WellKnownFile
from brandpool.services.placings import narrowed


class FileRow(NamedTuple):
    """One preparation file as it stands."""

    id: str
    enterprise_id: str | None
    mark: str | None
    trademark_id: str | None
    goods: str | None
    route: str | None
    planned_anchor: date | None
    first_used: date | None
    opponent: str | None
    due_on: date | None
    readiness: str | None
    assessed_on: date | None
    earliest: date | None


class Item(NamedTuple):
    """One paper; `content_hash` and `file_name` are those of its attachment."""

    id: str
    factor: str | None
    year: int | None
    title: str | None
    issuer: str | None
    dated: date | None
    document_no: str | None
    pages: int | None
    seen_by: str | None
    seen_on: date | None
    medium: str | None
    region: str | None
    amount: Decimal | None
    document_id: str | None
    content_hash: str | None = None
    file_name: str | None = None

    @property
    def shows(self) -> int | None:
        """The year it speaks for: as recorded, otherwise that of its date."""
        return self.year or (self.dated.year if self.dated else None)


class Figure(NamedTuple):
    """One yearly figure; `evidence_id` is the paper behind it."""

    id: str
    year: int | None
    measure: str | None
    value: Decimal | None
    unit: str | None
    region: str | None
    source: str | None
    evidence_id: str | None


class Gathered(NamedTuple):
    """One file with its papers in the order of factor, year and date, and its figures."""

    file: FileRow
    items: Sequence[Item]
    figures: Sequence[Figure]

    def item(self, record: str | None) -> Item | None:
        """One of the papers."""
        return next((one for one in self.items if one.id == record), None)


def gather(session: Session, files: Sequence[str] | None = None) -> list[Gathered]:
    """These files (None: all), duplicates to settle left out."""
    table = _table(WellKnownFile)
    query = select(*(table.c[name] for name in FileRow._fields)).where(table.c.dup_of.is_(None))
    rows = [
        FileRow._make(row)
        for part in narrowed(query.order_by(table.c.mark, table.c.id), table.c.id, files)
        for row in session.execute(part)
    ]
    wanted = None if files is None else set(files)
    rows = [row for row in rows if wanted is None or row.id in wanted]
    items = _items(session, files)
    figures = _figures(session, files)
    return [Gathered(row, items.get(row.id, ()), figures.get(row.id, ())) for row in rows]


def elsewhere(session: Session, one: Gathered) -> Mapping[str, str]:
    """Papers of this file that also serve another mark: {paper: the other mark}."""
    mine = {item.content_hash: item for item in one.items if item.content_hash}
    if not mine:
        return {}
    items, files, documents = _table(EvidenceItem), _table(WellKnownFile), _table(Document)
    query = (
        select(documents.c.content_hash, files.c.mark, files.c.trademark_id)
        .select_from(items)
        .join(files, files.c.id == items.c.file_id)
        .join(documents, documents.c.id == items.c.document_id)
        .where(files.c.id != one.file.id, items.c.dup_of.is_(None), files.c.dup_of.is_(None))
        .where(documents.c.content_hash.in_(sorted(mine)))
        .order_by(files.c.mark)
    )
    return {
        mine[digest].id: mark or ""
        for digest, mark, trademark in session.execute(query)
        if (trademark or mark) != (one.file.trademark_id or one.file.mark) and mark != one.file.mark
    }


def _items(session: Session, files: Sequence[str] | None) -> Mapping[str, list[Item]]:
    table, documents = _table(EvidenceItem), _table(Document)
    names = Item._fields[:-2]
    query = (
        select(
            table.c.file_id, *(table.c[name] for name in names),
            documents.c.content_hash, documents.c.file_name,
        )
        .select_from(table.outerjoin(documents, documents.c.id == table.c.document_id))
        .where(table.c.dup_of.is_(None))
        .order_by(table.c.factor, table.c.year, table.c.dated, table.c.id)
    )  # fmt: skip
    found: dict[str, list[Item]] = defaultdict(list)
    for part in narrowed(query, table.c.file_id, files):
        for file, *values in session.execute(part):
            found[file].append(Item._make(values))
    return found


def _figures(session: Session, files: Sequence[str] | None) -> Mapping[str, list[Figure]]:
    table = _table(EvidenceFigure)
    query = (
        select(table.c.file_id, *(table.c[name] for name in Figure._fields))
        .where(table.c.dup_of.is_(None))
        .order_by(table.c.year, table.c.measure, table.c.id)
    )
    found: dict[str, list[Figure]] = defaultdict(list)
    for part in narrowed(query, table.c.file_id, files):
        for file, *values in session.execute(part):
            found[file].append(Figure._make(values))
    return found


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
