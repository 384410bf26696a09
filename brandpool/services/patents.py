"""Patents by their numbers: high-value inventions, and industry above scale without any patent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.patent import PatentYear
from brandpool.services.counted import Counted, RecordKey
from brandpool.services.ledger_rows import LedgerRow, by_day, live
from brandpool.services.mark_counts import in_business

COUNTS = ("high_value", "inventions", "patents")


def held(session: Session, on: date, count: str = "high_value") -> Counted:
    """How many patents the zone's enterprises hold: the latest figure of each with its as-of day.

    count: "high_value" (高价值发明专利), "inventions" or "patents". A figure without source or
    as-of day does not count and is unknown, as is a later report that leaves the figure open.
    """
    total, rows, unknown = 0, [], []
    for reports in _reports(session, on).values():
        for report in reports:
            key = (PatentYear.kind(), str(report["id"]))
            if report[count] is None or not report["source"] or report["as_of"] is None:
                unknown.append(key)
                continue
            total += report[count]
            rows.append(key)
            break
    names = {
        "high_value": _("高价值发明专利"),
        "inventions": _("有效发明专利"),
        "patents": _("有效专利"),
    }
    text = _(
        "截至 {day}；{what}：在业企业各取截至日不晚于该日的最近一次数字相加；"
        "没有来源或截至日的不计，列为待查。"
    ).format(day=on, what=names[count])
    return Counted(total, _("件"), tuple(rows), text, tuple(unknown))


def without_patents(session: Session, year: int, on: date) -> Counted:
    """规上工业企业专利清零: enterprises above scale in a year that are known to have no patent.

    The flag is that of the year, else the enterprise's own; the number that of the year's report,
    else the yearly figure 有效专利数 with an as-of day. An unknown number is 待查, never nought.
    """
    rows: list[RecordKey] = []
    unknown: list[RecordKey] = []
    for patents, key in _above_scale(session, year, on):
        if patents is None:
            unknown.append(key)
        elif patents == 0:
            rows.append(key)
    text = _(
        "截至 {day}；{year} 年度规上工业企业中有效专利数为 0 的在业企业；"
        "数字未知的列为待查，不算清零对象。"
    ).format(day=on, year=year)
    return Counted(len(rows), _("家"), tuple(rows), text, tuple(unknown))


def _above_scale(
    session: Session, year: int, on: date
) -> Iterator[tuple[int | Decimal | None, RecordKey]]:
    """Each enterprise above scale with its number of patents and the record that tells it."""
    told = {
        row["enterprise_id"]: row
        for row in live(session, PatentYear)
        if row["year"] == year and (row["as_of"] is None or row["as_of"] <= on)
    }
    figures = {
        row["enterprise_id"]: row
        for row in live(session, YearlyFigure)
        if row["year"] == year and row["measure"] == "patents" and by_day(row["as_of"], on)
    }
    zone = in_business(session)
    for enterprise in live(session, Enterprise):
        record = enterprise["id"]
        report, figure = told.get(record), figures.get(record)
        flag = report["above_scale"] if report else None
        if record not in zone or not (enterprise["above_scale"] if flag is None else flag):
            continue
        if report and report["patents"] is not None and report["as_of"] is not None:
            yield report["patents"], (PatentYear.kind(), report["id"])
        elif figure and figure["value"] is not None:
            yield figure["value"], (YearlyFigure.kind(), figure["id"])
        elif report:
            yield None, (PatentYear.kind(), report["id"])
        else:
            yield None, (Enterprise.kind(), record)


def _reports(session: Session, on: date) -> dict[str, list[LedgerRow]]:
    """The reports of each enterprise in business, latest first; undated ones come first of all."""
    zone = in_business(session)
    found: dict[str, list[LedgerRow]] = {}
    for row in live(session, PatentYear):
        if row["enterprise_id"] in zone and (row["as_of"] is None or row["as_of"] <= on):
            found.setdefault(row["enterprise_id"], []).append(row)
    for reports in found.values():
        reports.sort(key=lambda row: (row["as_of"] or date.max, row["year"] or 0), reverse=True)
    return found
