"""What the page of well-known marks reads: files judged today, cases with their clocks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Choice
from brandpool.models.well_known_codes import OUTCOMES, READINESS, ROUTES, STAGES
from brandpool.services import records, well_known, well_known_cases
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_cases import CaseRow

VERDICTS = {"supportable": "●", "gaps": "◐", "not_yet": "◷", "refused": "×"}
"""The sign of each verdict; colour only repeats it."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One preparation file with the name of its enterprise."""

    found: Assessment
    enterprise: str

    @property
    def verdict(self) -> str:
        """The verdict with its sign, and the earliest day where it is too early."""
        return f"{VERDICTS[self.found.verdict]} {self.found.label}"

    @property
    def short(self) -> str:
        """The verdict with its sign."""
        return f"{VERDICTS[self.found.verdict]} {word(READINESS, self.found.verdict)}"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with the name of its enterprise."""

    case: CaseRow
    enterprise: str

    @property
    def nature(self) -> str:
        """个案认定 or 个案确认, as the law of its day says."""
        return _("个案{verb}").format(verb=self.case.words.verb)

    @property
    def state(self) -> str:
        """The outcome and its day, or how far it is."""
        values = self.case.values
        outcome = word(OUTCOMES, values["outcome"])
        if outcome:
            return f"{outcome} {values['decided_on'] or ''}".strip()
        stages = [stage for stage in self.case.stages if stage.day]
        if not stages:
            return _("未登记环节")
        return f"{word(STAGES, stages[-1].stage)} {stages[-1].day}"


@dataclass(frozen=True, slots=True)
class Look:
    """All files, those nearest to support first, and all cases."""

    files: tuple[FileLine, ...]
    cases: tuple[CaseLine, ...]


def read(session: Session, on: date) -> Look:
    """Everything the page shows, as of a day."""
    found = well_known.assess_all(session, on)
    cases = well_known_cases.cases(session, on)
    wanted = {one.file.enterprise_id or "" for one in found}
    wanted |= {case.values["enterprise_id"] or "" for case in cases}
    names = records.titles(session, Enterprise, wanted)
    order = list(VERDICTS)
    files = sorted(
        (FileLine(one, names.get(one.file.enterprise_id or "", "")) for one in found),
        key=lambda line: (order.index(line.found.verdict), len(line.found.gaps), line.enterprise),
    )
    return Look(
        tuple(files),
        tuple(CaseLine(case, names.get(case.values["enterprise_id"] or "", "")) for case in cases),
    )


def word(choices: tuple[Choice, ...], code: str | None) -> str:
    """A code in words; nothing is an empty text."""
    return next((c.label(lang()) for c in choices if c.code == code), code or "")


def route_word(code: str | None) -> str:
    """A route in words."""
    return word(ROUTES, code)
