"""Every write is journaled in the transaction that makes it, and colleagues overwrite nobody."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, func, select

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.journal import Change, Flag, Txn
from brandpool.services import check, records


def test_one_transaction_has_one_change_per_record(pool: Pool) -> None:
    with pool.write("新增", who="甲") as session:
        [record] = journal.insert(session, Enterprise, [{"name": "一"}])
        journal.update(session, Enterprise, {record: {"name": "二"}})
        journal.update(session, Enterprise, {record: {"street": "梅墟"}})
    with pool.read() as session:
        changes = session.scalars(select(Change)).all()
        assert [(c.op, c.patch) for c in changes] == [
            ("I", '{"name":[null,"二"],"street":[null,"梅墟"]}')
        ]
        assert check.check(session) == []


def test_a_record_added_and_deleted_at_once_leaves_no_trace(pool: Pool) -> None:
    with pool.write("误录", who="甲") as session:
        [record] = journal.insert(session, Enterprise, [{"name": "一"}])
        journal.delete(session, Enterprise, [record])
    with pool.read() as session:
        assert session.scalar(select(func.count()).select_from(Txn)) == 0


def test_an_error_in_the_block_writes_nothing(pool: Pool) -> None:
    with pytest.raises(UserError), pool.write("半途", who="甲") as session:
        journal.insert(session, Enterprise, [{"name": "一"}])
        raise UserError("停")
    with pool.read() as session:
        assert records.count(session, Enterprise) == 0
        assert session.scalar(select(func.count()).select_from(Txn)) == 0


def test_every_kind_of_value_comes_back_as_it_was(pool: Pool) -> None:
    values = {
        "name": "𬭎㛃𠅤有限公司",
        "capital": Decimal("12345678901.2345"),
        "established": date(2004, 2, 29),
        "above_scale": False,
    }
    with pool.write("新增", who="甲") as session:
        [record] = journal.insert(session, Enterprise, [values])
    with pool.read() as session:
        row = records.get(session, Enterprise, record)
        assert {name: row[name] for name in values} == values
        assert check.check(session) == []


def test_the_id_comes_from_the_official_number(pool: Pool, tmp_path) -> None:  # type: ignore[no-untyped-def]
    other = Pool.create(tmp_path / "laptop.brandpool")
    values = {"name": "朝阳", "credit_code": "91330200144069541X"}
    ids = []
    for one in (pool, other):
        with one.write("新增", who="甲") as session:
            ids += journal.insert(session, Enterprise, [values])
    assert ids[0] == ids[1]


def test_the_same_official_number_twice_is_refused_as_a_new_record(
    pool: Pool, enterprise: str
) -> None:
    with pytest.raises(UserError, match="已在库中"), pool.write("再来", who="甲") as session:
        journal.insert(session, Enterprise, [{"name": "又", "credit_code": "91330200144069541X"}])


def test_a_number_given_to_a_second_record_is_flagged_and_forgotten_when_corrected(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("新增", who="甲") as session:
        [second] = journal.insert(session, Enterprise, [{"name": "另一家"}])
    with pool.write("填代码", who="甲") as session:
        journal.update(session, Enterprise, {second: {"credit_code": "91330200144069541X"}})
    with pool.read() as session:
        assert [flag.what for flag in session.scalars(select(Flag))] == ["number"]
        pointing = [records.get(session, Enterprise, r).dup_of for r in (enterprise, second)]
        assert sorted(map(bool, pointing)) == [False, True]
    with pool.write("改正", who="甲") as session:
        journal.update(session, Enterprise, {second: {"credit_code": "91330100799655058B"}})
    with pool.read() as session:
        assert session.scalars(select(Flag)).all() == []
        assert records.get(session, Enterprise, second).dup_of is None


def test_a_deleted_number_can_be_entered_again_without_its_old_values(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("补街道", who="甲") as session:
        journal.update(session, Enterprise, {enterprise: {"street": "梅墟"}})
    with pool.write("删除", who="甲") as session:
        records.remove(session, Enterprise, [enterprise])
    with pool.write("重录", who="甲") as session:
        [again] = journal.insert(
            session, Enterprise, [{"name": "新", "credit_code": "91330200144069541X"}]
        )
    with pool.read() as session:
        assert again == enterprise
        assert records.get(session, Enterprise, again)["street"] is None
        assert check.check(session) == []


def test_two_clerks_who_edit_different_fields_of_one_row_both_keep_their_edit(
    pool: Pool, enterprise: str
) -> None:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    with pool.write("街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"}, seen)
    with pool.write("行业", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"industry": "C34"}, seen)
    with pool.read() as session:
        row = records.get(session, Enterprise, enterprise)
        assert (row["street"], row["industry"]) == ("梅墟", "C34")
        assert session.scalars(select(Flag)).all() == []
        assert check.check(session) == []


def test_two_clerks_who_edit_the_same_field_leave_a_conflict_to_settle(
    pool: Pool, enterprise: str
) -> None:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    for who, street in (("甲", "梅墟"), ("乙", "新明")):
        with pool.write("街道", who=who) as session:
            records.edit(session, Enterprise, enterprise, {"street": street}, seen)
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["street"] == "新明"
        assert [(f.what, f.field, f.value) for f in session.scalars(select(Flag))] == [
            ("value", "street", '"梅墟"')
        ]
    with pool.write("裁定", who="丙") as session:
        journal.settle(session, Enterprise, enterprise, "street", "新明")
    with pool.read() as session:
        assert session.scalars(select(Flag)).all() == []
        assert check.check(session) == []


def test_deleting_a_record_leaves_nothing_to_settle_about_it(pool: Pool, enterprise: str) -> None:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    for who, street in (("甲", "梅墟"), ("乙", "新明")):
        with pool.write("街道", who=who) as session:
            records.edit(session, Enterprise, enterprise, {"street": street}, seen)
    with pool.write("删除", who="丙") as session:
        records.remove(session, Enterprise, [enterprise])
    with pool.read() as session:
        assert session.scalars(select(Flag)).all() == []
        assert check.check(session) == []


def test_an_edit_of_a_disputed_field_settles_it(pool: Pool, enterprise: str) -> None:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    for who, street in (("甲", "梅墟"), ("乙", "新明")):
        with pool.write("街道", who=who) as session:
            records.edit(session, Enterprise, enterprise, {"street": street}, seen)
    with pool.write("街道", who="丙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "聚贤"})
    with pool.read() as session:
        assert session.scalars(select(Flag)).all() == []
        assert check.check(session) == []


def test_a_statement_that_bypasses_the_journal_is_an_error(pool: Pool, enterprise: str) -> None:
    with pytest.raises(RuntimeError, match="tracked"), pool.write("绕过", who="甲") as session:
        session.execute(delete(Enterprise))


def test_a_mapped_object_cannot_be_saved_past_the_journal(pool: Pool, enterprise: str) -> None:
    with pytest.raises(TypeError, match="tracked"), pool.write("绕过", who="甲") as session:
        session.get_one(Enterprise, enterprise).name = "改名"


def test_a_figure_of_a_missing_enterprise_is_refused_with_a_sentence(pool: Pool) -> None:
    figure = {"enterprise_id": "0" * 32, "year": 2025, "measure": "tax", "value": Decimal(1)}
    with pytest.raises(UserError, match="已被删除"), pool.write("录入", who="甲") as session:
        journal.insert(session, YearlyFigure, [figure])
