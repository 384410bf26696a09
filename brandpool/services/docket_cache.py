"""The docket's dates kept ready: derived from records and rules, following the journal.

Like the search index it knows up to which step it has read. New reference data makes all dates
anew; a new day makes those anew that depend on it (tiers, declarations abroad).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.brand_plan import BrandPlan
from brandpool.models.docket import DocketDate, DocketDecision
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.models.journal import PoolFact
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.pack import FieldPack
from brandpool.models.record import Record
from brandpool.models.tier import PublicNotice
from brandpool.models.trademark import Trademark
from brandpool.models.visit import VisitPromise
from brandpool.models.well_known import WellKnownCase, WellKnownFile
from brandpool.rules.reference import Reference
from brandpool.services import (
    as_of,
    docket_goals,
    docket_innovation,
    docket_madrid,
    docket_others,
    docket_packs,
    docket_protection,
    docket_touched,
    docket_visits,
    docket_well_known,
)
from brandpool.services.docket_date import Dated, Owned
from brandpool.services.docket_marks import MarkDocket
from brandpool.services.placings import collector_paused

SETTLING = frozenset({"done", "not_needed", "passed_on", "missed"})
FORM = "1"
"""Raised when this module derives dates otherwise than before, so that old caches are made anew."""
_MARK = "docketed"
_HORIZON = timedelta(days=400)
_BATCH = 500
_DAILY: tuple[type[Record], ...] = (Enterprise, InternationalRegistration)
_READERS: Mapping[type[Record], Callable[[Session, Sequence[str]], dict[str, Owned]]] = {
    Honour: docket_others.read_honours,
    ForeignFiling: docket_others.read_filings,
    IntroducedMark: docket_others.read_introduced,
    DocketDecision: docket_others.read_remedies,
    FieldPack: docket_packs.read_packs,
    WellKnownFile: docket_well_known.read_files,
    VisitPromise: docket_visits.read_promises,
    **docket_innovation.readers(),
    **docket_goals.READERS,
}
"""How the dates are read of kinds that need neither the rules nor the day."""

Decisions = Mapping[str, Mapping[str, Any]]


def behind(session: Session, today: date, ref: Reference) -> bool:
    """Whether dates have to be made anew before they can be read."""
    return _mark(session) != _now(session, today, ref)


def catch_up(session: Session, today: date, ref: Reference) -> int:
    """Make anew what changed since the last time; returns how many records were read.

    Needs a maintaining session (`pool.maintain`), since the dates are not journaled.
    """
    known, now = _mark(session), _now(session, today, ref)
    if known == now:
        return 0
    lsn, day, rules = known
    if rules != now[2] or lsn > now[0]:
        session.execute(sql_delete(DocketDate))
        models = docket_touched.SUBJECTS
        touched = {model: docket_touched.every(session, model) for model in models}
    else:
        touched = docket_touched.since(session, lsn)
        if day != now[1]:
            touched |= {model: docket_touched.every(session, model) for model in _DAILY}
    marks = MarkDocket(ref)
    for model, ids in touched.items():
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            derived = derive(session, model, batch, today, ref, marks)
            _write(session, model, batch, derived, ref)
    _note(session, now)
    return sum(map(len, touched.values()))


def derive(
    session: Session,
    model: type[Record],
    ids: Sequence[str],
    today: date,
    ref: Reference,
    marks: MarkDocket | None = None,
) -> dict[str, Owned]:
    """The dates of at most 500 records as rules and records give them now."""
    with collector_paused():
        if model is Trademark:
            return (marks or MarkDocket(ref)).read(session, ids)
        if model is InternationalRegistration:
            return docket_madrid.read(session, ids, today + _HORIZON, ref)
        if model is PublicNotice:
            return docket_others.read_notices(session, ids, ref)
        if model is Enterprise:
            placed = docket_others.read_tiers(session, ids, today)
            return docket_visits.with_lapses(session, placed, today, ref)
        if model is BrandPlan:
            return docket_visits.read_plans(session, ids, ref)
        if model is WellKnownCase:
            return docket_well_known.read_cases(session, ids, today, ref)
        if model in docket_protection.READERS:
            return docket_protection.read(session, model, ids, ref)
        return _READERS[model](session, ids)


def rows_of(
    session: Session, model: type[Record], derived: Mapping[str, Owned], ref: Reference
) -> Iterator[tuple[Dated, dict[str, Any]]]:
    """Each date with the row it makes in the cache, what people decided about it included."""
    decided = decisions(session, list(derived))
    natures = ref.documents["docket"]["dates"]
    for subject, (enterprise, dates) in derived.items():
        for one in dates:
            row: dict[str, Any] = {"subject_kind": model.kind(), "subject": subject}
            row["enterprise"] = enterprise
            row["nature"] = natures[one.rule]["nature"]
            row["settled"] = _is_settled(one, subject, dates, decided)
            yield one, row | _days(one, decided.get(_key(one, subject), {}))


def decisions(session: Session, subjects: Sequence[str]) -> Decisions:
    """What was decided about the dates of these records, by entry."""
    table: Any = DocketDecision.__table__
    assert isinstance(table, Table)
    found: dict[str, Mapping[str, Any]] = {}
    for batch in journal.in_batches(subjects):
        query = select(table).where(table.c.subject.in_(batch), table.c.dup_of.is_(None))
        for row in session.execute(query).mappings():
            found[row["entry_key"]] = dict(row)
    return found


def key_of(rule: str, subject: str, part: str, occasion: str) -> str:
    """What names one date of one record, on whatever day it falls."""
    return "|".join((rule, subject, "" if part == subject else part, occasion))


def _key(one: Dated, subject: str) -> str:
    return key_of(one.rule, subject, one.part, one.occasion)


def _days(one: Dated, decision: Mapping[str, Any]) -> dict[str, Any]:
    """The date's days, moved by a person's override."""
    override = decision.get("override")
    shift = override - one.due if override else timedelta()
    return {
        "rule": one.rule, "kind": one.kind, "part": one.part, "occasion": one.occasion,
        "raw": one.raw, "due": one.due + shift, "since": one.since,
        "until": one.until + shift if one.until else None,
        "late": one.late if one.since else one.late + shift,
        "provisional": one.explained.provisional, "overridden": override is not None,
        "note": one.note,
    }  # fmt: skip


def _is_settled(one: Dated, subject: str, dates: Sequence[Dated], decided: Decisions) -> bool:
    """Decided, or following a date that was dealt with in time."""
    if _holds(one, decided.get(_key(one, subject), {})):
        return True
    for before in dates if one.follows else ():
        if (before.rule, before.part, before.occasion) == (one.follows, one.part, one.occasion):
            decision = decided.get(_key(before, subject), {})
            return _holds(before, decision) and decision["decision"] != "missed"
    return False


def _holds(one: Dated, decision: Mapping[str, Any]) -> bool:
    """A decision holds for the day it was taken about; a day that moved is open again."""
    return decision.get("decision") in SETTLING and decision.get("due_then") == one.due


def _write(
    session: Session,
    model: type[Record],
    ids: Sequence[str],
    derived: Mapping[str, Owned],
    ref: Reference,
) -> None:
    session.execute(sql_delete(DocketDate).where(DocketDate.subject.in_(ids)))
    rows = [_kept(row) for _one, row in rows_of(session, model, derived, ref)]
    table: Any = DocketDate.__table__
    if rows:
        session.execute(insert(table), rows)


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the table keeps it: kind and part only where they are not the subject's."""
    own = row["part"] == row["subject"]
    return row | {"kind": "", "part": ""} if own else row


def _now(session: Session, today: date, ref: Reference) -> list[Any]:
    return [as_of.latest(session), today.isoformat(), f"{FORM}-{ref.fingerprint}"]


def _mark(session: Session) -> list[Any]:
    """The step, the day and the rules up to which the dates are made."""
    text = session.scalar(select(PoolFact.value).where(PoolFact.name == _MARK)) or "0  "
    lsn, day, rules = text.split(" ")
    return [int(lsn), day, rules]


def _note(session: Session, now: Sequence[Any]) -> None:
    session.merge(PoolFact(name=_MARK, value=" ".join(map(str, now))))
    session.flush()
