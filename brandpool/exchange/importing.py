"""From a file to the pool: read, dry run, one transaction, one undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import bulk, journal
from brandpool.errors import UserError
from brandpool.exchange import mapping as headings
from brandpool.exchange import mark_sheet, same_for_all
from brandpool.exchange.importable import importable, measures
from brandpool.exchange.no_names import why_no_names
from brandpool.exchange.parsing import Parsed, parse
from brandpool.exchange.planning import (
    ENTERPRISE_CODE,
    ENTERPRISE_NAME,
    FRESH,
    Plan,
    PlannedRow,
    figure_key,
    plan,
)
from brandpool.exchange.rejected import write_rejected
from brandpool.exchange.table import Table, find_table
from brandpool.exchange.workbook import Book, Sheet, open_book, read_book
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise, FormerName, YearlyFigure
from brandpool.models.enterprise_codes import MEASURE_UNITS
from brandpool.models.field import Field, Value
from brandpool.models.kinds import KINDS
from brandpool.models.record import Record, fields, implies, tidies
from brandpool.models.tier import PublicNotice, TierMove
from brandpool.models.trademark import Trademark
from brandpool.services import trademarks
from brandpool.services.as_of import latest

OnConflict = Literal["keep", "take"]
Progress = Callable[[int, int], None]
Memory = Mapping[str, Mapping[str, str]]
_DECIDED = (TierMove, PublicNotice)


@dataclass
class Reading:
    """A file opened for one kind of record: its table and what its columns seem to be.

    `mapping` is what will be read; a wizard changes it where the proposal was unsure. `for_all`
    gives required fields that have no column one value for every row, as the clerk typed it.
    """

    path: Path
    model: type[Record]
    book: Book
    table: Table
    proposal: headings.Proposal
    mapping: dict[str, int]
    notes: list[str] = field(default_factory=list)
    for_all: dict[str, str] = field(default_factory=dict)
    _read: tuple[dict[str, int], Parsed] | None = field(default=None, repr=False)

    @property
    def fields(self) -> list[Field]:
        """The fields a column may be mapped to."""
        return importable(self.model)

    @property
    def lacking(self) -> list[Field]:
        """Required fields without a column, which may be the same for every row."""
        return same_for_all.lacking(self.model, self.fields, self.mapping)

    def choose(
        self,
        mapping: Mapping[str, int],
        figures: Sequence[headings.Figure],
        for_all: Mapping[str, str] | None = None,
    ) -> None:
        """Read these columns, as the clerk has said, and these values for every row."""
        self.mapping = dict(mapping)
        self.for_all = dict(for_all or {})
        self.proposal.figures = list(figures)
        self._read = None

    @property
    def known(self) -> bool:
        """Whether the clerk has mapped headings like these before, so that nothing is to ask."""
        matches = self.proposal.matches
        asked = not matches or any(match.how != "remembered" for match in matches)
        return not asked and not self.lacking

    def remembered(self) -> dict[str, str]:
        """The mapping in the form that settings keep under the headings' signature."""
        return headings.remember(self.table, self.mapping)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did."""

    counts: dict[str, int]
    added: tuple[str, ...]


def kinds() -> tuple[type[Record], ...]:
    """The kinds a spreadsheet may bring: enterprises, what hangs on them, and every plain ledger.

    What is decided or handed in (moves, notices, lists) is not among them.
    """
    return (
        Enterprise,
        *(
            model
            for model in KINDS
            if (model.ledger or "enterprise_id" in fields(model)) and model not in _DECIDED
        ),
    )


@bulk.without_collection()
def open_file(
    path: Path,
    model: type[Record],
    *,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
    memory: Memory | None = None,
) -> Reading:
    """Open a file for import and propose what its columns are.

    `sheet` names one sheet; without it the first visible one that has a table of this kind.
    `columns` are the clerk's own choices (field → heading or letter), `memory` the remembered
    mappings by signature. Raises UserError when the file cannot be read or has no such sheet.
    """
    return _propose(open_book(path), path, model, sheet, columns or {}, memory or {})


@bulk.without_collection()
def open_text(text: str, name: str, model: type[Record], memory: Memory | None = None) -> Reading:
    """The same for a table that was copied from a spreadsheet; `name` is what to call it.

    Raises UserError when the text holds no table.
    """
    if not text.strip():
        raise UserError(_("剪贴板里没有文字。请先在表格软件中选中表头和数据并复制。"))
    book = read_book(text.encode(), name)
    return _propose(book, Path(name), model, None, {}, memory or {})


def _propose(
    book: Book,
    path: Path,
    model: type[Record],
    sheet: str | None,
    columns: Mapping[str, str],
    memory: Memory,
) -> Reading:
    known = headings.known_headings(importable(model))
    sheets = [book.sheet(sheet)] if sheet else book.visible
    best = _best(model, sheets, known, memory)
    if best is None:
        raise UserError(_("{file} 中没有可以导入的内容。").format(file=path.name))
    table, proposal = best
    mapping = dict(proposal.sure)
    if columns:
        own = headings.chosen(table, importable(model), columns)
        mapping = {n: c for n, c in mapping.items() if c not in own.values()} | own
    notes = [*book.announcements, *table.sheet.notes, *table.notes, *proposal.notes]
    return Reading(path, model, book, table, proposal, mapping, notes)


def read_rows(reading: Reading, progress: Progress | None = None) -> Parsed:
    """Turn the table into typed rows by the reading's mapping; done once for each mapping.

    Raises UserError when no column was recognised by which a row could be known.
    """
    if reading._read is not None and reading._read[0] == reading.mapping:
        return reading._read[1]
    decisive = {
        reading.model.title_field,
        *reading.model.official,
        ENTERPRISE_NAME,
        ENTERPRISE_CODE,
    }
    if not decisive & set(reading.mapping):
        raise UserError(why_no_names(reading.table, reading.proposal, _known_by(reading)))
    figures = reading.proposal.figures if reading.model is Enterprise else []
    figures = [figure for figure in figures if figure.column not in reading.mapping.values()]
    parsed = parse(reading.table, reading.mapping, reading.fields, figures, measures(), progress)
    reading._read = (dict(reading.mapping), parsed)
    return parsed


def _known_by(reading: Reading) -> list[Field]:
    """The fields of a kind, first the one by which its rows are told apart."""
    first = ENTERPRISE_NAME
    if not any(one.name == ENTERPRISE_NAME and one.required for one in reading.fields):
        first = reading.model.title_field
    return sorted(reading.fields, key=lambda one: one.name != first)


@bulk.without_collection()
def dry_run(
    session: Session,
    reading: Reading,
    progress: Progress | None = None,
    same: Mapping[int, str] | None = None,
) -> Plan:
    """What the import would do; the pool is not touched.

    `same` says of rows, by number, which enterprise they are, where a person has looked.
    """
    parsed = read_rows(reading, progress)
    if reading.model is Trademark:
        parsed.rows = list(mark_sheet.by_class(parsed.rows, reading.mapping))
    if tidies(reading.model):
        tidied = reading.model.tidied
        parsed.rows = [row._replace(values=dict(tidied(row.values))) for row in parsed.rows]
    if implies(reading.model):
        implied = reading.model.implied
        parsed.rows = [row._replace(values=dict(implied(row.values))) for row in parsed.rows]
    same_for_all.put(parsed, reading.for_all, reading.fields)
    return plan(session, reading.model, parsed, progress, same)


@bulk.without_collection()
def apply(
    session: Session,
    planned: Plan,
    *,
    source: str,
    as_of: date | None = None,
    on_conflict: OnConflict = "keep",
    progress: Progress | None = None,
) -> Outcome:
    """Write a dry run into the pool; the caller's transaction makes it one step and one undo.

    `source` (the file's name) and `as_of` go into new enterprises. Conflicts keep the pool's value
    unless the row's `take` names the field or `on_conflict` is "take".

    `progress(done, of)` is called between the parts and may raise to cancel. Raises UserError when
    the pool has changed since the dry run, which then must be made again.
    """
    if planned.seen != latest(session):
        raise UserError(_("预演之后品牌库又有改动，没有导入。请重新预演，核对后再导入。"))
    rows = [row for row in planned.rows if row.state not in ("rejected", "unchanged")]
    fresh, edits = _gathered(rows, on_conflict)
    origin = {"source": source, "source_date": as_of} if planned.model is Enterprise else {}
    tell = progress or _silent
    tell(0, 4)
    ids = journal.insert(session, planned.model, list(fresh.values()), origin)
    given = dict(zip(fresh, ids, strict=True))
    tell(1, 4)
    if edits:
        journal.update(session, planned.model, edits)
    tell(2, 4)
    if planned.model is Trademark:
        trademarks.restate(session, date.today(), [*ids, *edits])
    _write_former_names(session, rows, given)
    _write_figures(session, rows, given, source, on_conflict)
    tell(3, 4)
    return Outcome(planned.counts(), tuple(ids))


def title(reading: Reading) -> str:
    """The name of the step: 导入企业：名单.xlsx（Sheet1）."""
    return _("导入{kind}：{file}（{sheet}）").format(
        kind=reading.model.label(lang()), file=reading.path.name, sheet=reading.table.sheet.name
    )


def save_rejected(reading: Reading, planned: Plan, target: Path) -> int:
    """Write the rows that were not or not wholly taken, as in the file, each with its reason.

    Returns how many. Corrected, the workbook can be imported as it is.
    """
    rows = [
        (row.source, "；".join(row.reasons or [p.sentence for p in row.problems]))
        for row in planned.rows
        if row.reasons or row.problems
    ]
    return write_rejected(target, [(reading.table, rows)])


def _silent(_done: int, _of: int) -> None:
    """Nobody watches."""


def _best(
    model: type[Record], sheets: list[Sheet], known: frozenset[str], memory: Memory
) -> tuple[Table, headings.Proposal] | None:
    """The sheet whose columns are recognised best; the first one on a tie."""
    found: list[tuple[int, Table, headings.Proposal]] = []
    for sheet in sheets:
        table = find_table(sheet, known)
        if table.rows:
            remembered = memory.get(headings.signature(table))
            extra = measures() if model is Enterprise else []
            proposal = headings.propose(table, importable(model), extra, remembered)
            found.append((len(proposal.sure), table, proposal))
    if not found:
        return None
    _score, table, proposal = max(found, key=lambda one: one[0])
    return table, proposal


def _gathered(
    rows: list[PlannedRow], on_conflict: OnConflict
) -> tuple[dict[str, dict[str, Value]], dict[str, dict[str, Value]]]:
    """New records by their place in the file, and edits by record."""
    fresh: dict[str, dict[str, Value]] = {}
    edits: dict[str, dict[str, Value]] = {}
    for row in rows:
        record, values = row.record or "", row.fills
        if row.conflicts:
            taken = row.conflicts if on_conflict == "take" else row.take & row.conflicts.keys()
            values = values | {name: row.conflicts[name][1] for name in taken}
        target = fresh if record.startswith(FRESH) else edits
        if values or target is fresh:
            target[record] = target[record] | values if record in target else values
    return fresh, edits


def _write_former_names(session: Session, rows: list[PlannedRow], given: Mapping[str, str]) -> None:
    found: list[dict[str, Value]] = [
        {"enterprise_id": given.get(row.record or "", row.record), "name": name}
        for row in rows
        for name in row.former
    ]
    if found:
        journal.insert(session, FormerName, found)


def _write_figures(
    session: Session,
    rows: list[PlannedRow],
    given: Mapping[str, str],
    source: str,
    on_conflict: OnConflict,
) -> None:
    fresh: dict[tuple[str, int, str], dict[str, Value]] = {}
    edits: dict[str, dict[str, Value]] = {}
    known = _figure_ids(session) if any(row.figures for row in rows) else {}
    for row in rows:
        enterprise = given.get(row.record or "", row.record) or ""
        for (measure, year), (old, new) in row.figures.items():
            key = (enterprise, year, measure)
            values: dict[str, Value] = {"value": new, "source": source}
            if old is None:
                fresh[key] = _new_figure(*key) | values
            elif on_conflict == "take" or figure_key(measure, year) in row.take:
                if key in fresh:
                    fresh[key] |= values
                else:
                    edits[known[key]] = values
    if fresh:
        journal.insert(session, YearlyFigure, list(fresh.values()))
    if edits:
        journal.update(session, YearlyFigure, edits)


def _new_figure(enterprise: str, year: int, measure: str) -> dict[str, Value]:
    unit = MEASURE_UNITS.get(measure, "元")
    return {"enterprise_id": enterprise, "year": year, "measure": measure, "unit": unit}


def _figure_ids(session: Session) -> dict[tuple[str, int, str], str]:
    query = select(
        YearlyFigure.id, YearlyFigure.enterprise_id, YearlyFigure.year, YearlyFigure.measure
    )
    return {(e or "", y or 0, m or ""): record for record, e, y, m in session.execute(query)}
