"""Made-up careers on a ladder over three years: entries, ups and downs, reviews, exits, returns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm
from brandpool.models.enterprise import Enterprise
from brandpool.models.enterprise_codes import STATUSES
from brandpool.rules.reference import shipped
from brandpool.rules.scheme import Ladder
from brandpool.services import decision, tiers
from brandpool.services.decision import MoveOrder

MONTHS = 36
_MIDDLE = 15
_EXCEPTION = "示例：经集体研究，同意作为例外办理"
_STATUSES = {choice.code for choice in STATUSES}


@dataclass(frozen=True, slots=True)
class Batch:
    """The moves decided for one day."""

    effective: date
    orders: tuple[MoveOrder, ...]


def batches(
    firms: Sequence[Firm], ids: Sequence[str], rungs: Ladder, today: date
) -> Iterator[Batch]:
    """The decisions of three years, month by month, oldest first; months without any left out."""
    days = _days(today)
    found: dict[date, list[MoveOrder]] = defaultdict(list)
    for firm, enterprise in zip(firms, ids, strict=True):
        for order in _career(firm, enterprise, rungs, days):
            found[order.effective].append(order)
    for number, day in enumerate(day for day in days if day in found):
        document = f"示例〔{day.year}〕{number + 1}号"
        orders = (replace(order, document_no=document) for order in found[day])
        yield Batch(day, tuple(orders))


def decide(session: Session, batch: Batch, today: date) -> int:
    """Carry a batch out; what needs a reason for an exception gets one. Returns the moves made.

    An enterprise that leaves because it was moved away or closed is marked so.
    """
    weighed = decision.weigh(session, batch.orders, today)
    orders = [
        replace(one.order, override=_EXCEPTION) if one.exceptions else one.order
        for one in weighed
        if not one.refusals
    ]
    tiers.move(session, orders, today)
    gone: Mapping[str, Mapping[str, str]] = {
        order.enterprise: {"status": order.exit_reason}
        for order in orders
        if order.exit_reason in _STATUSES and order.exit_reason
    }
    journal.update(session, Enterprise, gone)
    return len(orders)


def _days(today: date) -> list[date]:
    """The working day on or after the middle of each month, for three years up to today."""
    months = (today - relativedelta(months=back) for back in range(MONTHS, -1, -1))
    middles = (shipped().china.next_open_day(month.replace(day=_MIDDLE)) for month in months)
    return [day for day in middles if day <= today]


def _career(
    firm: Firm, enterprise: str, rungs: Ladder, days: Sequence[date]
) -> Iterator[MoveOrder]:
    rng = firm.rng
    month = 0 if rng.random() < 0.35 else rng.randrange(1, len(days))
    while month < len(days) and days[month] <= firm.established:
        month += 1
    if rng.random() < 0.22 or month >= len(days):
        return
    place = rng.choices(range(len(rungs.tiers)), _entry_weights(rungs, first=month == 0))[0]
    yield _order(enterprise, rungs, place, days[month], words.REASONS_IN, rng)
    while True:
        month += rng.randrange(6, 17)
        if month >= len(days):
            return
        what = rng.choices(("up", "review", "down", "exit"), (48, 30, 10, 12))[0]
        if what == "exit":
            order = _exit(enterprise, rungs, days[month], rng)
            yield order
            month += rng.randrange(3, 9)
            if order.exit_reason in _STATUSES or month >= len(days) or rng.random() < 0.5:
                return
            place = 0
            yield _order(enterprise, rungs, place, days[month], words.REASONS_BACK, rng)
        elif what == "up" and place + 1 < len(rungs.tiers):
            place += 1
            yield _order(enterprise, rungs, place, days[month], words.REASONS_UP, rng)
        elif what == "down" and place > 0:
            place -= 1
            yield _order(enterprise, rungs, place, days[month], words.REASONS_DOWN, rng)
        else:
            kept = _order(enterprise, rungs, place, days[month], ("年度复核合格，保留层级",), rng)
            yield replace(kept, review=True)


def _entry_weights(rungs: Ladder, *, first: bool) -> list[float]:
    """Most begin at the bottom; the first batch took in enterprises of every tier."""
    fewer = 0.55 if first else 0.2
    return [fewer**place for place in range(len(rungs.tiers))]


def _order(
    enterprise: str, rungs: Ladder, place: int, day: date, reasons: Sequence[str], rng: Random
) -> MoveOrder:
    return MoveOrder(
        enterprise, rungs.code, rungs.tiers[place].code, day, rng.choice(reasons),
        decided_by="示例负责人", evidence="示例：申报表、评审记录",
    )  # fmt: skip


def _exit(enterprise: str, rungs: Ladder, day: date, rng: Random) -> MoveOrder:
    reason = rng.choice(rungs.exit_reasons)
    return MoveOrder(
        enterprise, rungs.code, None, day, f"{reason.words.label()}，退出梯队",
        exit_reason=reason.code, decided_by="示例负责人", evidence=words.EXIT_EVIDENCE,
    )  # fmt: skip
