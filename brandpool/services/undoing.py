"""Putting back what a step found: the records it touched, as they were before it.

A value goes back where what the step left still stands; what a person had to settle before it waits
again, and what the step left to settle waits no more. What was changed since is kept and told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal, project, refold
from brandpool.i18n import _, lang
from brandpool.models.field import Value, decode
from brandpool.models.fold import Dispute, Folded, Step, fold
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields

DELETION = ""
"""The name under which a patch keeps deletions that wait to be settled."""


@dataclass(slots=True)
class _Record:
    """One record before the step, after it, and now; `shown` if it has a live row."""

    model: type[Record]
    id: str
    before: Folded
    after: Folded
    now: Folded
    shown: bool

    def title(self) -> str:
        """What it is called, for a sentence."""
        name = self.model.title_field
        for state in (self.now, self.after, self.before):
            if state.values.get(name):
                return f"{self.model.label(lang())}“{state.values[name]}”"
        return f"{self.model.label(lang())}“{self.id[:8]}”"


@dataclass(slots=True)
class _Orders:
    """What is to be written to records of one kind."""

    edits: dict[str, dict[str, Value]] = field(default_factory=dict)
    settled: dict[str, tuple[dict[str, Value], dict[str, Any]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    buried: list[_Record] = field(default_factory=list)
    back: dict[str, dict[str, Value]] = field(default_factory=dict)
    reopened: dict[str, dict[str, Any]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def put_back(
    session: Session, model: type[Record], ids: Sequence[str], first: int, last: int
) -> tuple[int, list[str]]:
    """Undo to these records what the steps from lsn `first` to `last` did to them.

    Returns how many records were put back, and in words what was left as it is.
    """
    orders = _Orders()
    for one in _states(session, model, ids, first, last):
        _order(one, orders)
    done = journal.update(session, model, orders.edits) if orders.edits else 0
    for record, (values, reopened) in orders.settled.items():
        journal.put_back(session, model, record, values, reopened)
        done += 1
    for one in orders.buried:
        journal.bury(session, model, one.id, one.now, *_as_before(one))
        done += one.shown
    done += journal.delete(session, model, orders.gone) if orders.gone else 0
    if orders.back:
        done += journal.revive(session, model, orders.back, orders.reopened)
    return done, orders.left


def keep_targets(session: Session) -> None:
    """What was put back may refer to a record that is deleted: it then stays, to be settled."""
    wanted: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for key, draft in journal.drafts(session).items():
        for name, target in refold.links(draft.model).items():
            value = draft.new.get(name)
            if value:
                wanted.setdefault(target, {}).setdefault(str(value), set()).add(key)
    for target, referring in wanted.items():
        there = refold.present(session, by_kind()[target], referring.keys())
        for record in referring.keys() - there:
            session.info.setdefault("refold", set()).update(referring[record])


def _states(
    session: Session, model: type[Record], ids: Sequence[str], first: int, last: int
) -> Iterator[_Record]:
    live = journal.snapshot(session, model, ids)
    for record, line in project.steps(session, model.kind(), ids).items():
        before = fold([step for step in line if step.lsn < first])
        after = fold([step for step in line if step.lsn <= last])
        now = after if _nothing_since(line, last) else fold(line)
        yield _Record(model, record, before, after, now, record in live)


def _nothing_since(line: Sequence[Step], last: int) -> bool:
    return all(step.lsn <= last for step in line)


def _order(one: _Record, orders: _Orders) -> None:
    if one.before.alive and one.after.alive:
        if one.now.alive:
            _order_fields(one, orders)
        elif not _as_it_was(one):
            orders.left.append(_("{title}：之后已删除，没有改回").format(title=one.title()))
    elif one.after.alive and one.now.alive:
        if not _same(one, one.now, one.after):
            orders.left.append(_("{title}：之后又有修改，没有删除").format(title=one.title()))
        elif one.before.ver:
            orders.buried.append(one)
        else:
            orders.gone.append(one.id)
    elif one.before.alive and one.now.alive:
        orders.left.append(_("{title}：已重新录入，没有再恢复").format(title=one.title()))
    elif one.before.alive:
        _order_return(one, orders)
    elif one.before.ver and _same(one, one.now, one.after) and not _as_it_was(one):
        orders.buried.append(one)


def _order_return(one: _Record, orders: _Orders) -> None:
    values = project.decoded(one.model, one.before.values)
    reopened = _reopened(one.before.disputes)
    if one.shown:
        orders.settled[one.id] = values, reopened
    else:
        orders.back[one.id] = values
        orders.reopened[one.id] = reopened


def _as_before(one: _Record) -> tuple[dict[str, Value], dict[str, Any]]:
    """What a record that was deleted before the step showed, should anything refer to it."""
    declared = fields(one.model)
    names = {dispute.field for dispute in {*one.before.disputes} ^ {*one.now.disputes}}
    names |= {n for n in declared if one.before.values.get(n) != one.now.values.get(n)}
    names &= declared.keys()
    values = {name: decode(declared[name], one.before.values.get(name)) for name in sorted(names)}
    waited = _reopened(one.before.disputes)
    return values, {name: waited.get(name, []) for name in (*values, DELETION)}


def _order_fields(one: _Record, orders: _Orders) -> None:
    values: dict[str, Value] = {}
    for name, declared in fields(one.model).items():
        before, after, now = (s.values.get(name) for s in (one.before, one.after, one.now))
        if before != after and now == after:
            values[name] = decode(declared, before)
        elif after not in (before, now) and before != now:
            orders.left.append(
                _("{title}：{field}之后又改为“{value}”，保留").format(
                    title=one.title(),
                    field=declared.label(lang()),
                    value=declared.shown(decode(declared, now)),
                )
            )
    if not (one.before.disputes or one.after.disputes or one.now.disputes):
        if values:
            orders.edits[one.id] = values
        return
    _order_settling(one, values, orders)


def _order_settling(one: _Record, values: dict[str, Value], orders: _Orders) -> None:
    """The same for a record about which something waited before the step, or waits since."""
    before, after, now = (set(s.disputes) for s in (one.before, one.after, one.now))
    wanted = (now - (after - before)) | (before - after)
    declared = fields(one.model)
    for name in sorted({dispute.field for dispute in wanted ^ now} & declared.keys()):
        shown = one.now.values.get(name)
        if name not in values and shown in (one.before.values.get(name), None):
            values[name] = decode(declared[name], shown)
    deletions = {d for d in wanted if d.what == "deletion"}
    if not values and deletions != {d for d in now if d.what == "deletion"}:
        title = one.model.title_field
        values[title] = decode(declared[title], one.now.values.get(title))
    if values:
        kept = [d for d in wanted if d.field in values or d.what == "deletion"]
        orders.settled[one.id] = values, _reopened(kept)


def _reopened(disputes: Iterable[Dispute]) -> dict[str, list[list[Any]]]:
    """Disputes as a change leaves them to be settled again."""
    found: dict[str, list[list[Any]]] = {}
    for dispute in sorted(disputes, key=lambda one: (one.field, one.txn)):
        name = DELETION if dispute.what == "deletion" else dispute.field
        found.setdefault(name, []).append([dispute.txn, dispute.value])
    return found


def _as_it_was(one: _Record) -> bool:
    """Whether the step left the record showing and leaving to settle what it did before."""
    return one.before.disputes == one.after.disputes and _same(one, one.before, one.after)


def _same(one: _Record, left: Folded, right: Folded) -> bool:
    def filled(values: Mapping[str, Any]) -> dict[str, Any]:
        return {n: values[n] for n in fields(one.model) if values.get(n) is not None}

    return filled(left.values) == filled(right.values)
