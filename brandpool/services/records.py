"""Any kind of record: finding, reading, adding, editing, removing. What a plain ledger needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields


class Op(StrEnum):
    """How a filter compares."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one field; `value` is a tuple for ONE_OF and unused for EMPTY and FILLED."""

    field: str
    op: Op
    value: Value | tuple[Value, ...] = None


@dataclass(frozen=True, slots=True)
class Query:
    """Which records of a kind, in which order.

    `order` holds field names, one with a leading "-" runs backwards. `within` keeps only these
    ids, as when a click on a chart asks for exactly its rows.
    """

    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    within: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as a page shows it; `ver` goes back with an edit, to notice a colleague's."""

    id: str
    ver: str
    dup_of: str | None
    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Value:
        return self.values[name]


def find(session: Session, model: type[Record], query: Query | None = None) -> list[str]:
    """The ids of the records that satisfy the query, in its order.

    Raises UserError when a filter or the order names a field that the kind does not have.
    """
    query = query or Query()
    table = model.__table__
    statement = select(table.c.id).where(*(_condition(model, f) for f in query.filters))
    ids = session.scalars(_ordered(statement, model, query.order)).all()
    if query.within is None:
        return list(ids)
    return [record for record in ids if record in query.within]


def count(session: Session, model: type[Record], query: Query | None = None) -> int:
    """How many records satisfy the query."""
    query = query or Query()
    if query.within is not None:
        return len(find(session, model, query))
    conditions = [_condition(model, f) for f in query.filters]
    return session.scalar(select(func.count()).select_from(model.__table__).where(*conditions)) or 0


def rows(session: Session, model: type[Record], ids: Sequence[str]) -> list[RecordRow]:
    """The records with these ids, in this order; ids that are gone are left out."""
    found = journal.snapshot(session, model, ids)
    return [_row(model, found[record]) for record in ids if record in found]


def get(session: Session, model: type[Record], record: str) -> RecordRow:
    """One record. Raises UserError when it has been deleted."""
    found = rows(session, model, [record])
    if not found:
        raise UserError(_("{kind}已被删除。可在“历史”中恢复。").format(kind=model.label(lang())))
    return found[0]


def of_enterprise(session: Session, model: type[Record], enterprise: str) -> list[RecordRow]:
    """The records of a kind that hang on one enterprise."""
    ids = find(session, model, Query((Filter("enterprise_id", Op.EQUALS, enterprise),)))
    return rows(session, model, ids)


def distinct(session: Session, model: type[Record], name: str) -> list[tuple[Value, int]]:
    """The values a field has, each with how often; for tick lists and suggestions."""
    column = _column(model, name)
    query = select(column, func.count()).group_by(column).order_by(func.count().desc())
    return [(value, number) for value, number in session.execute(query)]


def titles(session: Session, model: type[Record], ids: Collection[str]) -> dict[str, str]:
    """What each of these records is called."""
    wanted = list(ids)
    name = model.title_field
    return {
        record: str(row.get(name) or "")
        for record, row in journal.snapshot(session, model, wanted).items()
    }


def add(session: Session, model: type[Record], values: Mapping[str, Value]) -> str:
    """Enter a new record; returns its id.

    Raises UserError when a required field is empty, a text is longer than its field takes, or the
    official number is already in the pool.
    """
    values = model.tidied(values)
    _require(model, values)
    _limit(model, values)
    return journal.insert(session, model, [values])[0]


def edit(
    session: Session,
    model: type[Record],
    record: str,
    values: Mapping[str, Value],
    seen: str | None = None,
) -> bool:
    """Change fields of a record; returns whether anything changed.

    `seen` is the `ver` of the row the clerk looked at: an edit of the same field by somebody else
    since then is kept beside this one as a conflict to settle. Raises UserError when a required
    field would become empty or the record is gone.
    """
    values = model.tidied(values)
    for name, value in values.items():
        declared = declaration(model, name)
        if declared.required and value in (None, ""):
            raise UserError(_("“{field}”不能为空。").format(field=declared.label(lang())))
    _limit(model, values)
    return journal.update(session, model, {record: values}, {record: seen} if seen else {}) > 0


def remove(session: Session, model: type[Record], ids: Sequence[str]) -> int:
    """Delete records; returns how many. They come back with undo or from the history.

    Raises UserError when something else still refers to one of them.
    """
    held = references(session, model, ids)
    if held:
        parts = "、".join(
            _("{noun} {number} 条").format(noun=other.label(lang()), number=number)
            for other, number in held.items()
        )
        raise UserError(
            _("还有记录与之关联（{parts}），没有删除。请先删除或改挂这些记录。").format(parts=parts)
        )
    return journal.delete(session, model, ids)


def references(
    session: Session, model: type[Record], ids: Sequence[str]
) -> dict[type[Record], int]:
    """Which kinds still refer to these records, and how often."""
    found: dict[type[Record], int] = {}
    for other in KINDS:
        for name, declared in fields(other).items():
            if declared.kind is Kind.LINK and declared.links == model.kind():
                column = _column(other, name)
                number = sum(
                    session.scalar(select(func.count()).where(column.in_(batch))) or 0
                    for batch in journal.in_batches(ids)
                )
                if number:
                    found[other] = found.get(other, 0) + number
    return found


def declaration(model: type[Record], name: str) -> Field:
    """The declaration of a field. Raises UserError when the kind has no such field."""
    declared = fields(model).get(name)
    if declared is None:
        raise UserError(
            _("{kind}没有“{field}”这一项。").format(kind=model.label(lang()), field=name)
        )
    return declared


def _require(model: type[Record], values: Mapping[str, Value]) -> None:
    missing = [
        f.label(lang())
        for n, f in fields(model).items()
        if f.required and values.get(n) in (None, "")
    ]
    if missing:
        raise UserError(_("请填写：{fields}。").format(fields="、".join(missing)))


def too_long(model: type[Record], values: Mapping[str, Value]) -> list[str]:
    """What is wrong with texts that are longer than their fields take, in words."""
    return [
        _("“{field}”最多 {longest} 字，现有 {length} 字。").format(
            field=declared.label(lang()), longest=declared.longest, length=len(str(values[name]))
        )
        + (f"{declared.hint}。" if declared.hint else "")
        for name, declared in fields(model).items()
        if declared.too_long(values.get(name))
    ]


def _limit(model: type[Record], values: Mapping[str, Value]) -> None:
    wrong = too_long(model, values)
    if wrong:
        raise UserError("".join(wrong))


def _row(model: type[Record], row: Mapping[str, Any]) -> RecordRow:
    values = MappingProxyType({name: row[name] for name in fields(model)})
    return RecordRow(row["id"], row["ver"], row["dup_of"], values)


def _column(model: type[Record], name: str) -> ColumnElement[Any]:
    declaration(model, name)
    return model.__table__.c[name]


def _ordered(statement: Select[str], model: type[Record], order: Sequence[str]) -> Select[str]:
    table = model.__table__
    for key in order:
        name = key.removeprefix("-")
        column = _column(model, name)
        if name == model.title_field and "pinyin" in table.c:
            column = table.c.pinyin
        ordered = column.desc() if key.startswith("-") else column.asc()
        statement = statement.order_by(ordered.nulls_last())
    if not order and "pinyin" in table.c:
        statement = statement.order_by(table.c.pinyin)
    return statement.order_by(table.c.id)


def _condition(model: type[Record], wanted: Filter) -> ColumnElement[bool]:
    column = _column(model, wanted.field)
    value = wanted.value
    empty = (
        or_(column.is_(None), column == "") if _textual(model, wanted.field) else column.is_(None)
    )
    match wanted.op:
        case Op.EMPTY:
            return empty
        case Op.FILLED:
            return not_(empty)
        case Op.ONE_OF:
            values = value if isinstance(value, tuple) else (value,)
            some = [v for v in values if v is not None]
            parts: list[ColumnElement[bool]] = [column.in_(some)] if some else []
            parts += [empty] if None in values else []
            return or_(false(), *parts)
        case Op.CONTAINS:
            return column.icontains(str(value), autoescape=True)
        case Op.AT_LEAST:
            return and_(column.is_not(None), column >= value)
        case Op.AT_MOST:
            return and_(column.is_not(None), column <= value)
        case _:
            return column == value if value is not None else empty


def _textual(model: type[Record], name: str) -> bool:
    numeric = (Kind.NUMBER, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.YEAR, Kind.FLAG)
    return fields(model)[name].kind not in numeric
