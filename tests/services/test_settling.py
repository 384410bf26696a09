"""What two people wrote at once is decided by a third, and the pool agrees with its journal."""

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import enterprises, history, records, settling
from brandpool.services.check import check
from brandpool.services.settling import Matter


def only(pool: Pool) -> Matter:
    with pool.read() as session:
        [matter] = settling.matters(session)
    return matter


def nothing_waits(pool: Pool) -> bool:
    with pool.read() as session:
        return settling.matters(session) == [] and check(session) == []


@pytest.fixture
def disputed(pool: Pool, enterprise: str) -> str:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    for who, street in (("甲", "梅墟"), ("乙", "新明")):
        with pool.write("街道", who=who) as session:
            records.edit(session, Enterprise, enterprise, {"street": street}, seen)
    return enterprise


def test_both_values_stand_there_with_who_wrote_them(pool: Pool, disputed: str) -> None:
    matter = only(pool)
    assert (matter.what, matter.field, matter.title) == ("value", "street", "宁波朝阳机械有限公司")
    assert (matter.shown, matter.shown_by) == ("新明", "乙")
    assert (matter.other, matter.other_by) == ("梅墟", "甲")
    assert matter.shown_at is not None
    assert matter.other_at is not None


@pytest.mark.parametrize(
    ("decide", "street"), [(settling.keep_shown, "新明"), (settling.take_other, "梅墟")]
)
def test_a_decision_settles_and_can_be_undone(
    pool: Pool, disputed: str, decide: object, street: str
) -> None:
    assert callable(decide)
    matter = only(pool)
    with pool.write("裁定", who="丙") as session:
        decide(session, matter)
    with pool.read() as session:
        assert records.get(session, Enterprise, disputed)["street"] == street
    assert nothing_waits(pool)


def deleted_unseen(pool: Pool, enterprise: str) -> None:
    """A colleague deleted the record without having seen an edit: as a merged pack brings it."""
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
        row = dict(records.get(session, Enterprise, enterprise).values)
    with pool.write("街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    with pool.write("删除", who="乙") as session:
        old = {name: value for name, value in row.items() if value is not None}
        draft = journal.Draft(Enterprise, enterprise, "D", old, {}, seen, concurrent=True)
        journal.drafts(session)[Enterprise.kind(), enterprise] = draft


@pytest.mark.parametrize("keep", [True, False])
def test_a_deletion_that_met_an_edit_is_decided(pool: Pool, enterprise: str, keep: bool) -> None:
    deleted_unseen(pool, enterprise)
    matter = only(pool)
    assert (matter.what, matter.shown_by, matter.other_by) == ("deletion", "甲", "乙")
    with pool.write("裁定", who="丙") as session:
        (settling.keep_shown if keep else settling.let_go)(session, matter)
    with pool.read() as session:
        assert len(records.find(session, Enterprise)) == int(keep)
    assert nothing_waits(pool)


@pytest.fixture
def twins(pool: Pool, enterprise: str) -> str:
    """A second record that was given the first one's credit code; something hangs on it."""
    with pool.write("新增", who="乙") as session:
        second = records.add(session, Enterprise, {"name": "宁波朝阳厂", "street": "新明"})
        records.add(session, Contact, {"enterprise_id": second, "name": "王芳"})
    with pool.write("代码", who="乙") as session:
        code = records.get(session, Enterprise, enterprise)["credit_code"]
        records.edit(session, Enterprise, second, {"credit_code": code})
    return second


def test_two_records_of_one_number_become_one_and_two_again(
    pool: Pool, enterprise: str, twins: str
) -> None:
    matter = only(pool)
    assert matter.what == "number"
    assert {matter.record, matter.rival} == {enterprise, twins}
    with pool.write("合并", who="丙", source=enterprises.MERGED) as session:
        settling.make_one(session, matter)
    with pool.read() as session:
        assert records.find(session, Enterprise) == [matter.rival]
        assert len(records.of_enterprise(session, Contact, matter.rival)) == 1
        [step] = enterprises.merged_steps(session)
    assert nothing_waits(pool)
    with pool.write("拆分", who="丙", undoes=step.txn) as session:
        history.undo(session, step.txn)
    with pool.read() as session:
        assert len(records.find(session, Enterprise)) == 2
        assert enterprises.merged_steps(session) == []


def test_what_was_deleted_meanwhile_needs_no_decision(pool: Pool, disputed: str) -> None:
    matter = only(pool)
    with pool.write("删除", who="丁") as session:
        records.remove(session, Enterprise, [disputed])
    with pytest.raises(UserError, match="已被删除"), pool.write("裁定", who="丙") as session:
        settling.take_other(session, matter)
