"""The law's data can be edited without a release, and a bad edit is refused in words."""

import copy
from datetime import date

import pytest

from brandpool.errors import UserError
from brandpool.rules.catalogue import compute
from brandpool.rules.reference import DOCUMENTS, shipped
from brandpool.rules.status_words import bucket, buckets


def test_next_years_holiday_notice_makes_its_dates_final() -> None:
    holidays = copy.deepcopy(dict(shipped().documents["holidays"]))
    holidays["years"]["2027"] = {"off": ["2027-01-18"], "on": [], "source": "test"}
    edited = shipped().replaced({"holidays": holidays})
    given = {"e_dispatched": "2026-11-02"}
    before, after = compute("cn.non_use_answer", given), compute("cn.non_use_answer", given, edited)
    assert (before["due"], before["provisional"]) == ("2027-01-18", True)
    assert (after["due"], after["provisional"]) == ("2027-01-19", False)


def test_a_new_tariff_applies_from_its_day_only() -> None:
    fees = copy.deepcopy(dict(shipped().documents["fees"]))
    price = {"mode": "per_class", "amount": 500}
    fees["individual"]["US"].append({"from": "2027-01-01", "application": price})
    edited = shipped().replaced({"fees": fees})

    def us(on: str) -> int:
        given = {"parties": ["US"], "classes": 1, "on": on}
        return int(compute("madrid.fee_application", given, edited)["parties"]["US"])

    assert (us("2026-12-31"), us("2027-01-01")) == (460, 500)


def test_a_day_wipo_adds_is_closed() -> None:
    closed = {**shipped().documents["wipo_closed_days"], "closed": ["2026-06-30"]}
    edited = shipped().replaced({"wipo_closed_days": closed})
    given = {"start": "2026-04-30", "length": 2, "unit": "m"}
    assert compute("madrid.expire", given, edited)["rolled"] == "2026-07-01"


def test_a_declaration_binds_from_its_day() -> None:
    members = copy.deepcopy(dict(shipped().documents["members"]))
    saudi = next(row for row in members["members"] if row["code"] == "SA")
    saudi["declarations"] = {
        "refusal_18m": {"from": "2027-01-01"}, "late_opposition": False, "individual_fee": False,
    }  # fmt: skip
    edited = shipped().replaced({"members": members})

    def months(day: str) -> int:
        given = {"party": "SA", "notified": day}
        return int(compute("madrid.refusal_limit", given, edited)["months"])

    assert (months("2026-12-31"), months("2027-01-01")) == (12, 18)


@pytest.mark.parametrize(
    "bad",
    [
        {"fees": {}},
        {"holidays": {"years": {"2027": {}}}},
        {"members": {"members": [{}], "aliases": {}}},
        {"wipo_closed_days": {"pattern": [], "closed": ["31.12.2026"], "open": []}},
        {"law": {"trademark_law": []}},
        {"weather": {}},
    ],
)
def test_a_document_that_does_not_hold_is_refused_by_name(bad: dict[str, object]) -> None:
    with pytest.raises(UserError, match=next(iter(bad))):
        shipped().replaced(bad)


def test_every_document_is_shipped_with_its_source_or_note() -> None:
    for name in DOCUMENTS:
        document = shipped().documents[name]
        assert {"source", "note", "meta"} & set(document), name


def test_the_status_words_of_the_register_have_their_buckets() -> None:
    words = shipped().documents["status_words"]["words"]
    assert len(words) == 47
    assert set(words.values()) <= set(buckets())
    assert bucket(" 商标已注册 ") == "已注册"
    assert bucket("驳回复审完成") == bucket("没见过的词") == "其他待核"


def test_an_overridden_date_keeps_its_chain_and_says_who_and_why() -> None:
    from brandpool.rules.cn_procedure import reply

    answer = reply(received=date(2026, 9, 20), days=15)
    changed = answer.overridden("due", date(2026, 10, 9), "王某", "窗口临时闭馆")
    assert changed.day("due") == date(2026, 10, 9)
    assert changed.chain[:-1] == answer.chain
    assert (changed.chain[-1].raw, changed.chain[-1].note) == (date(2026, 10, 8), "窗口临时闭馆")
