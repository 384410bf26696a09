"""Patent licences counted by the patents of their contracts, and open licences in force."""

from collections import defaultdict
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.licence import OpenLicence, PatentLicence
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live, number, numbers


def licensed(session: Session, year: int, on: date, how: str | None = None) -> Counted:
    """专利许可件数 of a year by 备案日: a contract with five patents counts five.

    The lines of one contract (备案号) are taken together; a patent that stands there twice is one.
    Where no patent is listed the recorded number counts. A contract with neither is unknown, as is
    one whose list and number disagree: it counts by its list.
    """
    contracts: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in live(session, PatentLicence):
        if in_year(row["recorded_on"], year, on) and (how is None or row["how"] == how):
            contracts[number(row["record_no"]) or row["id"]].append(row)
    total, counted, unknown = 0, [], []
    for lines in contracts.values():
        patents, sure = _patents(lines)
        total += patents
        ids = [line["id"] for line in lines]
        counted += ids if patents else []
        unknown += [] if sure else ids
    text = _(
        "备案日在 {year} 年内（截至 {day}）的专利实施许可，按合同中的专利件数计："
        "一份合同许可 5 件计 5 件；没有专利号也没有件数的列为待查。"
    ).format(year=year, day=on)
    kind = PatentLicence.kind()
    return Counted(total, _("件"), keys(kind, counted), text, keys(kind, unknown))


def open_licences(session: Session, on: date) -> Counted:
    """The declarations of open licence that stand on a day, one for each patent."""
    rows = [
        row for row in live(session, OpenLicence)
        if by_day(row["declared_on"], on) and not by_day(row["withdrawn_on"], on)
        and not (row["ends"] and row["ends"] < on)
    ]  # fmt: skip
    total = len({number(row["patent_no"]) or row["id"] for row in rows})
    text = _("截至 {day}；已公告、未撤回、未届满的开放许可声明，按专利号计。").format(day=on)
    return Counted(total, _("件"), keys(OpenLicence.kind(), (row["id"] for row in rows)), text)


def _patents(lines: list[LedgerRow]) -> tuple[int, bool]:
    """How many patents a contract licenses, and whether that is sure."""
    listed = {patent for line in lines for patent in numbers(line["patents"])}
    told = [line["patent_count"] for line in lines if line["patent_count"] is not None]
    if listed:
        return len(listed), not told or len(listed) in (max(told), sum(told))
    return (sum(told), True) if told else (0, False)
