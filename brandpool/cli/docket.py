"""The docket on the command line: what is due, and the calendar file of it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption
from brandpool.errors import UserError
from brandpool.exchange import calendar_feed
from brandpool.services import docket, docket_cache, reference_data
from brandpool.services.docket import Asked, Entry

_STATES = {
    "overdue": "逾期",
    "today": "今天",
    "7": "7天内",
    "30": "30天内",
    "90": "90天内",
    "later": "更远",
    "exposed": "已可被撤",
    "risk": "撤三风险",
}
_MOST = 1_000_000


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("deadlines")(deadlines)


def deadlines(
    as_of: Annotated[str | None, typer.Option("--as-of", help="查询日 YYYY-MM-DD")] = None,
    within: Annotated[int, typer.Option(help="今后多少天以内")] = docket.WITHIN,
    risks: Annotated[bool, typer.Option("--risks", help="也列出撤三风险")] = False,
    enterprise: Annotated[str, typer.Option(help="只看一家企业（id）")] = "",
    ics: Annotated[Path | None, typer.Option(help="另存为日历文件 .ics")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """期限：逾期、今天和今后若干天的全部期限。 Every date that is overdue or coming."""
    on = shared.day_of(as_of)
    if within < 0:
        raise UserError("--within 请填 0 或更大的天数。")
    numbers, entries = _read(pool, on, within, enterprise, risks=risks)
    if ics is not None:
        try:
            calendar_feed.write(ics, entries)
        except OSError as bad:
            raise UserError(f"{ics} 无法写入（{bad.strerror}）。请换一个位置。") from bad
    if json:
        shared.print_json({"as_of": on, "within": within, "counts": numbers, "entries": entries})
        return
    shared.print_table(
        f"{on} 的期限",
        ["截止日", "期限", "记录"],
        [[_day(entry), _what(entry), _whose(entry)] for entry in entries],
        "  ".join(f"{_STATES[state]} {number}" for state, number in numbers.items() if number),
    )
    if ics is not None:
        shared.say(f"已写入 {ics}：{len(entries)} 条。")


def _read(
    pool: Path | None, on: date, within: int, enterprise: str, *, risks: bool
) -> tuple[dict[str, int], list[Entry]]:
    """Make the cache up to date, then read what was asked."""
    opened = shared.open_pool(pool)
    try:
        with opened.maintain() as session:
            ref = reference_data.reference(session, on)
            docket_cache.catch_up(session, on, ref)
        with opened.read() as session:
            asked = Asked(on, within=within, enterprise=enterprise)
            entries = docket.find(session, asked, ref, limit=_MOST)
            if risks:
                risky = Asked(on, states=("exposed", "risk"), enterprise=enterprise)
                entries += docket.find(session, risky, ref, limit=_MOST)
            return docket.counts(session, asked, ref), entries
    finally:
        opened.close()


def _day(entry: Entry) -> str:
    marks = ("*" if entry.overridden else "") + ("（暂定）" if entry.provisional else "")
    return f"{entry.due}{marks}\n{entry.left}"


def _what(entry: Entry) -> str:
    return f"{_STATES[entry.state]}\n{entry.label}"


def _whose(entry: Entry) -> str:
    return "\n".join(filter(None, (entry.title, entry.enterprise_name, entry.note)))
