"""The recycle bin: what is gone, and back again with what hung on it."""

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.mark_file import MarkEvent
from brandpool.models.trademark import Trademark
from brandpool.services import records, recycle
from brandpool.services.check import content_hash


def hang_on(pool: Pool, enterprise: str) -> dict[str, str]:
    """A contact, a mark of the enterprise and an event of the mark."""
    with pool.write("录入", who="甲") as session:
        contact = records.add(session, Contact, {"enterprise_id": enterprise, "name": "周敏"})
        values = {"enterprise_id": enterprise, "name": "朝阳", "reg_no": "1234567"}
        mark = journal.insert(session, Trademark, [values])[0]
        event = journal.insert(session, MarkEvent, [{"trademark_id": mark}])[0]
    return {"contact": contact, "mark": mark, "event": event}


def delete_all(pool: Pool, enterprise: str, made: dict[str, str]) -> None:
    with pool.write("整户删除", who="乙") as session:
        journal.delete(session, MarkEvent, [made["event"]])
        journal.delete(session, Trademark, [made["mark"]])
        journal.delete(session, Contact, [made["contact"]])
        journal.delete(session, Enterprise, [enterprise])


def test_what_is_gone_is_told_with_who_and_why(pool: Pool, enterprise: str) -> None:
    with pool.write("删除企业", who="乙") as session:
        records.remove(session, Enterprise, [enterprise])
    with pool.read() as session:
        [one] = recycle.gone(session, Enterprise)
    assert (one.record, one.who, one.why) == (enterprise, "乙", "删除企业")
    assert one.values["name"] == "宁波朝阳机械有限公司"


def test_what_went_along_is_found_through_several_links_and_comes_back(
    pool: Pool, enterprise: str
) -> None:
    made = hang_on(pool, enterprise)
    with pool.read() as session:
        before = content_hash(session)
    delete_all(pool, enterprise, made)
    with pool.write("恢复", who="甲") as session:
        [one] = recycle.gone(session, Enterprise)
        along = recycle.went_along(session, [one])
        assert {other.record for other in along} == set(made.values())
        assert recycle.restore(session, [one, *along]) == 4
    with pool.read() as session:
        assert content_hash(session) == before
        assert recycle.gone(session, Enterprise) == []


def test_what_was_deleted_in_another_step_does_not_come_along(pool: Pool, enterprise: str) -> None:
    with pool.write("录入", who="甲") as session:
        contact = records.add(session, Contact, {"enterprise_id": enterprise, "name": "周敏"})
    with pool.write("删联系人", who="甲") as session:
        records.remove(session, Contact, [contact])
    with pool.write("删企业", who="甲") as session:
        records.remove(session, Enterprise, [enterprise])
    with pool.read() as session:
        assert recycle.went_along(session, recycle.gone(session, Enterprise)) == []


def test_a_child_does_not_come_back_without_its_parent(pool: Pool, enterprise: str) -> None:
    made = hang_on(pool, enterprise)
    delete_all(pool, enterprise, made)
    with (
        pytest.raises(UserError, match="请先恢复那条企业"),
        pool.write("恢复", who="甲") as session,
    ):
        recycle.restore(session, recycle.gone(session, Contact))


def test_only_the_last_deletion_counts(pool: Pool, enterprise: str) -> None:
    for street in ("梅墟", "新明"):
        with pool.write("改", who="甲") as session:
            records.edit(session, Enterprise, enterprise, {"street": street})
        with pool.write("删", who="甲") as session:
            records.remove(session, Enterprise, [enterprise])
        with pool.write("恢复", who="甲") as session:
            recycle.restore(session, recycle.gone(session, Enterprise))
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["street"] == "新明"
