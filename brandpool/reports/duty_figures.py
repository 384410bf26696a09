"""Statistics of what is due and how far it is: renewals ahead, well-known files, targets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.target import Target
from brandpool.models.trademark import Trademark
from brandpool.models.well_known import WellKnownFile
from brandpool.models.well_known_codes import READINESS, ROUTES
from brandpool.reports.ask import Ask, period_name
from brandpool.reports.scope import day_words
from brandpool.reports.tally import About, tally
from brandpool.services import (
    madrid,
    madrid_rows,
    reference_data,
    renewals,
    targets,
    trademarks,
    well_known,
)

if TYPE_CHECKING:
    from pandas import DataFrame

Due = tuple[str, str, date, str]
"""Kind, id, the day a term ends, and the stage of its renewal."""
_AHEAD_YEARS = 2


def stages() -> dict[str, str]:
    """How far a renewal is by the calendar, in words."""
    return {
        "over": _("宽展期已过"), "grace": _("宽展期内"), "window": _("续展期内"),
        "ahead": _("未到续展期"),
    }  # fmt: skip


def renewals_ahead(session: Session, ask: Ask) -> DataFrame:
    """Terms that end, by month and stage: what is overdue, open, and the next two years."""
    words = stages()
    found = list(due_terms(session, ask.end))
    months = sorted({period_name(day, "month") for _kind, _id, day, _stage in found})
    text = _(
        "口径：截至{day}，国内注册商标和国际注册中续展尚未办结的，以及两年内届满、尚未到续展期的，"
        "按有效期届满月份计；已核准续展或已放弃的不计（商标法第四十条、共同实施细则第30条）。"
    ).format(day=day_words(ask.end))
    told = About(
        _("续展预报：届满月份与阶段"), _("届满月份"), _("件"), text,
        tuple(months), tuple(words.values()), spans=tuple(_month(name) for name in months),
    )  # fmt: skip
    return tally(
        told,
        ((period_name(day, "month"), words[stage], kind, one) for kind, one, day, stage in found),
    )


def _month(name: str) -> tuple[date, date]:
    year, month = int(name[:4]), int(name[5:])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def due_terms(session: Session, on: date) -> Iterator[Due]:
    """Renewals still open on a day, and terms in force that end within two years after it."""
    ref = reference_data.reference(session, on)
    until = date(on.year + _AHEAD_YEARS, on.month, 28)
    for row in renewals.queue(session, on, ref=ref):
        yield row.kind, row.id, row.due, row.stage
    for mark in trademarks.gather(session):
        term = trademarks.term(mark, on, ref=ref)
        if term is None or not on < term.day("renewal_opens") or term.day("valid_to") > until:
            continue
        if trademarks.judged(mark, on, ref=ref).status in trademarks.IN_FORCE:
            yield Trademark.kind(), mark.id, term.day("valid_to"), "ahead"
    for ir in madrid_rows.registrations(session):
        state = madrid.standing(ir, on, ref=ref)
        if state.term is None or state.ended:
            continue
        if on < state.term.day("window_opens") and state.term.day("due") <= until:
            yield InternationalRegistration.kind(), ir.id, state.term.day("due"), "ahead"


def readiness(session: Session, ask: Ask) -> DataFrame:
    """Preparation files for well-known protection by route and verdict on the day."""
    unknown = _("途径未定")
    routes = {choice.code: choice.label(lang()) for choice in ROUTES}
    verdicts = {choice.code: choice.label(lang()) for choice in READINESS}
    lines = [
        (
            routes.get(one.file.route or "", unknown), verdicts[one.verdict],
            WellKnownFile.kind(), one.file.id,
        )
        for one in well_known.assess_all(session, ask.end)
    ]  # fmt: skip
    rows = [name for name in (*routes.values(), unknown) if name in {line[0] for line in lines}]
    text = _(
        "口径：{day}对驰名商标保护准备案卷的评估，以案卷内材料为准；"
        "只说明个案材料是否齐备，不构成任何认定。"
    ).format(day=day_words(ask.end))
    told = About(
        _("驰名保护准备：途径与评估"), _("保护途径"), _("件"), text,
        tuple(rows), tuple(verdicts.values()),
    )  # fmt: skip
    return tally(told, lines)


def targets_reached(session: Session, ask: Ask) -> DataFrame:
    """Targets by whether they are met on the day, with what was wanted and what there is."""
    states = {
        targets.MET: _("已达到"), targets.OPEN: _("推进中"),
        targets.MISSED: _("未达到"), targets.UNVERIFIED: _("待核"),
    }  # fmt: skip
    lines, wanted, actual, share = [], {}, {}, {}
    for row in targets.find(session, ask.end):
        name = _("{title}（{year}年）").format(title=row.title, year=row.year)
        lines.append((name, states[row.state], Target.kind(), row.id))
        wanted[name] = row.wanted
        value = row.actual.value
        done = {None: "—", True: _("是"), False: _("否")}[row.actual.done]
        actual[name] = targets.spoken(value, row.unit) if value is not None else done
        share[name] = f"{row.share}%" if row.share is not None else "—"
    text = _(
        "口径：截至{day}（目标年度已过的截至该年末），实际值按各目标自己的口径由台账计数或由填报数据"
        "取得，超、达等要求按政策原文；数据未核的列为待核。各目标的口径见“目标”页。"
    ).format(day=day_words(ask.end))
    told = About(
        _("目标完成情况"), _("目标"), _("项"), text,
        tuple(dict.fromkeys(line[0] for line in lines)), tuple(states.values()),
        figures={_("要求"): wanted, _("实际"): actual, _("完成率"): share},
    )  # fmt: skip
    return tally(told, lines)
