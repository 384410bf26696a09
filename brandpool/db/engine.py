"""Where a pool is kept: one SQLite file, or a PostgreSQL server.

All that only one of them has stands here, in `bulk` and in the search index: the journal, the fold
and the merge are the same on both.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import CHAR, Connection, Engine, create_engine, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import NullPool

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)


_APPENDING = 0x6272616E64
"""The lock that whoever appends to the journal on a server holds."""


def engine_for(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the pool file at `path`: a commit is on the disk, DDL is part of a transaction.

    The rollback journal (not WAL) keeps a pool one file, also on a stick or a network share;
    `synchronous=FULL` makes a commit survive a power cut.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _prepare if not read_only else _prepare_reader)
    event.listen(engine, "begin", begin_transaction)
    return engine


def server_engine(url: str) -> Engine:
    """An engine on a database of a PostgreSQL server (`postgresql+psycopg://…`).

    A writer waits for the one before it to commit, so that the order of arrival in the journal is
    the order of commits; a reader sees one state.
    """
    engine = create_engine(url)
    event.listen(engine, "begin", _begin_on_server)
    return engine


def defer_keys(connection: Connection) -> None:
    """Check foreign keys only when this transaction commits."""
    file = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        "PRAGMA defer_foreign_keys=ON" if file else "SET CONSTRAINTS ALL DEFERRED"
    )


@compiles(CHAR, "postgresql")
def _unpadded(_element: CHAR, _compiler: Any, **_options: Any) -> str:
    """An id is as long as it is: PostgreSQL would fill up CHAR with blanks."""
    return "VARCHAR"


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _prepare_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


def begin_transaction(connection: Connection) -> None:
    """Start a real transaction; a writer takes its lock at once and never fails half-way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_APPENDING})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
