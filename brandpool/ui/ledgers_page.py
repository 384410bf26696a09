"""Ledgers: one page for every plain ledger, made from its declaration."""

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout

from brandpool.i18n import _, lang
from brandpool.models.kinds import by_kind, ledgers
from brandpool.models.record import Record
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.widgets.record_table import RecordTable


class LedgersPage(Page):
    """The ledgers' names at the left, the table of the chosen one at the right."""

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self._tools = tools
        self._ledgers = ledgers()
        self.tables: dict[str, RecordTable] = {}
        self.names = QListWidget()
        self.names.setAccessibleName(_("台账"))
        self.names.setFixedWidth(150)
        self.names.addItems([model.label(lang()) for model in self._ledgers])
        self.stack = QStackedWidget()
        self.names.currentRowChanged.connect(self._on_row)
        body = QHBoxLayout()
        body.addWidget(self.names)
        body.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("台账")))
        layout.addLayout(body, 1)
        self.names.setCurrentRow(0)

    def refresh(self) -> None:
        """Read the ledger in sight again."""
        table = self.stack.currentWidget()
        if isinstance(table, RecordTable):
            table.ask()

    def open_record(self, kind: str, record: str) -> None:
        """Stand on this record in its ledger."""
        model = by_kind()[kind]
        self.names.setCurrentRow(self._ledgers.index(model))
        self.table(model).go_to(record)

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
            table.put_tools(self._tools(self.shell, table))
            self.tables[kind] = table
            self.stack.addWidget(table)
        return self.tables[kind]

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.stack.setCurrentWidget(self.table(self._ledgers[row]))

    def _form(self, model: type[Record], record: str) -> None:
        form = RecordForm(self.shell, model, record, parent=self)
        form.saved.connect(self.table(model).go_to)
        form.show()
