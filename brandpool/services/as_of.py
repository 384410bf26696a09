"""The pool as it was known on a past day: live rows, with what came since taken away."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from brandpool.db import journal, project
from brandpool.models.field import Value
from brandpool.models.fold import fold
from brandpool.models.journal import Change, Txn
from brandpool.models.record import Record, fields

Known = dict[str, dict[str, Value]]


def lsn_on(session: Session, day: date) -> int:
    """The last step that had arrived by the end of that day, local time; 0 before the first."""
    end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    query = select(func.max(Txn.lsn)).where(Txn.arrived < int(end.timestamp() * 1_000_000))
    return session.scalar(query) or 0


def latest(session: Session) -> int:
    """The newest step of the pool; 0 in an empty one."""
    return session.scalar(select(func.max(Txn.lsn))) or 0


def rows(
    session: Session, model: type[Record], lsn: int, ids: Sequence[str] | None = None
) -> Known:
    """The records of a kind as known after step `lsn`: {id: {field: value}}.

    `ids` limits it to some records, such as the ones on a page.
    """
    changed = _changed_since(session, model, lsn)
    wanted = set(ids) if ids is not None else None
    known: Known = {}
    names = fields(model)
    live = journal.snapshot(session, model, ids) if ids is not None else _all(session, model)
    for record, row in live.items():
        if record not in changed:
            known[record] = {name: row[name] for name in names}
    again = [record for record in changed if wanted is None or record in wanted]
    for record, line in project.steps(session, model.kind(), again, until=lsn).items():
        folded = fold(line)
        if folded.alive:
            known[record] = project.decoded(model, folded.values)
    return known


def _changed_since(session: Session, model: type[Record], lsn: int) -> set[str]:
    query = select(Change.record).where(Change.kind == model.kind(), Change.lsn > lsn).distinct()
    return set(session.scalars(query))


def _all(session: Session, model: type[Record]) -> dict[str, dict[str, Value]]:
    query = select(model.__table__)
    return {row["id"]: dict(row) for row in session.execute(query).mappings()}
