"""The visits of an enterprise on its card: adding one begins to write it."""

from PySide6.QtWidgets import QPushButton

from brandpool.i18n import _
from brandpool.models.visit import Visit
from brandpool.ui import style
from brandpool.ui.card_section import CardSection
from brandpool.ui.letter_dialog import LetterDialog
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

    def give_letter(self) -> None:
        """Give the enterprise one of the four letters."""
        LetterDialog(self._pages, self._enterprise, self).open()


def head_buttons(section: VisitSection) -> list[QPushButton]:
    """写走访 and 出具四书 for the head of the card, where they are always in sight."""
    visit, letter = QPushButton(_("写走访")), QPushButton(_("出具四书…"))
    visit.clicked.connect(section.add_one)
    letter.clicked.connect(section.give_letter)
    return [visit, letter]
