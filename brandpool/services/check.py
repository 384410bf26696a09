"""check: does the pool say what its journal says? Finds whatever bypassed the journal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import project
from brandpool.models.field import encode
from brandpool.models.fold import Folded, Step, fold
from brandpool.models.journal import Change, ChangeRow, Txn, TxnRow, heads, txn_id
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, digest, fields


def _quietly(_done: int, _parts: int, _text: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where the pool differs from its journal. `where` is a kind or "journal"."""

    where: str
    record: str
    field: str
    live: str
    journal: str


def check(
    session: Session, progress: Callable[[int, int, str], object] = _quietly
) -> list[Disagreement]:
    """Every hash, every chain, and every live row against the fold of its changes.

    An empty list means that nothing was changed behind the program's back. `progress` hears
    (parts done, parts in all, what comes next) and may raise to break off.
    """
    parts = len(KINDS) + 1
    progress(0, parts, "")
    found = list(_journal_faults(session))
    for done, model in enumerate(KINDS, 1):
        progress(done, parts, model.zh)
        found += _kind_faults(session, model)
    progress(parts, parts, "")
    return found


def content_hash(session: Session) -> str:
    """One hash over all that the pool holds: equal in two pools exactly when their records are."""
    lines = []
    for model in KINDS:
        names = sorted(fields(model))
        lines += [
            f"{model.kind()}|{row['id']}|{[encode(row[name]) for name in names]}"
            for row in session.execute(select(model.__table__).order_by("id")).mappings()
        ]
    return digest("\n".join(lines))


def _journal_faults(session: Session) -> Iterator[Disagreement]:
    last: dict[str, tuple[str, int]] = {}
    changes = _changes_by_txn(session)
    for txn in session.scalars(select(Txn).order_by(Txn.lsn)):
        header = TxnRow(**{name: getattr(txn, name) for name in TxnRow.__slots__})
        told = txn_id(header, changes.get(txn.lsn, []))
        if told != txn.id:
            yield Disagreement("journal", txn.id, "hash", txn.id, told)
        before = last.get(txn.site)
        if before and (txn.prev, txn.seq) != (before[0], before[1] + 1):
            yield Disagreement("journal", txn.id, "prev", txn.prev or "", before[0])
        last[txn.site] = (txn.id, txn.seq)


def _changes_by_txn(session: Session) -> dict[int, list[ChangeRow]]:
    query = select(
        Change.lsn, Change.kind, Change.record, Change.op, Change.patch, Change.parents
    ).order_by(Change.lsn, Change.n)
    found: dict[int, list[ChangeRow]] = {}
    for lsn, *parts in session.execute(query):
        found.setdefault(lsn, []).append(ChangeRow(*parts))
    return found


def _kind_faults(session: Session, model: type[Record]) -> list[Disagreement]:
    live = {row["id"]: row for row in session.execute(select(model.__table__)).mappings()}
    found: list[Disagreement] = []
    kind = model.kind()
    for record, folded in _folded(session, kind):
        found += _record_faults(model, record, live.pop(record, None), folded)
    found += [Disagreement(kind, record, "", "有", "无") for record in live]
    return found


def _record_faults(
    model: type[Record], record: str, row: Mapping[Any, Any] | None, folded: Folded
) -> Iterator[Disagreement]:
    kind = model.kind()
    if row is None or not folded.alive:
        if folded.alive or row is not None:
            here, there = ("有", "无") if row is not None else ("无", "有")
            yield Disagreement(kind, record, "", here, there)
        return
    values = project.decoded(model, folded.values)
    for name, declared in fields(model).items():
        if row[name] != values[name]:
            told = declared.shown(values[name])
            yield Disagreement(kind, record, name, declared.shown(row[name]), told)
    if row["ver"] != folded.ver:
        yield Disagreement(kind, record, "ver", row["ver"], folded.ver)


def _folded(session: Session, kind: str) -> Iterator[tuple[str, Folded]]:
    query = (
        select(Change.record, Txn.id, Txn.at, Change.op, Change.patch, Change.parents)
        .join(Txn, Txn.lsn == Change.lsn)
        .where(Change.kind == kind)
        .order_by(Change.record, Change.lsn)
    )
    for record, group in groupby(session.execute(query), key=lambda row: row[0]):
        yield (
            record,
            fold(
                [
                    Step(txn, at, op, project.patch_of(patch), heads(parents))
                    for _, txn, at, op, patch, parents in group
                ]
            ),
        )
