"""Opening the records behind a number: exactly those, on the page where their kind is at home."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.kinds import by_kind
from brandpool.services import records
from brandpool.services.counted import RecordKey
from brandpool.ui import style
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.madrid_page import MadridPage
from brandpool.ui.marks_page import MarksPage
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_PAGES = {
    "trademark": "marks",
    "international_registration": "madrid",
    "enterprise": "enterprises",
}


def open_rows(shell: Shell, owner: QWidget, rows: Sequence[RecordKey], words: str) -> None:
    """Show exactly these records; of several kinds, or of one without a list, in a small window."""
    kinds = {kind for kind, _record in rows}
    ids = [record for _kind, record in rows]
    kind = kinds.pop() if len(kinds) == 1 else ""
    page = shell.visit(_page_of(kind)) if _page_of(kind) else None
    if isinstance(page, MarksPage | MadridPage | EnterprisesPage):
        page.show_only(ids, words)
    elif isinstance(page, LedgersPage):
        page.open_record(kind, ids[0])
        page.table(by_kind()[kind]).show_only(ids, words)
    else:
        RowsDialog(shell, owner, rows, words).show()


def _page_of(kind: str) -> str:
    """The page with a list of this kind; empty where there is none."""
    if kind in _PAGES:
        return _PAGES[kind]
    return "ledgers" if kind and by_kind()[kind].ledger else ""


class RowsDialog(QDialog):
    """A list of records of any kinds; a double click opens one."""

    def __init__(self, shell: Shell, owner: QWidget, rows: Sequence[RecordKey], words: str) -> None:
        super().__init__(owner)
        self._shell = shell
        self.setWindowTitle(words)
        self.words = style.soft(_("共 {number} 条").format(number=len(rows)))
        self.table: PlainTable[RecordKey] = PlainTable(
            (_("种类"), _("记录")), (130, 420), _("明细")
        )
        self.table.activated.connect(lambda _index: self._open())
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.resize(620, 460)
        shell.work.read(lambda session: _titles(session, rows), self._fill, owner=self)

    def _fill(self, found: Sequence[tuple[RecordKey, str]]) -> None:
        self.table.fill(
            [Shown(key, (by_kind()[key[0]].label(lang()), title)) for key, title in found]
        )

    def _open(self) -> None:
        key = self.table.chosen()
        if key is not None:
            self._shell.open(*key)


def _titles(session: Session, rows: Sequence[RecordKey]) -> list[tuple[RecordKey, str]]:
    named = {
        kind: records.titles(session, by_kind()[kind], [one for held, one in rows if held == kind])
        for kind in {kind for kind, _record in rows}
    }
    return [(key, named[key[0]].get(key[1], "")) for key in rows]
