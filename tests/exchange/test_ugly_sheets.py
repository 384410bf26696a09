"""Sheets as offices and vendors really make them: each states what must come out of it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from brandpool.exchange.mapping import known_headings, propose
from brandpool.exchange.parsing import parse
from brandpool.exchange.row_kinds import RowKind
from brandpool.exchange.table import find_table
from brandpool.exchange.workbook import open_book
from brandpool.models.enterprise import Enterprise
from brandpool.models.enterprise_codes import MEASURE_UNITS, MEASURES
from brandpool.models.field import Field, Kind
from brandpool.models.record import fields

FIELDS = list(fields(Enterprise).values())
FIGURES = [
    Field(
        m.zh,
        m.en,
        Kind.DECIMAL if m.code in MEASURE_UNITS else Kind.MONEY,
        m.aliases,
        unit=MEASURE_UNITS.get(m.code, "元"),
        name=m.code,
    )
    for m in MEASURES
]
A, B, C = "宁波甬江机械有限公司", "宁波聚贤电子股份有限公司", "宁波市新明食品厂"
CODE_A, CODE_B, CODE_C = "91330201MA2AFYQE5X", "91330201713333333A", "913302016655443321"


@dataclass(frozen=True)
class Ugly:
    """One sheet and what must come out of it."""

    fact: str
    rows: Sequence[Sequence[Any]]
    names: Sequence[str] = (A, B, C)
    header: tuple[int, ...] = (1,)
    merges: Sequence[str] = ()
    first: dict[str, Any] = field(default_factory=dict)
    figures: dict[tuple[str, int | None], Any] = field(default_factory=dict)
    groups: Sequence[str] | None = None
    skipped: dict[int, RowKind] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    note: str = ""
    as_csv: bool = False

    def write(self, folder: Path) -> Path:
        """Make the file."""
        if self.as_csv:
            path = folder / "名单.csv"
            with path.open("w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows(self.rows)
            return path
        book = openpyxl.Workbook()
        sheet = book.active
        for row in self.rows:
            sheet.append(list(row))
        for area in self.merges:
            sheet.merge_cells(area)
        for cell, code in self.formats.items():
            sheet[cell].number_format = code
        path = folder / "名单.xlsx"
        book.save(path)
        return path


H = ["序号", "企业名称", "统一社会信用代码", "备注"]
BODY = [[1, A, CODE_A, None], [2, B, CODE_B, "规上"], [3, C, CODE_C, None]]

CORPUS = [
    Ugly("a plain list", [H, *BODY], first={"credit_code": CODE_A}),
    Ugly(
        "title rows, an annex number and a unit line stand above the heading",
        [
            ["附件1"],
            ["2023年度商标品牌梯队培育企业名单"],
            ["填报单位：市场监管分局", None, None, "单位：万元"],
            ["序号", "企业名称", "统一社会信用代码", "注册资本"],
            [1, A, CODE_A, 500],
            [2, B, CODE_B, "1000万美元"],
            [3, C, CODE_C, "8000元"],
        ],
        header=(4,),
        merges=("A2:D2",),
        first={"capital": Decimal(5_000_000), "capital_currency": "CNY"},
    ),
    Ugly(
        "a title merged over two rows",
        [["企业名单"], [None], H, *BODY],
        header=(3,),
        merges=("A1:D2",),
    ),
    Ugly(
        "empty rows and columns before the table",
        [[], [], *([None, None, *row] for row in [H, *BODY])],
        header=(3,),
    ),
    Ugly(
        "a heading of two rows with merged cells",
        [
            ["序号", "企业名称", "营业收入（万元）", None, "联系人", None],
            [None, None, "2022年", "2023年", "姓名", "电话"],
            [1, A, 120, 130.5, "王芳", 13800000001],
            [2, B, 900, 910, "李强", "0574-87654321"],
            [3, C, 30, 28, "张三", "13800000003"],
        ],
        header=(1, 2),
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
        first={"contact": "王芳", "phone": "13800000001"},
        figures={("revenue", 2022): Decimal(1_200_000), ("revenue", 2023): Decimal(1_305_000)},
    ),
    Ugly(
        "the same heading in a csv, where nothing is merged",
        [
            ["序号", "企业名称", "营业收入（万元）", "", "联系人", ""],
            ["", "", "2022年", "2023年", "姓名", "电话"],
            ["1", A, "120", "130.5", "王芳", "13800000001"],
            ["2", B, "900", "910", "李强", "0574-87654321"],
            ["3", C, "30", "28", "张三", "13800000003"],
        ],
        header=(1, 2),
        as_csv=True,
        first={"contact": "王芳", "phone": "13800000001"},
        figures={("revenue", 2022): Decimal(1_200_000), ("revenue", 2023): Decimal(1_305_000)},
    ),
    Ugly(
        "a heading of three rows under a title",
        [
            ["企业情况表"],
            ["序号", "基本情况", None, None, "经济指标（万元）", None, None, None],
            [None, "企业名称", "信用代码", "成立时间", "2022年", None, "2023年", None],
            [None, None, None, None, "营业收入", "纳税额", "营业收入", "纳税额"],
            [1, A, CODE_A, "2015.3.6", 100, 10, 110, 11],
            [2, B, CODE_B, "2003年11月22日", 200, 20, 210, 21],
            [3, C, CODE_C, 20190701, 300, 30, 310, 31],
        ],
        header=(2, 3, 4),
        merges=("A1:H1", "A2:A4", "B2:D2", "E2:H2", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3"),
        first={"credit_code": CODE_A, "established": date(2015, 3, 6)},
        figures={("revenue", 2022): Decimal(1_000_000), ("tax", 2023): Decimal(110_000)},
    ),
    Ugly(
        "a heading merged over two rows throughout",
        [H, [None] * 4, *BODY],
        header=(1, 2),
        merges=("A1:A2", "B1:B2", "C1:C2", "D1:D2"),
    ),
    Ugly(
        "years in the upper row, measures in the lower one",
        [
            ["企业名称", "2022年", None, "2023年", None],
            [None, "营业收入（万元）", "员工人数", "营业收入（万元）", "员工人数"],
            [A, 1, 20, 2, 21],
            [B, 3, 30, 4, 31],
            [C, 5, 40, 6, 41],
        ],
        header=(1, 2),
        merges=("A1:A2", "B1:C1", "D1:E1"),
        figures={("revenue", 2023): Decimal(20_000), ("staff", 2022): Decimal(20)},
    ),
    Ugly(
        "units in a row of their own under the heading",
        [
            ["序号", "企业名称", "注册资本", "2023年营业收入"],
            [None, None, "（万元）", "（亿元）"],
            [1, A, 500, 1.5],
            [2, B, 600, 2],
            [3, C, 700, 3],
        ],
        header=(1, 2),
        first={"capital": Decimal(5_000_000)},
        figures={("revenue", 2023): Decimal(150_000_000)},
    ),
    Ugly(
        "column numbers under the heading",
        [H, ["甲", "乙", 1, 2], *BODY],
        skipped={2: RowKind.HEADER},
    ),
    Ugly(
        "programmers' field names under the heading",
        [
            ["企业名称", "统一社会信用代码", "备注"],
            ["ent_name", "uscc", "memo"],
            *(r[1:] for r in BODY),
        ],
        skipped={2: RowKind.HEADER},
    ),
    Ugly(
        "a sample row that shows how to fill the form",
        [H, ["示例", "某某有限公司", "91330200XXXXXXXXXX", "请按此填写"], *BODY],
        skipped={2: RowKind.SAMPLE},
    ),
    Ugly(
        "regions with counts between the records",
        [H, ["北京市（1所）"], BODY[0], ["上海市（2所）"], *BODY[1:]],
        merges=("A2:D2", "A4:D4"),
        groups=("北京市（1所）", "上海市（2所）", "上海市（2所）"),
        skipped={2: RowKind.GROUP, 4: RowKind.GROUP},
    ),
    Ugly(
        "regions without counts, not merged",
        [H, ["北京市"], BODY[0], ["浙江省"], *BODY[1:]],
        groups=("北京市", "浙江省", "浙江省"),
    ),
    Ugly(
        "groups within groups",
        [
            H,
            ["一、示范企业"],
            ["（一）梅墟街道"],
            BODY[0],
            ["（二）新明街道"],
            BODY[1],
            ["二、优势企业"],
            BODY[2],
        ],
        groups=("一、示范企业 / （一）梅墟街道", "一、示范企业 / （二）新明街道", "二、优势企业"),
    ),
    Ugly(
        "numbered groups whose number has the column of the ordinals",
        [H, ["一", "国家级"], BODY[0], ["二", "省级"], *BODY[1:]],
        groups=("一　国家级", "二　省级", "二　省级"),
    ),
    Ugly(
        "a group's title above the heading, and the heading again under each group",
        [["一、新认定企业"], H, BODY[0], [], ["二、复核通过企业"], H, *BODY[1:]],
        header=(2,),
        groups=("一、新认定企业", "二、复核通过企业", "二、复核通过企业"),
        skipped={5: RowKind.GROUP, 6: RowKind.HEADER},
    ),
    Ugly(
        "the heading again after a page break",
        [H, BODY[0], H, *BODY[1:]],
        skipped={3: RowKind.HEADER},
    ),
    Ugly(
        "a total with figures in every column",
        [
            ["序号", "企业名称", "2023年营业收入（万元）", "2023年纳税额（万元）"],
            [1, A, 10, 1],
            [2, B, 20, 2],
            [3, C, 30, 3],
            ["合计", None, 60, 6],
        ],
        skipped={5: RowKind.TOTAL},
    ),
    Ugly(
        "subtotals, a spaced total and an average",
        [
            H,
            BODY[0],
            [None, "小计", 1],
            *BODY[1:],
            [None, "合  计", 3],
            ["平均", None, 1],
            ["共3家"],
        ],
        skipped={3: RowKind.TOTAL, 6: RowKind.TOTAL, 7: RowKind.TOTAL, 8: RowKind.TOTAL},
    ),
    Ugly(
        "an enterprise whose name begins like a total",
        [H, [1, "合计科技（宁波）有限公司", CODE_A], [2, "总和集团有限公司", CODE_B]],
        names=("合计科技（宁波）有限公司", "总和集团有限公司"),
    ),
    Ugly(
        "source, remarks and signatures under the table",
        [
            H,
            *BODY,
            [],
            ["数据来源：国家知识产权局网站"],
            ["备注：1.本表由各街道填报。"],
            [
                "2.数据截至2023年12月31日，如有出入以市场监管分局核定的数据为准，请各单位认真核对后报送，逾期不再受理。"
            ],
            ["填报人：张三", None, "联系电话：87654321", "填报日期：2023.12.31"],
            ["单位（盖章）"],
            ["第 1 页，共 1 页"],
        ],
        skipped=dict.fromkeys(range(6, 12), RowKind.NOTE),
    ),
    Ugly(
        "numbered but empty lines at the end",
        [H, *BODY, [4], [5], [6, None, " ", None]],
        skipped={5: RowKind.BLANK, 6: RowKind.BLANK, 7: RowKind.BLANK},
    ),
    Ugly(
        "a region merged over its records",
        [
            ["所属街道", "企业名称", "注册资本（万元）"],
            ["梅墟", A, 1],
            [None, B, 2],
            ["新明", C, 3],
        ],
        merges=("A2:A3",),
        first={"street": "梅墟"},
    ),
    Ugly(
        "two columns of the same list side by side",
        [["序号", "企业名称", "序号", "企业名称"], [1, A, 3, C], [2, B, None, None]],
        names=(A, B, C),
        note="并排",
    ),
    Ugly(
        "another table under the list",
        [
            H,
            *BODY,
            [],
            ["附表：商标"],
            ["序号", "商标名称", "注册号", "国际分类"],
            [1, "甬江", "12345678", "7"],
        ],
        note="另一张表",
    ),
    Ugly(
        "another table beside the list",
        [
            [*H, None, "序号", "街道", "家数"],
            [*BODY[0], None, 1, "梅墟", 2],
            [*BODY[1], None, 2, "新明", 1],
            BODY[2],
        ],
        note="另一张表",
    ),
    Ugly(
        "a remark in brackets under a single column",
        [["企业名称"], [A], [B], [C], ["（以上排名不分先后）"]],
        skipped={5: RowKind.NOTE},
    ),
    Ugly("only one column", [["企业名称"], [A], [B], [C]]),
    Ugly(
        "headings with spaces, line breaks, stars, colons and brackets",
        [
            [
                "序  号",
                "企  业\n名  称 *",
                "*统一社会信用代码：",
                "法定代表人（负责人）",
                "成立日期\n（YYYY-MM-DD）",
                "注册资本(万元)",
            ],
            [1, A, CODE_A, "王 芳", "2015-03-06", 500],
            [2, B, CODE_B, "李强", "2003/11/22", "600万港元"],
            [3, C, CODE_C, "张三", "1999年7月1日", "—"],
        ],
        first={
            "credit_code": CODE_A,
            "legal_representative": "王芳",
            "established": date(2015, 3, 6),
            "capital": Decimal(5_000_000),
        },
    ),
    Ugly(
        "a heading nobody foresaw over names",
        [
            ["序号", "拟认定企业名称（以公章为准）", "推荐街道"],
            [1, A, "梅墟"],
            [2, B, "新明"],
            [3, C, "聚贤"],
        ],
    ),
    Ugly(
        "codes and names in swapped columns of a notice",
        [
            ["序号", "统一社会信用代码", "申报单位", "街道"],
            [1, CODE_A, A, "梅墟"],
            [2, CODE_B, B, "x"],
            [3, CODE_C, C, "y"],
        ],
        first={"credit_code": CODE_A, "street": "梅墟"},
    ),
    Ugly(
        "a vendor's export with its banner",
        [
            ["以下数据由某查企业数据平台导出，仅供参考，导出时间：2023-06-01 10:00:00"],
            [
                "企业名称",
                "登记状态",
                "法定代表人",
                "注册资本",
                "实缴资本",
                "成立日期",
                "核准日期",
                "所属省份",
                "所属城市",
                "所属区县",
                "电话",
                "更多电话",
                "邮箱",
                "统一社会信用代码",
                "纳税人识别号",
                "注册号",
                "参保人数",
                "企业(机构)类型",
                "国标行业门类",
                "曾用名",
                "网址",
                "注册地址",
                "最新年报地址",
                "经营范围",
            ],
            [
                A,
                "存续",
                "王芳",
                "500万人民币",
                "-",
                "2015-03-06",
                "2020-01-01",
                "浙江省",
                "宁波市",
                "鄞州区",
                "0574-87654321",
                "13800000001; 13800000002",
                "a@b.cn",
                CODE_A,
                CODE_A,
                "-",
                "20",
                "有限责任公司",
                "制造业",
                "-",
                "-",
                "宁波市高新区聚贤路1号",
                "-",
                "机械制造",
            ],
            [
                B,
                "存续（在营、开业、在册）",
                "李强",
                "1,000(万元人民币)",
                "-",
                "2003-11-22",
                "-",
                "浙江省",
                "宁波市",
                "鄞州区",
                "-",
                "-",
                "-",
                CODE_B,
                CODE_B,
                "-",
                "-",
                "股份有限公司",
                "制造业",
                "-",
                "-",
                "路2号",
                "-",
                "电子",
            ],
            [
                C,
                "注销",
                "张三",
                "30(万美元)",
                "-",
                "1999-07-01",
                "-",
                "浙江省",
                "宁波市",
                "鄞州区",
                "-",
                "-",
                "-",
                CODE_C,
                "-",
                "-",
                "-",
                "企业非法人",
                "制造业",
                "-",
                "-",
                "路3号",
                "-",
                "食品",
            ],
        ],
        header=(2,),
        merges=("A1:X1",),
        first={
            "credit_code": CODE_A,
            "status": "in_business",
            "capital": Decimal(5_000_000),
            "capital_currency": "CNY",
            "established": date(2015, 3, 6),
            "registered_address": "宁波市高新区聚贤路1号",
            "email": "a@b.cn",
        },
    ),
    Ugly(
        "a list of certified high-tech enterprises",
        [
            ["宁波市2023年第一批高新技术企业名单"],
            ["（排名不分先后）"],
            ["序号", "企业名称", "证书编号", "发证日期"],
            [1, A, "GR202333100001", "2023-12-08"],
            [2, B, "GR202333100002", "2023-12-08"],
            [3, C, "GR202333100003", "2023-12-08"],
        ],
        header=(3,),
    ),
    Ugly(
        "the national list of little giants: province first, then name",
        [
            ["附件"],
            ["第五批专精特新“小巨人”企业名单"],
            ["序号", "省份", "企业名称"],
            [1, "浙江省", A],
            [2, "浙江省", B],
            [3, "宁波市", C],
        ],
        header=(3,),
    ),
    Ugly(
        "a list of protected marks names its registrants",
        [
            ["序号", "商标名称", "注册号", "类别", "企业名称", "所属街道"],
            [1, "甬江", 12345678, "第7类", A, "梅墟"],
            [2, "聚贤", "G1234567", "9;42", B, "聚贤"],
            [3, "新明", "8765432A", "30", C, "新明"],
        ],
        first={"street": "梅墟"},
    ),
    Ugly(
        "labels to fill in stand above the heading",
        [["单位名称：", None, "联系人：", "联系电话："], H, *BODY],
        header=(2,),
    ),
    Ugly(
        "a small table of counts above the list",
        [
            ["街道", "家数", "备注"],
            ["梅墟", 2, ""],
            ["新明", 1, ""],
            [],
            ["序号", "企业名称", "统一社会信用代码", "成立日期", "注册资本", "法定代表人", "备注"],
            *([*row[:3], "2015-03-06", 5, "王芳", ""] for row in BODY),
        ],
        header=(5,),
        note="另一张表",
    ),
    Ugly(
        "registrants are the only enterprises in a list of marks",
        [
            ["序号", "商标名称", "注册号", "商标注册人", "代理机构"],
            *([n, "商标", 123 + n, name, ""] for n, name in enumerate((A, B, C))),
        ],
    ),
    Ugly(
        "names numbered in their own column",
        [["企业名称", "备注"], *([f"{n}.{name}", ""] for n, name in enumerate((A, B, C), 1))],
    ),
    Ugly(
        "three years of one measure under one heading",
        [
            ["企业名称", "近三年营业收入（万元）", None, None, "主要经济指标（2023年）"],
            [None, 2021, 2022, 2023, "纳税额（万元）"],
            *([name, 1, 2, 3, 4] for name in (A, B, C)),
        ],
        header=(1, 2),
        merges=("A1:A2", "B1:D1"),
        figures={("revenue", 2021): Decimal(10_000), ("tax", 2023): Decimal(40_000)},
    ),
    Ugly(
        "a list of certified management systems",
        [
            ["获证组织名称", "统一社会信用代码", "证书编号", "认证机构", "有效期至"],
            [A, CODE_A, "18123IP0001R0M", "中知", "2026-01-01"],
            [B, CODE_B, "x", "y", "2026.1.1"],
            [C, CODE_C, "z", "y", "2026/1/1"],
        ],
        first={"credit_code": CODE_A},
    ),
    Ugly(
        "dates in every spelling in one column",
        [
            ["企业名称", "成立日期"],
            [A, "2015.3.6"],
            [B, 37947],
            [C, date(1999, 7, 1)],
        ],
        first={"established": date(2015, 3, 6)},
    ),
    Ugly(
        "full-width digits and letters",
        [
            ["企业名称", "统一社会信用代码", "成立日期", "联系电话"],
            [
                A,
                "９１３３０２０１ＭＡ２ＡＦＹＱＥ５Ｘ",
                "２０１５年３月６日",
                "１３８００００００００１",
            ],
            [B, CODE_B, "-", "/"],
            [C, CODE_C, "", ""],
        ],
        first={"credit_code": CODE_A, "established": date(2015, 3, 6)},
    ),
    Ugly(
        "nothing under the heading",
        [["企业名单"], H],
        names=(),
        header=(2,),
        note="没有可导入的数据行",
    ),
    Ugly(
        "no heading at all",
        [[1, A, CODE_A], [2, B, CODE_B], [3, C, CODE_C]],
        header=(),
        first={"credit_code": CODE_A},
        note="没有找到表头",
    ),
    Ugly(
        "names only, without a heading, under a title",
        [["重点企业名单"], [A], [B], [C]],
        header=(),
        skipped={1: RowKind.GROUP},
        note="没有找到表头",
    ),
    Ugly(
        "headings of common words only, above numbers",
        [["企业名称", "甲项", "乙项"], [A, 1, 2], [B, 3, 4], [C, 5, 6]],
    ),
    Ugly(
        "an address column and a long remark column keep their full texts",
        [
            ["企业名称", "注册地址", "备注"],
            [A, "宁波市高新区聚贤路1号", "本公司成立于2003年，" * 20],
            [B, "", ""],
            [C, "", ""],
        ],
        first={
            "registered_address": "宁波市高新区聚贤路1号",
            "remark": "本公司成立于2003年，" * 20,
        },
    ),
]


def ids(cases: Sequence[Ugly]) -> list[str]:
    """What the test report calls each sheet."""
    return [case.fact for case in cases]


@pytest.mark.parametrize("ugly", CORPUS, ids=ids(CORPUS))
def test_the_records_and_nothing_else_come_out(ugly: Ugly, tmp_path: Path) -> None:
    sheet = open_book(ugly.write(tmp_path)).visible[0]
    table = find_table(sheet, known_headings([*FIELDS, *FIGURES]))
    proposal = propose(table, FIELDS, FIGURES)
    parsed = parse(table, proposal.sure, FIELDS, proposal.figures, FIGURES)

    assert table.header_rows == ugly.header
    assert [row.values["name"] for row in parsed.rows if "name" in row.values] == list(ugly.names)
    assert not [problem.sentence for row in parsed.rows for problem in row.problems]
    for name, value in ugly.first.items():
        assert parsed.rows[0].values.get(name) == value, name
    for key, value in ugly.figures.items():
        assert parsed.rows[0].figures.get(key) == value, key
    if ugly.groups is not None:
        assert tuple(row.source.group for row in parsed.rows) == tuple(ugly.groups)
    kinds = {skipped.number: skipped.kind for skipped in table.skipped}
    assert {number: kinds.get(number) for number in ugly.skipped} == ugly.skipped
    assert any(ugly.note in note for note in table.notes) if ugly.note else not table.notes


def test_every_line_is_either_a_record_or_left_out_with_a_reason(tmp_path: Path) -> None:
    for number, ugly in enumerate(CORPUS):
        folder = tmp_path / str(number)
        folder.mkdir()
        sheet = open_book(ugly.write(folder)).visible[0]
        table = find_table(sheet, known_headings(FIELDS))
        if ugly.note == "另一张表":
            continue
        below = table.header_rows[-1] if table.header_rows else 0
        written = {n for n, row in enumerate(sheet.rows, 1) if any(map(str.strip, map(str, row)))}
        accounted = {row.number for row in table.rows} | {left.number for left in table.skipped}
        assert {n for n in written if n > below} <= accounted, ugly.fact


def test_a_headless_sheet_is_read_by_what_its_columns_hold_and_says_so(tmp_path: Path) -> None:
    ugly = Ugly("", [[1, A, CODE_A], [2, B, CODE_B], [3, C, CODE_C]])
    table = find_table(open_book(ugly.write(tmp_path)).sheets[0], known_headings(FIELDS))
    proposal = propose(table, FIELDS)
    assert proposal.sure == {"name": 1, "credit_code": 2}
    assert [note.count("按内容认作") for note in proposal.notes] == [1, 1]
