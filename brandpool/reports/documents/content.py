"""What a document is made of: its template, what goes into it, and the data behind its pictures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from brandpool.exchange import chinese_words
from brandpool.exchange.table_out import hidden
from brandpool.models.field import Field, Kind, Value
from brandpool.rules.scheme import Scheme
from brandpool.services import schemes
from brandpool.services.answers import Answer
from brandpool.services.counted import Counted
from brandpool.settings import Settings

NONE = "无"


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the station and its people, as they stand under a document."""

    station: str = ""
    zone: str = ""
    clerk: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The station, or what every station is called."""
        return self.station or "商标品牌指导站"


def office(own: Settings) -> Office:
    """The office as the clerk has set it."""
    return Office(own.station, own.zone, own.clerk, own.phone, own.address, own.email)


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of texts; `caption` stands above it, `note` below."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document ready to be written: its title and template, and what is filled in.

    `records` is how many records it lists, `people` whether it could name people, `data` the
    tables that go along as a workbook. `numbers` are the numbers in it that bear codes, by name:
    they are kept when the document leaves.
    """

    title: str
    template: str
    context: Mapping[str, Any]
    records: int
    people: bool = False
    data: tuple[Listing, ...] = field(default=())
    numbers: Mapping[str, Counted] = field(default_factory=dict)


def frame(title: str, by: Office, day: date, **more: Any) -> dict[str, Any]:
    """What every template may name: title, station, zone, clerk, phone, address, email, day."""
    return {
        "title": title,
        "station": by.name,
        "zone": by.zone,
        "clerk": by.clerk,
        "phone": by.phone,
        "address": by.address,
        "email": by.email,
        "day": day,
        **more,
    }


def cited(scheme: Scheme | None) -> str:
    """A scheme as a document cites it: 《title》（文号，2026版）; nothing where there is none."""
    if scheme is None:
        return ""
    known = [scheme.document_no, f"{scheme.version}版"]
    return f"《{scheme.title}》（{'，'.join(part for part in known if part)}）"


def scheme_on(session: Session, ladder: str, on: date) -> Scheme | None:
    """The scheme that names and orders a ladder on a day, the newest where none is in force."""
    versions = schemes.versions_with(session, ladder)
    return next((one for one in versions if one.in_force(on)), next(iter(versions), None))


def text_of(declared: Field, value: Value, *, unmasked: bool = False) -> str:
    """A value as a cell of a document: — for nothing, people masked, money in 万元."""
    if value is None or value == "":
        return chinese_words.EMPTY
    if declared.personal and not unmasked:
        return hidden(declared, str(value))
    if declared.kind is Kind.MONEY and declared.unit in ("", "元") and isinstance(value, Decimal):
        return chinese_words.wan(value)
    if isinstance(value, bool) or declared.kind is Kind.CHOICE:
        return declared.shown(value)
    if isinstance(value, int | Decimal) and declared.kind is not Kind.YEAR:
        number = chinese_words.plain(Decimal(value), grouped=True)
        return f"{number}{declared.unit}"
    return chinese_words.spoken(value)


def heading_of(declared: Field) -> str:
    """The heading of a column; units stand with the values."""
    return declared.zh


def listing(
    columns: Sequence[Field],
    rows: Iterable[Sequence[Value]],
    *,
    caption: str = "",
    unmasked: bool = False,
) -> Listing:
    """A numbered table of records."""
    texts = tuple(
        (
            str(number),
            *(text_of(c, v, unmasked=unmasked) for c, v in zip(columns, row, strict=True)),
        )
        for number, row in enumerate(rows, 1)
    )
    return Listing(("序号", *(heading_of(column) for column in columns)), texts, caption)


def of_answer(answer: Answer, *, caption: str = "", unmasked: bool = False) -> Listing:
    """The rows of an answer as a numbered table."""
    rows = [row.values for row in answer.rows]
    return listing(answer.columns, rows, caption=caption, unmasked=unmasked)


def names_people(columns: Iterable[Field]) -> bool:
    """Whether a column holds personal data."""
    return any(column.personal for column in columns)
