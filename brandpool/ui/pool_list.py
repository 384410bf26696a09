"""The list: the same enterprises as the board, one line each, to be sorted by any heading."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pool_cards import spoken
from brandpool.ui.pool_reading import Due, PoolRow
from brandpool.ui.pool_words import due_tag, due_words
from brandpool.ui.widgets.plain_table import dress_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ORDER = (Due.EXIT, Due.UP, Due.OVERSTAYED, Due.REVIEW, Due.NEAR)
_WIDTHS = (196, 58, 84, 62, 138, 84, 84, 150)


class PoolModel(QAbstractTableModel):
    """Rows of the pool under headings."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PoolRow] = []
        self._given: Sequence[PoolRow] = ()
        self._labels: Mapping[str | None, str] = {}
        self._place: Mapping[str | None, int] = {}
        self._sorting: tuple[int, Qt.SortOrder] | None = None
        self._headings = (
            _("企业"), _("街道"), _("行业"), _("层级"), _("状态"),
            _("入层日期"), _("复核日期"), _("离上一层"),
        )  # fmt: skip

    def fill(self, labels: Mapping[str | None, str], rows: Sequence[PoolRow]) -> None:
        """Show these rows, in the order last chosen."""
        self.beginResetModel()
        self._labels, self._given = labels, rows
        self._place = {tier: place for place, tier in enumerate(labels)}
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a heading; a column below none keeps the order of names."""
        self.beginResetModel()
        self._sorting = (column, order) if column >= 0 else None
        self._arrange()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many enterprises."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many headings."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, coloured where something is due."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(spoken(row))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 4:
            due = next((due for due in _ORDER if due in row.due), None)
            return style.colour(due_tag(due).ink) if due else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return self._headings[section]

    def _text(self, row: PoolRow, column: int) -> str:
        match column:
            case 0:
                return row.name
            case 1:
                return row.street
            case 2:
                return row.industry
            case 3:
                return self._labels.get(row.tier, row.tier or "")
            case 4:
                return due_list(row)
            case 5:
                return str(row.since or "")
            case 6:
                return str(row.review_due or "")
            case _:
                return row.exits if Due.EXIT in row.due else row.gap

    def _arrange(self) -> None:
        self.rows = list(self._given)
        if self._sorting is not None:
            column, order = self._sorting
            self.rows.sort(key=self._key(column), reverse=order is Qt.SortOrder.DescendingOrder)

    def _key(self, column: int) -> Callable[[PoolRow], Any]:
        if column == 0:
            given = {row.enterprise: place for place, row in enumerate(self._given)}
            return lambda row: given[row.enterprise]
        if column == 3:
            return lambda row: self._place[row.tier]
        if column == 4:
            return lambda row: tuple(due not in row.due for due in _ORDER)
        return lambda row: (self._text(row, column) == "", self._text(row, column))


class PoolList(QTableView):
    """The table; keys as on the board."""

    open_asked = Signal(str)
    shift_asked = Signal(int)
    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = PoolModel()
        self.setModel(self.lines)
        self.setAccessibleName(_("培育库列表"))
        dress_table(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_both: self.picked.emit())

    def show_rows(self, labels: Mapping[str | None, str], rows: Sequence[PoolRow]) -> None:
        """Show these rows; the selection and the place stay."""
        kept = {row.enterprise for row in self.chosen()}
        place = self.verticalScrollBar().value()
        self.lines.fill(labels, rows)
        self.choose(kept)
        self.verticalScrollBar().setValue(place)
        self.picked.emit()

    def chosen(self) -> list[PoolRow]:
        """The selected rows, as they stand in the table."""
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.lines.rows[place] for place in places]

    def choose(self, ids: set[str]) -> None:
        """Select these enterprises."""
        last = self.lines.columnCount() - 1
        selection, first = QItemSelection(), -1
        for place, row in enumerate(self.lines.rows):
            if row.enterprise in ids:
                first = place if first < 0 else first
                selection.select(self.lines.index(place, 0), self.lines.index(place, last))
        flags = QItemSelectionModel.SelectionFlag
        if first >= 0:
            self.selectionModel().setCurrentIndex(self.lines.index(first, 0), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Ctrl+← and Ctrl+→ ask for the tier below or above."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shift_asked.emit(side)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.open_asked.emit(self.lines.rows[index.row()].enterprise)


def due_list(row: PoolRow) -> str:
    """Everything that is due of a row, in words."""
    return "、".join(due_words(due) for due in _ORDER if due in row.due)
