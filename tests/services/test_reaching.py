"""The fewest visits to a target: exact, explained, the same every time."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.madrid import BasicMark, InternationalRegistration
from brandpool.models.trademark import Trademark
from brandpool.services import reaching, tiers
from brandpool.services.reaching import Action, Way
from tests.services import ladders
from tests.services.ladders import LADDER, TODAY

UNTIL = date(2026, 12, 31)


def way(enterprise: int, gain: int, visits: int) -> Way:
    return Way(f"e{enterprise}", f"企业{enterprise}", gain, (Action("走访", visits, ""),))


options = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), min_size=1, max_size=3)


@given(st.lists(options, max_size=5), st.integers(0, 9))
def test_no_other_choice_reaches_the_target_with_fewer_visits(
    pool_of: list[list[tuple[int, int]]], need: int
) -> None:
    ways = [[way(n, gain, visits) for gain, visits in one] for n, one in enumerate(pool_of)]
    chosen = reaching.smallest(ways, need)
    assert len({one.enterprise for one in chosen}) == len(chosen)
    every = [[one for one in pick if one] for pick in product(*([None, *one] for one in ways))]
    most = min(need, max(sum(one.gain for one in pick) for pick in every))
    enough = [pick for pick in every if sum(one.gain for one in pick) >= most]
    assert sum(one.gain for one in chosen) >= most
    fewest = min(sum(one.visits for one in pick) for pick in enough)
    assert sum(one.visits for one in chosen) == fewest


@given(st.permutations(range(6)))
def test_the_order_in_which_enterprises_come_makes_no_difference(order: list[int]) -> None:
    ways = [[way(n, 1, n % 3)] for n in order]
    assert [one.enterprise for one in reaching.smallest(ways, 3)] == ["e0", "e1", "e3"]


@pytest.fixture
def four(pool: Pool) -> list[str]:
    """On the first tier: ready; without officer; too young; age unknown."""
    old = date(2020, 1, 1)
    rows = [
        {"established": old, "brand_officer": "王芳"},
        {"established": old},
        {"established": date(2026, 1, 1), "brand_officer": "王芳"},
        {"brand_officer": "王芳"},
    ]
    with pool.write("准备", who="测试员") as session:
        ladders.save(session)
        ids = ladders.enterprises(session, rows)
        tiers.move(session, [ladders.order(e, "one", date(2026, 1, 1)) for e in ids], TODAY)
    return ids


def test_who_needs_no_visit_comes_first_and_time_that_is_lacking_excludes(
    pool: Pool, four: list[str]
) -> None:
    with pool.read() as session:
        plan = reaching.to_tier(
            session, ladders.scheme(), LADDER, "two", 3, TODAY, UNTIL, capacity=1
        )
    assert [one.way.enterprise for one in plan.chosen] == [four[0], four[1], four[3]]
    assert [one.week for one in plan.chosen] == [0, 1, 2]
    assert (plan.need, plan.reached, plan.in_time, plan.visits) == (3, 3, 3, 2)
    assert "到期时仍未满：成立满2年差 1 年 1 个月" in plan.excluded[four[2]]
    (unknown,) = plan.chosen[2].way.actions
    assert not unknown.sure
    assert unknown.words.startswith("核实")


def test_time_that_passes_by_the_last_day_needs_no_visit(pool: Pool, four: list[str]) -> None:
    with pool.read() as session:
        plan = reaching.to_tier(
            session, ladders.scheme(), LADDER, "two", 4, TODAY, date(2028, 1, 1), capacity=1
        )
    assert plan.reached == 4
    assert plan.excluded == {}


def test_more_visits_than_the_weeks_hold_are_planned_but_not_in_time(
    pool: Pool, four: list[str]
) -> None:
    with pool.read() as session:
        plan = reaching.to_tier(
            session, ladders.scheme(), LADDER, "two", 3, TODAY, date(2026, 11, 30), capacity=1
        )
    assert (plan.weeks, plan.reached, plan.in_time) == (1, 3, 2)


def test_marks_on_which_a_registration_rests_are_not_filed_for_again(
    pool: Pool, enterprise: str
) -> None:
    marks = [
        {"enterprise_id": enterprise, "reg_no": f"1234567{n}", "nice_class": 9, "name": f"标{n}",
         "registered_on": date(2020, 1, 7), "valid_until": date(2030, 1, 6)}
        for n in range(3)
    ]  # fmt: skip
    with pool.write("准备", who="测试员") as session:
        journal.insert(session, Trademark, marks)
        (ir,) = journal.insert(
            session, InternationalRegistration, [{"enterprise_id": enterprise, "irn": "1274024"}]
        )
        journal.insert(session, BasicMark, [{"ir_id": ir, "number": "12345670"}])
    with pool.read() as session:
        plan = reaching.to_filings(session, 5, TODAY, UNTIL, capacity=2)
    (one,) = plan.chosen
    assert (one.way.gain, one.way.visits, one.week) == (2, 3, 2)
    assert "12345670" not in " ".join(action.words for action in one.way.actions)
    assert (plan.need, plan.reached) == (5, 2)
