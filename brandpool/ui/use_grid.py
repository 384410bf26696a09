"""Evidence of use by mark, class and year: a gap is red and says so, and opens a new record."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.mark_file import UseEvidence
from brandpool.services import mark_use, records
from brandpool.services.mark_use import UseCell, UseRow
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import dress_table
from brandpool.ui.widgets.record_form import RecordForm

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
SOON = 180


class UseLine(NamedTuple):
    """One mark of the grid with the name of its enterprise."""

    row: UseRow
    enterprise: str


class UseModel(QAbstractTableModel):
    """Who and which mark, then the years, then from when it can be attacked."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[UseLine] = ()
        self.years: tuple[int, ...] = ()
        self._before = (_("企业"), _("商标"), _("注册号（类别）"))
        self._after = (_("最近使用"), _("可被撤三起始"), _("剩余天数"))

    def fill(self, lines: Sequence[UseLine]) -> None:
        """Show these marks."""
        self.beginResetModel()
        self.lines = lines
        self.years = tuple(cell.year for cell in lines[0].row.cells) if lines else ()
        self.endResetModel()

    def cell(self, index: Index) -> UseCell | None:
        """The year under a cell; None beside the years."""
        place = index.column() - len(self._before)
        cells = self.lines[index.row()].row.cells
        return cells[place] if 0 <= place < len(cells) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row per mark and class."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Three columns, the years, three columns."""
        if parent.isValid():
            return 0
        return len(self._before) + len(self.years) + len(self._after)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings; the years as numbers."""
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return (*self._before, *map(str, self.years), *self._after)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts; a year without evidence that counts is red and says 缺."""
        line = self.lines[index.row()]
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return year_text(cell) if cell else self._texts(line)[self._place(index)]
        if cell is None:
            return self._mark(line, index, role)
        if role == Qt.ItemDataRole.BackgroundRole and not cell.proved:
            return style.colour(style.BAD_PAPER)
        if role == Qt.ItemDataRole.ForegroundRole:
            return style.colour(style.GOOD if cell.proved else style.BAD)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return year_words(cell)
        return None

    def _place(self, index: Index) -> int:
        column = index.column()
        return column if column < len(self._before) else column - len(self.years)

    def _texts(self, line: UseLine) -> tuple[str, ...]:
        row = line.row
        start = row.attackable_from.isoformat() if row.attackable_from else "—"
        left = _("已可被撤三") if row.attackable else str(row.days_left or "—")
        last = row.last_use.isoformat() if row.last_use else _("无有日期的证据")
        return (line.enterprise, row.mark.name or "", row.mark.number, last, start, left)

    def _mark(self, line: UseLine, index: Index, role: int) -> Any:
        last = index.column() == self.columnCount() - 1
        if role == Qt.ItemDataRole.ForegroundRole and last and line.row.attackable:
            return style.colour(style.BAD)
        if role == Qt.ItemDataRole.ToolTipRole:
            if line.row.estimated and last:
                return _("注册公告日未填写，按注册日估算")
            return self._texts(line)[self._place(index)]
        return None


class UseGrid(QWidget):
    """All marks in force with the last years; Enter or a double click adds or shows evidence."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: Sequence[UseLine] = ()
        self.model = UseModel()
        self.view = QTableView()
        self.view.setAccessibleName(_("使用证据"))
        self.view.setModel(self.model)
        dress_table(self.view)
        self.view.activated.connect(self.open_cell)
        self.years = QSpinBox()
        self.years.setRange(3, 10)
        self.years.setSuffix(_(" 年"))
        self.years.setAccessibleName(_("年数"))
        self.risky = QCheckBox(_("只看已可被撤三或 {days} 天内的").format(days=SOON))
        self.count = QLabel()
        self.years.valueChanged.connect(lambda _value: self.ask())
        self.risky.toggled.connect(lambda _on: self._fill())
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        line.addWidget(self.risky)
        line.addWidget(QLabel(_("最近")))
        line.addWidget(self.years)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addLayout(line)
        layout.addWidget(
            style.soft(
                _(
                    "没有日期的证据不计入。双击红格登记证据，双击有证据的格子查看，双击最后两列看依据。"
                )
            )
        )
        layout.addWidget(self.view, 1)

    def ask(self) -> None:
        """Read the evidence again."""
        years = self.years.value()
        self._shell.work.read(
            lambda session: read_use(session, date.today(), years), self._take, replaces=self
        )

    def open_cell(self, index: QModelIndex) -> None:
        """A gap opens a new piece of evidence, a year with evidence shows it."""
        row = self.model.lines[index.row()].row
        cell = self.model.cell(index)
        if cell is not None:
            open_year(self._shell, row.mark.id, cell, self)
        elif index.column() < 3:
            self._shell.open("trademark", row.mark.id)
        elif row.explained is not None:
            title = _("可被申请撤三起始日：{day}").format(day=row.attackable_from)
            ChainBox(title, row.explained, self, about=row.mark.number).exec()

    def _take(self, lines: Sequence[UseLine]) -> None:
        self._found = lines
        self._fill()

    def _fill(self) -> None:
        risky = {row.mark.id for row in mark_use.at_risk([one.row for one in self._found], SOON)}
        only = self.risky.isChecked()
        shown = [one for one in self._found if not only or one.row.mark.id in risky]
        before = self.model.columnCount()
        self.model.fill(shown)
        text = _("有效商标 {total:,} 件，其中已可被撤三或 {days} 天内的 {risky:,} 件")
        self.count.setText(text.format(total=len(self._found), days=SOON, risky=len(risky)))
        if shown and before != self.model.columnCount():
            widths = [210, 130, 150, *([64] * len(self.model.years)), 110, 110, 100]
            for column, width in enumerate(widths):
                self.view.setColumnWidth(column, width)


class YearStrip(QTableView):
    """The years of one mark on its card."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._rows = UseModel()
        self.setModel(self._rows)
        dress_table(self)
        self.setAccessibleName(_("使用证据"))
        self.verticalHeader().hide()
        self.setFixedHeight(30 + style.ROW_HEIGHT + 14)
        self.activated.connect(self._open)

    def show_use(self, row: UseRow) -> None:
        """Show the years of this mark."""
        self._rows.fill([UseLine(row, "")])
        for column in range(self._rows.columnCount()):
            self.setColumnHidden(column, column < 3)
            year = 3 <= column < 3 + len(row.cells)
            self.setColumnWidth(column, 84 if year else 130)

    def _open(self, index: QModelIndex) -> None:
        cell = self._rows.cell(index)
        if cell is not None:
            open_year(self._shell, self._rows.lines[0].row.mark.id, cell, self)


def read_use(session: Session, on: date, years: int) -> list[UseLine]:
    """The grid of the pool with the names of the enterprises."""
    rows = mark_use.use_grid(session, on, years=years)
    wanted = {row.mark.enterprise_id for row in rows if row.mark.enterprise_id}
    names = records.titles(session, Enterprise, wanted)
    return [UseLine(row, names.get(row.mark.enterprise_id or "", "")) for row in rows]


def open_year(shell: Shell, mark: str, cell: UseCell, parent: QWidget) -> None:
    """Show the evidence of a year in its ledger, or a form for the first piece of it."""
    held = (*cell.dated, *cell.undated)
    if not held:
        preset: dict[str, Value] = {"trademark_id": mark, "year": cell.year}
        RecordForm(shell, UseEvidence, preset=preset, parent=parent).show()
        return
    page = shell.visit("ledgers")
    if isinstance(page, LedgersPage):
        page.open_record(UseEvidence.kind(), held[0])
        words = _("{year} 年的使用证据").format(year=cell.year)
        page.table(UseEvidence).show_only(held, words)


def year_text(cell: UseCell) -> str:
    """What a cell says without colour."""
    if cell.proved:
        return _("{number} 份").format(number=len(cell.dated))
    return _("缺（{number} 无日期）").format(number=len(cell.undated)) if cell.undated else _("缺")


def year_words(cell: UseCell) -> str:
    """The tool tip of a year."""
    text = _("{year} 年：有日期的证据 {dated} 份，没有日期的 {undated} 份（不计入）")
    return text.format(year=cell.year, dated=len(cell.dated), undated=len(cell.undated))
