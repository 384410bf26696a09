"""Prospects on the command line: what keeps enterprises back, and the way to a target."""

from typing import Annotated

import typer

from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.services import hurdles, judging, reaching, records, reference_data, schemes

_FILINGS = "filings"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("hurdles")(show_hurdles)
    app.command("reach")(reach)


def show_hurdles(
    ladder: Annotated[str, typer.Option(help="梯队代码")],
    on: Annotated[str | None, typer.Option("--on", help="评估日 YYYY-MM-DD")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """卡在哪里：哪些条件卡住最多企业升级。 Which conditions keep most from their next tier."""
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        scheme = schemes.for_ladder(session, ladder, day)
        found = hurdles.hurdles(judging.judge(session, None, scheme, ladder, day))
    if json:
        shared.print_json(
            [
                {
                    "tier": one.tier.code,
                    "condition": one.condition.words.label(),
                    "not_met": one.kept,
                    "unknown": one.unknown,
                    "only_this": one.alone,
                }
                for one in found
            ]
        )
        return
    shared.print_table(
        f"{day} 卡住升级的条件",
        ["目标层级", "条件", "未满足", "待查", "只差这一项"],
        [
            [
                one.tier.words.label(),
                one.condition.words.label(),
                str(len(one.kept)),
                str(len(one.unknown)),
                str(len(one.alone)),
            ]
            for one in found
        ],
    )


def reach(
    goal: Annotated[str, typer.Argument(help="层级代码，或 filings（新提交马德里申请）")],
    need: Annotated[int, typer.Option(help="要增加多少")],
    until: Annotated[str, typer.Option(help="到哪一天 YYYY-MM-DD")],
    per_week: Annotated[int, typer.Option("--per-week", help="每周走访次数")] = 3,
    ladder: Annotated[str, typer.Option(help="梯队代码（目标是层级时）")] = "",
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """怎样达标：用最少的走访达到目标。 The fewest visits that reach a target."""
    today, last = shared.day_of(None), shared.day_of(until)
    if last <= today or need < 1 or per_week < 1:
        raise UserError("截止日要晚于今天，增加数和每周走访次数要大于 0。")
    with shared.reading(pool) as session:
        ref = reference_data.reference(session, today)
        if goal == _FILINGS:
            plan = reaching.to_filings(session, need, today, last, per_week, ref)
        else:
            scheme = schemes.for_ladder(session, ladder, today)
            if judging.ladder_of(scheme, ladder).tier(goal) is None:
                raise UserError(f"梯队“{ladder}”没有层级“{goal}”。请核对层级代码。")
            plan = reaching.to_tier(session, scheme, ladder, goal, need, today, last, per_week, ref)
        names = records.titles(session, Enterprise, list(plan.excluded))
    if json:
        shared.print_json(
            {
                "need": plan.need,
                "reached": plan.reached,
                "in_time": plan.in_time,
                "visits": plan.visits,
                "plan": [
                    {
                        "week": one.week,
                        "enterprise": one.way.enterprise,
                        "name": one.way.name,
                        "gain": one.way.gain,
                        "actions": [action.words for action in one.way.actions],
                    }
                    for one in plan.chosen
                ],
                "excluded": dict(plan.excluded),
            }
        )
        return
    shared.print_table(
        f"到 {last} 增加 {need}：{plan.visits} 次走访可增加 {plan.reached}，来得及 {plan.in_time}",
        ["周", "企业", "增加", "走访", "做什么"],
        [
            [
                str(one.week),
                one.way.name,
                str(one.way.gain),
                str(one.way.visits),
                "；".join(action.words for action in one.way.actions),
            ]
            for one in plan.chosen
        ],
        f"指望不上的 {len(plan.excluded)} 家，例如："
        + "；".join(
            f"{names.get(one, '')}（{why}）" for one, why in list(plan.excluded.items())[:3]
        )
        if plan.excluded
        else "",
    )
