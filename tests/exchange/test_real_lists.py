"""Lists as offices, parks and vendors publish them, from the file to the pool."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select

from brandpool.db.pool import Pool
from brandpool.exchange import importing
from brandpool.exchange.planning import Plan
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure

A, B, C = "宁波甬江机械有限公司", "宁波聚贤电子股份有限公司", "宁波市新明食品厂"
CODE_A, CODE_B = "91330200144069541X", "91330201713333333A"


def sheet(path: Path, *rows: list[Any], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def read(pool: Pool, path: Path) -> tuple[dict[str, Any], Plan]:
    """Import the file; what the command line would say of it, and the plan."""
    reading = importing.open_file(path, Enterprise)
    with pool.write(importing.title(reading), who="甲", source="import") as session:
        planned = importing.dry_run(session, reading)
        importing.apply(session, planned, source=path.name)
    return importing.report(reading, planned), planned


def names(pool: Pool) -> list[str]:
    with pool.read() as session:
        return sorted(str(name) for name in session.scalars(select(Enterprise.name)))


def former_names(pool: Pool) -> set[tuple[str, str]]:
    join = select(Enterprise.name, FormerName.name).join(
        FormerName, FormerName.enterprise_id == Enterprise.id
    )
    with pool.read() as session:
        return {(str(name), str(former)) for name, former in session.execute(join)}


def figures(pool: Pool) -> dict[tuple[str, int], Decimal]:
    join = select(Enterprise.name, YearlyFigure.year, YearlyFigure.value).join(
        YearlyFigure, YearlyFigure.enterprise_id == Enterprise.id
    )
    with pool.read() as session:
        return {(str(n), y or 0): v or Decimal(0) for n, y, v in session.execute(join)}


def test_columns_side_by_side_keep_every_enterprise_of_a_line(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["序号", "企业名称", "序号", "企业名称"],
        [1, A, 3, C],
        [2, B, None, None],
    )
    report, _plan = read(pool, path)
    assert (report["new"], names(pool)) == (3, sorted([A, B, C]))


def test_former_names_become_records_and_find_the_enterprise_again(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "导出.xlsx",
        ["公司名称", "曾用名"],
        [A, "宁波甬江机械厂；宁波甬江工业公司"],
        [B, "-"],
        [f"{C}（原名：新明食品站）", None],
    )
    read(pool, path)
    assert former_names(pool) == {(A, "宁波甬江机械厂"), (A, "宁波甬江工业公司"), (C, "新明食品站")}
    assert read(pool, path)[0]["unchanged"] == 3
    old = sheet(tmp_path / "旧名单.xlsx", ["企业名称", "联系人"], ["宁波甬江机械厂", "王芳"])
    report, plan = read(pool, old)
    assert (report["new"], plan.rows[0].conflicts["name"][0]) == (0, A)


def test_an_enterprise_known_by_the_name_it_bore_before_is_proposed_its_new_one(
    pool: Pool, tmp_path: Path
) -> None:
    read(pool, sheet(tmp_path / "旧.xlsx", ["企业名称", "联系人"], ["宁波甬江机械厂", "王芳"]))
    path = sheet(tmp_path / "新.xlsx", ["企业名称", "曾用名"], [A, "宁波甬江机械厂"])
    report, plan = read(pool, path)
    assert (report["new"], report["conflict"]) == (0, 1)
    assert plan.rows[0].conflicts["name"] == ("宁波甬江机械厂", A)


def test_figures_without_a_year_take_it_from_the_column_of_years(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "经营情况.xlsx",
        ["2023年度企业经营情况"],
        ["年份", "企业名称", "营业收入（万元）"],
        [2022, A, 100],
        ["2023年", A, 120],
        [2023, B, 7],
    )
    read(pool, path)
    assert figures(pool) == {
        (A, 2022): Decimal(1_000_000),
        (A, 2023): Decimal(1_200_000),
        (B, 2023): Decimal(70_000),
    }


def test_only_an_impossible_date_rejects_its_row_an_imprecise_one_is_left_out(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["企业名称", "成立日期", "注册资本"],
        [A, "15.3.6", "约100万"],
        [B, "2015年2月30日", 5],
        [C, "清乾隆八年", 5],
    )
    report, _plan = read(pool, path)
    assert [(row["row"], row["cell"]) for row in report["rejected_rows"]] == [(3, "B3")]
    assert names(pool) == sorted([A, C])
    assert {note["row"] for note in report["warnings"]} == {2, 4}


def test_a_row_without_a_name_is_rejected_at_the_cell_of_the_name(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["序号", "企业名称", "证书编号"],
        [1, A, "GR1"],
        [2, None, "GR2"],
        [3, B, "GR3"],
    )
    report, _plan = read(pool, path)
    assert [(row["cell"], row["reason"]) for row in report["rejected_rows"]] == [
        ("B3", "没有企业名称")
    ]
