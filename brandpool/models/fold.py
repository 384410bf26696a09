"""fold: what a record is, as a pure function of the set of its changes.

Order of arrival cannot matter, because the result depends only on the graph of what each author
had seen, and, between authors who had not seen each other, on their clocks and then their ids.

A patch names per field the old and the new value. An undo that gives a conflict back to be settled
adds a third part, `[[txn, value], …]`: what else had been written, and by which transaction; under
the name "" stand deletions. With a third part even a deletion writes a value: what a record that
stays because something refers to it shows.
"""

from collections.abc import Iterator, Sequence
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
    lsn: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something nobody has settled: a losing value, or a deletion that met an edit."""

    what: str
    field: str
    txn: str
    value: Any


@dataclass(frozen=True, slots=True)
class Folded:
    """The record as its changes make it; of one that is not alive, as it last was."""

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
        if len(step.parents) > 1 or step.parents in following or _reopens(step):
            return None
        following[step.parents] = step
    line: list[Step] = []
    after: tuple[str, ...] = ()
    while (step := following.get(after)) is not None:  # type: ignore[assignment]
        line.append(step)
        after = (step.txn,)
    return line if len(line) == len(steps) else None


def _reopens(step: Step) -> bool:
    """Whether its author left something to settle: a patch entry of three parts."""
    return any(len(entry) > 2 for entry in step.patch.values())


def _replay(line: Sequence[Step]) -> Folded:
    values: dict[str, Any] = {}
    if not line:
        return Folded(False, values, "")
    for step in line:
        if step.op != "D":
            values.update((name, entry[1]) for name, entry in step.patch.items())
    last = line[-1]
    if last.op != "D":
        return Folded(True, values, last.txn)
    return Folded(False, values, last.txn, (Dispute("deletion", "", last.txn, None),))


def _parents_first(steps: Sequence[Step]) -> list[Step]:
    """An order in which every step follows all that its author had seen."""
    known = {step.txn: step for step in steps}
    behind = {step.txn: sum(parent in known for parent in step.parents) for step in steps}
    ahead: dict[str, list[Step]] = {}
    for step in steps:
        for parent in step.parents:
            ahead.setdefault(parent, []).append(step)
    order = [step for step in steps if not behind[step.txn]]
    for step in order:
        for later in ahead.get(step.txn, ()):
            behind[later.txn] -= 1
            if not behind[later.txn]:
                order.append(later)
    return order


def _settle(order: Sequence[Step]) -> Folded:
    seen = _seen(order)
    everything_seen = 0
    seen_by_deletes = 0
    for step, mask in zip(order, seen, strict=True):
        everything_seen |= mask
        if step.op == "D":
            seen_by_deletes |= mask
    newest = [step for bit, step in enumerate(order) if not everything_seen >> bit & 1]
    alive = any(s.op != "D" and not seen_by_deletes >> bit & 1 for bit, s in enumerate(order))

    values: dict[str, Any] = {}
    disputes: dict[tuple[str, str, str], Dispute] = {}
    for name, candidates in _candidates(order, seen).items():
        shown = max(candidates, key=lambda step: (step.at, step.txn))
        values[name] = shown.patch[name][1]
        for txn, value in _others(name, candidates):
            if value != values[name]:
                disputes["value", name, txn] = Dispute("value", name, txn, value)
    for txn in _unsettled_deletions(newest):
        disputes["deletion", "", txn] = Dispute("deletion", "", txn, None)
    ver = joined([step.txn for step in newest])
    return Folded(alive, values, ver, tuple(disputes[key] for key in sorted(disputes)))


def _seen(order: Sequence[Step]) -> list[int]:
    """For each step, the bits of all steps that its author had seen, directly or through others."""
    place = {step.txn: bit for bit, step in enumerate(order)}
    seen: list[int] = []
    for step in order:
        mask = 0
        for parent in step.parents:
            if parent in place:
                mask |= seen[place[parent]] | 1 << place[parent]
        seen.append(mask)
    return seen


def _candidates(order: Sequence[Step], seen: Sequence[int]) -> dict[str, list[Step]]:
    """For each field, the writers that no other writer of that field had seen."""
    writers: dict[str, list[int]] = {}
    for bit, step in enumerate(order):
        for name, entry in step.patch.items():
            if name and (step.op != "D" or len(entry) > 2):
                writers.setdefault(name, []).append(bit)
    found: dict[str, list[Step]] = {}
    for name, bits in writers.items():
        superseded = 0
        for bit in bits:
            superseded |= seen[bit]
        found[name] = [order[bit] for bit in bits if not superseded >> bit & 1]
    return found


def _others(name: str, candidates: Sequence[Step]) -> Iterator[tuple[str, Any]]:
    """What was written to a field at the same time, and what an undo gave back to be settled."""
    for step in candidates:
        yield step.txn, step.patch[name][1]
        for reopened in step.patch[name][2:]:
            yield from ((txn, value) for txn, value in reopened)


def _unsettled_deletions(newest: Sequence[Step]) -> Iterator[str]:
    """Deletions that nobody has seen, and those that an undo gave back."""
    for step in newest:
        again = [txn for reopened in step.patch.get("", [])[2:] for txn, _ in reopened]
        if step.op == "D" and not again:
            yield step.txn
        yield from again
