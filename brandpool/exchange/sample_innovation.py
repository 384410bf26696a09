"""The innovation ledgers of a sample pool: patents, projects, certificates, loans, people.

Every ledger has a few records, some of them with a date that is near, a firm without patents, a
loan registered twice, a policy of the same firm, a member who left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row

ALLIANCE = "磁性材料产业知识产权联盟（示例）"
_TITLES = ("patent_attorney", "middle", "junior", "manager")
_PROJECTS = ("award", "navigation", "strategy")
_NAMES = ("专利奖申报（示例）", "产业专利导航（示例）", "产业专利战略年度分析（示例）")


@dataclass(frozen=True, slots=True)
class Held:
    """One firm with its id and the number of its main mark in force, if it has one."""

    firm: Firm
    enterprise: str
    mark: str

    @property
    def chance(self) -> Random:
        """The firm's own chance for these ledgers, apart from what was drawn before."""
        return Random(f"innovation/{self.firm.number}")  # noqa: S311 - no secret


def patent_years(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Two years of counts for every third firm; some above scale have none, some are unknown."""
    for one in held[::3]:
        rng = one.chance
        above = one.firm.size >= 3
        patents = rng.choice((0, 0, 2, 5, 12, 30)) * (1 if above else rng.randrange(2))
        for year in (today.year - 2, today.year - 1):
            known = rng.random() > 0.15
            yield {
                "enterprise_id": one.enterprise, "year": year, "above_scale": above,
                "patents": patents if known else None,
                "inventions": patents // 2 if known else None,
                "high_value": patents // 4 if known else None,
                "source": "示例：市知识产权局年报", "as_of": date(year, 12, 31),
                "remark": words.TAG,
            }  # fmt: skip
            patents += rng.randrange(4) if patents else 0


def portfolios(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Two high-value projects."""
    for place, one in enumerate(held[:2]):
        yield {
            "enterprise_id": one.enterprise, "name": f"{one.firm.brand}高价值专利组合（示例）",
            "level": ("municipal", "provincial")[place],
            "status": ("running", "approved")[place],
            "status_since": today - timedelta(days=200 - 60 * place),
            "starts": today - timedelta(days=300), "ends": today + timedelta(days=45 + 300 * place),
            "support": Decimal(500_000), "remark": words.TAG,
        }  # fmt: skip


def portfolio_patents(portfolio_ids: Sequence[str], today: date) -> Iterator[Row]:
    """Applications of both projects; one of them is in both."""
    for place, portfolio in enumerate(portfolio_ids):
        for number in range(4):
            yield {
                "portfolio_id": portfolio,
                "application_no": f"{today.year - 2}9{place * 3 + number:07d}.X",
                "name": f"示例发明 {place * 3 + number + 1}", "patent_kind": "invention",
                "status": ("filed", "granted")[number % 2],
                "filed": date(today.year - 2, 3, 1 + number), "high_value": number % 2 == 1,
                "remark": words.TAG,
            }  # fmt: skip


def projects(held: Sequence[Held], today: date) -> Iterator[Row]:
    """An application that closes in five days, one that was won, one that was not."""
    for place, kind in enumerate(_PROJECTS):
        stage, result = (("preparing", None), ("closed", "won"), ("closed", "not_won"))[place]
        yield {
            "enterprise_id": held[place].enterprise if kind != "strategy" else None,
            "project": kind, "year": today.year, "level": "provincial", "stage": stage,
            "name": _NAMES[place],
            "apply_by": today + timedelta(days=5) if not result else today - timedelta(days=200),
            "submitted_on": None if not result else today - timedelta(days=210),
            "result": result, "result_on": today - timedelta(days=60) if result else None,
            "amount": Decimal(100_000) if result == "won" else None, "remark": words.TAG,
        }  # fmt: skip


def sites(held: Sequence[Held], today: date) -> Iterator[Row]:
    """A zone, a base, a station and a point."""
    for place, (kind, level) in enumerate((
        ("zone", "provincial"), ("base", "provincial"), ("station", "municipal"),
        ("point", "district"),
    )):  # fmt: skip
        one = held[place]
        yield {
            "enterprise_id": None if kind == "zone" else one.enterprise,
            "name": f"商业秘密保护站点 {place + 1}（示例）", "site": kind, "level": level,
            "batch": f"{today.year - 1}年", "document_no": f"示例〔{today.year - 1}〕{place + 3}号",
            "granted": today - timedelta(days=400), "review_on": today + timedelta(days=60 + place),
            "liaison": "示例联络员", "secret_people": 8 + place, "secret_areas": 1 + place,
            "secret_carriers": 20 * (1 + place), "systems": "定密、隐密、解密、销毁",
            "remark": words.TAG,
        }  # fmt: skip


def inspections(site_ids: Sequence[str], today: date) -> Iterator[Row]:
    """One inspection of each site; the last has something to mend."""
    for place, site in enumerate(site_ids):
        last = place == len(site_ids) - 1
        yield {
            "site_id": site, "inspected_on": today - timedelta(days=20 + place),
            "inspectors": "示例检查人", "people": "good", "information": "good",
            "areas": "to_mend" if last else "good", "dealings": "good", "checks": "good",
            "mend_by": today + timedelta(days=10) if last else None, "remark": words.TAG,
        }  # fmt: skip


def certificates(held: Sequence[Held], giants: Sequence[str], today: date) -> Iterator[Row]:
    """Certificates of the 小巨人 but one, and of some others; one ends soon."""
    owners = dict.fromkeys((*giants[:-1], *(one.enterprise for one in held[5:40:5])))
    for place, enterprise in enumerate(owners):
        issued = today - timedelta(days=1040 - 60 * min(place, 12))
        yield {
            "enterprise_id": enterprise,
            "standard": "iso56005" if place % 4 == 3 else "gbt29490_2023",
            "grade": 3 if place % 4 == 3 else None, "certificate_no": f"示例IP{place:05d}R0",
            "body": "示例认证有限公司", "scope": "示例产品的研发、生产、销售的知识产权管理",
            "issued": issued, "expires": issued + timedelta(days=1095),
            "audit_due": today + timedelta(days=30 + 25 * place), "remark": words.TAG,
        }  # fmt: skip


def purchases(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Patents bought from outside; every other one is in use, one came from inside the zone."""
    for place, one in enumerate(held[2:8]):
        used = place % 2 == 0
        yield {
            "enterprise_id": one.enterprise, "patent_no": f"ZL{today.year - 4}9{place:07d}.X",
            "name": f"示例引进专利 {place + 1}", "patent_kind": "invention",
            "transferor": held[9].firm.name if place == 5 else "示例大学",
            "origin": "zone" if place == 5 else "country",
            "region": None if place == 5 else "示例省",
            "contract_on": today - timedelta(days=30 + 20 * place),
            "price": Decimal(80_000 + 10_000 * place),
            "converted_on": today - timedelta(days=10) if used else None,
            "output": Decimal(1_200_000) if used else None, "remark": words.TAG,
        }  # fmt: skip


def pledges(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Loans of this year and the last; one is a package registered twice, some are repaid."""
    for place, one in enumerate(held[1:10]):
        amount = Decimal((3, 5, 8, 12, 20)[place % 5] * 1_000_000)
        recorded = today - timedelta(days=25 + 45 * place)
        row: Row = {
            "enterprise_id": one.enterprise, "pledgee": words.BANK, "package": "patent",
            "patents": f"ZL{today.year - 3}9{place:07d}.X", "amount": amount, "currency": "CNY",
            "registration_no": f"示例Y{place:06d}", "contract_no": f"示例借{place:04d}",
            "recorded_on": recorded, "loan": amount, "rate": Decimal("3.65"),
            "starts": recorded, "ends": recorded + timedelta(days=364 + 365 * (place % 2)),
            "released": today - timedelta(days=5) if place == 8 else None, "remark": words.TAG,
        }  # fmt: skip
        yield row
        if place == 0:
            mark = {"package": "mark", "patents": None, "marks": one.mark or None}
            yield {**row, **mark, "registration_no": "示例S000001"}


def policies(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Policies of nine firms; the first has two."""
    owners = (held[0], *held[:9])
    for place, one in enumerate(owners):
        starts = today - timedelta(days=20 + 38 * place)
        yield {
            "enterprise_id": one.enterprise, "policy_no": f"示例保{place:06d}",
            "insurance": ("abroad", "mark_infringed", "patent_infringed", "enforcement")[place % 4],
            "insurer": "示例财产保险公司", "insured": f"{one.firm.brand}系列商标、专利",
            "sum_insured": Decimal(500_000 + 100_000 * place),
            "premium": Decimal(6_000 + 500 * place), "subsidy": Decimal(3_000), "starts": starts,
            "ends": starts + timedelta(days=364), "remark": words.TAG,
        }  # fmt: skip


def licences(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Licences with one to five patents."""
    for place, one in enumerate(held[3:12]):
        numbers = [f"ZL{today.year - 3}9{place * 10 + n:07d}.X" for n in range(1 + place % 5)]
        recorded = today - timedelta(days=15 + 40 * place)
        yield {
            "enterprise_id": one.enterprise, "side": "licensor",
            "other_party": f"示例被许可企业 {place + 1}", "record_no": f"示例X{place:07d}",
            "recorded_on": recorded, "how": ("ordinary", "open", "exclusive")[place % 3],
            "patents": "、".join(numbers), "ends": recorded + timedelta(days=1095),
            "fee": Decimal(20_000 * (place + 1)), "remark": words.TAG,
        }  # fmt: skip


def open_licences(held: Sequence[Held], today: date) -> Iterator[Row]:
    """Two declarations; one is withdrawn."""
    for place, one in enumerate(held[4:6]):
        declared = today - timedelta(days=250)
        yield {
            "enterprise_id": one.enterprise, "patent_no": f"ZL{today.year - 3}8{place:07d}.X",
            "name": f"示例开放许可专利 {place + 1}", "declaration_no": f"示例K{place:04d}",
            "declared_on": declared, "fee_terms": "每年 1 万元（示例）",
            "ends": declared + timedelta(days=730),
            "withdrawn_on": today - timedelta(days=20) if place else None,
            "platform": "宁波科技大市场（示例）", "remark": words.TAG,
        }  # fmt: skip


def alliance(today: date) -> Row:
    """One alliance."""
    return {
        "name": ALLIANCE, "industry": "磁性材料", "level": "municipal",
        "founded": today - timedelta(days=900), "recorded_no": "示例联〔1〕号",
        "secretariat": "示例行业协会", "remark": words.TAG,
    }  # fmt: skip


def alliance_members(held: Sequence[Held], alliance_id: str, today: date) -> Iterator[Row]:
    """Eight members, one of whom left this spring."""
    for place, one in enumerate(held[:8]):
        yield {
            "alliance_id": alliance_id, "enterprise_id": one.enterprise,
            "role": ("lead", "deputy", "council", "member")[min(place, 3)],
            "joined": today - timedelta(days=900 - 30 * place),
            "left": today - timedelta(days=200) if place == 7 else None, "remark": words.TAG,
        }  # fmt: skip


def talents(held: Sequence[Held], today: date) -> Iterator[Row]:
    """People of firms and of an agency."""
    for place, one in enumerate(held[:10]):
        inside = place % 3 != 2
        yield {
            "enterprise_id": one.enterprise if inside else None, "name": f"示例人才{place + 1:02d}",
            "title": _TITLES[place % 4],
            "employer": one.firm.name if inside else "示例专利代理事务所",
            "position": "知识产权负责人" if inside else "代理师",
            "obtained_on": today - timedelta(days=1500 - 100 * place),
            "training": "海外知识产权布局（示例）",
            "trained_on": today - timedelta(days=30 + place), "hours": Decimal(8),
            "phone": f"1390000{place:04d}", "remark": words.TAG,
        }  # fmt: skip


def moved_in(today: date) -> Row:
    """What is added to the titles of firms that came from outside the zone."""
    return {"origin": "示例省示例市", "moved_in_on": today - timedelta(days=500)}
