"""Names in the spellings of real lists."""

import pytest

from brandpool.exchange.spelled_names import SpelledName, needs_look, spelled_name

A = "宁波甬江机械有限公司"


@pytest.mark.parametrize(
    "text",
    [
        "宁波甬江 机械 有限公司",
        "宁波　甬江机械有限公司",
        f"{A}*",
        f"★{A}",
        f"{A}①",
        f"{A}[1]",
        f"{A}。",
        f"·{A}",
    ],
)
def test_gaps_stars_and_footnote_signs_are_no_part_of_a_name(text: str) -> None:
    assert needs_look(text)
    assert spelled_name(text) == SpelledName(A)


@pytest.mark.parametrize(
    "text",
    [
        A,
        "宁波永信会计师事务所（普通合伙）",
        "博世（宁波）轻工业有限公司",
        "宁波凯福莱特种汽车有限公司(宁波)",
        "Bosch (Ningbo) Light Industry Co., Ltd.",
        "3M China Limited",
    ],
)
def test_a_plain_name_stays_as_it_is(text: str) -> None:
    assert spelled_name(text) == SpelledName(text)


@pytest.mark.parametrize(
    "told",
    ["（原名：{}）", "(曾用名:{})", "（原{}）", "（原名称为{}）", "\n（原名：{}）", "，曾用名：{}"],
)
def test_a_former_name_behind_the_name_is_told_as_such(told: str) -> None:
    former = "宁波（中国）青春服装厂"
    assert spelled_name(A + told.format(former)) == SpelledName(A, (former,))


def test_a_name_that_has_changed_since_gives_the_present_one() -> None:
    assert spelled_name(f"宁波青春服装厂（现更名为{A}）") == SpelledName(A, ("宁波青春服装厂",))


def test_a_remark_behind_the_name_is_left_out_and_said() -> None:
    told = spelled_name(f"{A}（复审）")
    assert told.name == A
    assert "复审" in told.note
