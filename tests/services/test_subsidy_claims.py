"""A claim gets what the policy gives, capped; who is listed, late or paid already gets nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.credit import CreditListing
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.services import records, subsidy_claims
from brandpool.services.madrid_bills import Rate, estimate
from brandpool.services.subsidies import subsidy
from brandpool.services.subsidy_claims import Asked, Weighed
from tests.services.marks import ON

DAY = date(2026, 5, 1)


def item(pool: Pool, **more: Any) -> str:
    """马德里注册: 5,000 each, at most 15,000 a year, since 2026, two documents."""
    values = {
        "title": "马德里注册资助", "document_no": "示例〔2026〕1号", "basis": "fixed",
        "amount": Decimal(5000), "year_cap": Decimal(15_000), "starts": date(2026, 1, 1),
        "ends": date(2026, 12, 31), "documents": "注册证；缴费凭证",
    }  # fmt: skip
    with pool.write("政策", who="甲") as session:
        return journal.insert(session, SubsidyItem, [{**values, **more}])[0]


def claim(pool: Pool, enterprise: str, item_id: str, subject: str, **more: Any) -> str:
    values = {
        "enterprise_id": enterprise, "item_id": item_id, "subject": subject, "event_on": DAY,
        "state": "submitted", "claimed_on": DAY, "documents": "注册证\n缴费凭证",
    }  # fmt: skip
    with pool.write("申领", who="甲") as session:
        return journal.insert(session, SubsidyClaim, [{**values, **more}])[0]


def weighed(pool: Pool, asked: Asked, on: date = ON) -> Weighed:
    with pool.read() as session:
        return subsidy_claims.weigh(session, asked, on)


def keep(pool: Pool, asked: Asked, *, submit: bool = True, on: date = ON) -> str:
    with pool.write("申领", who="甲") as session:
        return subsidy_claims.keep(session, asked, on, submit=submit)


def test_a_fixed_amount_is_given_for_each(pool: Pool, enterprise: str) -> None:
    found = weighed(pool, Asked(enterprise, item(pool), "1274024", DAY, quantity=2))
    assert (found.full, found.amount, found.claimable) == (10_000, 10_000, True)
    assert found.missing == ("注册证", "缴费凭证")
    assert found.steps == ("定额 5000 元 × 2 ＝ 10000 元",)


def test_a_share_of_the_cost_is_rounded_to_the_cent_and_capped(pool: Pool, enterprise: str) -> None:
    one = item(pool, basis="share", share=Decimal(50), cap=Decimal(3000), amount=None)
    asked = Asked(enterprise, one, "G1", DAY, cost=Decimal("1000.01"))
    assert weighed(pool, asked).amount == Decimal("500.01")
    assert weighed(pool, replace(asked, cost=Decimal(9000))).amount == 3000
    assert weighed(pool, replace(asked, cost=None)).refusals == ("按费用比例资助，请填写实际费用",)


def test_parties_beyond_those_included_count(pool: Pool, enterprise: str) -> None:
    one = item(pool, basis="parties", amount=Decimal(2000), included_parties=1, least_parties=2)
    asked = Asked(enterprise, one, "G1", DAY, parties=4)
    assert weighed(pool, asked).amount == 6000
    assert weighed(pool, replace(asked, parties=1)).refusals == ("指定国家不足 2 个",)


def test_the_cap_of_the_year_is_what_earlier_claims_have_left(pool: Pool, enterprise: str) -> None:
    one = item(pool)
    claim(pool, enterprise, one, "G1", amount=Decimal(9000), approved=Decimal(8000))
    claim(pool, enterprise, one, "G2", amount=Decimal(5000), state="refused")
    claim(pool, enterprise, one, "G3", amount=Decimal(5000), event_on=date(2025, 5, 1))
    found = weighed(pool, Asked(enterprise, one, "G4", DAY, quantity=2))
    assert (found.full, found.amount) == (10_000, 7000)
    with pool.read() as session:
        [(offered, left)] = subsidy_claims.offers(session, enterprise, ON)
    assert (offered.id, left) == (one, 7000)
    claim(pool, enterprise, one, "G5", amount=Decimal(7000))
    assert weighed(pool, Asked(enterprise, one, "G6", DAY)).refusals == ("本年度的限额已用完",)


def test_however_many_are_claimed_the_year_never_gives_more_than_its_cap(
    pool: Pool, enterprise: str
) -> None:
    one = item(pool, amount=Decimal(4000), documents=None)
    for number in range(4):
        keep(pool, Asked(enterprise, one, f"G{number}", DAY))
    with pytest.raises(UserError, match="限额已用完"):
        keep(pool, Asked(enterprise, one, "G4", DAY))
    with pool.read() as session:
        rows = records.rows(session, SubsidyClaim, records.find(session, SubsidyClaim))
    amounts = sorted(Decimal(str(row["amount"])) for row in rows)
    assert amounts == [3000, 4000, 4000, 4000]


def test_the_total_of_the_year_is_shared_by_all(pool: Pool, enterprise: str) -> None:
    one = item(pool, total_cap=Decimal(6000))
    claim(pool, "", one, "别家", enterprise_id=None, amount=Decimal(4000))
    assert weighed(pool, Asked(enterprise, one, "G1", DAY)).amount == 2000


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 12, 31), "政策施行（2026-01-01）之前"), (date(2027, 1, 1), "2026-12-31 到期")],
)
def test_the_day_of_the_event_selects_the_policy(
    pool: Pool, enterprise: str, day: date, words: str
) -> None:
    [refusal] = weighed(pool, Asked(enterprise, item(pool), "G1", day)).refusals
    assert words in refusal


def test_the_same_thing_is_not_claimed_twice_nor_under_an_excluding_item(
    pool: Pool, enterprise: str
) -> None:
    first = item(pool)
    second = item(pool, title="境外布局资助", excludes="马德里注册资助；别的")
    claim(pool, enterprise, first, "G 1274024")
    assert weighed(pool, Asked(enterprise, first, "g1274024", DAY)).refusals == (
        "同一事由已申领过本项",
    )
    for one in (second,):
        assert weighed(pool, Asked(enterprise, one, "G1274024", DAY)).refusals == (
            "与已申领的“马德里注册资助”互斥",
        )
    assert weighed(pool, Asked(enterprise, second, "G1274025", DAY)).claimable


def listed(pool: Pool, enterprise: str, removed: date | None = None) -> None:
    row = {
        "enterprise_id": enterprise, "list_type": "serious",
        "listed_on": date(2026, 3, 2), "removed_on": removed, "cause": "严重违法",
    }  # fmt: skip
    with pool.write("信用", who="甲") as session:
        journal.insert(session, CreditListing, [row])


def test_a_listed_enterprise_gets_nothing_on_that_day_and_can_after_removal(
    pool: Pool, enterprise: str
) -> None:
    one = item(pool)
    asked = Asked(enterprise, one, "G1", DAY, documents=("注册证", "缴费凭证"))
    listed(pool, enterprise, removed=date(2026, 11, 1))
    for day in (date(2026, 3, 2), date(2026, 10, 31)):
        with pytest.raises(UserError, match="严重违法失信名单"):
            keep(pool, asked, on=day)
    with pool.read() as session:
        assert records.count(session, SubsidyClaim) == 0
    record = keep(pool, asked, on=date(2026, 11, 1))
    with pool.read() as session:
        assert records.get(session, SubsidyClaim, record)["amount"] == 5000


def test_nothing_is_handed_in_while_documents_are_missing_but_it_can_be_prepared(
    pool: Pool, enterprise: str
) -> None:
    asked = Asked(enterprise, item(pool), "G1", DAY, documents=("注册证",))
    with pytest.raises(UserError, match="还缺材料：缴费凭证"):
        keep(pool, asked)
    record = keep(pool, asked, submit=False)
    complete = replace(asked, documents=("注册证", "缴费凭证"), record=record)
    assert keep(pool, complete) == record
    with pool.read() as session:
        row = records.get(session, SubsidyClaim, record)
    assert (row["state"], row["claimed_on"]) == ("submitted", ON)


def test_more_than_is_due_is_refused(pool: Pool, enterprise: str) -> None:
    with pytest.raises(UserError, match="超过可申领的 5000 元"):
        keep(pool, Asked(enterprise, item(pool), "G1", DAY, wanted=Decimal(5001)), submit=False)


def test_claims_that_came_in_another_way_are_judged_all_the_same(
    pool: Pool, enterprise: str
) -> None:
    one = item(pool)
    listed(pool, enterprise)
    good = claim(pool, enterprise, one, "早先", claimed_on=date(2026, 3, 1), amount=Decimal(5000))
    barred = claim(pool, enterprise, one, "其后", claimed_on=date(2026, 3, 3))
    short = claim(pool, enterprise, one, "缺件", claimed_on=date(2026, 3, 1), documents="注册证",
                  amount=Decimal(6000))  # fmt: skip
    empty = claim(pool, enterprise, one, "不全", event_on=None)
    with pool.read() as session:
        found = {fault.record: fault.texts for fault in subsidy_claims.faults(session, ON)}
    assert good not in found
    assert "严重违法失信名单" in found[barred][0]
    assert found[short] == ("申领 6000 元，按政策可申领 5000 元", "缺材料：缴费凭证")
    assert found[empty] == ("请先填写企业、资助事项和事由发生日。",)


def test_a_madrid_bill_is_set_against_an_item_of_the_policy(pool: Pool) -> None:
    record = item(pool, basis="share", share=Decimal(50), cap=Decimal(3000), least_parties=3)
    bill = estimate("application", ["VN", "CH"], 1, DAY, rate=Rate(Decimal(9), DAY))
    with pool.read() as session:
        [one] = subsidy_claims.items(session, DAY)
    assert one.id == record
    found = subsidy(bill, 2, DAY, one.rule)
    assert (found.amount, found.lacking) == (0, ("差 1 个缔约方（至少 3 个）",))
    assert subsidy(bill, 3, DAY, one.rule).amount == 3000


@given(st.lists(st.sampled_from(["注册证", "缴费凭证", "合同"]), max_size=5),
       st.sampled_from(["；", "\n", "、", ";", "， "]))  # fmt: skip
def test_names_are_read_whatever_stands_between_them(names: list[str], mark: str) -> None:
    assert subsidy_claims.names_in(mark.join(names)) == tuple(dict.fromkeys(names))
