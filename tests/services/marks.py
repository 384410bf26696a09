"""Marks and registrations for tests, with valid defaults."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.madrid import BasicMark, InternationalRegistration
from brandpool.models.trademark import Trademark
from brandpool.services import madrid_events

ON = date(2026, 11, 22)


def mark(session: Session, enterprise: str, number: str = "12345678", **more: Any) -> str:
    """A mark registered 2020-03-01 until 2030-02-28 in class 9, unless told otherwise."""
    values = {
        "enterprise_id": enterprise, "reg_no": number, "nice_class": 9, "name": "朝阳",
        "owner": "宁波朝阳机械有限公司", "registered_on": date(2020, 3, 1),
        "reg_published": date(2020, 3, 1), "valid_until": date(2030, 2, 28),
    }  # fmt: skip
    return journal.insert(session, Trademark, [{**values, **more}])[0]


def registration(
    session: Session, enterprise: str | None, irn: str = "1274024", **more: Any
) -> str:
    """An international registration of 2024-05-05 in class 9, unless told otherwise."""
    values = {
        "enterprise_id": enterprise, "irn": irn, "name": "SUNRISE", "classes": "9",
        "holder": "Ningbo Sunrise", "ir_date": date(2024, 5, 5),
    }  # fmt: skip
    return journal.insert(session, InternationalRegistration, [{**values, **more}])[0]


def designation(
    session: Session, ir: str, party: str, *, on: date = date(2024, 5, 5), **more: Any
) -> str:
    """A designation notified on 2024-07-01, unless told otherwise."""
    values = {"notified": date(2024, 7, 1), "route": "application", **more}
    return madrid_events.add_designation(session, ir, party, on, **values)


def event(session: Session, designated: str, tag: str, dated: date, **more: Any) -> str:
    """An event of a designation."""
    return madrid_events.record_event(session, designated, {"tag": tag, "dated": dated, **more})


def basic(session: Session, ir: str, number: str = "12345678", **more: Any) -> str:
    """A basic registration."""
    values = {"ir_id": ir, "number": number, "basis": "registration", **more}
    return journal.insert(session, BasicMark, [values])[0]
