"""Rows of a table to checked values, column by column, with every cell that cannot be read."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeVar

from brandpool.exchange.cell_words import as_text, is_nothing
from brandpool.exchange.cells import Converter, Setting, converter, stand_as_they_are
from brandpool.exchange.column_content import is_enterprise_name
from brandpool.exchange.headings import Heading, is_ordinal
from brandpool.exchange.mapping import FORMER_NAMES, Figure
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.spelled_money import CNY, ImpossibleError, Money, UnreadableError
from brandpool.exchange.spelled_names import (
    SpelledName,
    needs_look,
    several_names,
    spelled_name,
    unusual,
)
from brandpool.exchange.table import SourceRow, Table
from brandpool.exchange.workbook import Cell, Row
from brandpool.i18n import _
from brandpool.models.field import Field, Kind, Value

_ROUNDED = 18
_FEWEST_ROUNDED = 3
_Name = TypeVar("_Name")
_FEWEST_NUMBERED = 2
_NUMBERED = re.compile(r"^\s*(\d{1,4})(?:\s*[.、．]\s*|\s+)(?=[^\d\s])")
_DITTO = frozenset(("同上", "〃", "″", "同前"))


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken: where it is, what it holds, and why, for the clerk.

    `impossible` when it says clearly what cannot be, and is not only imprecise.
    """

    sheet: str
    row: int
    column: str
    field: str
    heading: str
    raw: str
    reason: str
    impossible: bool = False

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: F12."""
        return f"{self.column}{self.row}"

    @property
    def sentence(self) -> str:
        """Where and why in one line: 注册资本（F12）：“约100万”…"""
        return f"{self.heading}（{self.cell}）：{self.reason}"


@dataclass(frozen=True, slots=True)
class ColumnProblem:
    """A whole column that cannot be trusted: how many of its cells are refused, and why."""

    field: str
    column: str
    heading: str
    count: int
    reason: str


class ParsedRow(NamedTuple):
    """One record: typed values by field name, figures by (measure, year), cells refused.

    `source` is the row as the file holds it, for the workbook of rejected rows; `notes` is what was
    understood beyond the letter.
    """

    number: int
    values: dict[str, Value]
    problems: tuple[Problem, ...]
    source: SourceRow
    figures: dict[tuple[str, int | None], Value]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Parsed:
    """All records of a table, the columns that are damaged as a whole, rows without anything."""

    rows: list[ParsedRow]
    columns: list[ColumnProblem] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    """One mapped column while it is read."""

    about: Field
    heading: Heading
    convert: Converter
    values: list[Value] = field(default_factory=list)
    currencies: list[str | None] = field(default_factory=list)
    problems: list[tuple[int, Cell, "_Refused"]] = field(default_factory=list)
    spelled: dict[int, SpelledName] = field(default_factory=dict)


def parse(
    table: Table,
    mapping: Mapping[str, int],
    fields: Sequence[Field],
    figures: Sequence[Figure] = (),
    measures: Sequence[Field] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Parsed:
    """Read every record of the table.

    `mapping` gives field names their columns (from `mapping.propose` or the clerk), `figures` the
    columns of measures by year. MONEY comes out in 元 with its currency under `field.currency`.
    A cell that cannot be read gives a Problem and no value. `progress(done, of)` is called between
    columns and may raise to cancel.
    """
    by_name = {one.name: one for one in fields}
    of = len(mapping) + len(figures)
    rows = [row.cells for row in table.rows]
    columns: dict[str, _Column] = {}
    for done, (name, place) in enumerate(mapping.items()):
        columns[name] = _read(table, rows, by_name[name], place)
        if progress:
            progress(done + 1, of)
    measured = {one.name: one for one in measures}
    counted: dict[tuple[str, int | None], _Column] = {}
    for done, figure in enumerate(figures):
        column = _read(table, rows, measured[figure.measure], figure.column)
        counted[figure.measure, figure.year] = column
        if progress:
            progress(len(mapping) + done + 1, of)
    _add_currencies(columns, by_name)
    return _assemble(table, columns, counted)


def _read(table: Table, rows: Sequence[Row], one: Field, place: int) -> _Column:
    heading = next((h for h in table.headings if h.column == place), None)
    heading = heading or Heading((f"{column_letters(place)}列",), place)
    setting = Setting(
        heading.unit,
        table.sheet.from_1904,
        place in table.sheet.content.percent,
        table.unit,
    )
    column = _Column(one, heading, converter(one, setting))
    given = list(map(itemgetter(place), rows))
    distinct = set(given)
    cells = given if _DITTO.isdisjoint(distinct) else _repeated(given)
    cells = _unnumbered(cells) if one.kind is Kind.TEXT else cells
    results = _convert(cells, distinct if cells is given else set(cells), column)
    if one.kind is Kind.MONEY:
        column.values = [result[0] if isinstance(result, Money) else None for result in results]
        column.currencies = [r[1] if isinstance(r, Money) else None for r in results]
    else:
        column.values = results  # type: ignore[assignment]
    if is_enterprise_name(one):
        _spell_names(column)
    return column


def _repeated(cells: list[Cell]) -> list[Cell]:
    """The cells with what stands above in place of 同上."""
    filled: list[Cell] = []
    for cell in cells:
        filled.append(filled[-1] if filled and cell in _DITTO else cell)
    return filled


def _spell_names(column: _Column) -> None:
    """Take each name as it is meant; keep what its cell told beside it."""
    texts = unusual(text for text in set(column.values) if isinstance(text, str))
    together = {text for text in texts if several_names(text)}
    told = {text: spelled_name(text) for text in texts - together if needs_look(text)}
    if not told and not together:
        return
    for place, text in enumerate(column.values):
        if text in together:
            reason = _("“{text}”是几家企业，请拆成每行一家").format(text=str(text)[:40])
            column.values[place] = None
            column.problems.append((place, str(text), _Refused(reason)))
        elif isinstance(text, str) and text in told:
            column.values[place] = told[text].name
            column.spelled[place] = told[text]


def _unnumbered(cells: list[Cell]) -> list[Cell]:
    """Names without the numbers that a list writes before each: 1.宁波甲有限公司."""
    first = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
    if not _NUMBERED.match(str(first)):
        return cells
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(texts) < _FEWEST_NUMBERED or not all(map(_NUMBERED.match, texts)):
        return cells
    return [_NUMBERED.sub("", cell) if isinstance(cell, str) else cell for cell in cells]


def _convert(cells: Sequence[Cell], distinct: Set[Cell], column: _Column) -> list[Value | Money]:
    """Convert a column, each distinct cell once."""
    if stand_as_they_are(column.about.kind, distinct):
        return [cell or None for cell in cells]  # type: ignore[misc]
    if bool in set(map(type, cells)):
        cells = [as_text(cell) if type(cell) is bool else cell for cell in cells]
        distinct = set(cells)
    convert = column.convert
    seen: dict[Cell, Value | Money] = {}
    refused: dict[Cell, _Refused] = {}
    for cell in distinct:
        try:
            seen[cell] = convert(cell) if cell != "" else None
        except UnreadableError as reason:
            refused[cell] = _Refused(str(reason), isinstance(reason, ImpossibleError))
    if refused:
        column.problems += [
            (place, cell, refused[cell]) for place, cell in enumerate(cells) if cell in refused
        ]
        seen.update(dict.fromkeys(refused))
    return list(map(seen.__getitem__, cells))


class _Refused(NamedTuple):
    """What stands for a cell that could not be read."""

    reason: str
    impossible: bool = False


def _add_currencies(columns: dict[str, _Column], by_name: Mapping[str, Field]) -> None:
    """Give every amount its currency: said in the cell or heading, in its own column, else 元."""
    for column in list(columns.values()):
        name = column.about.currency
        if column.about.kind is not Kind.MONEY or not name:
            continue
        own = columns.get(name)
        stated = own.values if own else [None] * len(column.values)
        merged: list[Value] = [
            (said or word or CNY) if amount is not None else None
            for amount, said, word in zip(column.values, column.currencies, stated, strict=True)
        ]
        if own:
            own.values = merged
        elif name in by_name:
            columns[name] = _Column(by_name[name], column.heading, column.convert, merged)


def _assemble(
    table: Table,
    columns: Mapping[str, _Column],
    counted: Mapping[tuple[str, int | None], _Column],
) -> Parsed:
    damaged = _damaged_columns(columns)
    problems = _problems(table, [*columns.values(), *counted.values()])
    names, keys = list(columns), list(counted)
    values = _by_row(names, [column.values for column in columns.values()], len(table.rows))
    figures = _by_row(keys, [column.values for column in counted.values()], len(table.rows))
    spelled = {n: told for c in columns.values() for n, told in c.spelled.items()}
    parsed = Parsed([], damaged)
    for place, source in enumerate(table.rows):
        taken, year_values, found = values[place], figures[place], problems.get(place, ())
        if not taken and not found and not year_values and _says_nothing(table, source):
            parsed.empty.append(source.number)
            continue
        told = spelled.get(place)
        notes = (told.note,) if told and told.note else ()
        taken = _with_former(taken, told) if told else taken
        parsed.rows.append(ParsedRow(source.number, taken, found, source, year_values, notes))
    return parsed


def _says_nothing(table: Table, source: SourceRow) -> bool:
    """Whether a row holds nothing even in the columns that are not read."""
    columns = (h.column for h in table.headings if not is_ordinal(h.parts[-1]))
    return all(is_nothing(source.cells[column]) for column in columns)


def _with_former(values: dict[str, Value], told: SpelledName) -> dict[str, Value]:
    """The values with the former names that stood in the cell of the name."""
    if not told.former:
        return values
    known = values.get(FORMER_NAMES)
    parts = [*(str(known).split("、") if known else ()), *told.former]
    return {**values, FORMER_NAMES: "、".join(dict.fromkeys(parts))}


def _by_row(
    names: Sequence[_Name], columns: list[list[Value]], length: int
) -> list[dict[_Name, Value]]:
    """Of each row the values that are there, by the names of their columns."""
    if not columns:
        return [{} for _ in range(length)]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    for name, column in zip(names, columns, strict=True):
        for place, value in enumerate(column) if None in column else ():
            if value is None:
                del rows[place][name]
    return rows


def _problems(table: Table, columns: Sequence[_Column]) -> dict[int, tuple[Problem, ...]]:
    found: dict[int, tuple[Problem, ...]] = {}
    for column in columns:
        for place, cell, refused in column.problems:
            source = table.rows[place]
            letters = column_letters(column.heading.column + source.shift)
            problem = Problem(
                table.sheet.name,
                source.number,
                letters,
                column.about.name,
                column.heading.text,
                as_text(cell),
                *refused,
            )
            found[place] = (*found.get(place, ()), problem)
    return found


def _damaged_columns(columns: Mapping[str, _Column]) -> list[ColumnProblem]:
    """Columns of official numbers that a spreadsheet has rounded as a whole."""
    found = []
    for name, column in columns.items():
        if column.about.kind is not Kind.CODE:
            continue
        _refuse_rounded(column)
        filled = sum(value is not None for value in column.values) + len(column.problems)
        if column.problems and len(column.problems) * 10 >= filled:
            reasons = Counter(refused.reason for _place, _cell, refused in column.problems)
            letters = column_letters(column.heading.column)
            reason = reasons.most_common(1)[0][0]
            found.append(
                ColumnProblem(name, letters, column.heading.text, len(column.problems), reason)
            )
    return found


def _refuse_rounded(column: _Column) -> None:
    """Refuse 18-digit numbers that all end in 000: fifteen digits kept, then stored as text."""
    long = [
        place
        for place, value in enumerate(column.values)
        if isinstance(value, str) and len(value) == _ROUNDED
    ]
    rounded = [place for place in long if str(column.values[place]).isdigit()]
    rounded = [place for place in rounded if str(column.values[place]).endswith("000")]
    if len(rounded) < _FEWEST_ROUNDED or len(rounded) * 2 <= len(long):
        return
    for place in rounded:
        shown = str(column.values[place])
        reason = _("“{text}”的末三位是 0：号码曾被表格软件舍入，原号码已无法恢复").format(
            text=shown
        )
        column.values[place] = None
        column.problems.append((place, shown, _Refused(reason)))
