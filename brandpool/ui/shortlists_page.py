"""Shortlists: questions the station asks again, and the lists that were handed in."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.handed_tab import HandedTab
from brandpool.ui.page import Page, Shell
from brandpool.ui.question_tab import QuestionTab


class ShortlistsPage(Page):
    """Two sheets: ask, and what was handed in."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.asking = QuestionTab(shell)
        self.handed = HandedTab(shell)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.asking, _("查询方案"))
        self.tabs.addTab(self.handed, _("已报送名单"))
        self.tabs.currentChanged.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("名单")))
        layout.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Read the sheet in sight again."""
        sheet = self.tabs.currentWidget()
        if isinstance(sheet, QuestionTab | HandedTab):
            sheet.refresh()

    def open_record(self, kind: str, record: str) -> None:
        """Show a saved question or a handed-in list."""
        sheet = self.asking if kind == "saved_question" else self.handed
        self.tabs.setCurrentWidget(sheet)
        sheet.go_to(record)
