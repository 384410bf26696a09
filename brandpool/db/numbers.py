"""Who keeps an official number that several records bear.

A number is the same when every part of it is written the same; the record with the lowest id keeps
it, whatever arrived first, so that every copy of the pool says the same.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete as sql_delete
from sqlalchemy import func, select
from sqlalchemy import update as sql_update
from sqlalchemy.orm import Session

from brandpool.db.bulk import in_batches
from brandpool.models.journal import Flag, canonical
from brandpool.models.record import Record, official_number

_MANY = 500
_JOURNALED = {"journaled": True}
Pointing = dict[str, str | None]


def settle_numbers(session: Session, touched: Collection[tuple[type[Record], str]]) -> None:
    """Let the records that bear the number of another point to it in `dup_of`, flagged.

    Looks at what `touched` names and at what clashes or clashed with it; where the numbers no
    longer clash, both the pointer and the flag go.
    """
    records: dict[type[Record], list[str]] = defaultdict(list)
    for model, record in touched:
        if model.official:
            records[model].append(record)
    for model, ids in records.items():
        _settle_kind(session, model, ids)


def clashes(session: Session, model: type[Record], where: Any = True) -> Pointing:
    """Among these live rows of a kind, whom each points to (None: keeps its number, or has none).

    Without `where`, all of them.
    """
    return {record: owner for record, (_, owner) in _looked_at(session, model, where).items()}


def _settle_kind(session: Session, model: type[Record], ids: Sequence[str]) -> None:
    table = model.__table__
    first = table.c[model.official[0]]
    before = _pointing(session, model)
    if len(ids) > _MANY:
        shared = select(first).where(first.is_not(None)).group_by(first).having(func.count() > 1)
        where = first.in_(shared)
    else:
        touched = set(ids)
        before = {r: o for r, o in before.items() if r in touched or o in touched}
        here = table.c.id.in_(touched.union(before))
        numbers = session.scalars(select(first).where(here, first.is_not(None)).distinct()).all()
        where = first.in_(numbers)
    looked_at = _looked_at(session, model, where)
    now = {record: owner for record, (_, owner) in looked_at.items()}
    wrong = {record for record, owner in before.items() if owner != now.get(record)}
    wrong |= {record for record, (dup_of, owner) in looked_at.items() if dup_of != owner}
    _point(session, model, {record: now.get(record) for record in sorted(wrong)})


def _pointing(session: Session, model: type[Record]) -> Pointing:
    """The records of a kind whose number another record keeps, and which one that is."""
    query = select(Flag.record, Flag.value).where(Flag.kind == model.kind(), Flag.what == "number")
    return {record: msgspec.json.decode(owner) for record, owner in session.execute(query)}


def _looked_at(
    session: Session, model: type[Record], where: Any
) -> dict[str, tuple[str | None, str | None]]:
    """For these live rows: whom it points to, and whom it should point to."""
    table = model.__table__
    columns = [table.c[name] for name in model.official]
    owners: dict[tuple[Any, ...], str] = {}
    found: dict[str, tuple[str | None, str | None]] = {}
    query = select(table.c.id, table.c.dup_of, *columns).where(where).order_by(table.c.id)
    for record, dup_of, *parts in session.execute(query):
        number = official_number(model, dict(zip(model.official, parts, strict=True)))
        owner = owners.setdefault(tuple(parts), record) if number is not None else record
        found[record] = dup_of, None if owner == record else owner
    return found


def _point(session: Session, model: type[Record], moved: Pointing) -> None:
    """Write pointers and flags; of a record that is gone only the flag goes."""
    table = model.__table__
    for batch in in_batches(list(moved)):
        number_flag = (Flag.kind == model.kind(), Flag.what == "number")
        session.execute(sql_delete(Flag).where(*number_flag, Flag.record.in_(batch)))
    for record, owner in moved.items():
        session.execute(
            sql_update(table).where(table.c.id == record).values(dup_of=owner),
            execution_options=_JOURNALED,
        )
        if owner is not None:
            session.add(flag(model, record, owner))
    session.flush()


def flag(model: type[Record], record: str, owner: str) -> Flag:
    """What is to settle about a record whose number belongs to another."""
    return Flag(
        kind=model.kind(),
        record=record,
        what="number",
        field=model.official[0],
        txn="",
        value=canonical(owner),
    )
