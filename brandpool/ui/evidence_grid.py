"""The evidence grid: factors by years, each cell with a sign that colour only repeats."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from brandpool.i18n import _, lang
from brandpool.models.field import plain
from brandpool.models.well_known_codes import UNITS
from brandpool.services.well_known import Assessment
from brandpool.services.well_known_grid import FULL, MISSING, OPTIONAL, PARTIAL, Cell, Line
from brandpool.services.well_known_rows import Figure
from brandpool.ui import style
from brandpool.ui.widgets.plain_table import dress_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FIXED = 2
_ROW = 23


class Look(NamedTuple):
    """How a state is drawn: the sign, the ink and the ground."""

    sign: str
    ink: str
    ground: str


LOOKS: Mapping[str, Look] = {
    FULL: Look("●", "#0f5132", "#d7efdf"),
    PARTIAL: Look("◐", "#6b3a00", "#ffe3b0"),
    MISSING: Look("○", "#8c1d18", style.BAD_PAPER),
    OPTIONAL: Look("", style.SOFT, style.PAPER),
}


class EvidenceModel(QAbstractTableModel):
    """One row per line of the grid: its name, its place in the law, all years, each year."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.years: tuple[int, ...] = ()
        self._cells: Mapping[tuple[str, int | None], Cell] = {}
        self._figures: Mapping[str, Figure] = {}
        self._numbers: Mapping[str, str] = {}
        self._words: Mapping[str, str] = {}

    def fill(self, found: Assessment) -> None:
        """Show the grid of this assessment."""
        self.beginResetModel()
        self.years = found.years
        self.lines = tuple(dict.fromkeys(cell.line for cell in found.cells))
        self._cells = {(cell.line.code, cell.year): cell for cell in found.cells}
        self._figures = {one.id: one for one in found.gathered.figures}
        self._numbers = {one.code: one.number for one in found.words.factors}
        self._words = {one.code: one.words for one in found.words.factors}
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """The cell under an index; None in the columns before them."""
        place = index.column() - _FIXED
        if not index.isValid() or place < 0:
            return None
        year = self.years[place - 1] if place else None
        return self._cells[self.lines[index.row()].code, year]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One per line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Name, place in the law, all years, the years."""
        return 0 if parent.isValid() else _FIXED + 1 + len(self.years)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        years = (_("{year}年").format(year=year) for year in self.years)
        return (_("证明事项"), _("法定因素"), _("不分年度"), *years)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Signs with short words; the reasons in full as a tool tip."""
        cell = self.cell(index)
        if cell is None:
            return self._fixed(self.lines[index.row()], index.column(), role)
        look = LOOKS[cell.state]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(cell, self._figures.get(cell.figure))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_words(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return style.colour(look.ink)
        if role == Qt.ItemDataRole.BackgroundRole and cell.asked:
            return style.colour(look.ground)
        return None

    def _fixed(self, line: Line, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            other = _("（选填）") if line.optional else ""
            return f"{line.label}{other}" if column == 0 else self._numbers.get(line.factor, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words.get(line.factor, line.label)
        return None


class EvidenceGrid(QTableView):
    """The grid; arrows move, Enter or a double click opens a cell, Insert adds to it."""

    opened = Signal(object)
    adding = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows = EvidenceModel()
        self.setModel(self.rows)
        self.setAccessibleName(_("证据矩阵"))
        dress_table(self)
        self.setShowGrid(True)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(_ROW)
        rows.setDefaultSectionSize(_ROW)
        self.activated.connect(self._open)

    def show_grid(self, found: Assessment) -> None:
        """Show this assessment, staying on the cell where the clerk stood."""
        at = self.currentIndex()
        self.rows.fill(found)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 160), (1, 70)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        row, column = (at.row(), at.column()) if at.isValid() else (0, _FIXED)
        self.setCurrentIndex(self.rows.index(row, column))
        self.setFixedHeight(_ROW * len(self.rows.lines) + header.sizeHint().height() + 4)

    def chosen(self) -> Cell | None:
        """The cell on which the clerk stands."""
        return self.rows.cell(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Insert adds."""
        cell = self.chosen()
        if cell is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(cell)
        elif cell is not None and event.key() == Qt.Key.Key_Insert:
            self.adding.emit(cell)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        cell = self.rows.cell(index)
        if cell is not None:
            self.opened.emit(cell)


def cell_text(cell: Cell, figure: Figure | None = None) -> str:
    """A cell without colour: ● 2 份, ● 3,800万元, ◐ 没有日期, ○ 缺, · 1 份."""
    number = len(cell.items) + len(cell.cases)
    count = _("{number} 份").format(number=number) if number else ""
    if cell.state == OPTIONAL:
        return f"· {count}" if number else "—"
    sign = LOOKS[cell.state].sign
    if cell.state == FULL:
        told = figure_text(figure) if figure else count
        return f"{sign} {told or _('已满足')}"
    if cell.state == MISSING and not cell.reasons[1:]:
        return f"{sign} {_('缺')}" if not (number or cell.figure) else f"{sign} {cell.reasons[0]}"
    return f"{sign} {_('；').join(cell.reasons)}"


def figure_text(figure: Figure) -> str:
    """A figure with its unit, or the region it names."""
    if figure.value is None:
        return figure.region or ""
    unit = next((c.label(lang()) for c in UNITS if c.code == figure.unit), "")
    gap = "" if lang() == "zh" or unit in ("", "%") else " × " if unit[0].isdigit() else " "
    return f"{plain(figure.value)}{gap}{unit}"


def cell_words(cell: Cell) -> str:
    """A cell in full: what it is, how it stands, why."""
    words = {
        FULL: _("齐全"), PARTIAL: _("部分"), MISSING: _("缺"), OPTIONAL: _("不要求")
    }[cell.state]  # fmt: skip
    parts = [f"{cell_title(cell)}：{words}", *cell.reasons]
    if cell.cases:
        parts.append(_("有 {number} 件个案保护记录").format(number=len(cell.cases)))
    return "\n".join(parts)


def cell_title(cell: Cell) -> str:
    """The line and the year."""
    year = _("{year}年").format(year=cell.year) if cell.year else ""
    return f"{year}{cell.line.label}"


def legend() -> Sequence[str]:
    """The signs with their words."""
    return (
        f"{LOOKS[FULL].sign} {_('齐全')}", f"{LOOKS[PARTIAL].sign} {_('部分')}",
        f"{LOOKS[MISSING].sign} {_('缺')}", f"· {_('不要求，已有证据')}",
    )  # fmt: skip
