"""Conflicts laid side by side: what both had seen, what was here, what came, and by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal, project
from brandpool.models.field import Field, Value, decode
from brandpool.models.fold import Step
from brandpool.models.journal import Txn
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.services import history, records, settling
from brandpool.services.history import HistoryRow
from brandpool.services.settling import DELETION, VALUE, Matter


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to decide: the value with who wrote it and when; `shown` is what the pool shows.

    `title` is what the record is called to which the value of a link points.
    """

    value: Value
    who: str
    at: datetime | None
    shown: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One decision to make.

    For two or more values of a field: `base` is what all of their authors had seen, `choices` are
    the values in the order in which they came into this pool, so that what a pack brought stands
    last; `past` is all that was ever written there, newest first; `row` holds the record's values
    now. For the other matters `choices` are to keep what is shown and the alternative.
    """

    matter: Matter
    base: Choice | None
    choices: tuple[Choice, ...]
    past: tuple[HistoryRow, ...] = ()
    row: Mapping[str, Value] | None = None

    @property
    def field(self) -> Field | None:
        """The field in question; None where the record as a whole is."""
        return fields(self.matter.model).get(self.matter.field)

    @property
    def of_values(self) -> bool:
        """Whether values of a field are at stake, so that another one may be typed."""
        return self.matter.what == VALUE


def conflicts(session: Session) -> list[Conflict]:
    """All decisions that wait, by record; the values of one field are one decision."""
    found: list[Conflict] = []
    taken: set[tuple[str, str, str]] = set()
    for matter in settling.matters(session):
        if matter.what != VALUE:
            found.append(_whole(matter))
            continue
        key = (matter.kind, matter.record, matter.field)
        if key not in taken:
            taken.add(key)
            found.append(_of_field(session, matter))
    return found


def decide(session: Session, conflict: Conflict, value: Value) -> None:
    """Decide for a value: one of those that were written, or another.

    What was not chosen stays in the history. Raises UserError when the record is gone, or the
    field takes no such value.
    """
    matter = conflict.matter
    row = records.get(session, matter.model, matter.record)
    if value == row[matter.field] or any(value == one.value for one in conflict.choices):
        journal.settle(session, matter.model, matter.record, matter.field, value)
    else:
        records.edit(session, matter.model, matter.record, {matter.field: value})


def _whole(matter: Matter) -> Conflict:
    first = Choice(matter.shown, matter.shown_by, matter.shown_at, shown=True)
    title = "" if matter.what == DELETION else matter.rival_title
    other = Choice(None, matter.other_by, matter.other_at, shown=False, title=title)
    return Conflict(matter, None, (first, other))


def _of_field(session: Session, matter: Matter) -> Conflict:
    steps = project.steps(session, matter.kind, [matter.record])[matter.record]
    declared = fields(matter.model)[matter.field]
    tips, base = _tips_and_base(steps, matter.field)
    authors = _authors(session, [step.txn for step in steps] + [txn for txn, _value in tips])
    values = [decode(declared, value) for _txn, value in tips]
    titles = _titles(session, declared, [*values, decode(declared, base[1]) if base else None])
    row = records.get(session, matter.model, matter.record)
    choices: list[Choice] = []
    for txn, value in sorted(
        zip((txn for txn, _value in tips), values, strict=True),
        key=lambda pair: authors[pair[0]].lsn if pair[0] in authors else 0,
    ):
        if all(value != one.value for one in choices):
            choices.append(_choice(txn, value, authors, titles, row[matter.field]))
    before = None
    if base is not None:
        shown = decode(declared, base[1])
        before = _choice(base[0], shown, authors, titles, row[matter.field])
    past = history.of_field(session, matter.kind, matter.record, matter.field)
    return Conflict(matter, before, tuple(choices), tuple(past), row.values)


def _tips_and_base(
    steps: Sequence[Step], name: str
) -> tuple[list[tuple[str, Any]], tuple[str, Any] | None]:
    """What nobody has written over, by transaction, and the last value all of them had seen."""
    seen = _seen(steps)
    writers = [step for step in steps if step.op != "D" and name in step.patch]
    covered = set().union(*(seen[step.txn] for step in writers))
    tips = [step for step in writers if step.txn not in covered]
    written = {step.txn: step for step in writers}
    values = [pair for tip in tips for pair in _written(tip, name)]
    behind = [seen.get(txn, set()) for txn, _value in values]
    common = [written[txn] for txn in set.intersection(*behind) if txn in written] if behind else []
    if not common:
        return values, None
    last = max(common, key=lambda step: (len(seen[step.txn]), step.at, step.txn))
    return values, (last.txn, last.patch[name][1])


def _written(step: Step, name: str) -> Iterator[tuple[str, Any]]:
    """What a step leaves to be settled: its own value, and what an undo gave back."""
    reopened = [(txn, value) for entry in step.patch[name][2:] for txn, value in entry]
    own = step.patch[name][1]
    if all(value != own for _txn, value in reopened):
        yield step.txn, own
    yield from reopened


def _seen(steps: Sequence[Step]) -> dict[str, set[str]]:
    """For each step all those that its author had seen, directly or through others."""
    known = {step.txn: step for step in steps}
    seen: dict[str, set[str]] = {}
    for step in steps:
        behind: set[str] = set()
        waiting = list(step.parents)
        while waiting:
            txn = waiting.pop()
            if txn in known and txn not in behind:
                behind.add(txn)
                waiting += known[txn].parents
        seen[step.txn] = behind
    return seen


def _authors(session: Session, txns: Sequence[str]) -> dict[str, Txn]:
    found: dict[str, Txn] = {}
    for batch in journal.in_batches(list(dict.fromkeys(txns))):
        found |= {txn.id: txn for txn in session.scalars(select(Txn).where(Txn.id.in_(batch)))}
    return found


def _titles(session: Session, declared: Field, values: Sequence[Value]) -> dict[str, str]:
    if not declared.links:
        return {}
    wanted = {str(value) for value in values if value}
    return records.titles(session, by_kind()[declared.links], wanted)


def _choice(
    txn: str, value: Value, authors: Mapping[str, Txn], titles: Mapping[str, str], now: Value
) -> Choice:
    author = authors.get(txn)
    who, at = (author.who, history.moment(author.at)) if author else ("", None)
    return Choice(value, who, at, shown=value == now, title=titles.get(str(value), ""))
