"""A merge is one step: named, listed, undone as one, redone as one."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.cli.main import main
from brandpool.db.merge import SOURCE
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import history, settling
from brandpool.services.check import check
from tests.db.conftest import NewPool, Shelf
from tests.db.stations import (
    CODE,
    add,
    bring,
    edit,
    flags_of,
    get,
    last_step,
    remove,
    state_of,
    take_out,
    undo,
)
from tests.db.worlds import ACTS, SITES, Act, World, told_time


@pytest.fixture(params=["files", pytest.param("databases", marks=pytest.mark.slow)])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Both kinds of database, the server with the slow tests."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def office(new_pool: NewPool) -> Pool:
    return new_pool()


@pytest.fixture
def firm(office: Pool) -> str:
    return add(office, Enterprise, {"name": "朝阳", "credit_code": CODE, "street": "聚贤"})


@pytest.fixture
def laptop(new_pool: NewPool, office: Pool, firm: str) -> Pool:
    """A laptop that took the firm out."""
    laptop = new_pool()
    take_out(office, laptop, [("enterprise", firm)])
    return laptop


def visits(laptop: Pool, firm: str) -> str:
    """Three steps of a day in the field; returns the contact entered."""
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"}, who="乙")
    edit(laptop, contact, {"phone": "0574"}, Contact, who="乙")
    return contact


def test_a_merge_is_one_named_step_that_tells_what_it_brought(
    office: Pool, laptop: Pool, firm: str
) -> None:
    visits(laptop, firm)
    bring(laptop, office)
    with office.read() as session:
        merge, entry = history.steps(session)
        assert (merge.why, merge.source, merge.brought, merge.records) == (
            "合并外勤包", SOURCE, 3, 2,
        )  # fmt: skip
        assert entry.why == "新增"
        assert [one.who for one in history.brought(session, merge.lsn)] == ["乙"] * 3
        assert history.next_undo(session) == merge


def test_undoing_a_merge_puts_everything_back_and_redoing_brings_it_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    contact = visits(laptop, firm)
    remove(laptop, contact, Contact)
    visits(laptop, firm)
    before = state_of(office)
    bring(laptop, office)
    after = state_of(office)
    report = undo(office, last_step(office).txn)
    assert (report.put_back, report.left) == (2, ())
    assert state_of(office) == before
    with office.read() as session:
        assert history.next_undo(session).why == "新增"  # type: ignore[union-attr]
        redo = history.next_redo(session)
    assert redo is not None
    undo(office, redo.txn)
    assert state_of(office) == after


def test_an_undone_merge_comes_to_the_laptop_as_an_edit_and_nothing_is_lost(
    office: Pool, laptop: Pool, firm: str
) -> None:
    contact = visits(laptop, firm)
    bring(laptop, office)
    undo(office, last_step(office).txn)
    bring(office, laptop)
    assert state_of(office) == state_of(laptop)
    row = get(laptop, firm)
    assert row is not None
    assert row["street"] == "聚贤"
    assert get(laptop, contact, Contact) is None
    with laptop.read() as session:
        told = history.of_field(session, "enterprise", firm, "street")
    assert "梅墟" in {one.new for one in told}


def test_what_was_changed_since_the_merge_is_kept_and_told(
    office: Pool, laptop: Pool, firm: str
) -> None:
    contact = visits(laptop, firm)
    bring(laptop, office)
    step = last_step(office).txn
    edit(office, firm, {"street": "高新"})
    edit(office, contact, {"phone": "1"}, Contact)
    with pytest.raises(UserError, match="无法撤销"):
        undo(office, step)
    edit(laptop, firm, {"industry": "C34", "remark": "走访"}, who="乙")
    bring(laptop, office)
    step = last_step(office).txn
    edit(office, firm, {"industry": "C35"})
    report = undo(office, step)
    assert report.left == ("企业“朝阳”：所属行业之后又改为“C35”，保留",)
    row = get(office, firm)
    assert row is not None
    assert (row["remark"], row["industry"], row["street"]) == (None, "C35", "高新")


def test_undoing_a_merge_takes_back_the_conflicts_it_raised_and_redoing_raises_them_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(office, firm, {"street": "新明", "industry": "C33"})
    edit(laptop, firm, {"street": "梅墟", "industry": "C34"}, who="乙")
    edit(office, firm, {"remark": "甲写"})
    before = state_of(office)
    bring(laptop, office)
    after = state_of(office)
    assert len(after[1]) == 2
    undo(office, last_step(office).txn)
    assert state_of(office) == before
    undo(office, last_step(office).txn)
    assert state_of(office) == after


def test_undoing_a_decision_lets_the_conflict_wait_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(office, firm, {"street": "新明"})
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    bring(laptop, office)
    before = state_of(office)
    for decide in (settling.keep_shown, settling.take_other):
        with office.write("裁定", who="丙") as session:
            [matter] = settling.matters(session)
            decide(session, matter)
        assert flags_of(office) == set()
        undo(office, last_step(office).txn)
        assert state_of(office) == before


def test_undoing_the_deletion_of_a_disputed_record_lets_the_conflict_wait_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(office, firm, {"street": "新明"})
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    bring(laptop, office)
    before = state_of(office)
    remove(office, firm)
    assert flags_of(office) == set()
    undo(office, last_step(office).txn)
    assert state_of(office) == before
    with office.read() as session:
        assert check(session) == []


def test_a_merge_that_showed_nothing_new_is_undone_once_and_not_offered_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(office, firm, {"street": "梅墟"})
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    bring(laptop, office)
    assert undo(office, last_step(office).txn).put_back == 0
    with office.read() as session:
        step = history.next_undo(session)
    assert step is not None
    assert step.why == "修改"


def test_what_an_undone_merge_brought_cannot_be_undone_once_more(
    office: Pool, laptop: Pool, firm: str
) -> None:
    visits(laptop, firm)
    bring(laptop, office)
    merge = last_step(office)
    undo(office, merge.txn)
    with office.read() as session:
        came = history.brought(session, merge.lsn)
    assert [one.undone for one in came] == [True] * 3
    with pytest.raises(UserError, match="已经撤销过了"):
        undo(office, came[0].txn)


def test_a_deletion_that_the_merge_brought_to_an_edited_record_waits_no_more_once_undone(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(office, firm, {"street": "新明"})
    remove(laptop, firm, who="乙")
    before = state_of(office)
    bring(laptop, office)
    after = state_of(office)
    assert [flag[2] for flag in after[1]] == ["deletion"]
    undo(office, last_step(office).txn)
    assert state_of(office) == before
    undo(office, last_step(office).txn)
    assert state_of(office) == after


def test_a_merge_is_not_undone_while_something_refers_to_what_it_brought(
    office: Pool, laptop: Pool
) -> None:
    firm = add(laptop, Enterprise, {"name": "新兴"}, who="乙")
    bring(laptop, office)
    step = last_step(office).txn
    add(office, Contact, {"enterprise_id": firm, "name": "王芳"})
    before = state_of(office)
    with pytest.raises(UserError, match="联系人 1 条"):
        undo(office, step)
    assert state_of(office) == before


def test_a_step_of_which_only_a_part_is_here_is_not_offered_and_not_undone(
    office: Pool, laptop: Pool, firm: str
) -> None:
    with laptop.read() as session:
        [entry] = history.steps(session)
        assert entry.partial
        assert history.next_undo(session) is None
    with pytest.raises(UserError, match="只有一部分"):
        undo(laptop, entry.txn)


@pytest.mark.parametrize("shelf", ["files"], indirect=True)
def test_a_merge_can_be_undone_after_a_restart_and_by_command(
    office: Pool, laptop: Pool, firm: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    visits(laptop, firm)
    before = state_of(office)
    bring(laptop, office)
    office.close()
    assert main(["history", "--pool", str(office.path), "--json"]) == 0
    merge, entry = json.loads(capfdbinary.readouterr().out)
    assert (merge["why"], merge["brought"], entry["why"]) == ("合并外勤包", 3, "新增")
    assert main(["undo", "--pool", str(office.path), "--who", "甲", "--json"]) == 0
    again = Pool.open(office.path)
    assert state_of(again) == before
    again.close()


def test_a_deleted_record_that_stayed_stays_as_it_was_when_the_merge_of_its_edit_is_undone(
    new_pool: NewPool, office: Pool, laptop: Pool, firm: str
) -> None:
    second = new_pool()
    take_out(office, second, [("enterprise", firm)])
    add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"}, who="乙")
    remove(office, firm)
    bring(laptop, office)
    edit(second, firm, {"street": "梅墟", "industry": "C34"}, who="丙")
    before = state_of(office)
    assert [flag[2] for flag in before[1]] == ["deletion"]
    bring(second, office)
    after = state_of(office)
    undo(office, last_step(office).txn)
    assert state_of(office) == before
    undo(office, last_step(office).txn)
    assert state_of(office) == after
    with office.read() as session:
        assert check(session) == []


def test_what_is_moved_back_to_a_deleted_record_keeps_it(
    new_pool: NewPool, office: Pool, laptop: Pool, firm: str
) -> None:
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"}, who="乙")
    remove(office, firm)
    bring(laptop, office)
    other = add(laptop, Enterprise, {"name": "新兴"}, who="乙")
    edit(laptop, contact, {"enterprise_id": other}, Contact, who="乙")
    before = state_of(office)
    bring(laptop, office)
    after = state_of(office)
    assert get(office, firm) is None
    undo(office, last_step(office).txn)
    assert state_of(office) == before
    undo(office, last_step(office).txn)
    assert state_of(office) == after


acts = st.tuples(
    st.sampled_from([act for act in ACTS if act != "clock"]),
    st.integers(0, SITES - 1),
    st.integers(0, 7),
    st.integers(0, 15),
)


def steps_of(pool: Pool) -> list[history.StepRow]:
    with pool.read() as session:
        return history.steps(session)


def undo_and_redo_every_merge(shelf: Shelf, steps: list[Act]) -> None:
    world = World([shelf.take() for _ in range(SITES)])
    try:
        with told_time(world):
            for step in steps:
                world.perform(step)
            for source, target in zip(world.pools, world.pools[1:], strict=False):
                before, known = state_of(target), steps_of(target)
                bring(source, target)
                after = state_of(target)
                if steps_of(target) == known:
                    assert before == after
                    continue
                world.tick += 10
                report = undo(target, last_step(target).txn)
                assert report.left == ()
                assert state_of(target) == before
                world.tick += 10
                undo(target, last_step(target).txn)
                assert state_of(target) == after
            first, *others = world.finish()
            assert all(other == first for other in others)
    finally:
        for pool in world.pools:
            shelf.give_back(pool)


@given(st.lists(acts, min_size=5, max_size=15))
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_undo_after_any_merge_is_as_before_and_redo_as_after(
    shelf: Shelf, steps: list[Act]
) -> None:
    undo_and_redo_every_merge(shelf, steps)


@pytest.mark.slow
@given(st.lists(acts, min_size=20, max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_so_it_is_in_dozens_of_stories(shelf: Shelf, steps: list[Act]) -> None:
    undo_and_redo_every_merge(shelf, steps)
