"""Loans on intellectual property: what was registered in a year, what still stands.

One loan is counted once: the registrations under one loan contract are one package, and a pledged
mark whose certificate is that of a pledge belongs to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import _
from brandpool.models.mark_file import MarkPledge
from brandpool.models.pledge import Pledge
from brandpool.models.trademark import Trademark
from brandpool.rules.reference import Reference
from brandpool.services import trademarks
from brandpool.services.counted import Counted, RecordKey
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live, number, numbers

RENMINBI = (None, "", "CNY")


@dataclass(frozen=True, slots=True)
class Registration:
    """One registered pledge, from either ledger; `currency` empty is renminbi."""

    key: RecordKey
    package: tuple[str, ...]
    recorded_on: date | None
    amount: Decimal | None
    currency: str | None
    released: date | None
    revoked_on: date | None


@dataclass(frozen=True, slots=True)
class Short:
    """A pledged mark whose term ends before the pledge does, unless it is renewed."""

    pledge: RecordKey
    enterprise_id: str | None
    mark: str
    mark_ends: date
    pledge_ends: date


def registered(session: Session, year: int, on: date) -> Counted:
    """年质押金额 in yuan: the claims of the packages whose first registration falls into the year.

    A registration that was revoked by `on` is left out, a loan repaid since is not. Registrations
    of one package count once, with the largest claim; one with another claim is unknown, as are
    claims without a day or an amount, or in a foreign currency.
    """
    counted = [
        some for some in _packages(session, on) if in_year(_first(some), year, on)
    ]  # fmt: skip
    undated = [one.key for one in _registrations(session) if one.recorded_on is None]
    text = _(
        "首次登记日期在 {year} 年内（截至 {day}）的知识产权质押债权额之和（人民币）；"
        "同一主合同下的专利、商标登记和同一登记号的商标质押合并为一笔，金额只计一次；登记被撤销的不计，已解押的照计。"
    ).format(year=year, day=on)
    return _sum(counted, text, undated)


def outstanding(session: Session, on: date) -> Counted:
    """在押金额 in yuan: the packages registered by a day, not released or revoked by then."""
    text = _("{day} 已登记、未解押、未撤销的质押债权额之和（人民币），同一笔贷款只计一次。").format(
        day=on
    )
    return _sum(_standing(session, on), text, [])


def outstanding_packages(session: Session, on: date) -> Counted:
    """How many packages stand on a day (在押笔数)."""
    standing = _standing(session, on)
    rows = tuple(one.key for some in standing for one in some)
    text = _("{day} 已登记、未解押、未撤销的质押，同一笔贷款计一笔。").format(day=on)
    return Counted(len(standing), _("笔"), rows, text)


def short_terms(
    session: Session, on: date, ids: Sequence[str] | None = None, *, ref: Reference | None = None
) -> list[Short]:
    """The pledged marks whose term ends before their pledge (商标法第四十条: they lapse unrenewed).

    Of the pledges with these ids (None: all of both ledgers) that stand on the day.
    """
    pledges = [
        row for row in live(session, Pledge)
        if _stands(row["released"], row["revoked_on"], on) and (ids is None or row["id"] in ids)
    ]  # fmt: skip
    lines = [row for row in live(session, MarkPledge) if _stands(row["released"], None, on)]
    owned = _mark_ids(session, pledges, lines)
    marks = {mark.id: mark for mark in trademarks.gather(session, sorted(_flat(owned)))}
    ends: dict[str, date] = {}
    for mark in marks.values():
        term = trademarks.term(mark, on, ref=ref)
        if term is not None:
            ends[mark.id] = term.day("valid_to")
    burdened = [(Pledge.kind(), row) for row in pledges]
    burdened += [(MarkPledge.kind(), row) for row in lines if ids is None]
    found = [
        Short((kind, row["id"]), marks[mark].enterprise_id, mark, ends[mark], row["ends"])
        for kind, row in burdened
        for mark in owned.get(row["id"], ())
        if mark in ends and row["ends"] is not None and ends[mark] < row["ends"]
    ]
    return sorted(found, key=lambda one: (one.mark_ends, one.pledge, one.mark))


def _mark_ids(
    session: Session, pledges: Sequence[LedgerRow], lines: Sequence[LedgerRow]
) -> dict[str, set[str]]:
    """The marks that each pledge burdens: listed by number, or pledged under its certificate."""
    listed = {row["id"]: numbers(row["marks"]) for row in pledges}
    by_number = _by_number(session, sorted({one for some in listed.values() for one in some}))
    found: dict[str, set[str]] = defaultdict(set)
    by_certificate: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line["trademark_id"]:
            found[line["id"]].add(line["trademark_id"])
            by_certificate[number(line["certificate_no"])].add(line["trademark_id"])
    for row in pledges:
        for one in listed[row["id"]]:
            found[row["id"]] |= by_number.get(one, set())
        if row["registration_no"]:
            found[row["id"]] |= by_certificate.get(number(row["registration_no"]), set())
    return found


def _by_number(session: Session, wanted: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for batch in journal.in_batches(wanted):
        query = select(Trademark.reg_no, Trademark.id).where(Trademark.reg_no.in_(batch))
        for written, mark in session.execute(query):
            found[str(written)].add(mark)
    return found


def _registrations(session: Session) -> list[Registration]:
    """The registrations of both ledgers; a mark under a pledge's own certificate is part of it."""
    pledges = live(session, Pledge)
    own = {number(row["registration_no"]) for row in pledges} - {""}
    lines = live(session, MarkPledge)
    marks = journal.snapshot(session, Trademark, [row["trademark_id"] or "" for row in lines])
    found = [
        Registration(
            (Pledge.kind(), row["id"]), _package(row), row["recorded_on"], row["amount"],
            row["currency"], row["released"], row["revoked_on"],
        )
        for row in pledges
    ]  # fmt: skip
    for row in lines:
        certificate = number(row["certificate_no"])
        if not certificate or certificate not in own:
            mark = marks.get(row["trademark_id"] or "", {})
            found.append(_of_mark(row, mark.get("enterprise_id") or row["id"]))
    return found


def _of_mark(row: LedgerRow, owner: str) -> Registration:
    """A pledged mark as a loan of its own; marks without a number are one loan if all is alike."""
    certificate = number(row["certificate_no"])
    loan = (str(row[name] or "") for name in ("pledgee", "recorded_on", "amount"))
    package = ("registration", certificate) if certificate else ("mark", owner, *loan)
    return Registration(
        (MarkPledge.kind(), row["id"]), package, row["recorded_on"], row["amount"],
        row["amount_currency"], row["released"], None,
    )  # fmt: skip


def _package(row: LedgerRow) -> tuple[str, ...]:
    contract = number(row["contract_no"])
    if contract:
        return ("contract", str(row["enterprise_id"]), contract)
    return ("registration", number(row["registration_no"]) or row["id"])


def _packages(session: Session, on: date) -> list[list[Registration]]:
    """The registrations of each package known by a day, revoked ones left out."""
    found: dict[tuple[str, ...], list[Registration]] = defaultdict(list)
    for one in _registrations(session):
        if by_day(one.recorded_on, on) and not by_day(one.revoked_on, on):
            found[one.package].append(one)
    return list(found.values())


def _standing(session: Session, on: date) -> list[list[Registration]]:
    kept = (
        [one for one in some if not by_day(one.released, on)] for some in _packages(session, on)
    )
    return [some for some in kept if some]


def _stands(released: date | None, revoked_on: date | None, on: date) -> bool:
    return not by_day(released, on) and not by_day(revoked_on, on)


def _first(package: Iterable[Registration]) -> date | None:
    return min((one.recorded_on for one in package if one.recorded_on), default=None)


def _sum(
    packages: Iterable[Sequence[Registration]], text: str, unknown: list[RecordKey]
) -> Counted:
    total, rows, doubtful = Decimal(0), [], list(unknown)
    for some in packages:
        known = [one for one in some if one.amount is not None and one.currency in RENMINBI]
        claim = max((one.amount for one in known if one.amount is not None), default=None)
        total += claim or 0
        rows += [one.key for one in known if one.amount == claim]
        doubtful += [one.key for one in some if one not in known or one.amount != claim]
    return Counted(total, _("元"), tuple(rows), text, tuple(doubtful))


def _flat(sets: dict[str, set[str]]) -> set[str]:
    return {one for some in sets.values() for one in some}
