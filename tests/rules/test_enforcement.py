"""Articles and limits of enforcement follow the date of the act."""

from datetime import date

import pytest

from brandpool.rules.enforcement import agency_penalty, case_decision, case_law
from brandpool.rules.protection import aid_limit, listing_term, mediation_end

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "text"),
    [(OLD, "商标法2019第五十七条、第六十条"), (NEW, "商标法2026第七十二条、第七十四条")],
)
def test_infringement_has_other_articles_from_2027_on(day: date, text: str) -> None:
    assert case_law("mark_infringement", day)["text"] == text


def test_the_act_chooses_the_law_and_a_change_since_is_said() -> None:
    found = case_law("mark_infringement", NEW, OLD)
    assert found["text"] == "商标法2019第五十七条、第六十条"
    assert "处罚较轻" in found.warnings[0]
    assert case_law("mark_infringement", NEW, NEW).warnings == ()


def test_trade_secrets_go_by_the_competition_law_of_the_day() -> None:
    assert case_law("trade_secret", date(2025, 10, 14))["law"] == "反不正当竞争法2019"
    assert case_law("trade_secret", date(2025, 10, 15))["text"] == "反不正当竞争法2025第二十六条"


def test_a_type_without_known_law_gives_no_article() -> None:
    assert case_law("other", NEW)["text"] == ""


@pytest.mark.parametrize(
    ("article", "day", "flagged"),
    [
        ("商标法第六十七条", NEW, True),
        ("《商标法》第 67 条第一款", NEW, True),
        ("商标法第六十七条", OLD, False),
        ("商标法第六十八条", OLD, False),
        ("商标法第六十七条之一", OLD, False),
        ("商标法第六条", NEW, False),
        ("", NEW, False),
    ],
)
def test_a_penalty_by_article_67_of_the_new_law_marks_an_agency(
    article: str, day: date, *, flagged: bool
) -> None:
    assert agency_penalty(article, day)["flagged"] is flagged


def test_days_on_which_a_case_stood_still_are_not_counted() -> None:
    start = date(2026, 3, 2)
    assert case_decision(start)["due"] == date(2026, 6, 1)
    assert case_decision(start, date(2026, 3, 10))["due"] is None
    resumed = case_decision(start, date(2026, 3, 10), date(2026, 3, 20))
    assert resumed["due"] == date(2026, 6, 10)


def test_mediation_ends_after_sixty_days_of_whatever_kind() -> None:
    assert mediation_end("administrative", date(2026, 8, 2)).answer == {
        "due": date(2026, 10, 1), "work_by": date(2026, 9, 30)
    }  # fmt: skip
    assert mediation_end("administrative", date(2026, 4, 14))["due"] == date(2026, 6, 18)
    assert mediation_end("people", date(2026, 8, 2))["due"] == date(2026, 10, 1)
    assert aid_limit(date(2026, 8, 2))["due"] == date(2026, 9, 1)


def test_a_listing_ends_by_the_lists_own_term() -> None:
    found = listing_term("serious", date(2026, 3, 2))
    assert found is not None
    assert (found["early"], found["due"]) == (date(2027, 3, 2), date(2029, 3, 2))
    assert listing_term("judgment", date(2026, 3, 2)) is None
