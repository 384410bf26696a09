"""A subsidy is estimated by the rule the clerk states, or it is said what is lacking."""

from datetime import date
from decimal import Decimal

import pytest

from brandpool.errors import UserError
from brandpool.services.madrid_bills import Rate, estimate
from brandpool.services.subsidies import SubsidyRule, subsidy
from tests.services.marks import ON

RULE = SubsidyRule("资助办法", "甬高新〔2025〕1号", date(2025, 1, 1), fixed=Decimal(10000))
BILL = estimate("application", ["VN", "CH"], 1, ON, rate=Rate(Decimal(9), ON))


def test_a_fixed_amount_is_taken_from_what_the_enterprise_pays() -> None:
    found = subsidy(BILL, 2, ON, RULE)
    assert (found.amount, found.own, found.lacking) == (10000, 0, ())
    assert "甬高新〔2025〕1号" in found.text


def test_a_share_is_capped() -> None:
    rule = SubsidyRule("办法", "x", date(2025, 1, 1), share=Decimal("0.5"), cap=Decimal(3000))
    assert BILL.rmb == 853 * 9
    assert subsidy(BILL, 2, ON, rule).amount == 3000
    assert subsidy(BILL, 2, ON, rule).own == 853 * 9 - 3000


def test_each_further_party_adds_its_amount() -> None:
    rule = SubsidyRule("办法", "x", date(2025, 1, 1), per_party=Decimal(500), included_parties=1)
    assert subsidy(BILL, 3, ON, rule).amount == 1000


def test_what_is_lacking_is_said_and_nothing_is_given() -> None:
    rule = SubsidyRule("办法", "x", date(2025, 1, 1), date(2026, 1, 1), Decimal(1), least_parties=5)
    found = subsidy(BILL, 2, ON, rule)
    assert found.amount == 0
    assert found.lacking == ("差 3 个缔约方（至少 5 个）", "政策已于 2026-01-01 到期")


def test_a_share_of_unknown_renminbi_is_refused() -> None:
    rule = SubsidyRule("办法", "x", date(2025, 1, 1), share=Decimal("0.5"))
    with pytest.raises(UserError, match="汇率"):
        subsidy(estimate("application", ["VN"], 1, ON), 1, ON, rule)
