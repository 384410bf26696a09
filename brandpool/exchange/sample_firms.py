"""Made-up enterprises of a sample pool: who they are, whom to ask, their figures and honours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_words import Trade
from brandpool.models.enterprise_codes import MEASURE_UNITS
from brandpool.models.field import Value
from brandpool.rules.identifiers import check_character, organisation_check

Row = dict[str, Value]
YEARS = 3
_DISTRICT = "330299"


@dataclass(frozen=True, slots=True)
class Firm:
    """One made-up enterprise with the chance that goes on deciding about it."""

    number: int
    brand: str
    latin: str
    trade: Trade
    size: int
    row: Row
    rng: Random

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.row["name"])

    @property
    def established(self) -> date:
        """The day it was set up."""
        day = self.row["established"]
        assert isinstance(day, date)
        return day


def firms(count: int, seed: int, today: date) -> list[Firm]:
    """`count` enterprises; the same seed and day give the same ones, whatever the count."""
    taken: set[str] = set()
    chances = (Random(f"{seed}/{number}") for number in range(count))  # noqa: S311 - no secret
    return [_firm(number, chance, today, taken) for number, chance in enumerate(chances)]


def former_names(firm: Firm, enterprise: str, today: date) -> Iterator[Row]:
    """Names it bore before, for one enterprise in eight."""
    if firm.rng.random() < 0.12:
        old = firm.name.replace(firm.brand, firm.brand[:2] + firm.rng.choice("宇恒通利"))
        lived = (today - firm.established).days
        until = firm.established + timedelta(days=firm.rng.randrange(lived // 4, lived))
        yield {"enterprise_id": enterprise, "name": old, "until": until}


def contacts(firm: Firm, enterprise: str) -> Iterator[Row]:
    """One to three people to ask."""
    for _ in range(firm.rng.choice((1, 1, 2, 3))):
        yield {
            "enterprise_id": enterprise,
            "name": _person(firm.rng),
            "position": firm.rng.choice(words.POSITIONS),
            "phone": _phone(firm.rng),
            "remark": words.TAG,
        }


def figures(firm: Firm, enterprise: str, today: date) -> Iterator[Row]:
    """The figures of the last three years; some enterprises have not sent all of them."""
    rng = firm.rng
    missing = rng.choice((0, 0, 0, 0, 1, 2))
    revenue = firm.size * rng.uniform(6e6, 4e7)
    for year in range(today.year - YEARS + missing, today.year):
        revenue *= rng.uniform(0.9, 1.25)
        told = {
            "revenue": revenue,
            "brand_revenue": revenue * rng.uniform(0.4, 0.9),
            "tax": revenue * rng.uniform(0.02, 0.06),
            "net_profit": revenue * rng.uniform(-0.02, 0.12),
            "advertising": revenue * rng.uniform(0.002, 0.03),
            "patents": firm.size * rng.randrange(1, 9),
            "staff": firm.size * rng.randrange(12, 60),
        }
        if rng.random() < 0.5:
            told["exports"] = revenue * rng.uniform(0.05, 0.5)
        if firm.size > 3 and rng.random() < 0.4:
            told["market_share"] = rng.uniform(0.5, 12)
        for measure, value in told.items():
            yield {
                "enterprise_id": enterprise,
                "year": year,
                "measure": measure,
                "value": Decimal(f"{value:.1f}" if measure == "market_share" else f"{value:.0f}"),
                "unit": MEASURE_UNITS.get(measure, "元"),
                "source": "企业填报（示例）",
                "as_of": date(year, 12, 31),
            }


def honours(firm: Firm, enterprise: str, today: date) -> Iterator[Row]:
    """Honours, some of them to be reviewed or renewed soon."""
    rng = firm.rng
    for honour, level, chance, years in (
        ("high_tech", "national", 0.35, 3),
        ("specialised", "provincial", 0.2, 3),
        ("little_giant", "national", 0.04, 3),
        ("ip_advantage", "national", 0.08, 3),
        ("brand_demonstration", "municipal", 0.06, 0),
    ):
        if rng.random() < chance * (1.6 if firm.size > 3 else 0.7):
            granted = max(today - timedelta(days=rng.randrange(30, 1150)), firm.established)
            ends = date(granted.year + years, granted.month, min(granted.day, 28))
            yield {
                "enterprise_id": enterprise,
                "honour": honour,
                "level": level,
                "batch": f"{granted.year}年第{rng.choice('一二')}批",
                "document_no": f"示例〔{granted.year}〕{rng.randrange(10, 99)}号",
                "granted": granted,
                "valid_until": ends - timedelta(days=1) if years else None,
                "review_year": ends.year if years else granted.year + 3,
                "remark": words.TAG,
            }


def _firm(number: int, rng: Random, today: date, taken: set[str]) -> Firm:
    trade = rng.choice(words.TRADES)
    brand = _brand(rng, taken)
    size = rng.choice((1, 1, 1, 2, 2, 3, 5, 8))
    place = rng.choice(("宁波", "宁波", "宁波高新区", "浙江"))
    name = f"{place}{brand}{rng.choice(trade.products)}{rng.choice(words.FORMS)}{words.MARK}"
    established = today - timedelta(days=rng.randrange(400, 9000))
    row: Row = {
        "name": name,
        "credit_code": _credit_code(number),
        "status": "in_business",
        "street": _weighted(rng, words.STREETS),
        "registered_address": f"宁波市高新区{rng.choice(words.ROADS)}{rng.randrange(1, 999)}号",
        "industry": trade.industry,
        "size_class": ("micro", "small", "small", "medium", "large")[min(size, 8) // 2],
        "established": established,
        "capital": Decimal(size * rng.choice((100, 200, 500, 1000)) * 10_000),
        "capital_currency": "CNY",
        "legal_representative": _person(rng),
        "products": "、".join(trade.products[:2]),
        "tags": words.TAG,
        "above_scale": size > 2,
        "source": words.SOURCE,
        "source_date": today,
    }
    if rng.random() < 0.8:
        used = established + timedelta(days=rng.randrange(30, 380))
        row |= {"used_since": used, "brand_officer": _person(rng)}
        row["brand_officer_phone"] = _phone(rng)
    row |= {"contact": _person(rng), "phone": _phone(rng)}
    latin = rng.choice(words.LATIN) + rng.choice(words.LATIN_END)
    return Firm(number, brand, latin, trade, size, row, rng)


def _brand(rng: Random, taken: set[str]) -> str:
    while True:
        brand = rng.choice(words.FIRST) + rng.choice(words.SECOND) + rng.choice(words.THIRD)
        if brand not in taken or len(taken) > 12_000:
            taken.add(brand)
            return brand


def _credit_code(number: int) -> str:
    """A code that passes both checks in a district that does not exist."""
    body = f"MA{number:06d}"
    first17 = f"91{_DISTRICT}{body}{organisation_check(body)}"
    return first17 + check_character(first17)


def _person(rng: Random) -> str:
    return rng.choice(words.SURNAMES) + "".join(rng.sample(words.GIVEN, rng.choice((1, 2, 2))))


def _phone(rng: Random) -> str:
    return f"0574-0000{rng.randrange(10_000):04d}"


def _weighted(rng: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([word for word, _ in choices], [weight for _, weight in choices])[0]
