"""The dry run: what an import would do, row by row, before anything is written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.exchange.mapping import FIGURE_YEAR, FORMER_NAMES
from brandpool.exchange.matching import EnterpriseIndex, LinkIndex, RecordIndex
from brandpool.exchange.parsing import Parsed, ParsedRow, Problem
from brandpool.exchange.table import SourceRow
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise, YearlyFigure
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.models.subsidy import SubsidyClaim
from brandpool.rules import identifiers
from brandpool.services import as_of, records, subsidy_claims

State = Literal["new", "changed", "unchanged", "conflict", "rejected"]
STATES: tuple[State, ...] = ("new", "changed", "unchanged", "conflict", "rejected")
FRESH = "row "
ENTERPRISE_NAME, ENTERPRISE_CODE = "enterprise.name", "enterprise.credit_code"
LINK = "link."
"""What stands before the name of a field whose cells name another record."""
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class PlannedRow:
    """What one row of the file would do.

    `fills` are values for fields that are empty in the pool, `conflicts` (field: old, new) second
    values for filled ones: they wait for a person and are not written unless `take` names them.
    Figures stand in `take` under `figure_key`; `former` are former names the pool does not know.
    `reasons` say why a row is rejected; `notes` what
    was left out of a row that is taken; `near` are records of the pool, with their names, that
    differ from a new one by one character.
    """

    number: int
    state: State
    title: str
    source: SourceRow
    record: str | None = None
    fills: dict[str, Value] = field(default_factory=dict)
    conflicts: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    figures: dict[tuple[str, int], tuple[Value, Value]] = field(default_factory=dict)
    former: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    notes: list[str] = field(default_factory=list)
    take: set[str] = field(default_factory=set)
    near: dict[str, str] = field(default_factory=dict)
    first: int | None = None


@dataclass(slots=True)
class Plan:
    """A whole dry run. `missing` are enterprises of the pool that the file does not name.

    `seen` is the last step of the journal that the comparison knew.
    """

    model: type[Record]
    rows: list[PlannedRow]
    missing: list[str]
    seen: int = 0

    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, and how many records of the pool are not in the file."""
        found = Counter(row.state for row in self.rows)
        return {**{state: found[state] for state in STATES}, "missing": len(self.missing)}

    @property
    def rejected(self) -> list[PlannedRow]:
        """The rows that would not be taken."""
        return [row for row in self.rows if row.state == "rejected"]


def plan(
    session: Session,
    model: type[Record],
    parsed: Parsed,
    progress: Callable[[int, int], None] | None = None,
    same: Mapping[int, str] | None = None,
) -> Plan:
    """Compare the rows of a file with the pool; writes nothing.

    `progress(done, of)` is called now and then and may raise to cancel. `same` says of rows (by
    number) which enterprise of the pool they are, where a person has looked.
    """
    planner = _Enterprises(session, same) if model is Enterprise else _Others(session, model)
    rows: list[PlannedRow] = []
    for place, parsed_row in enumerate(parsed.rows):
        rows.append(planner.row(parsed_row))
        if progress and place % 500 == 0:
            progress(place, len(parsed.rows))
    return Plan(model, rows, planner.missing(), as_of.latest(session))


def figure_key(measure: str, year: int) -> str:
    """The name under which a figure stands in `take`."""
    return f"{measure} {year}"


class _Enterprises:
    """Plans rows that are enterprises."""

    def __init__(self, session: Session, same: Mapping[int, str] | None = None) -> None:
        self._index = EnterpriseIndex(session)
        self._same = same or {}
        self._figures = _known_figures(session)
        self._own = set(self._index.rows)
        self._named: set[str] = set()

    def row(self, parsed: ParsedRow) -> PlannedRow:
        values, warnings = _tidied(_own_values(parsed))
        name, code = _text(values.get("name")), _text(values.get("credit_code"))
        planned = PlannedRow(
            parsed.number, "new", name or code or "", parsed.source, problems=parsed.problems
        )
        reasons = _refusals(Enterprise, parsed) if parsed.problems else []
        if not name and not reasons and not (code and self._index.find(None, code)[0]):
            reasons.append(_("没有企业名称"))
        record, unclear = self._find(parsed.number, name, code)
        if unclear:
            reasons.append(unclear)
        if reasons:
            planned.state, planned.reasons = "rejected", reasons
            return planned
        if parsed.problems or parsed.notes or warnings:
            planned.notes = [*(p.sentence for p in parsed.problems), *parsed.notes, *warnings]
        former = _parts(parsed.values.get(FORMER_NAMES))
        record = record or (self._index.formerly(former, code) if former else None)
        if record is None:
            self._new(planned, values)
        else:
            _compare(planned, Enterprise, record, values, self._index.rows)
            self._named.add(record)
        if former:
            planned.former = self._index.add_former(planned.record or "", former)
        if parsed.figures:
            self._measure(planned, parsed)
        _conclude(planned)
        return planned

    def missing(self) -> list[str]:
        return [record for record in self._own if record not in self._named]

    def _find(self, number: int, name: str | None, code: str | None) -> tuple[str | None, str]:
        said = self._same.get(number)
        return (said, "") if said in self._own else self._index.find(name, code)

    def _new(self, planned: PlannedRow, values: dict[str, Value]) -> None:
        planned.near = self._index.near(_text(values.get("name"))) if self._own else {}
        if planned.near:
            shown = "、".join(list(planned.near.values())[:3])
            planned.notes.append(_("与库中“{names}”只差一字，请核对是否同一家").format(names=shown))
        planned.fills = values
        planned.record = _fresh_key(planned)
        self._index.add(planned.record, values)

    def _measure(self, planned: PlannedRow, parsed: ParsedRow) -> None:
        own_year = parsed.values.get(FIGURE_YEAR)
        for (measure, year), value in parsed.figures.items():
            if value is None:
                continue
            year = own_year if year is None and isinstance(own_year, int) else year
            if year is None:
                planned.notes.append(_("“{measure}”没有年度，没有导入").format(measure=measure))
                continue
            known = self._figures.get((planned.record or "", year, measure))
            if known is None or known != _decimal(value):
                planned.figures[measure, year] = (known, _decimal(value))
                self._figures[planned.record or "", year, measure] = _decimal(value)


class _Others:
    """Plans rows of any other kind; those that hang on an enterprise find it by code or name."""

    def __init__(self, session: Session, model: type[Record]) -> None:
        self._session, self._model = session, model
        self._index = RecordIndex(session, model)
        owner = fields(model).get("enterprise_id")
        self._enterprises = EnterpriseIndex(session) if owner else None
        self._owned = bool(owner and owner.required)
        self._linked = {
            name: LinkIndex(session, by_kind()[one.links])
            for name, one in fields(model).items()
            if one.kind is Kind.LINK and one.links != Enterprise.kind()
        }

    def row(self, parsed: ParsedRow) -> PlannedRow:
        values: dict[str, Value] = {
            n: v for n, v in parsed.values.items() if v is not None and "." not in n
        }
        owner = self._owner(parsed)
        planned = PlannedRow(parsed.number, "new", "", parsed.source, problems=parsed.problems)
        reasons = _refusals(self._model, parsed) if parsed.problems else []
        if self._enterprises is not None:
            unknown = self._attach(values, owner, _text(parsed.values.get(ENTERPRISE_CODE)))
            if self._owned or parsed.values.get(ENTERPRISE_NAME):
                self._tell(planned, reasons, unknown, needed=self._owned)
        for name, index in self._linked.items():
            if told := _text(parsed.values.get(LINK + name)):
                values[name], unclear = index.find(told)
                needed = fields(self._model)[name].required
                self._tell(planned, reasons, [unclear] if unclear else [], needed=needed)
        values = {name: value for name, value in values.items() if value is not None}
        reasons += records.too_long(self._model, values)
        missing = {n: f for n, f in fields(self._model).items() if f.required and n not in values}
        if missing and not reasons:
            reasons += _why_missing(missing, parsed.problems)
        title = fields(self._model)[self._model.title_field].shown(
            values.get(self._model.title_field)
        )
        planned.title = " ".join(part for part in (owner, title) if part)
        if reasons:
            planned.state, planned.reasons = "rejected", reasons
            return planned
        planned.notes += [problem.sentence for problem in parsed.problems]
        record = self._index.find(values)
        stopped = self._stopped(values)
        if record is not None:
            _compare(planned, self._model, record, values, self._index.rows)
        elif not stopped:
            planned.fills = values
            planned.record = f"{_fresh_key(planned)} {len(self._index.rows)}"
            self._index.add(planned.record, values)
        _conclude(planned)
        if stopped and (record is None or planned.state != "unchanged"):
            planned.state, planned.reasons = "rejected", stopped
        return planned

    def _stopped(self, values: Mapping[str, Value]) -> list[str]:
        """What a form of this kind would refuse: claims of enterprises on a barring list."""
        if self._model is not SubsidyClaim:
            return []
        return subsidy_claims.stopped(self._session, values, date.today())

    def missing(self) -> list[str]:
        return []

    def _owner(self, parsed: ParsedRow) -> str | None:
        """What the row calls the enterprise, in its own column or in one that may hold it.

        Of several such columns the first that names an enterprise of the pool is meant.
        """
        if own := _text(parsed.values.get(ENTERPRISE_NAME)):
            return own
        told = [_text(parsed.values.get(name)) for name in ("owner", *self._model.owned_by)]
        named = [name for name in told if name]
        index = self._enterprises
        known = (name for name in named if len(named) > 1 and index and index.find(name, None)[0])
        return next(known, named[0] if named else None)

    @staticmethod
    def _tell(planned: PlannedRow, reasons: list[str], unknown: list[str], *, needed: bool) -> None:
        """A record the row names and the pool lacks: a reason to refuse it, or only a note."""
        if needed:
            reasons += unknown
        else:
            planned.notes += unknown

    def _attach(self, values: dict[str, Value], name: str | None, code: str | None) -> list[str]:
        assert self._enterprises is not None
        if not name and not code:
            return [_("没有企业名称")] if self._owned else []
        record, unclear = self._enterprises.find(name, code)
        if record is None:
            unclear = unclear or _("库中没有企业“{name}”，请先导入企业").format(name=name or code)
            return [unclear]
        values["enterprise_id"] = record
        return []


def _refusals(model: type[Record], parsed: ParsedRow) -> list[str]:
    """Why a row cannot be taken: a damaged number, an impossible date, an unreadable name.

    A cell that is merely imprecise (a month without a day, 约100万) is left empty with a note.
    """
    decisive = {*model.official, model.title_field, ENTERPRISE_CODE, ENTERPRISE_NAME}
    kinds = fields(model)
    return [
        problem.sentence
        for problem in parsed.problems
        if problem.field in decisive
        or (problem.field in kinds and kinds[problem.field].kind is Kind.CODE)
        or problem.impossible
    ]


def _why_missing(missing: Mapping[str, Field], problems: Sequence[Problem]) -> list[str]:
    """What stands in the cell of a required field and cannot be read; else that it is empty."""
    told = {problem.field: problem.sentence for problem in problems if problem.field in missing}
    empty = "、".join(one.label(lang()) for name, one in missing.items() if name not in told)
    return [*told.values(), *([_("缺少：{fields}").format(fields=empty)] if empty else [])]


def _own_values(parsed: ParsedRow) -> dict[str, Value]:
    """The values of the enterprise itself, without what its row tells of other records."""
    if FORMER_NAMES not in parsed.values and FIGURE_YEAR not in parsed.values:
        return parsed.values
    others = (FORMER_NAMES, FIGURE_YEAR)
    return {name: value for name, value in parsed.values.items() if name not in others}


def _parts(told: Value) -> list[str]:
    return str(told).split("、") if told else []


def _fresh_key(planned: PlannedRow) -> str:
    """What stands for a new record until it has an id; one line may hold several, side by side."""
    return f"{FRESH}{planned.number} {planned.source.shift}"


def _compare(
    planned: PlannedRow,
    model: type[Record],
    record: str,
    values: Mapping[str, Value],
    rows: dict[str, Mapping[str, Any]],
) -> None:
    """Set a row against what the pool and the file so far say of its record, and add to that."""
    planned.record, known = record, rows[record]
    if record.startswith(FRESH):
        planned.first = int(record.removeprefix(FRESH).split()[0])
        planned.notes.append(_("与第 {row} 行是同一条记录").format(row=planned.first))
    for name, value in values.items():
        if name not in fields(model) or name in ("source", "source_date"):
            continue
        old = known.get(name)
        if old in (None, ""):
            planned.fills[name] = value
        elif not _same(old, value):
            planned.conflicts[name] = (old, value)
    if planned.fills:
        rows[record] = {**known, **planned.fills}


def _conclude(planned: PlannedRow) -> None:
    if planned.record is not None and planned.record.startswith(FRESH) and planned.first is None:
        planned.state = "new"
        return
    clashing = any(old is not None for old, _new in planned.figures.values())
    if planned.conflicts or clashing:
        planned.state = "conflict"
    elif planned.fills or planned.figures or planned.former:
        planned.state = "changed"
    else:
        planned.state = "unchanged"


def _same(old: Value, new: Value) -> bool:
    """Whether two values say the same: width and spaces make no difference in a text."""
    if isinstance(old, str) and isinstance(new, str):
        return _plain(old) == _plain(new)
    return old == new


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _tidied(values: dict[str, Value]) -> tuple[dict[str, Value], list[str]]:
    """The values with the credit code as the standard writes it; a wrong one stays, with why."""
    code = values.get("credit_code")
    if not isinstance(code, str) or identifiers.is_sound_credit_code(code):
        return values, []
    told = identifiers.credit_code(code).answer
    tidy = {**values, "credit_code": told["normalized"]}
    if told["valid"]:
        return tidy, []
    return tidy, [_("信用代码 {code}：{why}").format(code=code, why=told["reason"])]


def _known_figures(session: Session) -> dict[tuple[str, int, str], Value]:
    query = select(
        YearlyFigure.enterprise_id, YearlyFigure.year, YearlyFigure.measure, YearlyFigure.value
    )
    return {(e or "", y or 0, m or ""): v for e, y, m, v in session.execute(query)}


def _decimal(value: Value) -> Value:
    return Decimal(value) if isinstance(value, int) else value


def _text(value: Value) -> str | None:
    return str(value) if value not in (None, "") else None
