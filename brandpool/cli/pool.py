"""Commands on the pool itself: history, undo, redo, as-of, check, backup, demo."""

from pathlib import Path
from typing import Annotated

import typer

from brandpool import settings
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.exchange import pool_files
from brandpool.models.record import fields
from brandpool.services import as_of, attached, check, history


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("history")(steps)
    app.command("undo")(undo)
    app.command("redo")(redo)
    app.command("as-of")(known_on)
    app.command("check")(check_pool)
    app.command("backup")(backup)
    app.command("demo")(demo)


def steps(
    limit: Annotated[int, typer.Option(help="最多几步")] = 50,
    kind: Annotated[str | None, typer.Option(help="只看这一类的一条记录")] = None,
    record: Annotated[str | None, typer.Option(help="记录的 id")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """操作步骤，或一条记录的历史。 Steps, or the history of one record."""
    with shared.reading(pool) as session:
        if record is not None:
            model = shared.kind_named(kind or "enterprise")
            lines = history.of_record(session, model.kind(), record)[:limit]
        else:
            done = history.steps(session, limit)
    if record is not None:
        if json:
            shared.print_json(lines)
            return
        labels = fields(model)
        shared.print_table(
            model.zh,
            ["时间", "操作人", "步骤", "项目", "原值", "新值"],
            [
                [
                    f"{row.at:%Y-%m-%d %H:%M}",
                    row.who,
                    row.why,
                    labels[row.field].zh,
                    labels[row.field].shown(row.old),
                    labels[row.field].shown(row.new),
                ]
                for row in lines
            ],
        )
        return
    if json:
        shared.print_json(done)
        return
    shared.print_table(
        "操作步骤",
        ["步", "时间", "操作人", "内容", "记录数", ""],
        [
            [s.lsn, f"{s.at:%Y-%m-%d %H:%M}", s.who, s.why, s.records, "已撤销" if s.undone else ""]
            for s in done
        ],
    )


def undo(
    step: Annotated[int | None, typer.Option(help="第几步（默认最近一步）")] = None,
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """撤销一步操作。 Undo a step."""
    with shared.reading(pool) as session:
        wanted = history.next_undo(session) if step is None else history.step_at(session, step)
    _take_back(wanted, "撤销", pool, who, json=json)


def redo(pool: PoolOption = None, who: WhoOption = "", json: JsonOption = False) -> None:
    """重做刚撤销的一步。 Redo what was undone."""
    with shared.reading(pool) as session:
        wanted = history.next_redo(session)
    _take_back(wanted, "重做", pool, who, json=json)


def known_on(
    day: Annotated[str, typer.Argument(help="YYYY-MM-DD")],
    kind: Annotated[str, typer.Argument(help="记录类别")] = "enterprise",
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """那一天为止所知的库。 The pool as it was known at the end of a day."""
    model = shared.kind_named(kind)
    with shared.reading(pool) as session:
        lsn = as_of.lsn_on(session, shared.day_of(day))
        known = as_of.rows(session, model, lsn)
    if json:
        rows = [{"id": record, **values} for record, values in known.items()]
        shared.print_json({"day": day, "step": lsn, "count": len(rows), "rows": rows})
        return
    title = fields(model)[model.title_field]
    rows_shown = [[title.shown(values[title.name])] for values in list(known.values())[:100]]
    shared.print_table(f"{day} 所知的{model.zh}", [title.zh], rows_shown, f"共 {len(known)} 条")


def check_pool(pool: PoolOption = None, json: JsonOption = False) -> None:
    """核对：库中每一行是否与操作记录一致，附件是否完好。 Compare every row with its journal."""
    opened = shared.open_pool(pool)
    with opened.read() as session:
        found = check.check(session)
        found += attached.faults(session, Attachments(opened.path), check.quietly)
    opened.close()
    if json:
        shared.print_json({"disagreements": found})
    elif not found:
        shared.say("核对完毕，库与操作记录一致。")
    else:
        shared.print_table(
            "不一致之处",
            ["类别", "记录", "项目", "库中", "操作记录"],
            [[f.where, f.record, f.field, f.live, f.journal] for f in found],
        )
    if found:
        raise typer.Exit(1)


def backup(
    folder: Annotated[Path | None, typer.Argument(help="备份到哪个文件夹")] = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """备份整个库。 Back the pool up."""
    opened = shared.open_pool(pool)
    target = pool_files.backup(opened, folder)
    opened.close()
    if json:
        shared.print_json({"file": target, "bytes": target.stat().st_size})
    else:
        shared.say(f"已备份到 {target}")


def demo(
    enterprises: Annotated[int, typer.Option(help="企业数")] = 300,
    seed: Annotated[int, typer.Option(help="同一数字生成同一库")] = 1,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """生成示例库（明确标为示例）。 Make a sample pool."""
    from brandpool.exchange import sample

    if pool is None:
        raise UserError("请用 --pool 指定示例库的文件名，例如 --pool 示例.brandpool。")
    made = pool_files.create(pool, who=sample.CLERK, sample=True)
    sample.build(made, enterprises, seed)
    made.close()
    if json:
        shared.print_json({"file": pool, "enterprises": enterprises, "seed": seed})
    else:
        shared.say(f"已生成示例库 {pool}：{enterprises} 家企业。")


def _take_back(
    step: history.StepRow | None, verb: str, pool: Path | None, who: str, *, json: bool
) -> None:
    if step is None:
        raise UserError(f"没有可以{verb}的步骤。")
    why = f"{verb}：{step.why}"
    who = who or settings.load().clerk
    with shared.writing(pool, why, who, source="undo", undoes=step.txn) as session:
        report = history.undo(session, step.txn)
    if json:
        shared.print_json(report)
        return
    shared.say(f"已{verb}“{step.why}”，{report.put_back} 条记录。")
    for left in report.left:
        shared.say(f"保留：{left}")
