"""Certificates of IP management (贯标): who holds a valid one, and whether all 小巨人 do."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.certificate import IpCertificate
from brandpool.models.honour import Honour
from brandpool.services.counted import Counted, RecordKey, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, live
from brandpool.services.mark_counts import in_business
from brandpool.services.titles import standing

_PLACES = Decimal("0.1")


def valid(row: LedgerRow, on: date) -> bool:
    """Whether a certificate is valid on a day: its last day counts, the next no longer."""
    kept = row["expires"] is not None and row["expires"] >= on
    return by_day(row["issued"], on) and kept and not by_day(row["withdrawn_on"], on)


def certified(session: Session, on: date) -> Counted:
    """The enterprises in business with at least one valid certificate, each counted once."""
    held = _held(session, on)
    zone = in_business(session)
    rows = [row for enterprise, some in held.items() if enterprise in zone for row in some]
    open_ended = [
        row["id"] for row in live(session, IpCertificate)
        if row["expires"] is None and by_day(row["issued"], on)
    ]  # fmt: skip
    text = _(
        "截至 {day}；持有当日有效的贯标证书的在业企业，一家计一次；没有到期日期的列为待查。"
    ).format(day=on)
    kind = IpCertificate.kind()
    total = len({row["enterprise_id"] for row in rows})
    certificates = keys(kind, (row["id"] for row in rows))
    return Counted(total, _("家"), certificates, text, keys(kind, open_ended))


def coverage(session: Session, on: date) -> Counted:
    """专精特新“小巨人”贯标覆盖率: 小巨人 with a valid certificate ÷ 小巨人, in per cent.

    `rows` are the titles of those covered; `total` is None while there is no 小巨人.
    """
    giants = _giants(session, on)
    held = _held(session, on)
    covered = {one: title for one, title in giants.items() if one in held}
    total = None
    if giants:
        total = (Decimal(100 * len(covered)) / len(giants)).quantize(_PLACES)
    text = _(
        "截至 {day}；当日有效的小巨人企业 {all} 家，其中持有当日有效贯标证书的 {some} 家；"
        "证书到期次日起不计。"
    ).format(day=on, all=len(giants), some=len(covered))
    return Counted(total, "%", tuple(covered.values()), text)


def uncovered(session: Session, on: date) -> Counted:
    """The 小巨人 without a valid certificate: whom to visit for 全覆盖."""
    held = _held(session, on)
    lacking = [title for one, title in _giants(session, on).items() if one not in held]
    text = _("截至 {day}；当日有效的小巨人企业中没有当日有效贯标证书的。").format(day=on)
    return Counted(len(lacking), _("家"), tuple(lacking), text)


def _giants(session: Session, on: date) -> dict[str, RecordKey]:
    """The 小巨人 in business on a day with their title."""
    zone = in_business(session)
    return {
        row["enterprise_id"]: (Honour.kind(), row["id"])
        for row in live(session, Honour)
        if row["honour"] == "little_giant" and row["enterprise_id"] in zone and standing(row, on)
    }


def _held(session: Session, on: date) -> dict[str, list[LedgerRow]]:
    held: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in live(session, IpCertificate):
        if row["enterprise_id"] and valid(row, on):
            held[row["enterprise_id"]].append(row)
    return held
