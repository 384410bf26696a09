"""Numbers, money and dates as documents write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from brandpool.exchange import chinese_words


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "零"), (7, "七"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"),
        (100, "一百"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一"),
        (2026, "二千零二十六"),
    ],
)  # fmt: skip
def test_counts_in_chinese_numerals(number: int, word: str) -> None:
    assert chinese_words.numeral(number) == word


def test_a_count_beyond_the_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="10000"):
        chinese_words.numeral(10_000)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal(1_234_567), "123.46万元"),
        (Decimal(5_000), "0.5万元"),
        (Decimal(600_000_000), "6亿元"),
        (Decimal(99_999_999), "10,000万元"),
        (Decimal(45_000), "4.5万元"),
        (None, "—"),
    ],
)
def test_money_is_told_in_ten_thousands(amount: Decimal | None, words: str) -> None:
    assert chinese_words.wan(amount) == words


def test_values_are_spoken_as_documents_have_them() -> None:
    spoken = chinese_words.spoken
    assert [spoken(v) for v in (None, True, False, date(2026, 1, 2), Decimal("1.50"), 7, "甲")] == [
        "—", "是", "否", "2026年1月2日", "1.5", "7", "甲",
    ]  # fmt: skip
    assert spoken(datetime(2026, 1, 2, 9, 5)) == "2026年1月2日09:05"


def test_dates_in_sentences_lose_their_padding_zeros() -> None:
    text = "截至 2026-11-02；编号2026-11-020不变；2026-12-31止"
    assert chinese_words.dated(text) == "截至 2026年11月2日；编号2026-11-020不变；2026年12月31日止"


def test_a_share_of_nothing_is_a_dash() -> None:
    assert [chinese_words.share(1, 3), chinese_words.share(2, 0)] == ["33.3%", "—"]
