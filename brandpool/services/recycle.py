"""The recycle bin: what was deleted, by whom and why, and bringing it back with what hung on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from brandpool.db import journal, project
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Kind, Value, decode
from brandpool.models.fold import fold
from brandpool.models.journal import Change, Txn
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.services.history import moment


@dataclass(frozen=True, slots=True)
class Gone:
    """A deleted record: its last values, and when, by whom and in which step it was deleted."""

    model: type[Record]
    record: str
    values: Mapping[str, Value]
    lsn: int
    at: datetime
    who: str
    why: str

    @property
    def parents(self) -> set[str]:
        """The records it pointed to."""
        links = (n for n, declared in fields(self.model).items() if declared.kind is Kind.LINK)
        return {str(self.values[name]) for name in links if self.values.get(name)}


def gone(session: Session, model: type[Record], limit: int = 500) -> list[Gone]:
    """The deleted records of a kind, last deleted first, at most `limit` of them."""
    last = (
        select(func.max(Change.lsn).label("lsn"), Change.record)
        .where(Change.kind == model.kind(), Change.op == "D")
        .group_by(Change.record)
        .subquery()
    )
    query = (
        select(Txn, Change)
        .join(Change, Change.lsn == Txn.lsn)
        .join(last, (last.c.lsn == Change.lsn) & (last.c.record == Change.record))
        .where(Change.kind == model.kind(), Change.record.not_in(select(model.__table__.c.id)))
        .order_by(Txn.lsn.desc(), Change.n)
        .limit(limit)
    )
    return [_gone(txn, change) for txn, change in session.execute(query)]


def went_along(session: Session, wanted: Sequence[Gone]) -> list[Gone]:
    """What was deleted in the same steps and hung on these, directly or through one another."""
    steps = {one.lsn for one in wanted}
    others = [one for lsn in steps for one in _deleted_by(session, lsn)]
    known = {one.record for one in wanted}
    found: list[Gone] = []
    fresh = set(known)
    while fresh:
        hanging = [one for one in others if one.record not in known and fresh & one.parents]
        fresh = {one.record for one in hanging}
        known |= fresh
        found += hanging
    return found


def restore(session: Session, wanted: Sequence[Gone]) -> int:
    """Bring these back with the values they had when they were deleted; returns how many.

    Raises UserError when one of them is not deleted any more, or when what it points to is gone
    and not among them.
    """
    by_model: dict[type[Record], dict[str, Mapping[str, Value]]] = defaultdict(dict)
    for one in wanted:
        by_model[one.model][one.record] = one.values
    for model, rows in by_model.items():
        if journal.snapshot(session, model, list(rows)):
            raise UserError(_("{kind}没有被删除，无需恢复。").format(kind=model.zh))
    coming = {one.record for one in wanted}
    for model, rows in by_model.items():
        _refuse_orphans(session, model, rows, coming)
        lines = project.steps(session, model.kind(), list(rows))
        last = {record: fold(line).values for record, line in lines.items()}
        journal.revive(session, model, {r: project.decoded(model, v) for r, v in last.items()})
    return len(coming)


def _refuse_orphans(
    session: Session, model: type[Record], rows: Mapping[str, Mapping[str, Value]], coming: set[str]
) -> None:
    for name, declared in fields(model).items():
        if declared.kind is not Kind.LINK:
            continue
        parent = by_kind()[declared.links]
        wanted = {str(row[name]) for row in rows.values() if row.get(name)} - coming
        if wanted - journal.snapshot(session, parent, list(wanted)).keys():
            raise UserError(
                _("所属的{parent}也已删除，没有恢复。请先恢复那条{parent}。").format(
                    parent=parent.zh
                )
            )


def _deleted_by(session: Session, lsn: int) -> list[Gone]:
    query = (
        select(Txn, Change)
        .join(Change, Change.lsn == Txn.lsn)
        .where(Change.lsn == lsn, Change.op == "D")
        .order_by(Change.n)
    )
    found = [_gone(txn, change) for txn, change in session.execute(query)]
    alive: set[str] = set()
    for model in KINDS:
        ids = [one.record for one in found if one.model is model]
        alive |= journal.snapshot(session, model, ids).keys()
    return [one for one in found if one.record not in alive]


def _gone(txn: Txn, change: Change) -> Gone:
    model = by_kind()[change.kind]
    declared = fields(model)
    patch = project.patch_of(change.patch, change.kind, txn.schema)
    values = {n: decode(declared[n], pair[0]) for n, pair in patch.items() if n in declared}
    return Gone(model, change.record, values, txn.lsn, moment(txn.at), txn.who, txn.why)
