"""Well-known marks on the command line: files and cases, the evidence grid, the dossier."""

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
from brandpool.exchange import word
from brandpool.exchange.evidence_volume import volume
from brandpool.exchange.table_out import clean_name, whole
from brandpool.models.enterprise import Enterprise
from brandpool.models.well_known import WellKnownFile
from brandpool.models.well_known_codes import OUTCOMES, ROUTES
from brandpool.reports.documents import evidence
from brandpool.reports.documents.content import office
from brandpool.services import exports, records, well_known, well_known_cases
from brandpool.services.exports import Exported
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_grid import Cell

_SIGNS = {"full": "●", "partial": "◐", "missing": "○", "optional": "—"}
_ROUTES = {choice.code: choice.zh for choice in ROUTES}
_OUTCOMES = {choice.code: choice.zh for choice in OUTCOMES}
FileArgument = Annotated[str, typer.Argument(help="准备档：商标名称或 id")]
OnOption = Annotated[str | None, typer.Option("--on", help="以哪天为准 YYYY-MM-DD")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        no_args_is_help=True, help="驰名保护：准备档、证据矩阵、个案。 Well-known marks."
    )
    for name, command in (("list", list_all), ("grid", grid), ("dossier", dossier)):
        group.command(name)(command)
    app.add_typer(group, name="well-known")


def list_all(on: OnOption = None, pool: PoolOption = None, json: JsonOption = False) -> None:
    """准备档的结论和个案的进度。 Files with their verdicts, cases with theirs."""
    day = shared.day_of(on)
    with shared.reading(pool) as session:
        files = [(one, _enterprise(session, one.file.enterprise_id))
                 for one in well_known.assess_all(session, day)]  # fmt: skip
        cases = [(one, _enterprise(session, one.values["enterprise_id"]))
                 for one in well_known_cases.cases(session, day)]  # fmt: skip
    if json:
        shared.print_json({
            "on": day,
            "files": [{"enterprise": name, **_file(one)} for one, name in files],
            "cases": [
                {"enterprise": name, "id": one.id, "note": one.note, "protects": one.protects,
                 "lacking": one.lacking, **{key: one.values[key] for key in (
                     "mark", "route", "authority", "case_no", "outcome", "document_no",
                     "decided_on")}}
                for one, name in cases
            ],
        })  # fmt: skip
        return
    shared.print_table(
        f"{day} 驰名保护准备档",
        ["企业", "商标", "途径", "结论", "缺项"],
        [[name, one.file.mark or "", _ROUTES.get(one.file.route or "", ""), one.label,
          str(len(one.gaps))] for one, name in files],
    )  # fmt: skip
    shared.print_table(
        "驰名保护记录（个案）",
        ["企业", "商标", "途径", "结果", "决定日", "文书号", "说明"],
        [[name, one.values["mark"] or "", _ROUTES.get(one.values["route"] or "", ""),
          _OUTCOMES.get(one.values["outcome"] or "", "办理中"), str(one.values["decided_on"] or ""),
          one.values["document_no"] or "", one.note] for one, name in cases],
    )  # fmt: skip


def grid(
    file: FileArgument,
    on: OnOption = None,
    pool: PoolOption = None,
    json: JsonOption = False,
) -> None:
    """一份准备档的证据矩阵、缺项和核查。 The evidence grid of a file, its gaps and checks."""
    one = _assess(file, shared.day_of(on), pool)
    if json:
        shared.print_json(_file(one) | {
            "years": one.years,
            "cells": [
                {"line": cell.line.code, "year": cell.year, "state": cell.state,
                 "reasons": cell.reasons, "items": cell.items, "figure": cell.figure}
                for cell in one.cells
            ],
            "checks": [{"check": c.code, "ok": c.ok, "told": c.told} for c in one.checks],
        })  # fmt: skip
        return
    cells = {(cell.line.code, cell.year): cell for cell in one.cells}
    lines = dict.fromkeys(cell.line for cell in one.cells)
    shared.print_table(
        f"{one.file.mark or ''}：{one.label}（基准日 {one.anchor}，{one.words.article}）",
        ["证明事项", "不分年度", *map(str, one.years)],
        [[line.label, *(_sign(cells[line.code, year]) for year in (None, *one.years))]
         for line in lines],
        "● 齐全  ◐ 部分  ○ 缺  — 不要求",
    )  # fmt: skip
    for text in one.refusals:
        shared.say(f"否决：{text}")
    for gap in one.gaps:
        shared.say(f"缺项：{gap.what}")


def dossier(
    file: FileArgument,
    out: Annotated[Path, typer.Option(help="放到哪个文件夹")],
    on: OnOption = None,
    who: WhoOption = "",
    pool: PoolOption = None,
) -> None:
    """证据目录（Word）和编好页码的证据合订本（PDF）。 Catalogue and the numbered evidence."""
    day = shared.day_of(on)
    one = _assess(file, day, pool)
    own = settings.load()
    opened = shared.open_pool(pool, read_only=True)
    files = Attachments(opened.path)
    with opened.read() as session:
        made = evidence.dossier(session, one.file.id, files, office(own), day)
    opened.close()
    _make(out)
    name = clean_name(f"{one.file.mark or ''}驰名保护证据")
    written = [_put(out / f"{name}.docx",
                    word.filled(word.template(evidence.TEMPLATE), made.draft.context))]  # fmt: skip
    if made.papers:
        written.append(_put(out / f"{name}.pdf", volume(made.papers)))
    with shared.writing(pool, f"导出 {name}", who) as session:
        for path, sha256 in written:
            exports.register(session, Exported(path.name, sha256, len(made.entries)), who, day)
    for path, _sha256 in written:
        shared.say(f"已写入 {path}")


def _assess(file: str, on: date, pool: Path | None) -> Assessment:
    record = record_commands.find_one(WellKnownFile, file, pool)
    with shared.reading(pool) as session:
        return well_known.assess(session, record, on)


def _file(one: Assessment) -> dict[str, Any]:
    return {
        "id": one.file.id, "mark": one.file.mark, "route": one.file.route,
        "verdict": one.verdict, "label": one.label, "anchor": one.anchor,
        "earliest": one.earliest, "gaps": [gap.what for gap in one.gaps],
        "refusals": one.refusals, "law": one.words.article,
    }  # fmt: skip


def _enterprise(session: Session, record: str | None) -> str:
    return records.titles(session, Enterprise, [record]).get(record, "") if record else ""


def _sign(cell: Cell) -> str:
    number = len(cell.items) + len(cell.cases)
    return f"{_SIGNS[cell.state]} {number}" if number else _SIGNS[cell.state]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as bad:
        raise UserError(f"{folder} 无法新建（{bad.strerror}）。请换一个位置。") from bad


def _put(path: Path, content: bytes) -> tuple[Path, str]:
    def write(half: Path) -> None:
        half.write_bytes(content)

    return path, whole(path, write)
