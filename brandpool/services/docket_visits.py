"""Dates of fieldwork: promises, measures and reviews of plans, and who was not visited for long."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import said
from brandpool.models.brand_plan import BrandPlan, PlanMeasure, PlanReview
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import Record
from brandpool.models.visit import Visit, VisitPromise
from brandpool.rules.explained import Explained, Step
from brandpool.rules.periods import Period, add
from brandpool.rules.reference import Reference
from brandpool.rules.standing import Stay
from brandpool.services import schemes
from brandpool.services.docket_date import Dated, Owned, deadline, recorded
from brandpool.services.placings import lines

_CLOSED = ("done", "dropped")


def read_promises(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The days by which these promises are to be kept, while they are open."""
    found: dict[str, Owned] = {}
    for row in _live(session, VisitPromise, ids):
        dates = []
        if row["due"] is not None and row["closed_on"] is None:
            told = recorded(said("承诺的完成期限"), row["due"], said("走访记录"))
            dates = [deadline("visit.promise", VisitPromise.kind(), row["id"], "", told,
                              row["due"], note=row["person"] or "")]  # fmt: skip
        found[row["id"]] = (row["enterprise_id"], dates)
    return found


def read_plans(session: Session, ids: Sequence[str], ref: Reference) -> dict[str, Owned]:
    """The days of these plans' open measures, and of the next review of each plan."""
    measures = _of_plans(session, PlanMeasure, ids)
    reviews = _of_plans(session, PlanReview, ids)
    every = Period.parse(ref.documents["fieldwork"]["plan_review_every"])
    found: dict[str, Owned] = {}
    for row in _live(session, BrandPlan, ids):
        plan = row["id"]
        dates: list[Dated] = []
        if row["closed_on"] is None:
            dates += [_measure(one) for one in measures[plan] if _open(one)]
            dates += _review(row, reviews[plan], every)
        found[plan] = (row["enterprise_id"], dates)
    return found


def with_lapses(
    session: Session, others: Mapping[str, Owned], today: date, ref: Reference
) -> dict[str, Owned]:
    """Dates of enterprises with one more: when those in the pool must be visited again."""
    ids = list(others)
    every = Period.parse(ref.documents["fieldwork"]["visit_every"])
    visited, entered = last_visits(session, ids), entries(session, today, ids)
    return {
        enterprise: (owner, [*dates, *_lapse(enterprise, visited, entered, every)])
        for enterprise, (owner, dates) in others.items()
    }


def last_visits(session: Session, ids: Sequence[str], until: date | None = None) -> dict[str, date]:
    """The day of the latest visit to each of these enterprises, up to a day if one is given."""
    table = _table(Visit)
    found: dict[str, date] = {}
    for batch in journal.in_batches(ids):
        query = (
            select(table.c.enterprise_id, func.max(table.c.visited_on))
            .where(table.c.enterprise_id.in_(batch), table.c.visited_on.is_not(None))
            .where(table.c.dup_of.is_(None))
            .group_by(table.c.enterprise_id)
        )
        if until is not None:
            query = query.where(table.c.visited_on <= until)
        found.update((enterprise, day) for enterprise, day in session.execute(query))
    return found


def entries(session: Session, on: date, ids: Sequence[str] | None = None) -> dict[str, date]:
    """Who stands on a ladder in force on a day, and since when without having left it."""
    found: dict[str, date] = {}
    for scheme in schemes.in_force(session, on):
        for ladder in scheme.ladders:
            chosen = None if ids is None else list(ids)
            for enterprise, line in lines(session, ladder.code, on, chosen).items():
                since = _unbroken(line)
                if since is not None:
                    found[enterprise] = min(since, found.get(enterprise, since))
    return found


def _unbroken(line: Sequence[Stay]) -> date | None:
    """The first day of the stays that reach the present without leaving the ladder."""
    since = None
    for stay in reversed(line):
        if stay.tier is None:
            break
        since = stay.start
    return since


def _lapse(
    enterprise: str, visited: Mapping[str, date], entered: Mapping[str, date], every: Period
) -> Iterator[Dated]:
    since = entered.get(enterprise)
    if since is None:
        return
    last = visited.get(enterprise)
    start = last if last is not None and last > since else since
    day = add(start, every)
    event = said("上次走访") if start == last else said("入库（尚无走访）")
    source = said("期限设置：走访间隔")
    steps = (Step(event, source, start), Step(said("满{period}", period=every), source, day))
    yield deadline("visit.lapse", Enterprise.kind(), enterprise, start.isoformat(),
                   Explained({"value": day}, steps), day)  # fmt: skip


def _measure(row: Mapping[str, Any]) -> Dated:
    told = recorded(said("措施的完成期限"), row["due"], said("一企一策方案"))
    note = "　".join(filter(None, (row["matter"], row["person"])))
    return deadline("plan.measure", PlanMeasure.kind(), row["id"], "", told, row["due"], note=note)


def _open(row: Mapping[str, Any]) -> bool:
    return row["due"] is not None and row["status"] not in _CLOSED


def _review(
    plan: Mapping[str, Any], reviews: Sequence[Mapping[str, Any]], every: Period
) -> Iterator[Dated]:
    days = [row["reviewed_on"] for row in reviews if row["reviewed_on"] is not None]
    start = max(days, default=plan["made_on"])
    if start is None:
        return
    day = add(start, every)
    source = said("期限设置：方案评估间隔")
    steps = (
        Step(said("上次评估") if days else said("制定方案"), source, start),
        Step(said("满{period}", period=every), source, day),
    )
    told = Explained({"value": day}, steps)
    occasion = start.isoformat()
    yield deadline("plan.review", BrandPlan.kind(), plan["id"], occasion, told, day)


def _of_plans(
    session: Session, model: type[Record], plans: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    table = _table(model)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for batch in journal.in_batches(plans):
        query = select(table).where(table.c.plan_id.in_(batch), table.c.dup_of.is_(None))
        for row in session.execute(query.order_by(table.c.id)).mappings():
            found[row["plan_id"]].append(dict(row))
    return found


def _live(session: Session, model: type[Record], ids: Sequence[str]) -> list[dict[str, Any]]:
    found = journal.snapshot(session, model, list(ids))
    return [row for row in found.values() if row["dup_of"] is None]


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
