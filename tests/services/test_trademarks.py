"""Marks in a pool: status, events, letters, owners, dates, counts, evidence."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.mark_file import MarkEvent, UseEvidence
from brandpool.models.trademark import Trademark
from brandpool.services import mark_counts, mark_dates, mark_use, records, trademarks
from brandpool.services.mark_counts import MarkDefinition
from tests.services.marks import ON, mark


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


def test_deleting_an_event_restates_the_mark(session: Session, enterprise: str) -> None:
    one = mark(session, enterprise)
    ended = trademarks.record_event(session, one, {"event": "cancelled", "dated": ON})
    trademarks.restate(session, ON)
    assert records.get(session, Trademark, one)["status"] == "dead"
    journal.delete(session, MarkEvent, [ended])
    assert trademarks.restate(session, ON) == 1
    assert records.get(session, Trademark, one)["status"] == "registered"
    assert trademarks.restate(session, ON) == 0


def test_a_status_set_by_hand_stays_marked_until_released(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise)
    trademarks.fix_status(session, one, "unclear", "登记簿显示有争议")
    trademarks.restate(session, ON)
    row = trademarks.status(session, one, ON)
    assert (row.status, row.derived, row.fixed) == ("unclear", "registered", True)
    assert row.reason == "登记簿显示有争议"
    trademarks.release_status(session, one, ON)
    assert trademarks.status(session, one, ON).status == "registered"


def test_a_status_by_hand_needs_a_reason_and_a_known_word(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise)
    with pytest.raises(UserError, match="理由"):
        trademarks.fix_status(session, one, "dead", " ")
    with pytest.raises(UserError):
        trademarks.fix_status(session, one, "no such", "x")


def test_the_same_event_twice_is_one_and_learns_what_is_new(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise)
    values = {"event": "non_use_decided", "dated": date(2026, 9, 1), "document_no": "A1"}
    first = trademarks.record_event(session, one, values)
    second = trademarks.record_event(session, one, {**values, "outcome": "kept"})
    assert first == second
    assert records.count(session, MarkEvent) == 1
    assert records.get(session, MarkEvent, first)["outcome"] == "kept"


def test_a_refusal_received_yesterday_gives_day_and_article() -> None:
    due = trademarks.letter_due({"letter": "refusal_review", "received": date(2026, 11, 21)})
    assert due is not None
    assert due.day("due") == date(2026, 12, 7)
    assert due.day("period_end") == date(2026, 12, 6)
    assert any("第三十四条" in step.article for step in due.chain)


def test_an_electronic_letter_counts_as_served_fifteen_days_after_dispatch() -> None:
    values = {"letter": "refusal_review", "delivery": "electronic", "sent": date(2026, 9, 20)}
    due = trademarks.letter_due(values)
    assert due is not None
    assert due["deemed_delivered"] == date(2026, 10, 5)


def test_the_agents_receipt_is_the_owners() -> None:
    values = {"letter": "refusal_review", "recipient": "agent", "received": date(2026, 11, 2)}
    due = trademarks.letter_due(values)
    assert due is not None
    assert due["deemed_delivered"] == date(2026, 11, 2)


def test_a_letter_whose_arrival_is_unknown_has_no_date() -> None:
    assert trademarks.letter_due({"letter": "refusal_review"}) is None
    assert trademarks.letter_due({"received": ON}) is None


def test_an_owner_by_a_former_name_asks_for_a_change_of_name(
    session: Session, enterprise: str
) -> None:
    journal.insert(session, FormerName, [{"enterprise_id": enterprise, "name": "宁波朝阳厂"}])
    mark(session, enterprise, "1", owner="宁波朝阳机械 有限公司")
    mark(session, enterprise, "2", owner="宁波朝阳厂")
    mark(session, enterprise, "3", owner="别家公司")
    found = {m.mark.reg_no: m for m in mark_dates.owner_mismatches(session)}
    assert set(found) == {"2", "3"}
    assert found["2"].former
    assert "变更" in found["2"].advice
    assert not found["3"].former


def test_a_recorded_date_wins_and_the_difference_is_shown(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, valid_until=date(2030, 3, 1))
    marks = trademarks.gather(session, [one])
    [difference] = mark_dates.date_differences(marks)
    assert (difference.field, difference.recorded, difference.computed) == (
        "valid_until", date(2030, 3, 1), date(2030, 2, 28),
    )  # fmt: skip
    term = trademarks.term(marks[0], ON)
    assert term is not None
    assert term["valid_to"] == date(2030, 3, 1)


def test_a_term_one_renewal_later_is_no_difference(session: Session, enterprise: str) -> None:
    mark(session, enterprise, valid_until=date(2040, 2, 29), valid_from=date(2030, 3, 1))
    assert mark_dates.date_differences(trademarks.gather(session)) == []


def test_an_unopposed_mark_is_registered_the_day_after_the_period(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, prelim_published=date(2019, 11, 27))
    [difference] = mark_dates.date_differences(trademarks.gather(session))
    assert (difference.field, difference.computed) == ("registered_on", date(2020, 2, 28))
    opposed = {"event": "opposition", "dated": date(2020, 1, 1)}
    trademarks.record_event(session, one, opposed)
    assert mark_dates.date_differences(trademarks.gather(session)) == []


def test_evidence_without_a_date_does_not_count(session: Session, enterprise: str) -> None:
    one = mark(session, enterprise)
    pieces = [
        {"trademark_id": one, "what": "invoice", "used_on": date(2025, 6, 1), "year": 2025},
        {"trademark_id": one, "what": "contract", "year": 2026},
        {"trademark_id": one, "what": "invoice", "used_on": date(2027, 1, 1), "year": 2027},
    ]
    journal.insert(session, UseEvidence, pieces)
    [row] = mark_use.use_grid(session, ON)
    assert [(c.year, c.proved, len(c.undated)) for c in row.cells] == [
        (2024, False, 0), (2025, True, 0), (2026, False, 1),
    ]  # fmt: skip
    assert row.gaps == (2024, 2026)
    assert row.last_use == date(2025, 6, 1)
    assert row.attackable_from == date(2028, 6, 1)
    assert not row.attackable


def test_use_outside_the_three_years_is_not_in_the_window(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise)
    day = [date(2023, 11, 21), date(2023, 11, 22), date(2026, 11, 21)]
    ids = journal.insert(
        session,
        UseEvidence,
        [{"trademark_id": one, "what": "invoice", "used_on": d} for d in day],
    )
    [row] = mark_use.use_grid(session, ON)
    assert row.in_window == (ids[1], ids[2])


def test_an_unused_mark_is_at_risk_three_years_after_publication(
    session: Session, enterprise: str
) -> None:
    mark(session, enterprise)
    [row] = mark_use.use_grid(session, ON)
    assert row.attackable_from == date(2023, 3, 1)
    assert mark_use.at_risk([row]) == [row]


def test_both_totals_come_with_their_definition(session: Session, enterprise: str) -> None:
    away = journal.insert(session, Enterprise, [{"name": "迁走", "status": "moved_out"}])[0]
    mark(session, enterprise, "1")
    mark(session, enterprise, "1", nice_class=42)
    mark(session, enterprise, "2", valid_until=date(2026, 10, 1), registered_on=date(2016, 10, 2))
    mark(session, away, "3")
    strict = mark_counts.in_force(session, MarkDefinition(grace=False), ON)
    assert (strict.classes, strict.registrations, strict.value) == (2, 1, 2)
    wide = mark_counts.in_force(
        session, MarkDefinition(grace=True, unit="registrations", in_zone=False), ON
    )
    assert (wide.classes, wide.registrations, wide.grace, wide.value) == (4, 3, 1, 3)
    assert "宽展期内的计入" in wide.text
    assert "按注册号计" in wide.text


def test_counting_is_possible_for_a_past_day(session: Session, enterprise: str) -> None:
    mark(session, enterprise)
    assert mark_counts.in_force(session, MarkDefinition(), date(2020, 2, 29)).value == 0
    assert mark_counts.in_force(session, MarkDefinition(), date(2020, 3, 1)).value == 1
