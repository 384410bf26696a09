"""fold: what a record is, as a pure function of the set of its changes.

Order of arrival cannot matter, because the result depends only on the graph of what each author
had seen, and, between authors who had not seen each other, on their clocks and then their ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from brandpool.models.journal import Patch, joined


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the record being folded."""

    txn: str
    at: int
    op: str
    patch: Patch
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something nobody has settled: a losing value, or a deletion that met an edit."""

    what: str
    field: str
    txn: str
    value: Any


@dataclass(frozen=True, slots=True)
class Folded:
    """The record as its changes make it."""

    alive: bool
    values: dict[str, Any]
    ver: str
    disputes: tuple[Dispute, ...] = ()


def fold(steps: Sequence[Step]) -> Folded:
    """What the changes of one record amount to; `steps` may be in any order."""
    in_line = _single_line(steps)
    if in_line is not None:
        return _replay(in_line)
    return _settle(_parents_first(steps))


def _single_line(steps: Sequence[Step]) -> list[Step] | None:
    """The steps in order when each author saw the one before, which is nearly always."""
    following: dict[tuple[str, ...], Step] = {}
    for step in steps:
        if len(step.parents) > 1 or step.parents in following:
            return None
        following[step.parents] = step
    line: list[Step] = []
    after: tuple[str, ...] = ()
    while (step := following.get(after)) is not None:  # type: ignore[assignment]
        line.append(step)
        after = (step.txn,)
    return line if len(line) == len(steps) else None


def _replay(line: Sequence[Step]) -> Folded:
    alive = False
    values: dict[str, Any] = {}
    for step in line:
        alive = step.op != "D"
        if alive:
            values.update((name, new) for name, (_, new) in step.patch.items())
    return Folded(alive, values if alive else {}, line[-1].txn if line else "")


def _parents_first(steps: Sequence[Step]) -> list[Step]:
    """A deterministic order in which every step follows all that its author had seen."""
    waiting = {step.txn: step for step in sorted(steps, key=lambda step: (step.at, step.txn))}
    order: list[Step] = []
    while waiting:
        ready = [
            step
            for step in waiting.values()
            if not any(parent in waiting for parent in step.parents)
        ]
        for step in ready:
            del waiting[step.txn]
        order += ready
    return order


def _settle(order: Sequence[Step]) -> Folded:
    place = {step.txn: bit for bit, step in enumerate(order)}
    seen: list[int] = []
    for step in order:
        mask = 0
        for parent in step.parents:
            if parent in place:
                mask |= seen[place[parent]] | 1 << place[parent]
        seen.append(mask)
    everything_seen = 0
    for mask in seen:
        everything_seen |= mask
    newest = [step.txn for bit, step in enumerate(order) if not everything_seen >> bit & 1]
    ver = joined(newest)

    seen_by_deletes = 0
    for bit, step in enumerate(order):
        if step.op == "D":
            seen_by_deletes |= seen[bit]
    alive = any(s.op != "D" and not seen_by_deletes >> bit & 1 for bit, s in enumerate(order))
    if not alive:
        return Folded(False, {}, ver)

    values: dict[str, Any] = {}
    disputes: list[Dispute] = []
    for name, candidates in _candidates(order, seen).items():
        shown, *others = sorted(candidates, key=lambda step: (step.at, step.txn), reverse=True)
        values[name] = shown.patch[name][1]
        disputes += [
            Dispute("value", name, step.txn, step.patch[name][1])
            for step in others
            if step.patch[name][1] != values[name]
        ]
    disputes += [
        Dispute("deletion", "", step.txn, None)
        for step in order
        if step.op == "D" and step.txn in newest
    ]
    return Folded(True, values, ver, tuple(disputes))


def _candidates(order: Sequence[Step], seen: Sequence[int]) -> dict[str, list[Step]]:
    """For each field, the writers that no other writer of that field had seen."""
    writers: dict[str, list[int]] = {}
    for bit, step in enumerate(order):
        if step.op != "D":
            for name in step.patch:
                writers.setdefault(name, []).append(bit)
    found: dict[str, list[Step]] = {}
    for name, bits in writers.items():
        superseded = 0
        for bit in bits:
            superseded |= seen[bit]
        found[name] = [order[bit] for bit in bits if not superseded >> bit & 1]
    return found
