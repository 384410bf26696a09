"""Registrations × parties: what is held where; the marks stay in sight while parties scroll."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.madrid import InternationalRegistration
from brandpool.services import madrid, records
from brandpool.services.madrid import Cell, Matrix, MatrixRow
from brandpool.ui import style
from brandpool.ui.madrid_status import status_word
from brandpool.ui.madrid_words import (
    FAMILIES,
    LOOKS,
    family_word,
    in_full,
    party_name,
    party_word,
    short,
)
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import dress_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIXED = 4
_WORST = {"refused": 0, "lost": 3, "pending": 1, "protected": 2, "planned": 4}


class MatrixLook(NamedTuple):
    """The matrix with the names of its enterprises."""

    matrix: Matrix
    names: Mapping[str, str]


class MatrixModel(QAbstractTableModel):
    """Four fixed columns, then one per party."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MatrixRow] = []
        self.parties: tuple[str, ...] = ()
        self.names: Mapping[str, str] = {}

    def fill(self, rows: list[MatrixRow], names: Mapping[str, str]) -> None:
        """Show these rows and the parties that any of them has."""
        self.beginResetModel()
        self.rows, self.names = rows, names
        often: dict[str, int] = {}
        for row in rows:
            for party in row.cells:
                often[party] = often.get(party, 0) + 1
        self.parties = tuple(sorted(often, key=lambda party: (-often[party], party)))
        self.endResetModel()

    def cells(self, index: Index) -> tuple[Cell, ...]:
        """The designations under a cell, the latest last."""
        if index.column() < FIXED:
            return ()
        return self.rows[index.row()].cells.get(self.parties[index.column() - FIXED], ())

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row per registration, one per mark filed directly."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The fixed columns and the parties."""
        return 0 if parent.isValid() else FIXED + len(self.parties)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings; parties by code, their names in the tool tip."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if section < FIXED:
            fixed = (_("商标"), _("注册号"), _("企业"), _("国际注册状态"))
            return fixed[section] if role == Qt.ItemDataRole.DisplayRole else None
        party = self.parties[section - FIXED]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{party_name(party)[: 6 if lang() == 'zh' else 11]}\n{party}"
        return party_word(party) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Signs and short words; colours only repeat what the sign says."""
        if index.column() < FIXED:
            texts = self._fixed(self.rows[index.row()])
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return texts[index.column()] if shown else None
        cells = self.cells(index)
        if not cells:
            return None
        look = LOOKS[min((cell.family for cell in cells), key=lambda name: _WORST[name])]
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(short(cell) for cell in cells)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n\n".join(in_full(cell) for cell in cells)
        if role == Qt.ItemDataRole.BackgroundRole:
            return style.colour(look.ground)
        if role == Qt.ItemDataRole.ForegroundRole:
            return style.colour(look.ink)
        return None

    def _fixed(self, row: MatrixRow) -> tuple[str, ...]:
        direct = row.kind != InternationalRegistration.kind()
        status = _("单独申请") if direct else status_word(row.status) + ("?" if row.verify else "")
        enterprise = self.names.get(row.enterprise_id or "", "")
        return (row.name, row.number or "—", enterprise, status)


class MadridMatrix(QWidget):
    """Both halves of the matrix with its filters.

    `opened` carries the kind and id of the row, and the id of the designation or filing under the
    cursor ("" for none).
    """

    opened = Signal(str, str, str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found = MatrixLook(Matrix(date.today(), (), ()), {})
        self.model = MatrixModel()
        self.left, self.right = QTableView(), QTableView()
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("商标、注册号或企业"))
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(200)
        self.route = QComboBox()
        self.route.setAccessibleName(_("途径"))
        self.route.addItem(_("马德里和单独申请"), "")
        self.route.addItem(_("仅马德里"), "ir")
        self.route.addItem(_("仅单独申请"), "direct")
        self.family = QComboBox()
        self.family.setAccessibleName(_("状态"))
        self.family.addItem(_("各种状态"), "")
        for name in FAMILIES:
            self.family.addItem(f"{LOOKS[name].sign} {family_word(name)}", name)
        self.doubtful = QCheckBox(_("只看须核实的"))
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(_("截至"))
        self.count = QLabel()
        self._lay_out()
        self._connect()

    def ask(self) -> None:
        """Read the matrix again, as of the chosen day."""
        on = chosen_day(self.day)
        self._shell.work.read(lambda session: read_matrix(session, on), self._take, replaces=self)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for part in (self.words, self.route, self.family, self.doubtful):
            line.addWidget(part)
        line.addWidget(self.count, 1)
        line.addWidget(QLabel(_("截至")))
        line.addWidget(self.day)
        for view in (self.left, self.right):
            view.setModel(self.model)
            dress_table(view)
            view.verticalHeader().hide()
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            view.horizontalHeader().setFixedHeight(42)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.right.setSelectionModel(self.left.selectionModel())
        self.left.setAccessibleName(_("商标"))
        self.right.setAccessibleName(_("各缔约方的状态"))
        self.left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setFixedWidth(470)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(self.left)
        halves.addWidget(self.right, 1)
        self.empty = style.soft(
            _("还没有境外商标。可在“国际注册”页新增，或从马德里监视器粘贴、导入。")
        )
        legend = "　".join(f"{LOOKS[name].sign} {family_word(name)}" for name in FAMILIES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addLayout(line)
        layout.addWidget(self.empty)
        layout.addLayout(halves, 1)
        layout.addWidget(
            style.soft(
                _("{legend}　? 须核实　单· 单独申请。回车或双击打开。").format(legend=legend)
            )
        )

    def _connect(self) -> None:
        left, right = self.left.verticalScrollBar(), self.right.verticalScrollBar()
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        for view in (self.left, self.right):
            view.activated.connect(self._open)
        self.words.textChanged.connect(lambda _text: self._fill())
        for box in (self.route, self.family):
            box.currentIndexChanged.connect(lambda _index: self._fill())
        self.doubtful.toggled.connect(lambda _on: self._fill())
        self.day.dateChanged.connect(lambda _day: self.ask())

    def _take(self, found: MatrixLook) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        rows = [row for row in self._found.matrix.rows if self._wanted(row)]
        self.model.fill(rows, self._found.names)
        for column in range(self.model.columnCount()):
            self.left.setColumnHidden(column, column >= FIXED)
            self.right.setColumnHidden(column, column < FIXED)
            self.right.setColumnWidth(column, 82)
        for column, width in enumerate((120, 96, 160, 90)):
            self.left.setColumnWidth(column, width)
        cells = [cell for row in rows for some in row.cells.values() for cell in some]
        held = sum(cell.protected for cell in cells)
        text = _("{rows} 行，{parties} 个国家/地区，{cells} 项，其中受保护 {held} 项")
        self.count.setText(
            text.format(
                rows=len(rows), parties=len(self.model.parties), cells=len(cells), held=held
            )
        )
        self.empty.setVisible(not self._found.matrix.rows)

    def _wanted(self, row: MatrixRow) -> bool:
        route, family = self.route.currentData(), self.family.currentData()
        words = self.words.text().strip().casefold()
        madrid_row = row.kind == InternationalRegistration.kind()
        if route and madrid_row != (route == "ir"):
            return False
        text = f"{row.name} {row.number} {self._found.names.get(row.enterprise_id or '', '')}"
        if words not in text.casefold():
            return False
        cells = [cell for some in row.cells.values() for cell in some]
        if family and not any(cell.family == family for cell in cells):
            return False
        doubts = row.verify or any(cell.verify for cell in cells)
        return doubts or not self.doubtful.isChecked()

    def _open(self, index: QModelIndex) -> None:
        row, cells = self.model.rows[index.row()], self.model.cells(index)
        if row.kind == InternationalRegistration.kind():
            self.opened.emit(row.kind, row.id, cells[-1].id if cells else "")
        else:
            self.opened.emit(row.kind, cells[-1].id if cells else row.id, "")


def read_matrix(session: Session, on: date) -> MatrixLook:
    """The matrix of the pool on a day with the names of its enterprises."""
    found = madrid.matrix(session, on)
    wanted: Sequence[str] = list({row.enterprise_id for row in found.rows if row.enterprise_id})
    return MatrixLook(found, records.titles(session, Enterprise, wanted))


def chosen_day(edit: QDateEdit) -> date:
    """The day a date line holds."""
    day = edit.date()
    return date(day.year(), day.month(), day.day())
