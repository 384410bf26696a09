"""Live rows and flags as the journal makes them: fold the changes of records and write the result.

A deleted record to which something still refers stays, flagged as a deletion to settle, with the
values it last had. Whether it stays depends on what is live, never on the order of arrival.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update
from sqlalchemy.orm import Session

from brandpool.db import bulk, project
from brandpool.db.bulk import in_batches
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Kind
from brandpool.models.fold import Folded, fold
from brandpool.models.journal import Flag, canonical
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields

Key = tuple[str, str]
_JOURNALED = {"journaled": True}
_SETTLED_BY_FOLD = ("value", "deletion")


def refold(
    session: Session, touched: Iterable[Key], known: Mapping[Key, Folded] | None = None
) -> set[tuple[type[Record], str]]:
    """Make the live rows and flags of these records (kind, id) equal to their fold.

    `known` spares folding what has just been folded. Also looks again at every deleted record that
    stays because something refers to it, and at the deleted targets of what is written. Returns
    all that was looked at. Raises UserError when a written row refers to a record that is neither
    here nor in the journal.
    """
    waiting: dict[str, set[str]] = defaultdict(set)
    for kind, record in (*touched, *_deletions(session)):
        waiting[kind].add(record)
    done: set[tuple[type[Record], str]] = set()
    for model in reversed(KINDS):
        kind = model.kind()
        while records := waiting.pop(kind, None):
            folded = _folded(session, model, records, known or {})
            done |= {(model, record) for record in folded}
            for target, ids in _write(session, model, folded).items():
                waiting[target] |= ids
    return done


@cache
def links(model: type[Record]) -> dict[str, str]:
    """The fields of a kind that point to another record, and to which kind."""
    declared = fields(model).items()
    return {name: f.links for name, f in declared if f.kind is Kind.LINK and f.links}


@cache
def referring(kind: str) -> tuple[tuple[type[Record], str], ...]:
    """Which fields of which kinds point to records of a kind."""
    return tuple(
        (model, name) for model in KINDS for name, target in links(model).items() if target == kind
    )


def referred(session: Session, model: type[Record], ids: Collection[str]) -> set[str]:
    """Those of the ids to which a live row points."""
    found: set[str] = set()
    wanted = list(ids)
    for other, name in referring(model.kind()):
        column = other.__table__.c[name]
        for batch in in_batches(wanted):
            found |= set(session.scalars(select(column).where(column.in_(batch)).distinct()))
    return found


def present(session: Session, model: type[Record], ids: Collection[str]) -> set[str]:
    """Those of the ids that have a live row."""
    column = model.__table__.c.id
    found: set[str] = set()
    for batch in in_batches(list(ids)):
        found |= set(session.scalars(select(column).where(column.in_(batch))))
    return found


def _deletions(session: Session) -> list[Key]:
    query = select(Flag.kind, Flag.record).where(Flag.what == "deletion").distinct()
    return [(kind, record) for kind, record in session.execute(query)]


def _folded(
    session: Session, model: type[Record], records: Collection[str], known: Mapping[Key, Folded]
) -> dict[str, Folded]:
    kind = model.kind()
    missing = [record for record in records if (kind, record) not in known]
    lines = project.steps(session, kind, missing)
    found = {record: fold(line) for record, line in lines.items()}
    found |= {r: known[kind, r] for r in records if (kind, r) in known}
    return dict(sorted(found.items()))


def _write(
    session: Session, model: type[Record], folded: Mapping[str, Folded]
) -> dict[str, set[str]]:
    """Write one kind; returns the records that rows now refer to and that are not live yet.

    Kinds that may refer to this one are written already, so what is referred to is known.
    """
    rows = {record: one for record, one in folded.items() if one.alive}
    here = present(session, model, folded)
    values = {record: _row(model, one) for record, one in rows.items()}
    _insert(session, model, {r: row for r, row in values.items() if r not in here})
    _update(session, model, {r: row for r, row in values.items() if r in here})
    for batch in in_batches(sorted(here - rows.keys())):
        gone = sql_delete(model.__table__).where(model.__table__.c.id.in_(batch))
        session.execute(gone, execution_options=_JOURNALED)
    while held := referred(session, model, folded.keys() - rows.keys()):
        _refuse_unknown(model, folded, held)
        rows |= {record: folded[record] for record in sorted(held)}
        again = {record: _row(model, folded[record]) for record in sorted(held)}
        _insert(session, model, again)
        values |= again
    _write_flags(session, model.kind(), folded, rows)
    return _missing_targets(session, model, values.values())


def _refuse_unknown(
    model: type[Record], folded: Mapping[str, Folded], held: Collection[str]
) -> None:
    unknown = [record for record in sorted(held) if not folded[record].ver]
    if unknown:
        raise UserError(
            _(
                "有记录引用了库中没有的{noun}（{record}），没有写入。"
                "请从原来的电脑重新导出完整的包。"
            ).format(noun=model.label(lang()), record=unknown[0])
        )


def _row(model: type[Record], folded: Folded) -> dict[str, Any]:
    values = project.decoded(model, folded.values)
    return {**values, **model.derived(values), "ver": folded.ver}


def _insert(session: Session, model: type[Record], rows: Mapping[str, Mapping[str, Any]]) -> None:
    if rows:
        first = next(iter(rows.values()))
        columns = [list(rows), *([row[name] for row in rows.values()] for name in first)]
        bulk.insert(session, model.__table__, ["id", *first], columns)


def _update(session: Session, model: type[Record], rows: Mapping[str, Mapping[str, Any]]) -> None:
    if rows:
        table = model.__table__
        first = next(iter(rows.values()))
        statement = sql_update(table).where(table.c.id == bindparam("_id"))
        statement = statement.values({name: bindparam(name) for name in first})
        session.connection().execute(statement, [{"_id": r, **row} for r, row in rows.items()])


def _write_flags(
    session: Session, kind: str, folded: Mapping[str, Folded], rows: Mapping[str, Folded]
) -> None:
    """Replace what is still to settle about these records (their numbers apart)."""
    for batch in in_batches(list(folded)):
        session.execute(
            sql_delete(Flag).where(
                Flag.kind == kind, Flag.record.in_(batch), Flag.what.in_(_SETTLED_BY_FOLD)
            )
        )
    session.add_all(flag for record, one in rows.items() for flag in flags_of(kind, record, one))
    session.flush()


def flags_of(kind: str, record: str, folded: Folded) -> list[Flag]:
    """What is still to settle about a record that has a live row."""
    return [
        Flag(
            kind=kind,
            record=record,
            what=dispute.what,
            field=dispute.field,
            txn=dispute.txn,
            value=canonical(dispute.value),
        )
        for dispute in folded.disputes
    ]


def _missing_targets(
    session: Session, model: type[Record], rows: Collection[Mapping[str, Any]]
) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for name, kind in links(model).items():
        wanted[kind] |= {row[name] for row in rows if row[name] is not None}
    missing = {kind: ids - present(session, by_kind()[kind], ids) for kind, ids in wanted.items()}
    return {kind: ids for kind, ids in missing.items() if ids}
