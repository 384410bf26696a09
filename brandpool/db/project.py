"""The changes of a record as the fold reads them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from brandpool.db.bulk import in_batches
from brandpool.db.lift import LIFTS, lifted
from brandpool.models.field import decode
from brandpool.models.fold import Step
from brandpool.models.journal import Change, Patch, Txn, heads
from brandpool.models.record import Record, fields

_patches = msgspec.json.Decoder(Patch)


def steps(
    session: Session, kind: str, records: Sequence[str], until: int | None = None
) -> dict[str, list[Step]]:
    """The changes of some records, oldest arrival first; only up to `until` (an lsn) if given."""
    found: dict[str, list[Step]] = {record: [] for record in records}
    for batch in in_batches(records):
        query = step_query(kind).where(Change.record.in_(batch))
        if until is not None:
            query = query.where(Change.lsn <= until)
        for row in session.execute(query.order_by(Change.lsn)):
            found[row.record].append(step_of(kind, *row[1:]))
    return found


def step_query(kind: str) -> Select[str, int, str, int, int, str, str, str]:
    """Record and parts of a step (see `step_of`) of every change of a kind."""
    return (
        select(
            Change.record, Change.lsn, Txn.id, Txn.at, Txn.schema,
            Change.op, Change.patch, Change.parents,
        )
        .join(Txn, Txn.lsn == Change.lsn)
        .where(Change.kind == kind)
    )  # fmt: skip


def step_of(
    kind: str, lsn: int, txn: str, at: int, schema: int, op: str, patch: str, parents: str
) -> Step:
    """One change as the fold reads it, its patch lifted to today's schema."""
    return Step(txn, at, op, patch_of(patch, kind, schema), heads(parents), lsn)


def patch_of(text: str, kind: str, schema: int) -> Patch:
    """A change's patch of a record kind, written at a schema, lifted to today's."""
    patch = _patches.decode(text)
    return lifted(kind, patch, schema) if LIFTS else patch


def decoded(model: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """Folded values as Python values; a field that the program no longer has is left out."""
    return {name: decode(declared, values.get(name)) for name, declared in fields(model).items()}
