"""Row 27, 行政+人民+行业调解合作: the three kinds sum to the total, a moved dispute counts once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.mediation import KINDS, Mediation
from brandpool.services import mediations, records
from brandpool.services.records import Filter, Op, Query
from tests.systems import ledgers
from tests.systems.ledgers import TODAY

CODES = [choice.code for choice in KINDS]
START = date(2026, 1, 5)


def bring(session, kind: str, day: date) -> str:
    values = {"dispute": "纠纷", "mediation_kind": kind, "body": "机构", "applied_on": day}
    return records.add(session, Mediation, values)


def test_one_dispute_moved_between_bodies_is_counted_once_where_it_is(pool: Pool) -> None:
    with pool.write("登记", who="测试员") as session:
        first = bring(session, "administrative", START)
        second = mediations.pass_on(session, first, "调委会", "people", START + timedelta(days=9))
        mediations.pass_on(session, second, "模具协会", "industry", START + timedelta(days=20))
        bring(session, "people", START)
    with pool.read() as session:
        found = mediations.by_kind(session, 2026, TODAY)
        assert {kind: one.total for kind, one in found.items()} == {
            "administrative": 0, "people": 1, "industry": 1
        }  # fmt: skip
        total = mediations.brought(session, 2026, TODAY)
        assert total.total == 2
        assert len(total.rows) == 4


def test_a_dispute_that_moves_over_new_year_stays_in_the_year_it_was_brought(pool: Pool) -> None:
    with pool.write("登记", who="测试员") as session:
        first = bring(session, "administrative", date(2025, 12, 20))
        mediations.pass_on(session, first, "调委会", "people", date(2026, 1, 10))
    with pool.read() as session:
        assert mediations.brought(session, 2025, TODAY).total == 1
        assert mediations.brought(session, 2026, TODAY).total == 0


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.sampled_from(CODES), min_size=1, max_size=4), max_size=6))
def test_the_three_kinds_always_sum_to_the_total(pool: Pool, ways: list[list[str]]) -> None:
    with pool.write("清空", who="测试员") as session:
        journal.delete(session, Mediation, records.find(session, Mediation))
    with pool.write("登记", who="测试员") as session:
        for way in ways:
            record = bring(session, way[0], START)
            for step, kind in enumerate(way[1:]):
                day = START + timedelta(days=step)
                record = mediations.pass_on(session, record, "机构", kind, day)
    with pool.read() as session:
        parts = mediations.by_kind(session, 2026, TODAY)
        total = mediations.brought(session, 2026, TODAY)
    assert sum(int(one.total or 0) for one in parts.values()) == total.total == len(ways)
    rows = [row for one in parts.values() for row in one.rows]
    assert sorted(rows) == sorted(total.rows)
    assert len(rows) == len(set(rows)) == sum(map(len, ways))


@pytest.mark.parametrize("kind", CODES)
def test_the_type_filter_lists_one_kind(pool: Pool, kind: str) -> None:
    with pool.write("登记", who="测试员") as session:
        made = {code: bring(session, code, START) for code in CODES}
    with pool.read() as session:
        query = Query((Filter("mediation_kind", Op.EQUALS, kind),))
        assert records.find(session, Mediation, query) == [made[kind]]


def test_agreement_number_and_confirmation_come_in_and_go_out(pool: Pool, tmp_path: Path) -> None:
    ledgers.take(
        pool, tmp_path / "协会.xlsx", Mediation,
        ["纠纷名称", "调解类别", "机构", "申请日期", "调解结果", "达成协议日期", "调解协议书编号",
         "司法确认日期", "司法确认书文号"],
        ["模具图纸纠纷", "行业", "宁波模具协会", "2026/2/1", "达成", "2026/3/1", "模协调2026-1",
         "2026/3/15", "（2026）浙0212诉前调确1号"],
    )  # fmt: skip
    with pool.read() as session:
        assert mediations.agreed(session, 2026, TODAY).total == 1
        assert mediations.confirmed(session, 2026, TODAY).total == 1
        assert mediations.confirmed(session, 2026, date(2026, 3, 14)).total == 0
    [row] = ledgers.export(
        pool, tmp_path / "出.xlsx", Mediation, ["agreement_no", "confirmed_on", "mediation_kind"]
    )
    assert (row["协议号"], row["调解类型"]) == ("模协调2026-1", "行业调解")
