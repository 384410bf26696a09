"""Rows of a sheet of marks: one per class, with terms and status words read as marks write them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from brandpool.errors import UserError
from brandpool.exchange import trademark_rows
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.parsing import ParsedRow, Problem
from brandpool.i18n import _

OF_MARKS = ("reg_no", "nice_class", "status_text", "valid_from", "valid_until")
"""Cells that only the reader of marks understands: several classes, terms as a range."""


def by_class(rows: Sequence[ParsedRow], mapping: Mapping[str, int]) -> Iterator[ParsedRow]:
    """Each row as often as its mark has classes; a row that cannot be read keeps its problem."""
    columns = {name: mapping[name] for name in OF_MARKS if name in mapping}
    for row in rows:
        try:
            found = list(records_of(row, columns))
        except UserError as bad:
            yield row._replace(problems=(*row.problems, _problem(row, columns, str(bad))))
            continue
        problems = tuple(problem for problem in row.problems if problem.field not in columns)
        for values in found:
            yield row._replace(values=values, problems=problems)


def records_of(row: ParsedRow, columns: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The values of the row's marks. Raises UserError naming the cell that cannot be read."""
    raw = {name: row.source.cells[place] for name, place in columns.items()}
    common = {name: value for name, value in row.values.items() if name not in raw}
    for found in trademark_rows.records(raw):
        number = str(found.get("reg_no") or "")
        if number and not any(sign.isdigit() for sign in number):
            raise UserError(_("“{text}”不是注册号").format(text=number))
        yield {**common, **found}


def _problem(row: ParsedRow, columns: Mapping[str, int], reason: str) -> Problem:
    place = columns.get("reg_no", 0)
    cell = str(row.source.cells[place])
    return Problem("", row.number, column_letters(place), "reg_no", "注册号", cell, reason)
