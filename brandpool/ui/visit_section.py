"""The visits of an enterprise on its card: adding one begins to write it."""

from PySide6.QtWidgets import QPushButton

from brandpool.i18n import _
from brandpool.models.visit import Visit
from brandpool.ui import style
from brandpool.ui.card_section import CardSection
from brandpool.ui.page import Shell
from brandpool.ui.visits_page import VisitsPage


class VisitSection(CardSection):
    """The table of visits; 写走访 goes to the page where one is written."""

    def __init__(self, shell: Shell, link: str) -> None:
        super().__init__(shell, Visit, link)
        self._pages = shell
        self.add.setText(_("写走访"))
        self.add.setAccessibleName(_("写走访"))
        style.primary(self.add)

    def add_one(self) -> None:
        """Write a visit to this enterprise, or go on with the unfinished one."""
        page = self._pages.visit("visits")
        if isinstance(page, VisitsPage):
            page.write(self._enterprise)


def visit_button(section: VisitSection) -> QPushButton:
    """写走访 for the head of the card, where it is always in sight."""
    button = QPushButton(_("写走访"))
    button.clicked.connect(lambda _checked=False: section.add_one())
    return button
