"""What a clerk types, as a value."""

from datetime import date
from decimal import Decimal

import pytest

from brandpool.models.enterprise import Enterprise
from brandpool.models.enterprise_codes import CURRENCIES
from brandpool.models.field import Field, Kind, Value
from brandpool.models.record import fields
from brandpool.ui import typed


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.DATE, "2023.3.6", date(2023, 3, 6)),
        (Kind.DATE, "2026年11月22日", date(2026, 11, 22)),
        (Kind.DATE, "20230306", date(2023, 3, 6)),
        (Kind.DATE, "—", None),
        (Kind.MONEY, "1,234.50", Decimal("1234.50")),
        (Kind.MONEY, "￥6亿", Decimal(600_000_000)),
        (Kind.MONEY, "500万", Decimal(5_000_000)),
        (Kind.DECIMAL, "50%", Decimal(50)),
        (Kind.NUMBER, "１２３", 123),
        (Kind.YEAR, "2025年", 2025),
        (Kind.FLAG, "是", True),
        (Kind.FLAG, "否", False),
        (Kind.CODE, "　Ａ１　", "A1"),
        (Kind.NOTE, "-", "-"),
        (Kind.TEXT, "", None),
    ],
)
def test_the_spellings_of_an_office(kind: Kind, text: str, value: Value) -> None:
    assert typed.value_of(Field("项目", "Field", kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.DATE, "2023-02-30"),
        (Kind.DATE, "下周"),
        (Kind.NUMBER, "1.5"),
        (Kind.YEAR, "25"),
        (Kind.FLAG, "也许"),
        (Kind.MONEY, "很多"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(kind: Kind, text: str) -> None:
    with pytest.raises(typed.NotUnderstood, match=r"请填|请写"):
        typed.value_of(Field("项目", "Field", kind), text)


def test_a_choice_is_known_by_its_words_and_aliases() -> None:
    status = fields(Enterprise)["status"]
    assert typed.value_of(status, "在业") == typed.value_of(status, "存续") == "in_business"
    assert typed.value_of(status, "Deregistered") == "deregistered"


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("99000000", "CNY", "9,900万元"),
        ("230000000", "", "2.3亿元"),
        ("5000000", "USD", "500万美元"),
        ("1234.5", "CNY", "1,234.5元"),
        ("123456789", "CNY", "12,345.6789万元"),
    ],
)
def test_money_in_words_loses_nothing(amount: str, currency: str, words: str) -> None:
    shown = typed.spoken_money(Decimal(amount), currency, "zh")
    assert shown == words
    money = Field("金额", "Amount", Kind.MONEY)
    assert typed.value_of(money, shown) == Decimal(amount)


def test_every_currency_has_its_word() -> None:
    for choice in CURRENCIES:
        assert typed.spoken_money(Decimal(20_000), choice.code, "zh").startswith("2万")
