"""Lists as offices, parks and vendors publish them, from the file to the pool."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import import_report, importing
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
    return import_report.report(reading, planned), planned


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


UNDER_A_LIST = [
    "注：以上企业排名不分先后",
    "※ 带*号为复核企业",
    "合计：4家",
    "以上共3家。",
    "填报人：张三　审核人：李四",
    "主要领导签字：",
    "（此件公开发布）",
    "抄送：市知识产权局",
    "— 1 —",
    "第1页/共3页",
    "2023年12月1日",
    "二〇二三年十二月一日",
    "宁波国家高新区市场监督管理局",
    "公示时间：2023年12月1日至12月7日",
    "监督电话：0574-87654321",
    "备注",
    "数据更新至2023年底",
    "***",
]


@pytest.mark.parametrize("line", UNDER_A_LIST)
@pytest.mark.parametrize("shape", ["only names", "name first", "ordinal first"])
def test_what_stands_under_a_list_is_no_enterprise(
    line: str, shape: str, pool: Pool, tmp_path: Path
) -> None:
    rows: dict[str, list[list[Any]]] = {
        "only names": [["企业名称"], [A], [B], [C], [], [line]],
        "name first": [["企业名称", "街道"], [A, "梅墟"], [B, "梅墟"], [C, "新明"], [line]],
        "ordinal first": [
            ["序号", "企业名称", "街道"],
            *([1, n, "梅墟"] for n in (A, B, C)),
            [line],
        ],
    }
    report, _plan = read(pool, sheet(tmp_path / "名单.xlsx", *rows[shape]))
    assert names(pool) == sorted([A, B, C])
    assert report["rejected"] == 0
    assert [left["row"] for left in report["skipped"]] == [len(rows[shape])]


GROUPS = [
    "示范企业",
    "宁波市（2家）",
    "【海曙区】",
    "海曙区：",
    "智能制造领域",
    "2022年度",
    "第一批（2021年12月）",
    "国家级专精特新“小巨人”企业",
    "宁波市 2家",
    "制造业",
    "其他",
    "A类",
]


@pytest.mark.parametrize("group", GROUPS)
def test_a_title_between_names_in_the_first_column_is_a_group(
    group: str, pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["企业名称", "街道", "主要产品"],
        [group],
        [A, "梅墟", "轴承"],
        [B, "梅墟", "芯片"],
        merged=("A2:C2",),
    )
    report, _plan = read(pool, path)
    assert names(pool) == sorted([A, B])
    assert [left["row"] for left in report["skipped"]] == [2]


def test_names_that_begin_like_notes_totals_or_groups_are_enterprises(
    pool: Pool, tmp_path: Path
) -> None:
    odd = [
        "总装机械有限公司",
        "注塑机械有限公司",
        "附海家电有限公司",
        "第九制药有限公司",
        "单位后勤服务有限公司",
        "共青城投资管理有限公司",
        "7天连锁酒店（宁波）有限公司",
        "说明书印刷厂",
    ]
    read(pool, sheet(tmp_path / "名单.xlsx", ["企业名称"], *([name] for name in odd)))
    assert names(pool) == sorted(odd)


def test_shops_cooperatives_and_institutes_under_an_unknown_heading_are_enterprises(
    pool: Pool, tmp_path: Path
) -> None:
    some = [
        "鄞州区下应老王面馆",
        "余姚市大岚茶叶专业合作社",
        "宁波大学",
        "宁波市第一医院",
        "宁波永信会计师事务所（普通合伙）",
        "象山县石浦渔家饭店",
    ]
    rows = ([n, name, "x"] for n, name in enumerate(some, 1))
    report, _plan = read(pool, sheet(tmp_path / "名单.xlsx", ["序号", "依托方", "甲项"], *rows))
    assert names(pool) == sorted(some)
    assert any("按内容认作" in note for note in report["notes"])


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["转让人", "受让人"], [A, B]),
        (["示范企业", "优势企业"], [A, B]),
        (["企业", "企业"], [A, B]),
    ],
)
def test_of_several_columns_of_enterprises_none_is_taken_unasked(
    headings: list[str], row: list[str], tmp_path: Path, pool: Pool
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx", ["序号", "街道", *headings], [1, "梅墟", *row], [2, "x", C, A]
    )
    with pytest.raises(UserError, match=f"有几列都可能是.*{headings[0]}.*{headings[1]}"):
        read(pool, path)


def test_the_code_of_an_authority_is_not_the_enterprises(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "双公示.xlsx",
        [
            "行政相对人名称",
            "行政相对人代码_1(统一社会信用代码)",
            "许可机关",
            "许可机关统一社会信用代码",
        ],
        [A, CODE_A, "宁波市市场监督管理局", "11330200002940000X"],
        [B, CODE_B, "宁波市市场监督管理局", "11330200002940000X"],
    )
    report, _plan = read(pool, path)
    assert report["columns"]["credit_code"] == "行政相对人代码_1(统一社会信用代码)"
    assert report["new"] == 2


def test_a_cell_with_several_enterprises_is_rejected_and_said(pool: Pool, tmp_path: Path) -> None:
    path = sheet(tmp_path / "专利.xlsx", ["专利权人"], [f"{A}、宁波大学"], [B], [C])
    report, _plan = read(pool, path)
    [rejected] = report["rejected_rows"]
    assert (rejected["cell"], "拆成每行一家" in rejected["reason"]) == ("A2", True)
    assert names(pool) == sorted([B, C])


def test_codes_may_stand_behind_their_name_and_before_a_copy_number(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["企业名称", "统一社会信用代码"],
        [A, f"信用代码：{CODE_A}"],
        [B, f"{CODE_B}（1/1）"],
    )
    _report, plan = read(pool, path)
    assert [row.fills["credit_code"] for row in plan.rows] == [CODE_A, CODE_B]


def test_a_list_lying_on_its_side_is_named_as_such(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "横表.xlsx",
        ["企业名称", A, B],
        ["统一社会信用代码", CODE_A, CODE_B],
        ["法定代表人", "王芳", "李强"],
        ["成立日期", "2015-03-06", "2016-03-06"],
    )
    with pytest.raises(UserError, match="转置"):
        read(pool, path)


def test_years_stand_under_merged_and_single_measures(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "规上.xlsx",
        ["2024年规模以上工业企业主要指标"],
        ["企业名称", "营业收入（千元）", None, None, "从业人员平均人数"],
        [None, "2024年", "2023年", "增减%", "2024年"],
        [A, 220, 200, 10, 50],
        [B, 330, 300, 10, 60],
        merged=("A2:A3", "B2:D2"),
    )
    read(pool, path)
    assert figures(pool) == {
        (A, 2024): Decimal(220_000),
        (A, 2023): Decimal(200_000),
        (B, 2024): Decimal(330_000),
        (B, 2023): Decimal(300_000),
    }


def test_a_heading_with_many_unknown_columns_is_one(pool: Pool, tmp_path: Path) -> None:
    unknown = [f"指标{n}" for n in range(40)]
    path = sheet(
        tmp_path / "宽表.xlsx",
        ["序号", "企业名称", *unknown],
        *([n, name, *range(40)] for n, name in enumerate((A, B, C), 1)),
    )
    report, _plan = read(pool, path)
    assert (report["new"], len(report["ignored_columns"])) == (3, 40)


def test_the_same_as_above_is_what_stands_above(pool: Pool, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["企业名称", "注册地址", "联系人"],
        [A, "聚贤路1号", "王芳"],
        [B, "同上", "〃"],
        [C, "同上", "李强"],
    )
    _report, plan = read(pool, path)
    assert [row.fills["registered_address"] for row in plan.rows] == ["聚贤路1号"] * 3
    assert [row.fills["contact"] for row in plan.rows] == ["王芳", "王芳", "李强"]


def test_a_list_pasted_from_a_document_is_read_without_its_numbers(
    pool: Pool, tmp_path: Path
) -> None:
    path = tmp_path / "名单.txt"
    lines = [
        "附件",
        "示范企业名单（3家）",
        "",
        f"1　{A}",
        f"2　{B}",
        f"4　{C}",
        "",
        "2023年12月1日",
    ]
    path.write_bytes("\r\n".join(lines).encode("gbk"))
    report, _plan = read(pool, path)
    assert (report["new"], report["rejected"]) == (3, 0)
    assert names(pool) == sorted([A, B, C])


def test_the_workbook_of_rejected_rows_is_understood_like_the_file(
    pool: Pool, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path / "名单.xlsx",
        ["企业名称", "统一社会信用代码"],
        [A, 9.1330201e17],
        [B, CODE_B],
        [f"{C}、{A}", "-"],
    )
    reading = importing.open_file(path, Enterprise)
    with pool.read() as session:
        planned = importing.dry_run(session, reading)
    rejected = tmp_path / "退回.xlsx"
    assert importing.save_rejected(reading, planned, rejected) == 2
    again = importing.open_file(rejected, Enterprise)
    assert again.mapping == reading.mapping
    assert [heading.text for heading in again.proposal.unmapped] == ["原因"]
    with pool.read() as session:
        assert [row.state for row in importing.dry_run(session, again).rows] == ["rejected"] * 2
