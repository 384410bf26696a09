"""The indicators of the targets: each named in indicators.json, counted by a function here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.abroad import IntroducedMark
from brandpool.models.honour import Honour
from brandpool.rules.reference import Reference
from brandpool.services import answers, madrid_counts, mark_counts, questions, records
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
    """National advantage enterprises in business in the zone, each once."""
    wanted = ["ip_advantage", *(["ip_demonstration"] if args.get("demonstration") else [])]
    table: Any = Honour.__table__
    columns = table.c
    query = select(table).where(
        columns.dup_of.is_(None), columns.level == "national", columns.honour.in_(wanted)
    )
    zone = mark_counts.in_business(session)
    rows: dict[str, str] = {}
    for row in session.execute(query.order_by(columns.granted, columns.id)).mappings():
        held = row["granted"] is None or row["granted"] <= on
        left = row["moved_out_on"] is not None and row["moved_out_on"] <= on
        over = row["valid_until"] is not None and row["valid_until"] < on
        if held and not left and not over and row["enterprise_id"] in zone:
            rows.setdefault(row["enterprise_id"], row["id"])
    text = _(
        "截至 {day}；国家级知识产权优势{more}企业，按企业计家数；仅计登记状态为在业、未迁出的。"
    )
    more = _("、示范") if args.get("demonstration") else ""
    return Counted(
        len(rows), _("家"), keys("honour", rows.values()), text.format(day=on, more=more)
    )


def _introduced(session: Session, on: date, _ref: Reference, args: Mapping[str, Any]) -> Counted:
    table: Any = IntroducedMark.__table__
    query = select(table).where(table.c.dup_of.is_(None), table.c.introduced_on <= on)
    counted: list[str] = []
    unsure: list[str] = []
    for row in session.execute(query.order_by(table.c.id)).mappings():
        if row["ends"] is None or row["ends"] >= on:
            proved = bool(row["document_id"]) or not args.get("proved")
            (counted if proved else unsure).append(row["id"])
    text = _("截至 {day}；引进日期在此日以前、授权未届满的境外商标{proof}。").format(
        day=on, proof=_("，缺证明文件的不计（列为待查）") if args.get("proved") else ""
    )
    kind = IntroducedMark.kind()
    return Counted(len(counted), _("件"), keys(kind, counted), text, keys(kind, unsure))


COUNTS: Mapping[str, Count] = {
    "marks_in_force": _marks,
    "madrid": _madrid,
    "ip_advantage": _advantage,
    "introduced_marks": _introduced,
}
"""The counting functions by the names that indicators.json gives them."""
