"""The pool as it was known after a step, as a pool of its own that every service can read."""

import sqlite3
from typing import Any

from sqlalchemy import create_engine, event, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from brandpool.db import numbers
from brandpool.db.engine import begin_transaction
from brandpool.db.pool import Pool
from brandpool.db.refold import refold
from brandpool.models.journal import FOLLOWERS, Arrival, Change, PoolFact, Txn


def as_known(pool: Pool, lsn: int) -> Pool:
    """A copy of the pool in memory in which nothing after step `lsn` has happened.

    Every statistic and list then answers as it would have been answered at that time. The copy can
    be read, and its caches made (`maintain`), but not written. Close it after use: it holds the
    whole pool in memory.
    """
    memory = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    origin = sqlite3.connect(pool.path)
    try:
        origin.backup(memory)
    finally:
        origin.close()
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
    event.listen(engine, "begin", begin_transaction)
    known = Pool(pool.path, engine, pool.schema, read_only=True)
    with known.maintain() as session:
        _forget_after(session, lsn)
    return known


def _forget_after(session: Session, lsn: int) -> None:
    """Take back what came later: the journal ends at `lsn`, and its rows are folded again."""
    later = select(Change.kind, Change.record).where(Change.lsn > lsn).distinct()
    touched = {(kind, record) for kind, record in session.execute(later)}
    if not touched:
        return
    tables: tuple[Any, ...] = (Change, Arrival, Txn)
    for table in tables:
        session.execute(sql_delete(table).where(table.lsn > lsn))
    session.execute(sql_delete(PoolFact).where(PoolFact.name.in_(FOLLOWERS)))
    numbers.settle_numbers(session, refold(session, touched))
