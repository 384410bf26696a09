"""What a merge would leave to be settled between records: numbers used twice, kept deletions."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import project
from brandpool.db.arriving import Plan
from brandpool.db.bulk import in_batches
from brandpool.db.refold import Key, links, referring
from brandpool.models.journal import Flag
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, official_number


def clashes(session: Session, plan: Plan) -> set[Key]:
    """The touched records that would get an official number which another record bears."""
    found: set[Key] = set()
    for kind, model in by_kind().items():
        coming = dict(_new_numbers(plan, model)) if model.official else {}
        if coming:
            bearers = _bearers(session, plan, model, coming)
            found |= {(kind, r) for r, number in coming.items() if bearers[number] - {r}}
    return found


def kept(session: Session, plan: Plan) -> set[Key]:
    """The deleted records that would stay because something refers to them."""
    gone: dict[str, set[str]] = defaultdict(set)
    for (kind, record), folded in plan.after.items():
        if not folded.alive:
            gone[kind].add(record)
    found = {
        (target, folded.values.get(name))
        for (kind, _), folded in plan.after.items()
        if folded.alive
        for name, target in links(by_kind()[kind]).items()
    }
    for target, ids in gone.items():
        for model, name in referring(target):
            table = model.__table__
            for batch in in_batches(sorted(ids)):
                query = select(table.c.id, table.c[name]).where(table.c[name].in_(batch))
                found |= {
                    (target, value)
                    for record, value in session.execute(query)
                    if (model.kind(), record) not in plan.after
                }
    return {(kind, record) for kind, ids in gone.items() for record in ids} & found


def waiting(session: Session) -> set[tuple[str, str, str, str]]:
    """Everything that waits to be settled now: (kind, record, what, field)."""
    query = select(Flag.kind, Flag.record, Flag.what, Flag.field)
    return {(kind, record, what, name) for kind, record, what, name in session.execute(query)}


def _new_numbers(plan: Plan, model: type[Record]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The touched records whose number would change, with the number by its parts."""
    for (kind, record), folded in plan.after.items():
        if kind == model.kind() and folded.alive:
            values = project.decoded(model, folded.values)
            before = plan.before[kind, record]
            old = project.decoded(model, before.values) if before.alive else {}
            number = official_number(model, values)
            if number is not None and number != official_number(model, old):
                yield record, tuple(values[name] for name in model.official)


def _bearers(
    session: Session, plan: Plan, model: type[Record], coming: dict[str, tuple[Any, ...]]
) -> dict[tuple[Any, ...], set[str]]:
    """Which records would bear each of these numbers after the merge."""
    table = model.__table__
    columns = [table.c[name] for name in model.official]
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for batch in in_batches(sorted({parts[0] for parts in coming.values()})):
        query = select(table.c.id, *columns).where(columns[0].in_(batch))
        for record, *parts in session.execute(query):
            if (model.kind(), record) not in plan.after:
                found[tuple(parts)].add(record)
    for (kind, record), folded in plan.after.items():
        if kind == model.kind() and folded.alive:
            values = project.decoded(model, folded.values)
            found[tuple(values[name] for name in model.official)].add(record)
    return found
