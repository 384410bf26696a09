"""The protection ledgers of a sample pool: cases, letters, mediation, aid, credit, officers.

Every clock stands somewhere: a letter to accept, a letter still to split, a mediation near its
sixtieth day, aid open for long, a certificate that has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.credit import CreditListing
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.field import Value
from brandpool.models.mediation import Mediation
from brandpool.models.officer import Officer, OfficerTraining
from brandpool.models.tier import TierMove
from brandpool.services import complaints, mediations

FEWEST = 8
OFFICE = "示例：区市场监管分局"
COMMITTEE = "示例街道人民调解委员会"
ASSOCIATION = "示例模具行业协会"
_MATTERS = ("海外商标被抢注（示例）", "商标侵权投诉指导（示例）", "商业秘密保护咨询（示例）")
_TRAININGS = (("商标法修订解读（示例）", 60, 8), ("商业秘密办案实务（示例）", 430, 16))


@dataclass(frozen=True, slots=True)
class Held:
    """A firm with its id; `mark` is what it sells under."""

    firm: Firm
    enterprise: str

    @property
    def name(self) -> str:
        """Its name."""
        return self.firm.name


def fill(session: Session, firms: Sequence[Firm], ids: Sequence[str], today: date) -> list[str]:
    """Write the protection ledgers for these firms; returns the cases. A small sample gets none."""
    held = [Held(firm, one) for firm, one in zip(firms, ids, strict=True)]
    if len(held) < FEWEST:
        return []
    cases = journal.insert(session, EnforcementCase, _cases(held, today))
    _letters(session, held, cases, today)
    _mediations(session, held, today)
    journal.insert(session, AidRequest, _aid(held, today))
    journal.insert(session, CreditListing, _listings(session, held, today))
    _officers(session, today)
    return cases


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _cases(held: Sequence[Held], today: date) -> list[Row]:
    rng = Random(f"protection/cases/{today.year}")  # noqa: S311 - no secret
    found: list[Row] = []
    for number, days in enumerate((700, 540, 410, 300, 190, 95, 40), start=1):
        one = held[number % len(held)]
        filed = _ago(today, days)
        done = days > 100
        value = Decimal(rng.randrange(2, 90) * 1000)
        found.append({
            "filing_no": f"示例市监立〔{filed.year}〕{number}号",
            "case_type": "trade_secret" if number == 3 else "mark_infringement",
            "source": rng.choice(("complaint", "report", "inspection")),
            "enterprise_id": one.enterprise, "role": "owner", "right_owner": one.name,
            "party": f"示例被查经营部{number}", "mark": one.firm.brand,
            "acted_on": filed - timedelta(days=rng.randrange(5, 40)), "filed_on": filed,
            "goods_value": value, "measures": "示例：扣押涉案商品",
            "decided_on": filed + timedelta(days=70) if done else None,
            "decision_no": f"示例市监罚〔{filed.year}〕{number}号" if done else None,
            "fine": value * 2 if done else None, "penalty": "示例：没收并罚款" if done else None,
            "police_on": filed + timedelta(days=30) if number == 1 else None,
            "published_on": filed + timedelta(days=77) if done else None,
            "closed_on": filed + timedelta(days=90) if done else None,
            "remark": words.TAG,
        })  # fmt: skip
    return found


def _letters(session: Session, held: Sequence[Held], cases: Sequence[str], today: date) -> None:
    def letter(number: int, nature: str, days: int, **more: Value) -> Row:
        one = held[(number * 3) % len(held)]
        made: Row = {
            "register_no": f"示例{today.year}{number:03d}", "nature": nature,
            "received_on": _ago(today, days), "channel": "platform", "registered_by": OFFICE,
            "enterprise_id": one.enterprise, "accused": one.name,
            "person": f"示例{words.SURNAMES[number]}某", "phone": f"0574-0000{number:04d}",
            "facts": "示例：商品包装与他人注册商标近似", "claim": "示例：退货并赔偿",
            "remark": words.TAG,
        }  # fmt: skip
        return made | more

    for row in (letter(1, "complaint", 3), letter(2, "both", 6), letter(3, "report", 9)):
        complaints.register(session, row)
    first, second = _ago(today, 190), _ago(today, 48)
    for row in (
        letter(4, "complaint", 200, decision="accepted", decided_on=first, result="agreed",
               ended_on=first + timedelta(days=30)),
        letter(5, "complaint", 55, decision="accepted", decided_on=second),
        letter(6, "complaint", 120, decision="refused", decided_on=_ago(today, 115),
               refusal="示例：争议已由法院受理"),
        letter(7, "report", 100, finding="file", finding_on=_ago(today, 95),
               told_on=_ago(today, 92), case_id=cases[5]),
    ):  # fmt: skip
        complaints.register(session, row)
    journal.insert(session, Complaint, [letter(8, "both", 2)])


def _mediations(session: Session, held: Sequence[Held], today: date) -> None:
    def dispute(number: int, kind: str, body: str, days: int, **more: Value) -> Row:
        one = held[(number * 5) % len(held)]
        made: Row = {
            "dispute": f"{one.firm.brand}商标使用纠纷（示例）", "mediation_kind": kind,
            "body": body,
            "enterprise_id": one.enterprise, "applicant": one.name,
            "respondent": f"示例相对方{number}", "applied_on": _ago(today, days),
            "accepted_on": _ago(today, days - 3), "remark": words.TAG,
        }  # fmt: skip
        return made | more

    ended: Row = {
        "outcome": "agreed",
        "ended_on": _ago(today, 260),
        "agreement_no": "示例调〔1〕号",
        "confirmed_on": _ago(today, 250),
    }
    rows = [
        dispute(1, "administrative", OFFICE, 300, **ended),
        dispute(2, "people", COMMITTEE, 200, outcome="ended", ended_on=_ago(today, 150)),
        dispute(3, "industry", ASSOCIATION, 52),
        dispute(4, "administrative", OFFICE, 20),
    ]
    *_others, last = journal.insert(session, Mediation, rows)
    mediations.pass_on(session, last, COMMITTEE, "people", _ago(today, 8))


def _aid(held: Sequence[Held], today: date) -> list[Row]:
    found: list[Row] = []
    for number, (days, took) in enumerate(((330, 12), (240, 25), (150, 18), (60, 0), (5, 0))):
        one = held[(number * 7 + 2) % len(held)]
        accepted = _ago(today, days - 1)
        found.append({
            "subject": _MATTERS[number % 3],
            "enterprise_id": one.enterprise, "applicant": one.name, "matter": "mark",
            "form": ("overseas", "guidance", "advice")[number % 3], "asked_on": _ago(today, days),
            "accepted_on": accepted, "expert": "示例律师事务所",
            "assigned_on": accepted + timedelta(days=2),
            "done_on": accepted + timedelta(days=took) if took else None,
            "satisfaction": "satisfied" if took else None, "remark": words.TAG,
        })  # fmt: skip
    return found


def _listings(session: Session, held: Sequence[Held], today: date) -> list[Row]:
    """Of firms that were never moved on a ladder: the gate would have stood in the way."""
    table = TierMove.__table__
    assert isinstance(table, Table)
    moved = set(session.scalars(select(table.c.enterprise_id)))
    free = [one for one in held if one.enterprise not in moved][:3]
    kinds = (("serious", 200, None), ("abnormal", 400, 100), ("cnipa", 500, 130))
    return [
        {
            "enterprise_id": one.enterprise, "list_type": kind, "listed_on": _ago(today, listed),
            "removed_on": None if removed is None else _ago(today, removed),
            "authority": OFFICE, "cause": "示例事由",
            "document_no": f"示例列〔{_ago(today, listed).year}〕{number}号", "remark": words.TAG,
        }
        for number, (one, (kind, listed, removed)) in enumerate(zip(free, kinds, strict=False), 1)
    ]  # fmt: skip


def _officers(session: Session, today: date) -> None:
    ends = (900, 45, -20, 400)
    rows: list[Row] = [
        {
            "name": f"示例{words.SURNAMES[number]}执法", "unit": "示例：知识产权科",
            "post": "科员", "certificate_no": f"示例{number:05d}",
            "certificate_until": today + timedelta(days=days), "remark": words.TAG,
        }
        for number, days in enumerate(ends, start=1)
    ]  # fmt: skip
    ids = journal.insert(session, Officer, rows)
    trainings: list[Row] = [
        {
            "officer_id": officer, "topic": topic, "trained_on": _ago(today, days),
            "hours": Decimal(hours), "organiser": "示例：市局", "remark": words.TAG,
        }
        for topic, days, hours in _TRAININGS
        for officer in ids
    ]  # fmt: skip
    journal.insert(session, OfficerTraining, trainings[:-1])
