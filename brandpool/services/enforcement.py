"""Enforcement cases of a year: their law by date, what they came to, what was done together."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enforcement import EnforcementCase
from brandpool.rules import enforcement
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import records, reference_data
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live

_KIND = EnforcementCase.kind()


def law_of(session: Session, case: str, ref: Reference | None = None) -> Explained:
    """The law and articles of a case by the day of the act, else of its filing.

    Raises UserError when the case is gone or has neither day.
    """
    row = records.get(session, EnforcementCase, case)
    filed, acted = row["filed_on"], row["acted_on"]
    day = filed or acted
    if not isinstance(day, date):
        raise UserError(_("案件没有登记立案日期，无法确定适用的法律。请先填写立案日期。"))
    ref = ref or reference_data.reference(session, day)
    act = acted if isinstance(acted, date) else None
    return enforcement.case_law(str(row["case_type"] or ""), day, act, ref=ref)


def filed(session: Session, year: int, on: date, case_type: str = "") -> Counted:
    """立案数: the cases filed in the year up to a day, of one type or of all."""
    rows = [row for row in _of(session, case_type) if in_year(row["filed_on"], year, on)]
    lacking = [row["id"] for row in _of(session, case_type) if row["filed_on"] is None]
    text = _("{year} 年内（截至 {day}）立案的案件；没有立案日期的待查。").format(year=year, day=on)
    ids = (row["id"] for row in rows)
    return Counted(len(rows), _("件"), keys(_KIND, ids), text, keys(_KIND, lacking))


def closed(session: Session, year: int, on: date) -> Counted:
    """结案数: the cases closed in the year up to a day."""
    rows = [row for row in live(session, EnforcementCase) if in_year(row["closed_on"], year, on)]
    text = _("{year} 年内（截至 {day}）结案的案件。").format(year=year, day=on)
    return Counted(len(rows), _("件"), keys(_KIND, (row["id"] for row in rows)), text)


def open_cases(session: Session, on: date) -> Counted:
    """在办案件: filed by a day and neither closed by then."""
    rows = [
        row
        for row in live(session, EnforcementCase)
        if by_day(row["filed_on"], on) and not by_day(row["closed_on"], on)
    ]
    text = _("{day} 已立案、未结案的案件。").format(day=on)
    return Counted(len(rows), _("件"), keys(_KIND, (row["id"] for row in rows)), text)


def fines(session: Session, year: int, on: date) -> Counted:
    """罚款总额 in yuan: of the penalties decided in the year; one without an amount is unknown."""
    rows = [row for row in live(session, EnforcementCase) if in_year(row["decided_on"], year, on)]
    told = [row for row in rows if row["fine"] is not None]
    lacking = [row["id"] for row in rows if row["fine"] is None]
    text = _("{year} 年内（截至 {day}）作出处罚决定的案件登记的罚款之和。").format(
        year=year, day=on
    )
    total = sum((row["fine"] for row in told), Decimal(0))
    ids = (row["id"] for row in told)
    return Counted(total, _("元"), keys(_KIND, ids), text, keys(_KIND, lacking))


def to_police(session: Session, year: int, on: date) -> Counted:
    """移送公安: the cases passed to the police in the year."""
    rows = [row for row in live(session, EnforcementCase) if in_year(row["police_on"], year, on)]
    text = _("{year} 年内（截至 {day}）移送公安机关的案件。").format(year=year, day=on)
    return Counted(len(rows), _("件"), keys(_KIND, (row["id"] for row in rows)), text)


def _of(session: Session, case_type: str) -> list[LedgerRow]:
    rows = live(session, EnforcementCase)
    return [row for row in rows if not case_type or row["case_type"] == case_type]
