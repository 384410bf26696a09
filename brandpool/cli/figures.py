"""Numbers on the command line: statistics, and printed numbers by their codes."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from brandpool import settings
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.errors import UserError
from brandpool.exchange.list_out import Leaving
from brandpool.i18n import speaking
from brandpool.reports import statistic_out, statistics, tally
from brandpool.reports.ask import Ask, Step
from brandpool.reports.documents.content import office
from brandpool.services import printed_numbers, schemes

FromOption = Annotated[str | None, typer.Option("--from", help="起始日（默认本年1月1日）")]
KnownOption = Annotated[str | None, typer.Option("--as-known", help="只计这一天日终前已录入的数据")]
StepOption = Annotated[str, typer.Option(help="month 按月, quarter 按季, year 按年")]
LadderOption = Annotated[str | None, typer.Option(help="梯队（默认：第一个施行的）")]
_STEPS: dict[str, Step] = {"month": "month", "quarter": "quarter", "year": "year"}


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("statistic")(statistic)
    app.command("number")(number)


def statistic(
    key: Annotated[str | None, typer.Argument(help="统计项目（不填：列出全部）")] = None,
    on: Annotated[str | None, typer.Option("--on", help="截至日（默认今天）")] = None,
    start: FromOption = None,
    step: StepOption = "month",
    ladder: LadderOption = None,
    known: KnownOption = None,
    out: Annotated[Path | None, typer.Option(help="写成 .xlsx（带数字编码）或 .csv")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """统计表：按日或按期间，可按某日已知；每个数字都有口径。 Statistics with their definitions."""
    if key is None:
        _list_them(json=json)
        return
    day = shared.day_of(on)
    one = statistics.statistic(key)
    opened = shared.open_pool(pool)
    try:
        with opened.read() as session:
            ask = ask_for(session, ladder, _first(start, day), day, step)
        as_of = shared.day_of(known) if known else None
        with speaking("zh"):
            frame = statistics.compute(opened, one, ask, as_of)
            if out is not None:
                own = settings.load()
                how = Leaving(who or own.clerk, date.today())
                with opened.write(
                    f"导出统计：{one.title}", who=how.who, source="command"
                ) as session:
                    statistic_out.export(session, out, frame, how, office(own))
    finally:
        opened.close()
    table, told = tally.printed(frame), tally.about(frame)
    heads = [str(name) for name in table.columns]
    lines = table.to_numpy().tolist()
    if json:
        shared.print_json({
            "statistic": key, "title": told.title, "unit": told.unit, "on": day,
            "from": ask.start, "as_known": as_of, "definition": tally.definition(frame),
            "file": out, "rows": [dict(zip(heads, line, strict=True)) for line in lines],
        })  # fmt: skip
        return
    shared.print_table(told.title, heads, lines, tally.definition(frame))
    if out is not None:
        shared.say(f"已写入 {out}")


def number(
    code: Annotated[str, typer.Argument(help="文件上数字旁的编码，如 7K2M-9QXA")],
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """按编码调出打印过的数字：口径和全部记录。 A printed number by its code, with its records."""
    with shared.reading(pool) as session:
        row = printed_numbers.recall(session, code)
    if json:
        shared.print_json(row)
        return
    gone = f"，其中 {len(row.gone)} 条打印后已删除" if row.gone else ""
    shared.print_table(
        f"{row.name}：{row.total} {row.unit}", ["种类", "记录"], row.rows,
        f"编码 {row.code}，{row.printed_on} 打印，共 {len(row.rows)} 条{gone}。{row.definition}",
    )  # fmt: skip


def _list_them(*, json: bool) -> None:
    found = [(one.key, one.title) for one in statistics.statistics()]
    if json:
        shared.print_json([{"key": key, "title": title} for key, title in found])
    else:
        shared.print_table("统计项目", ["代号", "名称"], found)


def _first(start: str | None, day: date) -> date:
    return shared.day_of(start) if start else date(day.year, 1, 1)


def ask_for(session: Session, ladder: str | None, first: date, last: date, step: str) -> Ask:
    """What is asked for. Raises UserError for an unknown step or ladder."""
    if step not in _STEPS:
        raise UserError("步长只有 month、quarter、year 三种。")
    return Ask(_ladder(session, ladder, last), first, last, _STEPS[step])


def _ladder(session: Session, word: str | None, day: date) -> str:
    """The code of the ladder called so; of the first in force when none is named."""
    found: list[tuple[Any, ...]] = list(schemes.ladders(session, day))
    if word is None:
        return str(found[0][0]) if found else ""
    for code, name, _scheme in found:
        if word in (code, name):
            return str(code)
    known = "、".join(str(name) for _code, name, _scheme in found)
    raise UserError(f"{day} 没有梯队“{word}”。现有：{known or '无'}。")
