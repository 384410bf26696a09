"""Whom to visit next: who is due and why, and a plan by week and street.

The plan is a proposal of which everything can be told: the same records give the same plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record
from brandpool.models.visit import VisitItem, VisitPromise
from brandpool.rules.periods import ONE_DAY, Period, add
from brandpool.rules.reference import Reference, shipped
from brandpool.services import docket_visits

NEVER, LAPSED, PROMISE, EVIDENCE, ITEM = "never", "lapsed", "promise", "evidence", "item"
_WEEK, _WORKING = timedelta(days=7), 5
_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enterprise is due: since or by when, in words, and what it weighs."""

    kind: str
    text: str
    day: date | None
    weight: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """One enterprise that is due; `by` is the earliest day of a promise, None without one."""

    enterprise: str
    name: str
    street: str
    address: str
    contact: str
    phone: str
    last: date | None
    by: date | None
    reasons: tuple[Reason, ...]

    @property
    def urgency(self) -> int:
        """The sum of its reasons' weights."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def why(self) -> str:
        """Its reasons in words, the weightiest first."""
        return "；".join(reason.text for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Week:
    """The visits of one week from Monday on; `room` is how many fit into its working days."""

    monday: date
    room: int
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The weeks of a plan, and who found no room in them."""

    weeks: tuple[Week, ...]
    left: tuple[DueRow, ...]


def due(
    session: Session,
    on: date,
    *,
    streets: Sequence[str] = (),
    everyone: bool = False,
    ref: Reference | None = None,
) -> list[DueRow]:
    """Who is due for a visit on a day, the most urgent first.

    Those in the pool that were never visited or not for long, and any enterprise with a promise
    due within 30 days or with something on its list. `everyone` also looks at enterprises outside
    the pool. Enterprises no longer in business are left out.
    """
    settings = (ref or shipped()).documents["fieldwork"]
    firms = _firms(session, streets)
    entered = docket_visits.entries(session, on)
    watched = [one for one in firms if everyone or one in entered]
    visited = docket_visits.last_visits(session, list(firms), on)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    _promises(session, on, reasons, settings["urgency"])
    _items(session, reasons, settings["urgency"])
    every = Period.parse(settings["visit_every"])
    for one in watched:
        reasons[one] += _lapses(visited.get(one), entered.get(one), on, every, settings["urgency"])
    rows = [_row(firms[one], visited.get(one), reasons[one]) for one in firms if reasons.get(one)]
    return sorted(rows, key=_rank)


def plan(
    rows: Iterable[DueRow],
    start: date,
    weeks: int,
    *,
    per_week: int = 0,
    ref: Reference | None = None,
) -> Route:
    """Spread who is due over weeks, from the week of the first working day after `start` on.

    A week takes `per_week` visits (0: as the station has set), fewer where it has holidays. First
    come promises due by its end; the rest of its room goes to whole streets, the one with most
    urgency first, so that a day is spent in one place. Raises UserError for no weeks.
    """
    data = ref or shipped()
    full = per_week or int(data.documents["fieldwork"]["visits_per_week"])
    if weeks < 1 or full < 1:
        raise UserError(_("请填写至少 1 周、每周至少 1 家。"))
    pending = sorted(rows, key=_rank)
    made = []
    start = data.china.next_open_day(start)
    first = start - timedelta(days=start.weekday())
    for number in range(weeks):
        monday = first + number * _WEEK
        room = _room(max(monday, start), monday, full, data)
        taken = _taken(pending, monday + _WEEK - ONE_DAY, room)
        chosen = {row.enterprise for row in taken}
        pending = [row for row in pending if row.enterprise not in chosen]
        made.append(Week(monday, room, tuple(sorted(taken, key=_on_the_way))))
    return Route(tuple(made), tuple(pending))


def _taken(pending: Sequence[DueRow], sunday: date, room: int) -> list[DueRow]:
    """Who is visited in a week: promises first, then street by street."""
    taken = [row for row in pending if row.by is not None and row.by <= sunday][:room]
    rest = [row for row in pending if row not in taken]
    while rest and len(taken) < room:
        street = _next_street(rest, room - len(taken), {row.street for row in taken})
        there = [row for row in rest if row.street == street][: room - len(taken)]
        taken += there
        rest = [row for row in rest if row not in there]
    return taken


def _next_street(rest: Sequence[DueRow], room: int, been: set[str]) -> str:
    """Where most urgency can be met now; streets visited anyway this week go before others."""
    streets: dict[str, list[DueRow]] = defaultdict(list)
    for row in rest:
        streets[row.street].append(row)
    return min(
        streets,
        key=lambda s: (s not in been, -sum(r.urgency for r in streets[s][:room]), not s, s),
    )


def _room(start: date, monday: date, full: int, ref: Reference) -> int:
    """How many visits fit into a week: in proportion to its open days from `start` on."""
    days = [monday + timedelta(days=number) for number in range(7)]
    open_days = sum(day >= start and ref.china.is_open(day) for day in days)
    return min(full, (full * open_days + _WORKING - 1) // _WORKING)


def _promises(
    session: Session, on: date, reasons: dict[str, list[Reason]], weights: Mapping[str, int]
) -> None:
    c = _table(VisitPromise).c
    query = (
        select(c.enterprise_id, c.matter, c.due)
        .where(c.closed_on.is_(None), c.dup_of.is_(None), c.due.is_not(None))
        .where(c.due <= on + _AHEAD, c.enterprise_id.is_not(None))
        .order_by(c.due, c.id)
    )
    for enterprise, matter, day in session.execute(query):
        late = day < on
        word = _("承诺已逾期（{day}）：{matter}") if late else _("承诺 {day} 到期：{matter}")
        weight = weights["promise_overdue" if late else "promise_due"]
        text = word.format(day=day, matter=matter)
        reasons[enterprise].append(Reason(PROMISE, text, day, weight))


def _items(session: Session, reasons: dict[str, list[Reason]], weights: Mapping[str, int]) -> None:
    c = _table(VisitItem).c
    query = (
        select(c.enterprise_id, c.origin, c.what, c.asked_on)
        .where(c.done_on.is_(None), c.dup_of.is_(None), c.enterprise_id.is_not(None))
        .order_by(c.asked_on, c.what, c.id)
    )
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for enterprise, origin, what, asked in session.execute(query):
        found[enterprise, EVIDENCE if origin == "evidence_gap" else ITEM].append((what, asked))
    for (enterprise, kind), asked_for in found.items():
        what, asked = asked_for[0]
        number = len(asked_for)
        word = (
            _("证据缺口 {number} 项：{what}") if kind == EVIDENCE else _("待核 {number} 项：{what}")
        )
        text = word.format(number=number, what=what + ("…" if number > 1 else ""))
        reasons[enterprise].append(Reason(kind, text, asked, weights[kind]))


def _lapses(
    last: date | None, entered: date | None, on: date, every: Period, weights: Mapping[str, int]
) -> list[Reason]:
    if last is None:
        text = _("入库（{day}）以来从未走访").format(day=entered) if entered else _("从未走访")
        return [Reason(NEVER, text, entered, weights["never"])]
    until = add(last, every)
    if until > on:
        return []
    text = _("上次走访 {day}，已满{every}").format(day=last, every=every)
    return [Reason(LAPSED, text, until, weights["lapsed"])]


def _firms(session: Session, streets: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    c = _table(Enterprise).c
    query = select(
        c.id, c.name, c.street, c.business_address, c.registered_address, c.brand_officer,
        c.brand_officer_phone, c.contact, c.phone,
    ).where(c.dup_of.is_(None), c.status.is_(None) | (c.status == "in_business"))  # fmt: skip
    if streets:
        query = query.where(c.street.in_(list(streets)))
    found = session.execute(query.order_by(c.pinyin, c.id)).mappings()
    return {row["id"]: dict(row) for row in found}


def _row(firm: Mapping[str, Any], last: date | None, reasons: Sequence[Reason]) -> DueRow:
    days = [reason.day for reason in reasons if reason.kind == PROMISE and reason.day]
    return DueRow(
        firm["id"],
        firm["name"] or "",
        firm["street"] or "",
        firm["business_address"] or firm["registered_address"] or "",
        firm["brand_officer"] or firm["contact"] or "",
        (firm["brand_officer_phone"] if firm["brand_officer"] else firm["phone"]) or "",
        last,
        min(days, default=None),
        tuple(sorted(reasons, key=lambda r: (-r.weight, r.day or date.max, r.text))),
    )


def _rank(row: DueRow) -> tuple[Any, ...]:
    return (-row.urgency, row.by or date.max, row.last or date.min, row.name, row.enterprise)


def _on_the_way(row: DueRow) -> tuple[Any, ...]:
    return (not row.street, row.street, row.by or date.max, -row.urgency, row.name, row.enterprise)


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
