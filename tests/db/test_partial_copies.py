"""A pool made from a partial copy is a pool: it opens, checks, chains and goes home."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, text

from brandpool.db.bundle import bundle_of
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.journal import Arrival, Txn
from brandpool.models.trademark import Trademark
from brandpool.services import as_of, history, records, search
from brandpool.services.check import check
from tests.db.conftest import NewPool, Shelf
from tests.db.stations import (
    CODE,
    OTHER_CODE,
    add,
    bring,
    edit,
    get,
    hash_of,
    remove,
    state_of,
    take,
    take_out,
)


@pytest.fixture(params=["files", pytest.param("databases", marks=pytest.mark.slow)])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Both kinds of database, the server with the slow tests."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def office(new_pool: NewPool) -> Pool:
    return new_pool()


@pytest.fixture
def firms(office: Pool) -> list[str]:
    """Two firms entered in one step, each with a history."""
    with office.write("导入", who="甲") as session:
        ids = [
            records.add(session, Enterprise, {"name": "朝阳", "credit_code": CODE}),
            records.add(session, Enterprise, {"name": "新兴", "credit_code": OTHER_CODE}),
        ]
    for one in ids:
        edit(office, one, {"street": "聚贤", "phone": "0574"})
    edit(office, ids[0], {"street": "梅墟"})
    return ids


@pytest.fixture
def laptop(new_pool: NewPool, office: Pool, firms: list[str]) -> Pool:
    """A laptop that took only the first firm."""
    laptop = new_pool()
    take_out(office, laptop, [("enterprise", firms[0])])
    return laptop


def faults(pool: Pool) -> set[tuple[str, str]]:
    with pool.read() as session:
        return {(one.where, one.field) for one in check(session)}


def test_a_partial_copy_has_the_records_with_their_history_and_no_fault(
    office: Pool, laptop: Pool, firms: list[str]
) -> None:
    assert faults(laptop) == set()
    with laptop.read() as session:
        assert records.find(session, Enterprise) == [firms[0]]
        told = history.of_field(session, "enterprise", firms[0], "street")
        assert [one.new for one in told] == ["梅墟", "聚贤"]
        assert [one.why for one in history.steps(session)] == ["修改", "修改", "导入"]
    assert get(laptop, firms[0]) == get(office, firms[0])


def test_its_own_steps_chain_from_one_and_come_home(
    office: Pool, laptop: Pool, firms: list[str]
) -> None:
    edit(laptop, firms[0], {"street": "新明"}, who="乙")
    edit(laptop, firms[0], {"street": "高新"}, who="乙")
    with laptop.read() as session:
        own = select(Txn.seq).where(Txn.site == laptop.fact("site")).order_by(Txn.seq)
        assert session.scalars(own).all() == [1, 2]
    assert bring(laptop, office).appended == 2
    assert get(office, firms[0]) == get(laptop, firms[0])
    assert faults(office) == faults(laptop) == set()


def test_a_row_changed_behind_its_back_is_found(laptop: Pool) -> None:
    with laptop._engine.begin() as raw:
        raw.execute(text("UPDATE enterprise SET street = '聚贤'"))
    assert faults(laptop) == {("enterprise", "street")}


def test_a_flag_taken_away_behind_its_back_is_found(
    office: Pool, laptop: Pool, firms: list[str]
) -> None:
    edit(office, firms[0], {"street": "甲"})
    edit(laptop, firms[0], {"street": "乙"})
    bring(laptop, office)
    with office._engine.begin() as raw:
        raw.execute(text("DELETE FROM flag"))
    assert faults(office) == {("enterprise", "flag value street")}


def test_a_changed_part_of_another_machines_step_is_found(laptop: Pool) -> None:
    with laptop._engine.begin() as raw:
        raw.execute(text("UPDATE change SET patch = replace(patch, '聚贤', '聚闲')"))
    assert faults(laptop) == {("journal", "hash")}


def test_a_changed_header_of_another_machines_step_is_found(laptop: Pool) -> None:
    with laptop._engine.begin() as raw:
        raw.execute(text("UPDATE txn SET who = '丙' WHERE lsn = 1"))
    assert faults(laptop) == {("journal", "hash")}


def test_a_missing_step_of_its_own_is_found(laptop: Pool, firms: list[str]) -> None:
    for street in ("一", "二"):
        edit(laptop, firms[0], {"street": street})
    with laptop._engine.begin() as raw:
        lsn = raw.execute(text("SELECT max(lsn) - 1 FROM txn")).scalar()
        for table in ("change", "txn"):
            raw.execute(text(f"DELETE FROM {table} WHERE lsn = {lsn}"))
    assert ("journal", "prev") in faults(laptop)


def test_more_firms_can_be_taken_later(office: Pool, laptop: Pool, firms: list[str]) -> None:
    edit(laptop, firms[0], {"industry": "C34"}, who="乙")
    with office.read() as session:
        more = bundle_of(session, records=[("enterprise", one) for one in firms])
    merged = take(more, laptop)
    assert (merged.appended, merged.new) == (1, 1)
    assert get(laptop, firms[1]) == get(office, firms[1])
    assert faults(laptop) == set()
    take(more, laptop)
    with laptop.read() as session:
        partly = session.scalars(select(Arrival.lsn).where(Arrival.seal.is_not(None))).all()
    assert len(partly) == 4
    assert bring(laptop, office).appended == 2
    assert hash_of(office) == hash_of(laptop)


@pytest.mark.parametrize("shelf", ["files"], indirect=True)
def test_a_part_added_to_a_step_that_was_here_is_found_by_search_and_told_to_the_window(
    office: Pool, new_pool: NewPool
) -> None:
    with office.write("导入", who="甲") as session:
        first, second = (
            records.add(session, Enterprise, {"name": name}) for name in ("朝阳", "新兴")
        )
    laptop = new_pool()
    take_out(office, laptop, [("enterprise", first)])
    with laptop.maintain() as session:
        search.catch_up(session)
    told: list[frozenset[str]] = []
    laptop.on_change(told.append)
    with office.read() as session:
        more = bundle_of(session, records=[("enterprise", second)])
    assert take(more, laptop).appended == 0
    assert told == [frozenset({"enterprise"})]
    with laptop.maintain() as session:
        assert search.behind(session)
        search.catch_up(session)
        assert [hit.record for hit in search.find(session, "新兴")] == [second]
    assert faults(laptop) == set()


def test_what_it_points_to_comes_along(office: Pool, firms: list[str], new_pool: NewPool) -> None:
    values = {"enterprise_id": firms[0], "reg_no": "1", "nice_class": 9, "name": "朝阳"}
    mark = add(office, Trademark, values)
    laptop = new_pool()
    take_out(office, laptop, [("trademark", mark)])
    assert get(laptop, firms[0]) is not None
    assert get(laptop, firms[1]) is None
    assert faults(laptop) == set()


def test_personal_fields_can_stay_at_the_office_and_are_there_after_the_return(
    office: Pool, firms: list[str], new_pool: NewPool
) -> None:
    laptop = new_pool()
    with office.read() as session:
        out = bundle_of(session, records=[("enterprise", firms[0])], personal=False)
    take(out, laptop, "取出", history.SETUP)
    row = get(laptop, firms[0])
    assert row is not None
    assert (row["phone"], row["street"]) == (None, "梅墟")
    assert faults(laptop) == set()
    edit(laptop, firms[0], {"street": "新明"}, who="乙")
    bring(laptop, office)
    row = get(office, firms[0])
    assert row is not None
    assert (row["phone"], row["street"]) == ("0574", "新明")


def test_a_partial_copy_cannot_be_merged_into_a_whole_pool(
    office: Pool, firms: list[str], new_pool: NewPool
) -> None:
    whole = new_pool()
    add(whole, Enterprise, {"name": "别处"})
    before = state_of(whole)
    with office.read() as session:
        out = bundle_of(session, records=[("enterprise", firms[0])])
    with pytest.raises(UserError, match="部分操作记录"):
        take(out, whole)
    assert state_of(whole) == before


def test_a_record_deleted_before_it_left_can_be_told_of(
    office: Pool, firms: list[str], new_pool: NewPool
) -> None:
    contact = add(office, Contact, {"enterprise_id": firms[0], "name": "王芳"})
    remove(office, contact, Contact)
    laptop = new_pool()
    take_out(office, laptop, [("contact", contact), ("enterprise", firms[0])])
    assert get(laptop, contact, Contact) is None
    with laptop.read() as session:
        assert [gone.field for gone in history.deleted(session, "contact")] == [contact]
        assert as_of.rows(session, Contact, as_of.latest(session)) == {}


@pytest.mark.parametrize("shelf", ["files"], indirect=True)
def test_its_file_opens_as_any_pool_and_a_copy_goes_on_under_a_site_of_its_own(
    laptop: Pool, firms: list[str], office: Pool, tmp_path: Path
) -> None:
    edit(laptop, firms[0], {"street": "新明"}, who="乙")
    laptop.close()
    path = tmp_path / "copied.brandpool"
    shutil.copy(laptop.path, path)
    copied = Pool.open(path)
    edit(copied, firms[0], {"industry": "C34"}, who="丙")
    edit(laptop, firms[0], {"remark": "甲"}, who="乙")
    bring(copied, office)
    bring(laptop, office)
    row = get(office, firms[0])
    assert row is not None
    assert (row["street"], row["industry"], row["remark"]) == ("新明", "C34", "甲")
    assert faults(copied) == faults(office) == set()
    copied.close()
