"""One table model for every kind of record: ids in order, rows fetched by the page on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPixmap
from sqlalchemy.orm import Session

from brandpool.i18n import lang
from brandpool.models.field import Field, Kind
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.services.records import Query
from brandpool.ui import style
from brandpool.ui.widgets.record_lines import Line, read_lines
from brandpool.ui.work import Work

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_KEPT = 5000
_RIGHT = {Kind.NUMBER, Kind.DECIMAL, Kind.MONEY, Kind.YEAR}
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: ids in order, and how many records there are without filters."""

    ids: list[str]
    total: int


class RecordModel(QAbstractTableModel):
    """Shows the records that satisfy `query`; cells are texts that were made on the worker.

    `found` says how many are shown and how many there are; `entered` asks the table to save what
    was typed into a cell: record, field name, text. `notice` may give a remark on a cell, which
    is then shown in orange with the remark as its tool tip. `picture` may give a small picture of
    a record, which then stands before its title.
    """

    found = Signal(int, int)
    entered = Signal(str, str, object)

    def __init__(self, work: Work, model: type[Record], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record_kind = model
        self.columns: list[Field] = list(fields(model).values())
        self.query = Query()
        self.base = Query()
        self.ids: list[str] = []
        self.notice: Callable[[Line, Field], str] | None = None
        self.picture: Callable[[str], QPixmap | None] | None = None
        self._work = work
        self._lines: dict[str, Line] = {}
        self._wrong: dict[tuple[str, str], tuple[str, str]] = {}
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_pages)

    def ask(self, query: Query | None = None) -> None:
        """Look for the records again, with this query from now on if one is given."""
        self.query = query or self.query
        base, wanted, kind = self.base, self.query, self.record_kind
        order = wanted.order or base.order
        whole = Query((*base.filters, *wanted.filters), order, wanted.within)

        def job(session: Session) -> Found:
            return Found(records.find(session, kind, whole), records.count(session, kind, base))

        self._work.read(job, self._take, replaces=(self, "find"))

    def forget_rows(self) -> None:
        """Read the visible rows again; the order stays, and the old texts until then."""
        self._asked.clear()
        self._repaint()

    def line(self, row: int) -> Line | None:
        """The line at this place, if it has been read."""
        return self._lines.get(self.ids[row]) if 0 <= row < len(self.ids) else None

    def show_text(self, record: str, name: str, text: str) -> None:
        """Show what was just typed while it is being saved."""
        self._wrong.pop((record, name), None)
        line = self._lines.get(record)
        if line is not None:
            self._lines[record] = Line(line.row, {**line.texts, name: text}, line.links)
        self._repaint()

    def keep_wrong(self, record: str, name: str, text: str, reason: str) -> None:
        """Show in red what cannot be saved, so that it is not lost."""
        self._wrong[record, name] = (text, reason)
        self._repaint()

    def put(self, line: Line) -> None:
        """Replace one line by what the pool says now."""
        self._lines[line.row.id] = line
        self._repaint()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many records are shown."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many fields are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; a row not yet read is asked for and is empty until then."""
        field = self.columns[index.column()]
        record = self.ids[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            page = index.row() // PAGE
            if page not in self._asked:
                self._want(page)
            line = self._lines.get(record)
            if line is None:
                return ""
            if self._wrong and (record, field.name) in self._wrong:
                return self._wrong[record, field.name][0]
            return line.texts[field.name]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if field.kind in _RIGHT else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DecorationRole:
            titled = field.name == self.record_kind.title_field
            return self.picture(record) if self.picture is not None and titled else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole):
            return self._remark(record, field, role)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The field's label; rows are numbered."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return self.columns[section].label(lang())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells that have been read can be edited."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.line(index.row()) is None:
            return usual
        return usual | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what an editor was left with; saving is the table's business."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.entered.emit(self.ids[index.row()], self.columns[index.column()].name, value)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; -1 is the kind's own."""
        wanted: tuple[str, ...] = ()
        if 0 <= column < len(self.columns):
            sign = "-" if order == Qt.SortOrder.DescendingOrder else ""
            wanted = (sign + self.columns[column].name,)
        if wanted != self.query.order:
            self.ask(Query(self.query.filters, wanted, self.query.within))

    def wrong_text(self, record: str, name: str) -> str | None:
        """What stands in red in a cell."""
        kept = self._wrong.get((record, name))
        return kept[0] if kept else None

    def _take(self, found: Found) -> None:
        if found.ids != self.ids:
            self.beginResetModel()
            self.ids = found.ids
            self._asked.clear()
            self.endResetModel()
        else:
            self.forget_rows()
        self.found.emit(len(found.ids), found.total)

    def _want(self, page: int) -> None:
        self._asked.add(page)
        self._wanted.add(page)
        self._fetch.start()

    def _fetch_pages(self) -> None:
        ids: list[str] = []
        for page in sorted(self._wanted):
            ids += self.ids[page * PAGE : (page + 1) * PAGE]
        self._wanted.clear()
        kind, tongue = self.record_kind, lang()
        self._work.read(
            lambda session: read_lines(session, kind, ids, tongue), self._take_lines, owner=self
        )

    def _take_lines(self, lines: dict[str, Line]) -> None:
        if len(self._lines) > _KEPT:
            self._lines.clear()
            self._asked.clear()
        self._lines |= lines
        self._repaint()

    def _repaint(self) -> None:
        if self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _remark(self, record: str, field: Field, role: int) -> Any:
        wrong = self._wrong.get((record, field.name))
        line = self._lines.get(record)
        remark = self.notice(line, field) if self.notice and line else ""
        if role == Qt.ItemDataRole.ForegroundRole:
            usual = style.colour(style.WARN) if remark else None
            return style.colour(style.BAD) if wrong else usual
        if wrong or remark:
            return wrong[1] if wrong else remark
        text = line.texts[field.name] if line else ""
        return text if len(text) > 12 else None


def ids_at(model: RecordModel, rows: Sequence[int]) -> list[str]:
    """The records at these places."""
    return [model.ids[row] for row in rows if 0 <= row < len(model.ids)]
