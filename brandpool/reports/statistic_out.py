"""A statistic as a workbook: the table with its definition, and the codes of its numbers.

The codes are kept in the step that enters the file in the register of exports, so that every
number on the paper can be looked up as soon as the paper exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Table, Written
from brandpool.exchange.text_out import write_csv
from brandpool.exchange.workbook_out import write_xlsx
from brandpool.i18n import _
from brandpool.models.field import Field, Kind, Value
from brandpool.reports import tally
from brandpool.reports.documents.content import Office
from brandpool.services import exports, printed_numbers

if TYPE_CHECKING:
    from pandas import DataFrame

Place = tuple[str | None, str | None]
_MOST_KEPT = 300_000
"""Record keys that the codes of one file may keep; a pool must not swell by printing."""


def export(
    session: Session, path: Path, frame: DataFrame, how: Leaving, by: Office, *, coded: bool = True
) -> Written:
    """Write a statistic as .xlsx (or .csv, without codes) and register it, codes and all.

    Raises UserError when the codes would keep too many records or the file cannot be written.
    """
    codes = keep_codes(session, frame, how) if coded and path.suffix.lower() == ".xlsx" else {}
    table = main_table(frame, how, by)
    match path.suffix.lower():
        case ".xlsx":
            more = [code_table(frame, codes, how)] if codes else []
            written = write_xlsx(path, table, more=more)
        case ".csv":
            written = write_csv(path, table, encoding=how.encoding)
        case _:
            raise UserError(_("只能导出为 .xlsx 或 .csv，请改文件名的结尾。"))
    entry = exports.Exported(path.name, written.sha256, written.rows)
    exports.register(session, entry, how.who, how.on)
    return written


def keep_codes(session: Session, frame: DataFrame, how: Leaving) -> dict[Place, str]:
    """Keep every number that is not nought under its code; returns the codes by row and column.

    Raises UserError when that would be too many records.
    """
    found = tally.all_counted(frame)
    size = sum(len(one.rows) for one in found.values())
    if size > _MOST_KEPT:
        raise UserError(
            _(
                "这张表的数字共涉及 {number} 条次记录，不能逐个保存编码。"
                "请缩短期间、改用较大步长，或不带编码导出。"
            ).format(number=size)
        )
    named = {tally.name(frame, *place): one for place, one in found.items()}
    codes = printed_numbers.keep(session, named, how.on, how.who)
    return {place: codes[tally.name(frame, *place)] for place in found}


def main_table(frame: DataFrame, how: Leaving, by: Office) -> Table:
    """The statistic as a list that can be printed, its definition above."""
    told = tally.about(frame)
    printed = tally.printed(frame)
    heads = [str(name) for name in printed.columns]
    kinds = [Kind.TEXT] + [Kind.TEXT if name in told.figures else Kind.NUMBER for name in heads[1:]]
    fields = [Field(name, name, kind) for name, kind in zip(heads, kinds, strict=True)]
    note = _("单位：{unit}。").format(unit=told.unit) + tally.definition(frame)
    return Table(
        told.title, fields, _plain(printed.to_numpy().tolist()), how.on,
        by.station, how.who or by.clerk, by.phone, notes=(note,), numbered=False,
    )  # fmt: skip


def code_table(frame: DataFrame, codes: dict[Place, str], how: Leaving) -> Table:
    """The codes, laid out like the numbers; noughts have none."""
    told = tally.about(frame)
    columns = [c for c in tally.printed(frame).columns if str(c) not in told.figures]
    heads = [str(name) for name in columns]
    lines: list[str | None] = (
        [*told.rows, None] if told.down and len(told.rows) > 1 else [*told.rows]
    )
    total = tally.total_word()
    rows = [
        [
            line if line is not None else total,
            *(codes.get((line, None if head == total else head), "—") for head in heads[1:]),
        ]
        for line in lines
    ]
    fields = [Field(name, name) for name in heads]
    note = _("在程序“统计”页的“数字编码”中输入编码，即可调出该数字的全部记录。")
    return Table(
        _("数字编码"), fields, rows, how.on, notes=(told.title, note), numbered=False, signed=False
    )


def _plain(lines: Sequence[Sequence[Any]]) -> list[list[Value]]:
    return [[None if cell == "" else cell for cell in line] for line in lines]
