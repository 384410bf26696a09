"""What calamine does not tell of a book: what is hidden or merged, how days are counted."""

from dataclasses import dataclass, field
from typing import Protocol

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, counted from 0."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden columns and rows of one sheet, counted from 0."""

    columns: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


@dataclass(slots=True)
class SheetTraits:
    """Of one sheet.

    `merged` is None where calamine itself tells it; `percent` are the columns whose numbers are
    shown as percent; `last_row` and `last_column` are measured only of sheets said to be vast.
    """

    hidden: Hidden = field(default_factory=Hidden)
    merged: list[Range] | None = None
    percent: frozenset[int] = frozenset()
    last_row: int = 0
    last_column: int = 0


class BookTraits(Protocol):
    """Of a whole book."""

    @property
    def from_1904(self) -> bool:
        """Whether its days are counted from 1904 (books made on old Macs)."""

    def sheet(self, index: int, name: str) -> SheetTraits:
        """The traits of one sheet, by its place and name."""
