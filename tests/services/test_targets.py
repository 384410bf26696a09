"""A target stands against what was counted or reported, and says by what definition."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.models.honour import Honour
from brandpool.models.target import INDICATORS, Target, TargetFigure
from brandpool.rules.reference import shipped
from brandpool.services import history, indicators, questions, records, targets
from brandpool.services.questions import Question
from brandpool.services.records import Filter, Op
from brandpool.services.targets import TargetRow
from tests.services.marks import ON, mark, registration

YEAR_END = date(2025, 12, 31)


def target(pool: Pool, indicator: str, value: int | None, year: int = 2026, **more: Any) -> str:
    """A target that must be reached (达) in 2026, unless told otherwise."""
    values = {
        "title": indicator, "indicator": indicator, "year": year, "operator": "reach",
        "value": None if value is None else Decimal(value),
    }  # fmt: skip
    with pool.write("目标", who="甲") as session:
        return targets.enter(session, {**values, **more})


def figure(pool: Pool, value: int | None = None, year: int = 2026, **more: Any) -> None:
    """A figure of high-value patents with source and day, unless told otherwise."""
    values = {
        "indicator": "high_value_patents", "year": year, "source": "市知识产权局",
        "value": None if value is None else Decimal(value), "as_of": date(year, 10, 31),
    }  # fmt: skip
    with pool.write("填报", who="甲") as session:
        journal.insert(session, TargetFigure, [{**values, **more}])


def row(pool: Pool, record: str, on: date = ON) -> TargetRow:
    with pool.read() as session:
        return targets.get(session, record, on)


def test_marks_in_force_are_counted_and_the_click_opens_exactly_those(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("商标", who="甲") as session:
        held = [mark(session, enterprise, str(n)) for n in (10000001, 10000002)]
        mark(session, enterprise, "10000003", valid_until=date(2024, 2, 28))
    found = row(pool, target(pool, "marks_in_force", 3))
    assert found.actual.value == 2
    assert found.actual.counted is not None
    assert set(found.actual.counted.rows) == {("trademark", one) for one in held}
    assert "按“注册号×类别”计" in found.actual.definition
    assert (found.state, found.needed, found.share) == ("open", 1, Decimal("66.6"))


def test_what_counts_can_be_switched_and_both_totals_stay_in_sight(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("商标", who="甲") as session:
        mark(session, enterprise, "10000001", nice_class=9)
        mark(session, enterprise, "10000001", nice_class=35)
        mark(session, enterprise, "10000002", registered_on=date(2016, 9, 1),
             valid_until=date(2026, 8, 31))  # fmt: skip
    record = target(pool, "marks_in_force", 3)
    with pool.read() as session:
        found = targets.get(session, record, ON)
        totals = {way.key: counted.total for way, counted in targets.other_ways(session, found)}
    assert totals == {
        "classes": 3, "classes_strict": 2, "registrations": 2, "registrations_strict": 1,
    }  # fmt: skip
    assert found.actual.value == 3
    with pool.write("改口径", who="甲") as session:
        records.edit(session, Target, record, {"counting": "registrations_strict"})
    assert row(pool, record).actual.value == 1
    assert "宽展期内的不计" in row(pool, record).actual.definition


def test_madrid_is_counted_by_registration_designation_or_enterprise(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("马德里", who="甲") as session:
        registration(session, enterprise, "1274024")
        registration(session, enterprise, "1274025", ir_date=date(2026, 2, 1))
    record = target(pool, "madrid", 2, year=2025)
    with pool.read() as session:
        found = targets.get(session, record, ON)
        totals = {way.key: counted.total for way, counted in targets.other_ways(session, found)}
    assert (found.day, found.actual.value, found.state) == (YEAR_END, 1, "missed")
    assert totals == {"registrations": 1, "designations": 0, "enterprises": 1, "filed": 1}


def test_last_year_stands_beside_it(pool: Pool, enterprise: str) -> None:
    with pool.write("马德里", who="甲") as session:
        registration(session, enterprise, "1274024", ir_date=date(2024, 5, 5))
        registration(session, enterprise, "1274025", ir_date=date(2026, 2, 1))
    found = row(pool, target(pool, "madrid", 50))
    assert (found.last.day, found.last.value, found.actual.value) == (YEAR_END, 1, 2)


@pytest.mark.parametrize(
    ("lacking", "words"), [("source", "数据来源"), ("as_of", "截至日"), ("value", "数值")]
)
def test_a_figure_without_source_or_day_is_to_be_verified(
    pool: Pool, lacking: str, words: str
) -> None:
    figure(pool, **{"value": 1700, lacking: None})
    found = row(pool, target(pool, "high_value_patents", 1800))
    assert (found.actual.value, found.state) == (None, "unverified")
    assert found.actual.definition == f"填报数据缺{words}，待核。"
    assert found.pace is None


def test_the_newest_figure_up_to_the_day_counts_and_names_its_source(pool: Pool) -> None:
    figure(pool, 1600, as_of=date(2026, 6, 30))
    figure(pool, 1710, as_of=date(2026, 10, 31))
    figure(pool, 1900, as_of=date(2026, 12, 31))
    figure(pool, 1500, year=2025, as_of=YEAR_END)
    record = target(pool, "high_value_patents", 1800)
    found = row(pool, record)
    assert (found.actual.value, found.last.value) == (1710, 1500)
    assert "来源：市知识产权局，截至 2026-10-31" in found.actual.definition
    assert row(pool, record, date(2026, 7, 1)).actual.value == 1600


def test_every_change_of_a_reported_figure_is_in_the_history(pool: Pool) -> None:
    figure(pool, 1700)
    with pool.write("更正", who="乙") as session:
        [record] = records.find(session, TargetFigure)
        records.edit(session, TargetFigure, record, {"value": Decimal(1710)})
    with pool.read() as session:
        steps = history.of_record(session, TargetFigure.kind(), record)
    told = [(step.who, step.new) for step in steps if step.field == "value"]
    assert told == [("乙", Decimal(1710)), ("甲", Decimal(1700))]


def test_a_named_target_is_done_once_its_proof_is_told_and_stays_done(pool: Pool) -> None:
    record = target(pool, "service_cluster", None, year=2026, operator="done")
    assert row(pool, record).state == "unverified"
    told = {"indicator": "service_cluster", "done": True, "source": "国知办函〔2024〕1号"}
    figure(pool, None, year=2024, as_of=date(2024, 11, 1), **told)
    found = row(pool, record)
    assert (found.state, found.actual.done, found.wanted) == ("met", True, "建成")


@pytest.mark.parametrize(
    ("operator", "value", "state"),
    [("reach", 2, "met"), ("at_least", 2, "met"), ("exceed", 2, "open"), ("exceed", 1, "met"),
     ("at_most", 2, "met"), ("at_most", 1, "open")],
)  # fmt: skip
def test_reach_exceed_and_at_most_differ_at_the_value_itself(
    pool: Pool, enterprise: str, operator: str, value: int, state: str
) -> None:
    with pool.write("商标", who="甲") as session:
        for number in (10000001, 10000002):
            mark(session, enterprise, str(number))
    assert row(pool, target(pool, "marks_in_force", value, operator=operator)).state == state


def test_the_pace_is_what_each_month_left_must_bring(pool: Pool, enterprise: str) -> None:
    with pool.write("商标", who="甲") as session:
        mark(session, enterprise)
    found = row(pool, target(pool, "marks_in_force", 9, operator="exceed"))
    assert (found.needed, found.months, found.pace) == (9, 2, Decimal("4.5"))
    later = row(pool, target(pool, "marks_in_force", 51, year=2030, title="2030"))
    assert (later.months, later.pace) == (50, Decimal("1.0"))


@given(
    lacking=st.integers(min_value=1, max_value=10**9), month=st.integers(min_value=1, max_value=12)
)
def test_the_pace_always_suffices_and_never_by_more_than_a_tenth_a_month(
    lacking: int, month: int
) -> None:
    months = 13 - month
    pace = (Decimal(lacking) / months).quantize(Decimal("0.1"), "ROUND_CEILING")
    assert pace * months >= lacking
    assert pace * months - lacking < Decimal("0.1") * months


def test_a_saved_question_is_an_actual_with_its_conditions(pool: Pool) -> None:
    firms = [{"name": f"企业{n}", "street": "梅墟" if n else "聚贤"} for n in range(3)]
    with pool.write("准备", who="甲") as session:
        ids = journal.insert(session, Enterprise, firms)
        asked = Question(filters=(Filter("street", Op.EQUALS, "梅墟"),))
        saved = questions.save_question(session, "梅墟企业", asked)
    found = row(pool, target(pool, "question", 2, question_id=saved))
    assert found.state == "met"
    assert found.actual.counted is not None
    assert set(found.actual.counted.rows) == {("enterprise", one) for one in ids[1:]}
    assert "梅墟企业" in found.actual.definition
    assert "所属街道＝梅墟" in found.actual.definition
    assert found.last.value is None


def test_an_enterprise_counts_once_and_not_after_it_moved_out(pool: Pool, enterprise: str) -> None:
    national = {"enterprise_id": enterprise, "level": "national", "granted": date(2023, 1, 1)}
    with pool.write("荣誉", who="甲") as session:
        journal.insert(session, Honour, [
            {**national, "honour": "ip_advantage"}, {**national, "honour": "ip_demonstration"},
            {**national, "honour": "ip_advantage", "level": "municipal"},
        ])  # fmt: skip
    record = target(pool, "ip_advantage", 10)
    assert row(pool, record).actual.value == 1
    with pool.write("迁出", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"status": "moved_out"})
    assert row(pool, record).actual.value == 0


def test_a_new_period_keeps_the_old(pool: Pool) -> None:
    old = target(pool, "madrid", 50, year=2025, responsible="市场监管分局", clause="达50件")
    with pool.write("新周期", who="甲") as session:
        [new] = targets.carry_over(session, [old], 2030, ON)
    with pool.read() as session:
        assert targets.years(session) == [2030, 2025]
    before, after = row(pool, old), row(pool, new)
    assert (before.year, before.value, before.clause) == (2025, 50, "达50件")
    assert (after.year, after.value, after.base, after.clause) == (2030, 50, (2025, 0), "")
    assert after.responsible == "市场监管分局"


def test_the_same_target_is_not_entered_twice(pool: Pool) -> None:
    old = target(pool, "madrid", 50)
    with pytest.raises(UserError, match="2026 年已有目标"):
        target(pool, "madrid", 60)
    with pool.write("新周期", who="甲") as session:
        targets.carry_over(session, [old], 2030, ON)
    with pytest.raises(UserError, match="2030 年已有目标"), pool.write("x", who="甲") as session:
        targets.carry_over(session, [old], 2030, ON)
    with pytest.raises(UserError, match="应晚于"), pool.write("x", who="甲") as session:
        targets.carry_over(session, [old], 2020, ON)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (600_000_000, "元", "6 亿元"), (30_000, "件", "3 万件"), (1800, "件", "1,800 件"),
        (28_417, "件", "28,417 件"), (123_456_789, "元", "123,456,789 元"), (50, "%", "50%"),
    ],
)  # fmt: skip
def test_numbers_are_spoken_as_the_offices_write_them(value: int, unit: str, words: str) -> None:
    assert targets.spoken(Decimal(value), unit) == words


def test_every_indicator_of_the_code_list_is_described_and_the_other_way_round() -> None:
    known = shipped().documents["indicators"]["indicators"]
    assert set(known) == {choice.code for choice in INDICATORS}
    for code, about in known.items():
        assert indicators.indicator(code, shipped()).unit == about["unit"]
        assert about["from"] in ("ledger", "figure")
        assert about["span"] in ("stock", "year")
