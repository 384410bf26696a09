"""Small schemes and enterprises that the tests of tiers share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.field import Value
from brandpool.rules import scheme_file
from brandpool.rules.scheme import Scheme
from brandpool.services import schemes
from brandpool.services.decision import MoveOrder

TODAY = date(2026, 11, 22)
LADDER = "steps"

OFFICER = {
    "zh": "有品牌负责人",
    "measure": {"field": "brand_officer"},
    "op": "filled",
    "thing": {"zh": "品牌负责人"},
}
AGE = {
    "zh": "成立满2年",
    "measure": {"years_since": "established"},
    "op": "at_least",
    "threshold": 2,
}
REVENUE = {
    "zh": "年营业收入1000万元以上",
    "measure": {"figure": "revenue"},
    "op": "at_least",
    "threshold": 1000,
    "unit": {"zh": "万元"},
    "thing": {"zh": "营业收入"},
}
TITLE = {
    "zh": "有有效资质",
    "measure": {
        "count": "honour",
        "where": [
            {"field": "granted", "op": "at_most", "months_before": 0},
            {"field": "valid_until", "op": "at_least", "months_before": 0, "or_empty": True},
        ],
    },
    "op": "at_least",
    "threshold": 1,
    "unit": {"zh": "项"},
    "thing": {"zh": "有效资质"},
}
LEFT = {
    "zh": "登记状态为注销",
    "measure": {"field": "status"},
    "op": "equals",
    "threshold": "deregistered",
    "exit_reason": "gone",
}


def document(**changes: Any) -> dict[str, Any]:
    """A scheme of three tiers: a name is enough for the first, figures for the last."""
    ladder = {
        "code": LADDER,
        "zh": "三级梯队",
        "notice": {"working_days": 5},
        "tiers": [
            {"code": "one", "zh": "一级", "dwell_limit_months": 24, "review_every_months": 12},
            {"code": "two", "zh": "二级", "conditions": [OFFICER, AGE]},
            {"code": "three", "zh": "三级", "conditions": [REVENUE]},
        ],
        "exit_reasons": [{"code": "gone", "zh": "注销"}, {"code": "wish", "zh": "自愿"}],
        "exit_conditions": [LEFT],
    }
    base = {"key": "steps", "version": "1", "title": "三级方案", "starts": "2015-01-01"}
    return {**base, "ladders": [ladder], **changes}


def scheme(**changes: Any) -> Scheme:
    """The scheme of `document`."""
    return scheme_file.scheme(document(**changes))


def save(session: Session) -> Scheme:
    """The scheme, put into the pool."""
    found = scheme()
    schemes.save(session, found)
    return found


def enterprises(session: Session, rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Enterprises with these values, each with a name of its own; their ids."""
    named = [{"name": f"第{n:05d}号企业", **row} for n, row in enumerate(rows)]
    return journal.insert(session, Enterprise, named)


def figures(session: Session, rows: Iterable[tuple[str, int, str, str, str]]) -> None:
    """Yearly figures: (enterprise, year, measure, value, unit)."""
    names = ("enterprise_id", "year", "measure", "value", "unit")
    values = [dict(zip(names, (*row[:3], Decimal(row[3]), row[4]), strict=True)) for row in rows]
    journal.insert(session, YearlyFigure, values)


def order(enterprise: str, tier: str | None, effective: date, **more: Any) -> MoveOrder:
    """A decision with a reason, and one for the exceptions."""
    reasons = {"reason": "年度评审会决定", "override": "会议同意"}
    return MoveOrder(enterprise, LADDER, tier, effective, **{**reasons, **more})
