"""Every value that waits stands beside what its authors had seen, and none is lost by deciding."""

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.services import conflicts, history, records, settling
from brandpool.services.check import check
from brandpool.services.conflicts import Conflict


def wrote(pool: Pool, enterprise: str, who: str, seen: str | None = None, **values: str) -> str:
    """An edit by somebody who had seen this version; returns the version after it."""
    with pool.write("街道", who=who) as session:
        records.edit(session, Enterprise, enterprise, dict(values), seen)
    with pool.read() as session:
        return records.get(session, Enterprise, enterprise).ver


def only(pool: Pool) -> Conflict:
    with pool.read() as session:
        [found] = conflicts.conflicts(session)
    return found


@pytest.fixture
def disputed(pool: Pool, enterprise: str) -> str:
    """甲 wrote, then 乙, 丙 and 丁, who had seen only what 甲 wrote."""
    seen = wrote(pool, enterprise, "甲", street="老街")
    for who, street in (("乙", "梅墟"), ("丙", "新明"), ("丁", "聚贤")):
        wrote(pool, enterprise, who, seen, street=street)
    return enterprise


def test_the_values_of_one_field_are_one_decision_with_what_all_had_seen(
    pool: Pool, disputed: str
) -> None:
    found = only(pool)
    assert [(one.value, one.who, one.shown) for one in found.choices] == [
        ("梅墟", "乙", False), ("新明", "丙", False), ("聚贤", "丁", True)
    ]  # fmt: skip
    assert found.base is not None
    assert (found.base.value, found.base.who) == ("老街", "甲")
    assert [row.new for row in found.past] == ["聚贤", "新明", "梅墟", "老街"]


@pytest.mark.parametrize("value", ["梅墟", "聚贤", "另一条街"])
def test_a_decision_settles_and_what_was_not_chosen_stays_in_the_history(
    pool: Pool, disputed: str, value: str
) -> None:
    found = only(pool)
    with pool.write("裁定", who="戊") as session:
        conflicts.decide(session, found, value)
    with pool.read() as session:
        assert conflicts.conflicts(session) == []
        assert check(session) == []
        assert records.get(session, Enterprise, disputed)["street"] == value
        past = history.of_field(session, "enterprise", disputed, "street")
    assert {"老街", "梅墟", "新明", "聚贤"} <= {row.new for row in past}


def test_an_undone_decision_waits_again_with_the_same_choices(pool: Pool, disputed: str) -> None:
    before = only(pool)
    with pool.write("裁定", who="戊") as session:
        conflicts.decide(session, before, "梅墟")
    with pool.read() as session:
        step = history.next_undo(session)
    assert step is not None
    with pool.write("撤销", who="戊", source="undo", undoes=step.txn) as session:
        history.undo(session, step.txn)
    after = only(pool)
    assert {one.value for one in after.choices} == {one.value for one in before.choices}
    assert after.base is not None
    assert after.base.value == "老街"


def test_a_value_the_field_does_not_take_is_refused(pool: Pool, enterprise: str) -> None:
    with pool.read() as session:
        seen = records.get(session, Enterprise, enterprise).ver
    wrote(pool, enterprise, "甲", seen, name="宁波一有限公司")
    wrote(pool, enterprise, "乙", seen, name="宁波二有限公司")
    found = only(pool)
    with pool.write("裁定", who="丙") as session, pytest.raises(UserError, match="不能为空"):
        conflicts.decide(session, found, None)
    with pool.read() as session:
        assert len(settling.matters(session)) == 1
