"""Which records' dates a step of the journal may have moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.brand_plan import BrandPlan
from brandpool.models.docket import DocketDecision
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.models.journal import Change
from brandpool.models.kinds import by_kind
from brandpool.models.madrid import Designation, InternationalRegistration
from brandpool.models.pack import FieldPack
from brandpool.models.pledge import Pledge
from brandpool.models.record import Record, fields
from brandpool.models.tier import PublicNotice, TierScheme
from brandpool.models.trademark import Trademark
from brandpool.models.visit import VisitPromise
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.services import docket_goals, docket_protection
from brandpool.services.docket_innovation import ENDINGS

SUBJECTS: tuple[type[Record], ...] = (
    Trademark, InternationalRegistration, Honour, ForeignFiling, IntroducedMark, PublicNotice,
    Enterprise, DocketDecision, FieldPack, VisitPromise, BrandPlan, WellKnownCase,
    WellKnownFile, *ENDINGS, *docket_protection.READERS, *docket_goals.READERS,
)  # fmt: skip
"""The kinds that have dates; a change of such a record, or of what hangs on it, moves them."""
_PARENTS: Mapping[str, tuple[str, ...]] = {
    "mark_event": ("trademark",),
    "use_evidence": ("trademark",),
    "mark_licence": ("trademark",),
    "mark_pledge": ("trademark",),
    "renewal_step": ("trademark", "international_registration"),
    "ir_event": ("international_registration",),
    "designation": ("international_registration",),
    "designation_event": ("designation",),
    "tier_move": ("enterprise", "public_notice"),
    "well_known_stage": ("well_known_case",),
    "visit": ("enterprise",),
    "plan_measure": ("brand_plan",),
    "plan_review": ("brand_plan",),
}
_NAMES = {model.kind(): model for model in SUBJECTS}

Touched = dict[type[Record], list[str]]


def dated(model: type[Record]) -> bool:
    """Whether an edit of a record of this kind may move dates of the docket."""
    return model in SUBJECTS or model.kind() in _PARENTS


def since(session: Session, lsn: int) -> Touched:
    """The records with dates that the steps after `lsn` touched, by kind."""
    query = select(Change.kind, Change.record, Change.patch).where(Change.lsn > lsn)
    patches: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, record, patch in session.execute(query):
        patches[kind][record].append(patch)
    return of(session, {by_kind()[kind]: records for kind, records in patches.items()})


def of(session: Session, changed: Mapping[type[Record], Mapping[str, Sequence[str]]]) -> Touched:
    """The same for changes given as {kind: {record: patches}}; the patches tell former links."""
    found: dict[str, set[str]] = defaultdict(set)
    for model, patches in changed.items():
        found[model.kind()].update(patches)
        for kind, target in _parents(session, model, patches):
            found[kind].add(target)
    if TierScheme in changed:
        found[Enterprise.kind()].update(every(session, Enterprise))
    if found[Trademark.kind()]:
        found[Pledge.kind()].update(every(session, Pledge))
    found[InternationalRegistration.kind()] |= _registrations(session, found[Designation.kind()])
    decided = journal.snapshot(session, DocketDecision, sorted(found[DocketDecision.kind()]))
    for row in decided.values():
        if row["subject_kind"] in _NAMES and row["subject"]:
            found[row["subject_kind"]].add(row["subject"])
    return {model: sorted(found[kind]) for kind, model in _NAMES.items() if found[kind]}


def every(session: Session, model: type[Record]) -> list[str]:
    """All records of a kind."""
    return list(session.scalars(select(_table(model).c.id)))


def _parents(
    session: Session, model: type[Record], patches: Mapping[str, Sequence[str]]
) -> Iterable[tuple[str, str]]:
    wanted = _PARENTS.get(model.kind(), ())
    names = {name: f.links for name, f in fields(model).items() if f.links in wanted}
    if not names:
        return
    for row in journal.snapshot(session, model, list(patches)).values():
        yield from ((kind, row[name]) for name, kind in names.items() if row[name])
    for texts in patches.values():
        for patch in map(msgspec.json.decode, texts):
            for name, kind in names.items():
                yield from ((kind, str(value)) for value in patch.get(name, ()) if value)


def _registrations(session: Session, designations: Iterable[str]) -> set[str]:
    rows = journal.snapshot(session, Designation, sorted(designations))
    return {row["ir_id"] for row in rows.values() if row["ir_id"]}


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
