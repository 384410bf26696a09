"""Made-up marks of a sample pool, their dates as the law gives them, with what happened to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.rules.cn_mark import mark_validity, unopposed_registration

FIRST_NUMBER = 99_000_000
_GAZETTE_DAYS = (6, 13, 20, 27)
_APPLYING = 520
"""Days from setting up a firm to a registration, at the shortest."""
_FATES = (
    ("registered", 50), ("renewable", 9), ("grace", 4), ("expired", 4), ("renewed", 10),
    ("applied", 7), ("published", 5), ("refused", 4), ("opposed", 2), ("attacked", 3),
    ("cancelled", 2),
)  # fmt: skip
_AGES: dict[str, tuple[int, int]] = {
    "registered": (40, 3300),
    "renewable": (3290, 3640),
    "grace": (3660, 3825),
    "expired": (3850, 4400),
    "renewed": (3660, 5200),
    "attacked": (1200, 3200),
    "cancelled": (500, 3000),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One made-up mark in one class: its fate, its row, its day of registration if any."""

    fate: str
    row: Row
    registered: date | None

    @property
    def in_force(self) -> bool:
        """Whether its term still runs."""
        return self.fate in ("registered", "renewable", "renewed", "attacked", "grace")


def marks(firm: Firm, enterprise: str, number: int, today: date) -> list[Mark]:
    """The marks of one firm, the main one first; numbers count up from `number`."""
    rng = firm.rng
    classes = [firm.trade.nice_class]
    classes += rng.sample(firm.trade.others, rng.choice((0, 0, 1, 1, 2, 3)))
    if firm.size > 3 and rng.random() < 0.4:
        spare = [one for one in range(1, 46) if one not in classes]
        classes += sorted(rng.sample(spare, rng.randrange(2, 4)))
    names = [firm.brand, firm.latin] if rng.random() < 0.45 else [firm.brand]
    found: list[Mark] = []
    for name in names:
        fate = _fate(rng, main=not found)
        for nice_class in classes if name == firm.brand else classes[:1]:
            found.append(_mark(firm, fate, name, nice_class, number, today))
            fate = fate if rng.random() < 0.8 else _fate(rng, main=False)
            number += 1
    rows = [{**one.row, "enterprise_id": enterprise} for one in found]
    rows[0]["is_main"] = True
    return [Mark(one.fate, row, one.registered) for one, row in zip(found, rows, strict=True)]


def events(mark: Mark, trademark: str, rng: Random, today: date) -> Iterator[Row]:
    """What the office did with the mark and what came by letter."""
    row, at = mark.row, {"trademark_id": trademark}
    for event, name in (
        ("filed", "filed"),
        ("preliminary_publication", "prelim_published"),
        ("registration", "registered_on"),
    ):
        if row.get(name) is not None:
            yield {**at, "event": event, "dated": row[name]}
    recent = today - timedelta(days=rng.randrange(2, 28))
    serial = f"示例{rng.randrange(100_000):05d}"
    letter: Row = {"document_no": serial, "dated": recent, "sent": recent}
    match mark.fate:
        case "renewed":
            until = row["valid_from"]
            assert isinstance(until, date)
            granted = min(until - timedelta(days=rng.randrange(10, 200)), today)
            yield {**at, "event": "renewal_granted", "dated": granted, "outcome": "kept"}
        case "refused":
            way = _service(rng, recent, today)
            yield {**at, "event": "refusal", "letter": "refusal_review", **letter, **way}
        case "opposed":
            way = _service(rng, recent, today)
            against: Row = {"party": "示例异议人有限公司"}
            yield (
                {**at, "event": "opposition", "letter": "opposition_answer"}
                | letter
                | way
                | against
            )
        case "attacked":
            way = _service(rng, recent, today)
            against = {"party": "示例申请撤销人有限公司"}
            yield (
                {**at, "event": "non_use_filed", "letter": "non_use_answer"}
                | letter
                | way
                | against
            )
        case "cancelled":
            yield {**at, "event": "cancelled", "dated": recent, "note": "企业申请注销（示例）"}


def evidence(mark: Mark, trademark: str, firm: Firm, today: date) -> Iterator[Row]:
    """Evidence of use of the last years; some of it bears no date and proves nothing."""
    rng = firm.rng
    if mark.registered is None or not mark.in_force or rng.random() < 0.45:
        return
    for _ in range(rng.randrange(1, 5)):
        day = today - timedelta(days=rng.randrange(10, 1900))
        day = max(day, mark.registered)
        what, name = rng.choice(
            (("contract", "销售合同"), ("invoice", "增值税发票"), ("goods", "产品包装照片"),
             ("advertising", "广告发布合同"), ("fair", "展会参展证明"), ("online", "网店页面"))
        )  # fmt: skip
        dated = rng.random() < 0.85
        yield {
            "trademark_id": trademark,
            "year": day.year,
            "used_on": day if dated else None,
            "what": what,
            "document": f"示例{name}{rng.randrange(1000):03d}",
            "goods": mark.row["goods"],
            "place": "宁波",
            "user": firm.name,
            "seen_by": "示例核对人" if dated and rng.random() < 0.5 else None,
            "remark": words.TAG,
        }


def licences(mark: Mark, trademark: str, firm: Firm, today: date) -> Iterator[Row]:
    """A licence for a few marks, some of them ending soon."""
    rng = firm.rng
    if mark.registered is None or not mark.in_force or rng.random() > 0.05:
        return
    ends = today + timedelta(days=rng.randrange(-60, 700))
    yield {
        "trademark_id": trademark,
        "licensee": f"宁波{firm.brand}销售有限公司{words.MARK}",
        "licensed": rng.choice(("ordinary", "sole", "exclusive")),
        "starts": max(ends - timedelta(days=1094), mark.registered),
        "ends": ends,
        "recorded_no": f"示例{rng.randrange(10_000):04d}" if rng.random() < 0.7 else None,
        "remark": words.TAG,
    }


def pledges(mark: Mark, trademark: str, firm: Firm, today: date) -> Iterator[Row]:
    """A pledge of a main mark for a few firms."""
    rng = firm.rng
    if mark.registered is None or not mark.in_force or rng.random() > 0.03:
        return
    starts = max(today - timedelta(days=rng.randrange(20, 1000)), mark.registered)
    yield {
        "trademark_id": trademark,
        "pledgee": words.BANK,
        "amount": Decimal(firm.size * rng.choice((100, 200, 300)) * 10_000),
        "amount_currency": "CNY",
        "certificate_no": f"示例质{rng.randrange(10_000):04d}",
        "recorded_on": starts,
        "starts": starts,
        "ends": starts + timedelta(days=rng.choice((364, 729, 1094))),
        "remark": words.TAG,
    }


def renewal_steps(mark: Mark, trademark: str, rng: Random, today: date) -> Iterator[Row]:
    """How far the renewal of a mark in its window has come."""
    due = mark.row.get("valid_until")
    if mark.fate not in ("renewable", "grace") or not isinstance(due, date):
        return
    done = rng.choice(([], ["reminded"], ["reminded", "told"], ["reminded", "told", "confirmed"]))
    day = min(due - timedelta(days=330), today - timedelta(days=20))
    for place, step in enumerate(done):
        dated = min(day + timedelta(days=12 * place), today)
        yield {"trademark_id": trademark, "due": due, "step": step, "dated": dated,
               "done_by": "示例经办人", "note": words.TAG}  # fmt: skip


def _mark(firm: Firm, fate: str, name: str, nice_class: int, number: int, today: date) -> Mark:
    rng = firm.rng
    main = nice_class == firm.trade.nice_class
    row: Row = {
        "reg_no": str(FIRST_NUMBER + number),
        "nice_class": nice_class,
        "name": name,
        "owner": firm.name,
        "owner_address": firm.row["registered_address"],
        "mark_type": "ordinary",
        "form": rng.choice(("word", "word", "combined")),
        "goods": firm.trade.goods if main else f"第{nice_class}类示例商品",
        "similar_groups": firm.trade.groups if main else None,
        "agent": words.AGENT if rng.random() < 0.7 else None,
        "source": words.SOURCE,
        "source_date": today,
        "remark": words.TAG,
    }
    age = (today - firm.established).days
    fate = _possible(fate, age)
    dates = _dates(rng, fate, today, age)
    return Mark(fate, row | dates, dates.get("registered_on"))


def _possible(fate: str, age: int) -> str:
    """The fate, or a milder one for a firm too young to have applied so early."""
    for milder in (fate, "registered"):
        if milder not in _AGES or _AGES[milder][0] + _APPLYING <= age:
            return milder
    return "applied"


def _dates(rng: Random, fate: str, today: date, age: int) -> dict[str, Any]:
    if fate == "applied":
        return {"filed": today - timedelta(days=rng.randrange(5, 250))}
    if fate == "refused":
        return {"filed": today - timedelta(days=rng.randrange(180, 320))}
    if fate in ("published", "opposed"):
        published = _gazette_day(today - timedelta(days=rng.randrange(5, 60)))
        return {"filed": published - timedelta(days=rng.randrange(180, 280)),
                "prelim_published": published}  # fmt: skip
    shortest, longest = _AGES[fate]
    days = rng.randrange(shortest, max(min(longest, age - _APPLYING), shortest) + 1)
    published = _gazette_day(today - timedelta(days=days + 100))
    registered = unopposed_registration(published).day("registration_date")
    term = mark_validity(registered, int(fate == "renewed"))
    return {
        "filed": published - timedelta(days=rng.randrange(180, 400)),
        "prelim_published": published,
        "reg_published": registered,
        "registered_on": registered,
        "valid_from": term.day("valid_from"),
        "valid_until": term.day("valid_to"),
    }


def _service(rng: Random, sent: date, today: date) -> Row:
    """How a letter came: electronically, by post or through the agent."""
    received = min(sent + timedelta(days=rng.randrange(1, 8)), today)
    ways: tuple[Row, ...] = (
        {"delivery": "electronic", "recipient": "owner", "received": None},
        {"delivery": "paper", "recipient": "owner", "received": received},
        {"delivery": "paper", "recipient": "agent", "received": received},
    )
    return rng.choice(ways)


def _fate(rng: Random, *, main: bool) -> str:
    fates = [fate for fate, _ in _FATES]
    weights = [weight for _, weight in _FATES]
    if main and rng.random() < 0.5:
        return "registered"
    return rng.choices(fates, weights)[0]


def _gazette_day(day: date) -> date:
    """The day of the gazette on or before a day: the 6th, 13th, 20th or 27th."""
    while day.day not in _GAZETTE_DAYS:
        day -= timedelta(days=1)
    return day
