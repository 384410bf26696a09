"""What keeps enterprises from the next tier, and what another threshold would do."""

from copy import deepcopy
from datetime import date

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.rules.scheme import Leaf
from brandpool.services import check, hurdles, judging, tiers
from tests.services import ladders
from tests.services.ladders import LADDER, TODAY

OLD, YOUNG = date(2020, 1, 1), date(2026, 1, 1)


@pytest.fixture
def five(pool: Pool) -> list[str]:
    """On the first tier: ready; young; young and without officer; no officer; age unknown."""
    rows = [
        {"established": OLD, "brand_officer": "王芳"},
        {"established": YOUNG, "brand_officer": "王芳"},
        {"established": YOUNG},
        {"established": OLD},
        {"brand_officer": "王芳"},
    ]
    with pool.write("准备", who="测试员") as session:
        ladders.save(session)
        ids = ladders.enterprises(session, rows)
        tiers.move(session, [ladders.order(e, "one", date(2026, 1, 1)) for e in ids], TODAY)
    return ids


def test_the_worst_hurdle_stands_first_and_says_whom_it_alone_keeps(
    pool: Pool, five: list[str]
) -> None:
    with pool.read() as session:
        found = hurdles.hurdles(judging.judge(session, None, ladders.scheme(), LADDER, TODAY))
    assert [(h.condition.words.zh, h.number, len(h.alone)) for h in found] == [
        ("成立满2年", 3, 2),
        ("有品牌负责人", 2, 1),
    ]
    age, officer = found
    assert set(age.kept) == {five[1], five[2]}
    assert age.unknown == (five[4],)
    assert set(age.alone) == {five[1], five[4]}
    assert officer.alone == (five[3],)


def test_another_threshold_is_tried_without_touching_the_pool(pool: Pool, five: list[str]) -> None:
    with pool.read() as session:
        before = check.content_hash(session)
        found = hurdles.tried(session, ladders.scheme(), LADDER, ("two", 1), [0, 2, 10], TODAY)
        assert check.content_hash(session) == before
    assert [(len(t.newly), len(t.no_longer)) for t in found] == [(1, 0), (0, 0), (0, 1)]
    assert found[0].newly == (five[1],)
    assert found[2].no_longer == (five[0],)


def test_a_trial_says_the_same_as_a_scheme_written_with_that_threshold(
    pool: Pool, five: list[str]
) -> None:
    other = deepcopy(ladders.document())
    other["ladders"][0]["tiers"][1]["conditions"][1]["threshold"] = 0
    with pool.read() as session:
        (trial,) = hurdles.tried(session, ladders.scheme(), LADDER, ("two", 1), [0], TODAY)
        judged = judging.judge(
            session, None, ladders.scheme(ladders=other["ladders"]), LADDER, TODAY
        )
    assert list(trial.ready) == [j.enterprise for j in judging.can_move_up(judged)]


def test_a_condition_without_a_number_cannot_be_tried() -> None:
    officer = ladders.scheme().ladders[0].tiers[1].conditions[0]
    assert isinstance(officer, Leaf)
    assert not hurdles.numeric(officer)
    with pytest.raises(UserError, match="没有这个条件"):
        hurdles.with_threshold(ladders.scheme(), LADDER, "two", 7, 1)
