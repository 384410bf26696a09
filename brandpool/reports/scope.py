"""What a statistic over a ladder covers: the ladder, its tiers in order, the dates, the scheme."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.reports.moves import OUTSIDE, Rung
from brandpool.services import schemes


@dataclass(frozen=True, slots=True)
class Scope:
    """The ladder and dates a statistic was computed for; `rungs` from low to high."""

    ladder: str
    title: str
    rungs: tuple[Rung, ...]
    start: date
    end: date
    scheme: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The tiers' codes from low to high, without OUTSIDE."""
        return tuple(rung.code for rung in self.rungs)

    def name(self, code: str) -> str:
        """What a tier is called; OUTSIDE is 池外."""
        if code == OUTSIDE:
            return _("池外")
        return next((rung.name for rung in self.rungs if rung.code == code), code)

    def with_codes(self, codes: tuple[str, ...]) -> "Scope":
        """The same scope with the tiers that only older moves know, above the others."""
        known = set(self.codes)
        older = (Rung(code, code) for code in codes if code != OUTSIDE and code not in known)
        return replace(self, rungs=(*self.rungs, *older))

    def scheme_sentence(self) -> str:
        """Which scheme names the tiers; nothing when none is in force."""
        return _("层级依《{scheme}》。").format(scheme=self.scheme) if self.scheme else ""


def scope_of(session: Session, ladder: str, start: date, end: date) -> Scope:
    """The ladder as the scheme in force on the last day names and orders it.

    Where none is in force that day the newest version that has the ladder does.
    """
    versions = schemes.versions_with(session, ladder)
    scheme = next((one for one in versions if one.in_force(end)), next(iter(versions), None))
    declared = scheme.ladder(ladder) if scheme else None
    if scheme is None or declared is None:
        return Scope(ladder, ladder, (), start, end)
    rungs = tuple(Rung(tier.code, tier.words.label()) for tier in declared.tiers)
    title = f"{scheme.title} {scheme.version}"
    return Scope(ladder, declared.words.label(), rungs, start, end, title)


def day_words(day: date) -> str:
    """A date as documents write it: 2026年11月2日, in English 2026-11-02."""
    return f"{day.year}年{day.month}月{day.day}日" if lang() == "zh" else day.isoformat()
