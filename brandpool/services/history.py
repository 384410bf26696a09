"""What was done: the steps of the pool, the history of a record, and putting things back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from brandpool.db import journal, project
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value, decode
from brandpool.models.fold import fold
from brandpool.models.journal import Arrival, Change, Flag, Patch, Txn
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import records, undoing

SETUP = "setup"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One saved action as the list of steps shows it.

    `brought` is how many steps of other machines came with it, if it is a merge; `partial` says
    that only a part of it is here.
    """

    lsn: int
    txn: str
    at: datetime
    who: str
    why: str
    source: str
    records: int
    undone: bool
    is_undo: bool
    brought: int = 0
    partial: bool = False


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
    """The latest steps, newest first; `before` (an lsn) continues an earlier list.

    What a merge brought is one step with it; `brought` lists it.
    """
    query = _step_query().where(Arrival.step.is_(None)).order_by(Txn.lsn.desc()).limit(limit)
    if before is not None:
        query = query.where(Txn.lsn < before)
    return _step_rows(session, query)


def step_at(session: Session, lsn: int) -> StepRow | None:
    """The step with this number, be it one that a merge brought; None if there is none."""
    return next(iter(_step_rows(session, _step_query().where(Txn.lsn == lsn))), None)


def brought(session: Session, lsn: int) -> list[StepRow]:
    """The steps that the merge with this number brought from other machines, newest first."""
    query = _step_query().where(Arrival.step == lsn).order_by(Txn.lsn.desc())
    return _step_rows(session, query)


def next_undo(session: Session) -> StepRow | None:
    """The step that Ctrl+Z would take back: the newest whole one that is no undo and no set-up."""
    return next(
        (
            step
            for step in _all_steps(session)
            if not (step.is_undo or step.undone or step.partial) and step.source != SETUP
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

    To be called in a writing session opened with `undoes=txn`. A redo is the undo of an undo. A
    merge is taken back with all that it brought. Raises UserError for a step of which only a part
    is here, when there is nothing that can be put back, or when something entered later
    still refers to a record that would vanish: then nothing is undone.
    """
    step = session.scalars(select(Txn).where(Txn.id == txn)).one_or_none()
    if step is None:
        raise UserError(_("找不到这一步操作，没有撤销。"))
    if txn in _undone(session):
        raise UserError(_("“{why}”已经撤销过了。").format(why=step.why))
    brought = _brought(session, [step.lsn]).get(step.lsn, [])
    first = min((one.lsn for one in brought), default=step.lsn)
    _refuse_parts(session, step, first)
    query = (
        select(Change.kind, Change.record)
        .where(Change.lsn >= first, Change.lsn <= step.lsn)
        .order_by(Change.lsn.desc(), Change.n.desc())
    )
    touched: dict[str, dict[str, None]] = {}
    for kind, record in session.execute(query):
        touched.setdefault(kind, {})[record] = None
    left: list[str] = []
    put_back = 0
    for kind, ids in touched.items():
        done, kept = undoing.put_back(session, by_kind()[kind], list(ids), first, step.lsn)
        put_back += done
        left += kept
    _refuse_orphans(session)
    undoing.keep_targets(session)
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
        for name, (old, new, *_reopened) in _patch(txn, change).items():
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
    last = fold(project.steps(session, kind, [record])[record])
    if last.alive or not last.ver or journal.snapshot(session, model, [record]):
        raise UserError(_("{kind}没有被删除，无需恢复。").format(kind=model.label(lang())))
    journal.revive(session, model, {record: project.decoded(model, last.values)})


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
        title = _patch(txn, change).get(model.title_field, [change.record])[0]
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
    """The steps whose effect is taken back: undone, by themselves or with the merge that brought
    them, and not redone since."""
    pairs = session.execute(
        select(Txn.id, Txn.undoes).where(Txn.undoes.is_not(None)).order_by(Txn.lsn)
    )
    taken_back: set[str] = set()
    for undo_txn, target in reversed([(row.id, row.undoes) for row in pairs]):
        if undo_txn not in taken_back and target is not None:
            taken_back.add(target)
    marker = aliased(Txn)
    members = (
        select(Txn.id, marker.id)
        .join(Arrival, Arrival.lsn == Txn.lsn)
        .join(marker, marker.lsn == Arrival.step)
    )
    came = [txn for txn, merge in session.execute(members) if merge in taken_back]
    return taken_back.union(came)


def _step_query() -> Select[Txn, str | None]:
    return select(Txn, Arrival.seal).outerjoin(Arrival, Arrival.lsn == Txn.lsn)


def _step_rows(session: Session, query: Select[Txn, str | None]) -> list[StepRow]:
    found = session.execute(query).all()
    members = _brought(session, [txn.lsn for txn, _seal in found])
    undone = _undone(session)
    return [
        StepRow(
            lsn=txn.lsn,
            txn=txn.id,
            at=moment(txn.at),
            who=txn.who,
            why=txn.why,
            source=txn.source,
            records=touched,
            undone=txn.id in undone,
            is_undo=txn.undoes is not None,
            brought=len(members.get(txn.lsn, [])),
            partial=seal is not None,
        )
        for (txn, seal), touched in zip(found, _touched(session, found, members), strict=True)
    ]


def _touched(
    session: Session,
    found: Sequence[Row[Txn, str | None]],
    members: Mapping[int, Sequence[Arrival]],
) -> Iterator[int]:
    """How many records each of these steps touched, a merge with all that it brought."""
    plain = [txn.lsn for txn, _seal in found if txn.lsn not in members]
    numbers: dict[int, int] = {}
    for batch in journal.in_batches(plain):
        query = select(Change.lsn, func.count()).where(Change.lsn.in_(batch)).group_by(Change.lsn)
        numbers |= dict(list(session.execute(query)))
    for txn, _seal in found:
        if txn.lsn in members:
            first = min(one.lsn for one in members[txn.lsn])
            touched = select(Change.kind, Change.record).where(Change.lsn.between(first, txn.lsn))
            yield len(session.execute(touched.distinct()).all())
        else:
            yield numbers.get(txn.lsn, 0)


def _brought(session: Session, lsns: Sequence[int]) -> dict[int, list[Arrival]]:
    """Of these steps, the merges, with what each brought."""
    found: dict[int, list[Arrival]] = {}
    for batch in journal.in_batches(lsns):
        for one in session.scalars(select(Arrival).where(Arrival.step.in_(batch))):
            found.setdefault(one.step or 0, []).append(one)
    return found


def _refuse_parts(session: Session, step: Txn, first: int) -> None:
    query = select(Arrival.lsn).where(
        Arrival.lsn.between(first, step.lsn), Arrival.seal.is_not(None)
    )
    if session.scalars(query.limit(1)).first() is not None:
        raise UserError(
            _("“{why}”只有一部分在这份库里，不能在这里撤销。请在办公室的库中撤销。").format(
                why=step.why
            )
        )


def _all_steps(session: Session) -> Sequence[StepRow]:
    return steps(session, limit=1000)


def _refuse_orphans(session: Session) -> None:
    vanishing: dict[type[Record], list[str]] = {}
    for draft in journal.drafts(session).values():
        if draft.op == "D" and not draft.concurrent:
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


def _patch(txn: Txn, change: Change) -> Patch:
    return project.patch_of(change.patch, change.kind, txn.schema)
