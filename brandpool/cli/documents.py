"""The document command: drafts of the station's papers as Word files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from brandpool import settings
from brandpool.cli import records as record_commands
from brandpool.cli import session as shared
from brandpool.cli.session import JsonOption, PoolOption, WhoOption
from brandpool.errors import UserError
from brandpool.exchange.list_out import Leaving
from brandpool.models.enterprise import Enterprise
from brandpool.models.shortlist import Shortlist
from brandpool.models.tier import PublicNotice
from brandpool.reports.documents import catalogue, leaving
from brandpool.reports.documents.catalogue import Need, Order, World
from brandpool.reports.documents.content import Draft, office
from brandpool.reports.documents.period import SPANS, Period, period_of
from brandpool.services import docket_cache, questions, records, reference_data
from brandpool.services.records import Filter, Op, Query


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("document")(document)


def document(
    kind: Annotated[
        str, typer.Argument(help="report、approval、notice、admission、dossier、certificate")
    ],
    about: Annotated[
        list[str] | None,
        typer.Option("--about", help="企业、名单、公示的名称，或期限的代号，可重复"),
    ] = None,
    span: Annotated[str, typer.Option(help="报告期间：month、quarter、year")] = "month",
    on: Annotated[str | None, typer.Option("--on", help="期间内或制作的日期 YYYY-MM-DD")] = None,
    ladder: Annotated[str, typer.Option(help="梯队代号（默认：第一个施行的）")] = "",
    since: Annotated[str | None, typer.Option("--from", help="入库名单的起始日")] = None,
    until: Annotated[str | None, typer.Option("--to", help="入库名单的截止日")] = None,
    out: Annotated[Path, typer.Option(help="写成的 .docx；多份时为文件夹")] = Path(),
    unmasked: Annotated[bool, typer.Option("--unmasked", help="不脱敏，须写 --purpose")] = False,
    purpose: Annotated[str, typer.Option(help="不脱敏的用途")] = "",
    pool: PoolOption = None,
    who: WhoOption = "",
    json: JsonOption = False,
) -> None:
    """文书草稿：报告、呈批件、公示、入库名单、一企一档、依据单。 Drafts of papers as Word files."""
    own = settings.load()
    paper, day = catalogue.paper(kind), shared.day_of(on)
    ids = tuple(_meant(paper.need, word, pool) for word in about or [])
    today = date.today() if paper.need is Need.PERIOD else day
    order = Order(
        kind,
        ids,
        _period(span, day) if paper.need is Need.PERIOD else None,
        ladder,
        shared.day_of(since) if since else None,
        shared.day_of(until) if until else None,
        unmasked,
    )
    how = Leaving(who or own.clerk, today, unmasked=unmasked, reason=purpose)
    if paper.need is Need.DATE:
        _catch_up(pool, today)
    with shared.writing(pool, f"生成文书：{paper.title}", how.who) as session:
        ref = reference_data.reference(session, today)
        drafts = catalogue.drafts(session, order, World(office(own), today, ref))
        files = [
            written
            for draft in drafts
            for written in leaving.write_docx(session, draft, _path(out, draft, how, drafts), how)
        ]
    if json:
        shared.print_json({"files": [{"path": f.path, "sha256": f.sha256} for f in files]})
        return
    for file in files:
        shared.say(f"已写入 {file.path}")


def _period(span: str, day: date) -> Period:
    for known in SPANS:
        if span == known:
            return period_of(known, day)
    raise UserError(f"没有“{span}”这种期间，可用：{'、'.join(SPANS)}。")


def _meant(need: Need, word: str, pool: Path | None) -> str:
    """The id of the thing that a word names."""
    if need is Need.ENTERPRISES:
        return record_commands.find_one(Enterprise, word, pool)
    if need is Need.DATE:
        return word
    with shared.reading(pool) as session:
        return _list_or_notice(session, need, word)


def _list_or_notice(session: Session, need: Need, word: str) -> str:
    model, name = (PublicNotice, "title") if need is Need.NOTICE else (Shortlist, "name")
    found = records.find(session, model, Query((Filter(name, Op.EQUALS, word),)))
    found += [row.id for row in records.rows(session, model, [word])]
    if need is Need.LIST:
        found += [row.id for row in questions.find(session) if word in (row.id, row.name)]
    if not found:
        raise UserError(f"没有名为“{word}”的{model.zh}。")
    return found[-1]


def _catch_up(pool: Path | None, day: date) -> None:
    """Dates come from the docket, which must be up to date."""
    opened = shared.open_pool(pool)
    try:
        with opened.maintain() as session:
            docket_cache.catch_up(session, day, reference_data.reference(session, day))
    finally:
        opened.close()


def _path(out: Path, draft: Draft, how: Leaving, drafts: list[Draft]) -> Path:
    if out.suffix.lower() == ".docx":
        if len(drafts) > 1:
            raise UserError("要生成多份文书，--out 请写文件夹。")
        return out
    return out / leaving.file_name(draft, how)
