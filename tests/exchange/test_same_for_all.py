"""What holds of every row is said once; an unreadable required cell says what it holds."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import importing
from brandpool.models.complaint import Complaint
from brandpool.models.credit import CreditListing
from brandpool.models.honour import Honour
from brandpool.models.trademark import Trademark
from brandpool.models.well_known import WellKnownFile

NAME = "宁波朝阳机械有限公司"


def book(path: Path, *rows: list[Any]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


@pytest.fixture
def defaulters(tmp_path: Path) -> Path:
    return book(
        tmp_path / "严重违法失信名单.xlsx",
        ["严重违法失信名单"],
        ["序号", "企业名称", "列入日期", "列入原因"],
        [1, NAME, "2026.3.1", "恶意申请"],
    )


def test_a_required_field_without_a_column_is_filled_on_every_row(
    pool: Pool, enterprise: str, defaulters: Path
) -> None:
    reading = importing.open_file(defaulters, CreditListing)
    assert [one.name for one in reading.lacking] == ["list_type"]
    with pool.read() as session:
        assert importing.dry_run(session, reading).rows[0].reasons == ["缺少：名单类型"]
    choice = next(one for one in reading.fields if one.name == "list_type").choices[0].code
    reading.choose(reading.mapping, [], {"list_type": choice})
    with pool.read() as session:
        row = importing.dry_run(session, reading).rows[0]
    assert row.state == "new"
    assert row.fills["list_type"] == choice


def test_a_value_for_all_that_cannot_be_read_names_its_field(
    pool: Pool, enterprise: str, defaulters: Path
) -> None:
    reading = importing.open_file(defaulters, CreditListing)
    reading.choose(reading.mapping, [], {"list_type": "某种名单"})
    with pool.read() as session, pytest.raises(UserError, match="名单类型：“某种名单”不在可选项中"):
        importing.dry_run(session, reading)


def test_the_owner_of_marks_is_not_asked_where_the_applicant_tells_it(tmp_path: Path) -> None:
    told = book(
        tmp_path / "a.xlsx", ["注册号", "类别", "商标名称", "申请人"], ["61234567", 7, "朝阳", NAME]
    )
    assert not importing.open_file(told, Trademark).lacking
    bare = book(tmp_path / "b.xlsx", ["注册号", "类别", "商标名称"], ["61234567", 7, "朝阳"])
    assert [one.name for one in importing.open_file(bare, Trademark).lacking] == ["enterprise.name"]


def test_an_unreadable_required_cell_is_quoted(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    path = book(
        tmp_path / "准备.xlsx",
        ["企业名称", "商标", "主要商品", "保护途径"],
        [NAME, "朝阳", "阀门", "别的途径"],
    )
    with pool.read() as session:
        reading = importing.open_file(path, WellKnownFile)
        row = importing.dry_run(session, reading).rows[0]
    assert len(row.reasons) == 1
    assert "“别的途径”不在可选项中" in row.reasons[0]


@pytest.mark.parametrize(
    ("told", "taken"),
    [("国家知识产权优势企业", True), ("拟申报知识产权优势企业", False), ("优势", False)],
)
def test_a_cell_that_ends_with_a_long_word_of_the_list_means_it(
    pool: Pool, enterprise: str, tmp_path: Path, told: str, taken: bool
) -> None:
    path = book(tmp_path / "名单.xlsx", ["企业名称", "称号"], [NAME, told])
    with pool.read() as session:
        row = importing.dry_run(session, importing.open_file(path, Honour)).rows[0]
    assert (row.state == "new") is taken


def test_a_list_of_complaints_asks_for_its_own_number(pool: Pool, tmp_path: Path) -> None:
    path = book(
        tmp_path / "投诉.xlsx", ["收到日期", "投诉人", "被投诉人"], ["2026.3.1", "张", "李"]
    )
    with pool.read() as session, pytest.raises(UserError, match="没有认出“登记编号”所在的列"):
        importing.dry_run(session, importing.open_file(path, Complaint))
