"""What a person decides between dry run and import, and what happens to it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import importing
from brandpool.exchange.importing import Reading
from brandpool.exchange.planning import Plan, figure_key
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.services import records
from brandpool.services.check import check

CODE = "91330200144069541X"


def reading_of(path: Path, *rows: list[Any]) -> Reading:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return importing.open_file(path, Enterprise)


def planned(pool: Pool, reading: Reading, same: dict[int, str] | None = None) -> Plan:
    with pool.read() as session:
        return importing.dry_run(session, reading, same=same)


def write(pool: Pool, plan: Plan, **options: Any) -> None:
    with pool.write("导入", who="甲", source="import") as session:
        importing.apply(session, plan, source="a.xlsx", **options)


def figures(pool: Pool, enterprise: str) -> list[Any]:
    with pool.read() as session:
        assert check(session) == []
        return [row["value"] for row in records.of_enterprise(session, YearlyFigure, enterprise)]


def test_a_row_that_is_said_to_be_an_enterprise_is_compared_with_it(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    reading = reading_of(
        tmp_path / "a.xlsx", ["企业名称", "所属街道"], ["宁波朝日机械有限公司", "梅墟"]
    )
    plan = planned(pool, reading)
    assert plan.rows[0].near == {enterprise: "宁波朝阳机械有限公司"}
    said = planned(pool, reading, {plan.rows[0].number: enterprise})
    assert (said.rows[0].record, said.missing) == (enterprise, [])
    assert said.rows[0].conflicts["name"][1] == "宁波朝日机械有限公司"
    write(pool, said)
    with pool.read() as session:
        [only] = records.find(session, Enterprise)
        assert records.get(session, Enterprise, only)["street"] == "梅墟"


def test_figures_are_taken_year_by_year(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    head = ["企业名称", "2024年营业收入（万元）", "2025年营业收入（万元）"]
    name = "宁波朝阳机械有限公司"
    write(pool, planned(pool, reading_of(tmp_path / "a.xlsx", head, [name, 1, 2])))
    plan = planned(pool, reading_of(tmp_path / "b.xlsx", head, [name, 10, 20]))
    assert plan.counts()["conflict"] == 1
    plan.rows[0].take.add(figure_key("revenue", 2025))
    write(pool, plan)
    assert sorted(figures(pool, enterprise)) == [Decimal(10_000), Decimal(200_000)]


@pytest.mark.parametrize(("choice", "kept"), [("keep", 10_000), ("take", 20_000)])
def test_two_figures_of_one_year_in_one_file_are_a_conflict(
    pool: Pool, enterprise: str, tmp_path: Path, choice: str, kept: int
) -> None:
    name = "宁波朝阳机械有限公司"
    reading = reading_of(
        tmp_path / "a.xlsx", ["企业名称", "2025年营业收入（万元）"], [name, 1], [name, 2]
    )
    plan = planned(pool, reading)
    assert [row.state for row in plan.rows] == ["changed", "conflict"]
    write(pool, plan, on_conflict=choice)
    assert figures(pool, enterprise) == [Decimal(kept)]


def test_a_dry_run_of_an_older_pool_is_not_written(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    plan = planned(
        pool,
        reading_of(tmp_path / "a.xlsx", ["企业名称", "所属街道"], ["宁波一有限公司", "梅墟"]),
    )
    with pool.write("街道", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "新明"})
    with pytest.raises(UserError, match="又有改动"):
        write(pool, plan)
    with pool.read() as session:
        assert records.count(session, Enterprise) == 1


def test_a_column_that_was_left_out_is_not_read_again(pool: Pool, tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path / "a.xlsx",
        ["企业名称", "统一社会信用代码", "2025年营业收入（万元）"],
        ["宁波朝阳机械有限公司", CODE, 5],
    )
    assert planned(pool, reading).rows[0].figures
    reading.choose({"name": 0}, [])
    [row] = planned(pool, reading).rows
    assert (row.fills, row.figures) == ({"name": "宁波朝阳机械有限公司"}, {})


def test_what_was_copied_from_a_spreadsheet_is_read_like_a_file(pool: Pool) -> None:
    reading = importing.open_text(
        f'企业名称\t统一社会信用代码\t主要产品\r\n宁波朝阳机械有限公司\t{CODE}\t"轴承\n齿轮"\r\n',
        "粘贴的表格",
        Enterprise,
    )
    [row] = planned(pool, reading).rows
    assert (row.title, row.fills["credit_code"]) == ("宁波朝阳机械有限公司", CODE)
    with pytest.raises(UserError, match="剪贴板"):
        importing.open_text(" \n", "粘贴的表格", Enterprise)
