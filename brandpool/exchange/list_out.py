"""Letting a list leave the station: written as a file and entered in the register in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.table_out import Table, Written, names_people
from brandpool.exchange.text_out import Encoding, write_csv
from brandpool.exchange.workbook_out import write_xlsx
from brandpool.i18n import _
from brandpool.models.field import Field, Value
from brandpool.models.kinds import by_kind
from brandpool.services import exports
from brandpool.services.answers import Answer


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a list leaves: who sends it when, and the purpose if people are to be named in it.

    `encoding` counts for csv only.
    """

    who: str
    on: date
    unmasked: bool = False
    reason: str = ""
    encoding: Encoding = "utf-8-sig"


def export_table(path: Path, table: Table, *, encoding: Encoding = "utf-8-sig") -> Written:
    """Write a table as .xlsx or .csv, by the name's ending, with personal data masked.

    Raises UserError for another ending or when the file cannot be written.
    """
    return _written(path, table, encoding, unmasked=False)


def export_logged(session: Session, path: Path, table: Table, how: Leaving) -> Written:
    """Write a table and enter it in the register of exports, both or neither entered.

    Raises UserError when people are to be named without a purpose, or as `export_table` does.
    """
    unmasked = how.unmasked and names_people(table)
    exports.require_reason(unmasked=unmasked, reason=how.reason)
    written = _written(path, table, how.encoding, unmasked=unmasked)
    entry = exports.Exported(path.name, written.sha256, written.rows, unmasked, how.reason)
    exports.register(session, entry, how.who, how.on)
    return written


def table_of(
    answer: Answer,
    title: str,
    *,
    station: str = "",
    clerk: str = "",
    phone: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """The answer to a question as a table that can be printed and signed.

    What the kind of record says of itself (`caveat`) stands among the notes.
    """
    said = (*notes, *filter(None, [by_kind()[answer.about].caveat]))
    fields: tuple[Field, ...] = answer.columns
    rows: list[tuple[Value, ...]] = [row.values for row in answer.rows]
    return Table(title, fields, rows, answer.on, station, clerk, phone, said)


def _written(path: Path, table: Table, encoding: Encoding, *, unmasked: bool) -> Written:
    match path.suffix.lower():
        case ".xlsx":
            return write_xlsx(path, table, unmasked=unmasked)
        case ".csv":
            return write_csv(path, table, encoding=encoding, unmasked=unmasked)
        case _:
            raise UserError(_("只能导出为 .xlsx 或 .csv，请改文件名的结尾。"))
