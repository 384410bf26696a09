"""check: does the pool say what its journal says? Finds whatever bypassed the journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import bundle, numbers, project, refold
from brandpool.models.field import encode
from brandpool.models.fold import Folded, fold
from brandpool.models.journal import Arrival, Change, ChangeRow, Flag, Txn, txn_id
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, digest, fields

Told = tuple[str, str, str, str, str, str]


def quietly(_done: int, _parts: int, _text: str) -> None:
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
    session: Session, progress: Callable[[int, int, str], object] = quietly
) -> list[Disagreement]:
    """Every hash, every chain, every live row and every flag against the fold of the changes.

    An empty list means that nothing was changed behind the program's back. `progress` hears
    (parts done, parts in all, what comes next) and may raise to break off.
    """
    parts = len(KINDS) + 1
    progress(0, parts, "")
    found = list(_journal_faults(session))
    journaled = set(session.scalars(select(Change.kind).distinct()))
    flags = _told(session.scalars(select(Flag)))
    for done, model in enumerate(KINDS, 1):
        progress(done, parts, model.zh)
        there = {flag for flag in flags if flag[0] == model.kind()}
        if model.kind() in journaled:
            found += _kind_faults(session, model, there)
        else:
            found += _unjournaled(session, model, there)
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
    """Hashes and chains; of a partial copy its seal, since the rest of it is elsewhere."""
    changes = _changes_by_txn(session)
    seals = {one.lsn: one.seal for one in session.scalars(select(Arrival)) if one.seal}
    place: dict[str, tuple[str, int]] = {}
    taken: dict[tuple[str, int], str] = {}
    for txn in session.scalars(select(Txn).order_by(Txn.lsn)):
        numbered = changes.get(txn.lsn, [])
        if txn.lsn in seals:
            expected, told = seals[txn.lsn], bundle.seal(txn.id, bundle.header_of(txn), numbered)
        else:
            expected, told = txn.id, txn_id(bundle.header_of(txn), [row for _, row in numbered])
            yield from _chain_faults(txn, place)
        if told != expected:
            yield Disagreement("journal", txn.id, "hash", expected or "", told)
        other = taken.setdefault((txn.site, txn.seq), txn.id)
        if other != txn.id:
            yield Disagreement("journal", txn.id, "seq", str(txn.seq), other)
        place[txn.id] = txn.site, txn.seq


def _chain_faults(txn: Txn, place: Mapping[str, tuple[str, int]]) -> Iterator[Disagreement]:
    """A whole transaction follows the one before on its machine, which arrived before it."""
    before = place.get(txn.prev) if txn.prev else (txn.site, 0)
    if before != (txn.site, txn.seq - 1):
        yield Disagreement("journal", txn.id, "prev", txn.prev or "", str(txn.seq - 1))


def _changes_by_txn(session: Session) -> dict[int, list[tuple[int, ChangeRow]]]:
    query = select(
        Change.lsn, Change.n, Change.kind, Change.record, Change.op, Change.patch, Change.parents
    ).order_by(Change.lsn, Change.n)
    found: dict[int, list[tuple[int, ChangeRow]]] = {}
    for lsn, place, *parts in session.execute(query):
        found.setdefault(lsn, []).append((place, ChangeRow(*parts)))
    return found


def _unjournaled(session: Session, model: type[Record], there: set[Told]) -> list[Disagreement]:
    """A kind of which the journal says nothing has no rows and nothing to settle."""
    ids = session.scalars(select(model.__table__.c.id))
    found = [Disagreement(model.kind(), record, "", "有", "无") for record in ids]
    return found + _flag_faults(model.kind(), there, set())


def _kind_faults(session: Session, model: type[Record], there: set[Told]) -> list[Disagreement]:
    live = {row["id"]: row for row in session.execute(select(model.__table__)).mappings()}
    owners = numbers.clashes(session, model) if model.official else {}
    found: list[Disagreement] = []
    flags: set[Told] = set()
    dead: dict[str, Folded] = {}
    kind = model.kind()
    for record, folded in _folded(session, kind):
        if folded.alive:
            found += _record_faults(model, record, live.get(record), folded, owners)
            flags |= _told(refold.flags_of(kind, record, folded))
            live.pop(record, None)
        else:
            dead[record] = folded
    for record in refold.referred(session, model, dead):
        folded = dead[record]
        found += _record_faults(model, record, live.pop(record, None), folded, owners)
        flags |= _told(refold.flags_of(kind, record, folded))
    flags |= _told(numbers.flag(model, r, owner) for r, owner in owners.items() if owner)
    found += [Disagreement(kind, record, "", "有", "无") for record in live]
    return found + _flag_faults(kind, there, flags)


def _record_faults(
    model: type[Record],
    record: str,
    row: Mapping[Any, Any] | None,
    folded: Folded,
    owners: Mapping[str, str | None],
) -> Iterator[Disagreement]:
    kind = model.kind()
    if row is None:
        yield Disagreement(kind, record, "", "无", "有")
        return
    values = project.decoded(model, folded.values)
    for name, declared in fields(model).items():
        if row[name] != values[name]:
            told = declared.shown(values[name])
            yield Disagreement(kind, record, name, declared.shown(row[name]), told)
    if row["ver"] != folded.ver:
        yield Disagreement(kind, record, "ver", row["ver"], folded.ver)
    if row["dup_of"] != owners.get(record):
        yield Disagreement(kind, record, "dup_of", row["dup_of"] or "", owners.get(record) or "")


def _flag_faults(kind: str, there: set[Told], told: set[Told]) -> list[Disagreement]:
    """What is marked as still to settle, against what the journal leaves to settle."""
    wrong = [(flag, "有", "无") for flag in there - told]
    wrong += [(flag, "无", "有") for flag in told - there]
    return [
        Disagreement(kind, flag[1], f"flag {flag[2]} {flag[3]}".strip(), here, journal)
        for flag, here, journal in sorted(wrong)
    ]


def _told(flags: Iterable[Flag]) -> set[Told]:
    return {(f.kind, f.record, f.what, f.field, f.txn.strip(), f.value) for f in flags}


def _folded(session: Session, kind: str) -> Iterator[tuple[str, Folded]]:
    query = project.step_query(kind).order_by(Change.record, Change.lsn)
    for record, group in groupby(session.execute(query), key=lambda row: row.record):
        yield record, fold([project.step_of(kind, *row[1:]) for row in group])
