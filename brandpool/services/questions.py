"""Questions the station asks again: which records, in which order, with which columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value, decode, encode
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record
from brandpool.models.shortlist import SavedQuestion, Shortlist
from brandpool.rules.scheme import ANY_TIER
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query


@dataclass(frozen=True, slots=True)
class Question:
    """A list to ask for.

    `filters`, `order` and `columns` name fields of the kind `about`; columns of enterprises may
    also be those of `answers.EXTRA`. With a `ladder`, `tiers` keeps those that stand on one of
    them ("" stands for outside the ladder, "*" for any of its tiers), `ready` those that fulfil
    all conditions of the next tier, and `target` is the tier recommended for everybody (empty:
    the next one up). `only` are records picked by hand.
    """

    about: str = "enterprise"
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ladder: str = ""
    tiers: tuple[str, ...] = ()
    ready: bool = False
    target: str = ""
    only: tuple[str, ...] | None = None

    @property
    def query(self) -> Query:
        """The part of the question that the fields of the records answer."""
        within = None if self.only is None else frozenset(self.only)
        return Query(self.filters, self.order, within)

    @property
    def model(self) -> type[Record]:
        """The kind asked about. Raises UserError for one this program does not know."""
        found = by_kind().get(self.about)
        if found is None:
            raise UserError(_("本程序没有“{kind}”这类记录。").format(kind=self.about))
        return found


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A saved question as lists show it."""

    id: str
    ver: str
    name: str
    question: Question


def save_question(
    session: Session,
    name: str,
    question: Question,
    record: str | None = None,
    seen: str | None = None,
) -> str:
    """Keep a question under a name, as a new one or over `record`; returns its id.

    Raises UserError when the name is empty or another question bears it, or when the question
    names a field that the kind does not have.
    """
    _check(question)
    same = [row for row in find(session) if row.name == name.strip() and row.id != record]
    if same:
        raise UserError(_("已有名为“{name}”的查询方案，请另取名称。").format(name=name.strip()))
    values: dict[str, Value] = {
        "name": name.strip(),
        "about": question.about,
        "question": dumps(question),
    }
    if record is None:
        return records.add(session, SavedQuestion, values)
    records.edit(session, SavedQuestion, record, values, seen)
    return record


def find(session: Session) -> list[QuestionRow]:
    """All saved questions by name."""
    ids = records.find(session, SavedQuestion, Query(order=("name",)))
    return [
        QuestionRow(row.id, row.ver, str(row["name"] or ""), loads(str(row["question"] or "{}")))
        for row in records.rows(session, SavedQuestion, ids)
    ]


def get(session: Session, record: str) -> QuestionRow:
    """One saved question. Raises UserError when it has been deleted."""
    row = records.get(session, SavedQuestion, record)
    return QuestionRow(row.id, row.ver, str(row["name"] or ""), loads(str(row["question"] or "{}")))


def remove(session: Session, record: str) -> None:
    """Delete a saved question; the lists that were handed in for it stay."""
    asked = Query((Filter("question_id", Op.EQUALS, record),))
    lists = records.find(session, Shortlist, asked)
    journal.update(session, Shortlist, {one: {"question_id": None} for one in lists})
    records.remove(session, SavedQuestion, [record])


def upgrade_list(ladder: str, *, ready: bool = True) -> Question:
    """The 升级推荐名单 with the columns the offices ask for; 序号 is added when it is exported."""
    columns = (
        "name",
        "credit_code",
        "street",
        "industry",
        "mark",
        "mark_no",
        "mark_class",
        "target",
        "grounds",
        "remark",
    )
    return Question(columns=columns, ladder=ladder, ready=ready)


def pool_list(ladder: str) -> Question:
    """Everybody who stands on the ladder, with tier, since when, and what the next tier lacks."""
    columns = ("name", "credit_code", "street", "industry", "tier", "since", "gap")
    return Question(Enterprise.kind(), columns=columns, ladder=ladder, tiers=(ANY_TIER,))


def dumps(question: Question) -> str:
    """The question as it is kept."""
    kept = {
        "about": question.about,
        "filters": [_filter_json(one) for one in question.filters],
        "order": question.order,
        "columns": question.columns,
        "ladder": question.ladder,
        "tiers": question.tiers,
        "ready": question.ready,
        "target": question.target,
        "only": question.only,
    }
    return json.dumps(kept, ensure_ascii=False)


def loads(text: str) -> Question:
    """The question as it was kept; a filter on a field of a newer program is a UserError."""
    kept: Mapping[str, Any] = json.loads(text)
    question = Question(
        about=kept.get("about", "enterprise"),
        order=tuple(kept.get("order", ())),
        columns=tuple(kept.get("columns", ())),
        ladder=kept.get("ladder", ""),
        tiers=tuple(kept.get("tiers", ())),
        ready=bool(kept.get("ready", False)),
        target=kept.get("target", ""),
        only=None if kept.get("only") is None else tuple(kept["only"]),
    )
    filters = (_filter(question.model, one) for one in kept.get("filters", ()))
    return replace(question, filters=tuple(filters))


def _filter_json(wanted: Filter) -> dict[str, Any]:
    value = wanted.value
    plain = [encode(one) for one in value] if isinstance(value, tuple) else encode(value)
    return {"field": wanted.field, "op": wanted.op.value, "value": plain}


def _filter(model: type[Record], kept: Mapping[str, Any]) -> Filter:
    declared = records.declaration(model, kept["field"])
    value = kept["value"]
    if isinstance(value, list):
        return Filter(declared.name, Op(kept["op"]), tuple(decode(declared, one) for one in value))
    return Filter(declared.name, Op(kept["op"]), decode(declared, value))


def _check(question: Question) -> None:
    for wanted in question.filters:
        records.declaration(question.model, wanted.field)
    for name in question.order:
        records.declaration(question.model, name.removeprefix("-"))
