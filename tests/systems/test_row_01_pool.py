"""Row 1, 健全商标品牌梯队培育库: moves need a reason, and the pool of any past day comes back."""

from datetime import date, timedelta

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.tier import TierMove
from brandpool.services import history, records, tiers
from tests.services import ladders
from tests.services.ladders import LADDER, TODAY


@pytest.fixture
def firms(pool: Pool) -> list[str]:
    """Eight enterprises and a ladder of the station."""
    with pool.write("准备", who="甲") as session:
        ladders.save(session)
        return ladders.enterprises(session, [{"name": f"企业{n}"} for n in range(8)])


CODES = ("one", "two", "three")


def move(pool: Pool, enterprise: str, tier: str | None, day: date, **more: str) -> None:
    told = {"reason": "年度评审", "override": "示例", **more}
    with pool.write("升降级", who="甲") as session:
        tiers.move(session, [ladders.order(enterprise, tier, day, **told)], TODAY)


def standing(pool: Pool, day: date) -> dict[str, str]:
    with pool.read() as session:
        return {one: now.tier for one, now in tiers.standings(session, LADDER, day).items()}


def test_a_move_without_a_reason_is_refused_and_nothing_is_written(
    pool: Pool, firms: list[str]
) -> None:
    with pytest.raises(UserError, match="理由"):
        move(pool, firms[0], CODES[0], TODAY, reason=" ")
    with pool.read() as session:
        assert records.count(session, TierMove) == 0


def test_the_tier_of_any_past_day_is_what_the_moves_up_to_it_say(
    pool: Pool, firms: list[str]
) -> None:
    """The middle move of each is entered last; a walk through them agrees on a hundred days."""
    start = date(2024, 1, 1)
    moves = [
        (enterprise, tier, start + timedelta(days=30 * place + 200 * turn))
        for place, enterprise in enumerate(firms)
        for turn, tier in enumerate(CODES)
    ]
    for one in [*moves[0::3], *moves[2::3], *moves[1::3]]:
        move(pool, *one)
    for step in range(0, 700, 7):
        day = start + timedelta(days=step)
        in_order = sorted(moves, key=lambda one: one[2])
        assert standing(pool, day) == {who: tier for who, tier, on in in_order if on <= day}


def test_what_was_known_on_a_day_stays_known_after_a_late_entry(
    pool: Pool, firms: list[str]
) -> None:
    first, second, _third = CODES
    move(pool, firms[0], second, date(2026, 6, 1))
    before = standing(pool, date(2026, 3, 1))
    with pool.read() as session:
        step = history.next_undo(session)
    move(pool, firms[0], first, date(2026, 2, 1))
    assert before == {}
    assert standing(pool, date(2026, 3, 1)) == {firms[0]: first}
    assert standing(pool, TODAY) == {firms[0]: second}
    assert step is not None


def test_leaving_and_coming_back_keeps_the_whole_history(pool: Pool, firms: list[str]) -> None:
    first = CODES[0]
    move(pool, firms[0], first, date(2024, 1, 1))
    move(pool, firms[0], None, date(2025, 1, 1), exit_reason="wish")
    move(pool, firms[0], first, date(2026, 1, 1))
    days = (date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1))
    assert [firms[0] in standing(pool, day) for day in days] == [True, False, True]
    with pool.read() as session:
        assert len(tiers.history(session, firms[0], TODAY, LADDER)) == 3
