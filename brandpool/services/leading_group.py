"""The leading group: who sits for which unit on a day, and the tasks of the units."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.leading_group import ROLES, GroupMember, GroupTask
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live

_RANK = {choice.code: place for place, choice in enumerate(ROLES)}
_KIND = GroupTask.kind()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the group on the day asked for."""

    id: str
    unit: str
    role: str
    person: str
    post: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task not done on the day asked for; `late` by so many days, 0 within its time."""

    id: str
    task: str
    due: date | None
    late: int


@dataclass(frozen=True, slots=True)
class UnitTasks:
    """The open tasks of one unit and who sits in the group for it now."""

    unit: str
    members: tuple[Member, ...]
    tasks: tuple[Task, ...]


def members(session: Session, on: date) -> list[Member]:
    """Who sits in the group on a day, by role and unit; a term's last day belongs to it."""
    rows = [
        row
        for row in live(session, GroupMember)
        if (row["starts"] is None or row["starts"] <= on)
        and (row["ends"] is None or row["ends"] >= on)
    ]
    rows.sort(key=lambda row: (_RANK.get(row["role"], len(_RANK)), row["id"]))
    return [
        Member(row["id"], row["unit"] or "", row["role"] or "", row["person"] or "",
               row["post"] or "")
        for row in rows
    ]  # fmt: skip


def overdue(session: Session, on: date) -> list[UnitTasks]:
    """The overdue tasks grouped by unit, the unit with most first; tasks outlive their persons."""
    return _grouped(session, on, [row for row in _open(session, on) if _late(row, on)])


def open_tasks(session: Session, on: date) -> list[UnitTasks]:
    """All tasks not done on a day, grouped by unit."""
    return _grouped(session, on, _open(session, on))


def overdue_count(session: Session, on: date) -> Counted:
    """How many tasks are overdue on a day; one without a day is unknown."""
    rows = _open(session, on)
    late = [row["id"] for row in rows if _late(row, on)]
    undated = [row["id"] for row in rows if row["due"] is None]
    text = _("{day} 已过完成期限、未完成的成员单位任务。").format(day=on)
    return Counted(len(late), _("项"), keys(_KIND, late), text, keys(_KIND, undated))


def _open(session: Session, on: date) -> list[LedgerRow]:
    return [
        row
        for row in live(session, GroupTask)
        if not by_day(row["done_on"], on)
        and (row["assigned_on"] is None or row["assigned_on"] <= on)
    ]


def _late(row: LedgerRow, on: date) -> bool:
    return row["due"] is not None and row["due"] < on


def _grouped(session: Session, on: date, rows: list[LedgerRow]) -> list[UnitTasks]:
    sitting: dict[str, list[Member]] = defaultdict(list)
    for member in members(session, on):
        sitting[member.unit].append(member)
    tasks: dict[str, list[Task]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["due"] or date.max, row["id"])):
        late = (on - row["due"]).days if _late(row, on) else 0
        tasks[row["unit"] or ""].append(Task(row["id"], row["task"] or "", row["due"], late))
    found = [
        UnitTasks(unit, tuple(sitting[unit]), tuple(open_ones)) for unit, open_ones in tasks.items()
    ]
    return sorted(found, key=lambda one: (-len(one.tasks), one.unit))
