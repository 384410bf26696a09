"""Renamed, entered twice, merged, and taken apart again."""

from datetime import date

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise, FormerName
from brandpool.reports import moves
from brandpool.services import enterprises, history, merging, records, tiers
from brandpool.services.check import check, content_hash
from tests.services import ladders


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


@pytest.fixture
def two_standings(pool: Pool) -> tuple[str, str]:
    """One on the second tier, one that left: two records of one enterprise."""
    with pool.write("入库", who="甲") as session:
        ladders.save(session)
        first, second = ladders.enterprises(
            session, [{"established": date(2010, 1, 1)}, {"established": date(2010, 1, 1)}]
        )
        orders = [
            ladders.order(first, "one", date(2020, 1, 1)),
            ladders.order(first, "two", date(2022, 1, 1)),
            ladders.order(second, "one", date(2021, 1, 1)),
            ladders.order(second, None, date(2023, 1, 1), exit_reason="wish"),
        ]
        tiers.move(session, orders, ladders.TODAY)
    return first, second


def test_an_active_and_an_exited_standing_are_merged_only_when_a_person_says_which_stays(
    pool: Pool, two_standings: tuple[str, str]
) -> None:
    first, second = two_standings
    with pool.read() as session:
        [both] = merging.doubled(session, first, second, ladders.TODAY)
    assert [one.tier for one in both.other] == ["one", None]
    for standings, reason in (({}, "理由"), ({ladders.LADDER: first}, " ")):
        with pytest.raises(UserError), pool.write("合并", who="甲") as session:
            enterprises.merge(session, first, second, standings, reason)


@pytest.mark.parametrize(("stays", "tier"), [(0, "two"), (1, None)])
def test_both_histories_are_kept_one_counts_and_taking_apart_restores_both(
    pool: Pool, two_standings: tuple[str, str], stays: int, tier: str | None
) -> None:
    first, second = two_standings
    with pool.read() as session:
        before = content_hash(session)
        past = tiers.stock(session, ladders.LADDER, [date(2022, 6, 1)])
        mine = [m.id for m in tiers.history(session, two_standings[stays], ladders.TODAY)]
    assert past == [{"one": 1, "two": 1}]
    with pool.write("合并", who="甲", source=enterprises.MERGED) as session:
        standings = {ladders.LADDER: two_standings[stays]}
        enterprises.merge(session, first, second, standings, "以批准文件为准")
    with pool.read() as session:
        now = tiers.ladders_of(session, first, ladders.TODAY).get(ladders.LADDER)
        assert (now.tier if now else None) == tier
        assert [m.id for m in tiers.history(session, first, ladders.TODAY)] == mine
        aside = tiers.set_aside(session, first, ladders.TODAY)
        assert {move.set_aside for move in aside} == {"以批准文件为准"}
        assert len(aside) == 2
        assert tiers.stock(session, ladders.LADDER, [date(2022, 6, 1)]) == [
            {("two", "one")[stays]: 1}
        ]
        assert moves.span(session, ladders.LADDER) is not None
        assert check(session) == []
        [step] = enterprises.merged_steps(session)
    with pool.write("拆分", who="甲", undoes=step.txn) as session:
        history.undo(session, step.txn)
    with pool.read() as session:
        assert content_hash(session) == before
        assert tiers.stock(session, ladders.LADDER, [date(2022, 6, 1)]) == past
        assert check(session) == []
