"""Finding the heading rows of a table: under titles, of several rows, with merged cells."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from brandpool.exchange.cell_shapes import (
    as_heading,
    heading_score,
    is_blank,
    is_organisation,
    is_year,
)
from brandpool.exchange.headings import Heading, exact_key, heading_unit, unit_of
from brandpool.exchange.traits import Range
from brandpool.exchange.workbook import Cell, Row

_SEARCHED_ROWS = 60
_MOST_HEADER_ROWS = 4
_CONTRAST_ROWS = 6
_NEARLY = 0.6
_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Header:
    """First and last row of the heading (from 0) and the headings themselves."""

    top: int
    bottom: int
    headings: tuple[Heading, ...]


def locate(
    rows: Sequence[Row], start: int, merged: Sequence[Range], known: Set[str]
) -> Header | None:
    """The first heading at or after row `start`; None when there is none to be seen.

    `known` are the exact keys of headings that the fields go by.
    """
    candidates: list[tuple[int, float]] = []
    lone: list[int] = []
    seen = 0
    for number in range(start, len(rows)):
        filled = _filled(rows[number])
        if not filled:
            continue
        seen += 1
        if seen > _SEARCHED_ROWS:
            break
        score = row_score(rows[number], known)
        if score and _acceptable(rows, number, filled, score, known):
            if len(filled) == 1:
                lone.append(number)
            else:
                candidates.append((number, score))
    if candidates:
        number = _first(candidates, rows)
    elif lone:
        number = lone[0]
    else:
        return None
    return _around(rows, number, start, merged, known)


def at(rows: Sequence[Row], number: int, merged: Sequence[Range], known: Set[str]) -> Header:
    """The heading that begins in this row."""
    return _around(rows, number, number, merged, known)


def _first(candidates: Sequence[tuple[int, float]], rows: Sequence[Row]) -> int:
    """The first row that is a heading by itself, or nearly as much of one as the best.

    Of rows that follow each other the better one: labels to fill in may stand above a heading.
    """
    best = max(score for _number, score in candidates)
    scores = dict(candidates)
    number = next(
        number
        for number, score in candidates
        if score >= _NEARLY * best or _strong(score, len(_filled(rows[number])))
    )
    while scores.get(number + 1, 0) > scores[number]:
        number += 1
    return number


def _strong(score: float, headings: int) -> bool:
    return headings >= 3 and score >= 2 * headings


def row_score(row: Row, known: Set[str]) -> float:
    """How much a whole row looks like headings; 0 when it does not."""
    texts = {as_heading(cell): heading_score(cell, known) for cell in row if not is_blank(cell)}
    scores = list(texts.values())
    total = sum(max(score, 0) for score in scores) if _surely(scores) else sum(scores)
    data = any(is_organisation(text) for text, score in texts.items() if score < _KNOWN)
    return total if total > 0 and not data else 0


def _surely(scores: Sequence[float]) -> bool:
    """Two known headings and nothing that looks like data: the others are headings too."""
    return min(scores) > -1 and sum(score >= _KNOWN for score in scores) >= 2


def _acceptable(
    rows: Sequence[Row], number: int, filled: list[int], score: float, known: Set[str]
) -> bool:
    distinct = {as_heading(rows[number][column]) for column in filled}
    if len(distinct) == 1:
        text = next(iter(distinct))
        return exact_key(text) in known and len(filled) == 1 and number + 1 < len(rows)
    if score >= 2 and score / len(distinct) >= 0.8:
        return True
    if _surely([heading_score(rows[number][column], known) for column in filled]):
        return True
    return len(distinct) == len(filled) and _contrasts(rows, number, filled, known)


def _contrasts(rows: Sequence[Row], number: int, filled: list[int], known: Set[str]) -> bool:
    """Short words above columns of numbers, dates, codes or names of enterprises."""
    row = rows[number]
    if any(heading_score(row[column], known) < 0 for column in filled) or len(filled) < 2:
        return False
    below = [rows[n] for n in range(number + 1, min(number + 1 + _CONTRAST_ROWS, len(rows)))]
    for column in filled:
        cells = [row[column] for row in below if not is_blank(row[column])]
        data = sum(heading_score(cell, known) <= -2 for cell in cells)
        if cells and data * 2 > len(cells):
            return True
    return False


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row) if not is_blank(cell)]


class _Merges:
    """The horizontal reach of merged cells near the heading."""

    def __init__(self, merged: Sequence[Range]) -> None:
        self.ranges = merged

    def width(self, row: int, column: int) -> int:
        """Number of columns of the merged cell that begins in this column and covers this row."""
        for (top, left), (bottom, right) in self.ranges:
            if left == column and top <= row <= bottom:
                return right - left + 1
        return 1

    def origin(self, row: int, column: int) -> int:
        """The first column of the merged cell that covers this one."""
        for (top, left), (bottom, right) in self.ranges:
            if left <= column <= right and top <= row <= bottom:
                return left
        return column


def _around(
    rows: Sequence[Row], number: int, start: int, merged: Sequence[Range], known: Set[str]
) -> Header:
    near = [r for r in merged if r[0][0] <= number + _MOST_HEADER_ROWS]
    merges = _Merges([r for r in near if r[1][0] >= number - _MOST_HEADER_ROWS])
    top = bottom = number
    while top > start and bottom - top + 1 < _MOST_HEADER_ROWS:
        if not _is_upper(rows[top - 1], rows[top], top - 1, merges, known):
            break
        top -= 1
    while bottom + 1 < len(rows) and bottom - top + 1 < _MOST_HEADER_ROWS:
        if not _is_lower(rows, bottom, merges, known):
            break
        bottom += 1
    return Header(top, bottom, _headings(rows, top, bottom, merges))


def _is_upper(upper: Row, lower: Row, number: int, merges: _Merges, known: Set[str]) -> bool:
    """Whether the row above belongs to the heading: it groups columns or names those left blank."""
    filled = _filled(upper)
    if not filled or any(_no_heading(upper[column], known) for column in filled):
        return False
    if len({as_heading(upper[column]) for column in filled}) == 1:
        width = merges.width(number, filled[0])
        return 2 <= width < 0.7 * len(_filled(lower)) and filled[0] > 0
    if any(upper[column] == lower[column] for column in filled):
        return True
    both = [column for column in filled if not is_blank(lower[column])]
    if _spans(upper, lower, number, merges) and len(both) > 1:
        return True
    if any(is_blank(lower[column]) for column in filled):
        return all(_heads_group(upper, lower, column, number, merges) for column in both)
    return all(_heads_group(upper, lower, column, number, merges) for column in filled)


def _no_heading(cell: Cell, known: Set[str]) -> bool:
    return heading_score(cell, known) <= -2


def _heads_group(upper: Row, lower: Row, column: int, number: int, merges: _Merges) -> bool:
    """Whether the upper cell stands over several lower ones."""
    if merges.width(number, column) > 1:
        return True
    following = column + 1
    return following < len(upper) and is_blank(upper[following]) and not is_blank(lower[following])


def _spans(upper: Row, lower: Row, number: int, merges: _Merges) -> bool:
    """Whether a merged cell of the upper row stands over several lower ones, but not over all."""
    lowered = _filled(lower)
    for column in _filled(upper):
        over = range(column, column + merges.width(number, column))
        under = [place for place in over if place in lowered]
        if 2 <= len(under) < len(lowered) and any(upper[place] == "" for place in under):
            return True
    return False


def _is_lower(rows: Sequence[Row], bottom: int, merges: _Merges, known: Set[str]) -> bool:
    """Whether the row below still belongs to the heading: sub-headings, or units in brackets."""
    upper, lower = rows[bottom], rows[bottom + 1]
    filled = _filled(lower)
    if not filled or any(_no_heading(lower[column], known) for column in filled):
        return False
    if all(unit_of(as_heading(lower[column]).strip("（）()")) for column in filled):
        return not any(is_year(lower[column]) for column in filled)
    if _spans(upper, lower, bottom, merges):
        return True
    return all(
        lower[column] == upper[column]
        or is_blank(upper[column])
        or _heads_group(upper, lower, column, bottom, merges)
        for column in filled
    )


def _headings(rows: Sequence[Row], top: int, bottom: int, merges: _Merges) -> tuple[Heading, ...]:
    width = len(rows[top])
    levels = [
        _spread(rows, level, bottom, merges, width) if level < bottom else _texts(rows[level])
        for level in range(top, bottom + 1)
    ]
    headings = []
    for column in range(width):
        parts: list[str] = []
        for level in levels:
            text = level[column]
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        own = any(not is_blank(rows[level][column]) for level in range(top, bottom + 1))
        if parts and own:
            unit = next((u for part in reversed(parts) if (u := _part_unit(part))), "")
            headings.append(Heading(tuple(parts), column, unit))
    return tuple(headings)


def _part_unit(part: str) -> str:
    return heading_unit(part) or (unit_of(part.strip("（）()")) if not is_year(part) else "")


def _texts(row: Row) -> list[str]:
    return ["" if is_blank(cell) else as_heading(cell) for cell in row]


def _spread(rows: Sequence[Row], level: int, bottom: int, merges: _Merges, width: int) -> list[str]:
    """The texts of an upper heading row, each carried over the columns it stands over."""
    texts = _texts(rows[level])
    lower = [
        any(not is_blank(rows[n][column]) for n in range(level + 1, bottom + 1))
        for column in range(width)
    ]
    for column in range(1, width):
        if texts[column]:
            continue
        origin = merges.origin(level, column)
        if origin != column:
            texts[column] = texts[origin]
        elif lower[column] and lower[column - 1] and texts[column - 1]:
            below = rows[level + 1][column - 1]
            if not is_blank(below) and as_heading(below) != texts[column - 1]:
                texts[column] = texts[column - 1]
    return texts


def is_column_numbers(row: Row) -> bool:
    """A row that numbers the columns under the heading: 1 2 3, 甲 乙 1 2, (1) (2)."""
    texts = [re.sub(r"[()（）\s]", "", as_heading(cell)) for cell in row if not is_blank(cell)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    letters = [text for text in texts if text in "甲乙丙丁戊己庚辛ABCDEFGH"]
    return (
        len(texts) >= 3
        and len(numbers) + len(letters) == len(texts)
        and (not numbers or numbers == list(range(numbers[0], numbers[0] + len(numbers))))
        and (not numbers or numbers[0] <= 2)
    )


def is_field_codes(row: Row, headings: Sequence[Heading]) -> bool:
    """A row of programmers' field names under a Chinese heading: ent_name, uscc."""
    cells = [row[heading.column] for heading in headings]
    return (
        len(cells) >= 3
        and all(
            isinstance(cell, str) and re.fullmatch(r"[a-z][A-Za-z0-9_]*", cell) for cell in cells
        )
        and not any(re.search(r"[A-Za-z]{3}", heading.text) for heading in headings)
    )
