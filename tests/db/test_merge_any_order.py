"""Whatever five machines do, and however they meet: in the end all say the same, losing nothing."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.db.conftest import Shelf
from tests.db.stations import bring
from tests.db.worlds import ACTS, SITES, Act, World, journals, missing, told_time

acts = st.tuples(
    st.sampled_from(ACTS), st.integers(0, SITES - 1), st.integers(0, 7), st.integers(0, 15)
)


def assert_all_the_same(world: World) -> None:
    first, *others = world.finish()
    assert all(other == first for other in others)
    assert missing(world) == set()
    known = journals(world)
    for source in world.pools:
        for target in world.pools:
            if source is not target:
                bring(source, target)
    again = journals(world)
    assert all(len(after) - len(before) <= 8 for before, after in zip(known, again, strict=True))
    states = world.finish()
    assert all(state == first for state in states)


def run(shelf: Shelf, steps: list[Act]) -> None:
    world = World([shelf.take() for _ in range(SITES)])
    try:
        with told_time(world):
            for step in steps:
                world.perform(step)
            assert_all_the_same(world)
    finally:
        for pool in world.pools:
            shelf.give_back(pool)


@given(st.lists(acts, min_size=1, max_size=20))
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_all_machines_end_with_the_same_records_and_the_same_to_settle(
    shelf: Shelf, steps: list[Act]
) -> None:
    run(shelf, steps)


@pytest.mark.slow
@given(st.lists(acts, min_size=20, max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_so_they_do_in_dozens_of_stories(shelf: Shelf, steps: list[Act]) -> None:
    run(shelf, steps)


@pytest.mark.slow
def test_so_they_do_after_ten_thousand_acts(shelf: Shelf) -> None:
    dice = random.Random(20261122)
    run(
        shelf,
        [
            (dice.choice(ACTS), dice.randrange(SITES), dice.randrange(64), dice.randrange(16))
            for _ in range(10_000)
        ],
    )
