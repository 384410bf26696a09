"""The targets that a policy sets are found with their place; what only reports or pays is not."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.exchange import policy_text
from brandpool.exchange.policy_text import Proposal, proposals
from brandpool.paths import resources

WORDS = json.loads((resources() / "reference" / "indicators.json").read_text("utf-8"))
POLICY = (Path(__file__).parent.parent / "data" / "policy_2023_10.txt").read_text("utf-8")
NINE = [
    ("high_value_patents", "reach", 1800, "件"),
    ("ip_advantage", "reach", 10, "家"),
    ("marks_in_force", "exceed", 30_000, "件"),
    ("madrid", "reach", 50, "件"),
    ("pledge_amount", "reach", 600_000_000, "元"),
    ("insured", "at_least", 10, "家"),
    ("licences", "at_least", 100, "件"),
    ("standards", "reach", 20, "家"),
    ("service_cluster", "done", None, ""),
]


def found(text: str) -> list[Proposal]:
    return proposals(text, WORDS)


def essence(one: Proposal) -> tuple[str, str, Decimal | None, str]:
    return one.indicator, one.operator, one.value, one.unit


def test_the_policy_sets_eight_numbers_and_one_named_target_for_2025() -> None:
    nine = found(POLICY)
    assert [essence(one) for one in nine] == NINE
    assert {one.year for one in nine} == {2025}


def test_each_stands_where_the_text_has_it() -> None:
    for one in found(POLICY):
        assert POLICY[one.start : one.end] == one.clause
        assert not one.clause[0].isspace()
    assert found(POLICY)[2].clause == "商标有效注册量超 3 万件"


@pytest.mark.parametrize(
    "text",
    [
        "截至2024年底，全区商标有效注册量达3.2万件，知识产权优势企业达12家。",
        "2022年，高价值发明专利量达1500件，同比增长20%。",
        "到2022年底已建成知识产权优势企业10家，专利许可已达100件。",
        "本办法自2025年1月1日起施行。甬高新〔2023〕10号经2023年第2次主任办公会议审议通过。",
        "到2025年，对年专利许可100件以上的企业给予奖励10万元。",
        "有效注册商标超过100件的企业可以申请。知识产权年质押金额达500万元的单位优先。",
        "到2025年，马德里国际商标注册达50件以上的，每件资助5000元。",
        "知识产权质押金额比上年增长10%，到2023年为6亿元，比上年增加1亿元。",
        "联系人：陈浩，电话0574-87654321，地址：聚贤路1299号3楼。",
        "支持企业申报各级专利奖、专利导航等项目，建成国家级知识产权服务业集聚发展示范区。",
        "",
    ],
)  # fmt: skip
def test_what_reports_pays_or_sets_no_year_is_no_target(text: str) -> None:
    assert found(text) == []


def test_the_rest_of_the_policy_has_none() -> None:
    start = POLICY.index("## **二、")
    assert found(POLICY[start:]) == []
    assert found(POLICY[: POLICY.index("力争到 2025 年")]) == []


@pytest.mark.parametrize("mark", ["。", "；", "，"])
def test_a_later_year_takes_over_from_where_it_stands(mark: str) -> None:
    text = f"到2027年，贯标企业达30家{mark}到2030年末，贯标企业超过50家，专利许可达300件。"
    assert [(one.year, one.operator, one.value) for one in found(text)] == [
        (2027, "reach", 30),
        (2030, "exceed", 50),
        (2030, "reach", 300),
    ]


def test_a_year_that_is_no_aim_ends_the_aim_before() -> None:
    assert found("到2027年，优化环境。2024年，贯标企业达30家。专利许可达300件。") == []


def test_the_end_of_a_five_year_plan_is_a_year() -> None:
    [one] = found("到“十五五”末，高价值发明专利拥有量达到2500件。")
    assert (one.year, essence(one)) == (2030, ("high_value_patents", "reach", 2500, "件"))


@pytest.mark.parametrize(
    ("words", "operator", "value"),
    [
        ("突破4万件", "exceed", 40_000), ("不少于3.5万件", "reach", 35_000),
        ("达到三万件", "reach", 30_000), ("超过３万件", "exceed", 30_000),
        ("40000件以上", "at_least", 40_000), ("提高到两千件", "reach", 2000),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_spelled(words: str, operator: str, value: int) -> None:
    [one] = found(f"力争到2030年，商标有效注册量{words}。")
    assert essence(one) == ("marks_in_force", operator, value, "件")


def test_several_numbers_of_one_clause_are_taken_apart() -> None:
    both = found("到2030年，实现马德里国际商标注册100件和专利许可200件以上。")
    assert [essence(one) for one in both] == [
        ("madrid", "reach", 100, "件"),
        ("licences", "at_least", 200, "件"),
    ]


def test_an_unknown_indicator_is_proposed_under_its_own_words() -> None:
    [one] = found("到2030年，培育地理标志产业园区企业达25家。")
    assert (one.indicator, one.title, one.value) == ("other", "培育地理标志产业园区企业", 25)


def test_a_number_in_another_unit_is_not_taken_for_the_indicator() -> None:
    [one] = found("到2030年，知识产权质押金额登记达300件。")
    assert one.indicator == "other"


def test_a_sentence_broken_over_lines_is_one_sentence() -> None:
    text = "力争到2030\n年，知识产权贯标\n\n企业数达 2 \n0 家。"
    [one] = found(text)
    assert (one.indicator, one.value) == ("standards", 20)
    assert text[one.start : one.end] == "知识产权贯标\n\n企业数达 2 \n0 家"


def test_a_word_file_and_a_gbk_text_are_read(tmp_path: Path) -> None:
    from docx import Document

    sentence = "力争到2030年，知识产权贯标企业数达40家。"
    document = Document()
    document.add_paragraph(sentence)
    document.add_table(1, 2).rows[0].cells[0].text = "附件"
    document.save(str(tmp_path / "政策.docx"))
    (tmp_path / "政策.txt").write_bytes(sentence.encode("gb18030"))
    for name in ("政策.docx", "政策.txt"):
        [one] = found(policy_text.read(tmp_path / name))
        assert one.value == 40


@pytest.mark.parametrize("name", ["政策.pdf", "坏.docx"])
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    with pytest.raises(UserError, match=r"docx"):
        policy_text.read(tmp_path / name)


@given(st.text(alphabet="到至2025年，。达超 3万件商标有效注册量\n一、", max_size=60))
def test_any_text_is_read_and_every_clause_is_in_it(text: str) -> None:
    for one in found(text):
        assert text[one.start : one.end] == one.clause
