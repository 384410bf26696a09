"""Marks: the list with its totals and filters, use evidence, checks, the official register."""

from collections.abc import Collection
from datetime import date

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.trademark import Trademark
from brandpool.services import trademarks
from brandpool.ui import mark_reading, style
from brandpool.ui.mark_alike import MarkAlike
from brandpool.ui.mark_card import TrademarkCard
from brandpool.ui.mark_checks import MarkChecks
from brandpool.ui.mark_diff_page import MarkDiff
from brandpool.ui.mark_filter import MarkFilter, Narrowed, narrowed
from brandpool.ui.mark_status_form import restate_one
from brandpool.ui.mark_thumbs import MarkThumbs
from brandpool.ui.mark_totals import MarkTotals
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.use_grid import UseGrid
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.widgets.record_table import RecordTable


class MarksPage(Page):
    """Tabs, or the card of one mark; the list keeps its filters while a card is open."""

    kinds = mark_reading.KINDS | {"register_rejection"}

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self.table = RecordTable(shell, Trademark, add=self.add, open=self.open)
        self.table.put_tools(tools(shell, self.table))
        self.thumbs = MarkThumbs(shell.work, self.table.view.viewport().update, self)
        self.table.model.picture = self.thumbs.of
        self.totals = MarkTotals(shell.work)
        self.filter = MarkFilter(shell.work)
        self.use = UseGrid(shell)
        self.checks = MarkChecks(shell)
        self.diff = MarkDiff(shell)
        self.alike = MarkAlike(shell)
        self.card = TrademarkCard(shell, self.show_list)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._list(), _("商标"))
        self.tabs.addTab(self.use, _("使用证据"))
        self.tabs.addTab(self.checks, _("待核对"))
        self.tabs.addTab(self.diff, _("官方比对"))
        self.tabs.addTab(self.alike, _("相近图样"))
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 4, 16, 12)
        column.addWidget(style.heading(_("商标")))
        column.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.tabs.currentChanged.connect(lambda _tab: self.refresh())
        self.totals.chosen.connect(self.show_only)
        self.filter.changed.connect(self.apply_filter)

    def refresh(self) -> None:
        """Read what is in sight again."""
        if self.stack.currentWidget() is self.card:
            self.card.refresh()
        elif self.tabs.currentIndex() == 0:
            self.thumbs.forget()
            self.table.ask()
            self.totals.ask()
            self.filter.ask_streets()
            self.shell.work.read(_outdated, self._tell_outdated, replaces=self.stale)
        else:
            (self.use, self.checks, self.diff, self.alike)[self.tabs.currentIndex() - 1].ask()

    def open_record(self, _kind: str, record: str) -> None:
        """Show the card of this mark."""
        self.open(record)

    def open(self, record: str) -> None:
        """Show the card of this mark."""
        self.card.show_mark(record)
        self.stack.setCurrentWidget(self.card)
        self.card.edit_button.setFocus()

    def show_list(self) -> None:
        """Back to the tabs."""
        self.stack.setCurrentIndex(0)
        self.refresh()
        if self.tabs.currentIndex() == 0:
            self.table.view.setFocus()

    def show_only(self, marks: Collection[str], words: str) -> None:
        """The list of exactly these marks, as a click on a number asks for."""
        self.stack.setCurrentIndex(0)
        self.tabs.setCurrentIndex(0)
        self.filter.clear()
        self.table.show_only(marks, words)

    def add(self) -> None:
        """Open an empty form; the new mark's card follows, with its status."""
        form = RecordForm(self.shell, Trademark, parent=self)
        form.saved.connect(lambda mark: restate_one(self.shell, mark))
        form.saved.connect(self.open)
        form.show()

    def apply_filter(self) -> None:
        """Narrow the list to what the lists above it say."""
        street, stage = self.filter.asked()
        self.shell.work.read(
            lambda session: narrowed(session, street, stage, date.today()), self._narrow,
            replaces=self.filter,
        )  # fmt: skip

    def bring_up_to_date(self) -> None:
        """Write the statuses that follow from today's date."""
        self.shell.work.write(
            _("按 {day} 更新商标状态").format(day=date.today()),
            lambda session: trademarks.restate(session, date.today()),
            title=_("更新商标状态"),
        )

    def _list(self) -> QWidget:
        self.stale = QWidget()
        self.stale_words = QLabel()
        update = QPushButton(_("更新状态"))
        update.clicked.connect(self.bring_up_to_date)
        line = QHBoxLayout(self.stale)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.stale_words, 1)
        line.addWidget(update)
        self.stale_words.setStyleSheet(style.BANNER_SHEET)
        self.stale.hide()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        for part in (self.totals, self.stale, self.filter):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        return sheet

    def _narrow(self, found: Narrowed) -> None:
        kept = self.table.query().filters
        by_field = {one.field: tuple(f for f in kept if f.field == one.field) for one in kept}
        by_field |= self.filter.filters()
        if found.ids is None:
            self.table.clear_filters()
        else:
            self.table.show_only(found.ids, found.words)
        for name, filters in by_field.items():
            self.table.set_filter(name, filters)

    def _tell_outdated(self, number: int) -> None:
        text = _("有 {number} 件商标的状态已随日期或事件变化，列表中仍是旧状态。")
        self.stale_words.setText(text.format(number=number))
        self.stale.setVisible(number > 0)


def _outdated(session: Session) -> int:
    """How many marks stand in the list with a status that no longer follows."""
    found = trademarks.statuses(session, date.today()).values()
    return sum(not row.fixed and row.stored != row.derived for row in found)
