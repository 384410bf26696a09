"""Row 34, 领导小组/成员单位: overdue tasks by unit; a change of person keeps the tasks."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from brandpool.db.pool import Pool
from brandpool.models.leading_group import GroupMember, GroupTask
from brandpool.services import leading_group
from tests.systems import ledgers
from tests.systems.ledgers import TODAY

DUE = date(2026, 6, 30)


def task(pool: Pool, unit: str, **changes: Any) -> str:
    return ledgers.add(
        pool, GroupTask, {"unit": unit, "task": "安排专项经费", "due": DUE, **changes}
    )


def test_overdue_tasks_are_grouped_by_unit(pool: Pool) -> None:
    for unit in ("财政局", "科创局", "财政局"):
        task(pool, unit, task=f"{unit}任务{len(ledgers.live(pool, GroupTask))}")
    task(pool, "科创局", task="已完成", done_on=date(2026, 6, 1))
    task(pool, "科创局", task="以后", due=date(2027, 1, 1))
    task(pool, "人社局", task="没有期限", due=None)
    with pool.read() as session:
        assert leading_group.overdue(session, DUE) == []
        found = leading_group.overdue(session, TODAY)
        count = leading_group.overdue_count(session, TODAY)
    assert [(one.unit, len(one.tasks)) for one in found] == [("财政局", 2), ("科创局", 1)]
    assert found[0].tasks[0].late == (TODAY - DUE).days
    assert (count.total, len(count.unknown)) == (3, 1)


def test_a_change_of_person_keeps_the_tasks_of_the_unit(pool: Pool) -> None:
    task(pool, "财政局")
    change = date(2026, 9, 1)
    old = ledgers.add(pool, GroupMember, {"unit": "财政局", "role": "member", "person": "甲某"})
    with pool.read() as session:
        before = leading_group.overdue(session, TODAY)
    ledgers.edit(pool, GroupMember, old, ends=change - timedelta(days=1))
    ledgers.add(
        pool, GroupMember,
        {"unit": "财政局", "role": "member", "person": "乙某", "starts": change},
    )  # fmt: skip
    with pool.read() as session:
        after = leading_group.overdue(session, TODAY)
        then = leading_group.overdue(session, change - timedelta(days=1))
    assert [one.tasks for one in before] == [one.tasks for one in after]
    assert [m.person for m in before[0].members] == ["甲某"]
    assert [m.person for m in after[0].members] == ["乙某"]
    assert [m.person for m in then[0].members] == ["甲某"]


def test_the_group_is_listed_by_rank_and_a_member_without_a_term_stays(pool: Pool) -> None:
    for role, person in (("member", "丙"), ("leader", "甲"), ("deputy", "乙")):
        ledgers.add(pool, GroupMember, {"unit": "管委会", "role": role, "person": person})
    with pool.read() as session:
        assert [m.person for m in leading_group.members(session, TODAY)] == ["甲", "乙", "丙"]


def test_sheets_of_the_group_and_its_tasks(pool: Pool, tmp_path: Path) -> None:
    ledgers.take(
        pool, tmp_path / "名单.xlsx", GroupMember,
        ["领导小组成员名单"],
        ["序号", "单位", "姓名", "行政职务", "小组职务", "任职日期", "联系方式"],
        [1, "管委会", "甲某", "主任", "组长", "2023.3.6", "13805741234"],
        [2, "市场监管分局", "乙某", "局长", "办公室主任", "2023.3.6", None],
    )  # fmt: skip
    planned = ledgers.take(
        pool, tmp_path / "任务.xlsx", GroupTask,
        ["责任单位", "工作任务", "政策条款", "完成时限", "进展"],
        ["财政局", "落实质押贴息", "三（二）", "2026年6月30日", "已列预算"],
        [None, "没有单位", None, "2026-06-30", None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "rejected"]
    [entry] = ledgers.dates(pool)
    assert (entry.rule, entry.state, entry.note) == ("group.task", "overdue", "财政局")
    rows = ledgers.export(
        pool, tmp_path / "出.xlsx", GroupMember, ["unit", "person", "role", "phone"]
    )
    assert {row["组内职务"] for row in rows} == {"组长", "办公室主任"}
    assert not any("13805741234" in str(cell) for row in rows for cell in row.values())
