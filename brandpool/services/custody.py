"""Custody contracts: what ends soon, who is in two at once, and the fees."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.agency import CustodyContract
from brandpool.services.agencies import live_contracts
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, in_year, live

_KIND = CustodyContract.kind()
AHEAD = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract in force whose last day is near."""

    contract: str
    enterprise: str
    ends: date
    days: int


def in_force(session: Session, on: date) -> Counted:
    """The enterprises in custody on a day; one with two contracts counts once."""
    rows = live_contracts(session, on)
    text = _("{day} 托管合同有效的企业，按企业去重。").format(day=on)
    firms = {row["enterprise_id"] for row in rows}
    return Counted(len(firms), _("家"), keys(_KIND, (row["id"] for row in rows)), text)


def ending(session: Session, on: date, within: int = AHEAD) -> list[Ending]:
    """The contracts in force that end within so many days, the nearest first."""
    last = on + timedelta(days=within)
    found = [
        Ending(row["id"], row["enterprise_id"] or "", row["ends"], (row["ends"] - on).days)
        for row in live_contracts(session, on)
        if row["ends"] is not None and row["ends"] <= last
    ]
    return sorted(found, key=lambda one: (one.ends, one.contract))


def double(session: Session, on: date) -> dict[str, tuple[str, ...]]:
    """Who is in two or more live contracts on a day: the contracts by enterprise."""
    held: dict[str, list[str]] = defaultdict(list)
    for row in live_contracts(session, on):
        if row["enterprise_id"]:
            held[row["enterprise_id"]].append(row["id"])
    return {one: tuple(contracts) for one, contracts in held.items() if len(contracts) > 1}


def overlapping(session: Session, contract: str) -> list[LedgerRow]:
    """The other contracts of the same enterprise whose terms overlap with this one's."""
    rows = {row["id"]: row for row in live(session, CustodyContract)}
    own = rows.get(contract)
    if own is None or not own["enterprise_id"]:
        return []
    return [
        row
        for row in rows.values()
        if row["id"] != contract
        and row["enterprise_id"] == own["enterprise_id"]
        and _overlap(own, row)
    ]


def fees(session: Session, year: int, on: date) -> Counted:
    """托管费 in yuan of the contracts begun in the year; one without a fee is unknown."""
    rows = [row for row in live(session, CustodyContract) if in_year(row["starts"], year, on)]
    told = [row for row in rows if row["fee"] is not None]
    lacking = [row["id"] for row in rows if row["fee"] is None]
    text = _("{year} 年内（截至 {day}）起始的托管合同登记的托管费之和。").format(year=year, day=on)
    total = sum((row["fee"] for row in told), Decimal(0))
    ids = (row["id"] for row in told)
    return Counted(total, _("元"), keys(_KIND, ids), text, keys(_KIND, lacking))


def _overlap(one: LedgerRow, other: LedgerRow) -> bool:
    begins, last = _term(one)
    other_begins, other_last = _term(other)
    return begins <= other_last and other_begins <= last


def _term(row: LedgerRow) -> tuple[date, date]:
    """First and last day of a contract; a terminated one ends the day before its termination."""
    last: date = row["ends"] or date.max
    if row["terminated_on"] is not None:
        last = min(last, row["terminated_on"] - timedelta(days=1))
    begins: date = row["starts"] or date.min
    return begins, last
