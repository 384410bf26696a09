"""What the next visit should bring home: asked once per cause, done when it is there."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.field import Value
from brandpool.models.visit import VisitItem
from brandpool.services import records
from brandpool.services.records import RecordRow


def ask(
    session: Session, enterprise_id: str, items: Sequence[tuple[str, str]], origin: str, on: date
) -> list[str]:
    """Put things on an enterprise's list for the next visit; returns the ids of those now open.

    `items` are (origin_key, what). A cause that is open already is left as it is; one that was
    done before is opened again, since it would not be asked if it were still so. An empty key
    means an item of its own. Only what was added or opened is returned, in the order asked.
    """
    wanted = dict(item for item in items if item[0])
    known = _known(session, enterprise_id, list(wanted))
    opened: list[str] = []
    for key, what in items:
        row = known.get(key) if key else None
        if row is None:
            values: dict[str, Value] = {
                "enterprise_id": enterprise_id, "asked_on": on, "what": what,
                "origin": origin, "origin_key": key or None,
            }  # fmt: skip
            opened.append(records.add(session, VisitItem, values))
            known |= {key: records.get(session, VisitItem, opened[-1])} if key else {}
        elif row["done_on"] is not None:
            again: dict[str, Value] = {
                "asked_on": on, "what": what, "done_on": None, "visit_id": None
            }  # fmt: skip
            journal.update(session, VisitItem, {row.id: again}, {row.id: row.ver})
            opened.append(row.id)
    return opened


def open_items(session: Session, enterprise_id: str) -> list[RecordRow]:
    """What is still to be asked of an enterprise, oldest first."""
    table = _table()
    query = (
        select(table.c.id)
        .where(table.c.enterprise_id == enterprise_id, table.c.done_on.is_(None))
        .where(table.c.dup_of.is_(None))
        .order_by(table.c.asked_on, table.c.what, table.c.id)
    )
    return records.rows(session, VisitItem, list(session.scalars(query)))


def done(session: Session, items: Sequence[str], on: date, visit: str = "") -> int:
    """Mark items as brought home on a day, by a visit if one did; returns how many were open."""
    rows = [row for row in records.rows(session, VisitItem, items) if row["done_on"] is None]
    values: dict[str, Value] = {"done_on": on, "visit_id": visit or None}
    return journal.update(
        session, VisitItem, {row.id: values for row in rows}, {row.id: row.ver for row in rows}
    )


def _known(session: Session, enterprise_id: str, keys: Sequence[str]) -> dict[str, RecordRow]:
    table = _table()
    found: dict[str, RecordRow] = {}
    for batch in journal.in_batches(keys):
        query = select(table.c.id).where(
            table.c.enterprise_id == enterprise_id, table.c.origin_key.in_(batch)
        )
        for row in records.rows(session, VisitItem, list(session.scalars(query))):
            found[str(row["origin_key"])] = row
    return found


def _table() -> Table:
    table = VisitItem.__table__
    assert isinstance(table, Table)
    return table
