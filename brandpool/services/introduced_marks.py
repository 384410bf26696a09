"""Foreign marks brought into the zone; a number of its own, never part of the Madrid fifty."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.abroad import IntroducedMark
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import by_day, live
from brandpool.services.mark_counts import in_business


def introduced(session: Session, on: date, first: date | None = None) -> Counted:
    """The foreign marks introduced by a day (from `first` on), each with its proof on file.

    Without a proof on file a mark is unknown. A right that has ended no longer counts.
    """
    zone = in_business(session)
    rows = [
        row for row in live(session, IntroducedMark)
        if row["enterprise_id"] in zone and by_day(row["introduced_on"], on)
        and (first is None or row["introduced_on"] >= first)
        and not (row["ends"] and row["ends"] < on)
    ]  # fmt: skip
    proved = [row["id"] for row in rows if row["document_id"]]
    unproved = [row["id"] for row in rows if not row["document_id"]]
    text = _(
        "截至 {day}；在业企业引进、授权未届满、附有证明文件的境外注册商标；没有证明文件的列为待查；"
        "不计入马德里国际注册件数。"
    ).format(day=on)
    kind = IntroducedMark.kind()
    return Counted(len(proved), _("件"), keys(kind, proved), text, keys(kind, unproved))
