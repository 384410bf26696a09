"""What every acceptance test of a ledger does: enter, import an office's sheet, export, docket."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import importing, list_out
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.planning import Plan
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record
from brandpool.services import answers, docket, docket_cache, records, reference_data
from brandpool.services.docket import Asked, Entry
from brandpool.services.records import Query, RecordRow

TODAY = date(2026, 11, 22)
FIRM, OTHER = "宁波朝阳机械有限公司", "宁波甬江电子股份有限公司"


def firm(pool: Pool, name: str, **more: Any) -> str:
    """An enterprise in business, unless told otherwise."""
    return add(pool, Enterprise, {"name": name, "status": "in_business", **more})


def add(pool: Pool, model: type[Record], values: Mapping[str, Any]) -> str:
    """Enter a record as the form does, in a step of its own."""
    with pool.write(f"登记{model.zh}", who="测试员") as session:
        return records.add(session, model, values)


def edit(pool: Pool, model: type[Record], record: str, **values: Any) -> None:
    """Change a record in a step of its own."""
    with pool.write(f"修改{model.zh}", who="测试员") as session:
        records.edit(session, model, record, values)


def all_of(pool: Pool, model: type[Record]) -> list[RecordRow]:
    """The records of a kind."""
    with pool.read() as session:
        return records.rows(session, model, records.find(session, model))


def take(pool: Pool, path: Path, model: type[Record], *rows: Sequence[Any]) -> Plan:
    """Import an office's sheet of these rows in one step."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    reading = importing.open_file(path, model)
    with pool.write(importing.title(reading), who="测试员", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name)
    return planned


def export(
    pool: Pool,
    path: Path,
    model: type[Record],
    columns: Sequence[str],
    within: Sequence[str] | None = None,
    **leaving: Any,
) -> list[dict[str, Any]]:
    """Export records as the window does; the rows as the workbook then has them, by heading."""
    with pool.write("导出", who="测试员") as session:
        only = None if within is None else frozenset(within)
        ids = records.find(session, model, Query(within=only))
        listed = answers.listing(session, model, ids, columns, TODAY)
        table = list_out.table_of(listed, model.zh)
        list_out.export_logged(session, path, table, Leaving("测试员", TODAY, **leaving))
    return rows_of(path)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of an exported workbook below its heading row."""
    sheet = list(openpyxl.load_workbook(path).active.values)
    place = next(n for n, row in enumerate(sheet) if row[0] == "序号")
    heads = [str(head) for head in sheet[place]]
    lines = (row for row in sheet[place + 1 :] if isinstance(row[0], int))
    return [dict(zip(heads, row, strict=True)) for row in lines]


def dates(pool: Pool, on: date = TODAY, within: int = 400) -> list[Entry]:
    """The docket of a day: what is overdue or due within so many days."""
    with pool.maintain() as session:
        docket_cache.catch_up(session, on, reference_data.reference(session, on))
    with pool.read() as session:
        ref = reference_data.reference(session, on)
        return docket.find(session, Asked(on, within), ref)


def live(pool: Pool, model: type[Record]) -> list[str]:
    """The ids of the records of a kind."""
    with pool.read() as session:
        return records.find(session, model)


def insert(pool: Pool, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Write records as an import would, past the form's checks."""
    with pool.write(f"导入{model.zh}", who="测试员", source="import") as session:
        return journal.insert(session, model, rows)
