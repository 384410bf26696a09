"""Whom to visit next: due with reasons, planned by week and street, the same plan every time."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.route_out import due_table, route_table
from brandpool.exchange.table_out import cells
from brandpool.models.brand_plan import BrandPlan, PlanMeasure, PlanReview
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.models.visit import Visit, VisitPromise
from brandpool.rules.reference import shipped
from brandpool.services import (
    docket,
    docket_cache,
    reference_data,
    schemes,
    visit_items,
    visit_routes,
    visits,
)
from brandpool.services.docket import Asked, Entry
from brandpool.services.visit_routes import DueRow, Reason

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def session(pool: Pool) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        schemes.install_shipped(opened)
        yield opened


def firm(session: Session, name: str, street: str = "梅墟街道", **more: object) -> str:
    return journal.insert(session, Enterprise, [{"name": name, "street": street, **more}])[0]


def enter(session: Session, enterprise: str, day: date) -> None:
    scheme = schemes.in_force(session, TODAY)[0]
    ladder = scheme.ladders[0]
    values = {"enterprise_id": enterprise, "ladder": ladder.code, "tier": ladder.tiers[0].code,
              "effective": day, "reason": "入库"}  # fmt: skip
    journal.insert(session, TierMove, [values])


def visit(session: Session, enterprise: str, day: date) -> None:
    visits.record(session, {"enterprise_id": enterprise, "visited_on": day})


def test_in_the_pool_those_never_visited_or_not_for_long_are_due(session: Session) -> None:
    never, long_ago, lately, outside = (firm(session, name) for name in "甲乙丙丁")
    for one in (never, long_ago, lately):
        enter(session, one, date(2025, 1, 1))
    visit(session, long_ago, date(2025, 11, 22))
    visit(session, lately, date(2025, 11, 23))
    rows = {row.enterprise: row for row in visit_routes.due(session, TODAY)}
    assert set(rows) == {never, long_ago}
    assert rows[never].why == "入库（2025-01-01）以来从未走访"
    assert rows[long_ago].why == "上次走访 2025-11-22，已满12个月"
    everyone = visit_routes.due(session, TODAY, everyone=True)
    assert outside in {row.enterprise for row in everyone}


def test_promises_and_gaps_make_any_enterprise_due_and_overdue_ones_come_first(
    session: Session,
) -> None:
    late, soon, gap, gone = (firm(session, name) for name in "甲乙丙丁")
    promise = {"matter": "代拟委托书"}
    journal.insert(
        session, VisitPromise,
        [{**promise, "enterprise_id": soon, "due": TODAY + timedelta(30)},
         {**promise, "enterprise_id": late, "due": TODAY - timedelta(1)},
         {**promise, "enterprise_id": gone, "due": TODAY + timedelta(31)}],
    )  # fmt: skip
    visit_items.ask(session, gap, [("g|2", "合同"), ("g|1", "2025 年发票")], "evidence_gap", TODAY)
    rows = visit_routes.due(session, TODAY)
    assert [row.enterprise for row in rows] == [late, soon, gap]
    assert rows[0].why == "承诺已逾期（2026-11-21）：代拟委托书"
    assert rows[2].why == "证据缺口 2 项：2025 年发票…"


def test_who_is_no_longer_in_business_is_not_sent_visitors(session: Session) -> None:
    one = firm(session, "甲", status="deregistered")
    enter(session, one, date(2020, 1, 1))
    assert visit_routes.due(session, TODAY) == []


def row(name: str, street: str, weight: int, by: date | None = None) -> DueRow:
    reason = Reason("promise" if by else "lapsed", "理由", by, weight)
    return DueRow(name, name, street, "", "", "", None, by, (reason,))


def test_a_week_is_spent_in_the_street_where_most_is_urgent() -> None:
    rows = [row("a", "甲街", 10), row("b", "乙街", 9), row("c", "乙街", 9), row("d", "甲街", 1)]
    route = visit_routes.plan(rows, MONDAY, 2, per_week=2)
    assert [[r.name for r in week.rows] for week in route.weeks] == [["b", "c"], ["a", "d"]]


def test_a_promise_goes_into_the_week_before_it_ends_wherever_it_is() -> None:
    rows = [row(str(n), "甲街", 50) for n in range(6)]
    rows.append(row("p", "远街", 1, by=MONDAY + timedelta(6)))
    route = visit_routes.plan(rows, MONDAY, 1, per_week=3)
    assert "p" in [r.name for r in route.weeks[0].rows]
    assert len(route.left) == 4


def test_a_week_with_holidays_takes_fewer_visits() -> None:
    rows = [row(str(n), "甲街", 1) for n in range(40)]
    route = visit_routes.plan(rows, date(2026, 9, 28), 2, per_week=10)
    assert [len(week.rows) for week in route.weeks] == [week.room for week in route.weeks]
    assert route.weeks[0].room == 6
    assert shipped().china.is_open(date(2026, 10, 10))
    assert route.weeks[1].room == 6


def test_what_is_left_of_a_week_is_all_that_can_be_used() -> None:
    rows = [row(str(n), "甲街", 1) for n in range(40)]
    friday = date(2026, 11, 27)
    assert visit_routes.plan(rows, friday, 1, per_week=10).weeks[0].room == 2


def test_a_plan_of_no_weeks_is_refused() -> None:
    with pytest.raises(UserError, match="至少 1 周"):
        visit_routes.plan([], TODAY, 0)


@given(
    rows=some.lists(
        some.tuples(some.sampled_from("甲乙丙"), some.integers(1, 99), some.booleans()),
        max_size=30,
    ),
    weeks=some.integers(1, 4),
    per_week=some.integers(1, 7),
    seed=some.integers(),
)
def test_every_row_is_planned_once_or_left_and_the_order_given_changes_nothing(
    rows: list[tuple[str, int, bool]], weeks: int, per_week: int, seed: int
) -> None:
    made = [
        row(str(n), street, weight, MONDAY + timedelta(n) if promised else None)
        for n, (street, weight, promised) in enumerate(rows)
    ]
    route = visit_routes.plan(made, MONDAY, weeks, per_week=per_week)
    placed = [r.name for week in route.weeks for r in week.rows] + [r.name for r in route.left]
    assert sorted(placed) == sorted(r.name for r in made)
    assert all(len(week.rows) <= week.room for week in route.weeks)
    if route.left:
        assert all(len(week.rows) == week.room for week in route.weeks)
    random.Random(seed).shuffle(made)
    assert visit_routes.plan(made, MONDAY, weeks, per_week=per_week) == route


def test_the_printed_plan_names_the_week_and_masks_the_contact(session: Session) -> None:
    one = firm(session, "宁波甲有限公司", contact="王小明", phone="13800001234")
    enter(session, one, date(2025, 1, 1))
    rows = visit_routes.due(session, TODAY)
    table = route_table(visit_routes.plan(rows, MONDAY, 1), TODAY)
    [line] = list(cells(table))
    assert line[1] == MONDAY
    assert line[3] == "宁波甲有限公司"
    assert "13800001234" not in str(line)
    assert len(list(cells(due_table(rows, TODAY)))) == 1


def found(pool: Pool, on: date = TODAY) -> dict[str, Entry]:
    with pool.maintain() as session:
        ref = reference_data.reference(session, on)
        docket_cache.catch_up(session, on, ref)
        return {entry.rule: entry for entry in docket.find(session, Asked(on, within=400), ref)}


def test_promises_lapses_measures_and_reviews_stand_in_the_docket(pool: Pool) -> None:
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        one = firm(session, "甲")
        enter(session, one, date(2026, 1, 5))
        [promise] = journal.insert(
            session, VisitPromise,
            [{"enterprise_id": one, "matter": "寄材料", "due": date(2026, 12, 1)}],
        )  # fmt: skip
        [plan] = journal.insert(
            session, BrandPlan,
            [{"enterprise_id": one, "title": "一企一策", "made_on": date(2026, 3, 1)}],
        )  # fmt: skip
        [measure] = journal.insert(
            session, PlanMeasure,
            [{"plan_id": plan, "matter": "补注册", "due": date(2026, 12, 31)}],
        )  # fmt: skip
    entries = found(pool)
    assert entries["visit.promise"].due == date(2026, 12, 1)
    assert entries["visit.lapse"].due == date(2027, 1, 5)
    assert entries["plan.measure"].due == date(2026, 12, 31)
    assert entries["plan.review"].due == date(2027, 3, 1)
    assert all(entries[rule].enterprise_name == "甲" for rule in entries if rule[:5] == "visit")

    with pool.write("走访", who="测试员") as session:
        visit(session, one, date(2026, 11, 20))
        visits.close(session, promise, TODAY, "已寄")
        journal.update(session, PlanMeasure, {measure: {"status": "done"}})
        journal.insert(session, PlanReview, [{"plan_id": plan, "year": 2026, "reviewed_on": TODAY}])
    entries = found(pool)
    assert "visit.promise" not in entries
    assert "plan.measure" not in entries
    assert entries["visit.lapse"].due == date(2027, 11, 20)
    assert entries["plan.review"].due == date(2027, 11, 22)
    with pool.write("删除", who="测试员") as session:
        journal.delete(session, Visit, [row.id for row in session.query(Visit)])
    assert found(pool)["visit.lapse"].due == date(2027, 1, 5)
