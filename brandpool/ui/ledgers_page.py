"""Ledgers: one page for every plain ledger, made from its declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.kinds import by_kind, ledgers
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.services.counted import RecordKey
from brandpool.services.ledger_headlines import Headline, headlines
from brandpool.ui import style
from brandpool.ui.decision_form import day_edit
from brandpool.ui.ledger_acts import act_tools
from brandpool.ui.ledger_forms import form_of
from brandpool.ui.ledger_list import LedgerList
from brandpool.ui.ledger_summary import LedgerSummary
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.widgets.record_table import RecordTable

RowsDoor = Callable[[Shell, QWidget, Sequence[RecordKey], str], None]
"""Opens records of any kinds, wherever they are at home."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How many records each ledger has, and the numbers of the one in sight."""

    counts: Mapping[type[Record], int]
    kind: str
    headlines: Sequence[Headline]


class LedgersPage(Page):
    """The ledgers by theme at the left, numbers and table of the chosen one at the right."""

    kinds: ClassVar[frozenset[str] | None] = None

    def __init__(self, shell: Shell, tools: Tools = no_tools, rows: RowsDoor | None = None) -> None:
        super().__init__(shell)
        self._tools = tools
        self._rows = rows
        self.tables: dict[str, RecordTable] = {}
        self.list = LedgerList(ledgers())
        self.summary = LedgerSummary()
        self.day = day_edit(date.today())
        self.day.setAccessibleName(_("数字截至"))
        self.day.setToolTip(_("上面的数字按这一天计算；表格总是列出全部记录"))
        self.day.dateChanged.connect(lambda _day: self.refresh())
        self.stack = QStackedWidget()
        self.list.chosen.connect(self._on_ledger)
        self.summary.chosen.connect(self._show_only)
        numbers = QHBoxLayout()
        numbers.addWidget(self.summary, 1)
        label = style.soft(_("数字截至"))
        label.setWordWrap(False)
        numbers.addWidget(label)
        numbers.addWidget(self.day)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(numbers)
        right.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("台账")))
        layout.addLayout(body, 1)
        if self.list.first is not None:
            self.list.choose(self.list.first)

    def refresh(self) -> None:
        """Read the numbers again; the table in sight looks after itself."""
        table = self.stack.currentWidget()
        kind = table.record_kind.kind() if isinstance(table, RecordTable) else ""
        on = self.on
        self.shell.work.read(lambda session: _overview(session, kind, on), self._put, owner=self)

    @property
    def on(self) -> date:
        """The day that the numbers are told of."""
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def open_record(self, kind: str, record: str) -> None:
        """Stand on this record in its ledger."""
        model = by_kind()[kind]
        self.list.choose(model)
        self.table(model).go_to(record)

    def show_ledger(self, model: type[Record]) -> None:
        """Turn to this ledger."""
        self.list.choose(model)

    def table(self, model: type[Record]) -> RecordTable:
        """The table of a ledger; made on the first visit."""
        kind = model.kind()
        if kind not in self.tables:
            table = RecordTable(
                self.shell,
                model,
                add=lambda: self._form(model, ""),
                open=lambda record: self._form(model, record),
            )
            table.put_tools([*act_tools(self.shell, table), *self._tools(self.shell, table)])
            self.tables[kind] = table
            self.stack.addWidget(table)
        return self.tables[kind]

    def _on_ledger(self, model: type[Record]) -> None:
        self.stack.setCurrentWidget(self.table(model))
        self.summary.put([])
        if self.isVisible():
            self.refresh()

    def _put(self, found: Overview) -> None:
        self.list.put_counts(found.counts)
        table = self.stack.currentWidget()
        if isinstance(table, RecordTable) and table.record_kind.kind() == found.kind:
            self.summary.put(found.headlines)

    def _show_only(self, rows: Sequence[RecordKey], words: str) -> None:
        """Show exactly the rows of a number: here where they are of this ledger, else at home."""
        here = self.stack.currentWidget()
        if isinstance(here, RecordTable) and {here.record_kind.kind()} == {k for k, _r in rows}:
            here.show_only([record for _kind, record in rows], words)
        elif self._rows is not None:
            self._rows(self.shell, self, rows, words)

    def _form(self, model: type[Record], record: str) -> None:
        form = form_of(model)(self.shell, model, record, parent=self)
        form.saved.connect(self.table(model).go_to)
        form.show()


def _overview(session: Session, kind: str, on: date) -> Overview:
    counts = {model: records.count(session, model) for model in ledgers()}
    return Overview(counts, kind, headlines(session, kind, on))
