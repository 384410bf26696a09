"""Which column is which field: sure where it is plain, asked where it is not."""

from collections.abc import Sequence
from typing import Any

import pytest

from brandpool.errors import UserError
from brandpool.exchange.headings import bare_key, exact_key, heading_unit, year_heading
from brandpool.exchange.mapping import chosen, known_headings, propose, remember, signature
from brandpool.exchange.parsing import parse
from brandpool.exchange.table import Table, find_table
from brandpool.exchange.workbook import Content, Sheet
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Field, Kind
from brandpool.models.record import fields

FIELDS = list(fields(Enterprise).values())
REVENUE = Field("营业收入", "Revenue", Kind.MONEY, ("营收", "销售收入"), unit="元", name="revenue")
NAMES = [f"宁波{word}有限公司" for word in ("甲", "乙", "丙", "丁")]


def table(*rows: Sequence[Any]) -> Table:
    """The table of a sheet with these rows."""
    content = Content([list(row) for row in rows])
    return find_table(Sheet("名单", hidden=False, load=lambda: content), known_headings(FIELDS))


def listed(*columns: tuple[str, Sequence[Any]]) -> Table:
    """A table of columns, each a heading and its cells."""
    return table([head for head, _cells in columns], *zip(*(c for _h, c in columns), strict=True))


KEYS = [
    ("注册资本(万元)", "注册资本", "万元"),
    ("注 册\n资本（万元人民币）*", "注册资本", "万元人民币"),
    ("１．企业名称：", "企业名称", ""),
    ("企业名称（盖章）", "企业名称", ""),
    ("成立日期(YYYY-MM-DD)", "成立日期", ""),
    ("研发人员数/人", "研发人员数", "人"),
    ("市场占有率（%）", "市场占有率", "%"),
    ("出口额（单位：万美元）", "出口额", "万美元"),
    ("Ｅ－ｍａｉｌ", "e-mail", ""),
]


@pytest.mark.parametrize(("text", "key", "unit"), KEYS)
def test_a_heading_is_one_in_all_its_spellings(text: str, key: str, unit: str) -> None:
    assert (exact_key(text), heading_unit(text)) == (key, unit)


def test_brackets_that_mean_something_stay_until_nothing_else_fits() -> None:
    assert exact_key("申请人（英文）") == "申请人(英文)"
    assert bare_key("法定代表人（负责人）") == "法定代表人"


YEARS = [
    ("2023年营业收入（万元）", (2023, "营业收入(万元)")),
    ("营业收入（2023年）", (2023, "营业收入")),
    ("2022年度\n纳税额", (2022, "纳税额")),
    ("2023营收", (2023, "营收")),
    ("2023年1-9月营业收入", None),
    ("2021-2023年营业收入", None),
    ("2023年营业收入增长率", None),
    ("2024年预计营业收入", None),
    ("营业收入", None),
    ("2023年", None),
]


@pytest.mark.parametrize(("text", "found"), YEARS)
def test_a_year_is_taken_from_a_heading_only_if_it_is_one_whole_year(
    text: str, found: tuple[int, str] | None
) -> None:
    heading = year_heading(text)
    assert ((heading.year, heading.rest) if heading else None) == found


def test_every_heading_a_field_is_known_by_leads_to_it() -> None:
    for one in FIELDS:
        for text in one.headings():
            proposal = propose(listed((text, ["x"] * 4), ("街道甲", [1, 2, 3, 4])), FIELDS)
            matches = [match for match in proposal.matches if match.column == 0]
            assert one.name in {match.field for match in matches}, text


def test_an_unknown_heading_over_names_is_taken_and_over_other_words_asked() -> None:
    sure = propose(listed(("推荐企业名称", NAMES), ("街道", list("abcd"))), FIELDS)
    assert sure.sure["name"] == 0
    asked = propose(listed(("推荐企业名称", ["x", "y", "z", "w"]), ("街道", list("abcd"))), FIELDS)
    assert "name" not in asked.sure
    assert [match.column for match in asked.unsure["name"]] == [0]
    assert asked.missing == ["name"]


def test_a_column_of_codes_is_proposed_as_the_credit_code_but_not_taken() -> None:
    codes = [f"9133020171333{n}333A" for n in range(4)]
    proposal = propose(listed(("企业名称", NAMES), ("证号", codes)), FIELDS)
    assert "credit_code" not in proposal.sure
    assert [(m.column, m.how) for m in proposal.unsure["credit_code"]] == [(1, "content")]


def test_the_number_of_a_mark_is_not_taken_for_that_of_a_licence() -> None:
    marks = propose(listed(("企业名称", NAMES), ("注册号", [12345678.0] * 4)), FIELDS)
    assert "registration_no" not in marks.sure
    licences = propose(listed(("企业名称", NAMES), ("注册号", ["330212000012345"] * 4)), FIELDS)
    assert licences.sure["registration_no"] == 1


def test_names_of_marks_are_not_taken_for_enterprises_beside_their_registrants() -> None:
    marks = listed(("序号", [1, 2, 3, 4]), ("名称", ["甬", "江", "聚", "贤"]), ("申请人", NAMES))
    assert propose(marks, FIELDS).sure["name"] == 2


def test_english_headings_and_names_are_known() -> None:
    some = listed(("Company Name", ["Foo Co., Ltd.", "Bar Inc."]), ("Phone", ["1", "2"]))
    assert propose(some, FIELDS).sure == {"name": 0, "phone": 1}


def test_two_columns_for_one_field_give_it_the_plainer_one() -> None:
    proposal = propose(
        listed(("企业名称", NAMES), ("手机", list("1234")), ("联系电话", list("5678"))), FIELDS
    )
    assert proposal.sure["phone"] in (1, 2)
    assert len(set(proposal.sure.values())) == len(proposal.sure)


def test_headings_nobody_knows_are_told() -> None:
    proposal = propose(
        listed(("序号", [1, 2, 3, 4]), ("企业名称", NAMES), ("星座", list("abcd"))), FIELDS
    )
    assert [heading.text for heading in proposal.unmapped] == ["星座"]


def test_measures_are_routed_by_year_and_by_the_year_of_the_title() -> None:
    dated = propose(
        listed(
            ("企业名称", NAMES),
            ("2022年营收（万元）", [1, 2, 3, 4]),
            ("营业收入2023年", [5, 6, 7, 8]),
        ),
        FIELDS,
        [REVENUE],
    )
    assert {(f.year, f.column) for f in dated.figures} == {(2022, 1), (2023, 2)}
    title = table(["2023年度企业情况表"], ["企业名称", "营业收入"], *([n, 5.0] for n in NAMES))
    assert [f.year for f in propose(title, FIELDS, [REVENUE]).figures] == [2023]
    bare = listed(("企业名称", NAMES), ("营业收入", [5.0] * 4))
    assert [f.year for f in propose(bare, FIELDS, [REVENUE]).figures] == [None]


def test_a_remembered_mapping_settles_everything_for_the_same_headings() -> None:
    first = listed(("序号", [1, 2, 3, 4]), ("对象", NAMES), ("在哪", list("abcd")))
    answer = remember(first, chosen(first, FIELDS, {"企业名称": "对象", "street": "C"}))
    second = table(
        ["名单"],
        [],
        ["", "序号", "对象", "在 哪"],
        *(["", n, name, "x"] for n, name in enumerate(NAMES)),
    )
    assert signature(first) == signature(second)
    proposal = propose(second, FIELDS, remembered=answer)
    assert proposal.sure == {"name": 2, "street": 3}
    assert (proposal.unsure, proposal.missing) == ({}, [])


def test_other_headings_have_another_signature() -> None:
    assert signature(listed(("企业名称", NAMES))) != signature(listed(("单位名称", NAMES)))


def test_a_field_or_column_that_does_not_exist_is_named() -> None:
    some = listed(("企业名称", NAMES), ("街道", list("abcd")))
    with pytest.raises(UserError, match="没有名为“星座”的字段"):
        chosen(some, FIELDS, {"星座": "街道"})
    with pytest.raises(UserError, match="没有“星座”这一列，现有：企业名称、街道"):
        chosen(some, FIELDS, {"name": "星座"})


def test_a_refused_cell_tells_where_it_is_and_leaves_the_rest_of_the_row() -> None:
    some = table(
        ["名单"],
        ["企业名称", "成立日期", "注册资本（万元）"],
        [NAMES[0], "2023-02-30", 5.0],
        [NAMES[1], "2023.3.6", "约100"],
    )
    rows = parse(some, propose(some, FIELDS).sure, FIELDS).rows
    (first,), (second,) = rows[0].problems, rows[1].problems
    assert (first.sheet, first.row, first.cell, first.raw) == ("名单", 3, "B3", "2023-02-30")
    assert first.sentence == "成立日期（B3）：“2023-02-30”不存在这一天"
    assert (second.cell, second.field) == ("C4", "capital")
    assert set(rows[0].values) == {"name", "capital", "capital_currency"}


def test_a_problem_in_a_right_hand_block_names_the_cell_where_it_stands() -> None:
    some = table(
        ["企业名称", "成立日期", "企业名称", "成立日期"],
        [NAMES[0], "2023.3.6", NAMES[1], "2023.2.30"],
    )
    rows = parse(some, propose(some, FIELDS).sure, FIELDS).rows
    assert [row.values["name"] for row in rows] == NAMES[:2]
    assert rows[1].problems[0].cell == "D2"


def test_a_column_of_rounded_codes_is_refused_as_a_whole() -> None:
    some = listed(("企业名称", NAMES), ("统一社会信用代码", [9.13302017e17] * 4))
    parsed = parse(some, propose(some, FIELDS).sure, FIELDS)
    assert [(c.field, c.column, c.count) for c in parsed.columns] == [("credit_code", "B", 4)]
    assert "无法恢复" in parsed.columns[0].reason
    assert all("credit_code" not in row.values for row in parsed.rows)


def test_codes_rounded_and_then_stored_as_text_are_refused_too() -> None:
    codes = [f"91330201713{n}12000" for n in ("4333", "5333", "6333")]
    some = listed(
        ("企业名称", NAMES),
        ("统一社会信用代码", [*(c[:15] + "000" for c in codes), "913302017133333330"]),
    )
    parsed = parse(some, propose(some, FIELDS).sure, FIELDS)
    assert [column.count for column in parsed.columns] == [3]
    assert parsed.rows[3].values["credit_code"] == "913302017133333330"


def test_a_currency_column_serves_amounts_that_state_none() -> None:
    some = listed(
        ("企业名称", NAMES),
        ("注册资本（万）", ["5", "6万欧元", "-", "8"]),
        ("币种", ["美元", "", "美元", ""]),
    )
    rows = parse(some, propose(some, FIELDS).sure, FIELDS).rows
    assert [row.values.get("capital_currency") for row in rows] == ["USD", "EUR", None, "CNY"]


def test_a_row_whose_cells_all_mean_nothing_is_no_record() -> None:
    some = table(["企业名称", "街道", "星座"], [NAMES[0], "a", "x"], ["-", "/", "—"])
    parsed = parse(some, propose(some, FIELDS).sure, FIELDS)
    assert (len(parsed.rows), parsed.empty) == (1, [3])


def test_a_row_that_says_something_only_in_a_column_not_read_is_not_lost() -> None:
    some = table(["企业名称", "街道", "星座"], [NAMES[0], "a", "x"], ["-", "/", "狮子"])
    parsed = parse(some, propose(some, FIELDS).sure, FIELDS)
    assert [(row.number, row.values) for row in parsed.rows[1:]] == [(3, {})]


def test_progress_is_told_and_may_cancel() -> None:
    class CancelledError(Exception):
        pass

    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise CancelledError

    some = listed(("企业名称", NAMES), ("街道", list("abcd")), ("备注", list("abcd")))
    with pytest.raises(CancelledError):
        parse(some, propose(some, FIELDS).sure, FIELDS, progress=progress)
    assert told == [(1, 3), (2, 3)]
