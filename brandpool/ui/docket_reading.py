"""What the desk reads at once: the dates asked for, their numbers, and what changed lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from brandpool.i18n import lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.record import Record
from brandpool.models.trademark import Trademark
from brandpool.services import docket, docket_cache, history, records, reference_data
from brandpool.services.docket import Asked, Entry
from brandpool.services.history import FlagRow, StepRow
from brandpool.ui.docket_table import DECIDED
from brandpool.ui.work import Task

MOST = 1000
_RECENT = 200
_TOLD: tuple[type[Record], ...] = (Enterprise, Trademark, InternationalRegistration, Honour)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the clerk looks at: a state of the docket, one kind of date, as of a day."""

    on: date
    state: str = ""
    rule: str = ""

    @property
    def asked(self) -> Asked:
        """The question to the docket."""
        states = (self.state,) if self.state and self.state != DECIDED else ()
        rules = (self.rule,) if self.rule else ()
        settled = self.state == DECIDED
        within = docket.AHEAD if settled else docket.WITHIN
        return Asked(self.on, within, states, rules, settled=settled)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk shows."""

    numbers: Mapping[str, int]
    entries: list[Entry]
    rules: Mapping[str, str]
    counts: list[tuple[type[Record], int]]
    steps: list[StepRow]
    flags: list[FlagRow]
    stale: bool = False


def read(task: Task, wanted: Wanted) -> Desk:
    """Make the dates up to date if anything changed, then read."""
    stale = not catch_up(task, wanted.on)
    with task.read() as session:
        ref = reference_data.reference(session, wanted.on)
        asked = wanted.asked
        return Desk(
            docket.counts(session, Asked(wanted.on, rules=asked.rules), ref),
            docket.find(session, asked, ref, limit=MOST, lang=lang()),
            docket.rules(ref, lang()),
            _counts(session),
            since_yesterday(session, wanted.on),
            history.flags(session),
            stale,
        )


def catch_up(task: Task, on: date) -> bool:
    """Make the docket's dates anew where records, rules or the day have changed.

    Returns whether they are up to date: a pool opened to be read only keeps what it had.
    """
    with task.read() as session:
        ref = reference_data.reference(session, on)
        behind = docket_cache.behind(session, on, ref)
    if behind and not task.pool.read_only:
        with task.maintain() as session:
            docket_cache.catch_up(session, on, ref)
    return not (behind and task.pool.read_only)


def since_yesterday(session: Session, on: date) -> list[StepRow]:
    """The steps saved since yesterday morning, the latest first."""
    morning = datetime.combine(on - timedelta(days=1), time.min).astimezone()
    return [step for step in history.steps(session, _RECENT) if step.at >= morning]


def _counts(session: Session) -> list[tuple[type[Record], int]]:
    return [(model, records.count(session, model)) for model in _TOLD]
