"""What is known of one enterprise when it is judged, and what a measure of it can be."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from brandpool.rules.standing import Stay

Row = Mapping[str, Any]
Amount = Any
"""A measured value: whole number, Decimal, text, yes/no, or None for not known."""


class Figure(NamedTuple):
    """A yearly figure on file."""

    value: Decimal | None
    unit: str
    record: str
    source: str
    as_of: date | None


class Ledger(NamedTuple):
    """A kind of record in this pool: its name, its fields with theirs, whether anything is in it.

    A ledger nobody has written in says nothing about any enterprise.
    """

    label: str
    fields: Mapping[str, str]
    used: bool


class Facts(NamedTuple):
    """One enterprise: its fields, figures by measure and year, records by kind, and stays."""

    id: str
    values: Row
    figures: Mapping[str, Mapping[int, Figure]]
    records: Mapping[str, Sequence[Row]]
    stays: Sequence[Stay]


class Books(NamedTuple):
    """What this pool can tell at all: the enterprise's fields, the ledgers, the figures' names."""

    fields: Mapping[str, str]
    ledgers: Mapping[str, Ledger]
    measures: Mapping[str, str]


class Source(NamedTuple):
    """Where a value comes from: the records and field, the day it was true, who said so."""

    kind: str
    records: tuple[str, ...] = ()
    field: str = ""
    as_of: date | None = None
    text: str = ""


class Measured(NamedTuple):
    """A value, or the least and the most it can be while some records are incomplete.

    `why` says, where the value is None or a range, what is missing.
    """

    value: Amount
    most: Amount
    source: Source
    why: str = ""
