"""A table of rows that are settled from the keyboard: ↑↓ to a row, 1 or 2 to choose, Enter."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from brandpool.ui.widgets.plain_table import PlainTable

Row = TypeVar("Row")
_KEYS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2}


class ChoiceTable(PlainTable[Row]):
    """Says which choice was made for the selected rows; 0 is Enter or a double click."""

    chose = Signal(int)

    def __init__(self, headings: Sequence[str], widths: Sequence[int], name: str) -> None:
        super().__init__(headings, widths, name)
        self.doubleClicked.connect(lambda _index: self.chose.emit(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The digits and Enter choose; everything else moves as in any table."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.chose.emit(_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chose.emit(0)
        else:
            super().keyPressEvent(event)

    def marked(self) -> list[Row]:
        """The selected rows, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.shown[place].row for place in places]

    def stand_on(self, place: int) -> None:
        """Stand on this row, or the last one if there are fewer."""
        if self.rows.shown:
            self.selectRow(min(max(place, 0), len(self.rows.shown) - 1))
