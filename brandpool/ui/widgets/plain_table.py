"""A table of ready rows, for lists that are no records: steps, history, things to settle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from brandpool.ui import style
from brandpool.ui.widgets.sheet_text import write_cells, write_html

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Shown(Generic[Row]):
    """A row with the texts of its cells; a quiet one is drawn in grey."""

    row: Row
    texts: tuple[str, ...]
    quiet: bool = False


class PlainModel(QAbstractTableModel, Generic[Row]):
    """Rows of texts under headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self.headings = list(headings)
        self.shown: list[Shown[Row]] = []

    def fill(self, shown: Sequence[Shown[Row]]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.shown = list(shown)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        shown = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown.texts[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and shown.quiet:
            return style.colour(style.SOFT)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return self.headings[section]


class PlainTable(QTableView, Generic[Row]):
    """A read-only table of whole rows.

    `masks` hides what is personal in a column when several rows are copied (PIPL art. 6, 51).
    """

    def __init__(self, headings: Sequence[str], widths: Sequence[int], name: str) -> None:
        super().__init__()
        self.rows: PlainModel[Row] = PlainModel(headings)
        self.masks: dict[int, Callable[[str], str]] = {}
        self.setModel(self.rows)
        self.setAccessibleName(name)
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def fill(self, shown: Sequence[Shown[Row]]) -> None:
        """Show these rows."""
        self.rows.fill(shown)

    def seek(self, text: str) -> int:
        """Show only the rows in which this text occurs; returns how many those are."""
        wanted = text.strip().lower()
        shown = 0
        for place, row in enumerate(self.rows.shown):
            hit = not wanted or any(wanted in cell.lower() for cell in row.texts)
            self.setRowHidden(place, not hit)
            shown += hit
        return shown

    def chosen_rows(self) -> list[Shown[Row]]:
        """The selected rows from top to bottom; those hidden are left out."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.shown[place] for place in places if not self.isRowHidden(place)]

    def copy(self) -> None:
        """Put the selected rows on the clipboard; people in several rows are masked."""
        cells = [list(shown.texts) for shown in self.chosen_rows()]
        for row in cells if len(cells) > 1 else ():
            for column, mask in self.masks.items():
                row[column] = mask(row[column])
        if cells:
            data = QMimeData()
            data.setText(write_cells(cells))
            data.setHtml(write_html(self.rows.headings, cells))
            QGuiApplication.clipboard().setMimeData(data)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies whole rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> Row | None:
        """The row the clerk stands on."""
        index = self.currentIndex()
        return self.rows.shown[index.row()].row if index.isValid() else None


def dress_table(view: QTableView) -> None:
    """How every table of the program looks."""
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows = view.verticalHeader()
    rows.setDefaultSectionSize(style.ROW_HEIGHT)
    rows.setMinimumSectionSize(style.ROW_HEIGHT)
    rows.setSectionResizeMode(rows.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
