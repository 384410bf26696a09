"""The table as hands know it from WPS: Enter goes down, Tab right, typing overwrites."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from brandpool.ui.widgets.plain_table import dress_table

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Turns keys into wishes; the record table fulfils them."""

    copy_asked = Signal()
    paste_asked = Signal()
    paste_new_asked = Signal()
    clear_asked = Signal()
    fill_asked = Signal()
    today_asked = Signal()
    open_asked = Signal()
    new_asked = Signal()
    remove_asked = Signal()
    filter_asked = Signal()
    print_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress_table(self)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the whole table; what is none of them edits the cell."""
        if self.state() == QAbstractItemView.State.EditingState:
            return
        wish = self._wish(event)
        if wish is not None:
            wish.emit()
        elif event.key() in _ENTER:
            self.step(1, 0)
        elif event.key() == Qt.Key.Key_Tab:
            self.step(0, 1)
        elif event.key() == Qt.Key.Key_Backtab:
            self.step(0, -1)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter stand one row lower, after Tab one column further, without editing."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        moves = {
            hints.SubmitModelCache: (1, 0),
            hints.EditNextItem: (0, 1),
            hints.EditPreviousItem: (0, -1),
        }
        if hint in moves:
            self.step(*moves[hint])

    def step(self, down: int, right: int) -> None:
        """Move the cell in which the clerk stands, over hidden columns, within the table."""
        here, model = self.currentIndex(), self.model()
        header = self.horizontalHeader()
        place = header.visualIndex(here.column()) + right
        while right and 0 <= place < header.count() and self._hidden_at(place):
            place += right
        place = min(max(place, 0), header.count() - 1)
        row = min(max(here.row() + down, 0), model.rowCount() - 1)
        column = header.logicalIndex(place)
        if row >= 0 and not self.isColumnHidden(column):
            self.setCurrentIndex(model.index(row, column))

    def shown_columns(self) -> list[int]:
        """The columns in sight, from left to right."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [column for column in order if not self.isColumnHidden(column)]

    def block(self) -> tuple[list[int], list[int]]:
        """The rows and columns that the selection touches, as they are seen."""
        rows: set[int] = set()
        columns: set[int] = set()
        for area in cast("Iterable[QItemSelectionRange]", self.selectionModel().selection()):
            rows |= set(range(area.top(), area.bottom() + 1))
            columns |= set(range(area.left(), area.right() + 1))
        return sorted(rows), [column for column in self.shown_columns() if column in columns]

    def select_rows(self, rows: list[int]) -> None:
        """Select these rows and stand on the first."""
        if not rows:
            return
        model = self.model()
        last = model.columnCount() - 1
        selection = QItemSelection()
        for row in rows:
            selection.select(model.index(row, 0), model.index(row, last))
        column = self.currentIndex().column()
        shown = self.shown_columns()
        keep = column if column in shown else (shown or [0])[0]
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(model.index(rows[0], keep), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def _hidden_at(self, place: int) -> bool:
        return self.isColumnHidden(self.horizontalHeader().logicalIndex(place))

    def _wish(self, event: QKeyEvent) -> SignalInstance | None:
        key, held = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy_asked
        if key == Qt.Key.Key_V and held == _CTRL | _SHIFT:
            return self.paste_new_asked
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste_asked
        if key == Qt.Key.Key_Delete and not held:
            return self.clear_asked
        if held & _ALT and key == Qt.Key.Key_Down:
            return self.filter_asked
        if not held & _CTRL:
            return None
        if key in _ENTER:
            return self.open_asked
        return {
            Qt.Key.Key_Semicolon: self.today_asked,
            Qt.Key.Key_D: self.fill_asked,
            Qt.Key.Key_N: self.new_asked,
            Qt.Key.Key_Minus: self.remove_asked,
            Qt.Key.Key_P: self.print_asked,
        }.get(Qt.Key(key))
