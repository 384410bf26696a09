"""Titles of enterprises (优势、示范、小巨人…): who holds one on a day, and whose review is due."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.honour import HONOURS, LEVELS, Honour
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live
from brandpool.services.mark_counts import in_business

_WORDS = {choice.code: choice.zh for choice in (*HONOURS, *LEVELS)}


def standing(row: LedgerRow, on: date) -> bool:
    """Whether a title stands on a day: granted, not run out, its holder not moved away by then."""
    ended = row["valid_until"] is not None and row["valid_until"] < on
    return by_day(row["granted"], on) and not ended and not by_day(row["moved_out_on"], on)


def holders(
    session: Session,
    on: date,
    honours: tuple[str, ...] = ("ip_advantage",),
    level: str | None = "national",
) -> Counted:
    """The enterprises that hold one of these titles on a day, each counted once.

    An enterprise that has moved out is no longer counted: from the day recorded with its title,
    else by its present status. A title without its day of grant is unknown.
    """
    zone = in_business(session)
    wanted = [
        row for row in live(session, Honour)
        if row["honour"] in honours and (level is None or row["level"] == level)
    ]  # fmt: skip
    mine = [row for row in wanted if row["enterprise_id"] in zone or row["moved_out_on"]]
    counted = [row for row in mine if standing(row, on)]
    unknown = [row for row in mine if row["granted"] is None]
    names = "、".join(_WORDS[code] for code in honours)
    text = _(
        "截至 {day}；{level}{names}：当日有效且未迁出的企业，一家计一次；没有认定日期的列为待查。"
    ).format(day=on, level=_WORDS[level] if level else "", names=names)
    return Counted(
        len({row["enterprise_id"] for row in counted}),
        _("家"),
        keys(Honour.kind(), (row["id"] for row in counted)),
        text,
        keys(Honour.kind(), (row["id"] for row in unknown)),
    )


def brought_in(session: Session, on: date, honours: tuple[str, ...] = ("ip_advantage",)) -> Counted:
    """Of these titles, those whose holder came from outside the zone (支持区外优势企业落户)."""
    zone = in_business(session)
    counted = [
        row for row in live(session, Honour)
        if row["honour"] in honours and row["origin"] and row["enterprise_id"] in zone
        and by_day(row["moved_in_on"], on) and not by_day(row["moved_out_on"], on)
    ]  # fmt: skip
    text = _("截至 {day}；填写了来源地和引进落户日、尚未迁出的企业，一家计一次。").format(day=on)
    total = len({row["enterprise_id"] for row in counted})
    return Counted(total, _("家"), keys(Honour.kind(), (row["id"] for row in counted)), text)


def reviews(session: Session, on: date) -> Counted:
    """The titles whose review falls into the year of that day and has not been passed yet."""
    zone = in_business(session)
    due = [
        row for row in live(session, Honour)
        if row["review_year"] is not None and row["review_year"] <= on.year
        and row["enterprise_id"] in zone and standing(row, on)
        and not (row["reviewed_on"] and row["reviewed_on"].year >= row["review_year"])
    ]  # fmt: skip
    text = _("复核年度为 {year} 年或更早、当日仍有效、还没有登记复核通过日的称号。").format(
        year=on.year
    )
    return Counted(len(due), _("项"), keys(Honour.kind(), (row["id"] for row in due)), text)
