"""What hangs on a record: everything of any kind that points to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Kind
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields, new_id
from brandpool.rules import identifiers
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of one kind that point to a record by one of the kind's fields."""

    model: type[Record]
    field: str
    ids: tuple[str, ...]


def pointing(kind: str) -> list[tuple[type[Record], str]]:
    """Every kind that points to this one, with the field that does, from the declarations."""
    return [
        (model, name)
        for model in KINDS
        for name, declared in fields(model).items()
        if declared.kind is Kind.LINK and declared.links == kind
    ]


def linked(session: Session, kind: str, record: str) -> list[Linked]:
    """Everything that points to a record, in the order of the kinds; what is empty is left out."""
    found = []
    for model, name in pointing(kind):
        ids = records.find(session, model, Query((Filter(name, Op.EQUALS, record),)))
        if ids:
            found.append(Linked(model, name, tuple(ids)))
    return found


def of_code(session: Session, credit_code: str) -> Mapping[str, tuple[str, ...]]:
    """All records of one credit code by kind: the enterprise and all that hangs on it.

    Whatever the enterprise is called now, its records stay its own. Empty for an unknown code.
    """
    code = str(identifiers.credit_code(credit_code).answer["normalized"])
    held = records.find(session, Enterprise, Query((Filter("credit_code", Op.EQUALS, code),)))
    named = new_id(Enterprise, {"credit_code": code})
    record = named if named in held else next(iter(held), None)
    if record is None:
        return {}
    found: dict[str, tuple[str, ...]] = {Enterprise.kind(): (record,)}
    for one in linked(session, Enterprise.kind(), record):
        kind = one.model.kind()
        found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), *one.ids)))
    return found
