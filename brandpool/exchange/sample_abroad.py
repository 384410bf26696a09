"""Made-up Madrid registrations, filings abroad and introduced marks of a sample pool."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.sample_marks import Mark
from brandpool.rules.madrid_dates import renewal
from brandpool.rules.periods import Period, add

FIRST_NUMBER = 9_900_000
_PARTIES = ("US", "EM", "JP", "KR", "GB", "RU", "VN", "TH", "ID", "MY", "SG", "PH", "IN", "AU",
            "MX", "BR", "TR", "KH", "CH", "CA")  # fmt: skip
_ABROAD = ("HK", "TW", "MO", "ZA", "AE", "SA")
_TEN_YEARS = Period(10, "y")


@dataclass(frozen=True, slots=True)
class Registration:
    """One made-up international registration: its row, its day and the mark it rests on."""

    row: Row
    ir_date: date
    basic: str
    mark: Mark


def registration(
    firm: Firm, enterprise: str, marks: list[tuple[str, Mark]], number: int, today: date
) -> Registration | None:
    """An international registration of a firm's main mark, for one firm in five."""
    rng = firm.rng
    found = [(record, mark) for record, mark in marks if mark.registered and mark.in_force]
    if not found or rng.random() > (0.45 if firm.size > 3 else 0.15):
        return None
    trademark, mark = found[0]
    assert mark.registered is not None
    since = (today - mark.registered).days
    if since < 60:
        return None
    ir_date = today - timedelta(days=rng.randrange(30, min(since, 4200)))
    due = renewal(ir_date, as_of=today)
    renewed = due["term"] > 1
    row: Row = {
        "enterprise_id": enterprise,
        "irn": str(FIRST_NUMBER + number),
        "name": firm.latin,
        "holder": firm.name,
        "ir_date": ir_date,
        "expiry": add(ir_date, _TEN_YEARS, 2 if renewed else 1),
        "classes": str(mark.row["nice_class"]),
        "goods": mark.row["goods"],
        "language": "en",
        "origin": "CN",
        "office_received": ir_date,
        "agent": words.AGENT,
        "source": words.SOURCE,
        "source_date": today,
        "remark": words.TAG,
    }
    return Registration(row, ir_date, trademark, mark)


def basic_mark(one: Registration, record: str) -> Row:
    """The Chinese mark on which it rests."""
    return {
        "ir_id": record,
        "trademark_id": one.basic,
        "number": one.mark.row["reg_no"],
        "basis": "registration",
        "dated": one.mark.registered,
        "remark": words.TAG,
    }


def ir_events(one: Registration, record: str) -> Iterator[Row]:
    """Registration and, after ten years, renewal."""
    yield _keyed({"ir_id": record, "tag": "ENN", "dated": one.ir_date}, record)
    expiry = one.row["expiry"]
    assert isinstance(expiry, date)
    if (expiry.year - one.ir_date.year) > 10:
        day = add(expiry, _TEN_YEARS, -1) - timedelta(days=40)
        yield _keyed({"ir_id": record, "tag": "REN", "dated": day}, record)


def designations(one: Registration, record: str, rng: Random, today: date) -> Iterator[Row]:
    """The parties designated, some of them later."""
    parties = rng.sample(_PARTIES, rng.randrange(2, 9))
    for place, party in enumerate(parties):
        later = place > 1 and rng.random() < 0.15
        day = one.ir_date
        if later:
            day += timedelta(days=rng.randrange(1, max((today - one.ir_date).days, 2)))
        notified = day + timedelta(days=rng.randrange(45, 150))
        yield {
            "ir_id": record,
            "party": party,
            "designated_on": day,
            "route": "subsequent" if later else "application",
            "notified": notified if notified <= today else None,
            "remark": words.TAG,
        }


def designation_events(row: Row, record: str, rng: Random, today: date) -> Iterator[Row]:
    """What the Office said: granted, refused, half-way, or nothing at all."""
    notified = row["notified"]
    if not isinstance(notified, date):
        return
    day = notified + timedelta(days=rng.randrange(120, 340))
    answered = rng.random()
    if day > today or answered < 0.15:
        return
    at: Row = {"designation_id": record, "source": words.SOURCE}
    if answered < 0.6:
        yield _keyed({**at, "tag": "GP18N", "dated": day}, record)
        return
    if answered < 0.7:
        yield _keyed({**at, "tag": "ISN", "dated": day}, record)
        return
    received = min(day + timedelta(days=rng.randrange(15, 40)), today)
    refusal: Row = {
        "tag": rng.choice(("RFNT", "RFNP")),
        "dated": day,
        "grounds": "ex_officio",
        "sent": day,
        "received": received,
        "response_limit": received + timedelta(days=rng.choice((60, 90))),
        "document_id": f"示例{rng.randrange(10_000):04d}",
    }
    yield _keyed({**at, **refusal}, record)
    settled = day + timedelta(days=rng.randrange(150, 420))
    if settled <= today:
        tag = rng.choice(("R18NV", "R18NV", "R18NP", "R18NT"))
        yield _keyed({**at, "tag": tag, "dated": settled}, record)


def filings(firm: Firm, enterprise: str, today: date) -> Iterator[Row]:
    """Marks filed directly in one country or region."""
    rng = firm.rng
    if rng.random() > 0.1:
        return
    for party in rng.sample(_ABROAD, rng.choice((1, 1, 2))):
        filed = today - timedelta(days=rng.randrange(60, 2500))
        done = (today - filed).days > 400
        yield {
            "enterprise_id": enterprise,
            "party": party,
            "name": firm.latin,
            "filing_no": f"示例{party}{rng.randrange(1_000_000):06d}",
            "status": "registered" if done else "filed",
            "filed": filed,
            "registered_on": filed + timedelta(days=300) if done else None,
            "valid_until": add(filed, _TEN_YEARS) if done else None,
            "classes": str(firm.trade.nice_class),
            "holder": firm.name,
            "source": words.SOURCE,
            "remark": words.TAG,
        }


def introduced(firm: Firm, enterprise: str, today: date) -> Iterator[Row]:
    """A foreign mark brought into the zone, for a few firms."""
    rng = firm.rng
    if rng.random() > 0.03:
        return
    yield {
        "enterprise_id": enterprise,
        "name": rng.choice(words.LATIN) + rng.choice(words.LATIN_END),
        "owner": "SAMPLE BRAND GMBH（示例）",
        "party": rng.choice(("DE", "IT", "FR", "JP")),
        "how": rng.choice(("licence", "assignment", "agency")),
        "introduced_on": today - timedelta(days=rng.randrange(30, 1000)),
        "ends": today + timedelta(days=rng.randrange(30, 1400)),
        "proof": "示例授权书",
        "remark": words.TAG,
    }


def _keyed(row: Row, record: str) -> Row:
    parts = (record, row["tag"], "", row["dated"], row.get("document_id") or "")
    return {**row, "event_key": "|".join(str(part) for part in parts)}
