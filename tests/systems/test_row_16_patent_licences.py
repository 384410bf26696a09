"""Row 16: 专利许可 100 件/年, 开放许可试点. A contract with five patents counts five."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.licence import OpenLicence, PatentLicence
from brandpool.services import patent_licences
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, all_of, dates, export, firm, insert, take

FIVE = "、".join(f"ZL20201000000{n}.1" for n in range(1, 6))


def _licence(pool: Pool, owner: str, number: str, **more: object) -> str:
    values = {
        "enterprise_id": owner, "record_no": number, "recorded_on": date(2026, 4, 10),
        "how": "ordinary", **more,
    }  # fmt: skip
    return add(pool, PatentLicence, values)


def test_a_contract_with_five_patents_counts_five(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    _licence(pool, owner, "X2026330000001", patents=FIVE)
    _licence(pool, owner, "X2026330000002", patent_count=2)
    with pool.read() as session:
        found = patent_licences.licensed(session, 2026, TODAY)
    assert (found.total, len(found.rows), found.unit) == (7, 2, "件")


def test_the_lines_of_one_contract_are_taken_together(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    for patent in FIVE.split("、"):
        _licence(pool, owner, "X2026330000001", patents=patent)
    _licence(pool, firm(pool, OTHER), "X2026330000001", patents="ZL 2020 1 0000001.1")
    with pool.read() as session:
        assert patent_licences.licensed(session, 2026, TODAY).total == 5


def test_the_year_is_that_of_the_record(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    last = date(2025, 12, 31)
    _licence(pool, owner, "X1", patent_count=3, recorded_on=last, contract_on=date(2026, 1, 2))
    _licence(pool, owner, "X2", patent_count=1, how="open")
    with pool.read() as session:
        assert patent_licences.licensed(session, 2025, TODAY).total == 3
        assert patent_licences.licensed(session, 2026, TODAY).total == 1
        assert patent_licences.licensed(session, 2026, TODAY, how="open").total == 1
        assert patent_licences.licensed(session, 2026, date(2026, 4, 9)).total == 0


def test_neither_list_nor_number_is_to_be_checked_and_so_is_a_contradiction(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    empty = _licence(pool, owner, "X1")
    torn = _licence(pool, owner, "X2", patents=FIVE, patent_count=6)
    with pool.read() as session:
        found = patent_licences.licensed(session, 2026, TODAY)
    assert found.total == 5
    assert set(found.unknown) == {("patent_licence", empty), ("patent_licence", torn)}


def test_open_licences_stand_until_they_are_withdrawn(pool: Pool) -> None:
    owner = firm(pool, FIRM)
    values = {"enterprise_id": owner, "patent_no": "ZL202010000001.1"}
    insert(pool, OpenLicence, [{
        **values, "declared_on": date(2026, 1, 9), "ends": date(2027, 1, 8),
        "withdrawn_on": date(2026, 10, 1),
    }])  # fmt: skip
    with pool.read() as session:
        assert patent_licences.open_licences(session, date(2026, 9, 30)).total == 1
        assert patent_licences.open_licences(session, TODAY).total == 0


def test_the_end_of_a_licence_is_in_the_docket(pool: Pool) -> None:
    _licence(pool, firm(pool, FIRM), "X1", patent_count=1, ends=date(2026, 12, 31))
    assert [entry.rule for entry in dates(pool, within=90)] == ["licence.ends"]


def test_lists_of_licences_and_declarations_come_in(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM)
    plan = take(
        pool, tmp_path / "许可.xlsx", PatentLicence,
        ["专利实施许可合同备案清单"],
        ["序号", "许可方", "被许可方", "合同备案号", "备案时间", "许可种类", "专利号", "许可期限止",
         "许可使用费（万元）"],
        [1, FIRM, "杭州某某科技有限公司", "X2026330000001", "2026-4-10", "普通",
         FIVE.replace("、", "\n"), "2031.4.9", 12],
    )  # fmt: skip
    assert plan.counts()["new"] == 1, [row.reasons for row in plan.rows]
    [row] = all_of(pool, PatentLicence)
    assert (row["other_party"], row["how"], row["fee"]) == (
        "杭州某某科技有限公司", "ordinary", 120_000
    )  # fmt: skip
    with pool.read() as session:
        assert patent_licences.licensed(session, 2026, TODAY).total == 5
    declared = take(
        pool, tmp_path / "开放许可.xlsx", OpenLicence,
        ["专利权人", "专利号", "专利名称", "开放许可声明编号", "声明日期", "许可费标准",
         "许可期限"],
        [FIRM, "ZL202010000001.1", "一种电机", "K2026-8", "2026年1月9日", "每年 2 万元",
         "2029年1月8日"],
    )  # fmt: skip
    assert declared.counts()["new"] == 1, [row.reasons for row in declared.rows]
    [line] = export(pool, tmp_path / "out.xlsx", OpenLicence, ["patent_no", "fee_terms", "ends"])
    assert line["许可使用费标准"] == "每年 2 万元"
