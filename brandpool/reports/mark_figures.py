"""Statistics of Chinese marks: by class, street and industry of the owner, each by status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.mark_codes import STATUSES
from brandpool.models.trademark import Trademark
from brandpool.reports.ask import Ask
from brandpool.reports.scope import day_words
from brandpool.reports.tally import About, by_number, tally
from brandpool.services import reference_data, trademarks
from brandpool.services.trademarks import MarkRow

if TYPE_CHECKING:
    from pandas import DataFrame


def by_class(session: Session, ask: Ask) -> DataFrame:
    """Marks by Nice class and status on the day."""
    unknown = _("类别未登记")

    def of(mark: MarkRow) -> str:
        return _("第{number:02d}类").format(number=mark.nice_class) if mark.nice_class else unknown

    return _marks(session, ask, (_("注册商标：类别与状态"), _("类别")), of, unknown, ordered=True)


def by_street(session: Session, ask: Ask) -> DataFrame:
    """Marks by the street of the owner and status on the day."""
    unknown = _("街道未登记")
    streets = firm_words(session, "street")
    return _marks(
        session, ask, (_("注册商标：街道与状态"), _("街道")),
        lambda mark: streets.get(mark.enterprise_id or "", unknown), unknown,
    )  # fmt: skip


def by_industry(session: Session, ask: Ask) -> DataFrame:
    """Marks by the industry of the owner and status on the day."""
    unknown = _("行业未登记")
    industries = firm_words(session, "industry")
    return _marks(
        session, ask, (_("注册商标：行业与状态"), _("行业")),
        lambda mark: industries.get(mark.enterprise_id or "", unknown), unknown,
    )  # fmt: skip


def firm_words(session: Session, name: str) -> dict[str, str]:
    """What enterprises have in a text field, by id; those without anything are left out."""
    table = Enterprise.__table__.c
    query = select(table.id, table[name]).where(table[name].is_not(None), table[name] != "")
    return {record: str(text) for record, text in session.execute(query)}


def _marks(
    session: Session,
    ask: Ask,
    titles: tuple[str, str],
    of: Callable[[MarkRow], str],
    unknown: str,
    *,
    ordered: bool = False,
) -> DataFrame:
    ref = reference_data.reference(session, ask.end)
    words = {choice.code: choice.label(lang()) for choice in STATUSES}
    lines = []
    for mark in trademarks.gather(session):
        if mark.filed is not None and mark.filed > ask.end:
            continue
        status = trademarks.judged(mark, ask.end, ref=ref).status
        lines.append((of(mark), words[status], Trademark.kind(), mark.id))
    labels = [row for row, _status, _kind, _id in lines]
    rows = by_number(labels, [unknown])
    rows = tuple(sorted(rows, key=lambda row: (row == unknown, row))) if ordered else rows
    used = {status for _row, status, _kind, _id in lines}
    text = _(
        "口径：{day}日终的状态，由登记的日期和事项推算，人工确定的以人工为准；按“注册号×类别”计，"
        "申请日晚于该日的不计；街道、行业按企业现登记信息。"
    ).format(day=day_words(ask.end))
    columns = tuple(word for word in words.values() if word in used)
    return tally(About(titles[0], titles[1], _("件"), text, rows, columns), lines)
