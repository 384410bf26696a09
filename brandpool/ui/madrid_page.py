"""Madrid and other marks abroad: matrix, registrations, dependency, fees and duties, ledgers."""

from collections.abc import Collection
from datetime import date
from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.madrid import Designation, InternationalRegistration
from brandpool.models.record import Record
from brandpool.services import records
from brandpool.services.reference_data import reference
from brandpool.ui import madrid_reading, style
from brandpool.ui.fee_estimate import FeeEstimate
from brandpool.ui.fifty import Fifty
from brandpool.ui.madrid_card import MadridCard
from brandpool.ui.madrid_dues import MadridDues
from brandpool.ui.madrid_matrix import MadridMatrix
from brandpool.ui.madrid_paste import MadridPaste
from brandpool.ui.page import Page, Shell
from brandpool.ui.radar import Radar
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.widgets.record_table import RecordTable


class MadridPage(Page):
    """Tabs, or the card of one registration."""

    kinds = madrid_reading.KINDS | {"foreign_filing", "introduced_mark"}

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self.fifty = Fifty(shell.work)
        self.matrix = MadridMatrix(shell)
        self.table = self._table(InternationalRegistration, tools)
        self.filings = self._table(ForeignFiling, tools)
        self.introduced = self._table(IntroducedMark, tools)
        self.radar = Radar(shell)
        self.dues = MadridDues(shell)
        self.card = MadridCard(shell, self.show_tabs)
        self.tabs = QTabWidget()
        for widget, title in (
            (self.matrix, _("矩阵")),
            (_padded(self.table), _("国际注册")),
            (self.radar, _("依赖与中心打击")),
            (self.dues, _("续展费用与维护义务")),
            (_padded(self.filings), ForeignFiling.label(lang())),
            (_padded(self.introduced), IntroducedMark.label(lang())),
        ):
            self.tabs.addTab(widget, title)
        self.fees = QPushButton(_("费用估算…"))
        self.taking = style.primary(QPushButton(_("粘贴或导入…")))
        self.taking.setToolTip(_("从马德里监视器粘贴，或导入国际注册簿 XML"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._sheet())
        self.stack.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._connect()

    def refresh(self) -> None:
        """Read what is in sight again."""
        if self.stack.currentWidget() is self.card:
            self.card.refresh()
            return
        self.fifty.ask()
        asks = (
            self.matrix.ask, self.table.ask, self.radar.ask, self.dues.ask, self.filings.ask,
            self.introduced.ask,
        )  # fmt: skip
        asks[self.tabs.currentIndex()]()

    def open_record(self, kind: str, record: str) -> None:
        """Show the card of a registration or of a designation's, or the form of a filing."""
        if kind == InternationalRegistration.kind():
            self.open(record)
        elif kind == Designation.kind():
            self.shell.work.read(
                lambda session: str(records.get(session, Designation, record)["ir_id"]),
                lambda registration: self.open(registration, record), owner=self,
            )  # fmt: skip
        else:
            model: type[Record] = ForeignFiling if kind == ForeignFiling.kind() else IntroducedMark
            RecordForm(self.shell, model, record, parent=self).show()

    def open(self, record: str, designation: str = "") -> None:
        """Show the card of this registration, standing on one of its designations."""
        self.card.show_registration(record, designation)
        self.stack.setCurrentWidget(self.card)
        self.card.back.setFocus()

    def show_tabs(self) -> None:
        """Back to the tabs."""
        self.stack.setCurrentIndex(0)
        self.refresh()

    def show_only(self, registrations: Collection[str], words: str) -> None:
        """The list of exactly these registrations, as a click on a number asks for."""
        self.stack.setCurrentIndex(0)
        self.tabs.setCurrentIndex(1)
        self.table.show_only(registrations, words)

    def estimate(self) -> None:
        """Open the fee estimate, with the tariffs of this pool."""
        self.shell.work.read(
            lambda session: reference(session, date.today()),
            lambda ref: FeeEstimate(self, ref).open(),
            owner=self,
        )

    def take_in(self) -> None:
        """Open the dialog that reads pasted pages and XML files."""
        MadridPaste(self.shell, self).open()

    def _sheet(self) -> QWidget:
        head = QHBoxLayout()
        head.addWidget(style.heading(_("马德里与境外商标")))
        head.addStretch(1)
        head.addWidget(self.fees)
        head.addWidget(self.taking)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 4, 16, 12)
        column.addLayout(head)
        column.addWidget(self.fifty)
        column.addWidget(self.tabs, 1)
        return sheet

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _tab: self.refresh())
        self.fees.clicked.connect(self.estimate)
        self.taking.clicked.connect(self.take_in)
        self.fifty.chosen.connect(self.show_only)
        self.radar.opened.connect(self.open)
        self.dues.opened.connect(self.open)
        self.matrix.opened.connect(self._open_cell)

    def _open_cell(self, kind: str, record: str, designation: str) -> None:
        if kind == InternationalRegistration.kind():
            self.open(record, designation)
        else:
            self.open_record(kind, record)

    def _table(self, model: type[Record], tools: Tools) -> RecordTable:
        table = RecordTable(
            self.shell, model, add=partial(self._add, model), open=partial(self._open, model)
        )
        table.put_tools(tools(self.shell, table))
        table.ask()
        return table

    def _add(self, model: type[Record]) -> None:
        form = RecordForm(self.shell, model, parent=self)
        if model is InternationalRegistration:
            form.saved.connect(self.open)
        form.show()

    def _open(self, model: type[Record], record: str) -> None:
        self.open_record(model.kind(), record)


def _padded(table: QWidget) -> QWidget:
    sheet = QWidget()
    layout = QVBoxLayout(sheet)
    layout.setContentsMargins(8, 6, 8, 8)
    layout.addWidget(table)
    return sheet
