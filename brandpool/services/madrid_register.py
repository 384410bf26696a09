"""What the International Register says, written into the pool; an event twice is one event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.madrid import (
    BasicMark,
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.madrid_codes import SCOPES
from brandpool.rules.reference import Reference, shipped
from brandpool.services import madrid_rows
from brandpool.services.madrid_rows import DesignationRow

EFFECTIVE = frozenset({"REN", "REN2", "REN3", "EEN", "EENN", "RCN"})
"""Renewals count from the day they take effect, everything else from its recording."""


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One record of the Register: its tag, dates as WIPO names them, Office, document, parties."""

    tag: str
    regrdat: date | None = None
    notdate: date | None = None
    regedat: date | None = None
    office: str = ""
    document_id: str = ""
    gazette: str = ""
    published: date | None = None
    parties: tuple[str, ...] = ()
    opposition_start: date | None = None
    opposition_end: date | None = None
    note: str = ""

    @property
    def dated(self) -> date | None:
        """The day by which records are ordered."""
        first = self.regedat if self.tag in EFFECTIVE else None
        return first or self.regrdat or self.notdate or self.regedat

    def key(self, irn: str) -> str:
        """What makes it this event: registration, tag, Office, day, document."""
        day = self.regrdat or self.notdate or self.regedat
        return "|".join((irn, self.tag, self.office, str(day or ""), self.document_id))


@dataclass(frozen=True, slots=True)
class RegisterExtract:
    """One registration as an extract shows it; None and empty where it is silent."""

    irn: str
    name: str = ""
    holder: str = ""
    ir_date: date | None = None
    expiry: date | None = None
    origin: str = ""
    classes: str = ""
    goods: str = ""
    colour: bool | None = None
    parties: tuple[str, ...] = ()
    basics: tuple[tuple[str, str, date | None], ...] = ()
    records: tuple[RegisterRecord, ...] = ()


@dataclass(slots=True)
class Applied:
    """What an extract brought: new and completed registrations, new designations and events.

    `notes` tell the clerk what to look at, by registration.
    """

    registrations: int = 0
    known_registrations: int = 0
    designations: int = 0
    events: int = 0
    known_events: int = 0
    notes: list[str] = field(default_factory=list)


def apply(
    session: Session,
    extracts: Sequence[RegisterExtract],
    enterprises: Mapping[str, str],
    source: str,
    *,
    ref: Reference | None = None,
) -> Applied:
    """Write extracts: registrations, basic marks, designations, events; again, nothing is added.

    `enterprises` gives the enterprise id for a holder's name; a registration already in the pool
    keeps its own. What is recorded is completed, an expiry renewed; nothing is ever emptied.
    """
    ref = ref or shipped()
    applied = Applied()
    ids = _registrations(session, extracts, enterprises, source, applied)
    _basics(session, extracts, ids)
    _designations(session, extracts, ids, applied, ref)
    _events(session, extracts, ids, source, applied, ref)
    return applied


def _registrations(
    session: Session,
    extracts: Sequence[RegisterExtract],
    enterprises: Mapping[str, str],
    source: str,
    applied: Applied,
) -> dict[str, str]:
    known: dict[str, str] = {}
    for batch in journal.in_batches([extract.irn for extract in extracts]):
        query = select(InternationalRegistration.irn, InternationalRegistration.id).where(
            InternationalRegistration.irn.in_(batch), InternationalRegistration.dup_of.is_(None)
        )
        known |= {str(irn): record for irn, record in session.execute(query)}
    rows: dict[str, dict[str, Value]] = {}
    for extract in extracts:
        values: dict[str, Value] = {
            "irn": extract.irn, "name": extract.name, "holder": extract.holder,
            "ir_date": extract.ir_date, "expiry": extract.expiry, "origin": extract.origin,
            "classes": extract.classes, "goods": extract.goods, "colour": extract.colour,
        }  # fmt: skip
        if extract.irn not in known:
            values["enterprise_id"] = enterprises.get(extract.holder)
            values["source"] = source
            if values["enterprise_id"] is None:
                text = _("国际注册 {irn}：注册人“{holder}”未对应到库内企业，请补填所属企业。")
                applied.notes.append(text.format(irn=extract.irn, holder=extract.holder))
        given = {name: value for name, value in values.items() if value not in (None, "")}
        rows[extract.irn] = {**rows.get(extract.irn, {}), **given}
    fresh = [irn for irn in rows if irn not in known]
    added = journal.insert(session, InternationalRegistration, [rows[irn] for irn in fresh])
    edits = {known[irn]: rows[irn] for irn in rows if irn in known}
    if edits:
        journal.update(session, InternationalRegistration, edits)
    applied.registrations, applied.known_registrations = len(fresh), len(edits)
    return known | dict(zip(fresh, added, strict=True))


def _basics(session: Session, extracts: Sequence[RegisterExtract], ids: Mapping[str, str]) -> None:
    query = select(BasicMark.ir_id, BasicMark.number)
    known = {tuple(row) for row in session.execute(query)}
    rows: dict[tuple[str, str], dict[str, Value]] = {}
    for extract in extracts:
        ir = ids[extract.irn]
        for basis, number, day in extract.basics:
            if (ir, number) not in known:
                rows[ir, number] = {"ir_id": ir, "number": number, "basis": basis, "dated": day}
    journal.insert(session, BasicMark, list(rows.values()))


def _designations(
    session: Session,
    extracts: Sequence[RegisterExtract],
    ids: Mapping[str, str],
    applied: Applied,
    ref: Reference,
) -> None:
    """Designations and the days they were notified, from the current state and ENN/EXN records."""
    known = madrid_rows.designations(session, list(ids.values()))
    here: dict[tuple[str, str, date | None], DesignationRow] = {
        (ir, row.party, row.designated_on): row for ir, rows in known.items() for row in rows
    }
    fresh: dict[tuple[str, str, date | None], dict[str, Value]] = {}
    edits: dict[str, dict[str, Value]] = {}
    for extract in extracts:
        ir = ids[extract.irn]
        designated = {party for held, party, _day in [*here, *fresh] if held == ir}
        for party, day, notified, route in _named(extract, designated, ref):
            key = (ir, party, day)
            if key in here:
                if notified and here[key].notified is None:
                    edits[here[key].id] = {"notified": notified}
            else:
                values: dict[str, Value] = {"ir_id": ir, "party": party, "designated_on": day,
                                            "route": route}  # fmt: skip
                fresh[key] = {**fresh.get(key, {}), **values}
                if notified:
                    fresh[key]["notified"] = notified
    journal.insert(session, Designation, list(fresh.values()))
    if edits:
        journal.update(session, Designation, edits)
    applied.designations = len(fresh)


def _named(
    extract: RegisterExtract, known: set[str], ref: Reference
) -> list[tuple[str, date | None, date | None, str]]:
    """Party, day designated, day notified, route of every designation an extract names."""
    found = []
    first = next((r for r in extract.records if r.tag == "ENN"), None)
    later = [r for r in extract.records if r.tag in {"EXN", "OBN"}]
    in_later = {_acting(p, ref) for record in later for p in record.parties}
    at_first = {_acting(p, ref) for p in (first.parties if first else ())}
    for record in later:
        day = record.regedat or record.regrdat
        found += [(_acting(p, ref), day, record.notdate, "subsequent") for p in record.parties]
    current = {_acting(p, ref) for p in extract.parties}
    original = at_first or (current - in_later - known)
    notified = first.notdate if first else None
    found += [(p, extract.ir_date, notified, "application") for p in sorted(original)]
    return found


def _acting(code: str, ref: Reference) -> str:
    return ref.members.acting(code).code


def _events(
    session: Session,
    extracts: Sequence[RegisterExtract],
    ids: Mapping[str, str],
    source: str,
    applied: Applied,
    ref: Reference,
) -> None:
    held = madrid_rows.designations(session, list(ids.values()))
    for_ir: dict[str, dict[str, Value]] = {}
    for_designation: dict[str, dict[str, Value]] = {}
    for extract in extracts:
        ir = ids[extract.irn]
        for record in extract.records:
            parties = _parties(record)
            if record.dated is None:
                _note(applied, extract, _("{tag} 没有日期，未录入"), record)
            elif parties:
                for_designation |= _for_parties(
                    extract, record, parties, held.get(ir, ()), source, applied, ref
                )
            elif SCOPES[record.tag] == "CP":
                _note(applied, extract, _("{tag} 没有写明缔约方，未录入"), record)
            else:
                key = record.key(extract.irn)
                for_ir[key] = {
                    **_values(record, source), "ir_id": ir, "event_key": key,
                    "published": record.published, "parties": "、".join(record.parties) or None,
                }  # fmt: skip
    _write(session, IrEvent, "ir_id", for_ir, applied)
    _write(session, DesignationEvent, "designation_id", for_designation, applied)


def _for_parties(
    extract: RegisterExtract,
    record: RegisterRecord,
    parties: Sequence[str],
    held: Sequence[DesignationRow],
    source: str,
    applied: Applied,
    ref: Reference,
) -> dict[str, dict[str, Value]]:
    """One event for each party the record concerns, by its key."""
    found: dict[str, dict[str, Value]] = {}
    for party in parties:
        acting = _acting(party, ref)
        mine = [row for row in held if row.party == acting]
        chosen = _meant(mine, record)
        if chosen is None:
            text = _("{tag} 涉及 {party}，但没有该方的指定，未录入")
            _note(applied, extract, text, record, acting)
            continue
        if len(mine) > 1:
            text = _("{party} 多次指定，{tag} 记在 {day} 的一次，请核对")
            _note(applied, extract, text, record, acting, chosen.designated_on)
        key = record.key(extract.irn) + (f"|{acting}" if len(parties) > 1 else "")
        found[key] = {
            **_values(record, source), "office": record.office or acting,
            "designation_id": chosen.id, "event_key": key,
            "opposition_start": record.opposition_start,
            "opposition_end": record.opposition_end,
        }  # fmt: skip
    return found


def _note(
    applied: Applied,
    extract: RegisterExtract,
    text: str,
    record: RegisterRecord,
    party: str = "",
    day: date | None = None,
) -> None:
    told = text.format(tag=record.tag, party=party, day=day)
    applied.notes.append(_("国际注册 {irn}：{told}。").format(irn=extract.irn, told=told))


def _values(record: RegisterRecord, source: str) -> dict[str, Value]:
    return {
        "tag": record.tag, "dated": record.dated, "regrdat": record.regrdat,
        "notdate": record.notdate, "regedat": record.regedat, "office": record.office or None,
        "document_id": record.document_id or None, "gazette": record.gazette or None,
        "note": record.note or None, "source": source,
    }  # fmt: skip


def _parties(record: RegisterRecord) -> tuple[str, ...]:
    """Whom a record concerns: nobody in particular, the Office, or the parties listed."""
    scope = SCOPES[record.tag]
    if scope == "CP":
        return record.parties or ((record.office,) if record.office else ())
    return record.parties if scope == "CP*" else ()


def _meant(rows: Sequence[DesignationRow], record: RegisterRecord) -> DesignationRow | None:
    """The party's last designation made before the record."""
    day = record.dated
    before = [
        row for row in rows
        if row.designated_on is None or day is None or row.designated_on <= day
    ]  # fmt: skip
    return before[-1] if before else (rows[0] if rows else None)


def _write(
    session: Session,
    model: type[DesignationEvent] | type[IrEvent],
    link: str,
    rows: Mapping[str, Mapping[str, Value]],
    applied: Applied,
) -> None:
    """Insert the events that are new; one entered before without its document is completed."""
    owners = list({str(row[link]) for row in rows.values()})
    known, loose = _recorded(session, model, link, owners)
    fresh: dict[str, dict[str, Value]] = {}
    edits: dict[str, dict[str, Value]] = {}
    for key, row in rows.items():
        given: dict[str, Value] = {n: value for n, value in row.items() if value is not None}
        place = (str(row[link]), row["tag"], row["dated"])
        same = loose.get(place, {})
        document = str(row.get("document_id") or "")
        twin = same.get("") or (same.get(document) if document else next(iter(same.values()), None))
        if key in known:
            applied.known_events += 1
        elif twin:
            edits[twin] = {name: value for name, value in given.items() if name != "event_key"}
            applied.known_events += 1
        else:
            fresh[key] = given
    journal.insert(session, model, list(fresh.values()))
    if edits:
        journal.update(session, model, edits)
    applied.events += len(fresh)


def _recorded(
    session: Session,
    model: type[DesignationEvent] | type[IrEvent],
    link: str,
    owners: Sequence[str],
) -> tuple[set[str], dict[tuple[str, Value, Value], dict[str, str]]]:
    """The keys of the events that these records have, and their ids by tag, day and document."""
    keys: set[str] = set()
    found: dict[tuple[str, Value, Value], dict[str, str]] = defaultdict(dict)
    owner = getattr(model, link)
    columns = (model.id, owner, model.tag, model.dated, model.document_id, model.event_key)
    for batch in journal.in_batches(owners):
        for record, held, tag, dated, document, key in session.execute(
            select(*columns).where(owner.in_(batch), model.dup_of.is_(None))
        ):
            keys.add(str(key))
            found[str(held), tag, dated][document or ""] = record
    return keys, found
