from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.journal import Txn
from brandpool.models.tier import TierMove
from brandpool.services import check, decision, history, schemes, tiers
from brandpool.services.decision import MoveOrder
from tests.services import ladders
from tests.services.ladders import LADDER, TODAY, order

JANUARY = date(2026, 1, 1)


@pytest.fixture
def prepared(pool: Pool, enterprise: str) -> Pool:
    with pool.write("载入方案", who="测试员") as session:
        ladders.save(session)
    return pool


def carry_out(pool: Pool, *orders: MoveOrder) -> list[str]:
    with pool.write("层级变动", who="测试员") as session:
        return tiers.move(session, orders, TODAY)


def told(pool: Pool, *orders: MoveOrder) -> str:
    with pytest.raises(UserError) as found:
        carry_out(pool, *orders)
    with pool.read() as session:
        assert session.scalars(select(TierMove.id)).all() == []
    return str(found.value)


def line(pool: Pool, enterprise: str, on: date = TODAY) -> list[tuple[str, str | None, int]]:
    with pool.read() as session:
        return [(r.what, r.tier, r.days) for r in tiers.history(session, enterprise, on)]


def test_a_move_without_a_reason_is_refused(prepared: Pool, enterprise: str) -> None:
    text = told(prepared, order(enterprise, "one", JANUARY, reason="  "))
    assert text == "宁波朝阳机械有限公司：没有填写变动理由。"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tier": "nine"}, "没有层级“nine”"),
        ({"tier": None, "exit_reason": "gone"}, "不在梯队中"),
        ({"tier": None}, "没有选择退出原因"),
        ({"exit_reason": "gone"}, "却没有退出"),
        ({"review": True}, "复核只能保留"),
        ({"effective": date(2028, 1, 1)}, "请核对年份"),
    ],
)
def test_what_contradicts_itself_is_refused(
    prepared: Pool, enterprise: str, changes: dict[str, Any], what: str
) -> None:
    keys = {"enterprise": enterprise, "tier": "one", "effective": JANUARY, **changes}
    assert what in told(prepared, order(**keys))


def test_nobody_moves_before_the_enterprise_existed(prepared: Pool) -> None:
    with prepared.write("新增", who="测试员") as session:
        (young,) = ladders.enterprises(session, [{"established": date(2025, 5, 1)}])
    assert "早于企业成立日期" in told(prepared, order(young, "one", date(2025, 4, 30)))


def test_skipping_a_tier_and_open_conditions_need_an_override(
    prepared: Pool, enterprise: str
) -> None:
    text = told(prepared, order(enterprise, "three", JANUARY, override=None))
    assert "越过了“一级、二级”" in text
    assert "没有“营业收入”的年度数据" in text
    assert "例外理由" in text
    (move,) = carry_out(prepared, order(enterprise, "three", JANUARY))
    with prepared.read() as session:
        (row,) = tiers.history(session, enterprise, TODAY)
        assert (row.id, row.override) == (move, "会议同意")


def test_going_down_and_leaving_need_no_override(prepared: Pool, enterprise: str) -> None:
    carry_out(prepared, order(enterprise, "three", JANUARY))
    bare = {"override": None}
    carry_out(prepared, order(enterprise, "two", date(2026, 2, 1), **bare))
    leaving = order(enterprise, None, date(2026, 3, 1), exit_reason="wish", **bare)
    carry_out(prepared, leaving)
    assert [what for what, _tier, _days in line(prepared, enterprise)] == ["entry", "down", "exit"]


def test_a_scheme_not_in_force_on_the_day_needs_an_override(
    prepared: Pool, enterprise: str
) -> None:
    for named in (None, "steps@1"):
        early = order(enterprise, "one", date(2014, 1, 1), scheme=named, override=None)
        assert "方案“三级方案”在 2014-01-01 没有施行" in told(prepared, early)


def test_one_order_that_is_refused_stops_the_whole_batch(prepared: Pool, enterprise: str) -> None:
    with prepared.write("新增", who="测试员") as session:
        other, third = ladders.enterprises(session, [{}, {}])
    text = told(
        prepared,
        order(enterprise, "one", JANUARY),
        order(other, "one", JANUARY, reason=""),
        order(third, "two", JANUARY, override=""),
    )
    assert "第00000号企业：没有填写变动理由" in text
    assert "第00001号企业：越过了“一级”" in text


def test_the_same_day_and_the_same_row_twice_are_refused(prepared: Pool, enterprise: str) -> None:
    one = order(enterprise, "one", JANUARY)
    assert "重复" in told(prepared, one, one)
    assert "同一天只能变动一次" in told(prepared, one, order(enterprise, "two", JANUARY))


def test_forty_moves_are_one_step_and_one_undo(prepared: Pool) -> None:
    with prepared.write("新增", who="测试员") as session:
        ids = ladders.enterprises(session, [{}] * 40)
    carry_out(prepared, *(order(e, "one", JANUARY) for e in ids))
    with prepared.read() as session:
        txn = session.scalars(select(Txn.id).order_by(Txn.lsn.desc())).first()
        assert len(tiers.standings(session, LADDER, TODAY)) == 40
    assert txn is not None
    with prepared.write("撤销", who="测试员", source="undo", undoes=txn) as session:
        assert history.undo(session, txn).put_back == 40
    with prepared.read() as session:
        assert tiers.standings(session, LADDER, TODAY) == {}
        assert check.check(session) == []


def test_a_move_keeps_the_facts_it_was_decided_on(prepared: Pool, enterprise: str) -> None:
    carry_out(prepared, order(enterprise, "one", date(2025, 1, 1)))
    carry_out(prepared, order(enterprise, "two", JANUARY, document_no="甬高新市监〔2026〕1号"))
    with prepared.read() as session:
        row = tiers.history(session, enterprise, TODAY)[1]
    kept = {fact["zh"]: fact["truth"] for fact in tiers.facts(row.facts)}
    assert kept == {"有品牌负责人": "not_met", "成立满2年": "unknown"}
    assert tiers.contradictions(row.facts) == []
    assert (row.scheme, row.document_no) == ("steps@1", "甬高新市监〔2026〕1号")
    assert row.facts is not None
    forged = row.facts.replace('"truth": "not_met"', '"truth": "met"')
    assert tiers.contradictions(forged) == ["有品牌负责人"]


def test_facts_are_judged_on_the_effective_day(prepared: Pool) -> None:
    with prepared.write("新增", who="测试员") as session:
        values = {"established": date(2022, 1, 1), "brand_officer": "王芳"}
        (one,) = ladders.enterprises(session, [values])
    carry_out(prepared, order(one, "one", date(2023, 1, 1)))
    with prepared.read() as session:
        early = order(one, "two", date(2023, 12, 31), override=None)
        ripe = order(one, "two", date(2024, 1, 1), override=None)
        assert decision.weigh(session, [early], TODAY)[0].exceptions == ("成立满2年差 1 个月",)
        assert decision.weigh(session, [ripe], TODAY)[0].exceptions == ()


def test_a_move_entered_late_puts_right_what_follows(prepared: Pool, enterprise: str) -> None:
    carry_out(prepared, order(enterprise, "one", date(2024, 1, 1)))
    carry_out(prepared, order(enterprise, "three", date(2026, 1, 1)))
    carry_out(prepared, order(enterprise, "two", date(2025, 1, 1)))
    assert line(prepared, enterprise) == [
        ("entry", "one", 366),
        ("up", "two", 365),
        ("up", "three", (TODAY - JANUARY).days),
    ]
    with prepared.read() as session:
        third = tiers.history(session, enterprise, TODAY)[2]
        assert third.came_from == "two"
        then = tiers.standings(session, LADDER, date(2025, 6, 1))
        assert (then[enterprise].tier, then[enterprise].since) == ("two", date(2025, 1, 1))


def test_a_history_can_be_entered_in_one_batch(prepared: Pool, enterprise: str) -> None:
    orders = [
        order(enterprise, "two", date(2021, 1, 1)),
        order(enterprise, "one", date(2020, 1, 1)),
        order(enterprise, None, date(2022, 1, 1), exit_reason="wish"),
        order(enterprise, "one", date(2024, 1, 1)),
        order(enterprise, "one", date(2025, 1, 1), review=True),
    ]
    carry_out(prepared, *orders)
    whats = [what for what, _tier, _days in line(prepared, enterprise)]
    assert whats == ["entry", "up", "exit", "reentry", "review"]
    total = sum(days for _what, _tier, days in line(prepared, enterprise))
    assert total == (TODAY - date(2020, 1, 1)).days


def test_staying_put_is_refused_unless_it_is_a_review(prepared: Pool, enterprise: str) -> None:
    carry_out(prepared, order(enterprise, "one", JANUARY))
    with pytest.raises(UserError, match="当天已在“一级”"):
        carry_out(prepared, order(enterprise, "one", date(2026, 2, 1)))
    carry_out(prepared, order(enterprise, "one", date(2026, 2, 1), review=True))
    with prepared.read() as session:
        now = tiers.standings(session, LADDER, TODAY)[enterprise]
    assert (now.since, now.reviewed) == (JANUARY, date(2026, 2, 1))


def test_a_move_to_come_takes_effect_on_its_day(prepared: Pool, enterprise: str) -> None:
    carry_out(prepared, order(enterprise, "one", date(2027, 1, 1)))
    with prepared.read() as session:
        assert tiers.standings(session, LADDER, TODAY) == {}
        assert enterprise in tiers.standings(session, LADDER, date(2027, 1, 1))
        (row,) = tiers.history(session, enterprise, TODAY)
        assert (row.coming, row.days) == (True, 0)


def test_an_enterprise_may_stand_on_several_ladders(prepared: Pool, enterprise: str) -> None:
    four = next(p for p in schemes.shipped_files() if p.stem == "four_pools")
    with prepared.write("载入", who="测试员") as session:
        schemes.load_file(session, four)
        ladder = schemes.get(session, "four_pools@2022").ladders[1]
        other = MoveOrder(
            enterprise, ladder.code, ladder.tiers[0].code, JANUARY, "入库", override="会议同意"
        )
        tiers.move(session, [order(enterprise, "one", JANUARY), other], TODAY)
    with prepared.read() as session:
        assert set(tiers.ladders_of(session, enterprise, TODAY)) == {LADDER, ladder.code}
        assert len(tiers.history(session, enterprise, TODAY, LADDER)) == 1


codes = st.sampled_from(["one", "two", "three", None])
moves = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 900), codes),
    max_size=25,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves, st.integers(0, 900), st.integers(0, 900))
def test_a_flow_adds_up_to_both_days(prepared: Pool, rows: Any, first: int, last: int) -> None:
    start, end = (date(2024, 1, 1) + timedelta(days=n) for n in sorted((first, last)))
    with prepared.write("准备", who="测试员") as session:
        old = session.scalars(select(TierMove.id)).all()
        journal.delete(session, TierMove, old)
        ids = ladders.enterprises(session, [{}] * 6)
        values = [
            {"enterprise_id": ids[who], "ladder": LADDER, "tier": tier, "reason": "x"}
            | {"effective": date(2024, 1, 1) + timedelta(days=day)}
            for who, day, tier in rows
        ]
        journal.insert(session, TierMove, values)
        flow = tiers.flow(session, LADDER, start, end)
        stocks = tiers.stock(session, LADDER, [start, end])
        for day, stock in zip((start, end), stocks, strict=True):
            standing = tiers.standings(session, LADDER, day)
            assert stock == Counter(s.tier for s in standing.values())
        assert Counter(r.came_from for r in flow if r.came_from) == stocks[0]
        assert Counter(r.tier for r in flow if r.tier) == stocks[1]
        assert all(r.came_from or r.tier for r in flow)
        days = Counter[str]()
        for stay in tiers.dwell(session, LADDER, end):
            days[stay.enterprise] += stay.days
        for enterprise in ids:
            told = tiers.history(session, enterprise, end)
            assert days[enterprise] == sum(r.days for r in told if r.tier)
