"""The basic mark and what falls with it: five years from the registration's date, to the day."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from brandpool.db.pool import Pool
from brandpool.services import dependency, madrid_events, trademarks
from tests.services.marks import ON, basic, designation, event, mark, registration

LAST = date(2029, 5, 5)


@pytest.fixture
def session(pool: Pool, enterprise: str) -> Iterator[Session]:
    with pool.write("试验", who="测试员") as opened:
        yield opened


@pytest.fixture
def ir(session: Session, enterprise: str) -> str:
    found = registration(session, enterprise)
    basic(session, found)
    return found


def test_the_fall_today_takes_the_living_designations(
    session: Session, enterprise: str, ir: str
) -> None:
    one = mark(session, enterprise)
    us, jp = designation(session, ir, "US"), designation(session, ir, "JP")
    event(session, jp, "R18NT", date(2025, 6, 1))
    [row] = dependency.central_attack(session, one, ON)
    assert (row.hit, row.parties, row.designations) == (True, ("US",), (us,))
    assert row.transformable_until == date(2027, 2, 22)
    assert row.classes == (9,)
    assert dependency.central_attack(session, "12345678", ON) == [row]


def test_the_last_day_of_five_years_is_within_and_the_next_is_not(
    session: Session, enterprise: str, ir: str
) -> None:
    mark(session, enterprise)
    designation(session, ir, "US")
    designation(session, ir, "JP", on=date(2028, 1, 1), route="subsequent")
    assert dependency.central_attack(session, "12345678", LAST)[0].hit
    [after] = dependency.central_attack(session, "12345678", date(2029, 5, 6))
    assert (after.hit, after.parties, after.transformable_until) == (False, (), None)


def test_a_proceeding_begun_within_the_five_years_reaches_beyond_them(
    session: Session, enterprise: str, ir: str
) -> None:
    one = mark(session, enterprise)
    designation(session, ir, "US")
    begun = {"event": "invalidation_filed", "dated": date(2029, 5, 1)}
    trademarks.record_event(session, one, begun)
    assert dependency.central_attack(session, one, date(2030, 6, 1))[0].hit


def test_the_radar_shows_only_basic_marks_in_trouble(
    session: Session, enterprise: str, ir: str
) -> None:
    one = mark(session, enterprise)
    designation(session, ir, "US")
    assert dependency.radar(session, ON) == []
    trademarks.record_event(session, one, {"event": "non_use_filed", "dated": date(2026, 10, 1)})
    [row] = dependency.radar(session, ON)
    assert (row.ir.irn, row.parties) == ("1274024", ("US",))


def test_a_basic_mark_the_pool_does_not_hold_can_be_recorded_as_ceased(
    session: Session, enterprise: str
) -> None:
    other = registration(session, enterprise, "900001")
    basic(session, other, "999", ceased=date(2026, 10, 8))
    designation(session, other, "US")
    [row] = dependency.radar(session, ON)
    assert row.transformable_until == date(2027, 1, 8)


def test_every_registration_shows_when_it_becomes_independent(
    session: Session, enterprise: str, ir: str
) -> None:
    old = registration(session, enterprise, "900002", ir_date=date(2015, 5, 5))
    designation(session, old, "US", on=date(2025, 1, 1), route="subsequent")
    first, second = dependency.dependency(session, ON)
    assert (first.ir.id, first.ends, first.dependent) == (ir, LAST, True)
    assert (second.ir.id, second.dependent) == (old, False)


def test_a_number_as_typed_is_normalised() -> None:
    assert madrid_events.normalised_irn("G 1274024") == "1274024"
    assert madrid_events.normalised_irn("1274024a") == "1274024A"


def test_a_basic_mark_that_ran_out_ceased_on_its_expiry(
    session: Session, enterprise: str, ir: str
) -> None:
    mark(session, enterprise, registered_on=date(2014, 8, 1), valid_until=date(2024, 7, 31))
    designation(session, ir, "US")
    [row] = dependency.radar(session, ON)
    assert row.basic.ceased == date(2024, 7, 31)
    assert row.hit


def test_a_basic_mark_that_fell_after_the_five_years_takes_nothing(
    session: Session, enterprise: str
) -> None:
    old = registration(session, enterprise, "900003", ir_date=date(2015, 5, 5))
    basic(session, old, "777")
    one = mark(session, enterprise, "777")
    designation(session, old, "US", on=date(2015, 5, 5))
    trademarks.record_event(session, one, {"event": "cancelled", "dated": date(2026, 10, 1)})
    trademarks.record_event(session, one, {"event": "letter", "dated": date(2026, 11, 1)})
    [row] = dependency.dependency(session, ON)
    assert row.troubled[0].ceased == date(2026, 10, 1)
    assert dependency.radar(session, ON) == []
