"""The first rows of a file as it was understood, headings marked."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.preview import Preview
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.widgets.plain_table import Index, dress_table

NOWHERE = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """The lines with their numbers; heading rows on a tint, rows left out in grey."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Preview | None = None
        self._left: dict[int, str] = {}
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, shown: Preview) -> None:
        """Show this preview."""
        self.beginResetModel()
        self.shown = shown
        self._left = {number: reason for number, reason, _text in shown.skipped}
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() or self.shown is None else len(self.shown.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns the sheet has."""
        if parent.isValid() or self.shown is None or not self.shown.rows:
            return 0
        return len(self.shown.rows[0][1])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, and how its row is marked."""
        if self.shown is None:
            return None
        number, cells = self.shown.rows[index.row()]
        heads = number in self.shown.header_rows
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells[index.column()]
            case Qt.ItemDataRole.BackgroundRole if heads:
                return style.colour(style.TINT)
            case Qt.ItemDataRole.FontRole if heads:
                return self._bold
            case Qt.ItemDataRole.ForegroundRole if number in self._left:
                return style.colour(style.SOFT)
            case Qt.ItemDataRole.ToolTipRole:
                return self._left.get(number) or cells[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Letters above, row numbers at the left, as in a spreadsheet."""
        if role != Qt.ItemDataRole.DisplayRole or self.shown is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letters(section)
        return self.shown.rows[section][0]


class PreviewTable(QTableView):
    """Shows a `PreviewModel`."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = PreviewModel()
        self.setModel(self.lines)
        self.setAccessibleName(_("文件的前几行"))
        dress_table(self)
        self.setShowGrid(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.horizontalHeader().setDefaultSectionSize(128)


def in_words(shown: Preview) -> str:
    """What was recognised, in one line."""
    heads = "、".join(map(str, shown.header_rows))
    parts = [shown.format.upper()]
    if shown.encoding:
        parts.append(_("编码 {encoding}").format(encoding=shown.encoding.upper()))
    parts.append(_("表头在第 {rows} 行").format(rows=heads) if heads else _("没有找到表头"))
    parts.append(_("{count} 条记录").format(count=f"{shown.records:,}"))
    if shown.skipped:
        parts.append(_("略过 {count} 行（标题、合计、空行等）").format(count=len(shown.skipped)))
    return "　".join(parts)
