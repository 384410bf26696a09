"""The file of one enterprise (一企一档): everything the pool holds about it, on paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

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
_OF_ITS_OWN: tuple[type[Record], ...] = (YearlyFigure, TierMove, FormerName)


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
            {"number": numeral(place), "title": one.caption, "table": one}
            for place, one in enumerate(sections, 3)
        ],
    )
    number = 1 + sum(len(one.rows) for one in sections)
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


def _figures(session: Session, enterprise: str) -> list[Listing]:
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
    return [Listing(heads, rows, f"年度数据（{len(rows)}项）")]


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
) -> Listing:
    """The records of one kind; what does not fit into the columns stands in the last one."""
    rows = records.rows(session, model, ids)
    titles = _titles(session, model, rows)
    used = [
        declared
        for name, declared in fields(model).items()
        if name != link and any(row[name] not in (None, "") for row in rows)
    ]
    shown, rest = _split(used)
    heads = ("序号", *(one.zh for one in shown), *(("其他",) if rest else ()))
    lines = []
    for number, row in enumerate(rows, 1):
        texts = {
            one.name: titles[one.name].get(str(row[one.name]), EMPTY)
            if one.kind is Kind.LINK
            else text_of(one, row[one.name], unmasked=unmasked)
            for one in used
        }
        cells = [texts[one.name] for one in shown]
        if rest:
            filled = (f"{one.zh}：{texts[one.name]}" for one in rest if texts[one.name] != EMPTY)
            cells.append("；".join(filled) or EMPTY)
        lines.append((str(number), *cells))
    return Listing(heads, tuple(lines), f"{model.zh}（{len(lines)}条）")


def _split(used: Sequence[Field]) -> tuple[list[Field], list[Field]]:
    """The columns that are shown, and those that share the last one."""
    listed = [one for one in used if one.listed]
    if len(listed) > _MOST_COLUMNS or len(listed) < len(used):
        shown = listed[: _MOST_COLUMNS - 1]
    else:
        shown = listed
    return shown, [one for one in used if one not in shown]


def _titles(
    session: Session, model: type[Record], rows: Sequence[RecordRow]
) -> Mapping[str, Mapping[str, Any]]:
    """For each link, what the records it points to are called."""
    return {
        name: records.titles(
            session, by_kind()[declared.links], {str(row[name]) for row in rows if row[name]}
        )
        for name, declared in fields(model).items()
        if declared.kind is Kind.LINK and declared.links in by_kind()
    }
