"""The indicators of the targets: each named in indicators.json, counted by a function here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules.reference import Reference
from brandpool.services import (
    agencies,
    answers,
    certificates,
    insurance,
    introduced_marks,
    madrid_counts,
    mark_counts,
    patent_licences,
    patents,
    pledges,
    questions,
    records,
    titles,
)
from brandpool.services.counted import Counted, keys
from brandpool.services.madrid_counts import FiftyDefinition
from brandpool.services.mark_counts import MarkDefinition
from brandpool.services.questions import Question
from brandpool.services.records import Op

Count = Callable[[Session, date, Reference, Mapping[str, Any]], Counted]
_OP_WORDS = {
    Op.EQUALS: "＝", Op.ONE_OF: "属于", Op.CONTAINS: "含有", Op.AT_LEAST: "不小于",
    Op.AT_MOST: "不大于", Op.EMPTY: "为空", Op.FILLED: "已填",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count an indicator: its key, its name, and what it tells the counting function."""

    key: str
    label: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as the reference data has it.

    `span` is "stock" (as it stands on the day) or "year" (what happened in the day's year so far);
    `source` is "ledger" or "figure"; `definition` explains a figure reported by hand.
    """

    code: str
    label: str
    unit: str
    span: str
    source: str
    count: str
    definition: str
    ways: tuple[Way, ...]

    def way(self, key: str | None) -> Way:
        """The way of this key, else the usual one."""
        usual = self.ways[0] if self.ways else Way("", "", {})
        return next((way for way in self.ways if way.key == key), usual)


def indicator(code: str, ref: Reference) -> Indicator:
    """The indicator of a code. Raises UserError for one that the reference data lacks."""
    about = ref.documents["indicators"]["indicators"].get(code)
    if about is None:
        raise UserError(
            _("参考数据“目标指标”里没有“{code}”这一指标，请补上后再试。").format(code=code)
        )
    ways = tuple(Way(way["key"], way["zh"], way["args"]) for way in about["ways"])
    return Indicator(
        code, about["zh"], about["unit"], about["span"], about["from"], about["count"],
        about.get("definition", ""), ways,
    )  # fmt: skip


def count(session: Session, one: Indicator, way: Way, on: date, ref: Reference) -> Counted:
    """What the ledgers say of an indicator on a day, in one way of counting.

    Raises UserError when the indicator has no counting function in this program.
    """
    counting = COUNTS.get(one.count)
    if counting is None:
        text = _("“{indicator}”没有台账可计，请填报数据。")
        raise UserError(text.format(indicator=one.label))
    return counting(session, on, ref, way.args)


def of_question(session: Session, question: Question, name: str, on: date) -> Counted:
    """The rows of a saved question, its conditions in words."""
    ids = answers.answer(session, question, on).ids
    parts = [
        f"{records.declaration(question.model, one.field).zh}{_OP_WORDS[one.op]}"
        + ("" if one.value is None else str(one.value))
        for one in question.filters
    ]
    text = _("截至 {day}；查询方案“{name}”列出的{noun}{conditions}。").format(
        day=on, name=name, noun=question.model.zh,
        conditions=_("，条件：{parts}").format(parts="、".join(parts)) if parts else "",
    )  # fmt: skip
    return Counted(len(ids), _("条"), keys(question.about, ids), text)


def saved(session: Session, question: str, on: date) -> Counted:
    """The rows of the saved question with this id."""
    row = questions.get(session, question)
    return of_question(session, row.question, row.name, on)


def _marks(session: Session, on: date, ref: Reference, args: Mapping[str, Any]) -> Counted:
    found = mark_counts.in_force(session, MarkDefinition(**args), on, ref=ref)
    return Counted(found.value, _("件"), keys("trademark", found.ids), found.text)


def _madrid(session: Session, on: date, ref: Reference, args: Mapping[str, Any]) -> Counted:
    found = madrid_counts.count_fifty(session, FiftyDefinition(**args), on, ref=ref)
    rows = keys("international_registration", found.ids)
    return Counted(found.value, _("件"), rows, found.text)


def _advantage(session: Session, on: date, _ref: Reference, args: Mapping[str, Any]) -> Counted:
    held = ("ip_advantage", "ip_demonstration") if args["demonstration"] else ("ip_advantage",)
    return titles.holders(session, on, held)


def _of_year(counting: Callable[[Session, int, date], Counted]) -> Count:
    """What happened in the day's year, up to the day."""
    return lambda session, on, _ref, _args: counting(session, on.year, on)


def _standing(counting: Callable[[Session, date], Counted]) -> Count:
    """What stands on the day."""
    return lambda session, on, _ref, _args: counting(session, on)


COUNTS: Mapping[str, Count] = {
    "marks_in_force": _marks,
    "madrid": _madrid,
    "ip_advantage": _advantage,
    "high_value_patents": _standing(patents.held),
    "pledge_amount": _of_year(pledges.registered),
    "insured": _of_year(insurance.insured),
    "licences": _of_year(patent_licences.licensed),
    "standards": _standing(certificates.certified),
    "little_giant_coverage": _standing(certificates.coverage),
    "zero_patents": _of_year(patents.without_patents),
    "introduced_marks": _standing(introduced_marks.introduced),
    "agencies": _standing(agencies.counted),
}
"""The counting functions by the names that indicators.json gives them."""
