"""What is to be reached, on the command line: targets, the star rating, the inspection folder."""

from pathlib import Path
from typing import Annotated, Any

import typer

from brandpool import settings
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.db.attachments import Attachments
from brandpool.exchange import inspection as folder
from brandpool.exchange import policy_text, target_papers
from brandpool.reports.documents.content import office
from brandpool.services import reference_data
from brandpool.services import stars as rating_of
from brandpool.services import targets as found_in
from brandpool.services.stars import ItemScore
from brandpool.services.targets import TargetRow

OnOption = Annotated[str | None, typer.Option("--on", help="截至日 YYYY-MM-DD")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("targets")(targets)
    app.command("stars")(stars)
    app.command("inspection")(inspection)


def targets(
    year: Annotated[int | None, typer.Option(help="只看这一年的目标")] = None,
    policy: Annotated[
        Path | None, typer.Option(help="改为列出政策文件（txt、docx）中的目标，不写入")
    ] = None,
    on: OnOption = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """目标：要求、实际、上年、口径和还需的进度。 Targets, or those that a policy's text sets."""
    day = shared.day_of(on)
    if policy is not None:
        _proposed(policy, pool, json=json)
        return
    with shared.reading(pool) as session:
        rows = found_in.find(session, day, year)
    if json:
        shared.print_json({"on": day, "targets": [_told(row) for row in rows]})
        return
    table = target_papers.target_listing(rows)
    shared.print_table(f"{day} 的目标", table.heads, table.rows, f"共 {len(rows)} 项")


def stars(
    year: Annotated[int | None, typer.Option(help="评价年度（默认：截至日的年度）")] = None,
    on: OnOption = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """星级自评：13 项的台账得分、自评分和缺项。 The star rating with what is missing."""
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        rating = rating_of.rate(session, year or day.year, day)
    if json:
        items = [_item(item) for item in rating.items]
        shared.print_json({
            "year": rating.year, "on": rating.on, "total": rating.total,
            "proposed": rating.proposed, "rules_verified": rating.verified, "items": items,
        })  # fmt: skip
        return
    table = target_papers.rating_listing(rating)
    shared.print_table(table.caption, table.heads, table.rows, table.note)


def inspection(
    out: Annotated[Path, typer.Argument(help="存放检查材料的新文件夹")],
    year: Annotated[int | None, typer.Option(help="材料年度（默认：截至日的年度）")] = None,
    on: OnOption = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """检查材料：按清单生成文件夹，缺的列入缺项清单。 The folder an assessor asks for."""
    own, day = settings.load(), shared.day_of(on)
    opened = shared.open_pool(pool)
    try:
        with opened.write(
            f"生成检查材料：{out.name}", who=who or own.clerk, source="command"
        ) as session:
            made = folder.write(
                session, out, year or day.year, day, Attachments(opened.path), office(own)
            )
    finally:
        opened.close()
    if json:
        shared.print_json(made)
        return
    rows = [(gap.folder, gap.item, gap.what) for gap in made.gaps]
    shared.print_table(
        "缺项清单", ["类别", "项目", "缺什么"], rows,
        f"已写入 {out}：{len(made.entries)} 份材料，缺项 {len(rows)} 项。",
    )  # fmt: skip


def _proposed(policy: Path, pool: Path | None, *, json: bool) -> None:
    text = policy_text.read(policy)
    with shared.reading(pool) as session:
        ref = reference_data.reference(session, shared.day_of(None))
    proposals = policy_text.proposals(text, ref.documents["indicators"])
    if json:
        shared.print_json(proposals)
        return
    rows = [
        (one.title, one.operator, one.value, one.unit, one.year, one.start, one.clause)
        for one in proposals
    ]
    shared.print_table(
        policy.name, ["目标", "要求", "目标值", "单位", "年度", "位置", "原文"], rows,
        f"找到 {len(rows)} 项。请在窗口的“目标”页逐项确认后登记。",
    )  # fmt: skip


def _told(row: TargetRow) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "indicator": row.indicator.code, "year": row.year,
        "operator": row.operator, "value": row.value, "unit": row.unit, "day": row.day,
        "actual": row.actual.value, "done": row.actual.done, "last": row.last.value,
        "state": row.state, "share": row.share, "needed": row.needed, "months": row.months,
        "pace": row.pace, "definition": row.actual.definition, "clause": row.clause,
        "responsible": row.responsible,
        "rows": row.actual.counted.rows if row.actual.counted else (),
    }  # fmt: skip


def _item(item: ItemScore) -> dict[str, Any]:
    return {
        "item": item.code, "label": item.label, "points": item.points,
        "proposed": item.proposed, "score": item.score, "reason": item.reason,
        "missing": item.missing, "rows": item.rows,
    }  # fmt: skip
