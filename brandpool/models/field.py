"""What a field of a record is: declared once, read by every table, form, import and export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Literal

Lang = Literal["zh", "en"]
Value = str | int | bool | Decimal | date | None


class Kind(StrEnum):
    """How a value is written, checked, shown and sorted.

    FILE is the hash of a file beside the pool; whatever keeps files goes by it.
    """

    TEXT = "text"
    NOTE = "note"
    CODE = "code"
    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    FLAG = "flag"
    CHOICE = "choice"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    TAGS = "tags"
    LINK = "link"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a code list: ASCII in the database, words on screen and in spreadsheets."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    def label(self, lang: Lang = "zh") -> str:
        """The word a clerk reads."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """The single declaration of one field.

    `aliases` are the headings met in real spreadsheets; `unit` is what a bare number means
    ("元", "人", "%"); `currency` names the field that holds the currency of an amount;
    `links` names the kind of record that a LINK points to; `personal` fields are masked
    in whatever leaves the station (PIPL art. 6, 51). A text with a `longest` number of characters
    is refused beyond it: a remark there is no place for documents.
    """

    zh: str
    en: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    currency: str = ""
    links: str = ""
    personal: bool = False
    searchable: bool = False
    required: bool = False
    listed: bool = True
    hint: str = ""
    name: str = ""
    longest: int = 0

    def named(self, name: str) -> "Field":
        """The same declaration, knowing the attribute it was made for."""
        return replace(self, name=name)

    def label(self, lang: Lang = "zh") -> str:
        """The heading of the column and of the form line."""
        return self.zh if lang == "zh" else self.en

    def headings(self) -> Iterator[str]:
        """Every heading by which a spreadsheet may mean this field."""
        yield self.zh
        yield self.en
        yield from self.aliases

    def choice(self, code: str) -> Choice | None:
        """The entry of the code list, or None for a code it does not know."""
        return next((choice for choice in self.choices if choice.code == code), None)

    def too_long(self, value: Value) -> bool:
        """Whether a text has more characters than the field takes."""
        return bool(self.longest) and isinstance(value, str) and len(value) > self.longest

    def shown(self, value: Value, lang: Lang = "zh") -> str:
        """The value as a clerk reads it; nothing is an empty text."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
        if self.kind is Kind.CHOICE:
            choice = self.choice(str(value))
            return choice.label(lang) if choice else str(value)
        if isinstance(value, Decimal):
            return plain(value)
        return str(value)


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros, thousands separated."""
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def encode(value: Value) -> str | int | bool | None:
    """The value as the journal writes it in JSON: the same text on every machine."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def decode(field: Field, stored: Any) -> Value:
    """The value back from the journal's JSON."""
    if stored is None:
        return None
    if field.kind in (Kind.DECIMAL, Kind.MONEY):
        try:
            return Decimal(str(stored))
        except InvalidOperation as bad:
            raise ValueError(f"{field.name}: {stored!r} is not a number") from bad
    if field.kind is Kind.DATE:
        return date.fromisoformat(stored)
    return stored  # type: ignore[no-any-return]


def encoded(values: Mapping[str, Value]) -> dict[str, str | int | bool | None]:
    """A whole record's values as the journal writes them."""
    return {name: encode(value) for name, value in values.items()}
