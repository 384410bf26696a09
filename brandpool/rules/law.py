"""The versions of Chinese trademark law: which one governs a day, and what it lays down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from brandpool.errors import UserError
from brandpool.rules.periods import Period

_OWN = ("well_known", "wording_ban")
"""What an old version never borrows from the one whose terms it shares."""


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of the Trademark Law: its first day, its terms and its article numbers."""

    id: str
    name: str
    start: date
    terms: Mapping[str, Period]
    articles: Mapping[str, str]
    detail: Mapping[str, Any]

    def article(self, matter: str) -> str:
        """`商标法2019第三十三条`; only the law's name where the article is not known."""
        return self.name + self.articles.get(matter, "")


@dataclass(frozen=True, slots=True)
class Laws:
    """All versions, oldest first."""

    versions: tuple[LawVersion, ...]

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Laws":
        """Reads law.json; an old version without its own terms borrows those it names."""
        rows = {row["id"]: row for row in document["trademark_law"]}
        found = [_version(row, rows[row.get("terms_of", row["id"])]) for row in rows.values()]
        return cls(tuple(sorted(found, key=lambda version: version.start)))

    def on(self, day: date) -> LawVersion:
        """The version in force on a day; the first one for days before any."""
        known = (version for version in reversed(self.versions) if version.start <= day)
        return next(known, self.versions[0])

    def chosen(self, day: date, forced: str | None) -> LawVersion:
        """The version a clerk forces (`2019`, `商标法2026`, `TM2026`), otherwise the day's own."""
        if forced is None:
            return self.on(day)
        year = re.fullmatch(r"\D*(\d{4})\D*", forced.strip())
        for version in self.versions:
            if year and version.id.endswith(year[1]):
                return version
        names = "、".join(version.id[2:] for version in self.versions)
        raise UserError(f"law：没有“{forced}”这一版商标法，可用 {names}")

    def after(self, version: LawVersion) -> LawVersion | None:
        """The version that replaces this one, if there is one."""
        later = self.versions[self.versions.index(version) + 1 :]
        return later[0] if later else None


def in_force(rows: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any]:
    """The row of dated parameters that governs a day; the first one for days before any."""
    known = sorted(rows, key=lambda row: str(row["from"]))
    return next((row for row in reversed(known) if row["from"] <= day.isoformat()), known[0])


def _version(row: Mapping[str, Any], full: Mapping[str, Any]) -> LawVersion:
    return LawVersion(
        id=row["id"],
        name=row["name"],
        start=date.fromisoformat(row["from"]),
        terms={name: Period.parse(text) for name, text in full["terms"].items()},
        articles=full["articles"] if row is full else {},
        detail={**full, **row, **{name: row.get(name) for name in _OWN}},
    )
