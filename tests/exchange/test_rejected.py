"""The workbook of rejected rows looks like the original and can be imported again."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.errors import UserError
from brandpool.exchange.mapping import known_headings
from brandpool.exchange.rejected import write_rejected
from brandpool.exchange.table import Table, find_table
from brandpool.exchange.workbook import Content, Sheet, open_book
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import fields

KNOWN = known_headings(fields(Enterprise).values())
ROWS: list[list[Any]] = [
    ["企业名单", "", "", ""],
    ["序号", "企业名称", "统一社会信用代码", "成立日期"],
    [1.0, "宁波甲有限公司", "913302017133333330", date(2015, 3, 6)],
    [2.0, "宁波乙有限公司", "0012345", "2023-02-30"],
    [3.0, "宁波丙有限公司", "=1+1", 37947.0],
]


def source() -> Table:
    content = Content([list(row) for row in ROWS])
    return find_table(Sheet("名单[1]", hidden=False, load=lambda: content), KNOWN)


def cells(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_rows_stand_as_in_the_original_with_the_reason_behind(tmp_path: Path) -> None:
    table = source()
    rejected = [(table.rows[2], "重复"), (table.rows[1], "日期不存在")]
    assert write_rejected(tmp_path / "退回.xlsx", [(table, rejected)]) == 2
    written = cells(tmp_path / "退回.xlsx")
    assert written[0][0] == "企业名单"
    assert written[1] == ["序号", "企业名称", "统一社会信用代码", "成立日期", "原因"]
    assert written[2] == [2, "宁波乙有限公司", "0012345", "2023-02-30", "日期不存在"]
    assert written[3] == [3, "宁波丙有限公司", "=1+1", 37947, "重复"]


def test_identifiers_stay_text_in_text_cells(tmp_path: Path) -> None:
    table = source()
    write_rejected(tmp_path / "退回.xlsx", [(table, [(table.rows[0], "x"), (table.rows[2], "y")])])
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx").worksheets[0]
    code = sheet["C3"]
    assert (code.value, code.data_type, code.number_format) == ("913302017133333330", "s", "@")
    assert sheet["C4"].data_type == "s"
    assert sheet["D3"].is_date


def test_the_corrected_workbook_is_found_to_be_the_same_table(tmp_path: Path) -> None:
    table = source()
    write_rejected(tmp_path / "退回.xlsx", [(table, [(row, "x") for row in table.rows])])
    again = find_table(open_book(tmp_path / "退回.xlsx").sheets[0], KNOWN)
    assert again.header_rows == table.header_rows
    assert [row.cells[:4] for row in again.rows] == [row.cells for row in table.rows]
    assert [heading.text for heading in again.headings][-1] == "原因"


def test_a_workbook_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    table = source()
    with pytest.raises(UserError, match="无法写入"):
        write_rejected(tmp_path / "没有" / "退回.xlsx", [(table, [(table.rows[0], "x")])])
