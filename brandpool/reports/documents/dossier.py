"""The file of one enterprise (一企一档): everything the pool holds about it, on paper."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.exchange.chinese_words import EMPTY, numeral
from brandpool.exchange.table_out import chinese_day
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import Record, fields
from brandpool.models.tier import TierMove
from brandpool.reports.documents.changes import WHAT
from brandpool.reports.documents.content import Draft, Listing, Office, frame, text_of
from brandpool.reports.scope import scope_of
from brandpool.services import records, tiers
from brandpool.services.records import Filter, Op, Query, RecordRow

_MOST_COLUMNS = 7
_NAMING = 3
_OF_ITS_OWN: tuple[type[Record], ...] = (YearlyFigure, TierMove, FormerName)


@dataclass(frozen=True, slots=True)
class Card:
    """One record: a line that names it, then its filled fields, label and value twice a line."""

    title: str
    lines: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind, as a table or as cards."""

    title: str
    count: int
    table: Listing | None = None
    cards: tuple[Card, ...] = ()


def draft(
    session: Session,
    enterprise: str,
    by: Office,
    day: date,
    *,
    unmasked: bool = False,
) -> Draft:
    """The dossier of an enterprise as of a day. Raises UserError when it has been deleted."""
    row = records.get(session, Enterprise, enterprise)
    sections = [
        *_figures(session, enterprise),
        *(
            _section(session, model, ids, link, unmasked=unmasked)
            for model, link, ids in _kept(session, enterprise)
        ),
    ]
    name = str(row["name"] or "")
    context = frame(
        "一企一档",
        by,
        day,
        name=name,
        credit_code=row["credit_code"],
        facts=_facts(session, row, unmasked=unmasked),
        standings=_standings(session, enterprise, day),
        moves=_moves(session, enterprise, day),
        sections=[
            {"number": numeral(place), "title": one.title, "table": one.table, "cards": one.cards}
            for place, one in enumerate(sections, 3)
        ],
    )
    number = 1 + sum(one.count for one in sections)
    return Draft(f"{name}一企一档", "dossier.docx", context, number, people=True)


def _facts(session: Session, row: RecordRow, *, unmasked: bool) -> list[dict[str, str]]:
    """The filled fields of the enterprise, and its former names."""
    former = [str(one["name"]) for one in records.of_enterprise(session, FormerName, row.id)]
    made = [
        {"label": declared.zh, "value": text_of(declared, row[name], unmasked=unmasked)}
        for name, declared in fields(Enterprise).items()
        if row[name] not in (None, "") and declared.kind is not Kind.LINK
    ]
    return [*made, {"label": "曾用名", "value": "、".join(former) or EMPTY}]


def _standings(session: Session, enterprise: str, on: date) -> list[str]:
    """Where it stands, a sentence for each ladder."""
    said = []
    for code, now in tiers.ladders_of(session, enterprise, on).items():
        scope = scope_of(session, code, on, on)
        said.append(f"{scope.title}：{scope.name(now.tier)}，自{chinese_day(now.since)}起。")
    return said or ["目前不在任何梯队。"]


def _moves(session: Session, enterprise: str, on: date) -> Listing:
    heads = ("序号", "生效日期", "梯队", "办理", "变动", "文号", "理由")
    rows = []
    for number, move in enumerate(tiers.history(session, enterprise, on), 1):
        scope = scope_of(session, move.ladder, on, on)
        rows.append((
            str(number),
            chinese_day(move.effective),
            scope.title,
            WHAT.get(move.what, move.what),
            f"{scope.name(move.came_from or '')} → {scope.name(move.tier or '')}",
            move.document_no or EMPTY,
            move.reason or EMPTY,
        ))  # fmt: skip
    return Listing(heads, tuple(rows))


def _figures(session: Session, enterprise: str) -> list[Section]:
    """The yearly figures as a table of years, the newest last."""
    found = records.of_enterprise(session, YearlyFigure, enterprise)
    years = sorted({int(str(row["year"])) for row in found if row["year"]})
    if not years:
        return []
    declared = fields(YearlyFigure)
    cells: dict[tuple[str, str], dict[int, Value]] = {}
    for row in found:
        measure = declared["measure"].shown(row["measure"])
        line = cells.setdefault((measure, str(row["unit"] or "")), {})
        if row["year"]:
            line[int(str(row["year"]))] = row["value"]
    rows = tuple(
        (measure, unit or EMPTY, *(text_of(declared["value"], line.get(year)) for year in years))
        for (measure, unit), line in cells.items()
    )
    heads = ("指标", "单位", *(f"{year}年" for year in years))
    return [Section(f"年度数据（{len(rows)}项）", len(found), Listing(heads, rows))]


def _kept(session: Session, enterprise: str) -> list[tuple[type[Record], str, list[str]]]:
    """Every kind of record that hangs on the enterprise, by which link, where there is any."""
    found = []
    for model in KINDS:
        if model in _OF_ITS_OWN:
            continue
        for name, declared in fields(model).items():
            if declared.kind is Kind.LINK and declared.links == Enterprise.kind():
                query = Query((Filter(name, Op.EQUALS, enterprise),))
                ids = records.find(session, model, query)
                if ids:
                    found.append((model, name, ids))
    return found


def _section(
    session: Session, model: type[Record], ids: Sequence[str], link: str, *, unmasked: bool
) -> Section:
    """The records of one kind: as a table where they fit into one, else a card for each."""
    rows = records.rows(session, model, ids)
    titles = _titles(session, model, rows, unmasked=unmasked)
    used = [
        declared
        for name, declared in fields(model).items()
        if name != link
        and any(row[name] not in (None, "") for row in rows)
        and not any(_is_for_the_program(declared, row[name]) for row in rows)
    ]
    texts = [
        tuple(
            titles[one.name].get(str(row[one.name]), EMPTY)
            if one.name in titles
            else text_of(one, row[one.name], unmasked=unmasked)
            for one in used
        )
        for row in rows
    ]
    title = f"{model.zh}（{len(rows)}条）"
    if len(used) <= _MOST_COLUMNS:
        heads = ("序号", *(one.zh for one in used))
        lines = tuple((str(number), *cells) for number, cells in enumerate(texts, 1))
        return Section(title, len(rows), Listing(heads, lines))
    cards = tuple(_card(number, used, cells) for number, cells in enumerate(texts, 1))
    return Section(title, len(rows), None, cards)


def _is_for_the_program(declared: Field, value: Value) -> bool:
    """Whether a field holds what only the program reads: a frozen content, facts, a context."""
    if declared.listed or not isinstance(value, str) or value[:1] not in "{[":
        return False
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def _card(number: int, used: Sequence[Field], cells: Sequence[str]) -> Card:
    """One record with all that is filled in, two fields to a line; the first ones name it."""
    filled = [(one.zh, text) for one, text in zip(used, cells, strict=True) if text != EMPTY]
    title = "　".join(text for _label, text in filled[:_NAMING])
    padded = [*filled, ("", "")] if len(filled) % 2 else filled
    lines = tuple((*padded[at], *padded[at + 1]) for at in range(0, len(padded), 2))
    return Card(f"{number}. {title}", lines)


def _titles(
    session: Session, model: type[Record], rows: Sequence[RecordRow], *, unmasked: bool
) -> Mapping[str, Mapping[str, str]]:
    """For each link, what the records it points to are called; people are masked."""
    found = {}
    for name, declared in fields(model).items():
        if declared.kind is Kind.LINK and declared.links in by_kind():
            other = by_kind()[declared.links]
            called = fields(other)[other.title_field]
            ids = {str(row[name]) for row in rows if row[name]}
            found[name] = {
                record: text_of(called, title, unmasked=unmasked)
                for record, title in records.titles(session, other, ids).items()
            }
    return found
