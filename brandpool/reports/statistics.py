"""The statistics there are: each a function from a session and what is asked to a tally."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from brandpool.db.known import as_known
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.reports import (
    duty_figures,
    madrid_figures,
    mark_figures,
    promotion,
    tally,
    tier_figures,
    work_figures,
)
from brandpool.reports.ask import Ask
from brandpool.reports.scope import day_words
from brandpool.services import as_of

if TYPE_CHECKING:
    from pandas import DataFrame

Numbers = Callable[[Session, Ask], "DataFrame"]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One statistic of a theme, for one day or `between` two, of one ladder where `laddered`.

    `stepped` says whether the step of time counts, `inclusive` whether the first day does.
    """

    key: str
    theme: str
    title: str
    numbers: Numbers
    between: bool = False
    stepped: bool = False
    laddered: bool = False
    inclusive: bool = False
    about_one: bool = False


def themes() -> dict[str, str]:
    """What statistics and charts are sorted by, in words."""
    return {
        "tiers": _("梯队"), "marks": _("商标"), "madrid": _("马德里"), "renewals": _("续展"),
        "well_known": _("驰名保护"), "work": _("走访服务"), "targets": _("目标"),
    }  # fmt: skip


def statistics() -> tuple[Statistic, ...]:
    """All statistics, titled in the language in use."""
    return (*_of_tiers(), *_of_marks(), *_of_work())


def _of_tiers() -> Sequence[Statistic]:
    return (
        Statistic("flows", "tiers", _("层级进出"), tier_figures.flows, True, True, True, True),
        Statistic("stock", "tiers", _("各层级企业数"), tier_figures.stock, True, True, True),
        Statistic(
            "transitions", "tiers", _("层级流向矩阵"), tier_figures.transitions,
            between=True, laddered=True,
        ),
        Statistic("promotion", "tiers", _("升级所需时间"), promotion.numbers, laddered=True),
        Statistic("cohorts", "tiers", _("历年入库企业的现状"), tier_figures.cohorts, laddered=True),
    )  # fmt: skip


def _of_marks() -> Sequence[Statistic]:
    return (
        Statistic("marks_class", "marks", _("注册商标：类别"), mark_figures.by_class),
        Statistic("marks_street", "marks", _("注册商标：街道"), mark_figures.by_street),
        Statistic("marks_industry", "marks", _("注册商标：行业"), mark_figures.by_industry),
        Statistic("madrid_party", "madrid", _("马德里：缔约方"), madrid_figures.by_party),
        Statistic("madrid_class", "madrid", _("马德里：类别"), madrid_figures.by_class),
        Statistic("madrid_year", "madrid", _("马德里：注册年份"), madrid_figures.by_year),
        Statistic("renewals", "renewals", _("续展预报"), duty_figures.renewals_ahead),
        Statistic("readiness", "well_known", _("驰名保护准备"), duty_figures.readiness),
    )


def _of_work() -> Sequence[Statistic]:
    return (
        Statistic(
            "services",
            "work",
            _("走访与服务：期间"),
            work_figures.by_period,
            True,
            True,
            inclusive=True,
        ),
        Statistic(
            "services_street",
            "work",
            _("走访与服务：街道"),
            work_figures.by_street,
            True,
            inclusive=True,
        ),
        Statistic(
            "workload", "work", _("工作量"), work_figures.by_person, True, True, inclusive=True
        ),
        Statistic("targets", "targets", _("目标完成情况"), duty_figures.targets_reached),
    )


def statistic(key: str) -> Statistic:
    """The statistic of that key. Raises UserError that names the keys there are."""
    found = {one.key: one for one in statistics()}
    if key not in found:
        raise UserError(
            _("没有“{key}”这项统计，可用：{keys}。").format(key=key, keys="、".join(found))
        )
    return found[key]


def compute(pool: Pool, one: Statistic, ask: Ask, known: date | None = None) -> DataFrame:
    """The tally of a statistic, as known now or at the end of a day; it says so itself."""
    with known_on(pool, known) as session:
        frame = one.numbers(session, ask)
    return frame if known is None else marked(frame, known)


def marked(frame: DataFrame, known: date) -> DataFrame:
    """The same tally, its title and definition saying on which day this was known."""
    told = tally.about(frame)
    text = _("只计{day}日终前已录入本库的数据（按当日已知）。").format(day=day_words(known))
    title = _("{title}（按 {day} 已知）").format(title=told.title, day=known)
    frame.attrs["about"] = replace(told, title=title, definition=told.definition + text)
    return frame


@contextmanager
def known_on(pool: Pool, day: date | None) -> Iterator[Session]:
    """A reading session on the pool as it was known at the end of a day; None: as it is now.

    What arrived later, however early it took effect, is not in it.
    """
    if day is None:
        with pool.read() as session:
            yield session
        return
    with pool.read() as session:
        lsn = as_of.lsn_on(session, day)
    copy = as_known(pool, lsn)
    try:
        with copy.read() as session:
            yield session
    finally:
        copy.close()
