"""Commands on tiers: judge, move."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from brandpool import settings
from brandpool.cli import records as record_commands
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.rules.scheme import Ladder, Scheme
from brandpool.services import judging, schemes, tiers
from brandpool.services.decision import MoveOrder
from brandpool.services.judging import Judgement

LadderOption = Annotated[str | None, typer.Option("--ladder", help="梯队代号或名称")]
_LISTS: dict[str, Callable[[Iterable[Judgement]], list[Judgement]]] = {
    "up": judging.can_move_up,
    "near": judging.near,
    "review": judging.must_review,
    "overstayed": judging.overstayed,
    "exit": judging.proposed_exits,
    "all": list,
}


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("judge")(judge)
    app.command("move")(move)


def judge(
    only: Annotated[str, typer.Option(help="up, near, review, overstayed, exit, all")] = "up",
    ladder: LadderOption = None,
    on: Annotated[str | None, typer.Option("--on", help="评定日 YYYY-MM-DD")] = None,
    scheme: Annotated[str | None, typer.Option(help="方案 代号@版本（默认现行）")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """评定：谁能升级，谁还差什么，谁要复核，谁停留过久，谁应退出。 Judge by the scheme."""
    if only not in _LISTS:
        raise UserError(f"--only 只能是 {'、'.join(_LISTS)}。")
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        chosen, rungs = ladder_in_force(session, ladder, day, scheme)
        found = list(_LISTS[only](judging.judge(session, None, chosen, rungs.code, day)))
    if json:
        shared.print_json([_as_dict(one) for one in found])
        return
    rows = [
        [
            one.name,
            one.tier.words.label() if one.tier else "",
            one.target.tier.words.label() if one.target else "",
            one.gap or "；".join(exits.condition.words.label() for exits in one.proposed_exits),
        ]
        for one in found
    ]
    title = f"{rungs.words.label()}（{chosen.title}，{day}）"
    shared.print_table(
        title, ["企业", "现层级", "可升至", "差距或原因"], rows, f"共 {len(rows)} 家"
    )


def move(
    enterprise: Annotated[list[str], typer.Argument(help="企业名称、代码或 id，可多个")],
    to: Annotated[str | None, typer.Option(help="升降到哪一层（代号或名称）")] = None,
    leave: Annotated[str | None, typer.Option("--exit", help="退出原因（代号或名称）")] = None,
    reason: Annotated[str, typer.Option(help="理由（必填）")] = "",
    ladder: LadderOption = None,
    effective: Annotated[str | None, typer.Option(help="生效日期，可在过去")] = None,
    document_no: Annotated[str | None, typer.Option(help="文号")] = None,
    decided_by: Annotated[str | None, typer.Option(help="决定人")] = None,
    evidence: Annotated[str | None, typer.Option(help="依据材料")] = None,
    override: Annotated[str | None, typer.Option(help="例外理由")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """升降级或退出：一次决定，一步撤销。 Move enterprises by a documented decision."""
    if (to is None) == (leave is None):
        raise UserError("请用 --to 写明层级，或用 --exit 写明退出原因，二者选一。")
    day = shared.day_of(effective)
    ids = [record_commands.find_one(Enterprise, word, pool) for word in enterprise]
    with shared.reading(pool) as session:
        chosen, rungs = ladder_in_force(session, ladder, day, None)
    order = MoveOrder(
        enterprise="",
        ladder=rungs.code,
        tier=_named(rungs.tiers, to, "层级") if to else None,
        exit_reason=_named(rungs.exit_reasons, leave, "退出原因") if leave else None,
        effective=day,
        reason=reason,
        document_no=document_no,
        decided_by=decided_by,
        evidence=evidence,
        override=override,
        scheme=chosen.name,
    )
    orders = [replace(order, enterprise=one) for one in ids]
    why = f"{'退出' if leave else '变动到 ' + str(to)}：{len(ids)} 家企业"
    with shared.writing(pool, why, who or settings.load().clerk) as session:
        moves = tiers.move(session, orders, date.today())
    if json:
        shared.print_json({"moves": moves})
    else:
        shared.say(f"已记录 {len(moves)} 项层级变动。")


def ladder_in_force(
    session: Session, word: str | None, day: date, name: str | None = None
) -> tuple[Scheme, Ladder]:
    """The ladder meant (default: the first), and the scheme that rules it on that day.

    Raises UserError when there is no such ladder.
    """
    chosen = [schemes.get(session, name)] if name else schemes.in_force(session, day)
    for scheme in chosen:
        for ladder in scheme.ladders:
            if word is None or word in (ladder.code, ladder.words.zh, ladder.words.en):
                return scheme, ladder
    known = "、".join(one.words.zh for scheme in chosen for one in scheme.ladders)
    raise UserError(f"{day} 没有梯队“{word or ''}”。现有：{known or '无'}。")


def _named(parts: Any, word: str | None, what: str) -> str:
    """The code of the tier or reason called so."""
    for part in parts:
        if word in (part.code, part.words.zh, part.words.en):
            return str(part.code)
    known = "、".join(part.words.zh for part in parts)
    raise UserError(f"没有{what}“{word}”。可用的有：{known}。")


def _as_dict(one: Judgement) -> dict[str, Any]:
    return {
        "enterprise": one.enterprise,
        "name": one.name,
        "tier": one.tier.code if one.tier else None,
        "since": one.standing.since if one.standing else None,
        "target": one.target.tier.code if one.target else None,
        "can_move_up": one.can_move_up,
        "gap": one.gap,
        "must_review": one.must_review,
        "review_due": one.review_due,
        "overstayed_days": one.overstayed_days,
        "conditions": [
            {
                "condition": verdict.condition.words.label(),
                "truth": str(verdict.truth),
                "value": judging.value_text(verdict),
                "gap": verdict.gap,
                "why": verdict.why,
            }
            for verdict in (one.target.verdicts if one.target else ())
        ],
        "exits": [verdict.condition.words.label() for verdict in one.proposed_exits],
    }
