"""From an ugly file to the pool: dry run, one transaction, one undo, nothing lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import import_report, importing
from brandpool.exchange.planning import Plan
from brandpool.exchange.workbook import open_book
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure
from brandpool.models.honour import Honour
from brandpool.models.record import Record
from brandpool.services import history, records
from brandpool.services.check import check, content_hash

HEAD = [
    "序号",
    "企业名称",
    "统一社会信用代码",
    "成立时间",
    "注册资本（万元）",
    "2025年营业收入（万元）",
]
CODE = "91330200144069541X"


def sheet(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def dry_run(pool: Pool, path: Path, model: type[Record] = Enterprise) -> Plan:
    with pool.read() as session:
        return importing.dry_run(session, importing.open_file(path, model))


def take(pool: Pool, path: Path, model: type[Record] = Enterprise, **options: Any) -> Plan:
    reading = importing.open_file(path, model)
    with pool.write(importing.title(reading), who="甲", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name, **options)
    return planned


def only(pool: Pool) -> records.RecordRow:
    with pool.read() as session:
        [record] = records.find(session, Enterprise)
        return records.get(session, Enterprise, record)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return sheet(
        tmp_path / "名单.xlsx",
        ["附件：2025年度入库企业名单"],
        HEAD,
        [1, "宁波朝阳机械有限公司", CODE, "2004.3.6", "1,200", 3456.5],
        [2, "宁波东方股份有限公司", "91330100799655058B", "2010年5月1日", 800, "-"],
        ["合计", "2 家", None, None, 2000, None],
    )


def test_a_list_becomes_enterprises_with_figures_in_yuan(pool: Pool, listed: Path) -> None:
    planned = take(pool, listed)
    assert planned.counts() == {
        "new": 2, "changed": 0, "unchanged": 0, "conflict": 0, "rejected": 0, "missing": 0
    }  # fmt: skip
    with pool.read() as session:
        ids = records.find(session, Enterprise)
        first = records.get(session, Enterprise, ids[0])
        [figure] = records.of_enterprise(session, YearlyFigure, ids[0])
        assert check(session) == []
    assert first["name"] == "宁波朝阳机械有限公司"
    assert first["capital"] == Decimal(12_000_000)
    assert first["established"] == date(2004, 3, 6)
    assert first["source"] == "名单.xlsx"
    assert (figure["measure"], figure["year"], figure["value"], figure["unit"]) == (
        "revenue", 2025, Decimal(34_565_000), "元"
    )  # fmt: skip


def test_the_same_file_again_changes_nothing(pool: Pool, listed: Path) -> None:
    take(pool, listed)
    with pool.read() as session:
        before = content_hash(session)
    again = take(pool, listed)
    assert again.counts()["unchanged"] == 2
    with pool.read() as session:
        assert content_hash(session) == before


def test_a_dry_run_writes_nothing(pool: Pool, listed: Path) -> None:
    pool.close()
    before = pool.path.read_bytes()
    dry_run(pool, listed)
    assert pool.path.read_bytes() == before


def test_one_undo_takes_the_whole_import_back_after_a_restart(pool: Pool, listed: Path) -> None:
    with pool.read() as session:
        before = content_hash(session)
    take(pool, listed)
    pool.close()
    again = Pool.open(pool.path)
    with again.read() as session:
        step = history.next_undo(session)
    assert step is not None
    assert step.why == "导入企业：名单.xlsx（Sheet）"
    with again.write("撤销", who="甲", undoes=step.txn) as session:
        history.undo(session, step.txn)
    with again.read() as session:
        assert content_hash(session) == before


def test_empty_fields_are_filled_and_filled_ones_wait_for_a_person(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    with pool.write("街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟街道"})
    path = sheet(
        tmp_path / "a.xlsx",
        ["企业名称", "统一社会信用代码", "所属街道", "法定代表人"],
        ["宁波朝阳机械有限公司", CODE, "新明街道", "李四"],
    )
    planned = take(pool, path)
    assert planned.counts()["conflict"] == 1
    assert planned.rows[0].conflicts == {"street": ("梅墟街道", "新明街道")}
    assert (only(pool)["street"], only(pool)["legal_representative"]) == ("梅墟街道", "李四")
    take(pool, path, on_conflict="take")
    assert only(pool)["street"] == "新明街道"


@pytest.mark.parametrize(
    "spelled",
    [
        "宁波朝阳机械有限公司",
        "宁波 朝阳机械有限公司 ",
        "宁波市朝阳机械有限责任公司",
        "宁波朝阳机械股份有限公司",
        "浙江省宁波市朝阳机械有限公司".replace("浙江省", ""),
    ],
)
def test_spellings_of_one_name_mean_one_enterprise(
    pool: Pool, enterprise: str, tmp_path: Path, spelled: str
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "所属街道"], [spelled, "梅墟"])
    assert dry_run(pool, path).rows[0].record == enterprise


def test_a_name_that_is_only_alike_is_another_enterprise_when_its_code_says_so(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["企业名称", "统一社会信用代码"],
        ["宁波朝阳机械股份有限公司", "91330100799655058B"],
    )
    assert dry_run(pool, path).counts()["new"] == 1


def test_a_former_name_means_the_enterprise(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    with pool.write("曾用名", who="甲") as session:
        records.add(session, FormerName, {"enterprise_id": enterprise, "name": "宁波红旗厂"})
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "所属街道"], ["宁波红旗厂", "梅墟"])
    [row] = dry_run(pool, path).rows
    assert (row.record, row.conflicts["name"][1]) == (enterprise, "宁波红旗厂")


def test_a_name_one_character_apart_is_proposed_and_not_merged(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "街道"], ["宁波朝日机械有限公司", "梅墟"])
    planned = dry_run(pool, path)
    assert planned.counts()["new"] == 1
    assert "只差一字" in planned.rows[0].notes[0]


def test_an_impossible_date_rejects_its_row_and_names_the_cell(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["企业名称", "成立日期"],
        ["宁波一有限公司", "2023-02-30"],
        ["宁波二有限公司", "2023-02-28"],
    )
    reading = importing.open_file(path, Enterprise)
    planned = take(pool, path)
    report = import_report.report(reading, planned)
    assert (report["new"], report["rejected"]) == (1, 1)
    [rejected] = report["rejected_rows"]
    assert (rejected["sheet"], rejected["row"], rejected["cell"]) == ("Sheet", 2, "B2")
    target = tmp_path / "退回.xlsx"
    assert importing.save_rejected(reading, planned, target) == 1
    rows = open_book(target).sheets[0].rows
    assert rows[0] == ["企业名称", "成立日期", "原因"]
    assert rows[1][:2] == ["宁波一有限公司", "2023-02-30"]
    assert "2023-02-30" in str(rows[1][2])


def test_a_date_without_its_day_is_left_out_and_said_not_guessed(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "成立日期"], ["宁波一有限公司", "2023年3月"])
    planned = take(pool, path)
    assert planned.counts()["new"] == 1
    assert "只有年月" in planned.rows[0].notes[0]
    assert only(pool)["established"] is None


def test_a_wrong_code_is_kept_with_its_likely_cause(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["企业名称", "统一社会信用代码"],
        ["宁波一有限公司", "91330100799655O58B"],
    )
    planned = take(pool, path)
    assert planned.rows[0].notes == ["信用代码 91330100799655O58B：含非法字符O(应为0)"]
    assert only(pool)["credit_code"] == "91330100799655O58B"


def test_one_enterprise_twice_in_a_file_is_one_enterprise(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.xlsx",
        ["企业名称", "统一社会信用代码", "所属街道"],
        ["宁波朝阳机械有限公司", CODE, None],
        ["宁波朝阳机械有限公司", CODE, "梅墟"],
    )
    planned = take(pool, path)
    assert [row.state for row in planned.rows] == ["new", "changed"]
    assert only(pool)["street"] == "梅墟"


def test_enterprises_that_the_file_does_not_name_are_kept_and_counted(
    pool: Pool, enterprise: str, listed: Path, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.xlsx", ["企业名称", "街道"], ["宁波别家有限公司", "梅墟"])
    assert take(pool, path).missing == [enterprise]
    with pool.read() as session:
        assert records.count(session, Enterprise) == 2


def test_a_ledger_finds_its_enterprise_by_name(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "荣誉.xlsx",
        ["单位名称", "荣誉类别", "级别", "认定日期"],
        ["宁波市朝阳机械有限公司", "国家高新技术企业", "国家级", "2023.12.8"],
        ["没有这一家有限公司", "优势企业", "省级", "2023.12.8"],
    )
    planned = take(pool, path, Honour)
    assert (planned.counts()["new"], planned.counts()["rejected"]) == (1, 1)
    assert "请先导入企业" in planned.rejected[0].reasons[0]
    with pool.read() as session:
        [honour] = records.of_enterprise(session, Honour, enterprise)
    assert (honour["honour"], honour["level"]) == ("high_tech", "national")
    assert take(pool, path, Honour).counts()["unchanged"] == 1


def test_a_file_without_anything_to_import_says_so(pool: Pool, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", ["关于做好有关工作的通知"], ["各单位："])
    with pytest.raises(UserError):
        importing.read_rows(importing.open_file(path, Enterprise))


def test_a_remembered_mapping_needs_no_answer_the_second_time(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", ["甲", "乙"], ["宁波朝阳机械有限公司", "梅墟"])
    reading = importing.open_file(path, Enterprise, columns={"企业名称": "甲", "street": "B"})
    memory = {reading.proposal.signature: reading.remembered()}
    again = importing.open_file(path, Enterprise, memory=memory)
    assert again.mapping == {"name": 0, "street": 1}
