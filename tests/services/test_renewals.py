"""The renewal queue: nothing overdue is hidden, every step is dated and follows the last."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.mark_file import MarkPledge
from brandpool.services import renewals, trademarks
from tests.services.marks import ON, mark, registration

DUE = date(2027, 3, 9)
TERM = {"registered_on": date(2017, 3, 10), "valid_until": DUE}


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


def take(session: Session, one: str, step: str, day: date, note: str = "") -> str:
    return renewals.advance(session, "trademark", one, DUE, step, day, note=note)


def test_an_open_window_is_in_the_queue_and_an_early_mark_is_not(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, "1", **TERM)
    mark(session, enterprise, "2")
    [row] = renewals.queue(session, ON)
    assert (row.id, row.stage, row.due, row.grace_to) == (one, "window", DUE, date(2027, 9, 9))
    assert row.days_left == (DUE - ON).days


def test_a_mark_imported_years_late_shows_its_grace_and_then_stays_as_over(
    session: Session, enterprise: str
) -> None:
    mark(session, enterprise, "1", registered_on=date(2016, 8, 1), valid_until=date(2026, 7, 31))
    mark(session, enterprise, "2", registered_on=date(2010, 8, 1), valid_until=date(2020, 7, 31))
    rows = {row.number.split("（")[0]: row for row in renewals.queue(session, ON)}
    assert (rows["1"].stage, rows["1"].last_day) == ("grace", date(2027, 1, 31))
    assert (rows["2"].stage, rows["2"].days_left < 0) == ("over", True)


def test_a_cancelled_mark_is_not_asked_to_renew(session: Session, enterprise: str) -> None:
    one = mark(session, enterprise, **TERM)
    trademarks.record_event(session, one, {"event": "cancelled", "dated": date(2026, 5, 1)})
    assert renewals.queue(session, ON) == []


def test_the_steps_follow_each_other_and_granting_ends_the_row(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, **TERM)
    for step, day in [("reminded", 1), ("told", 2), ("confirmed", 3), ("filed", 4)]:
        take(session, one, step, date(2026, 11, day))
    [row] = renewals.queue(session, ON)
    assert [s.step for s in row.steps] == ["reminded", "told", "confirmed", "filed"]
    assert row.next_steps == ("recorded", "given_up")
    take(session, one, "recorded", date(2026, 11, 20))
    assert renewals.queue(session, ON) == []
    term = trademarks.term(trademarks.gather(session, [one])[0], ON)
    assert term is not None
    assert term["valid_to"] == date(2037, 3, 9)


def test_a_step_cannot_be_skipped_or_dated_before_the_last(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, **TERM)
    with pytest.raises(UserError, match="按顺序"):
        take(session, one, "filed", ON)
    take(session, one, "told", ON)
    with pytest.raises(UserError, match="早于上一步"):
        take(session, one, "confirmed", date(2026, 11, 1))


def test_giving_up_needs_a_reason_and_can_be_taken_back(session: Session, enterprise: str) -> None:
    one = mark(session, enterprise, **TERM)
    with pytest.raises(UserError, match="理由"):
        take(session, one, "given_up", ON)
    take(session, one, "given_up", date(2026, 11, 21), "企业来函放弃")
    assert renewals.queue(session, ON) == []
    assert [r.step for r in renewals.queue(session, ON, finished=True)] == ["given_up"]
    take(session, one, "confirmed", ON)
    assert [r.step for r in renewals.queue(session, ON)] == ["confirmed"]


def test_a_batch_is_all_or_nothing(session: Session, enterprise: str) -> None:
    ids = [mark(session, enterprise, number, **TERM) for number in ("1", "2")]
    take(session, ids[0], "told", ON)
    keys = [("trademark", one, DUE) for one in ids]
    with pytest.raises(UserError):
        renewals.advance_many(session, keys, "confirmed", ON)
    assert [len(r.steps) for r in renewals.queue(session, ON)].count(0) == 1
    renewals.advance_many(session, keys, "told", ON)
    assert all(r.step == "told" for r in renewals.queue(session, ON))


def test_a_pledged_mark_says_so_until_the_pledge_is_released(
    session: Session, enterprise: str
) -> None:
    one = mark(session, enterprise, **TERM)
    pledge = {"trademark_id": one, "pledgee": "某银行", "amount": Decimal(5000000),
              "starts": date(2026, 1, 1)}  # fmt: skip
    record = journal.insert(session, MarkPledge, [pledge])[0]
    assert [row.pledges for row in renewals.queue(session, ON)] == [1]
    journal.update(session, MarkPledge, {record: {"released": date(2026, 11, 1)}})
    assert [row.pledges for row in renewals.queue(session, ON)] == [0]


def test_an_international_registration_has_one_due_date_for_all_designations(
    session: Session, enterprise: str
) -> None:
    registration(session, enterprise, ir_date=date(2017, 2, 1))
    [row] = renewals.queue(session, ON)
    assert (row.kind, row.due, row.stage) == (
        "international_registration", date(2027, 2, 1), "window",
    )  # fmt: skip
