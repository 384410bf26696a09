"""Merging what other machines wrote: the union of transactions, and their records folded again.

The order of merges does not matter, a repeated one changes nothing, and nothing is dropped: where
two wrote the same field, one value shows and the other waits for a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from brandpool.db import appending, arriving, bulk, foreseen, journal, numbers
from brandpool.db.arriving import Plan
from brandpool.db.bundle import Bundle, ForeignTxn, seal
from brandpool.db.refold import Key, refold
from brandpool.models.field import Value, decode
from brandpool.models.fold import Folded, Step
from brandpool.models.journal import FOLLOWERS, Arrival, Change, ChangeRow, PoolFact, Txn, TxnRow
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields

SOURCE = "pack"
NEW, CHANGED, CONFLICT, GONE, ALREADY = "new", "changed", "conflict", "gone", "already"


@dataclass(frozen=True, slots=True)
class FieldPreview:
    """One field as the merge would find it: `base` is what the author in the field had seen.

    `office` is the value here with who wrote it and when; `theirs` the one that comes. `shown` is
    what the pool would show; in a `conflict` the other value waits for a person.
    """

    field: str
    base: Value
    office: Value
    office_by: str
    office_at: datetime | None
    theirs: Value
    their_by: str
    their_at: datetime
    shown: Value
    conflict: bool


@dataclass(frozen=True, slots=True)
class RecordPreview:
    """One record that the bundle touches: `what` is NEW, CHANGED, CONFLICT, GONE or ALREADY."""

    kind: str
    record: str
    title: str
    what: str
    fields: tuple[FieldPreview, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: transactions that come and that are here already, and records."""

    transactions: int
    known: int
    records: tuple[RecordPreview, ...]

    def count(self, what: str) -> int:
        """How many records are NEW, CHANGED, CONFLICT, GONE or ALREADY."""
        return sum(one.what == what for one in self.records)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: transactions appended and already here, records by what became of them,
    and how many things it left for a person to settle."""

    appended: int
    known: int
    new: int
    changed: int
    gone: int
    conflicts: int


def preview(session: Session, bundle: Bundle) -> Preview:
    """What merging this bundle would do, per record and field; writes nothing.

    Raises UserError as `merge` does.
    """
    plan = arriving.plan(session, bundle)
    touched = {(c.kind, c.record) for txn in bundle.txns for c in txn.changes}
    authors = _authors(session, bundle, plan)
    unsettled = foreseen.clashes(session, plan) | foreseen.kept(session, plan)
    rows = [
        _record_preview(plan, key, authors, unsettled=key in unsettled)
        if key in plan.after
        else _untouched(key)
        for key in sorted(touched)
    ]
    return Preview(len(plan.fresh), plan.known, tuple(rows))


def merge(session: Session, bundle: Bundle) -> Merged:
    """Take what is new in a bundle; to be called first in `pool.write(…, source=SOURCE)`.

    All of it becomes one step of that name, which `history.undo` takes back as one. A bundle that
    brings nothing new writes nothing. A partial copy that fills an empty pool is no step, nor is
    news of nothing but others' merges: two pools that know the same have no more to tell.

    Raises UserError, and writes nothing, for what was altered, comes from a newer program, has
    gaps, or refers to what is neither here nor in the bundle.
    """
    if journal.drafts(session):
        raise RuntimeError("a merge comes first in its transaction")
    plan = arriving.plan(session, bundle)
    waited = foreseen.waiting(session)
    if plan.fresh or plan.filled:
        _append(session, plan)
        looked_at = refold(session, plan.after, plan.after)
        numbers.settle_numbers(session, looked_at)
        if plan.filled:
            session.execute(sql_delete(PoolFact).where(PoolFact.name.in_(FOLLOWERS)))
        session.info["arrived_kinds"] = {model.kind() for model, _ in looked_at}
    return _outcome(plan, len(foreseen.waiting(session) - waited))


def _outcome(plan: Plan, conflicts: int) -> Merged:
    kinds = [_what(plan.before[key], plan.after[key]) for key in plan.after]
    return Merged(
        appended=len(plan.fresh),
        known=plan.known,
        new=kinds.count(NEW),
        changed=kinds.count(CHANGED),
        gone=kinds.count(GONE),
        conflicts=conflicts,
    )


def _append(session: Session, plan: Plan) -> None:
    last = session.scalar(select(func.max(Txn.lsn))) or 0
    lsns = range(last + 1, last + 1 + len(plan.fresh))
    names = TxnRow.__slots__
    columns = [[getattr(txn.header, name) for txn in plan.fresh] for name in names]
    places = [lsns, [txn.id for txn in plan.fresh], [appending.now()] * len(plan.fresh)]
    table = Txn.__table__
    assert isinstance(table, Table)
    bulk.insert(session, table, ("lsn", "id", "arrived", *names), [*places, *columns])
    coming = [*zip(lsns, plan.fresh, strict=True), *plan.filled.items()]
    appending.write_changes(
        session, [(lsn, place, change) for lsn, txn in coming for place, change in txn.numbered]
    )
    filling = not last and any(txn.places is not None for txn in plan.fresh)
    _write_arrivals(session, dict(zip(lsns, plan.fresh, strict=True)), quiet=not filling)
    _seal_again(session, plan.filled)
    if not filling and any(txn.changes for txn in plan.fresh):
        session.info["arrived"] = list(lsns)


def _write_arrivals(session: Session, fresh: Mapping[int, ForeignTxn], *, quiet: bool) -> None:
    table = Arrival.__table__
    assert isinstance(table, Table)
    seals = [
        None if txn.places is None else seal(txn.id, txn.header, txn.numbered)
        for txn in fresh.values()
    ]
    steps = [0 if quiet else None] * len(fresh)
    bulk.insert(session, table, ("lsn", "step", "seal"), [list(fresh), steps, seals])


def _seal_again(session: Session, filled: Mapping[int, ForeignTxn]) -> None:
    for lsn, txn in filled.items():
        query = select(
            Change.n, Change.kind, Change.record, Change.op, Change.patch, Change.parents
        ).where(Change.lsn == lsn)
        numbered = [(place, ChangeRow(*parts)) for place, *parts in session.execute(query)]
        session.get_one(Arrival, lsn).seal = seal(txn.id, txn.header, numbered)
    session.flush()


def _what(before: Folded, after: Folded) -> str:
    if not before.ver:
        return NEW if after.alive else ALREADY
    if before.alive != after.alive:
        return CHANGED if after.alive else GONE
    return CHANGED if before.values != after.values else ALREADY


def _raised(plan: Plan, key: Key) -> set[tuple[str, str]]:
    """What becomes a matter to settle by the merge: (what, field)."""
    after = {(d.what, d.field) for d in plan.after[key].disputes}
    before = {(d.what, d.field) for d in plan.before[key].disputes}
    return after - before if plan.after[key].alive else set()


def _untouched(key: Key) -> RecordPreview:
    return RecordPreview(*key, title="", what=ALREADY)


Authors = Mapping[str, tuple[str, datetime]]


def _authors(session: Session, bundle: Bundle, plan: Plan) -> Authors:
    """Who wrote each transaction that touched these records, and when."""
    known = {step.txn for line in plan.lines.values() for step in line}
    told = {txn.id: (txn.header.who, txn.header.at) for txn in bundle.txns}
    for batch in journal.in_batches(sorted(known - told.keys())):
        query = select(Txn.id, Txn.who, Txn.at).where(Txn.id.in_(batch))
        told |= {txn: (who, at) for txn, who, at in session.execute(query)}
    return {txn: (who, _moment(at)) for txn, (who, at) in told.items()}


def _moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1_000_000).astimezone()


def _record_preview(plan: Plan, key: Key, authors: Authors, *, unsettled: bool) -> RecordPreview:
    model = by_kind()[key[0]]
    before, after = plan.before[key], plan.after[key]
    raised = _raised(plan, key)
    what = CONFLICT if raised or unsettled else _what(before, after)
    title = after.values.get(model.title_field) or before.values.get(model.title_field) or ""
    rows = [
        _field_preview(plan, key, name, authors, conflict=("value", name) in raised)
        for name in fields(model)
        if any(name in step.patch for step in plan.fresh_steps[key])
    ]
    return RecordPreview(*key, title=str(title), what=what, fields=tuple(rows))


def _field_preview(
    plan: Plan, key: Key, name: str, authors: Authors, *, conflict: bool
) -> FieldPreview:
    declared = fields(by_kind()[key[0]])[name]
    coming = [step for step in plan.fresh_steps[key] if name in step.patch]
    here = [step for step in plan.lines[key] if name in step.patch and step.op != "D"]
    latest = max(coming, key=_when)
    office_by, office_at = authors[max(here, key=_when).txn] if here else ("", None)
    before, after = plan.before[key], plan.after[key]
    return FieldPreview(
        field=name,
        base=decode(declared, min(coming, key=_when).patch[name][0]),
        office=decode(declared, before.values.get(name)) if before.alive else None,
        office_by=office_by,
        office_at=office_at,
        theirs=decode(declared, latest.patch[name][1]),
        their_by=authors[latest.txn][0],
        their_at=authors[latest.txn][1],
        shown=decode(declared, after.values.get(name)) if after.alive else None,
        conflict=conflict,
    )


def _when(step: Step) -> tuple[int, str]:
    return step.at, step.txn
