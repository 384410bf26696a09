"""The shortlist command: ask, export, hand in, compare."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from brandpool import settings
from brandpool.cli import session as shared
from brandpool.cli import tiers as tier_commands
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.cli.tiers import LadderOption
from brandpool.errors import UserError
from brandpool.exchange import list_out
from brandpool.exchange.list_out import Leaving
from brandpool.services import answers, questions, shortlists
from brandpool.services.answers import Answer
from brandpool.services.questions import Question
from brandpool.services.shortlists import HandIn


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("shortlist")(shortlist)


def shortlist(
    question: Annotated[
        str | None, typer.Argument(help="已保存的查询方案（默认：拟升级名单）")
    ] = None,
    standing: Annotated[
        bool, typer.Option("--standing", help="在库名单，而不是拟升级名单")
    ] = False,
    everyone: Annotated[bool, typer.Option("--all", help="条件未全部满足的也列出")] = False,
    ladder: LadderOption = None,
    on: Annotated[str | None, typer.Option("--on", help="截至日 YYYY-MM-DD")] = None,
    out: Annotated[Path | None, typer.Option(help="写成 .xlsx 或 .csv")] = None,
    gbk: Annotated[bool, typer.Option("--gbk", help="csv 用 GBK 编码")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="不脱敏，须写 --purpose")] = False,
    purpose: Annotated[str, typer.Option(help="不脱敏的用途")] = "",
    hand_in: Annotated[str | None, typer.Option("--hand-in", help="报送，名单名称")] = None,
    to: Annotated[str, typer.Option(help="报送单位")] = "",
    document_no: Annotated[str, typer.Option(help="文号")] = "",
    recommends: Annotated[
        bool, typer.Option("--recommends/--only-report", help="推荐名单须无信用名单上的企业")
    ] = True,
    against: Annotated[str | None, typer.Option(help="与已报送的这份名单比较")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """名单：查询、导出、报送（冻结）、比较。 Ask, export, hand in or compare a shortlist."""
    own = settings.load()
    who = who or own.clerk
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        asked = _question(session, question, ladder, day, standing=standing, everyone=everyone)
        answer = answers.answer(session, asked, day)
        compared = _compared(session, against, answer) if against else None
    told: dict[str, Any] = {"count": len(answer.rows), "scheme": answer.scheme, "on": day}
    if out is not None or hand_in is not None:
        title = hand_in or question or ("在库企业名单" if standing else "拟升级企业名单")
        with shared.writing(
            pool, f"报送名单：{title}" if hand_in else f"导出：{title}", who
        ) as session:
            how = HandIn(title, who, to, document_no, recommends=recommends)
            if hand_in is not None:
                shortlists.check_credit(session, answer, how, day)
            if out is not None:
                table = list_out.table_of(answer, title, station=own.station, clerk=who)
                leaving = Leaving(
                    who,
                    day,
                    unmasked=unmasked,
                    reason=purpose,
                    encoding="gbk" if gbk else "utf-8-sig",
                )
                written = list_out.export_logged(session, out, table, leaving)
                told |= {"file": out, "sha256": written.sha256}
                how = replace(how, file_name=out.name, file_hash=written.sha256)
            if hand_in is not None:
                told["shortlist"] = shortlists.hand_in(session, answer, how, day)
    if json:
        rows = [
            dict(zip((c.name for c in answer.columns), r.values, strict=True)) for r in answer.rows
        ]
        shared.print_json(told | {"rows": rows} | ({"compared": compared} if compared else {}))
        return
    _print(answer)
    if compared:
        for what, label in (("came", "新增"), ("left", "退出"), ("changed", "变化")):
            shared.say(f"{label}：{'、'.join(map(str, compared[what])) or '无'}")
    if out is not None:
        shared.say(f"已写入 {out}")


def _question(
    session: Session,
    name: str | None,
    ladder: str | None,
    day: date,
    *,
    standing: bool,
    everyone: bool,
) -> Question:
    if name is not None:
        saved = {row.name: row.question for row in questions.find(session)}
        if name not in saved:
            known = "、".join(saved) or "无"
            raise UserError(f"没有名为“{name}”的查询方案。已保存的有：{known}。")
        return saved[name]
    _scheme, rungs = tier_commands.ladder_in_force(session, ladder, day)
    if standing:
        return questions.pool_list(rungs.code)
    return questions.upgrade_list(rungs.code, ready=not everyone)


def _compared(session: Session, against: str, answer: Answer) -> dict[str, Any]:
    old = next((r for r in shortlists.handed(session) if against in (r.id, r.name)), None)
    if old is None:
        raise UserError(f"没有报送过名为“{against}”的名单。")
    found = shortlists.compare(shortlists.frozen(session, old.id), answer)
    return {
        "came": [row.title for row in found.came],
        "left": [row.title for row in found.left],
        "changed": [
            f"{c.title} {c.column.zh}：{c.column.shown(c.old)}→{c.column.shown(c.new)}"
            for c in found.changed
        ],
    }


def _print(answer: Answer) -> None:
    rows = [
        [column.shown(value) for column, value in zip(answer.columns, row.values, strict=True)]
        for row in answer.rows[:200]
    ]
    headings = [column.zh for column in answer.columns]
    shared.print_table(f"{answer.on} {answer.scheme}", headings, rows, f"共 {len(answer.rows)} 家")
