"""Charts on the command line: drawn into a file, or their numbers."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from brandpool.cli import session as shared
from brandpool.cli.figures import KnownOption, LadderOption, StepOption, ask_for
from brandpool.cli.session import JsonOption, PoolOption
from brandpool.i18n import speaking
from brandpool.reports import charts, figure
from brandpool.reports.statistics import known_on


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("chart")(chart)


def chart(
    kind: Annotated[str | None, typer.Argument(help="图的代号（不填：列出全部）")] = None,
    out: Annotated[Path | None, typer.Option(help="存为 png、svg 或 pdf")] = None,
    start: Annotated[str | None, typer.Option("--from", help="起始日（默认一年前）")] = None,
    end: Annotated[str | None, typer.Option("--to", help="截止日（默认今天）")] = None,
    step: StepOption = "month",
    ladder: LadderOption = None,
    about: Annotated[str, typer.Option(help="企业、目标或案卷的名称，用于单个对象的图")] = "",
    known: KnownOption = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """图表及其数字。 Charts and their numbers."""
    if kind is None:
        shared.print_table("图表", ["代号", "名称"], [(o.key, o.title) for o in charts.charts()])
        return
    one = charts.chart(kind)
    last = shared.day_of(end)
    first = shared.day_of(start) if start else date(last.year - 1, last.month, 1)
    opened = shared.open_pool(pool)
    try:
        as_of = shared.day_of(known) if known else None
        with speaking("zh"), known_on(opened, as_of) as session:
            ask = ask_for(session, ladder, first, last, step)
            ask = charts.about(session, one, ask, about)
            frame = one.numbers(session, ask)
            table = one.printed(frame)
            if out is not None:
                figure.save(one.draw(frame, figure.SIZE, frozenset()), out)
    finally:
        opened.close()
    rows = table.to_numpy().tolist()
    heads = [str(name) for name in table.columns]
    if json:
        told = [dict(zip(heads, row, strict=True)) for row in rows]
        shared.print_json({"kind": kind, "from": first, "to": last, "file": out, "rows": told})
        return
    shared.print_table(one.title, heads, rows, one.definition(frame))
    if out is not None:
        shared.say(f"已存为 {out}")
