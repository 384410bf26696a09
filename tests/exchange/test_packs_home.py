"""What a laptop wrote and photographed comes home whole, once, as one step."""

from datetime import timedelta
from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
from brandpool.db.drafts import Drafts
from brandpool.db.merge import CONFLICT
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_home, pack_out, pack_receipt, packs
from brandpool.exchange.pack_out import Order
from brandpool.models.enterprise import Enterprise
from brandpool.services import history, records
from brandpool.services import packs as register
from tests.exchange.pack_parts import (
    LAPTOP,
    OFFICE,
    TODAY,
    UNTIL,
    WORDS,
    Prepared,
    Station,
    attach,
    hash_of,
    homeward,
    merged,
    photo,
    prepare,
    read,
    station,
    taken_out,
    write,
)

ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def prepared(empty_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """An office and a laptop, made once and copied for each test."""
    return prepare(empty_pool, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def office(prepared: Prepared, tmp_path: Path) -> Station:
    return prepared.office(tmp_path)


@pytest.fixture
def laptop(prepared: Prepared, office: Station, tmp_path: Path) -> Pool:
    return prepared.laptop(tmp_path)


def test_what_was_written_and_photographed_comes_home_as_one_step(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道")
    write(laptop, office.first, industry="通用设备")
    digest = attach(laptop, office.first, photo(3))
    before = hash_of(office.pool)
    result = merged(office.pool, homeward(laptop, tmp_path / "home.brandpack", office))
    assert result.records is not None
    assert (result.records.appended, result.records.new, result.records.changed) == (3, 1, 1)
    assert (result.files_new, result.files_known, result.returned) == (1, 0, True)
    assert read(office.pool, office.first)["industry"] == "通用设备"
    assert read(office.pool, office.first)["phone"] == "13812345678"
    assert Attachments(office.pool.path).read(digest) == photo(3)
    with office.pool.read() as session:
        step = history.next_undo(session)
        assert register.listed(session, TODAY, only_out=True) == []
    assert step is not None
    assert step.why == "合并外勤包：乙"
    with office.pool.write("撤销", who="甲", source="undo", undoes=step.txn) as session:
        history.undo(session, step.txn)
    assert hash_of(office.pool) == before


def test_a_preview_tells_every_field_and_changes_nothing(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道", industry="通用设备")
    attach(laptop, office.first, photo(3))
    write(office.pool, office.first, who="甲", street="新明街道")
    opened = homeward(laptop, tmp_path / "home.brandpack", office)
    before, content = hash_of(office.pool), office.pool.path.read_bytes()
    stored = sorted(Attachments(office.pool.path).folder.rglob("*"))
    told = pack_home.preview(office.pool, opened)
    assert told.records is not None
    [one] = [r for r in told.records.records if r.kind == "enterprise"]
    assert one.what == CONFLICT
    found = {f.field: (f.base, f.office, f.theirs, f.conflict) for f in one.fields}
    assert found["street"] == ("梅墟", "新明街道", "梅墟街道", True)
    assert found["industry"] == (None, None, "通用设备", False)
    assert (told.files_new, told.files_known, told.lacking, told.returned) == (1, 0, 0, True)
    assert office.pool.path.read_bytes() == content
    assert sorted(Attachments(office.pool.path).folder.rglob("*")) == stored
    assert hash_of(office.pool) == before


def test_the_same_pack_twice_is_already_there(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道")
    attach(laptop, office.first, photo(3))
    opened = homeward(laptop, tmp_path / "home.brandpack", office)
    merged(office.pool, opened)
    content = office.pool.path.read_bytes()
    again = merged(office.pool, opened)
    assert again.records is not None
    assert (again.records.appended, again.files_new, again.files_known) == (0, 0, 1)
    assert office.pool.path.read_bytes() == content
    told = pack_home.preview(office.pool, opened)
    assert told.records is not None
    assert {one.what for one in told.records.records} == {"already"}


def test_visits_that_are_not_finished_are_told_and_stay(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    Drafts(laptop.path).keep("a" * 32, b"{}")
    told = pack_home.go_home(laptop, tmp_path / "home.brandpack", office.key, LAPTOP)
    assert (told.drafts, told.steps) == (1, 0)
    assert Drafts(laptop.path).keys() == ["a" * 32]


def test_an_interim_pack_does_not_return_the_laptop(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    write(laptop, office.first, street="梅墟街道")
    assert not merged(
        office.pool, homeward(laptop, tmp_path / "a.brandpack", office, finished=False)
    ).returned
    write(laptop, office.first, industry="通用设备")
    assert merged(office.pool, homeward(laptop, tmp_path / "b.brandpack", office)).returned
    assert read(office.pool, office.first)["industry"] == "通用设备"


def test_two_laptops_exchange_what_they_have_and_either_brings_both_home(
    office: Station, tmp_path: Path
) -> None:
    one = taken_out(office, tmp_path / "one.brandpool")
    two = taken_out(office, tmp_path / "two.brandpool")
    write(one, office.first, street="梅墟街道")
    write(two, office.first, industry="通用设备")
    digest = attach(one, office.first, photo(3))
    merged(two, homeward(one, tmp_path / "a.brandpack", office))
    merged(one, homeward(two, tmp_path / "b.brandpack", office))
    assert hash_of(one) == hash_of(two)
    assert Attachments(two.path).read(digest) == photo(3)
    result = merged(office.pool, homeward(two, tmp_path / "c.brandpack", office))
    assert result.files_new == 1
    assert read(office.pool, office.first)["street"] == "梅墟街道"
    result = merged(office.pool, homeward(one, tmp_path / "d.brandpack", office))
    assert result.records is not None
    assert (result.records.new, result.records.changed, result.records.conflicts) == (0, 0, 0)
    assert (result.files_new, result.files_known) == (0, 1)
    with office.pool.read() as session:
        assert len(register.listed(session, TODAY, only_out=True)) == 1


def test_a_laptop_takes_an_enterprise_from_another_that_it_never_had(
    office: Station, tmp_path: Path
) -> None:
    one = taken_out(office, tmp_path / "one.brandpool")
    order = Order((office.second,), "丙", UNTIL)
    made = pack_out.create(
        office.pool, order, tmp_path / "two.brandpack", office.key, OFFICE, today=TODAY
    )
    two = pack_out.open_as(packs.unlock(made.path, WORDS), tmp_path / "two.brandpool", today=TODAY)
    write(one, office.first, street="梅墟街道")
    merged(two, homeward(one, tmp_path / "a.brandpack", office))
    assert read(two, office.first)["street"] == "梅墟街道"
    write(two, office.second, industry="通用设备")
    merged(office.pool, homeward(two, tmp_path / "b.brandpack", office))
    assert read(office.pool, office.first)["street"] == "梅墟街道"
    assert read(office.pool, office.second)["industry"] == "通用设备"
    hash_of(two)


def test_a_new_enterprise_met_by_two_laptops_becomes_one(office: Station, tmp_path: Path) -> None:
    made = {"name": "宁波新来有限公司", "credit_code": "91330201MA2AFQQX8P"}
    for name in ("one", "two"):
        laptop = taken_out(office, tmp_path / f"{name}.brandpool")
        with laptop.write("新增企业", who=name) as session:
            records.add(session, Enterprise, made)
        merged(office.pool, homeward(laptop, tmp_path / f"{name}-home.brandpack", office))
    with office.pool.read() as session:
        wanted = records.Filter("credit_code", records.Op.EQUALS, made["credit_code"])
        assert len(records.find(session, Enterprise, records.Query((wanted,)))) == 1


def test_packs_of_another_pool_are_refused(office: Station, laptop: Pool, tmp_path: Path) -> None:
    write(laptop, office.first, street="梅墟街道")
    opened = homeward(laptop, tmp_path / "home.brandpack", office)
    other = Pool.create(tmp_path / "other.brandpool")
    station(other)
    before = hash_of(other)
    for refused in (pack_home.preview, merged):
        with pytest.raises(UserError, match="另一个品牌库"):
            refused(other, opened)
    assert hash_of(other) == before


def test_what_is_no_pack_that_comes_home_is_refused(
    office: Station, laptop: Pool, tmp_path: Path
) -> None:
    out = packs.unlock(tmp_path / "laptop.brandpack", WORDS)
    with pytest.raises(UserError, match="带出去的外勤包"):
        merged(office.pool, out)
    with pytest.raises(UserError, match="不是外勤副本"):
        pack_home.go_home(office.pool, tmp_path / "x.brandpack", office.key, OFFICE)
    home = homeward(laptop, tmp_path / "home.brandpack", office)
    with pytest.raises(UserError, match="外勤带回的包"):
        pack_receipt.confirm(laptop, home)


def test_the_pack_that_went_out_gives_the_key_of_what_comes_home(
    office: Station, laptop: Pool
) -> None:
    assert pack_home.unlock_own(laptop, WORDS) == office.key
    with pytest.raises(UserError, match="口令不对"):
        pack_home.unlock_own(laptop, "不是这个口令")
