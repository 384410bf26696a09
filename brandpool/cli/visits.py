"""Commands of fieldwork: visits, who is due, the route, the form, and the four letters."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from brandpool import settings
from brandpool.cli import records as record_commands
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.exchange import letter_out, list_out, route_out, visit_form_sheet
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Table
from brandpool.models.enterprise import Enterprise
from brandpool.models.letter import LETTER_TYPES
from brandpool.models.record import fields
from brandpool.models.visit import Visit
from brandpool.services import letters, records, reference_data, visit_forms, visit_routes
from brandpool.services.letter_facts import Seen
from brandpool.services.letters import Sender
from brandpool.services.records import Filter, Op, Query
from brandpool.services.visit_routes import DueRow

StreetOption = Annotated[list[str] | None, typer.Option("--street", help="街道，可重复")]
EveryoneOption = Annotated[bool, typer.Option("--all", help="未入库的企业也算")]
OutOption = Annotated[Path | None, typer.Option(help="写成 .xlsx 或 .csv")]
UnmaskedOption = Annotated[bool, typer.Option("--unmasked", help="联系人不脱敏，须写 --purpose")]
PurposeOption = Annotated[str, typer.Option(help="不脱敏的用途")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(no_args_is_help=True, help="走访：记录、待走访、路线、表单。 Visits.")
    for name, command in (
        ("list", list_visits), ("due", due), ("route", route), ("form", form),
    ):  # fmt: skip
        group.command(name)(command)
    app.add_typer(group, name="visit")
    app.command("letter")(letter)


def list_visits(
    enterprise: Annotated[str, typer.Argument(help="只看一家企业（名称、代码或 id）")] = "",
    since: Annotated[str | None, typer.Option("--from", help="从哪天起")] = None,
    until: Annotated[str | None, typer.Option("--to", help="到哪天止")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """走访记录，最近的在前。 Visits, the latest first."""
    filters = [
        Filter("visited_on", op, shared.day_of(text))
        for text, op in ((since, Op.AT_LEAST), (until, Op.AT_MOST))
        if text is not None
    ]
    if enterprise:
        one = record_commands.find_one(Enterprise, enterprise, pool)
        filters.append(Filter("enterprise_id", Op.EQUALS, one))
    with shared.reading(pool) as session:
        ids = records.find(session, Visit, Query(tuple(filters), ("-visited_on", "-visit_no")))
        rows = records.rows(session, Visit, ids)
        names = records.titles(
            session, Enterprise, {str(row["enterprise_id"]) for row in rows if row["enterprise_id"]}
        )
    wanted = ("visited_on", "visit_no", "visitors", "purpose", "satisfaction")
    declared = fields(Visit)
    lines = [
        [names.get(str(row["enterprise_id"]), ""),
         *(declared[name].shown(row[name]) for name in wanted)]
        for row in rows
    ]  # fmt: skip
    if json:
        shared.print_json({"count": len(rows), "visits": [
            {"id": row.id, "enterprise": line[0], **{name: row[name] for name in wanted}}
            for row, line in zip(rows, lines, strict=True)
        ]})  # fmt: skip
        return
    heads = ["企业", *(declared[name].zh for name in wanted)]
    shared.print_table("走访记录", heads, lines, f"共 {len(rows)} 次")


def due(
    street: StreetOption = None,
    everyone: EveryoneOption = False,
    on: Annotated[str | None, typer.Option("--on", help="截至日 YYYY-MM-DD")] = None,
    out: OutOption = None,
    unmasked: UnmaskedOption = False,
    purpose: PurposeOption = "",
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """待走访企业和理由，最急的在前。 Who is due for a visit, and why."""
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        rows = _due(session, day, street, everyone=everyone)
    told: dict[str, Any] = {"on": day, "count": len(rows), "due": rows}
    if out is not None:
        own = settings.load()
        table = route_out.due_table(rows, day, station=own.station, clerk=own.clerk)
        told["file"] = _export(pool, out, table, who, day, unmasked=unmasked, purpose=purpose)
    if json:
        shared.print_json(told)
        return
    lines = [[row.name, row.street, row.last or "从未", row.why] for row in rows]
    shared.print_table(
        f"待走访企业（{day}）", ["企业", "街道", "上次走访", "理由"], lines, f"共 {len(rows)} 家"
    )


def route(
    start: Annotated[str | None, typer.Option("--from", help="从哪天所在的周排起")] = None,
    weeks: Annotated[int, typer.Option(help="排几周")] = 1,
    per_week: Annotated[int, typer.Option(help="每周几家（默认按走访设置）")] = 0,
    street: StreetOption = None,
    everyone: EveryoneOption = False,
    out: OutOption = None,
    unmasked: UnmaskedOption = False,
    purpose: PurposeOption = "",
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """走访路线：按周、按街道安排待走访的企业。 A plan of visits by week and street."""
    day = shared.day_of(start)
    with shared.reading(pool) as session:
        ref = reference_data.reference(session, day)
        rows = _due(session, day, street, everyone=everyone)
        plan = visit_routes.plan(rows, day, weeks, per_week=per_week, ref=ref)
    told: dict[str, Any] = {"from": day, "weeks": plan.weeks, "left": plan.left}
    if out is not None:
        own = settings.load()
        table = route_out.route_table(plan, day, station=own.station, clerk=own.clerk)
        told["file"] = _export(pool, out, table, who, day, unmasked=unmasked, purpose=purpose)
    if json:
        shared.print_json(told)
        return
    for week in plan.weeks:
        lines = [[row.street, row.name, row.why] for row in week.rows]
        shared.print_table(
            f"{week.monday} 起一周（可走访 {week.room} 家）", ["街道", "企业", "理由"], lines
        )
    if plan.left:
        shared.say(f"另有 {len(plan.left)} 家排不下。")


def form(
    file: Annotated[
        Path | None, typer.Argument(help="启用这份表单（survey/choices/settings）")
    ] = None,
    starts: Annotated[str | None, typer.Option("--from", help="启用日期（默认今天）")] = None,
    out: Annotated[Path | None, typer.Option(help="把正在使用的表单写成工作簿，供修改")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """走访表单：从工作簿启用新版本，或写出正在使用的。 Use a form, or write the one in use."""
    day = shared.day_of(starts)
    if file is not None:
        chosen = visit_form_sheet.read(file)
        why = f"启用走访表单：{chosen.title} {chosen.version}"
        with shared.writing(pool, why, who) as session:
            visit_forms.keep(session, chosen, day)
    else:
        with shared.reading(pool) as session:
            chosen = visit_form_sheet.in_use(session, day)
    if out is not None:
        visit_form_sheet.write(chosen, out)
    told = {"name": chosen.name, "version": chosen.version, "title": chosen.title,
            "questions": len(chosen.by_name), "file": out}  # fmt: skip
    if json:
        shared.print_json(told)
        return
    shared.say(f"{chosen.title}（{chosen.name} {chosen.version}）：{len(chosen.by_name)} 个问题")
    if out is not None:
        shared.say(f"已写入 {out}")


def letter(
    letter_type: Annotated[
        str, typer.Argument(metavar="TYPE", help="register、use、manage、protect，或文书名称")
    ],
    enterprise: Annotated[str, typer.Argument(help="企业名称、代码或 id")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹或 .docx 文件")] = Path(),
    on: Annotated[str | None, typer.Option("--on", help="日期 YYYY-MM-DD")] = None,
    number: Annotated[str, typer.Option(help="文号（默认按类型和年度续编）")] = "",
    seen_on: Annotated[str | None, typer.Option(help="保护警示书：发现字样的日期")] = None,
    seen_at: Annotated[str, typer.Option(help="保护警示书：字样出现在哪里")] = "",
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """四书：按库中掌握的情况生成一份文书并登记。 Write one of the four letters."""
    day, own = shared.day_of(on), settings.load()
    code = _letter_code(letter_type)
    one = record_commands.find_one(Enterprise, enterprise, pool)
    seen = Seen(shared.day_of(seen_on or on), seen_at) if seen_on or seen_at else None
    opened = shared.open_pool(pool)
    try:
        title = letters.title_of(code)
        with opened.write(f"出具{title}", who=who or own.clerk, source="command") as session:
            made = letters.compose(
                session, code, one, day, Sender(own.station, own.clerk, own.phone),
                number=number, seen=seen, ref=reference_data.reference(session, day),
            )  # fmt: skip
            files = Attachments(opened.path)
            record = letter_out.issue(session, made, out, files, who=who or own.clerk)
            name = letter_out.file_name(made) if out.is_dir() else ""
    finally:
        opened.close()
    path = out / name if name else out
    if json:
        shared.print_json({"id": record, "number": made.number, "file": path})
        return
    shared.say(f"{title} {made.number}：已写入 {path}，并登入四书发放台账")


def _due(session: Session, day: date, street: list[str] | None, *, everyone: bool) -> list[DueRow]:
    ref = reference_data.reference(session, day)
    return visit_routes.due(session, day, streets=street or (), everyone=everyone, ref=ref)


def _export(
    pool: Path | None, out: Path, table: Table, who: str, day: date, *, unmasked: bool,
    purpose: str,
) -> Path:  # fmt: skip
    who = who or settings.load().clerk
    with shared.writing(pool, f"导出：{table.title}", who) as session:
        leaving = Leaving(who, day, unmasked=unmasked, reason=purpose)
        return list_out.export_logged(session, out, table, leaving).path


def _letter_code(word: str) -> str:
    for choice in LETTER_TYPES:
        if word in (choice.code, choice.zh, *choice.aliases):
            return choice.code
    known = "、".join(f"{choice.code}（{choice.zh}）" for choice in LETTER_TYPES)
    raise UserError(f"没有“{word}”这种文书，可用：{known}。")
