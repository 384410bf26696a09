"""Insurance of intellectual property: how many enterprises it reaches in a year."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.insurance import IpInsurance
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live


def insured(session: Session, year: int, on: date) -> Counted:
    """The enterprises with a policy that begins in the year: two policies of one count once."""
    rows = _of_year(session, year, on)
    undated = [row["id"] for row in live(session, IpInsurance) if row["starts"] is None]
    text = _(
        "{year} 年内（截至 {day}）起保的知识产权保险惠及的企业，按企业去重：一家企业几张保单"
        "只计一家；起保前或当日退保的不计。"
    ).format(year=year, day=on)
    kind = IpInsurance.kind()
    return Counted(
        len({row["enterprise_id"] for row in rows}), _("家"),
        keys(kind, (row["id"] for row in rows)), text, keys(kind, undated),
    )  # fmt: skip


def sums(session: Session, year: int, on: date, what: str = "sum_insured") -> Counted:
    """A sum over the year's policies in yuan: sum_insured, premium, subsidy or claim."""
    rows = _of_year(session, year, on)
    told = [row for row in rows if row[what] is not None]
    lacking = [row["id"] for row in rows if row[what] is None]
    text = _("{year} 年内（截至 {day}）起保的保单登记的金额之和。").format(year=year, day=on)
    kind = IpInsurance.kind()
    total = sum((row[what] for row in told), Decimal(0))
    unknown = () if what == "claim" else keys(kind, lacking)
    return Counted(total, _("元"), keys(kind, (row["id"] for row in told)), text, unknown)


def in_force(session: Session, on: date) -> Counted:
    """The policies that cover a day."""
    rows = [
        row for row in live(session, IpInsurance)
        if by_day(row["starts"], on) and not (row["ends"] and row["ends"] < on)
        and not by_day(row["cancelled_on"], on)
    ]  # fmt: skip
    text = _("{day} 在保的保单。").format(day=on)
    return Counted(len(rows), _("张"), keys(IpInsurance.kind(), (r["id"] for r in rows)), text)


def _of_year(session: Session, year: int, on: date) -> list[LedgerRow]:
    return [
        row for row in live(session, IpInsurance)
        if row["enterprise_id"] and in_year(row["starts"], year, on)
        and not by_day(row["cancelled_on"], row["starts"])
    ]  # fmt: skip
