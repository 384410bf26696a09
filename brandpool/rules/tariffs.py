"""Madrid fees by date: WIPO's Schedule and each party's individual fee."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Price = Mapping[str, Any]

MODES: Mapping[str, Callable[[Price, int], Decimal]] = {
    "flat": lambda p, _: Decimal(str(p["amount"])),
    "per_class": lambda p, n: Decimal(str(p["amount"])) * n,
    "first_then_additional": lambda p, n: (
        Decimal(str(p["first"])) + Decimal(str(p["additional"])) * (n - 1)
    ),
    "first_second_additional": lambda p, n: (
        Decimal(str(p["first"]))
        + (Decimal(str(p["second"])) if n > 1 else 0)
        + Decimal(str(p["additional"])) * max(0, n - 2)
    ),
    "block_then_additional": lambda p, n: (
        Decimal(str(p["block_amount"]))
        + Decimal(str(p["additional"])) * max(0, n - int(p["block_classes"]))
    ),
}
"""How a party prices n classes (n is 1 or more)."""


def price_of(price: Price, classes: int) -> Decimal:
    """The amount in CHF for that many classes."""
    return MODES[price["mode"]](price, classes)


@dataclass(frozen=True, slots=True)
class Tariff:
    """One party's individual fee as known from one source.

    day: first day in force (exact) or a day it was seen on WIPO's page (not exact).
    """

    day: date
    exact: bool
    prices: Mapping[str, Price]
    collective: Mapping[str, Price]
    second_part: Price | None
    source: str

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Tariff":
        """Reads one entry of fees.json; prices in an unknown mode raise KeyError."""
        kinds = ("application", "renewal", "renewal_in_grace")
        tariff = cls(
            day=date.fromisoformat(row.get("from") or row["seen"]),
            exact="from" in row,
            prices={kind: row[kind] for kind in kinds if kind in row},
            collective=row.get("collective", {}),
            second_part=row.get("second_part"),
            source=row.get("source", ""),
        )
        for price in (*tariff.prices.values(), *tariff.collective.values()):
            price_of(price, 1)
        return tariff

    def price(self, kind: str, collective: bool) -> Price | None:
        """The price of this kind, that of collective marks first if asked."""
        return (self.collective.get(kind) if collective else None) or self.prices.get(kind)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tariff taken for a day, and whether the day it starts had to be estimated."""

    tariff: Tariff
    estimated: bool


@dataclass(frozen=True)
class Tariffs:
    """The Schedule's versions and every party's individual fees, oldest first."""

    schedule: tuple[Mapping[str, Any], ...]
    individual: Mapping[str, tuple[Tariff, ...]]
    as_of: date

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Tariffs":
        """Reads fees.json."""
        individual = {
            code: tuple(sorted(map(Tariff.from_json, rows), key=lambda tariff: tariff.day))
            for code, rows in document["individual"].items()
        }
        schedule = tuple(sorted(document["schedule"], key=lambda row: str(row["from"])))
        return cls(schedule, individual, date.fromisoformat(document["as_of"]))

    def schedule_on(self, day: date) -> Mapping[str, Any]:
        """The Schedule of Fees in force on a day, the first known one before it."""
        known = (row for row in reversed(self.schedule) if row["from"] <= day.isoformat())
        return next(known, self.schedule[0])

    def individual_on(self, code: str, kind: str, day: date, *, collective: bool) -> Chosen | None:
        """The tariff of a kind that governs a day; None where the party has none of that kind.

        A tariff only seen on WIPO's page may have begun before: between two known tariffs the
        nearer one is taken and marked as estimated.
        """
        known = [t for t in self.individual.get(code, ()) if t.price(kind, collective)]
        past = [tariff for tariff in known if tariff.day <= day]
        coming = [tariff for tariff in known if tariff.day > day]
        if not known:
            return None
        if not past:
            return Chosen(coming[0], True)
        last = past[-1]
        if not coming or coming[0].exact:
            return Chosen(last, False)
        following = coming[0]
        same = following.price(kind, collective) == last.price(kind, collective)
        nearer = following.day - day < day - last.day
        return Chosen(following if nearer else last, not same)
