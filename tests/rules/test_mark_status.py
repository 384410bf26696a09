"""The status of a Chinese mark follows from events and recorded dates, never from words alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandpool.rules.cn_mark import mark_validity
from brandpool.rules.mark_status import MarkDates, MarkEntry, mark_status, mark_term
from brandpool.rules.mark_term import recorded_term

ON = date(2026, 11, 22)
REGISTERED = MarkDates(registered_on=date(2020, 3, 1), valid_until=date(2030, 2, 28))


def value(events: list[MarkEntry], dates: MarkDates = REGISTERED, on: date = ON) -> str:
    return str(mark_status(events, dates, on)["value"])


def test_a_registered_mark_in_its_term_is_registered() -> None:
    assert value([]) == "registered"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2029, 2, 28), "registered"),
        (date(2029, 3, 1), "renewable"),
        (date(2030, 2, 28), "renewable"),
        (date(2030, 3, 1), "grace"),
        (date(2030, 8, 31), "grace"),
        (date(2030, 9, 1), "dead"),
    ],
)
def test_the_term_passes_through_window_and_grace_to_the_day(on: date, expected: str) -> None:
    assert value([], on=on) == expected


def test_a_renewal_granted_in_the_window_carries_the_recorded_term_on() -> None:
    granted = MarkEntry(date(2029, 10, 1), "renewal_granted")
    assert value([granted], on=date(2035, 1, 1)) == "registered"
    term = mark_term(REGISTERED, [granted], date(2035, 1, 1))
    assert term is not None
    assert term["valid_to"] == date(2040, 2, 29)


def test_a_renewal_granted_before_the_recorded_term_changes_nothing() -> None:
    earlier = MarkEntry(date(2019, 12, 1), "renewal_granted")
    assert value([earlier], on=date(2030, 9, 1)) == "dead"


def test_a_renewal_filed_but_not_granted_is_unclear_after_grace_and_not_dead() -> None:
    filed = MarkEntry(date(2030, 5, 1), "renewal_filed")
    assert value([filed], on=date(2030, 12, 1)) == "unclear"


def test_a_pending_cancellation_shows_until_it_is_decided() -> None:
    filed = MarkEntry(date(2026, 1, 5), "non_use_filed")
    assert value([filed]) == "attacked"
    assert value([filed, MarkEntry(date(2026, 9, 1), "non_use_decided", "kept")]) == "registered"
    assert value([filed, MarkEntry(date(2026, 9, 1), "non_use_decided", "lost")]) == "dead"


def test_a_decision_without_its_outcome_is_unclear() -> None:
    events = [
        MarkEntry(date(2026, 1, 5), "invalidation_filed"),
        MarkEntry(date(2026, 9, 1), "invalidation_decided"),
    ]
    assert value(events) == "unclear"


def test_a_lost_decision_is_not_final_while_a_court_action_is_pending() -> None:
    events = [
        MarkEntry(date(2026, 1, 5), "non_use_filed"),
        MarkEntry(date(2026, 6, 1), "non_use_decided", "lost"),
        MarkEntry(date(2026, 6, 20), "court_action"),
    ]
    assert value(events) == "attacked"


def test_events_after_the_day_do_not_count() -> None:
    assert value([MarkEntry(date(2026, 12, 1), "cancelled")]) == "registered"
    assert value([MarkEntry(date(2026, 11, 22), "cancelled")]) == "dead"


def test_a_refusal_and_its_review_are_one_bucket_until_decided() -> None:
    dates = MarkDates(filed=date(2025, 12, 1))
    refusal = MarkEntry(date(2026, 6, 1), "refusal")
    review = MarkEntry(date(2026, 6, 10), "review_filed")
    assert value([], dates) == "applied"
    assert value([refusal], dates) == "refused"
    assert value([refusal, review], dates) == "refused"
    assert value([refusal, review, MarkEntry(ON, "review_decided", "lost")], dates) == "dead"


def test_an_opposition_shows_until_registration() -> None:
    dates = MarkDates(filed=date(2025, 1, 1), prelim_published=date(2026, 1, 6))
    opposition = MarkEntry(date(2026, 3, 1), "opposition")
    assert value([], dates) == "published"
    assert value([opposition], dates) == "opposed"
    decided = MarkEntry(date(2026, 10, 1), "opposition_decided", "kept")
    assert value([opposition, decided], dates) == "published"


def test_a_word_alone_is_shown_but_has_to_be_verified() -> None:
    answer = mark_status([], MarkDates(word="registered"), ON)
    assert (answer["value"], answer["verify"]) == ("registered", True)


def test_nothing_known_is_unclear() -> None:
    assert value([], MarkDates()) == "unclear"


def test_a_dead_word_wins_over_a_running_term_and_asks_for_a_check() -> None:
    answer = mark_status([], REGISTERED._replace(word="dead"), ON)
    assert (answer["value"], answer["verify"]) == ("dead", True)


def test_deleting_an_event_takes_its_effect_back() -> None:
    events = [MarkEntry(date(2026, 1, 5), "cancelled")]
    assert value(events) == "dead"
    assert value(events[1:]) == "registered"


@given(st.dates(date(1985, 1, 1), date(2060, 1, 1)), st.integers(0, 3))
def test_recorded_and_computed_terms_agree_on_window_and_grace(day: date, renewals: int) -> None:
    computed = mark_validity(day, renewals)
    recorded = recorded_term(computed.day("valid_to"))
    for name in ("valid_to", "renewal_opens", "grace_to", "next_term_starts"):
        assert recorded[name] == computed[name]


@given(
    st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    st.lists(
        st.tuples(
            st.integers(0, 9000),
            st.sampled_from(["filed", "opposition", "refusal", "review_filed", "review_decided",
                             "registration", "renewal_granted", "non_use_filed",
                             "non_use_decided", "cancelled", "court_action", "letter"]),
            st.sampled_from([None, "kept", "lost", "partly_lost", "withdrawn"]),
        ),
        max_size=6,
    ),
    st.integers(0, 12000),
)  # fmt: skip
def test_every_course_has_a_status_and_later_events_never_matter(
    start: date, course: list[tuple[int, str, str | None]], after: int
) -> None:
    events = [MarkEntry(start + timedelta(days=d), e, o) for d, e, o in course]
    on = start + timedelta(days=after)
    dates = MarkDates(filed=start)
    known = [entry for entry in events if entry.dated <= on]
    assert value(events, dates, on) == value(known, dates, on)
