"""The end of a writing transaction: its drafts become one `txn` of the journal."""

import time
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy import update as sql_update
from sqlalchemy.orm import Session

from brandpool.db import bulk, numbers
from brandpool.db.journal import Action, Draft, drafts
from brandpool.db.refold import refold
from brandpool.models.journal import (
    Arrival,
    Change,
    ChangeRow,
    Flag,
    PoolFact,
    Txn,
    TxnRow,
    canonical,
    txn_id,
)
from brandpool.models.record import Record

_MANY = 1000


@bulk.without_collection()
def append(session: Session, action: Action, schema: int) -> Txn | None:
    """Write the drafts as one transaction of the journal; called by the pool as it commits.

    What a merge brought belongs to it. Returns None, and writes nothing, when nothing changed; an
    undo is noted even then, so that it is not offered again.
    """
    noted = [draft for draft in drafts(session).values() if draft.op != "-"]
    arrived: list[int] = session.info.pop("arrived", [])
    if not noted and not arrived and action.undoes is None:
        return None
    rows = [
        ChangeRow(d.model.kind(), d.record, d.op, canonical(d.patch()), d.parents) for d in noted
    ]
    txn = _next_txn(session, action, schema, rows)
    session.add(txn)
    session.flush()
    write_changes(session, [(txn.lsn, n, row) for n, row in enumerate(rows)])
    _note_arrivals(session, txn.lsn, arrived)
    _stamp(session, noted, txn.id)
    again = session.info.pop("refold", set())
    again |= {(d.model.kind(), d.record) for d in noted if d.concurrent or d.reopened}
    again |= _flagged(session).intersection(drafts(session))
    looked_at = refold(session, again)
    numbers.settle_numbers(session, looked_at.union((d.model, d.record) for d in noted))
    return txn


def now() -> int:
    """The clock of this machine, in microseconds since 1970 (UTC)."""
    return time.time_ns() // 1000


def write_changes(session: Session, rows: Sequence[tuple[int, int, ChangeRow]]) -> None:
    """Add changes of transactions that are in this pool: (lsn, place in it, change)."""
    changes = Change.__table__
    assert isinstance(changes, Table)
    if rows:
        columns = list(zip(*[(lsn, n, *row) for lsn, n, row in rows], strict=True))
        bulk.insert(session, changes, ("lsn", "n", *ChangeRow._fields), columns)


def _next_txn(session: Session, action: Action, schema: int, rows: Sequence[ChangeRow]) -> Txn:
    site = session.scalars(select(PoolFact.value).where(PoolFact.name == "site")).one()
    last = session.scalars(
        select(Txn).where(Txn.site == site).order_by(Txn.seq.desc()).limit(1)
    ).one_or_none()
    told = now()
    header = TxnRow(
        site=site,
        seq=last.seq + 1 if last else 1,
        prev=last.id if last else None,
        at=max(told, last.at + 1) if last else told,
        who=action.who,
        why=action.why,
        source=action.source,
        schema=schema,
        undoes=action.undoes,
    )
    lsn = (session.scalar(select(func.max(Txn.lsn))) or 0) + 1
    return Txn(
        lsn=lsn,
        id=txn_id(header, rows),
        arrived=told,
        **{name: getattr(header, name) for name in TxnRow.__slots__},
    )


def _note_arrivals(session: Session, step: int, arrived: Sequence[int]) -> None:
    """Remember which transactions came with this step."""
    if arrived:
        table = Arrival.__table__
        assert isinstance(table, Table)
        statement = sql_update(table).where(table.c.lsn == bindparam("_lsn")).values(step=step)
        session.connection().execute(statement, [{"_lsn": lsn} for lsn in arrived])


def _flagged(session: Session) -> set[tuple[str, str]]:
    """The records about which something is still to settle: their next change may settle it."""
    query = select(Flag.kind, Flag.record).where(Flag.what != "number")
    return {(kind, record) for kind, record in session.execute(query)}


def _stamp(session: Session, noted: Sequence[Draft], txn: str) -> None:
    """Tell the live rows which version they are now."""
    touched: dict[type[Record], list[dict[str, str]]] = defaultdict(list)
    fresh: dict[type[Record], int] = defaultdict(int)
    for draft in noted:
        if draft.op == "I":
            fresh[draft.model] += 1
        if draft.op != "D" and not draft.concurrent:
            touched[draft.model].append({"_id": draft.record})
    for model, rows in touched.items():
        table = model.__table__
        if fresh[model] == len(rows) > _MANY:
            statement = sql_update(table).where(table.c.ver == "").values(ver=txn)
            session.connection().execute(statement)
            continue
        statement = sql_update(table).where(table.c.id == bindparam("_id")).values(ver=txn)
        session.connection().execute(statement, rows)
