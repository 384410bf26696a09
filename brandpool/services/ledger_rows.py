"""The live records of a ledger as plain mappings, for services that count them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.record import Record

LedgerRow = Mapping[str, Any]
_SEPARATORS = re.compile(r"[、,，;；\r\n]+")
_WHOLE = 7
_DOTS = re.compile(r"[\s.．·]")
_PREFIX = re.compile(r"^(?:ZL|CN)(?=\d)")


def live(session: Session, model: type[Record]) -> list[LedgerRow]:
    """All records of a kind in the order of their ids, unsettled duplicates left out."""
    table: Any = model.__table__
    assert isinstance(table, Table)
    query = select(table).where(table.c.dup_of.is_(None)).order_by(table.c.id)
    return [dict(row) for row in session.execute(query).mappings()]


def by_day(day: date | None, on: date) -> bool:
    """Whether something has happened by that day; what has no date has not."""
    return day is not None and day <= on


def in_year(day: date | None, year: int, on: date) -> bool:
    """Whether a day lies in that year and not after `on`."""
    return day is not None and day.year == year and day <= on


def numbers(text: str | None) -> list[str]:
    """The numbers listed in a cell, each once and written alike: ZL2020 1.X and 20201X are one.

    A space separates numbers only between what could be whole numbers.
    """
    found: list[str] = []
    for part in _SEPARATORS.split(text or ""):
        words = part.split()
        found += words if all(len(word) >= _WHOLE for word in words) else [part]
    return list(dict.fromkeys(one for one in map(number, found) if one))


def number(text: str | None) -> str:
    """A patent, mark or contract number without its decoration; empty where there is none."""
    plain = unicodedata.normalize("NFKC", text or "").strip().upper()
    return _PREFIX.sub("", _DOTS.sub("", plain))
