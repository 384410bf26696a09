"""An editable table of a scheme's lines: ladders, tiers, exit reasons, clauses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _
from brandpool.ui.widgets.plain_table import dress_table

Index = QModelIndex | QPersistentModelIndex
Choices = Sequence[tuple[Any, str]]
Line = TypeVar("Line")
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class LineColumn:
    """One attribute of a line. `choices` gives (code, label) pairs for a chooser."""

    name: str
    heading: str
    width: int
    kind: Literal["text", "number", "flag", "choice"] = "text"
    choices: Callable[[], Choices] = tuple

    def shown(self, value: Any) -> str:
        """The value as it is read."""
        if self.kind == "flag":
            return _("是") if value else _("否")
        if self.kind == "choice":
            return next((label for code, label in self.choices() if code == value), str(value))
        return "" if value is None else str(value)

    def read(self, typed: Any) -> Any:
        """The value that was typed or picked. Raises ValueError for a number that is none."""
        if self.kind != "number":
            return typed.strip() if isinstance(typed, str) else typed
        return int(str(typed).strip()) if str(typed).strip() else None


class LinesModel(QAbstractTableModel, Generic[Line]):
    """Frozen lines under headings; an edit replaces the line. `edited` tells of any change."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, columns: Sequence[LineColumn]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.lines: list[Line] = []

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many attributes."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; the value itself for its editor."""
        column = self.columns[index.column()]
        value = getattr(self.lines[index.row()], column.name)
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return column.shown(value)
        if role == Qt.ItemDataRole.EditRole:
            return "" if value is None else value
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Replace the line; a number that is none is refused."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        column, line = self.columns[index.column()], self.lines[index.row()]
        try:
            meant = column.read(value)
        except ValueError:
            text = _("“{heading}”应填整数，“{value}”没有采用。")
            self.refused.emit(text.format(heading=column.heading, value=value))
            return False
        if meant != getattr(line, column.name):
            changed: Line = replace(line, **{column.name: meant})  # type: ignore[type-var]
            self.lines[index.row()] = changed
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return self.columns[section].heading


class LineDelegate(QStyledItemDelegate):
    """A chooser for choices and yes/no, a line for the rest."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """An editor for the cell."""
        model = index.model()
        assert isinstance(model, LinesModel)
        column = model.columns[index.column()]
        if column.kind not in ("choice", "flag"):
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        choices = (
            column.choices() if column.kind == "choice" else ((True, _("是")), (False, _("否")))
        )
        for code, label in choices:
            box.addItem(label, code)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what the cell holds."""
        if isinstance(editor, QComboBox):
            value = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(max(editor.findData(value), 0))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand on what was picked or typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class LinesEditor(QWidget, Generic[Line]):
    """The table with buttons to add, remove and reorder. `make` gives a new line."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, columns: Sequence[LineColumn], name: str, make: Callable[[], Line]) -> None:
        super().__init__()
        self._make = make
        self.model: LinesModel[Line] = LinesModel(columns)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(self.view))
        self.view.setAccessibleName(name)
        dress_table(self.view)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        for place, column in enumerate(columns):
            self.view.setColumnWidth(place, column.width)
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self.refused)
        buttons = QHBoxLayout()
        for text, act in (
            (_("增加"), self.add),
            (_("删除"), self.remove),
            (_("上移"), lambda: self.shift(-1)),
            (_("下移"), lambda: self.shift(1)),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addLayout(buttons)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they stand."""
        return tuple(self.model.lines)

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.model.fill(lines)

    def add(self) -> None:
        """A new line below the one the clerk stands on."""
        here = self.view.currentIndex()
        place = here.row() + 1 if here.isValid() else len(self.model.lines)
        lines = list(self.model.lines)
        lines.insert(place, self._make())
        self._change(lines, place)

    def remove(self) -> None:
        """Take the line away."""
        here = self.view.currentIndex()
        if here.isValid():
            lines = [line for n, line in enumerate(self.model.lines) if n != here.row()]
            self._change(lines, min(here.row(), len(lines) - 1))

    def shift(self, step: int) -> None:
        """Let the line change places with its neighbour."""
        here = self.view.currentIndex().row()
        lines = list(self.model.lines)
        if here >= 0 and 0 <= here + step < len(lines):
            lines[here], lines[here + step] = lines[here + step], lines[here]
            self._change(lines, here + step)

    def _change(self, lines: list[Line], place: int) -> None:
        self.model.fill(lines)
        self.view.setCurrentIndex(self.model.index(place, 0))
        self.edited.emit()
