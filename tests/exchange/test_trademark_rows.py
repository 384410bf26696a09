"""Cells of mark sheets as they come: numbers, classes, terms, status words, owners."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.exchange import trademark_rows as rows
from brandpool.models.mark_codes import STATUS_OF_ZH, STATUSES
from brandpool.models.record import fields
from brandpool.models.trademark import Trademark
from brandpool.paths import resources


@pytest.mark.parametrize(
    "spelled",
    ["12345678", 12345678, 12345678.0, "12345678.0", "1.2345678E7", "'12345678", "１２３４５６７８",
     "第12345678号"],
)  # fmt: skip
def test_a_number_is_read_from_every_spelling_of_a_spreadsheet(spelled: object) -> None:
    [record] = rows.records({"reg_no": spelled, "nice_class": 9})
    assert record["reg_no"] == "12345678"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("第9类", (9,)), ("9", (9,)), ("09", (9,)), (9, (9,)), (9.0, (9,)), ("9.0", (9,)),
        ("9;42", (9, 42)), ("９、３５、42", (9, 35, 42)), ("第9、42类", (9, 42)),
        ("第9类;第42类", (9, 42)), ("9-11", (9, 10, 11)), ("9,9", (9,)), ("国际分类：9", (9,)),
    ],
)  # fmt: skip
def test_classes_of_one_cell(cell: object, expected: tuple[int, ...]) -> None:
    assert rows.classes_in(cell) == expected


@pytest.mark.parametrize("cell", ["46", "0", 0, 9.5, "九类", "9类服装"])
def test_what_is_no_class_is_refused(cell: object) -> None:
    with pytest.raises(UserError):
        rows.classes_in(cell)


def test_several_classes_become_one_record_each() -> None:
    found = list(rows.records({"reg_no": "12345678", "nice_class": "9;42", "name": "朝阳"}))
    assert [(r["reg_no"], r["nice_class"]) for r in found] == [("12345678", 9), ("12345678", 42)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2016-11-22至2026-11-21", (date(2016, 11, 22), date(2026, 11, 21))),
        ("2016年11月22日至2026年11月21日", (date(2016, 11, 22), date(2026, 11, 21))),
        ("2016年11月22日 至 2026年11月21日", (date(2016, 11, 22), date(2026, 11, 21))),
        ("2016/11/22-2026/11/21", (date(2016, 11, 22), date(2026, 11, 21))),
        ("20161122-20261121", (date(2016, 11, 22), date(2026, 11, 21))),
        ("2016-11-22 - 2026-11-21", (date(2016, 11, 22), date(2026, 11, 21))),
        ("2016.11.22~2026.11.21", (date(2016, 11, 22), date(2026, 11, 21))),
        ("至2026-11-21", (None, date(2026, 11, 21))),
        ("2026-11-21", (None, date(2026, 11, 21))),
        (datetime(2026, 11, 21), (None, date(2026, 11, 21))),
        (46347, (None, date(2026, 11, 21))),
        ("至", (None, None)), ("—", (None, None)), ("", (None, None)), (None, (None, None)),
    ],
)  # fmt: skip
def test_a_term_is_two_dates_and_a_bare_word_is_nothing(
    cell: object, expected: tuple[date | None, date | None]
) -> None:
    assert rows.term_in(cell) == expected


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UserError, match="早于起日"):
        rows.term_in("2026-11-22至2016-11-21")


def test_all_words_of_the_office_fall_into_their_bucket() -> None:
    document = json.loads((resources() / "reference/status_words.json").read_text("utf-8"))
    assert len(document["words"]) == 47
    assert len(STATUSES) == 10
    for word, bucket in document["words"].items():
        assert rows.status_of(word) == STATUS_OF_ZH[bucket]


def test_an_unknown_word_is_unclear_and_kept_as_it_stands() -> None:
    [record] = rows.records({"reg_no": "1", "nice_class": 9, "status_text": "某种新状态"})
    assert (record["status"], record["status_text"]) == ("unclear", "某种新状态")


def test_the_owner_finds_the_enterprise() -> None:
    known = {"宁波朝阳机械有限公司": "e1"}
    [record] = rows.records(
        {"reg_no": "1", "nice_class": 9, "owner": "宁波朝阳机械有限公司"}, known.get
    )
    assert record["enterprise_id"] == "e1"
    [other] = rows.records({"reg_no": "1", "nice_class": 9, "owner": "别家"}, known.get)
    assert "enterprise_id" not in other


def test_the_nice_edition_follows_the_filing_date_unless_given() -> None:
    [record] = rows.records({"reg_no": "1", "nice_class": 9, "filed": "2026-01-05"})
    assert "13" in str(record["nice_edition"])
    [given_] = rows.records(
        {"reg_no": "1", "nice_class": 9, "filed": "2026-01-05", "nice_edition": "NCL9"}
    )
    assert given_["nice_edition"] == "NCL9"


HEADINGS = {
    "reg_no": ("注册号", "申请号", "申请/注册号", "商标注册号", "受理/注册号", "注册/申请号"),
    "nice_class": ("国际分类", "类别", "商标分类", "尼斯分类", "第N类", "类别1-45"),
    "owner": ("申请人", "申请人名称", "申请人(中文)", "注册人", "权利人", "企业名称"),
    "valid_until": ("专用权期限", "商标使用期限时间段", "有效期", "起止", "专用权期限结束日期"),
    "valid_from": ("专用权期限开始日期",),
    "status_text": ("商标状态", "流程状态", "法律状态", "最新状态"),
    "agent": ("代理/办理机构", "代理人名称", "代理公司", "代理所"),
    "co_owned": ("是否共有商标",),
    "subsidy": ("资助领取情况",),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_every_heading_met_in_real_sheets_is_declared(name: str) -> None:
    assert set(HEADINGS[name]) <= set(fields(Trademark)[name].headings())


def test_no_heading_means_two_fields() -> None:
    seen: dict[str, str] = {}
    for name, declared in fields(Trademark).items():
        for heading in set(declared.headings()):
            assert seen.setdefault(heading, name) == name, heading


@given(st.lists(st.integers(1, 45), min_size=1, max_size=5, unique=True),
       st.sampled_from([";", "、", ",", " ", "；"]))  # fmt: skip
def test_classes_survive_being_joined(classes: list[int], joint: str) -> None:
    assert rows.classes_in(joint.join(map(str, classes))) == tuple(classes)
