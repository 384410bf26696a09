"""Designations and events entered by hand, keyed as the International Register would key them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.madrid import (
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.madrid_codes import SCOPES
from brandpool.rules.identifiers import parse_irn
from brandpool.rules.reference import shipped
from brandpool.services.trademarks import upsert


def normalised_irn(text: str) -> str:
    """The registration number as the pool keeps it. Raises UserError where there is none."""
    return str(parse_irn(text)["key"])


def add_designation(
    session: Session, ir: str, party: str, designated_on: date, **values: Value
) -> str:
    """Designate a party in a registration, in the application or later; returns its id."""
    code = shipped().members.acting(party).code
    row: dict[str, Value] = {"ir_id": ir, "party": code, "designated_on": designated_on}
    return journal.insert(session, Designation, [{**row, **values}])[0]


def record_event(session: Session, designation: str, values: Mapping[str, Value]) -> str:
    """Enter an event of one designation, or complete the one already there; returns its id.

    `values` are those of a DesignationEvent: tag and dated at least. Raises UserError otherwise.
    """
    found = journal.snapshot(session, Designation, [designation]).get(designation)
    if found is None:
        raise UserError(_("这条指定已被删除。可在“历史”中恢复。"))
    irn = _irn(session, str(found["ir_id"]))
    office = str(values.get("office") or found["party"])
    row = {**values, "designation_id": designation, "office": office}
    key = _typed_key(irn, row)
    return upsert(session, DesignationEvent, "event_key", {key: {**row, "event_key": key}})[key]


def record_ir_event(session: Session, ir: str, values: Mapping[str, Value]) -> str:
    """Enter an event of a whole registration, or complete the one already there."""
    key = _typed_key(_irn(session, ir), {"office": "", **values})
    row = {**values, "ir_id": ir, "event_key": key}
    return upsert(session, IrEvent, "event_key", {key: row})[key]


def _irn(session: Session, ir: str) -> str:
    row = journal.snapshot(session, InternationalRegistration, [ir]).get(ir)
    if row is None:
        raise UserError(_("这件国际注册已被删除。可在“历史”中恢复。"))
    return str(row["irn"] or ir)


def _typed_key(irn: str, values: Mapping[str, Value]) -> str:
    tag = values.get("tag")
    if tag not in SCOPES or not isinstance(values.get("dated"), date):
        raise UserError(_("国际注册簿的事件须有事件代码和日期。"))
    days = (values.get("regrdat"), values.get("notdate"), values.get("regedat"), values["dated"])
    day = next(day for day in days if day)
    office, document = values.get("office") or "", values.get("document_id") or ""
    return "|".join((irn, str(tag), str(office), str(day), str(document)))
