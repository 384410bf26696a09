"""What the pool knows that belongs into each of the four letters, as plain rows of text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.models.mark_file import MarkLicence
from brandpool.models.record import Record
from brandpool.models.visit import WORDINGS, Visit
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference, shipped
from brandpool.rules.well_known_wording import wording_ban
from brandpool.services import mark_dates, mark_use, renewals, trademarks
from brandpool.services.trademarks import MarkRow, StatusRow

Rows = list[dict[str, str]]
SEEN = ("pack", "advert", "both")
_STAGES = {"window": "续展期内", "grace": "宽展期内", "over": "宽展期已过"}
_WORDINGS = {choice.code: choice.zh for choice in WORDINGS}


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when the words 驰名商标 were seen on goods or in adverts."""

    on: date
    where: str
    visit: str = ""


def articles(found: Iterable[Explained]) -> str:
    """The articles of law that these answers rest on, each once."""
    named = (step.article for one in found for step in one.chain if "条" in step.article)
    return "、".join(dict.fromkeys(named))


def chinese(day: date | None) -> str:
    """A day as a document writes it; nothing is empty."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


class Marks:
    """The marks of one enterprise with their statuses on a day, read once for a letter."""

    def __init__(
        self, session: Session, enterprise: str, on: date, ref: Reference | None = None
    ) -> None:
        self.session, self.enterprise, self.on, self.ref = session, enterprise, on, ref
        self.rows = trademarks.of_enterprises(session, [enterprise])
        self.statuses = {mark.id: trademarks.judged(mark, on, ref=ref) for mark in self.rows}

    def named(self, *statuses: str) -> list[StatusRow]:
        """Those with one of these statuses."""
        return [row for row in self.statuses.values() if row.status in statuses]

    @property
    def alive(self) -> list[MarkRow]:
        """Those in force or in grace."""
        return [row.mark for row in self.named(*trademarks.IN_FORCE, "grace")]


def renewal_rows(marks: Marks) -> tuple[Rows, str]:
    """Terms at home and abroad to be renewed, and the articles."""
    found = renewals.queue(marks.session, marks.on, [marks.enterprise], ref=marks.ref)
    rows = [
        {
            "mark": row.name,
            "number": row.number,
            "due": chinese(row.due),
            "grace_to": chinese(row.grace_to),
            "stage": _STAGES[row.stage],
            "last_day": chinese(row.last_day),
            "pledged": "是" if row.pledges else "否",
        }
        for row in found
    ]
    return rows, articles(row.explained for row in found)


def unused_rows(marks: Marks) -> tuple[Rows, str]:
    """Marks that anyone may apply to cancel now or within half a year; the article of the day."""
    ids = [mark.id for mark in marks.rows]
    if not ids:
        return [], ""
    grid = mark_use.use_grid(marks.session, marks.on, ids, ref=marks.ref)
    risky = mark_use.at_risk(grid)
    rows = [
        {
            "mark": row.mark.name or "",
            "number": row.mark.number,
            "last_use": chinese(row.last_use) or "无记录",
            "attackable_from": chinese(row.attackable_from),
            "state": "已可被申请撤销" if row.attackable else "将可被申请撤销",
            "gaps": "、".join(f"{year}年" for year in row.gaps),
        }
        for row in risky
    ]
    law = (marks.ref or shipped()).laws.on(marks.on)
    return rows, law.article("non_use") if rows else ""


def evidence_rows(marks: Marks) -> Rows:
    """For each mark in force, the years with dated evidence of use and those without."""
    ids = [mark.id for mark in marks.alive]
    if not ids:
        return []
    return [
        {
            "mark": row.mark.name or "",
            "number": row.mark.number,
            "proved": "、".join(f"{c.year}年" for c in row.cells if c.proved) or "无",
            "gaps": "、".join(f"{year}年" for year in row.gaps) or "无",
        }
        for row in mark_use.use_grid(marks.session, marks.on, ids, ref=marks.ref)
    ]


def owner_rows(marks: Marks) -> Rows:
    """Marks that stand under another name than the enterprise bears, with what to do."""
    ids = [mark.id for mark in marks.alive]
    found = mark_dates.owner_mismatches(marks.session, ids) if ids else []
    return [
        {"mark": one.mark.name or "", "number": one.mark.number,
         "owner": one.mark.owner or "", "advice": one.advice}
        for one in found
    ]  # fmt: skip


def licence_rows(marks: Marks) -> Rows:
    """Licences that run on the day, and whether they are recorded at the office."""
    c = _table(MarkLicence).c
    by_id = {mark.id: mark for mark in marks.rows}
    query = select(c.trademark_id, c.licensee, c.ends, c.recorded_no).where(
        c.trademark_id.in_(sorted(by_id)), c.ends.is_(None) | (c.ends >= marks.on)
    )
    return [
        {"mark": by_id[mark].name or "", "number": by_id[mark].number, "licensee": licensee or "",
         "ends": chinese(ends) or "未写明", "recorded": recorded or "未备案"}
        for mark, licensee, ends, recorded in marks.session.execute(query.order_by(c.ends, c.id))
    ]  # fmt: skip


def class_rows(marks: Marks) -> Rows:
    """Names that are registered in some of the classes in which the enterprise has marks only."""
    alive = marks.alive
    pending = [row.mark for row in marks.named("applied", "published", "opposed")]
    held: dict[str, set[int]] = {}
    for mark in (*alive, *pending):
        if mark.name and mark.nice_class:
            held.setdefault(mark.name, set()).add(mark.nice_class)
    every = set().union(*held.values()) if held else set()
    main = {mark.name or "" for mark in alive if mark.is_main} or set(held)
    return [
        {"mark": name, "held": _classes(held[name]), "lacking": _classes(every - held[name])}
        for name in sorted(main & held.keys())
        if every - held[name]
    ]


def lost_rows(marks: Marks) -> Rows:
    """Names whose registration in a class has ended and that nothing has replaced."""
    alive = {(mark.name, mark.nice_class) for mark in marks.alive}
    return [
        {"mark": row.mark.name or "", "number": row.mark.number, "why": row.reason}
        for row in marks.named("dead")
        if (row.mark.name, row.mark.nice_class) not in alive
    ]


def attacked_rows(marks: Marks) -> Rows:
    """Marks in force that somebody has applied to cancel or invalidate."""
    return [
        {"mark": row.mark.name or "", "number": row.mark.number, "why": row.reason}
        for row in marks.named("attacked")
    ]


def wording_seen(session: Session, enterprise: str, on: date) -> Seen | None:
    """The last visit's finding about the words 驰名商标, where it was one."""
    c = _table(Visit).c
    query = (
        select(c.id, c.visited_on, c.wording, c.wording_note)
        .where(c.enterprise_id == enterprise, c.visited_on <= on, c.dup_of.is_(None))
        .where(c.wording.is_not(None), c.wording != "not_checked")
        .order_by(c.visited_on.desc(), c.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None or row.wording not in SEEN:
        return None
    where = "：".join(filter(None, (_WORDINGS[row.wording], row.wording_note)))
    return Seen(row.visited_on, where, row.id)


def ban(on: date, ref: Reference | None = None) -> dict[str, str]:
    """The ban on the words and its fine as the law of that day has them."""
    found = wording_ban(on, ref)
    return {
        "article": str(found["article"] or ""),
        "penalty_article": str(found["penalty_article"] or ""),
        "fine": str(found["fine"]),
        "verify": "；".join(found.warnings),
    }


def _classes(numbers: Iterable[int]) -> str:
    return "、".join(f"第{number}类" for number in sorted(numbers))


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
