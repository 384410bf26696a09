"""One date of the docket before anybody decided about it: where it comes from, when it counts."""

from dataclasses import dataclass, replace
from datetime import date

from brandpool.i18n import said
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import ONE_DAY

DEADLINE, WATCH, RISK = "deadline", "watch", "risk"
FAR = date.max
"""The day dates are derived for: everything recorded counts, no matter when the docket is read."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that the rules give for one record.

    `rule` is its word in the docket's data. `part` of `kind` is the record it belongs to and opens;
    `occasion` tells the terms of one record apart. `raw` is the day before rolling, `due` the day
    that counts. It is shown from `since` to `until`, and overdue from `late`. A date that `follows`
    another (grace after expiry) is settled with it unless that one was missed.
    """

    rule: str
    kind: str
    part: str
    occasion: str
    raw: date
    due: date
    explained: Explained
    late: date
    since: date | None = None
    until: date | None = None
    follows: str = ""
    note: str = ""


Owned = tuple[str | None, list[Dated]]
"""The enterprise a record belongs to, and its dates."""


def deadline(
    rule: str,
    kind: str,
    part: str,
    occasion: str,
    explained: Explained,
    due: date,
    raw: date | None = None,
    note: str = "",
) -> Dated:
    """A day by which something must be done; overdue the day after, until somebody decides."""
    return Dated(rule, kind, part, occasion, raw or due, due, explained, due + ONE_DAY, note=note)


def watch(
    rule: str,
    kind: str,
    part: str,
    occasion: str,
    explained: Explained,
    due: date,
    raw: date | None = None,
    note: str = "",
) -> Dated:
    """A day to know of, on which nothing is lost; it is gone once it has passed."""
    found = deadline(rule, kind, part, occasion, explained, due, raw, note)
    return replace(found, until=due)


def risk(
    rule: str, kind: str, part: str, occasion: str, explained: Explained, due: date,
    until: date | None,
) -> Dated:  # fmt: skip
    """A day from which something may happen to the mark; it stays so until facts change."""
    return Dated(rule, kind, part, occasion, due, due, explained, due, until=until)


def grace(before: Dated, rule: str, due: date, raw: date | None = None, note: str = "") -> Dated:
    """What is left after a deadline: late at once, to be seen from the day after it."""
    start = before.raw + ONE_DAY
    return replace(
        before, rule=rule, raw=raw or due, due=due, late=start, since=start, until=None,
        follows=before.rule, note=note,
    )  # fmt: skip


def recorded(event: str, day: date, source: str = "", note: str = said("登记的日期")) -> Explained:
    """The chain of a date that nobody computes: it stands in the record."""
    return Explained({"value": day}, (Step(event, source, day, note=note),))


def without_far(explained: Explained) -> Explained:
    """The chain without the day the docket was derived for."""
    kept = tuple(step for step in explained.chain if step.raw != FAR)
    return explained if len(kept) == len(explained.chain) else replace(explained, chain=kept)
