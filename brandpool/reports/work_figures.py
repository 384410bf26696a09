"""Statistics of the station's work: visits and services by month, street and person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.brand_plan import BrandPlan
from brandpool.models.consultation import Consultation
from brandpool.models.letter import Letter
from brandpool.models.record import Record
from brandpool.models.renewal import RenewalStep
from brandpool.models.training import Training
from brandpool.models.visit import Visit
from brandpool.reports.ask import Ask, period_name, periods
from brandpool.reports.mark_figures import firm_words
from brandpool.reports.scope import day_words
from brandpool.reports.tally import About, by_number, tally
from brandpool.services.visits import visitors_of

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class _Work:
    """A kind of work: its record, the field of its day and of the people who did it."""

    model: type[Record]
    dated: str
    people: str = ""


SERVICES = (
    _Work(Visit, "visited_on", "visitors"),
    _Work(Consultation, "consulted_on", "answered_by"),
    _Work(Training, "held_on"),
    _Work(Letter, "dated", "issued_by"),
    _Work(BrandPlan, "made_on", "made_by"),
)
STEPS = _Work(RenewalStep, "dated", "done_by")


@dataclass(frozen=True, slots=True)
class _Done:
    """One piece of work that was done."""

    model: type[Record]
    id: str
    day: date
    enterprise: str
    people: str


def by_period(session: Session, ask: Ask) -> DataFrame:
    """Visits, consultations, trainings, letters and plans by period."""
    ask.check()
    spans = tuple(periods(ask.start, ask.end, ask.step))
    told = About(
        _("走访与服务：期间与种类"), _("期间"), _("次"), _definition(ask),
        tuple(period_name(end, ask.step) for _start, end in spans), _kinds(), spans=spans,
    )  # fmt: skip
    return tally(
        told,
        (
            (period_name(one.day, ask.step), one.model.label(lang()), one.model.kind(), one.id)
            for one in _done(session, ask)
        ),
    )


def by_street(session: Session, ask: Ask) -> DataFrame:
    """The same by the street of the enterprise."""
    ask.check()
    streets, unknown = firm_words(session, "street"), _("街道未登记")
    none = _("不涉及库内企业")
    lines = [
        (
            streets.get(one.enterprise, unknown) if one.enterprise else none,
            one.model.label(lang()), one.model.kind(), one.id,
        )
        for one in _done(session, ask)
    ]  # fmt: skip
    rows = by_number((line[0] for line in lines), [unknown, none])
    text = _definition(ask) + _("街道按企业现登记信息；讲座培训不按企业登记。")
    title = _("走访与服务：街道与种类")
    return tally(About(title, _("街道"), _("次"), text, rows, _kinds()), lines)


def by_person(session: Session, ask: Ask) -> DataFrame:
    """Who did how much by period; what two did together counts for both."""
    ask.check()
    unknown = _("经办人未登记")
    spans = tuple(periods(ask.start, ask.end, ask.step))
    lines = [
        (person, period_name(one.day, ask.step), one.model.kind(), one.id)
        for one in _done(session, ask, people=True)
        for person in visitors_of(one.people) or [unknown]
    ]
    rows = by_number((line[0] for line in lines), [unknown])
    text = _(
        "口径：{start}至{end}（含首尾两日）的走访、咨询、四书、一企一策方案和续展办理步骤，"
        "按登记的走访人、接待人、经办人、制定人计；多人共同办理的每人各计一次。"
    ).format(start=day_words(ask.start), end=day_words(ask.end))
    told = About(
        _("工作量：人员与期间"), _("人员"), _("件次"), text, rows,
        tuple(period_name(end, ask.step) for _start, end in spans),
    )  # fmt: skip
    return tally(told, lines)


def _done(session: Session, ask: Ask, *, people: bool = False) -> Iterator[_Done]:
    for work in (*SERVICES, STEPS) if people else SERVICES:
        if people and not work.people:
            continue
        table = work.model.__table__.c
        firm = table.get("enterprise_id", literal(None))
        who = table[work.people] if work.people else literal(None)
        dated = table[work.dated]
        query = select(table.id, dated, firm, who).where(
            dated >= ask.start, dated <= ask.end, table.dup_of.is_(None)
        )
        for record, day, enterprise, names in session.execute(query.order_by(dated, table.id)):
            yield _Done(work.model, record, day, enterprise or "", names or "")


def _kinds() -> tuple[str, ...]:
    return tuple(work.model.label(lang()) for work in SERVICES)


def _definition(ask: Ask) -> str:
    return _(
        "口径：{start}至{end}（含首尾两日）登记的走访、咨询、讲座培训、四书发放和一企一策方案，"
        "按各自的日期计，每条记录一次。"
    ).format(start=day_words(ask.start), end=day_words(ask.end))
