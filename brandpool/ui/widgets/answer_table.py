"""The rows of an answer on the screen, whatever its columns are."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from brandpool.exchange.table_out import hidden
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind
from brandpool.services.answers import Answer, AnswerRow
from brandpool.ui import style, typed
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_WIDTHS = {Kind.DATE: 96, Kind.NOTE: 260, Kind.FLAG: 60, Kind.NUMBER: 80, Kind.CHOICE: 90}
_NAMED_WIDTHS = {"name": 220, "credit_code": 160}
_USUAL_WIDTH = 120


class AnswerTable(QWidget):
    """Shows an answer; `opened` carries the id of a row that was double-clicked."""

    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.answer: Answer | None = None
        self.table: PlainTable[AnswerRow] | None = None
        self.words = style.soft("")
        self._stack = QStackedWidget()
        self._nothing = QLabel(_("没有符合条件的企业"))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self._stack, 1)

    def show_answer(self, answer: Answer | None) -> None:
        """Show the rows of this answer, or none."""
        self.answer = answer
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None
        self._nothing.setVisible(answer is not None)
        if answer is None or not answer.rows:
            self.words.setText("")
            return
        self.table = self._made(answer)
        self._stack.addWidget(self.table)
        self._stack.setCurrentWidget(self.table)
        words = _("共 {rows} 家，截至 {day}").format(rows=len(answer.rows), day=answer.on)
        scheme = (
            _("，适用方案 {scheme}").format(scheme=answer.scheme_title) if answer.scheme else ""
        )
        self.words.setText(words + scheme)

    def _made(self, answer: Answer) -> PlainTable[AnswerRow]:
        headings = [column.label(lang()) for column in answer.columns]
        widths = [_width(column) for column in answer.columns]
        table: PlainTable[AnswerRow] = PlainTable(headings, widths, self._name)
        table.masks = {
            place: partial(hidden, column)
            for place, column in enumerate(answer.columns)
            if column.personal
        }
        table.fill([Shown(row, _texts(answer.columns, row)) for row in answer.rows])
        table.doubleClicked.connect(self._open)
        table.activated.connect(self._open)
        return table

    def _open(self) -> None:
        row = self.table.chosen() if self.table else None
        if row is not None:
            self.opened.emit(row.id)


def _texts(columns: tuple[Field, ...], row: AnswerRow) -> tuple[str, ...]:
    values = {column.name: value for column, value in zip(columns, row.values, strict=True)}
    return tuple(typed.shown(column, values, lang()) or "—" for column in columns)


def _width(column: Field) -> int:
    return _NAMED_WIDTHS.get(column.name) or _WIDTHS.get(column.kind, _USUAL_WIDTH)
