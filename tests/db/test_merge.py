"""What machines wrote apart becomes one pool: all of it, once, in any order."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from brandpool.db import appending, journal
from brandpool.db.bundle import Bundle, bundle_of
from brandpool.db.merge import CONFLICT, NEW, preview
from brandpool.db.pool import Pool
from brandpool.db.refold import links
from brandpool.models.complaint import Complaint
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.journal import Txn
from brandpool.models.kinds import KINDS
from brandpool.services import as_of, history, settling
from brandpool.services.check import check
from tests.db.conftest import NewPool
from tests.db.stations import (
    CODE,
    OTHER_CODE,
    add,
    bring,
    edit,
    flags_of,
    get,
    hash_of,
    meet,
    news,
    remove,
    state_of,
    take,
    take_out,
)


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


@pytest.fixture
def second(new_pool: NewPool, office: Pool, firm: str) -> Pool:
    """Another one."""
    laptop = new_pool()
    take_out(office, laptop, [("enterprise", firm)])
    return laptop


def waiting(pool: Pool) -> list[tuple[str, str, str]]:
    return sorted((what, field, value) for _, _, what, field, _, value in flags_of(pool))


def test_what_was_written_on_a_laptop_comes_home(office: Pool, laptop: Pool, firm: str) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"})
    merged = bring(laptop, office)
    assert (merged.appended, merged.new, merged.changed, merged.conflicts) == (2, 1, 1, 0)
    assert get(office, contact, Contact) is not None
    assert state_of(office) == state_of(laptop)


def test_merging_again_writes_nothing(office: Pool, laptop: Pool, firm: str) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    home = news(laptop, office)
    take(home, office)
    with office.read() as session:
        before = session.scalars(select(Txn.id).order_by(Txn.lsn)).all()
    merged = take(home, office)
    assert (merged.appended, merged.known) == (0, 1)
    with office.read() as session:
        assert session.scalars(select(Txn.id).order_by(Txn.lsn)).all() == before


def test_different_fields_of_one_record_merge_without_a_conflict(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    edit(office, firm, {"industry": "C34"})
    meet(laptop, office)
    row = get(office, firm)
    assert row is not None
    assert (row["street"], row["industry"]) == ("梅墟", "C34")
    assert flags_of(office) == set()
    assert state_of(office) == state_of(laptop)


def test_the_same_field_waits_for_a_person_and_the_decision_settles_it_everywhere(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    edit(office, firm, {"street": "新明"})
    assert bring(laptop, office).conflicts == 1
    bring(office, laptop)
    assert waiting(office) == waiting(laptop) == [("value", "street", '"梅墟"')]
    with office.write("裁定", who="丙") as session:
        [matter] = settling.matters(session)
        settling.take_other(session, matter)
    bring(office, laptop)
    assert state_of(office) == state_of(laptop)
    row = get(laptop, firm)
    assert row is not None
    assert row["street"] == "梅墟"
    assert flags_of(laptop) == set()
    with office.read() as session:
        written = history.of_field(session, "enterprise", firm, "street")
    assert {one.new for one in written} == {"聚贤", "梅墟", "新明"}


def test_the_same_value_written_twice_is_no_conflict(office: Pool, laptop: Pool, firm: str) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    edit(office, firm, {"street": "梅墟"})
    assert bring(laptop, office).conflicts == 0
    assert flags_of(office) == set()


def test_a_record_edited_on_both_sides_is_at_both_versions_until_somebody_edits_it_again(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    edit(office, firm, {"industry": "C34"})
    meet(laptop, office)
    row = get(office, firm)
    assert row is not None
    assert len(row.ver.split()) == 2
    edit(office, firm, {"street": "新明", "industry": "C35"})
    bring(office, laptop)
    assert flags_of(laptop) == set()
    assert state_of(office) == state_of(laptop)


def test_a_conflict_is_settled_by_a_later_edit_on_a_third_machine_that_saw_both(
    office: Pool, laptop: Pool, second: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    edit(office, firm, {"street": "新明"})
    bring(laptop, office)
    meet(office, laptop)
    bring(laptop, second, with_history=True)
    edit(second, firm, {"street": "高新"})
    bring(second, office)
    row = get(office, firm)
    assert row is not None
    assert row["street"] == "高新"
    assert flags_of(office) == set()


def test_a_deletion_that_met_an_edit_keeps_the_record_and_waits(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    remove(office, firm)
    meet(laptop, office)
    row = get(office, firm)
    assert row is not None
    assert (row["street"], row["name"]) == ("梅墟", "朝阳")
    assert [what for what, _, _ in waiting(office)] == ["deletion"]
    assert state_of(office) == state_of(laptop)


def test_a_deleted_record_to_which_something_refers_stays_until_that_goes(
    office: Pool, laptop: Pool, second: Pool, firm: str
) -> None:
    remove(office, firm)
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"})
    meet(laptop, office)
    for pool in (office, laptop):
        row = get(pool, firm)
        assert row is not None
        assert row["name"] == "朝阳"
        assert [what for what, _, _ in waiting(pool)] == ["deletion"]
    assert state_of(office) == state_of(laptop)
    remove(laptop, contact, Contact)
    bring(laptop, office)
    for pool in (office, laptop):
        assert get(pool, firm) is None
        assert flags_of(pool) == set()
    assert state_of(office) == state_of(laptop)


def test_a_deleted_record_that_is_kept_can_be_kept_for_good(
    office: Pool, laptop: Pool, firm: str
) -> None:
    remove(office, firm)
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"})
    meet(laptop, office)
    with office.write("裁定", who="丙") as session:
        [matter] = settling.matters(session)
        assert (matter.what, matter.title, matter.other_by) == ("deletion", "朝阳", "甲")
        settling.keep_shown(session, matter)
    assert flags_of(office) == set()
    remove(office, contact, Contact)
    assert get(office, firm) is not None
    bring(office, laptop)
    assert state_of(office) == state_of(laptop)


def test_an_enterprise_met_by_two_laptops_is_one(
    new_pool: NewPool, office: Pool, laptop: Pool, second: Pool
) -> None:
    one = add(laptop, Enterprise, {"name": "新兴", "credit_code": OTHER_CODE, "street": "梅墟"})
    other = add(second, Enterprise, {"name": "新兴厂", "credit_code": OTHER_CODE})
    assert one == other
    bring(laptop, office)
    merged = bring(second, office)
    assert merged.conflicts == 1
    row = get(office, one)
    assert row is not None
    assert (row["name"], row["street"]) == ("新兴厂", "梅墟")
    assert waiting(office) == [("value", "name", '"新兴"')]


def test_a_number_used_twice_is_flagged_alike_everywhere_and_forgotten_when_corrected(
    office: Pool, laptop: Pool, second: Pool
) -> None:
    made = [add(pool, Enterprise, {"name": "新兴"}) for pool in (laptop, second)]
    for pool, one in zip((laptop, second), made, strict=True):
        edit(pool, one, {"credit_code": OTHER_CODE})
    bring(second, office)
    bring(laptop, office)
    bring(office, laptop)
    bring(office, second)
    assert state_of(office) == state_of(laptop) == state_of(second)
    [(_, record, what, _, _, owner)] = flags_of(office)
    assert (what, owner) == ("number", f'"{min(made)}"')
    assert record == max(made)
    edit(second, record, {"credit_code": None})
    for pool in (office, laptop):
        bring(second, pool)
        assert flags_of(pool) == set()
    assert state_of(office) == state_of(laptop) == state_of(second)


def test_records_of_two_kinds_with_the_same_id_never_mix(office: Pool, laptop: Pool) -> None:
    with laptop.write("同号", who="乙") as session:
        names: list[tuple[type[Enterprise | Contact], dict[str, str]]] = [
            (Enterprise, {"name": "企业"}),
            (Contact, {"name": "联系人"}),
        ]
        for model, values in names:
            draft = journal.Draft(model, "a" * 32, "I", {}, values, "", concurrent=True)
            journal.drafts(session)[model.kind(), "a" * 32] = draft
    edit(laptop, "a" * 32, {"phone": "1"}, Contact)
    edit(laptop, "a" * 32, {"phone": "2"})
    bring(laptop, office)
    firm, person = get(office, "a" * 32), get(office, "a" * 32, Contact)
    assert firm is not None
    assert person is not None
    assert (firm["name"], firm["phone"]) == ("企业", "2")
    assert (person["name"], person["phone"]) == ("联系人", "1")
    assert state_of(office) == state_of(laptop)


def test_a_preview_tells_base_office_and_field_with_who_and_when_and_writes_nothing(
    office: Pool, laptop: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟", "industry": "C34"}, who="乙")
    added = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"})
    edit(office, firm, {"street": "新明"})
    before = state_of(office)
    home = news(laptop, office)
    with office.read() as session:
        told = preview(session, home)
    assert state_of(office) == before
    rows = {row.kind: row for row in told.records}
    assert (rows["enterprise"].what, rows["enterprise"].title) == (CONFLICT, "朝阳")
    street, industry = sorted(rows["enterprise"].fields, key=lambda one: one.field != "street")
    assert (street.base, street.office, street.theirs) == ("聚贤", "新明", "梅墟")
    assert (street.office_by, street.their_by, street.conflict) == ("甲", "乙", True)
    assert street.office_at is not None
    assert (industry.base, industry.office, industry.shown) == (None, None, "C34")
    assert not industry.conflict
    assert (rows["contact"].what, rows["contact"].record) == (NEW, added)
    merged = take(home, office)
    assert (told.count(NEW), told.transactions) == (merged.new, merged.appended)


def test_a_preview_foresees_a_number_used_twice_and_a_deletion_that_will_not_hold(
    office: Pool, laptop: Pool, firm: str, new_pool: NewPool
) -> None:
    mine = add(office, Enterprise, {"name": "新兴"})
    edit(office, mine, {"credit_code": OTHER_CODE})
    theirs = add(laptop, Enterprise, {"name": "新兴厂"})
    edit(laptop, theirs, {"credit_code": OTHER_CODE})
    add(office, Contact, {"enterprise_id": firm, "name": "王芳"})
    remove(laptop, firm)
    home = news(laptop, office)
    with office.read() as session:
        told = preview(session, home)
    assert {row.record: row.what for row in told.records} == {theirs: CONFLICT, firm: CONFLICT}
    assert take(home, office).conflicts == 2
    assert {flag[2] for flag in flags_of(office)} == {"number", "deletion"}


def test_a_preview_of_what_is_already_there_says_so(office: Pool, laptop: Pool, firm: str) -> None:
    edit(laptop, firm, {"street": "梅墟"})
    home = news(laptop, office)
    take(home, office)
    with office.read() as session:
        told = preview(session, home)
    assert (told.transactions, told.known) == (0, 1)
    assert [(row.record, row.what) for row in told.records] == [(firm, "already")]


def test_laptops_exchange_among_themselves_and_either_brings_it_home(
    office: Pool, laptop: Pool, new_pool: NewPool, firm: str
) -> None:
    other_firm = add(office, Enterprise, {"name": "新兴", "credit_code": OTHER_CODE})
    second = new_pool()
    take_out(office, second, [("enterprise", other_firm)])
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    contact = add(laptop, Contact, {"enterprise_id": firm, "name": "王芳"}, who="乙")
    bring(laptop, second, with_history=True)
    assert get(second, firm) is not None
    edit(second, contact, {"phone": "0574"}, Contact, who="丙")
    merged = bring(second, office)
    assert merged.appended == 4
    assert bring(office, second).appended == 1
    assert bring(second, office).appended == 0
    row = get(office, contact, Contact)
    assert row is not None
    assert (row["name"], row["phone"]) == ("王芳", "0574")
    assert bring(laptop, office).appended == 0
    assert hash_of(second) == hash_of(office)


@pytest.mark.parametrize("drift", [-400, 400])
def test_a_clock_that_is_wrong_by_days_loses_nothing_and_undoes_nothing(
    monkeypatch: pytest.MonkeyPatch, office: Pool, laptop: Pool, firm: str, drift: int
) -> None:
    real = appending.now
    edit(laptop, firm, {"street": "一"}, who="乙")
    days = drift * 86_400 * 1_000_000
    monkeypatch.setattr(appending, "now", lambda: real() + days)
    edit(laptop, firm, {"street": "二"}, who="乙")
    monkeypatch.undo()
    edit(laptop, firm, {"street": "三"}, who="乙")
    meet(laptop, office)
    edit(office, firm, {"street": "四"})
    meet(laptop, office)
    row = get(laptop, firm)
    assert row is not None
    assert row["street"] == "四"
    assert flags_of(laptop) == set()
    assert state_of(laptop) == state_of(office)
    with laptop.read() as session:
        own = select(Txn.at).where(Txn.site == laptop.fact("site")).order_by(Txn.seq)
        times = session.scalars(own).all()
    assert times == sorted(set(times))


def test_what_a_bundle_selects_can_be_limited_to_machines(
    office: Pool, laptop: Pool, second: Pool, firm: str
) -> None:
    edit(laptop, firm, {"street": "梅墟"}, who="乙")
    bring(laptop, second, with_history=True)
    edit(second, firm, {"industry": "C34"}, who="丙")
    with second.read() as session:
        only = bundle_of(session, since={}, sites=[laptop.fact("site") or ""])
    assert [txn.header.who for txn in only.txns] == ["乙"]


def test_the_order_of_a_bundle_does_not_matter(
    office: Pool, laptop: Pool, firm: str, new_pool: NewPool
) -> None:
    for street in ("一", "二", "三"):
        edit(laptop, firm, {"street": street})
    home = news(laptop, office)
    take(Bundle(tuple(reversed(home.txns))), office)
    assert state_of(office) == state_of(laptop)
    with office.read() as session:
        assert check(session) == []
        told = history.of_field(session, "enterprise", firm, "street")
        known = as_of.rows(session, Enterprise, as_of.latest(session) - 2)
    assert [one.new for one in told] == ["三", "二", "一", "聚贤"]
    assert known[firm]["street"] == "二"


def test_writers_at_the_same_time_wait_for_each_other(office: Pool, firm: str) -> None:
    def write(number: int) -> None:
        for street in range(5):
            edit(office, firm, {"street": f"{number}-{street}"}, who=str(number))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    with office.read() as session:
        assert check(session) == []
        lsns = session.scalars(select(Txn.lsn).order_by(Txn.arrived)).all()
    assert list(lsns) == list(range(1, 22))


def test_every_link_points_to_an_earlier_kind_or_its_own() -> None:
    order = [model.kind() for model in KINDS]
    late = [
        (model.kind(), name)
        for model in KINDS
        for name, target in links(model).items()
        if order.index(target) > order.index(model.kind())
    ]
    assert late == []


def test_deleted_records_that_refer_to_each_other_stay_only_with_a_living_one(
    office: Pool, new_pool: NewPool, firm: str
) -> None:
    with office.write("投诉", who="甲") as session:
        [first] = journal.insert(session, Complaint, [{"enterprise_id": firm}])
        [second] = journal.insert(session, Complaint, [{"linked_id": first}])
        [third] = journal.insert(session, Complaint, [{"linked_id": second}])
    laptop = new_pool()
    take_out(office, laptop, [("complaint", third)])
    with office.write("删除", who="甲") as session:
        journal.delete(session, Complaint, [first, second, third])
    with laptop.write("又一件", who="乙") as session:
        [fourth] = journal.insert(session, Complaint, [{"linked_id": third}])
    meet(laptop, office)
    assert state_of(office) == state_of(laptop)
    assert sorted(what for what, _, _ in waiting(office)) == ["deletion"] * 3
    with office.read() as session:
        assert check(session) == []
    with laptop.write("撤回", who="乙") as session:
        journal.delete(session, Complaint, [fourth])
    bring(laptop, office)
    for pool in (office, laptop):
        assert [get(pool, one, Complaint) for one in (first, second, third)] == [None] * 3
        assert flags_of(pool) == set()
        with pool.read() as session:
            assert check(session) == []
