"""Rows of the Madrid ledgers with their events, read in few queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.madrid import (
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.record import Record
from brandpool.services.placings import narrowed
from brandpool.services.responses import Entry


class IrRow(NamedTuple):
    """One international registration; `events` concern all of it, ordered by date."""

    id: str
    enterprise_id: str | None
    irn: str | None
    name: str | None
    holder: str | None
    ir_date: date | None
    expiry: date | None
    classes: str | None
    colour: bool | None
    mark_type: str | None
    office_received: date | None
    ib_received: date | None
    events: Sequence[Entry] = ()


class DesignationRow(NamedTuple):
    """One designation with its own events, ordered by date."""

    id: str
    ir_id: str
    party: str
    designated_on: date | None
    route: str | None
    notified: date | None
    classes: str | None
    national_registered: date | None
    events: Sequence[Entry] = ()


def registrations(
    session: Session, enterprises: Sequence[str] | None = None, ids: Sequence[str] | None = None
) -> list[IrRow]:
    """International registrations of these enterprises, or with these ids, with their events."""
    table = _table(InternationalRegistration)
    query = select(*(table.c[name] for name in IrRow._fields[:-1]))
    query = query.where(table.c.dup_of.is_(None)).order_by(table.c.ir_date, table.c.id)
    by, wanted = (table.c.id, ids) if ids is not None else (table.c.enterprise_id, enterprises)
    chosen = None if wanted is None else set(wanted)
    place = 0 if ids is not None else 1
    rows = [
        row for part in narrowed(query, by, wanted) for row in session.execute(part)
        if chosen is None or row[place] in chosen
    ]  # fmt: skip
    events = _entries(session, IrEvent, "ir_id", [row[0] for row in rows])
    return [IrRow._make((*row, events.get(row[0], ()))) for row in rows]


def designations(session: Session, irs: Sequence[str]) -> dict[str, list[DesignationRow]]:
    """The designations of these registrations, by registration, the earliest first."""
    table = _table(Designation)
    query = select(*(table.c[name] for name in DesignationRow._fields[:-1]))
    query = query.where(table.c.dup_of.is_(None), table.c.party.is_not(None))
    query = query.order_by(table.c.designated_on, table.c.party, table.c.id)
    wanted = set(irs)
    rows = [
        row for part in narrowed(query, table.c.ir_id, irs) for row in session.execute(part)
        if row[1] in wanted
    ]  # fmt: skip
    events = _entries(session, DesignationEvent, "designation_id", [row[0] for row in rows])
    found: dict[str, list[DesignationRow]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(DesignationRow._make((*row, events.get(row[0], ()))))
    return found


def classes_of(text: str | None) -> frozenset[int]:
    """Class numbers out of "9;42", "第9类、第42类": those from 1 to 45."""
    digits = "".join(char if char.isdigit() else " " for char in text or "")
    return frozenset(number for number in map(int, digits.split()) if 1 <= number <= 45)


def _entries(
    session: Session, model: type[Record], link: str, ids: Sequence[str]
) -> dict[str, list[Entry]]:
    table = _table(model)
    names = ["id", *(name for name in Entry._fields[1:] if name in table.c)]
    query = select(table.c[link], *(table.c[name] for name in names)).where(
        table.c.dated.is_not(None), table.c.tag.is_not(None), table.c.dup_of.is_(None)
    )
    found: dict[str, list[Entry]] = defaultdict(list)
    for part in narrowed(query.order_by(table.c.dated, table.c.id), table.c[link], ids):
        for owner, *values in session.execute(part):
            found[owner].append(Entry(**dict(zip(names, values, strict=True))))
    return found


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
