"""Two states of the pool beside each other: which records came, left or changed in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.models.field import Kind, Value
from brandpool.models.journal import Change
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import as_of
from brandpool.services.answers import Answer

What = Literal["came", "left", "changed"]
Titles = dict[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One field with its value in the earlier and in the later state."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that is not the same in both states; `cells` hold every field that differs."""

    what: What
    record: str
    cells: tuple[CellChange, ...]


def between(session: Session, model: type[Record], first: int, last: int) -> list[Difference]:
    """What is different about a kind after step `last`, compared with after step `first`.

    Records that came and went in between, or that were put back, are in both states the same and
    are left out. With `first` after `last` the comparison runs backwards.
    """
    touched = _touched(session, model, min(first, last), max(first, last))
    before = as_of.rows(session, model, first, touched) if touched else {}
    after = as_of.rows(session, model, last, touched) if touched else {}
    found = [
        _difference(model, record, before.get(record), after.get(record)) for record in touched
    ]
    return [one for one in found if one is not None]


def between_answers(before: Answer, after: Answer) -> list[Difference]:
    """What is different between two answers to one question: who came, who left, what changed.

    A row that is in both is compared column by column; `cells` name the columns.
    """
    old = {row.id: row.values for row in before.rows}
    new = {row.id: row.values for row in after.rows}
    found = []
    for record in dict.fromkeys((*old, *new)):
        values = (old.get(record), new.get(record))
        cells = tuple(
            CellChange(column.name, one, other)
            for column, one, other in zip(
                after.columns, *(v or (None,) * len(after.columns) for v in values), strict=True
            )
            if one != other
        )
        if values[0] is None or values[1] is None:
            found.append(Difference("came" if values[0] is None else "left", record, cells))
        elif cells:
            found.append(Difference("changed", record, cells))
    return found


def linked_titles(
    session: Session, model: type[Record], values: Mapping[str, set[str]], lsn: int
) -> Titles:
    """What the records that a kind's link fields point to were called after step `lsn`.

    `values` are the ids by the name of the link field.
    """
    titles: Titles = {}
    for name, ids in values.items():
        declared = fields(model)[name]
        if declared.kind is Kind.LINK and ids:
            other = by_kind()[declared.links]
            known = as_of.rows(session, other, lsn, list(ids))
            titles |= {record: str(row[other.title_field] or "") for record, row in known.items()}
    return titles


def _touched(session: Session, model: type[Record], first: int, last: int) -> list[str]:
    query = (
        select(Change.record)
        .where(Change.kind == model.kind(), Change.lsn > first, Change.lsn <= last)
        .distinct()
        .order_by(Change.record)
    )
    return list(session.scalars(query))


def _difference(
    model: type[Record],
    record: str,
    old: Mapping[str, Value] | None,
    new: Mapping[str, Value] | None,
) -> Difference | None:
    before, after = old or {}, new or {}
    cells = tuple(
        CellChange(name, before.get(name), after.get(name))
        for name in fields(model)
        if before.get(name) != after.get(name)
    )
    if old is None and new is None:
        return None
    if old is None:
        return Difference("came", record, cells)
    if new is None:
        return Difference("left", record, cells)
    return Difference("changed", record, cells) if cells else None
