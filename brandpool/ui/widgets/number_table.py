"""A table of numbers whose cells open what they count, by mouse or by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from brandpool.ui import style
from brandpool.ui.widgets.plain_table import Index, dress_table
from brandpool.ui.widgets.sheet_text import write_cells, write_html

if TYPE_CHECKING:
    from pandas import DataFrame

_NOWHERE = QModelIndex()
_LABEL_WIDTH, _NUMBER_WIDTH, _TEXT_WIDTH = 210, 84, 150


class NumberModel(QAbstractTableModel):
    """Labels in the first column, then numbers; texts among them cannot be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.lines: list[list[Any]] = []
        self.last_is_sum = False

    def fill(self, table: DataFrame, *, last_is_sum: bool) -> None:
        """Show this table; the last line in bold when it holds sums."""
        self.beginResetModel()
        self.headings = [str(name) for name in table.columns]
        self.lines = table.to_numpy().tolist()
        self.last_is_sum = last_is_sum
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.headings)

    def number(self, index: Index) -> int | None:
        """The number in a cell, None where there is a text."""
        cell = self.lines[index.row()][index.column()] if index.isValid() else None
        return cell if isinstance(cell, int) and index.column() else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, side and weight of a cell; what can be opened looks like a link."""
        number = self.number(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole if index.column():
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if number is not None:
                return style.colour(style.ACCENT if number else style.SOFT)
            case Qt.ItemDataRole.FontRole if self.last_is_sum:
                font = QFont()
                font.setBold(index.row() == len(self.lines) - 1)
                return font
        return None

    def text(self, row: int, column: int) -> str:
        """The text of a cell."""
        cell = self.lines[row][column]
        return f"{cell:,}" if isinstance(cell, int) else str(cell)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class NumberTable(QTableView):
    """`opened` carries the place (row, column) of a number that the clerk wants to see behind."""

    opened = Signal(int, int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.numbers = NumberModel()
        self.setModel(self.numbers)
        self.setAccessibleName(name)
        dress_table(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.entered.connect(self._point)

    def fill(self, table: DataFrame, *, last_is_sum: bool) -> None:
        """Show this table from its top."""
        self.numbers.fill(table, last_is_sum=last_is_sum)
        metrics = self.fontMetrics()
        for column, heading in enumerate(self.numbers.headings):
            texts = [heading, *(self.numbers.text(row, column) for row in range(self._measured()))]
            width = max(metrics.horizontalAdvance(text) for text in texts) + 24
            most = _LABEL_WIDTH * 2 if column == 0 else _TEXT_WIDTH * 2
            self.setColumnWidth(column, min(max(width, _NUMBER_WIDTH), most))
        if self.numbers.rowCount():
            self.setCurrentIndex(self.numbers.index(0, min(1, self.numbers.columnCount() - 1)))

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text and as a table."""
        chosen = self.selectedIndexes()
        lines = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        if chosen:
            self._to_clipboard((), [[self.numbers.text(r, c) for c in columns] for r in lines])

    def copy_all(self, below: Sequence[str] = ()) -> None:
        """Put the whole table with its headings on the clipboard, with lines below it."""
        columns = range(self.numbers.columnCount())
        cells = [[self.numbers.text(r, c) for c in columns] for r in range(len(self.numbers.lines))]
        self._to_clipboard(self.numbers.headings, [*cells, *([text] for text in below)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a number, Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _to_clipboard(self, headings: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        data = QMimeData()
        data.setText(write_cells([list(headings), *cells] if headings else cells))
        data.setHtml(write_html(headings, cells))
        QGuiApplication.clipboard().setMimeData(data)

    def _measured(self) -> int:
        return min(self.numbers.rowCount(), 200)

    def _open(self, index: Index) -> None:
        if self.numbers.number(index):
            self.opened.emit(index.row(), index.column())

    def _point(self, index: Index) -> None:
        link = bool(self.numbers.number(index))
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
