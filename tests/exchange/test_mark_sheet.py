"""A sheet of marks becomes marks: one per class, terms as ranges, statuses from the dates."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.exchange import importing
from brandpool.exchange.planning import Plan
from brandpool.models.trademark import Trademark
from brandpool.services import records
from brandpool.services.check import check


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    head = [
        "序号",
        "商标名称",
        "注册号",
        "国际分类",
        "申请人名称",
        "申请日期",
        "专用权期限",
        "商标状态",
    ]
    own = "宁波朝阳机械有限公司"
    term = "2014-09-21至2034-09-20"
    book = openpyxl.Workbook()
    for row in (
        head,
        [1, "朝阳", "12345678", "第9类;42", own, "2013-05-06", term, "商标已注册"],
        [2, "东升", "1.2345679E7", "7", own, "2025年3月2日", "至", "等待实质审查"],
        [3, "无主", "12345680", "7", "别处有限公司", None, None, None],
        [4, "坏号", "见附件", "7", own, None, None, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "商标.xlsx")
    return tmp_path / "商标.xlsx"


def take(pool: Pool, path: Path) -> Plan:
    reading = importing.open_file(path, Trademark)
    with pool.write(importing.title(reading), who="甲", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name)
    return planned


def test_a_mark_in_two_classes_is_two_records_with_the_term_of_its_range(
    pool: Pool, enterprise: str, listed: Path
) -> None:
    planned = take(pool, listed)
    assert (planned.counts()["new"], planned.counts()["rejected"]) == (3, 2)
    assert [row.number for row in planned.rejected] == [4, 5]
    with pool.read() as session:
        marks = records.of_enterprise(session, Trademark, enterprise)
        assert check(session) == []
    found = {(m["reg_no"], m["nice_class"]): m for m in marks}
    assert set(found) == {("12345678", 9), ("12345678", 42), ("12345679", 7)}
    first, pending = found["12345678", 9], found["12345679", 7]
    assert (first["valid_from"], first["valid_until"]) == (date(2014, 9, 21), date(2034, 9, 20))
    assert (first["status"], pending["status"]) == ("registered", "applied")
    assert (pending["valid_until"], pending["filed"]) == (None, date(2025, 3, 2))


def test_the_same_sheet_again_changes_nothing(pool: Pool, enterprise: str, listed: Path) -> None:
    take(pool, listed)
    again = take(pool, listed)
    assert (again.counts()["unchanged"], again.counts()["new"]) == (3, 0)
