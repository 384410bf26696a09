"""What the pool page reads in one job: who stands where on a ladder, and what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models import pinyin
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.rules.scheme import Ladder, Scheme
from brandpool.services import judging, placings, schemes
from brandpool.services.judging import Judgement


class Due(StrEnum):
    """What a judgement calls for; each is a list of the pool page."""

    UP = "up"
    NEAR = "near"
    REVIEW = "review"
    OVERSTAYED = "overstayed"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class LadderChoice:
    """A ladder in force, and the scheme (key@version) that has it."""

    code: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One enterprise on the page. `tier` is None outside; `left` is when it left the ladder.

    `target` is the tier it could move to next, `gap` what is lacking for it, in words. `spoken`
    is the first of its met exit conditions, `exit_reason` that condition's code.
    """

    enterprise: str
    name: str
    code: str
    former: str
    street: str
    industry: str
    tier: str | None
    since: date | None
    left: date | None
    target: str | None
    gap: str
    review_due: date | None
    overstayed_days: int
    exits: str
    exit_reason: str
    due: frozenset[Due]

    def found_by(self, text: str) -> bool:
        """Whether name, former name, code or pinyin holds the text."""
        wanted = text.strip().lower()
        if wanted in f"{self.name} {self.former} {self.code}".lower():
            return True
        letters = wanted.replace(" ", "")
        return letters.isascii() and any(letters in spelled for spelled in _spelled(self.name))


@dataclass(frozen=True, slots=True)
class PoolState:
    """The pool as of a day on one ladder; without `ladder` no scheme is in force."""

    on: date
    choices: tuple[LadderChoice, ...]
    choice: LadderChoice | None
    scheme: Scheme | None
    ladder: Ladder | None
    rows: tuple[PoolRow, ...]

    def tier_label(self, code: str | None) -> str:
        """The tier's name; words for outside, and for a tier that the scheme no longer has."""
        return tier_label(self.ladder, code)

    def columns(self) -> list[str | None]:
        """Outside, the tiers lowest first, then tiers that only some enterprises still have."""
        own = [tier.code for tier in self.ladder.tiers] if self.ladder else []
        strays = dict.fromkeys(row.tier for row in self.rows if row.tier not in (None, *own))
        return [None, *own, *strays]


def tier_label(ladder: Ladder | None, code: str | None) -> str:
    """The tier's name; words for outside, and for a tier that the scheme does not have."""
    if code is None:
        return _("梯队外")
    tier = ladder.tier(code) if ladder else None
    return tier.words.label() if tier else _("{code}（方案已无此层级）").format(code=code)


def read_pool(session: Session, wanted: tuple[str, str] | None, on: date) -> PoolState:
    """The pool on a ladder (code, scheme), by default the first in force, as of a day."""
    choices = tuple(LadderChoice(*found) for found in schemes.ladders(session, on))
    choice = next((c for c in choices if (c.code, c.scheme) == wanted), None)
    choice = choice or next((c for c in choices if wanted and c.code == wanted[0]), None)
    choice = choice or (choices[0] if choices else None)
    if choice is None:
        return PoolState(on, (), None, None, None, ())
    scheme = schemes.get(session, choice.scheme)
    ladder = judging.ladder_of(scheme, choice.code)
    rows = _rows(session, judging.judge(session, None, scheme, choice.code, on), choice.code, on)
    return PoolState(on, choices, choice, scheme, ladder, rows)


def _rows(
    session: Session, judgements: Sequence[Judgement], ladder: str, on: date
) -> tuple[PoolRow, ...]:
    known = _enterprises(session)
    former = _former(session)
    lines = placings.lines(session, ladder, on)
    left = {e: line[-1].start for e, line in lines.items() if line and line[-1].tier is None}
    return tuple(
        _row(one, known[one.enterprise], former.get(one.enterprise, ""), left.get(one.enterprise))
        for one in judgements
        if one.enterprise in known
    )


def _row(one: Judgement, known: Mapping[str, Any], former: str, left: date | None) -> PoolRow:
    met = one.proposed_exits
    return PoolRow(
        enterprise=one.enterprise,
        name=one.name,
        code=known["credit_code"] or "",
        former=former,
        street=known["street"] or "",
        industry=known["industry"] or "",
        tier=one.standing.tier if one.standing else None,
        since=one.standing.since if one.standing else None,
        left=left,
        target=one.target.tier.code if one.target else None,
        gap=one.gap,
        review_due=one.review_due,
        overstayed_days=one.overstayed_days,
        exits="；".join(verdict.condition.words.label() for verdict in met),
        exit_reason=met[0].condition.exit_reason if met else "",
        due=frozenset(_due(one)),
    )


def _due(one: Judgement) -> list[Due]:
    found = [Due.UP] if one.can_move_up else []
    stopped = one.proposed_exits or one.listing is not None
    if one.target and len(one.target.open) == 1 and not stopped:
        found.append(Due.NEAR)
    found += [Due.REVIEW] if one.must_review else []
    found += [Due.OVERSTAYED] if one.overstayed_days else []
    found += [Due.EXIT] if one.proposed_exits else []
    return found


def _enterprises(session: Session) -> dict[str, Mapping[str, Any]]:
    table = Enterprise.__table__
    assert isinstance(table, Table)
    c = table.c
    query = select(c.id, c.credit_code, c.street, c.industry).where(c.dup_of.is_(None))
    return {row["id"]: dict(row) for row in session.execute(query).mappings()}


def _former(session: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    for enterprise, name in session.execute(select(FormerName.enterprise_id, FormerName.name)):
        if enterprise and name:
            found[enterprise] = f"{found.get(enterprise, '')} {name}".strip()
    return found


@lru_cache(maxsize=50_000)
def _spelled(name: str) -> tuple[str, ...]:
    return (*pinyin.initials(name), *pinyin.spellings(name))
