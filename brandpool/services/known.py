"""What the pool knows that a scheme asks for, gathered for many enterprises in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import lang
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.enterprise_codes import MEASURES
from brandpool.models.field import Kind
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.rules.facts import Books, Facts, Figure, Ledger, Row
from brandpool.rules.scheme import (
    Clause,
    Condition,
    Count,
    FieldOf,
    FigureOf,
    Growth,
    Leaf,
    Since,
    YearsOnFile,
    leaves,
)
from brandpool.rules.standing import Stay
from brandpool.services.placings import narrowed

NAMES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "international_registration": (
        "international_registration",
        {"registered_on": "ir_date", "valid_until": "expiry"},
    ),
}
"""Where a scheme's words differ from the models': {kind in schemes: (kind, {field: field})}."""

_ALWAYS = ("name", "source", "source_date")


@dataclass(slots=True)
class Needs:
    """What a scheme's conditions look at."""

    fields: set[str] = field(default_factory=lambda: set(_ALWAYS))
    figures: set[str] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def needs(conditions: Iterable[Condition]) -> Needs:
    """Everything that these conditions look at."""
    found = Needs()
    for condition in conditions:
        for leaf in leaves(condition):
            _note(found, leaf)
    return found


def books(session: Session, wanted: Needs) -> Books:
    """Which of the ledgers that a scheme asks for this pool has, and whether they are in use."""
    ledgers: dict[str, Ledger] = {}
    for kind in wanted.kinds:
        model, names = _model(kind)
        if model is None or _owner(model) is None:
            continue
        back = {own: word for word, own in names.items()}
        labels = {back.get(name, name): f.label(lang()) for name, f in fields(model).items()}
        used = session.scalar(select(_table(model).c.id).limit(1)) is not None
        ledgers[kind] = Ledger(model.label(lang()), labels, used)
    labels = {name: f.label(lang()) for name, f in fields(Enterprise).items()}
    return Books(labels, ledgers, {choice.code: choice.label(lang()) for choice in MEASURES})


def gather(
    session: Session,
    wanted: Needs,
    stays: Mapping[str, Sequence[Stay]],
    enterprises: Sequence[str] | None = None,
) -> list[Facts]:
    """The facts of these enterprises, or of all of the pool; duplicates to settle left out."""
    figures = _figures(session, wanted.figures, enterprises)
    records = {kind: _records(session, kind, names, enterprises) for kind, names in _kinds(wanted)}
    chosen = None if enterprises is None else set(enterprises)
    return [
        Facts(
            row["id"],
            row,
            figures.get(row["id"], {}),
            {kind: found[row["id"]] for kind, found in records.items() if row["id"] in found},
            stays.get(row["id"], ()),
        )
        for row in _enterprises(session, wanted.fields, enterprises)
        if chosen is None or row["id"] in chosen
    ]


def _note(found: Needs, leaf: Leaf) -> None:
    match leaf.measure:
        case FieldOf(name) | Since(name, _, "", _):
            found.fields.add(name)
        case Since(name, _, kind, where):
            found.kinds[kind] |= {name, *_clause_fields(where)}
        case FigureOf(name) | Growth(name):
            found.figures.add(name)
        case YearsOnFile(names):
            found.figures.update(names)
        case Count(kind, where, distinct):
            found.kinds[kind] |= {*_clause_fields(where), *([distinct] if distinct else [])}


def _clause_fields(where: Iterable[Clause]) -> Iterable[str]:
    return (clause.field for clause in where)


def _kinds(wanted: Needs) -> list[tuple[str, set[str]]]:
    return [(kind, names) for kind, names in wanted.kinds.items() if _model(kind)[0] is not None]


def _model(kind: str) -> tuple[type[Record] | None, Mapping[str, str]]:
    own, names = NAMES.get(kind, (kind, {}))
    return by_kind().get(own), names


def _owner(model: type[Record]) -> str | None:
    """The field by which a record hangs on an enterprise, or on a record that does."""
    links = {name: f.links for name, f in fields(model).items() if f.kind is Kind.LINK}
    direct = next((name for name, kind in links.items() if kind == Enterprise.kind()), None)
    if direct is not None:
        return direct
    return next((name for name, kind in links.items() if _owns(kind)), None)


def _owns(kind: str) -> bool:
    model = by_kind().get(kind)
    return model is not None and any(f.links == Enterprise.kind() for f in fields(model).values())


def _enterprises(session: Session, names: set[str], ids: Sequence[str] | None) -> Iterable[Row]:
    table = _table(Enterprise)
    columns = [table.c.id, *(table.c[name] for name in names if name in fields(Enterprise))]
    query = select(*columns).where(table.c.dup_of.is_(None)).order_by(table.c.pinyin, table.c.id)
    keys = [column.key for column in columns]
    for part in narrowed(query, table.c.id, ids):
        for row in session.execute(part).all():
            yield dict(zip(keys, row, strict=True))


def _figures(
    session: Session, measures: set[str], ids: Sequence[str] | None
) -> dict[str, dict[str, dict[int, Figure]]]:
    found: dict[str, dict[str, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
    if not measures:
        return found
    c = _table(YearlyFigure).c
    query = select(
        c.enterprise_id, c.measure, c.year, c.value, c.unit, c.id, c.source, c.as_of
    ).where(c.measure.in_(sorted(measures)), c.year.is_not(None), c.dup_of.is_(None))
    for part in narrowed(query, c.enterprise_id, ids):
        for enterprise, measure, year, value, unit, record, source, as_of in session.execute(
            part
        ).all():
            figure = Figure(value, unit or "", record, source or "", as_of)
            found[enterprise][measure][year] = figure
    return found


def _records(
    session: Session, kind: str, wanted: set[str], ids: Sequence[str] | None
) -> dict[str, list[Row]]:
    model, words = _model(kind)
    found: dict[str, list[Row]] = defaultdict(list)
    owner = None if model is None else _owner(model)
    if model is None or owner is None:
        return found
    table = _table(model)
    own = {name: words.get(name, name) for name in sorted(wanted)}
    keys = ["id", *(name for name, column in own.items() if column in fields(model))]
    columns = [table.c[own.get(key, key)] for key in keys]
    enterprise, query = _owned(model, owner, columns)
    for part in narrowed(query.where(table.c.dup_of.is_(None)), enterprise, ids):
        for holder, *values in session.execute(part).all():
            found[holder].append(dict(zip(keys, values, strict=True)))
    return found


def _owned(
    model: type[Record], owner: str, columns: Sequence[ColumnElement[Any]]
) -> tuple[ColumnElement[Any], Any]:
    """The enterprise of a record, and the query that gives it with the columns."""
    table = _table(model)
    parent = fields(model)[owner].links
    if parent == Enterprise.kind():
        return table.c[owner], select(table.c[owner], *columns)
    between = _table(by_kind()[parent])
    link = _owner(by_kind()[parent])
    assert link is not None
    joined = table.join(between, between.c.id == table.c[owner])
    return between.c[link], select(between.c[link], *columns).select_from(joined)


def _table(model: type[Record]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
