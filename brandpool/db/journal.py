"""The one way to write a record: live rows and their journal in the same transaction.

`insert`, `update` and `delete` serve a single edit and an import of 30,000 rows alike. They write
the live rows at once and note a draft; when the transaction commits, `appending.append` turns the
drafts into one `txn` with one `change` per record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update
from sqlalchemy.orm import Session

from brandpool.db import bulk, project
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value, encode
from brandpool.models.fold import Folded, fold
from brandpool.models.journal import (
    Change,
    heads,
)
from brandpool.models.record import (
    Record,
    derives,
    fields,
    new_id,
    official_number,
    time_ordered_id,
)

in_batches = bulk.in_batches
Values = Mapping[str, Value]
Reopened = Mapping[str, Sequence[Sequence[Any]]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Action:
    """What the clerk is doing: the header of the transaction to come."""

    who: str
    why: str
    source: str = "screen"
    undoes: str | None = None


class Draft(NamedTuple):
    """One record's change, not yet in the journal; `concurrent` if its author saw an older row.

    `reopened` is what it leaves to be settled: {field: [[txn, value], …]} (see `models.fold`).
    """

    model: type[Record]
    record: str
    op: str
    old: dict[str, Any]
    new: dict[str, Any]
    parents: str
    concurrent: bool = False
    reopened: Reopened = _NOTHING

    def patch(self) -> Mapping[str, Sequence[Any]]:
        """{field: [old, new]} as the journal writes it."""
        if not self.old and not self.reopened:
            return {
                name: (None, value if type(value) is str else encode(value))
                for name, value in self.new.items()
            }
        names = dict.fromkeys((*self.new, *self.old)) if self.op != "D" else self.old
        patch: dict[str, list[Any]] = {
            n: [encode(self.old.get(n)), encode(self.new.get(n))] for n in names
        }
        for name, others in self.reopened.items():
            patch.setdefault(name, [None, None]).append(list(others))
        return patch


def drafts(session: Session) -> dict[tuple[str, str], Draft]:
    """What the open transaction has changed so far, by kind and record."""
    return session.info.setdefault("drafts", {})  # type: ignore[no-any-return]


def insert(
    session: Session, model: type[Record], rows: Sequence[Values], common: Values = _NOTHING
) -> list[str]:
    """Write new records of one kind; returns their ids in order.

    `common` is what every row says that does not say it itself.

    Raises UserError when a row's official number already has a record in this pool under the
    id that the number gives: a second record of the same number is an edit, not an insert.
    """
    names = fields(model)
    ids = _ids(session, model, rows)
    buried = _buried(session, model, ids)
    known = _known(names, rows, common)
    _write_rows(session, model, ids, known)
    noted: list[Draft] = []
    for record, new in zip(ids, known, strict=True):
        if record in buried:
            new = {name: new.get(name) for name in names}
        noted.append(Draft(model, record, "I", {}, new, buried.get(record, "")))
    _note(session, noted)
    return ids


def update(
    session: Session,
    model: type[Record],
    edits: Mapping[str, Values],
    seen: Mapping[str, str] | None = None,
) -> int:
    """Change fields of existing records of one kind; returns how many really changed.

    `seen` gives, per record, the version its author looked at. Where a colleague has saved since,
    the edit is written beside the colleague's and both are folded: neither is lost.
    """
    seen = seen or {}
    current = snapshot(session, model, list(edits))
    noted: list[Draft] = []
    for record, values in edits.items():
        row = current.get(record)
        if row is None:
            raise UserError(
                _("{noun}已被删除，修改没有保存。请在“历史”中恢复后再改。").format(
                    noun=model.label(lang())
                )
            )
        version = seen.get(record, row["ver"])
        stale = version != row["ver"]
        base = _as_seen(session, model, record, version) if stale else row
        changed = {name: new for name, new in values.items() if base.get(name) != new}
        if changed:
            old = {name: base.get(name) for name in changed}
            noted.append(Draft(model, record, "U", old, changed, version, stale))
    _write_updates(session, model, [d for d in noted if not d.concurrent], current)
    _note(session, noted)
    return len(noted)


def revive(
    session: Session,
    model: type[Record],
    deleted: Mapping[str, Values],
    reopened: Mapping[str, Reopened] | None = None,
) -> int:
    """Bring deleted records back under their ids with these values; returns how many.

    `reopened` tells, per record, what is to be settled about it again.
    """
    names = fields(model)
    lines = project.steps(session, model.kind(), list(deleted))
    again = reopened or {}
    noted = [
        Draft(
            model,
            record,
            "I",
            {},
            {name: row.get(name) for name in names},
            fold(lines[record]).ver,
            reopened=again.get(record, {}),
        )
        for record, row in deleted.items()
    ]
    _write_rows(session, model, list(deleted), list(deleted.values()))
    _note(session, noted)
    return len(noted)


def settle(session: Session, model: type[Record], record: str, name: str, value: Value) -> None:
    """Write one field even if it already shows this value: a person has decided between two."""
    put_back(session, model, record, {name: value})


def put_back(
    session: Session,
    model: type[Record],
    record: str,
    values: Values,
    reopened: Reopened = _NOTHING,
) -> None:
    """Write these fields even where they already show the value, which settles what waits there.

    `reopened` is what shall wait for a person again: {field: [[txn, value as journaled], …]}, under
    "" the transactions of deletions.
    """
    row = snapshot(session, model, [record])[record]
    old = {name: row[name] for name in values}
    draft = Draft(model, record, "U", old, dict(values), row["ver"], reopened=reopened)
    _write_updates(session, model, [draft], {record: row})
    _note(session, [draft])
    session.info.setdefault("refold", set()).add((model.kind(), record))


def delete(session: Session, model: type[Record], records: Sequence[str]) -> int:
    """Delete records; their values stay in the journal. Returns how many were there."""
    current = snapshot(session, model, records)
    names = fields(model)
    noted = [
        Draft(model, r, "D", {n: row[n] for n in names if row[n] is not None}, {}, row["ver"])
        for r, row in current.items()
    ]
    _remove_rows(session, model, list(current))
    _note(session, noted)
    return len(noted)


def bury(
    session: Session,
    model: type[Record],
    record: str,
    now: Folded,
    values: Values,
    reopened: Reopened,
) -> None:
    """Delete a record; as long as something refers to it, it stays and shows these values.

    `now` is what its changes make it; `reopened` is as in `put_back` and names every field of
    `values`.
    """
    _remove_rows(session, model, [record])
    shown = project.decoded(model, now.values)
    old = {n: value for n, value in shown.items() if value is not None or n in values}
    _note(session, [Draft(model, record, "D", old, dict(values), now.ver, True, reopened)])


def snapshot(
    session: Session, model: type[Record], records: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """The live rows of some records, as plain mappings."""
    table = model.__table__
    found: dict[str, dict[str, Any]] = {}
    for batch in in_batches(records):
        for row in session.execute(select(table).where(table.c.id.in_(batch))).mappings():
            found[row["id"]] = dict(row)
    return found


_JOURNALED = {"journaled": True}
_MANY = 1000


def _known(
    names: Mapping[str, Any], rows: Sequence[Values], common: Values
) -> list[dict[str, Any]]:
    """What is filled in among these fields, row by row."""
    known = [dict(row) for row in rows]
    for name, value in common.items():
        for row in known if value is not None else ():
            row.setdefault(name, value)
    others = set().union(*known) - names.keys()
    return [
        {name: value for name, value in row.items() if value is not None and name in names}
        if others or None in row.values()
        else row
        for row in known
    ]


def _write_rows(
    session: Session, model: type[Record], ids: Sequence[str], rows: Sequence[Values]
) -> None:
    """Write new live rows; their `ver` stays empty until the transaction has a name."""
    if not rows:
        return
    written: set[str] = set().union(*rows)
    columns: dict[str, Sequence[Any]] = {
        name: _column(name, rows) for name in fields(model) if name in written
    }
    if derives(model):
        derived = [model.derived(row) for row in rows]
        columns |= {name: [one[name] for one in derived] for name in derived[0]}
    columns |= {"id": ids, "ver": [""] * len(ids)}
    bulk.insert(session, model.__table__, list(columns), list(columns.values()))


def _column(name: str, rows: Sequence[Values]) -> list[Value]:
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name) for row in rows]


def _ids(session: Session, model: type[Record], rows: Sequence[Values]) -> list[str]:
    """Ids for new records; one whose number has moved to another record gets an id by time."""
    ids = [new_id(model, row) for row in rows]
    present = _present(session, model, ids) if model.official else []
    if not present and len(set(ids)) == len(ids):
        return ids
    taken = snapshot(session, model, present)
    given: set[str] = set()
    for place, (record, row) in enumerate(zip(ids, rows, strict=True)):
        if record in given or _bears(model, taken.get(record), row):
            number = official_number(model, row)
            title = row.get(model.title_field) or ""
            raise UserError(
                _(
                    "{noun}“{title}”的编号（{number}）已在库中，没有新增。请打开已有的记录修改。"
                ).format(noun=model.label(lang()), title=title, number=_spoken(number))
            )
        if record in taken:
            ids[place] = time_ordered_id()
        given.add(ids[place])
    return ids


def _present(session: Session, model: type[Record], ids: Sequence[str]) -> list[str]:
    """Those of the ids that have a live row."""
    column = model.__table__.c.id
    if len(ids) > _MANY:
        return list(set(session.scalars(select(column))).intersection(ids))
    found: list[str] = []
    for batch in in_batches(ids):
        found += session.scalars(select(column).where(column.in_(batch)))
    return found


def _bears(model: type[Record], row: Values | None, values: Values) -> bool:
    """Whether a live row still has the official number of these values."""
    return row is not None and official_number(model, row) == official_number(model, values)


def _spoken(number: str | None) -> str:
    return (number or "").replace("\x1f", "、")


def _buried(session: Session, model: type[Record], ids: Sequence[str]) -> dict[str, str]:
    """Of these ids, those that were deleted before, with the version that deleted them."""
    if not model.official:
        return {}
    wanted = set(ids)
    deleted = session.scalars(
        select(Change.record).where(Change.kind == model.kind(), Change.op == "D").distinct()
    )
    return {
        record: fold(project.steps(session, model.kind(), [record])[record]).ver
        for record in deleted
        if record in wanted
    }


def _as_seen(session: Session, model: type[Record], record: str, version: str) -> dict[str, Any]:
    """The record's values as somebody who looked at `version` saw them."""
    all_steps = {s.txn: s for s in project.steps(session, model.kind(), [record])[record]}
    wanted, pending = set(), list(heads(version))
    while pending:
        txn = pending.pop()
        if txn in all_steps and txn not in wanted:
            wanted.add(txn)
            pending += all_steps[txn].parents
    folded = fold([all_steps[txn] for txn in wanted])
    return project.decoded(model, folded.values)


def _write_updates(
    session: Session, model: type[Record], noted: Sequence[Draft], current: Mapping[str, Values]
) -> None:
    table = model.__table__
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for draft in noted:
        values = dict(draft.new)
        if derives(model):
            values |= model.derived({**current[draft.record], **draft.new})
        groups[tuple(values)].append({"_id": draft.record, **values})
    for names, rows in groups.items():
        statement = sql_update(table).where(table.c.id == bindparam("_id"))
        statement = statement.values({name: bindparam(name) for name in names})
        session.connection().execute(statement, rows)


def _remove_rows(session: Session, model: type[Record], ids: Sequence[str]) -> None:
    table = model.__table__
    for batch in in_batches(ids):
        gone = sql_delete(table).where(table.c.id.in_(batch))
        session.execute(gone, execution_options=_JOURNALED)


def _note(session: Session, noted: Iterable[Draft]) -> None:
    known = drafts(session)
    for draft in noted:
        key = (draft.model.__tablename__, draft.record)
        earlier = known.get(key)
        known[key] = draft if earlier is None or earlier.op == "-" else _after(earlier, draft)


def _after(earlier: Draft, later: Draft) -> Draft:
    """Two changes of one record in one transaction, as one."""
    if later.op == "D":
        if earlier.op == "I":
            return earlier._replace(op="-")
        return later._replace(old={**later.old, **earlier.old}, parents=earlier.parents)
    old = {**later.old, **earlier.old}
    new = {**earlier.new, **later.new}
    waiting = {n: others for n, others in earlier.reopened.items() if n not in later.new}
    waiting |= later.reopened
    if earlier.op == "I":
        return earlier._replace(new=new, reopened=waiting)
    if earlier.op == "D":
        new = {**dict.fromkeys(earlier.old), **later.new}
        return later._replace(op="U", old=earlier.old, new=new, parents=earlier.parents)
    return earlier._replace(old=old, new=new, reopened=waiting)
