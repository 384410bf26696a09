"""An answer of the law together with the way that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from brandpool.i18n import said

Value = Any
"""A date, an amount (Decimal), a number, a truth, a word, nothing, or lists or maps of these."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the event to the date.

    event: what happens or is counted; article: where it is written; raw: the day before closed
    days are looked at; calendar and rolled: whose open days were asked and the day they gave;
    provisional: that calendar is not published for the year; note: what a reader must still know.
    """

    event: str
    article: str
    raw: date | None = None
    calendar: str = ""
    rolled: date | None = None
    provisional: bool = False
    note: str = ""

    def as_json(self) -> dict[str, Value]:
        """The step with ISO dates, for JSON and for the certificate."""
        return {
            "event": plain(self.event),
            "article": self.article,
            "raw": plain(self.raw),
            "calendar": plain(self.calendar),
            "rolled": plain(self.rolled),
            "provisional": self.provisional,
            "note": plain(self.note),
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """What a rule answers: named values, the chain of steps, and warnings for the clerk."""

    answer: Mapping[str, Value]
    chain: tuple[Step, ...]
    warnings: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether any step leaned on a year whose holidays are not published."""
        return any(step.provisional for step in self.chain)

    def __getitem__(self, key: str) -> Value:
        return self.answer[key]

    def day(self, key: str = "value") -> date:
        """The date under this key; a bug if the rule gives none there."""
        value = self.answer[key]
        assert isinstance(value, date), f"{key} holds no date: {value!r}"
        return value

    def overridden(self, key: str, day: date, who: str, reason: str) -> "Explained":
        """The same answer with one date put by a person, the change being its own last step."""
        step = Step(
            said("人工改定（{who}）", who=who), "", self.answer.get(key), "", day, note=reason
        )
        return replace(self, answer={**self.answer, key: day}, chain=(*self.chain, step))

    def as_json(self) -> dict[str, Value]:
        """Values and chain as JSON: ISO dates, amounts as numbers."""
        result = {key: plain(value) for key, value in self.answer.items()}
        result["provisional"] = self.provisional
        if self.warnings:
            result["warnings"] = plain(self.warnings)
        result["chain"] = [step.as_json() for step in self.chain]
        return result


def plain(value: Value) -> Value:
    """A value as JSON knows it: ISO dates; whole amounts as int, others as float; texts bare."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
