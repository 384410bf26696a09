"""What belongs to an enterprise when it is taken out: its records, its files, and what stays."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Table, func, or_, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.bundle import Bundle
from brandpool.models.docket import DocketDecision
from brandpool.models.enterprise import Enterprise
from brandpool.models.journal import Change, ChangeRow, canonical
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.pack import FieldPack, PackedEnterprise
from brandpool.models.record import Record, fields
from brandpool.models.reference_document import ReferenceDocument
from brandpool.models.shortlist import ExportEntry, SavedQuestion, Shortlist
from brandpool.models.subsidy import SubsidyItem
from brandpool.models.tier import TierScheme
from brandpool.models.visit_form import VisitForm
from brandpool.services import attached

Records = Mapping[type[Record], Sequence[str]]

REFERENCE: tuple[type[Record], ...] = (
    TierScheme, ReferenceDocument, VisitForm, SavedQuestion, SubsidyItem,
)  # fmt: skip
"""Taken along whole: what judging, computing and writing a visit need; nothing personal in them."""
STAYS: tuple[type[Record], ...] = (FieldPack, PackedEnterprise, Shortlist, ExportEntry)
"""The station's own registers."""
_SHRINKS, _THUMB, _FIXED = 6, 15_000, 40_000
_BLANK, _SHORTEST = "＊", 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """How large a pack would become, in bytes, and what would be in it."""

    enterprises: int
    records: int
    files: int
    size: int


def belonging(session: Session, enterprises: Sequence[str]) -> dict[type[Record], list[str]]:
    """These enterprises and every record that must be there for them to be whole.

    Whatever links to them, directly or through another record; decisions about their dates; and
    REFERENCE. STAYS is left out. What these records point to in turn (a notice, an alliance) is
    added by `bundle_of`, without what hangs on it.
    """
    found: dict[type[Record], set[str]] = defaultdict(set)
    found[Enterprise] = set(journal.snapshot(session, Enterprise, list(enterprises)))
    _add_hanging(session, found)
    _add_decisions(session, found)
    for model in REFERENCE:
        found[model] |= set(session.scalars(select(_table(model).c.id)))
    return {model: sorted(found[model]) for model in KINDS if found.get(model)}


def withheld(model: type[Record]) -> frozenset[str]:
    """The fields that stay at the station unless personal data were asked for."""
    return frozenset(name for name, declared in fields(model).items() if declared.personal)


def without_personal(bundle: Bundle) -> Bundle:
    """A partial copy without personal fields, neither old nor new values.

    The answers of a form, which hold every field of the visit once more, lose them too, and the
    words of steps ("修改联系人“…”") name nobody whose name is left out.
    """
    left_out: set[str] = set()
    txns = []
    for txn in bundle.txns:
        changes = tuple(_public(change, left_out) for change in txn.changes)
        txns.append(replace(txn, changes=changes))
    if not left_out:
        return Bundle(tuple(txns))
    known = re.compile("|".join(map(re.escape, sorted(left_out, key=len, reverse=True))))
    return Bundle(
        tuple(
            replace(txn, header=replace(txn.header, why=known.sub(_BLANK, txn.header.why)))
            for txn in txns
        )
    )


def files_of(session: Session, records: Records) -> frozenset[str]:
    """The attachments that these records name now."""
    found: set[str] = set()
    for model, ids in records.items():
        if attached.naming(model):
            for row in journal.snapshot(session, model, ids).values():
                found |= attached.hashes(model, row)
    return frozenset(found)


def files_in(changes: Iterable[ChangeRow]) -> frozenset[str]:
    """The attachments that these changes name for the first time."""
    found: set[str] = set()
    for change in changes:
        model = by_kind()[change.kind]
        if attached.naming(model):
            patch = msgspec.json.decode(change.patch)
            found |= attached.hashes(model, {name: pair[1] for name, pair in patch.items()})
    return frozenset(found)


def estimate(
    session: Session, files: Attachments, enterprises: Sequence[str], *, originals: bool = False
) -> Estimate:
    """About how large a pack of these enterprises would become; makes no pictures for it."""
    records = belonging(session, enterprises)
    written = 0
    for model, ids in records.items():
        for batch in journal.in_batches(ids):
            query = select(func.sum(func.length(Change.patch) + 120)).where(
                Change.kind == model.kind(), Change.record.in_(batch)
            )
            written += session.scalar(query) or 0
    here = [one for one in files_of(session, records) if files.has(one)]
    taken = sum(files.size(one) if originals else min(_THUMB, files.size(one)) for one in here)
    size = _FIXED + written // _SHRINKS + taken
    return Estimate(
        len(records.get(Enterprise, [])), sum(map(len, records.values())), len(here), size
    )


def _add_hanging(session: Session, found: dict[type[Record], set[str]]) -> None:
    """What links to the records found, and what links to that."""
    fresh: dict[type[Record], set[str]] = {model: set(ids) for model, ids in found.items()}
    while fresh:
        reached: dict[type[Record], set[str]] = defaultdict(set)
        for target, ids in fresh.items():
            for model, names in _linking(target):
                for batch in journal.in_batches(sorted(ids)):
                    where = or_(*(_table(model).c[name].in_(batch) for name in names))
                    reached[model] |= set(session.scalars(select(_table(model).c.id).where(where)))
        fresh = {m: ids - found[m] for m, ids in reached.items() if ids - found[m]}
        for model, ids in fresh.items():
            found[model] |= ids


def _add_decisions(session: Session, found: dict[type[Record], set[str]]) -> None:
    subjects = sorted(set().union(*found.values()))
    table = _table(DocketDecision)
    for batch in journal.in_batches(subjects):
        query = select(table.c.id).where(table.c.subject.in_(batch))
        found[DocketDecision] |= set(session.scalars(query))


def _linking(target: type[Record]) -> list[tuple[type[Record], list[str]]]:
    """The kinds that link to this one, with the fields that do."""
    pairs = []
    for model in KINDS:
        names = [n for n, f in fields(model).items() if f.links == target.kind()]
        if names and model not in STAYS and model not in REFERENCE:
            pairs.append((model, names))
    return pairs


def _public(change: ChangeRow, left_out: set[str]) -> ChangeRow:
    """The change without its personal fields, whose texts are added to `left_out`."""
    hidden = withheld(by_kind()[change.kind])
    if not hidden:
        return change
    patch: dict[str, Any] = msgspec.json.decode(change.patch)
    for name in hidden.intersection(patch):
        left_out |= {v for v in patch[name][:2] if isinstance(v, str) and len(v) >= _SHORTEST}
    kept = {
        name: [_cleared(value, hidden) for value in entry]
        for name, entry in patch.items()
        if name not in hidden
    }
    return change._replace(patch=canonical(kept))


def _cleared(value: Any, hidden: frozenset[str]) -> Any:
    """A value that is a JSON object, without the hidden keys; any other as it is."""
    if isinstance(value, list):
        return [_cleared(one, hidden) for one in value]
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        answers = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value
    return canonical({name: one for name, one in answers.items() if name not in hidden})


def _table(model: type[Record]) -> Table:
    return model.__table__
