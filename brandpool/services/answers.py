"""The answer to a question: rows of typed values under declared columns, as of a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.rules.scheme import ANY_TIER, Ladder, Scheme
from brandpool.rules.verdict import TierVerdict, Truth
from brandpool.services import judging, records, schemes, tiers
from brandpool.services.judging import Judgement
from brandpool.services.placings import Standing
from brandpool.services.questions import Question

_LADDER_COLUMNS = (
    Field("当前层级", "Tier", name="tier"),
    Field("入层日期", "Since", Kind.DATE, name="since"),
    Field("推荐层级", "Recommended tier", name="target"),
    Field("推荐理由", "Grounds", Kind.NOTE, name="grounds"),
    Field("差距", "Gap", Kind.NOTE, name="gap"),
)
_MARK_COLUMNS = (
    Field("主商标", "Main mark", name="mark"),
    Field("注册号", "Registration no.", Kind.CODE, name="mark_no"),
    Field("类别", "Class", Kind.CODE, name="mark_class"),
)
EXTRA: Mapping[str, Field] = {f.name: f for f in (*_LADDER_COLUMNS, *_MARK_COLUMNS)}
_JUDGED = {"target", "grounds", "gap"}
_BASE_CURRENCY = "CNY"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One record in the answer; `values` in the order of its columns."""

    id: str
    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under columns, as of a day; by a scheme, cited as key@version and by its title."""

    about: str
    on: date
    columns: tuple[Field, ...]
    rows: tuple[AnswerRow, ...]
    ladder: str = ""
    scheme: str = ""
    scheme_title: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The records in the answer, in its order."""
        return tuple(row.id for row in self.rows)


def columns_of(question: Question) -> tuple[Field, ...]:
    """Every column that an answer to the question could have: fields first, then computed ones."""
    declared = tuple(fields(question.model).values())
    if question.model is not Enterprise:
        return declared
    extra = _LADDER_COLUMNS if question.ladder else ()
    marks = _MARK_COLUMNS if "trademark" in by_kind() else ()
    return (*declared, *extra, *marks)


def answer(
    session: Session, question: Question, on: date, grounds: Mapping[str, str] | None = None
) -> Answer:
    """Answer a question as of a day: tiers as true on that day, fields as known now.

    `grounds` are reasons of recommendation the clerk has written, by enterprise; they replace the
    proposed ones. Raises UserError for a column or a ladder that does not exist.
    """
    ids = records.find(session, question.model, question.query)
    if question.model is not Enterprise or not question.ladder:
        return _plain(session, question, ids, on)
    scheme = schemes.for_ladder(session, question.ladder, on)
    rungs = judging.ladder_of(scheme, question.ladder)
    standing = tiers.standings(session, question.ladder, on)
    ids = _standing_on(ids, question.tiers, standing)
    judged: dict[str, Judgement] = {}
    if question.ready or _JUDGED & set(_names(question)):
        found = judging.judge(session, ids, scheme, question.ladder, on)
        judged = {one.enterprise: one for one in found}
    if question.ready:
        ids = [one for one in ids if one in judged and judged[one].can_move_up]
    placed = _Placed(rungs, standing, judged, question.target, grounds or {})
    return _filled(session, question, ids, on, placed, scheme)


def listing(
    session: Session, model: type[Record], ids: Sequence[str], names: Sequence[str], on: date
) -> Answer:
    """What a list shows: these records in this order, with these columns ("export what I see").

    Raises UserError for a column the kind does not have.
    """
    return _plain(session, Question(model.kind(), columns=tuple(names)), ids, on)


@dataclass(frozen=True, slots=True)
class _Placed:
    """What the ladder says about each enterprise."""

    rungs: Ladder
    standing: Mapping[str, Standing]
    judged: Mapping[str, Judgement]
    target: str
    grounds: Mapping[str, str]

    def values(self, enterprise: str) -> dict[str, Value]:
        """The ladder's columns for one enterprise."""
        now, judged = self.standing.get(enterprise), self.judged.get(enterprise)
        aim = self._aim(judged)
        listing = judged.listing if judged else None
        if listing is not None:
            return {
                "tier": self._named(now.tier) if now else None,
                "since": now.since if now else None,
                "gap": listing.sentence,
            }
        return {
            "tier": self._named(now.tier) if now else None,
            "since": now.since if now else None,
            "target": aim.tier.words.label("zh") if aim else None,
            "grounds": self.grounds.get(enterprise) or _grounds(aim),
            "gap": (aim.gap or None) if aim else None,
        }

    def _aim(self, judged: Judgement | None) -> TierVerdict | None:
        if judged is None:
            return None
        if not self.target:
            return judged.target
        return next((v for v in judged.tiers if v.tier.code == self.target), None)

    def _named(self, code: str) -> str:
        tier = self.rungs.tier(code)
        return tier.words.label("zh") if tier else code


def _grounds(aim: TierVerdict | None) -> str | None:
    """The conditions that are met: what speaks for the recommendation."""
    met = (
        [v.condition.words.label("zh") for v in aim.verdicts if v.truth is Truth.MET] if aim else []
    )
    return "；".join(met) or None


def _standing_on(
    ids: Iterable[str], wanted: Sequence[str], standing: Mapping[str, Standing]
) -> list[str]:
    if not wanted:
        return list(ids)
    return [
        one
        for one in ids
        if (standing[one].tier if one in standing else "") in wanted
        or (ANY_TIER in wanted and one in standing)
    ]


def _names(question: Question) -> tuple[str, ...]:
    if question.columns:
        return question.columns
    return tuple(name for name, field in fields(question.model).items() if field.listed)


def _plain(session: Session, question: Question, ids: Sequence[str], on: date) -> Answer:
    return _filled(session, question, ids, on, None, None)


def _filled(
    session: Session,
    question: Question,
    ids: Sequence[str],
    on: date,
    placed: _Placed | None,
    scheme: Scheme | None,
) -> Answer:
    model = question.model
    columns = [_column(question, name) for name in _names(question)]
    found = journal.snapshot(session, model, ids)
    kept = [record for record in ids if record in found]
    columns = _with_currencies(model, columns, (found[record] for record in kept))
    marks = _main_marks(session, kept) if any(c.name.startswith("mark") for c in columns) else {}
    titles = _titles(session, columns, found.values())
    rows = []
    for record in kept:
        values = dict(found[record])
        if placed is not None:
            values |= placed.values(record)
        values |= marks.get(record, {})
        cells = tuple(_cell(column, values.get(column.name), titles) for column in columns)
        rows.append(AnswerRow(record, str(values.get(model.title_field) or ""), cells))
    named = tuple(_as_words(column) for column in columns)
    done = Answer(question.about, on, named, tuple(rows), question.ladder)
    if scheme is None:
        return done
    return replace(done, scheme=scheme.name, scheme_title=f"{scheme.title} {scheme.version}")


def _column(question: Question, name: str) -> Field:
    declared = next((field for field in columns_of(question) if field.name == name), None)
    if declared is None and name in EXTRA and question.model is Enterprise:
        raise UserError(
            _("“{column}”这一列需要先选定梯队。").format(column=EXTRA[name].label(lang()))
        )
    return declared or records.declaration(question.model, name)


def _with_currencies(
    model: type[Record], columns: Sequence[Field], rows: Iterable[Mapping[str, Any]]
) -> list[Field]:
    """An amount that is not always in 人民币 takes its currency along in the next column."""
    found = list(rows)
    present = {column.name for column in columns}
    wanted: list[Field] = []
    for column in columns:
        wanted.append(column)
        other = column.currency
        if other and other not in present:
            foreign = any(row.get(other) not in (None, _BASE_CURRENCY) for row in found)
            wanted += [fields(model)[other]] if foreign else []
    return wanted


def _titles(
    session: Session, columns: Sequence[Field], rows: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """What the linked records are called."""
    linked: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for column in columns:
            if column.kind is Kind.LINK and row.get(column.name):
                linked[column.links].add(row[column.name])
    titles: dict[str, str] = {}
    for kind, ids in linked.items():
        titles |= records.titles(session, by_kind()[kind], sorted(ids))
    return titles


def _cell(column: Field, value: Any, titles: Mapping[str, str]) -> Value:
    if column.kind is Kind.LINK and value is not None:
        return titles.get(value, "")
    return value  # type: ignore[no-any-return]


def _as_words(column: Field) -> Field:
    """A link leaves as the linked record's name, which may be that of a person."""
    if column.kind is not Kind.LINK:
        return column
    linked = by_kind().get(column.links)
    called = fields(linked).get(linked.title_field) if linked else None
    personal = column.personal or bool(called and called.personal)
    kind = called.kind if called and called.personal else Kind.TEXT
    return Field(column.zh, column.en, kind, name=column.name, personal=personal)


def _main_marks(session: Session, enterprises: Sequence[str]) -> dict[str, dict[str, Value]]:
    """Per enterprise its main marks with numbers and classes; its only mark when none is named."""
    model = by_kind().get("trademark")
    if model is None:
        return {}
    columns = model.__table__.c
    found: dict[str, list[Any]] = defaultdict(list)
    for batch in journal.in_batches(enterprises):
        query = select(
            columns.enterprise_id,
            columns.name,
            columns.reg_no,
            columns.nice_class,
            columns.is_main,
            columns.status,
        ).where(columns.enterprise_id.in_(batch), columns.dup_of.is_(None))
        for row in session.execute(query.order_by(columns.reg_no, columns.nice_class)):
            found[row.enterprise_id].append(row)
    return {enterprise: _mark_values(marks) for enterprise, marks in found.items()}


def _mark_values(marks: Sequence[Any]) -> dict[str, Value]:
    main = [mark for mark in marks if mark.is_main]
    if not main:
        alive = [mark for mark in marks if mark.status != "dead"]
        main = alive if len({mark.reg_no for mark in alive}) == 1 else []
    return {
        "mark": _joined(mark.name for mark in main),
        "mark_no": _joined(mark.reg_no for mark in main),
        "mark_class": _joined(mark.nice_class for mark in main),
    }


def _joined(values: Iterable[Any]) -> str | None:
    """The values once each, in order."""
    return "、".join(dict.fromkeys(str(value) for value in values if value is not None)) or None
