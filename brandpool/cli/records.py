"""Commands on records: import, list, show."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from brandpool import settings
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.errors import UserError
from brandpool.exchange import backups, import_report, importing
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Kind
from brandpool.models.record import Record, fields
from brandpool.services import records, search, tiers

_NAMES = {
    "new": "新增",
    "changed": "补充",
    "unchanged": "不变",
    "conflict": "冲突",
    "rejected": "退回",
    "missing": "库中有而文件中没有",
}


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    commands: tuple[tuple[str, Callable[..., None]], ...] = (
        ("import", import_file),
        ("list", list_records),
        ("show", show),
    )
    for name, command in commands:
        app.command(name)(command)


def import_file(
    kind: Annotated[str, typer.Argument(help="记录类别，如 enterprise、honour / record kind")],
    file: Annotated[Path, typer.Argument(help="xlsx, xls, xlsb, ods, et, csv, txt")],
    sheet: Annotated[str | None, typer.Option(help="工作表名 / sheet")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预演，不写入")] = False,
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN，列名或列号，可重复")
    ] = None,
    for_all: Annotated[
        list[str] | None, typer.Option("--all", help="FIELD=VALUE，没有这一列时各行都填，可重复")
    ] = None,
    on_conflict: Annotated[str, typer.Option(help="keep 保留库中值，take 采用文件值")] = "keep",
    as_of: Annotated[str | None, typer.Option(help="数据截至日 YYYY-MM-DD")] = None,
    rejected: Annotated[Path | None, typer.Option(help="把退回的行写入这个工作簿")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """导入一份表格：先比对，再一次写入，可一步撤销。 Import a spreadsheet as one step."""
    if on_conflict not in ("keep", "take"):
        raise UserError("--on-conflict 只能是 keep 或 take。")
    model = shared.kind_named(kind)
    own = settings.load()
    reading = importing.open_file(
        file, model, sheet=sheet, columns=_pairs(columns or []), memory=own.mappings
    )
    reading.choose(reading.mapping, reading.proposal.figures, _pairs(for_all or [], "--all"))
    opened = shared.open_pool(pool)
    if dry_run:
        with opened.read() as session:
            planned = importing.dry_run(session, reading)
    else:
        backups.restore_point(opened, "import", own.backup_folder)
        with opened.write(
            importing.title(reading), who=who or own.clerk, source="import"
        ) as session:
            planned = importing.dry_run(session, reading)
            importing.apply(
                session,
                planned,
                source=file.name,
                as_of=shared.day_of(as_of) if as_of else None,
                on_conflict="take" if on_conflict == "take" else "keep",
            )
        own.mappings[reading.proposal.signature] = reading.remembered()
        settings.save(own)
    opened.close()
    report = import_report.report(reading, planned) | {"dry_run": dry_run}
    if rejected is not None:
        report["rejected_file"] = str(rejected)
        importing.save_rejected(reading, planned, rejected)
    _told(report, json=json)


def list_records(
    kind: Annotated[str, typer.Argument(help="记录类别 / record kind")],
    where: Annotated[
        list[str] | None, typer.Option("--where", help="FIELD=VALUE 或 FIELD~片段，可重复")
    ] = None,
    words: Annotated[str, typer.Option("--search", help="名称、代码、拼音")] = "",
    order: Annotated[str, typer.Option(help="排序字段，前加 - 为倒序")] = "",
    limit: Annotated[int, typer.Option(help="最多几条，0 为全部")] = 100,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """列出记录。 List records."""
    model = shared.kind_named(kind)
    filters = tuple(filter_of(model, text) for text in where or [])
    within = None
    if words:
        opened = shared.open_pool(pool)
        with opened.maintain() as session:
            search.catch_up(session)
        with opened.read() as session:
            hits = search.find(session, words, 10_000)
        within = frozenset(hit.record for hit in hits if hit.kind == model.kind())
        opened.close()
    query = records.Query(filters, tuple(filter(None, [order])), within)
    with shared.reading(pool) as session:
        ids = records.find(session, model, query)
        rows = records.rows(session, model, ids[: limit or None])
    if json:
        shared.print_json({"count": len(ids), "rows": [_as_dict(row) for row in rows]})
        return
    shown = [f for f in fields(model).values() if f.listed and f.kind is not Kind.LINK][:7]
    cells = [[one.shown(row.values[one.name]) for one in shown] for row in rows]
    footer = f"共 {len(ids)} 条" + (f"，列出前 {len(rows)} 条" if len(rows) < len(ids) else "")
    shared.print_table(model.zh, [one.zh for one in shown], cells, footer)


def show(
    word: Annotated[str, typer.Argument(help="名称、信用代码或编号的一部分")],
    kind: Annotated[str, typer.Option(help="记录类别 / record kind")] = "enterprise",
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """一企一档：一家企业的全部记录。 Everything about one record."""
    model = shared.kind_named(kind)
    record = find_one(model, word, pool)
    with shared.reading(pool) as session:
        row = records.get(session, model, record)
        hanging: dict[str, list[dict[str, Any]]] = {}
        standing: dict[str, Any] = {}
        if model is Enterprise:
            standing = tiers.ladders_of(session, record, shared.day_of(None))
            for other in records.references(session, Enterprise, [record]):
                rows = records.of_enterprise(session, other, record)
                hanging[other.kind()] = [_as_dict(one) for one in rows]
    if json:
        shared.print_json(_as_dict(row) | {"standing": standing, "records": hanging})
        return
    lines = [[one.zh, one.shown(row.values[name])] for name, one in fields(model).items()]
    shared.print_table(
        str(row.values.get(model.title_field) or ""), ["项目", "内容"], [x for x in lines if x[1]]
    )
    for ladder, now in standing.items():
        shared.say(f"{ladder}：{now.tier}，自 {now.since}")
    for name, found in hanging.items():
        shared.say(f"{shared.kind_named(name).zh}：{len(found)} 条")


def find_one(model: type[Record], word: str, pool: Path | None) -> str:
    """The one record that a word means: its id, number or exact title first, then a search.

    Raises UserError when nothing or more than one thing fits.
    """
    opened = shared.open_pool(pool)
    with opened.maintain() as session:
        search.catch_up(session)
    with opened.read() as session:
        for name in ("id", *model.official, model.title_field):
            if name == "id":
                found = [row.id for row in records.rows(session, model, [word])]
            else:
                wanted = records.Filter(name, records.Op.EQUALS, word)
                found = records.find(session, model, records.Query((wanted,)))
            if len(found) == 1:
                break
        else:
            hits = [hit for hit in search.find(session, word, 500) if hit.kind == model.kind()]
            found = [hit.record for hit in hits]
        titles = records.titles(session, model, found[:8])
    opened.close()
    if not found:
        raise UserError(f"没有找到“{word}”。请换一个名称、代码或拼音。")
    if len(found) > 1:
        shown = "、".join(titles.values())
        raise UserError(f"“{word}”对应 {len(found)} 条记录（{shown} 等），请写得更完整。")
    return found[0]


def _as_dict(row: records.RecordRow) -> dict[str, Any]:
    return {"id": row.id, **row.values}


def _pairs(texts: list[str], option: str = "--map") -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        name, equals, column = text.partition("=")
        if not equals:
            raise UserError(
                f"“{option} {text}”应写成 字段=列名或值，如 --map name=单位名称、--all year=2026。"
            )
        pairs[name.strip()] = column.strip()
    return pairs


def filter_of(model: type[Record], text: str) -> records.Filter:
    """A condition typed as FIELD=VALUE or FIELD~part. Raises UserError for anything else."""
    for sign, op in (("=", records.Op.EQUALS), ("~", records.Op.CONTAINS)):
        name, found, value = text.partition(sign)
        if found:
            label = name.strip()
            one = next((f for f in fields(model).values() if label in (f.name, f.zh, f.en)), None)
            declared = one or records.declaration(model, label)
            code = next((c.code for c in declared.choices if value in (c.code, c.zh, c.en)), value)
            return records.Filter(declared.name, op, code)
    raise UserError(f"条件“{text}”应写成 字段=值 或 字段~片段。")


def _told(report: dict[str, Any], *, json: bool) -> None:
    if json:
        shared.print_json(report)
        return
    for note in report["notes"]:
        shared.say(f"注意：{note}")
    rows = [[label, report[name]] for name, label in _NAMES.items()]
    what = "预演" if report["dry_run"] else "导入"
    shared.print_table(f"{what}：{report['file']}（{report['sheet']}）", ["结果", "行数"], rows)
    for row in report["rejected_rows"][:20]:
        shared.say(f"退回 第{row['row']}行 {row['reason']}")
    for warning in report["warnings"][:20]:
        shared.say(f"提示 第{warning['row']}行 {warning['title']}：{warning['note']}")
