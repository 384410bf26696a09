"""Figures that somebody else counted: they count only with their source and their day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.target import TargetFigure
from brandpool.services import records
from brandpool.services.indicators import Indicator
from brandpool.services.records import Filter, Op, Query, RecordRow


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure; `verified` where it has source and day. `id` is empty for none at all."""

    id: str
    value: Decimal | None
    done: bool | None
    source: str
    as_of: date | None

    @property
    def verified(self) -> bool:
        """Whether it may be shown as the actual: it says from whom it is, and as of when."""
        told = self.value is not None or self.done is not None
        return told and bool(self.source.strip()) and self.as_of is not None


NOTHING = Figure("", None, None, "", None)


def latest(
    session: Session, indicator: str, title: str, day: date, *, lasting: bool = False
) -> Figure:
    """The newest figure of the day's year up to that day; one without source or day if no other.

    `lasting` takes earlier years too: what has been established stays so. Indicators of the kind
    "other" are told apart by their title.
    """
    within = Filter("year", Op.AT_MOST if lasting else Op.EQUALS, day.year)
    wanted = (Filter("indicator", Op.EQUALS, indicator), within)
    ids = records.find(session, TargetFigure, Query(wanted))
    rows = [row for row in records.rows(session, TargetFigure, ids) if row.dup_of is None]
    if indicator == "other":
        rows = [row for row in rows if row["title"] == title]
    figures = [_figure(row) for row in rows]
    sure = [one for one in figures if one.verified and one.as_of is not None and one.as_of <= day]
    if sure:
        return max(sure, key=lambda one: (one.as_of or date.min, one.id))
    return next((one for one in reversed(figures) if not one.verified), NOTHING)


def words(figure: Figure, indicator: Indicator, day: date) -> str:
    """Who reported the figure as of when, or what is lacking before it counts."""
    if figure.verified:
        text = _("填报数据，来源：{source}，截至 {day}。{definition}")
        definition = indicator.definition
        return text.format(source=figure.source, day=figure.as_of, definition=definition)
    if not figure.id:
        return _("{year} 年还没有填报数据，待核。{definition}").format(
            year=day.year, definition=indicator.definition
        )
    lacking = [
        word
        for word, there in (
            (_("数值"), figure.value is not None or figure.done is not None),
            (_("数据来源"), bool(figure.source.strip())),
            (_("截至日"), figure.as_of is not None),
        )
        if not there
    ]
    return _("填报数据缺{lacking}，待核。").format(lacking="、".join(lacking))


def _figure(row: RecordRow) -> Figure:
    value, done, as_of = row["value"], row["done"], row["as_of"]
    return Figure(
        row.id,
        value if isinstance(value, Decimal) else None,
        done if isinstance(done, bool) else None,
        str(row["source"] or ""),
        as_of if isinstance(as_of, date) else None,
    )
