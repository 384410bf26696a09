"""Transactions on their way to another copy of the pool.

What a machine wrote itself, and what it took from others, travels whole: its hash can be checked by
whoever gets it. Chosen records travel as a partial copy: of each transaction that touched them only
the changes of these records, so its hash cannot be made again there; such a part has a seal of its
own instead, for `check` to find whoever alters it later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from brandpool.db import project
from brandpool.db.bulk import in_batches
from brandpool.db.lift import lifted
from brandpool.db.refold import Key, links
from brandpool.models.fold import fold
from brandpool.models.journal import (
    Arrival,
    Change,
    ChangeRow,
    Patch,
    Txn,
    TxnRow,
    canonical,
    txn_id,
)
from brandpool.models.kinds import by_kind
from brandpool.models.record import digest, fields


@dataclass(frozen=True, slots=True)
class ForeignTxn:
    """A transaction as it travels. `places` are where its changes stand in the whole one, if only
    a part of it travels; None when it is whole."""

    id: str
    header: TxnRow
    changes: tuple[ChangeRow, ...]
    places: tuple[int, ...] | None = None

    @property
    def numbered(self) -> Iterator[tuple[int, ChangeRow]]:
        """Its changes, each with its place in the whole transaction."""
        return zip(self.places or range(len(self.changes)), self.changes, strict=True)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Transactions that travel together, each after those that its authors had seen."""

    txns: tuple[ForeignTxn, ...]


def bundle_of(
    session: Session,
    *,
    records: Collection[Key] = (),
    since: Mapping[str, int] | None = None,
    sites: Collection[str] | None = None,
    history: bool = False,
    personal: bool = True,
) -> Bundle:
    """What travels from this pool to another.

    `records` (kind, id): a partial copy of them and of every record they point to, with the full
    history of each; without `personal`, the fields so declared stay here.
    `since` {site: number}: the whole transactions of each machine (of `sites`, if given) after the
    number that the other side is known to have (its `frontier`), also those of other machines
    that came here. With `history`, also a partial copy of every record they touch or point to,
    for a pool that may never have seen them.
    """
    whole = [] if since is None else list(_after(session, since, sites))
    wanted = set(records)
    if history:
        wanted |= {(change.kind, change.record) for txn in whole for change in txn.changes}
    known = {txn.id for txn in whole}
    parts = [txn for txn in _parts(session, _closed(session, wanted)) if txn.id not in known]
    if not personal:
        parts = [_without_personal(txn) for txn in parts]
    return Bundle(_in_order(session, [*parts, *whole]))


def frontier(session: Session) -> dict[str, int]:
    """How far this pool has what each machine wrote: {site: its last number here}, whole ones."""
    query = (
        select(Txn.site, func.max(Txn.seq))
        .outerjoin(Arrival, Arrival.lsn == Txn.lsn)
        .where(Arrival.seal.is_(None))
        .group_by(Txn.site)
    )
    return dict(list(session.execute(query)))


def seal(txn: str, header: TxnRow, numbered: Iterable[tuple[int, ChangeRow]]) -> str:
    """The hash of the part of a transaction that is here."""
    told = [getattr(header, name) for name in TxnRow.__slots__]
    return digest(canonical([txn, told, [[place, *row] for place, row in sorted(numbered)]]))


def told_id(txn: ForeignTxn) -> str:
    """The id that a whole transaction must have by its content."""
    return txn_id(txn.header, txn.changes)


def header_of(txn: Txn) -> TxnRow:
    """What a transaction says of itself wherever it is."""
    return TxnRow(**{name: getattr(txn, name) for name in TxnRow.__slots__})


def _after(
    session: Session, since: Mapping[str, int], sites: Collection[str] | None
) -> Iterator[ForeignTxn]:
    later = or_(
        Txn.site.not_in(since.keys()),
        *(and_(Txn.site == site, Txn.seq > last) for site, last in since.items()),
    )
    query = (
        select(Txn)
        .outerjoin(Arrival, Arrival.lsn == Txn.lsn)
        .where(Arrival.seal.is_(None), later)
        .order_by(Txn.lsn)
    )
    if sites is not None:
        query = query.where(Txn.site.in_(sites))
    wanted = session.scalars(query).all()
    changes = _changes(session, [txn.lsn for txn in wanted])
    for txn in wanted:
        rows = tuple(row for _, row in changes.get(txn.lsn, []))
        yield ForeignTxn(txn.id, header_of(txn), rows)


def _parts(session: Session, records: Collection[Key]) -> Iterator[ForeignTxn]:
    """The transactions that touched these records, each with its changes of them only."""
    by_record: dict[str, set[str]] = defaultdict(set)
    for kind, record in records:
        by_record[kind].add(record)
    found: dict[int, list[tuple[int, ChangeRow]]] = defaultdict(list)
    for kind, ids in by_record.items():
        for batch in in_batches(sorted(ids)):
            query = select(
                Change.lsn, Change.n, Change.kind, Change.record, Change.op, Change.patch,
                Change.parents,
            ).where(Change.record.in_(batch), Change.kind == kind)  # fmt: skip
            for lsn, place, *parts in session.execute(query):
                found[lsn].append((place, ChangeRow(*parts)))
    for lsns in in_batches(sorted(found)):
        for txn in session.scalars(select(Txn).where(Txn.lsn.in_(lsns)).order_by(Txn.lsn)):
            numbered = sorted(found[txn.lsn])
            places = tuple(place for place, _ in numbered)
            yield ForeignTxn(txn.id, header_of(txn), tuple(row for _, row in numbered), places)


def _changes(session: Session, lsns: Sequence[int]) -> dict[int, list[tuple[int, ChangeRow]]]:
    found: dict[int, list[tuple[int, ChangeRow]]] = defaultdict(list)
    for batch in in_batches(lsns):
        query = (
            select(
                Change.lsn, Change.n, Change.kind, Change.record, Change.op, Change.patch,
                Change.parents,
            )
            .where(Change.lsn.in_(batch))
            .order_by(Change.lsn, Change.n)
        )  # fmt: skip
        for lsn, place, *parts in session.execute(query):
            found[lsn].append((place, ChangeRow(*parts)))
    return found


def _closed(session: Session, records: Collection[Key]) -> set[Key]:
    """These records and all to which they point, directly or through one another."""
    closed: set[Key] = set()
    fresh = set(records)
    while fresh:
        closed |= fresh
        targets: set[Key] = set()
        for kind, model in by_kind().items():
            ids = [record for found, record in fresh if found == kind]
            if ids and links(model):
                targets |= _targets(session, kind, ids)
        fresh = targets - closed
    return closed


def _targets(session: Session, kind: str, ids: Sequence[str]) -> set[Key]:
    """What these records point to, by what they show or by a value that waits to be settled."""
    pointing = links(by_kind()[kind])
    found: set[tuple[str, Any]] = set()
    for line in project.steps(session, kind, ids).values():
        folded = fold(line)
        found |= {(target, folded.values.get(name)) for name, target in pointing.items()}
        found |= {(pointing[d.field], d.value) for d in folded.disputes if d.field in pointing}
    return {(target, value) for target, value in found if value is not None}


def _without_personal(txn: ForeignTxn) -> ForeignTxn:
    changes = tuple(_masked(change, txn.header.schema) for change in txn.changes)
    return replace(txn, changes=changes)


def _masked(change: ChangeRow, schema: int) -> ChangeRow:
    """The change as it was written, without what today's schema calls a personal field."""
    declared = fields(by_kind()[change.kind])
    written: Patch = msgspec.json.decode(change.patch)
    kept = {
        name: entry
        for name, entry in written.items()
        if not any(
            today in declared and declared[today].personal
            for today in lifted(change.kind, {name: entry}, schema)
        )
    }
    return change._replace(patch=canonical(kept))


def _in_order(session: Session, txns: Sequence[ForeignTxn]) -> tuple[ForeignTxn, ...]:
    """As they arrived here, so that each follows what its author had seen."""
    place: dict[str, int] = {}
    for batch in in_batches([txn.id for txn in txns]):
        place |= dict(list(session.execute(select(Txn.id, Txn.lsn).where(Txn.id.in_(batch)))))
    return tuple(sorted(txns, key=lambda txn: place[txn.id]))
