"""Patents brought in from outside the zone, and the share of them that was put to use."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.technology_transfer import PurchasedPatent
from brandpool.services import names
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live

INSIDE = "zone"
_PLACES = Decimal("0.1")


def introduced(session: Session, first: date, last: date) -> Counted:
    """The patents bought from outside the zone under contracts from `first` to `last`.

    A transferor inside the zone does not count. Where its place is open, or is said to be outside
    although an enterprise of that name is in the pool, the purchase is unknown.
    """
    outside, unknown = _outside(session, first, last)
    text = _(
        "转让合同日期 {first} 至 {last}；转出方在区外的引进专利；转出方在区内的不计，"
        "所在不明的列为待查。"
    ).format(first=first, last=last)
    return _counted(outside, text, unknown)


def converted(session: Session, first: date, last: date) -> Counted:
    """Of the patents introduced in that time, those put to use by `last`."""
    outside, unknown = _outside(session, first, last)
    used = [row for row in outside if by_day(row["converted_on"], last)]
    text = _("{first} 至 {last} 从区外引进的专利中，截至 {last} 已登记转化日期的。").format(
        first=first, last=last
    )
    return _counted(used, text, unknown)


def rate(session: Session, first: date, last: date) -> Counted:
    """专利转化率: converted ÷ introduced in per cent; None (“—”) where nothing was introduced."""
    all_of, used = introduced(session, first, last), converted(session, first, last)
    total = None
    if all_of.total:
        total = (Decimal(100) * (used.total or 0) / all_of.total).quantize(_PLACES)
    text = _(
        "{first} 至 {last} 从区外引进专利 {all} 件，其中截至 {last} 已转化 {some} 件。"
    ).format(first=first, last=last, all=all_of.total, some=used.total)
    return Counted(total, "%", used.rows, text, all_of.unknown)


def output(session: Session, first: date, last: date) -> Counted:
    """转化产值 of the patents introduced and put to use in that time, in yuan."""
    outside, _unknown = _outside(session, first, last)
    used = [row for row in outside if by_day(row["converted_on"], last)]
    told = [row for row in used if row["output"] is not None]
    open_ones = [row for row in used if row["output"] is None]
    text = _("{first} 至 {last} 从区外引进并已转化的专利，登记的转化产值之和。").format(
        first=first, last=last
    )
    kind = PurchasedPatent.kind()
    return Counted(
        sum((row["output"] for row in told), Decimal(0)), _("元"),
        keys(kind, (row["id"] for row in told)), text, keys(kind, (r["id"] for r in open_ones)),
    )  # fmt: skip


def _outside(session: Session, first: date, last: date) -> tuple[list[LedgerRow], list[LedgerRow]]:
    """Purchases from outside the zone, and those of which it cannot be told."""
    ours = _names(session)
    outside: list[LedgerRow] = []
    unknown: list[LedgerRow] = []
    for row in live(session, PurchasedPatent):
        if row["contract_on"] is None or not first <= row["contract_on"] <= last:
            continue
        known_here = names.written(row["transferor"] or "") in ours
        if row["origin"] == INSIDE or (row["origin"] is None and known_here):
            continue
        (unknown if row["origin"] is None or known_here else outside).append(row)
    return outside, unknown


def _names(session: Session) -> frozenset[str]:
    """What the enterprises of the pool are or were called."""
    rows = (*live(session, Enterprise), *live(session, FormerName))
    return frozenset(names.written(row["name"]) for row in rows if row["name"])


def _counted(rows: list[LedgerRow], text: str, unknown: list[LedgerRow]) -> Counted:
    kind = PurchasedPatent.kind()
    return Counted(
        len(rows), _("件"), keys(kind, (row["id"] for row in rows)), text,
        keys(kind, (row["id"] for row in unknown)),
    )  # fmt: skip
