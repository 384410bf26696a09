"""The base of every tracked record: fields declared on mapped attributes, nothing else to write."""

import hashlib
import os
import time
import uuid
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import CHAR, BigInteger, Boolean, Date, Dialect, ForeignKey, Integer, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from brandpool.errors import UserError
from brandpool.models.field import Choice, Field, Kind, Value

_NUMBERS = uuid.UUID("7f1d9a52-6a0e-5c1b-9d57-0b9e6f0f6a11")
_SCALE = 10_000
_LARGEST = 2**63 // _SCALE


class Base(DeclarativeBase):
    """Every table of a pool."""


class Scaled(TypeDecorator[Decimal]):
    """Exact decimals with four places, kept as whole numbers: SQL can compare and add them."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> int | None:
        """Decimal to ten-thousandths; more places are rounded half up."""
        if value is None:
            return None
        if abs(value) >= _LARGEST:
            raise UserError(f"数值 {value} 太大，无法保存；请核对单位（元、万元、亿元）。")
        return int((Decimal(str(value)) * _SCALE).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """Ten-thousandths back to a Decimal."""
        return None if value is None else Decimal(value) / _SCALE


_TYPES: dict[Kind, Any] = {
    Kind.NUMBER: BigInteger,
    Kind.YEAR: Integer,
    Kind.DECIMAL: Scaled,
    Kind.MONEY: Scaled,
    Kind.DATE: Date,
    Kind.FLAG: Boolean,
    Kind.LINK: CHAR(32),
}


def field(
    zh: str,
    en: str,
    kind: Kind = Kind.TEXT,
    *,
    aliases: tuple[str, ...] = (),
    unit: str = "",
    choices: tuple[Choice, ...] = (),
    currency: str = "",
    links: str = "",
    personal: bool = False,
    searchable: bool = False,
    required: bool = False,
    listed: bool = True,
    hint: str = "",
    longest: int = 0,
    index: bool = False,
) -> MappedColumn[Any]:
    """Declare one field of a record: its column and everything that reads it.

    Columns are nullable even where a field is required: what a form asks for is the form's
    business, and a record that arrives without it is kept and shown as incomplete.
    """
    declared = Field(
        zh,
        en,
        kind,
        aliases,
        unit,
        choices,
        currency,
        links,
        personal,
        searchable,
        required,
        listed,
        hint,
        longest=longest,
    )
    keys = (
        [ForeignKey(f"{links}.id", deferrable=True, initially="DEFERRED")]
        if kind is Kind.LINK and links
        else []
    )
    return mapped_column(
        _TYPES.get(kind, Text),
        *keys,
        nullable=True,
        index=index or kind is Kind.LINK,
        info={"field": declared},
    )


class Record(Base):
    """A tracked record: every write of it is in the journal, and its row equals the journal's fold.

    `kind` is the table's name. `official` names the fields that make up the number by which the
    outside world knows the record; a record with such a number gets its id from it. `same_by`
    names, for a kind without a number, the fields by which an import knows a record again.
    `caveat` is printed under the heading of every list of the kind.
    `owned_by` names text fields that may hold the enterprise's name where a sheet has no column
    for the enterprise itself.
    """

    __abstract__ = True
    zh: ClassVar[str]
    en: ClassVar[str]
    official: ClassVar[tuple[str, ...]] = ()
    same_by: ClassVar[tuple[str, ...]] = ()
    title_field: ClassVar[str] = ""
    ledger: ClassVar[bool] = False
    caveat: ClassVar[str] = ""
    owned_by: ClassVar[tuple[str, ...]] = ()
    __table__: ClassVar[Table]

    id: Mapped[str] = mapped_column(CHAR(32), primary_key=True)
    ver: Mapped[str] = mapped_column(Text, default="")
    dup_of: Mapped[str | None] = mapped_column(CHAR(32), default=None)

    @classmethod
    def kind(cls) -> str:
        """The record kind as the journal writes it."""
        return str(cls.__tablename__)

    @classmethod
    def label(cls, lang: str = "zh") -> str:
        """The noun a clerk uses for it."""
        return cls.zh if lang == "zh" else cls.en

    @classmethod
    def tidied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The values with official numbers in the one spelling that the pool keeps."""
        return values

    @classmethod
    def implied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The values of a row of a list with what they imply for fields that it has no column for.

        Only a whole row is asked, never an edit of some fields.
        """
        return values

    @classmethod
    def derived(cls, _values: Mapping[str, Any]) -> dict[str, Any]:
        """Columns computed from the fields (sort keys); never journaled, always recomputable."""
        return {}


@cache
def fields(model: type[Record]) -> dict[str, Field]:
    """The fields of a record kind in the order they were declared."""
    return {
        column.key: column.info["field"].named(column.key)
        for column in model.__table__.columns
        if "field" in column.info
    }


@cache
def derives(model: type[Record]) -> bool:
    """Whether the kind has computed columns."""
    return model.derived.__func__ is not Record.derived.__func__  # type: ignore[attr-defined]


def tidies(model: type[Record]) -> bool:
    """Whether the kind has a spelling of its own for its numbers."""
    return model.tidied.__func__ is not Record.tidied.__func__  # type: ignore[attr-defined]


def implies(model: type[Record]) -> bool:
    """Whether a row of the kind tells more than its columns say."""
    return model.implied.__func__ is not Record.implied.__func__  # type: ignore[attr-defined]


def official_number(model: type[Record], values: Mapping[str, Value]) -> str | None:
    """The outside world's number of a record, or None while a part of it is missing."""
    parts: list[str] = []
    for name in model.official:
        part = values.get(name)
        if part is None or part == "":
            return None
        parts.append(part.isoformat() if isinstance(part, date) else str(part).strip().upper())
    return "\x1f".join(parts) if parts else None


def new_id(model: type[Record], values: Mapping[str, Value]) -> str:
    """The id of a new record: from its official number where known, else ordered by time.

    Two laptops that meet the same enterprise offline thus create the same record.
    """
    number = official_number(model, values)
    if number is not None:
        return _named_id(f"{model.kind()}\x1f{number}")
    return time_ordered_id()


def _named_id(name: str) -> str:
    """`uuid.uuid5(_NUMBERS, name).hex`, three times as fast."""
    made = hashlib.sha1(_NUMBERS.bytes + name.encode(), usedforsecurity=False).hexdigest()
    return f"{made[:12]}5{made[13:16]}{'89ab'[int(made[16], 16) & 3]}{made[17:32]}"


def time_ordered_id() -> str:
    """A version 7 UUID as 32 hexadecimal characters: later ids sort later."""
    stamp = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10))
    low = (0b10 << 62) | (tail & (2**62 - 1))
    middle = (7 << 12) | (tail >> 62 & 0xFFF)
    return f"{(stamp << 80) | (middle << 64) | low:032x}"


def digest(text: str) -> str:
    """The content hash that names a transaction: 32 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
