"""Renamed, entered twice, merged, and taken apart again."""

from datetime import date

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise, FormerName
from brandpool.services import enterprises, history, records
from brandpool.services.check import check, content_hash


def test_a_renamed_enterprise_keeps_its_old_name_as_a_former_one(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("更名", who="甲") as session:
        enterprises.rename(session, enterprise, "宁波东方机械有限公司", date(2026, 5, 1))
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["name"] == "宁波东方机械有限公司"
        [former] = records.of_enterprise(session, FormerName, enterprise)
        assert (former["name"], former["until"]) == ("宁波朝阳机械有限公司", date(2026, 5, 1))


@pytest.mark.parametrize(
    ("name", "why"),
    [("宁波市朝阳机械有限责任公司", "name"), ("宁波朝日机械有限公司", "near")],
)
def test_an_enterprise_entered_twice_is_found(
    pool: Pool, enterprise: str, name: str, why: str
) -> None:
    with pool.write("新增", who="甲") as session:
        second = records.add(session, Enterprise, {"name": name})
    with pool.read() as session:
        [alike] = enterprises.duplicates(session)
    assert (alike.why, set(alike.ids)) == (why, {enterprise, second})


def merged(pool: Pool, keep: str) -> str:
    with pool.write("新增", who="甲") as session:
        other = records.add(session, Enterprise, {"name": "宁波朝阳厂", "street": "梅墟"})
        journal.insert(session, Contact, [{"enterprise_id": other, "name": "王芳"}])
    with pool.write("合并", who="甲", source=enterprises.MERGED) as session:
        enterprises.merge(session, keep, other)
    return other


def test_merging_moves_what_hangs_on_the_other_and_fills_what_was_empty(
    pool: Pool, enterprise: str
) -> None:
    merged(pool, enterprise)
    with pool.read() as session:
        assert records.find(session, Enterprise) == [enterprise]
        row = records.get(session, Enterprise, enterprise)
        assert (row["name"], row["street"]) == ("宁波朝阳机械有限公司", "梅墟")
        [contact] = records.of_enterprise(session, Contact, enterprise)
        assert contact["name"] == "王芳"
        [former] = records.of_enterprise(session, FormerName, enterprise)
        assert former["name"] == "宁波朝阳厂"
        assert check(session) == []


def test_a_merge_is_taken_apart_again_and_later_edits_stay(pool: Pool, enterprise: str) -> None:
    other = merged(pool, enterprise)
    with pool.write("改行业", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"industry": "C34"})
    with pool.read() as session:
        [(txn, _why)] = enterprises.merges(session, enterprise)
    with pool.write("拆分", who="甲", undoes=txn) as session:
        history.undo(session, txn)
    with pool.read() as session:
        assert records.get(session, Enterprise, other)["name"] == "宁波朝阳厂"
        [contact] = records.of_enterprise(session, Contact, other)
        assert contact["name"] == "王芳"
        row = records.get(session, Enterprise, enterprise)
        assert (row["street"], row["industry"]) == (None, "C34")
        assert check(session) == []


def test_a_merge_taken_apart_at_once_leaves_the_pool_as_it_was(pool: Pool, enterprise: str) -> None:
    with pool.write("新增", who="甲") as session:
        other = records.add(session, Enterprise, {"name": "宁波朝阳厂", "street": "梅墟"})
    with pool.read() as session:
        before = content_hash(session)
    with pool.write("合并", who="甲", source=enterprises.MERGED) as session:
        enterprises.merge(session, enterprise, other)
    with pool.read() as session:
        [(txn, _why)] = enterprises.merges(session, enterprise)
    with pool.write("拆分", who="甲", undoes=txn) as session:
        history.undo(session, txn)
    with pool.read() as session:
        assert content_hash(session) == before


def test_an_enterprise_is_not_merged_with_itself(pool: Pool, enterprise: str) -> None:
    with pytest.raises(UserError), pool.write("合并", who="甲") as session:
        enterprises.merge(session, enterprise, enterprise)
