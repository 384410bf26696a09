"""What the pool knows before a visit: marks, contacts, the last visit, what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.record import Record, fields
from brandpool.models.visit import Visit, VisitPromise
from brandpool.rules.reference import Reference
from brandpool.rules.visit_form import Form, Typed
from brandpool.services import (
    madrid,
    mark_use,
    records,
    renewals,
    trademarks,
    visit_forms,
    visit_items,
)
from brandpool.services.records import RecordRow


@dataclass(frozen=True, slots=True)
class MarkState:
    """Marks of an enterprise on a day; None where the pool has no mark of that kind at all.

    `home`: number × class in force, grace included. `abroad`: designations and direct filings that
    are protected or pending. `expiring`: terms at home and abroad whose renewal is open.
    `unused`: marks at home that anyone may now apply to cancel for non-use.
    """

    home: int | None
    abroad: int | None
    expiring: int | None
    unused: int | None


@dataclass(frozen=True, slots=True)
class LastValue:
    """What was answered to a question at the visit before, in words and as it would be typed."""

    shown: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The visit before this one: its day and its answers by the question's name."""

    id: str
    visited_on: date
    values: Mapping[str, LastValue]


@dataclass(frozen=True, slots=True)
class Before:
    """Everything that is laid beside the form when a visit begins."""

    enterprise: str
    name: str
    marks: MarkState
    prefilled: Mapping[str, str]
    last: LastVisit | None
    promises: tuple[RecordRow, ...]
    items: tuple[RecordRow, ...]


def before(
    session: Session, enterprise: str, form: Form, on: date, *, ref: Reference | None = None
) -> Before:
    """What the pool knows for a visit on a day. Raises UserError when the enterprise is gone."""
    row = records.get(session, Enterprise, enterprise)
    marks = mark_state(session, enterprise, on, ref=ref)
    return Before(
        enterprise,
        str(row["name"] or ""),
        marks,
        prefilled(row, marks, form),
        last_visit(session, enterprise, form, on),
        tuple(open_promises(session, enterprise)),
        tuple(visit_items.open_items(session, enterprise)),
    )


def mark_state(
    session: Session, enterprise: str, on: date, *, ref: Reference | None = None
) -> MarkState:
    """The state of an enterprise's marks on a day, counted from the records."""
    marks = trademarks.of_enterprises(session, [enterprise])
    statuses = [trademarks.judged(mark, on, ref=ref).status for mark in marks]
    matrix = madrid.matrix(session, on, [enterprise], ref=ref)
    cells = [cell for row in matrix.rows for group in row.cells.values() for cell in group]
    ids = [mark.id for mark in marks]
    attackable = (
        [row for row in mark_use.use_grid(session, on, ids, ref=ref) if row.attackable]
        if ids
        else []
    )
    terms = renewals.queue(session, on, [enterprise], ref=ref)
    expiring = sum(row.stage != "over" for row in terms)
    alive = (*trademarks.IN_FORCE, "grace")
    return MarkState(
        sum(status in alive for status in statuses) if marks else None,
        sum(c.family in ("protected", "pending") for c in cells) if matrix.rows else None,
        expiring if marks or matrix.rows else None,
        len(attackable) if marks else None,
    )


def prefilled(enterprise: RecordRow, marks: MarkState, form: Form) -> dict[str, str]:
    """Answers the pool can give itself, for the questions this form has."""
    known: dict[str, Value] = {
        "place": enterprise["business_address"] or enterprise["registered_address"],
        "met": enterprise["brand_officer"] or enterprise["contact"],
        "met_phone": enterprise["brand_officer_phone"] or enterprise["phone"],
        "products": enterprise["products"],
        "marks_home": marks.home,
        "marks_abroad": marks.abroad,
        "marks_expiring": marks.expiring,
        "marks_unused": marks.unused,
    }
    return {
        name: visit_forms.typed_of(value)
        for name, value in known.items()
        if value is not None and name in form.by_name
    }


def last_visit(session: Session, enterprise: str, form: Form, on: date) -> LastVisit | None:
    """The latest visit up to a day, with the answers to this form's questions."""
    table = _table(Visit)
    query = (
        select(table)
        .where(table.c.enterprise_id == enterprise, table.c.dup_of.is_(None))
        .where(table.c.visited_on <= on)
        .order_by(table.c.visited_on.desc(), table.c.id.desc())
        .limit(1)
    )
    row = session.execute(query).mappings().first()
    if row is None:
        return None
    values = {name: one for name, one in _answers(row, form).items() if one.shown}
    return LastVisit(row["id"], row["visited_on"], values)


def open_promises(session: Session, enterprise: str) -> list[RecordRow]:
    """Promises to or by an enterprise that nobody has closed, the earliest due first."""
    table = _table(VisitPromise)
    query = (
        select(table.c.id)
        .where(table.c.enterprise_id == enterprise, table.c.closed_on.is_(None))
        .where(table.c.dup_of.is_(None))
        .order_by(table.c.due.nulls_last(), table.c.id)
    )
    return records.rows(session, VisitPromise, list(session.scalars(query)))


def read_answers(kept: Any) -> dict[str, Typed]:
    """The answers as a visit keeps them; nothing where they cannot be read."""
    try:
        found = msgspec.json.decode(kept or "{}")
    except msgspec.DecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(name): tuple(map(str, one)) if isinstance(one, list) else str(one)
        for name, one in found.items()
    }


def _answers(row: Mapping[Any, Any], form: Form) -> dict[str, LastValue]:
    """Answers by name; a visit that was imported has its fields only."""
    answers = read_answers(row["answers"])
    declared = fields(Visit)
    found: dict[str, LastValue] = {}
    for name, question in form.by_name.items():
        if question.kind == "image":
            continue
        if name in answers:
            shown = visit_forms.spoken(form, question, answers[name])
            found[name] = LastValue(shown, answers[name])
        elif name in declared and row[name] is not None:
            shown = declared[name].shown(row[name])
            found[name] = LastValue(shown, visit_forms.typed_of(row[name]))
    return found


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
