"""The credit gate: who is listed on a day, what it bars, and when it opens again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.credit import CreditListing
from brandpool.models.enterprise import Enterprise
from brandpool.rules.reference import shipped
from brandpool.services import credit, reference_data

LISTED, REMOVED = date(2026, 3, 2), date(2026, 9, 1)
ONE_DAY = timedelta(days=1)


def enter(pool: Pool, *rows: dict[str, Any]) -> list[str]:
    with pool.write("登记信用名单", who="测试员") as session:
        return journal.insert(session, CreditListing, rows)


def row(enterprise: str, **values: Any) -> dict[str, Any]:
    return {"enterprise_id": enterprise, "list_type": "serious", "listed_on": LISTED, **values}


def barred(pool: Pool, enterprise: str, on: date, act: str | None = None) -> bool:
    with pool.read() as session:
        return enterprise in credit.barred(session, [enterprise], on, act)


def test_an_entry_stands_from_its_day_to_the_day_before_removal(
    pool: Pool, enterprise: str
) -> None:
    enter(pool, row(enterprise, removed_on=REMOVED))
    days = (LISTED - ONE_DAY, LISTED, REMOVED - ONE_DAY, REMOVED)
    assert [barred(pool, enterprise, day) for day in days] == [False, True, True, False]


def test_an_entry_without_a_day_of_listing_stands(pool: Pool, enterprise: str) -> None:
    enter(pool, row(enterprise, listed_on=None))
    with pool.read() as session:
        found = credit.barred(session, None, LISTED)[enterprise]
    assert "列入日期不详" in found.sentence


def test_the_refusal_names_enterprise_list_day_and_document(pool: Pool, enterprise: str) -> None:
    enter(pool, row(enterprise, document_no="甬市监列〔2026〕3号"))
    with pool.read() as session, pytest.raises(UserError) as told:
        credit.refuse(session, [enterprise], REMOVED, credit.SUBSIDISE, "没有登记兑现")
    for word in ("没有登记兑现", "宁波朝阳", "严重违法失信名单", "2026-03-02", "〔2026〕3号"):
        assert word in str(told.value)


def test_what_a_list_bars_is_the_stations_data(pool: Pool, enterprise: str) -> None:
    enter(pool, row(enterprise, list_type="abnormal"))
    assert barred(pool, enterprise, LISTED, credit.PROMOTE)
    document = dict(shipped().documents["protection"])
    document["credit"] = [
        {**one, "bars": ["subsidise"]} if one["list_type"] == "abnormal" else one
        for one in document["credit"]
    ]
    with pool.write("改参数", who="测试员") as session:
        text = reference_data.written(document)
        reference_data.save(session, "protection", text, LISTED + ONE_DAY)
    later = LISTED + ONE_DAY
    assert barred(pool, enterprise, LISTED, credit.PROMOTE)
    assert not barred(pool, enterprise, later, credit.PROMOTE)
    assert barred(pool, enterprise, later, credit.SUBSIDISE)
    assert barred(pool, enterprise, later)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spans=st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30)), max_size=4),
    day=st.integers(0, 31),
)
def test_somebody_is_barred_exactly_while_an_entry_stands(
    pool: Pool, spans: list[tuple[int, int | None]], day: int
) -> None:
    with pool.write("企业与名单", who="测试员") as session:
        one = journal.insert(session, Enterprise, [{"name": "甲"}])[0]
        rows = [
            row(
                one,
                listed_on=LISTED + timedelta(days=start),
                removed_on=None if end is None else LISTED + timedelta(days=end),
            )
            for start, end in spans
        ]
        journal.insert(session, CreditListing, rows)
    expected = any(start <= day and (end is None or end > day) for start, end in spans)
    assert barred(pool, one, LISTED + timedelta(days=day)) is expected
