from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.rules import scheme_file
from brandpool.rules.facts import Books, Facts, Figure, Ledger
from brandpool.rules.scheme import Op
from brandpool.rules.standing import Placing, stays
from brandpool.rules.verdict import Truth, Verdict, assess, every, rejudged, some, stored, truth_of

ON = date(2026, 11, 22)
MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
MARKS = {"registered_on": "注册日期", "nice_class": "类别", "status": "状态"}
BOOKS = Books(
    {"status": "登记状态", "brand_officer": "品牌负责人", "established": "成立日期"},
    {"mark": Ledger("商标", MARKS, True), "visit": Ledger("走访记录", {"day": "日期"}, False)},
    {"revenue": "营业收入", "tax": "纳税额"},
)


def facts(**known: Any) -> Facts:
    return Facts(
        "e",
        known.get("values", {}),
        known.get("figures", {}),
        known.get("records", {}),
        known.get("stays", ()),
    )


def condition(**keys: Any) -> Any:
    ladder = {"code": "a", "zh": "甲", "tiers": [{"code": "t", "zh": "层", "conditions": [keys]}]}
    head = {"key": "k", "version": "1", "title": "x", "starts": "2020-01-01", "ladders": [ladder]}
    return scheme_file.scheme(head).ladders[0].tiers[0].conditions[0]


def judged(known: Facts, **keys: Any) -> Verdict:
    return assess(condition(**{"zh": "条件", **keys}), ON, BOOKS)(known)


def revenue(*rows: tuple[int, str, str]) -> Facts:
    years = {y: Figure(Decimal(v), unit, f"r{y}", "审计报告", None) for y, v, unit in rows}
    return facts(figures={"revenue": years})


def marks(*rows: dict[str, Any]) -> Facts:
    return facts(records={"mark": [{"id": f"m{n}", **row} for n, row in enumerate(rows)]})


truths = st.lists(st.sampled_from(Truth))


@given(truths)
def test_and_is_not_met_before_it_is_unknown(given_truths: list[Truth]) -> None:
    expected = NOT_MET if NOT_MET in given_truths else UNKNOWN if UNKNOWN in given_truths else MET
    assert every(given_truths) is expected


@given(truths)
def test_or_is_met_before_it_is_unknown(given_truths: list[Truth]) -> None:
    expected = MET if MET in given_truths else UNKNOWN if UNKNOWN in given_truths else NOT_MET
    assert some(given_truths) is expected


@given(
    st.sampled_from([Op.AT_LEAST, Op.AT_MOST, Op.EQUALS]),
    st.integers(0, 9),
    st.integers(0, 4),
    st.integers(0, 12),
)
def test_a_range_is_decided_only_when_every_value_in_it_agrees(
    op: Op, least: int, width: int, threshold: int
) -> None:
    each = {truth_of(op, value, value, threshold) for value in range(least, least + width + 1)}
    found = truth_of(op, least, least + width, threshold)
    assert found is (each.pop() if len(each) == 1 else UNKNOWN)


def test_an_empty_field_is_unknown_but_not_filled() -> None:
    status = judged(facts(), measure={"field": "status"}, op="equals", threshold="in_business")
    assert (status.truth, status.why) == (UNKNOWN, "“登记状态”未填写")
    officer = {"measure": {"field": "brand_officer"}, "op": "filled", "thing": {"zh": "品牌负责人"}}
    assert judged(facts(), **officer).truth is NOT_MET
    assert judged(facts(), **officer).gap == "缺品牌负责人"
    assert judged(facts(values={"brand_officer": "王芳"}), **officer).truth is MET


def test_a_field_that_enterprises_do_not_have_is_unknown() -> None:
    found = judged(facts(), measure={"field": "star"}, op="filled")
    assert found.truth is UNKNOWN
    assert "star" in found.why


def test_years_are_counted_by_full_months_and_the_gap_says_how_long() -> None:
    age = {"zh": "成立满3年", "measure": {"years_since": "established"}, "op": "at_least"}
    young = judged(facts(values={"established": date(2024, 11, 22)}), **age, threshold=3)
    assert (young.truth, young.value, young.gap) == (NOT_MET, 24, "成立满3年差 1 年")
    old = judged(facts(values={"established": date(2023, 11, 22)}), **age, threshold=3)
    assert old.truth is MET


def test_a_ledger_that_does_not_exist_or_is_empty_says_nothing() -> None:
    none = judged(facts(), measure={"count": "planet"}, op="at_least", threshold=1)
    assert (none.truth, none.why) == (UNKNOWN, "该台账尚未启用")
    empty = judged(facts(), measure={"count": "visit"}, op="at_most", threshold=0)
    assert (empty.truth, empty.why) == (UNKNOWN, "“走访记录”台账还没有任何记录")


COUNT = {
    "measure": {
        "count": "mark",
        "where": [{"field": "registered_on", "op": "at_most", "years_before": 1}],
    },
    "op": "at_least",
    "threshold": 2,
    "unit": {"zh": "件"},
    "thing": {"zh": "注册商标"},
}


def test_a_count_names_its_records_and_what_is_lacking() -> None:
    known = marks({"registered_on": date(2025, 11, 22)}, {"registered_on": date(2025, 11, 23)})
    found = judged(known, **COUNT)
    assert (found.truth, found.value, found.source.records) == (NOT_MET, 1, ("m0",))
    assert found.gap == "差 1 件注册商标"


def test_a_record_without_the_field_leaves_the_count_open_only_where_it_matters() -> None:
    old, blank = {"registered_on": date(2020, 1, 1)}, {"registered_on": None}
    assert judged(marks(old, blank), **COUNT).truth is UNKNOWN
    assert judged(marks(old, old, blank), **COUNT).truth is MET
    assert judged(marks(blank), **COUNT).truth is NOT_MET
    assert judged(facts(), **COUNT).truth is NOT_MET


def test_a_where_field_that_the_kind_lacks_is_unknown() -> None:
    measure = {"count": "mark", "where": [{"field": "shade", "op": "equals", "value": "red"}]}
    assert judged(marks({}), measure=measure, op="at_least", threshold=1).truth is UNKNOWN
    assert judged(facts(), measure=measure, op="at_least", threshold=1).truth is NOT_MET


def test_distinct_counts_values_and_not_records() -> None:
    classes = {"measure": {"count": "mark", "distinct": "nice_class"}, "op": "at_least"}
    known = marks({"nice_class": 9}, {"nice_class": 9}, {"nice_class": 42})
    assert judged(known, **classes, threshold=2).truth is MET
    assert judged(known, **classes, threshold=3).truth is NOT_MET
    open_class = marks({"nice_class": 9}, {"nice_class": None})
    assert judged(open_class, **classes, threshold=2).truth is UNKNOWN


def test_the_earliest_record_gives_the_age() -> None:
    measure = {"years_since": "registered_on", "earliest_of": "mark"}
    known = marks({"registered_on": date(2025, 1, 1)}, {"registered_on": date(2023, 12, 1)})
    found = judged(known, measure=measure, op="at_least", threshold=3)
    assert (found.truth, found.value, found.source.records) == (NOT_MET, 35, ("m1",))
    assert found.gap == "条件差 1 个月"
    none = judged(facts(), measure=measure, op="at_least", threshold=3)
    assert (none.truth, none.why) == (NOT_MET, "没有符合条件的商标")
    blank = judged(marks({"registered_on": None}), measure=measure, op="at_least", threshold=3)
    assert blank.truth is UNKNOWN


REVENUE = {
    "measure": {"figure": "revenue"},
    "op": "at_least",
    "threshold": 2000,
    "unit": {"zh": "万元"},
    "thing": {"zh": "营业收入"},
}


def test_money_is_compared_in_one_unit() -> None:
    assert judged(revenue((2025, "20000000", "元")), **REVENUE).truth is MET
    assert judged(revenue((2025, "0.2", "亿元")), **REVENUE).truth is MET
    less = judged(revenue((2025, "1850.5", "万元")), **REVENUE)
    assert (less.truth, less.gap) == (NOT_MET, "差 149.5 万元营业收入")
    assert judged(revenue((2025, "300", "万美元")), **REVENUE).truth is UNKNOWN
    assert judged(revenue((2025, "20000000", "")), **REVENUE).truth is UNKNOWN


def test_the_latest_full_year_counts_unless_it_is_stale() -> None:
    both = revenue((2024, "900", "万元"), (2026, "9000", "万元"))
    found = judged(both, **REVENUE)
    assert (found.truth, found.source.as_of) == (NOT_MET, date(2024, 12, 31))
    stale = judged(revenue((2023, "9000", "万元")), **REVENUE)
    assert (stale.truth, "2023" in stale.why) == (UNKNOWN, True)
    assert judged(facts(), **REVENUE).truth is UNKNOWN


def test_growth_needs_two_years_in_a_row_and_a_positive_base() -> None:
    growth = {"measure": {"growth": "revenue"}, "op": "at_least", "threshold": 10}
    found = judged(revenue((2024, "1000", "万元"), (2025, "11000000", "元")), **growth)
    assert (found.truth, found.value) == (MET, Decimal("10.00"))
    assert judged(revenue((2023, "1", "元"), (2025, "2", "元")), **growth).truth is UNKNOWN
    assert judged(revenue((2024, "-5", "元"), (2025, "2", "元")), **growth).truth is UNKNOWN


def test_years_on_file_are_counted_back_without_a_hole() -> None:
    three = {"measure": {"years_on_file": ["revenue"]}, "op": "at_least", "threshold": 3}
    rows = [(2025, "1", "元"), (2024, "1", "元"), (2022, "1", "元")]
    found = judged(revenue(*rows), **three)
    assert (found.truth, found.value) == (NOT_MET, 2)
    assert judged(revenue(*rows, (2023, "1", "元")), **three).truth is MET
    assert judged(facts(), **three).value == 0


def test_time_on_the_tier_is_known_of_everybody() -> None:
    year = {"measure": {"years_on": "t"}, "op": "at_least", "threshold": 1}
    assert judged(facts(), **year).truth is NOT_MET
    line = stays([Placing(date(2025, 11, 22), "a", "t"), Placing(date(2026, 11, 1), "b", "u")], ON)
    assert judged(facts(stays=line), **year).value == 11


def test_a_group_says_what_would_do() -> None:
    parts = [{"zh": "有负责人", "measure": {"field": "brand_officer"}, "op": "filled"}, COUNT]
    parts[1] = {"zh": "商标", **COUNT}
    found = judged(facts(), any_of=parts)
    assert (found.truth, found.gap) == (NOT_MET, "缺有负责人 或 差 2 件注册商标")
    assert judged(facts(), all_of=parts).gap == "缺有负责人；差 2 件注册商标"


@pytest.mark.parametrize(
    "known",
    [
        facts(),
        revenue((2024, "1999.5", "万元"), (2025, "2400", "万元")),
        marks({"registered_on": date(2020, 1, 1)}, {"registered_on": None}),
    ],
)
def test_what_is_kept_of_a_verdict_gives_the_same_truth_again(known: Facts) -> None:
    parts = [{"zh": "商标", **COUNT}, {"zh": "收入", **REVENUE}]
    parts += [{"zh": "状态", "measure": {"field": "status"}, "op": "equals", "threshold": "x"}]
    parts += [{"zh": "增长", "measure": {"growth": "revenue"}, "op": "at_least", "threshold": 0.5}]
    for mode in ("any_of", "all_of"):
        found = judged(known, **{mode: parts})
        kept = scheme_file.loads(scheme_file.dumps(stored(found)))
        assert rejudged(kept) is found.truth
