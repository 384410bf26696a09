"""What was done: the steps of the pool, the history of a record, and putting things back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from brandpool.db import journal, project
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value, decode
from brandpool.models.journal import Change, Flag, Txn
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import as_of, records

SETUP = "setup"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One saved action as the list of steps shows it."""

    lsn: int
    txn: str
    at: datetime
    who: str
    why: str
    source: str
    records: int
    undone: bool
    is_undo: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One field of one record as it was written once."""

    lsn: int
    txn: str
    at: datetime
    who: str
    why: str
    op: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did: records put back, and, in words, what it had to leave as it is."""

    why: str
    put_back: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagRow:
    """Something a person still has to settle."""

    kind: str
    record: str
    title: str
    what: str
    field: str
    value: Value
    who: str
    at: datetime | None


def moment(stamp: int) -> datetime:
    """A journal time (microseconds since 1970, UTC) as this office's local time."""
    return datetime.fromtimestamp(stamp / 1_000_000).astimezone()


def steps(session: Session, limit: int = 200, before: int | None = None) -> list[StepRow]:
    """The latest steps, newest first; `before` (an lsn) continues an earlier list."""
    query = select(Txn).order_by(Txn.lsn.desc()).limit(limit)
    if before is not None:
        query = query.where(Txn.lsn < before)
    found = session.scalars(query).all()
    numbers = (
        select(Change.lsn, func.count())
        .where(Change.lsn.in_([txn.lsn for txn in found]))
        .group_by(Change.lsn)
    )
    touched = dict(list(session.execute(numbers)))
    undone = _undone(session)
    return [
        StepRow(
            lsn=txn.lsn,
            txn=txn.id,
            at=moment(txn.at),
            who=txn.who,
            why=txn.why,
            source=txn.source,
            records=touched.get(txn.lsn, 0),
            undone=txn.id in undone,
            is_undo=txn.undoes is not None,
        )
        for txn in found
    ]


def next_undo(session: Session) -> StepRow | None:
    """The step that Ctrl+Z would take back: the newest that is no undo and no set-up."""
    return next(
        (
            step
            for step in _all_steps(session)
            if not step.is_undo and not step.undone and step.source != SETUP
        ),
        None,
    )


def next_redo(session: Session) -> StepRow | None:
    """The undo that Ctrl+Y would take back; none once something new was done after it."""
    undoes = {row.id: row.undoes for row in session.execute(select(Txn.id, Txn.undoes))}
    for step in _all_steps(session):
        if not step.is_undo:
            return None
        was_redo = undoes.get(undoes[step.txn] or "") is not None
        if not step.undone and not was_redo:
            return step
    return None


def undo(session: Session, txn: str) -> UndoReport:
    """Put back the old values of a step wherever its new ones still stand; a new step itself.

    To be called in a writing session opened with `undoes=txn`. A redo is the undo of an undo.
    Raises UserError when there is nothing that can be put back, or when something entered later
    still refers to a record that would vanish: then nothing is undone.
    """
    step = session.scalars(select(Txn).where(Txn.id == txn)).one_or_none()
    if step is None:
        raise UserError(_("找不到这一步操作，没有撤销。"))
    if txn in _undone(session):
        raise UserError(_("“{why}”已经撤销过了。").format(why=step.why))
    query = select(Change).where(Change.lsn == step.lsn).order_by(Change.n.desc())
    changes: dict[str, list[Change]] = {}
    for change in session.scalars(query):
        changes.setdefault(change.kind, []).append(change)
    left: list[str] = []
    put_back = 0
    for kind, touched in changes.items():
        put_back += _put_back(session, by_kind()[kind], txn, touched, left)
    _refuse_orphans(session)
    if put_back == 0 and left:
        raise UserError(_("这一步之后的修改使它无法撤销：") + "；".join(left[:10]))
    return UndoReport(step.why, put_back, tuple(left))


def of_record(session: Session, kind: str, record: str) -> list[HistoryRow]:
    """Everything ever written to one record, newest first."""
    model = by_kind()[kind]
    query = (
        select(Txn, Change)
        .join(Change, Change.lsn == Txn.lsn)
        .where(Change.kind == kind, Change.record == record)
        .order_by(Txn.lsn.desc())
    )
    found: list[HistoryRow] = []
    for txn, change in session.execute(query):
        for name, (old, new) in _patch(change).items():
            declared = fields(model).get(name)
            if declared is not None:
                pair = decode(declared, old), decode(declared, new)
                at = moment(txn.at)
                found.append(
                    HistoryRow(txn.lsn, txn.id, at, txn.who, txn.why, change.op, name, *pair)
                )
    return found


def of_field(session: Session, kind: str, record: str, name: str) -> list[HistoryRow]:
    """Everything ever written to one field of a record, newest first."""
    return [row for row in of_record(session, kind, record) if row.field == name]


def restore(session: Session, kind: str, record: str, name: str, value: Value) -> bool:
    """Write an earlier value again; returns whether that changed anything."""
    return records.edit(session, by_kind()[kind], record, {name: value})


def restore_record(session: Session, kind: str, record: str) -> None:
    """Bring a deleted record back with the values it had when it was deleted."""
    model = by_kind()[kind]
    query = (
        select(Change)
        .where(Change.kind == kind, Change.record == record, Change.op == "D")
        .order_by(Change.lsn.desc())
    )
    last = session.scalars(query).first()
    if last is None or journal.snapshot(session, model, [record]):
        raise UserError(_("{kind}没有被删除，无需恢复。").format(kind=model.label(lang())))
    journal.revive(session, model, {record: _values(model, _patch(last), 0)})


def deleted(session: Session, kind: str, limit: int = 500) -> list[HistoryRow]:
    """The recycle bin: records of a kind that are gone, with who deleted them when and why."""
    model = by_kind()[kind]
    query = (
        select(Txn, Change)
        .join(Change, Change.lsn == Txn.lsn)
        .where(Change.kind == kind, Change.op == "D")
        .order_by(Txn.lsn.desc())
        .limit(limit)
    )
    found: dict[str, HistoryRow] = {}
    for txn, change in session.execute(query):
        title = _patch(change).get(model.title_field, [change.record])[0]
        found.setdefault(
            change.record,
            HistoryRow(
                txn.lsn, txn.id, moment(txn.at), txn.who, txn.why, "D", change.record, title, None
            ),
        )
    alive = journal.snapshot(session, model, list(found))
    return [row for record, row in found.items() if record not in alive]


def flags(session: Session) -> list[FlagRow]:
    """What a person still has to settle, by record."""
    found: list[FlagRow] = []
    query = select(Flag, Txn).outerjoin(Txn, Txn.id == Flag.txn).order_by(Flag.kind, Flag.record)
    for flag, found_txn in session.execute(query):
        txn: Txn | None = found_txn
        model = by_kind()[flag.kind]
        title = records.titles(session, model, [flag.record]).get(flag.record, "")
        value = msgspec.json.decode(flag.value)
        if flag.what == "value":
            value = decode(fields(model)[flag.field], value)
        at = moment(txn.at) if txn is not None else None
        who = txn.who if txn is not None else ""
        found.append(FlagRow(flag.kind, flag.record, title, flag.what, flag.field, value, who, at))
    return found


def _undone(session: Session) -> set[str]:
    """The steps whose effect is taken back: undone, and not redone since."""
    pairs = session.execute(
        select(Txn.id, Txn.undoes).where(Txn.undoes.is_not(None)).order_by(Txn.lsn)
    )
    taken_back: set[str] = set()
    for undo_txn, target in reversed([(row.id, row.undoes) for row in pairs]):
        if undo_txn not in taken_back and target is not None:
            taken_back.add(target)
    return taken_back


def _all_steps(session: Session) -> Sequence[StepRow]:
    return steps(session, limit=1000)


def _put_back(
    session: Session,
    model: type[Record],
    txn: str,
    changes: Sequence[Change],
    left: list[str],
) -> int:
    current = journal.snapshot(session, model, [change.record for change in changes])
    edited = [change.record for change in changes if change.op == "U"]
    before = as_of.rows(session, model, changes[0].lsn - 1, edited) if edited else {}
    edits: dict[str, dict[str, Value]] = {}
    gone: list[str] = []
    back: dict[str, dict[str, Value]] = {}
    for change in changes:
        row = current.get(change.record)
        if change.op == "U":
            old = before.get(change.record, {})
            edits |= _old_values(model, change, old, row, left)
        elif change.op == "I" and row is not None:
            if row["ver"] == txn or _stands(model, change, row):
                gone.append(change.record)
            else:
                left.append(_("{title}：之后又有修改，没有删除").format(title=_title(model, row)))
        elif change.op == "D" and row is None:
            back[change.record] = _values(model, _patch(change), 0)
        elif change.op == "D" and row is not None:
            left.append(_("{title}：已重新录入，没有再恢复").format(title=_title(model, row)))
    put_back = journal.update(session, model, edits) if edits else 0
    put_back += journal.delete(session, model, gone) if gone else 0
    put_back += journal.revive(session, model, back) if back else 0
    return put_back


def _stands(model: type[Record], change: Change, row: Mapping[str, Any]) -> bool:
    """Whether an inserted record is as it was inserted, as it is again after undo and redo."""
    new = _values(model, _patch(change), 1)
    return all(row[name] == new.get(name) for name in fields(model))


def _old_values(
    model: type[Record],
    change: Change,
    old: Mapping[str, Value],
    row: Mapping[str, Any] | None,
    left: list[str],
) -> dict[str, dict[str, Value]]:
    patch = _patch(change)
    if row is None:
        title = next(
            (str(pair[1]) for n, pair in patch.items() if n == model.title_field),
            model.label(lang()),
        )
        left.append(_("{title}：之后已删除，没有改回").format(title=title))
        return {}
    new = _values(model, patch, 1)
    edits: dict[str, Value] = {}
    for name, declared in fields(model).items():
        if name in patch and row[name] == new[name]:
            edits[name] = old.get(name)
        elif name in patch and row[name] != old.get(name):
            shown = declared.shown(row[name])
            left.append(
                _("{title}：{field}之后又改为“{value}”，保留").format(
                    title=_title(model, row), field=declared.label(lang()), value=shown
                )
            )
    return {change.record: edits} if edits else {}


def _refuse_orphans(session: Session) -> None:
    vanishing: dict[type[Record], list[str]] = {}
    for draft in journal.drafts(session).values():
        if draft.op == "D":
            vanishing.setdefault(draft.model, []).append(draft.record)
    for model, ids in vanishing.items():
        held = records.references(session, model, ids)
        if held:
            parts = "、".join(
                _("{noun} {number} 条").format(noun=other.label(lang()), number=number)
                for other, number in held.items()
            )
            raise UserError(
                _(
                    "之后录入的记录（{parts}）还关联着其中的{kind}，没有撤销。请先撤销或删除它们。"
                ).format(parts=parts, kind=model.label(lang()))
            )


def _patch(change: Change) -> dict[str, list[Any]]:
    return project.patch_of(change.patch)


def _values(model: type[Record], patch: Mapping[str, Sequence[Any]], side: int) -> dict[str, Value]:
    declared = fields(model)
    return {n: decode(declared[n], pair[side]) for n, pair in patch.items() if n in declared}


def _title(model: type[Record], row: Mapping[str, Any]) -> str:
    return f"{model.label(lang())}“{row.get(model.title_field) or row['id'][:8]}”"
