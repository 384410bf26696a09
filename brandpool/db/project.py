"""Live rows as the journal makes them: fold the changes of a record and write the result."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update
from sqlalchemy.orm import Session

from brandpool.models.field import decode
from brandpool.models.fold import Dispute, Folded, Step, fold
from brandpool.models.journal import Change, Flag, Txn, canonical, heads
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields, official_number

_patches = msgspec.json.Decoder(dict[str, list[Any]])
_BATCH = 500
_JOURNALED = {"journaled": True}


def steps(
    session: Session, kind: str, records: Sequence[str], until: int | None = None
) -> dict[str, list[Step]]:
    """The changes of some records, oldest arrival first; only up to `until` (an lsn) if given."""
    found: dict[str, list[Step]] = {record: [] for record in records}
    for start in range(0, len(records), _BATCH):
        query = (
            select(Change.record, Txn.id, Txn.at, Change.op, Change.patch, Change.parents)
            .join(Txn, Txn.lsn == Change.lsn)
            .where(Change.record.in_(records[start : start + _BATCH]), Change.kind == kind)
            .order_by(Change.lsn)
        )
        if until is not None:
            query = query.where(Change.lsn <= until)
        for record, txn, at, op, patch, parents in session.execute(query):
            found[record].append(Step(txn, at, op, patch_of(patch), heads(parents)))
    return found


def patch_of(text: str) -> dict[str, list[Any]]:
    """A change's patch as the journal wrote it."""
    return _patches.decode(text)


def decoded(model: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """Folded values as Python values; a field that the program no longer has is left out."""
    return {name: decode(declared, values.get(name)) for name, declared in fields(model).items()}


def refold(session: Session, touched: Iterable[tuple[str, str]]) -> None:
    """Make the live rows and flags of these records equal to their fold."""
    by_model: dict[str, list[str]] = defaultdict(list)
    for kind, record in touched:
        by_model[kind].append(record)
    for kind, records in by_model.items():
        model = by_kind()[kind]
        for record, line in steps(session, kind, records).items():
            write_folded(session, model, record, fold(line))


def write_folded(session: Session, model: type[Record], record: str, folded: Folded) -> None:
    """Write one record's live row and flags."""
    table = model.__table__
    values = decoded(model, folded.values)
    row = {**values, **model.derived(values), "ver": folded.ver}
    exists = session.scalar(select(table.c.id).where(table.c.id == record)) is not None
    if not folded.alive:
        statement: Any = sql_delete(table).where(table.c.id == record)
    elif exists:
        statement = sql_update(table).where(table.c.id == record).values(row)
    else:
        statement = sql_insert(table).values(id=record, dup_of=None, **row)
    session.execute(statement, execution_options=_JOURNALED)
    write_flags(session, model.kind(), record, folded.disputes)


def write_flags(session: Session, kind: str, record: str, disputes: Sequence[Dispute]) -> None:
    """Replace what is still to settle about one record (its number apart)."""
    session.execute(
        sql_delete(Flag).where(
            Flag.kind == kind, Flag.record == record, Flag.what.in_(("value", "deletion"))
        )
    )
    for dispute in disputes:
        session.add(
            Flag(
                kind=kind,
                record=record,
                what=dispute.what,
                field=dispute.field,
                txn=dispute.txn,
                value=canonical(dispute.value),
            )
        )
    session.flush()


def settle_numbers(session: Session, touched: Collection[tuple[type[Record], str]]) -> None:
    """Where two live records bear the same official number, the lower id keeps it.

    The others point to it in `dup_of` and are flagged; when the numbers no longer clash both go.
    """
    records: dict[type[Record], list[str]] = defaultdict(list)
    for model, record in touched:
        if model.official:
            records[model].append(record)
    for model, ids in records.items():
        _settle_kind(session, model, ids)


def _settle_kind(session: Session, model: type[Record], ids: Sequence[str]) -> None:
    table = model.__table__
    first = table.c[model.official[0]]
    if len(ids) > _BATCH:
        _release(session, model, table.c.dup_of.is_not(None))
        session.execute(sql_delete(Flag).where(Flag.kind == model.kind(), Flag.what == "number"))
        shared = select(first).group_by(first).having(func.count() > 1)
        _mark_duplicates(session, model, first.in_(shared))
        return
    here = table.c.id.in_(ids) | table.c.dup_of.in_(ids)
    numbers = session.scalars(select(first).where(here)).all()
    _release(session, model, table.c.dup_of.is_not(None) & here)
    session.execute(
        sql_delete(Flag).where(
            Flag.kind == model.kind(), Flag.what == "number", Flag.record.in_(ids)
        )
    )
    _mark_duplicates(session, model, first.in_(numbers))


def _release(session: Session, model: type[Record], where: Any) -> None:
    """Forget earlier clashes before looking again."""
    for record in session.scalars(select(model.__table__.c.id).where(where)).all():
        _point(session, model, record, None)


def _mark_duplicates(session: Session, model: type[Record], where: Any) -> None:
    table = model.__table__
    columns = [table.c[name] for name in model.official]
    owners: dict[str, list[str]] = defaultdict(list)
    current: dict[str, str | None] = {}
    query = select(table.c.id, table.c.dup_of, *columns).where(where).order_by(table.c.id)
    for record, dup_of, *parts in session.execute(query):
        number = official_number(model, dict(zip(model.official, parts, strict=True)))
        if number is not None:
            owners[number].append(record)
            current[record] = dup_of
    for owner, *others in owners.values():
        for record in (owner, *others):
            target = None if record == owner else owner
            if current[record] != target:
                _point(session, model, record, target)


def _point(session: Session, model: type[Record], record: str, owner: str | None) -> None:
    table = model.__table__
    session.execute(
        sql_update(table).where(table.c.id == record).values(dup_of=owner),
        execution_options=_JOURNALED,
    )
    session.execute(
        sql_delete(Flag).where(
            and_(Flag.kind == model.kind(), Flag.record == record, Flag.what == "number")
        )
    )
    if owner is not None:
        session.add(
            Flag(
                kind=model.kind(),
                record=record,
                what="number",
                field=model.official[0],
                txn="",
                value=canonical(owner),
            )
        )
        session.flush()
