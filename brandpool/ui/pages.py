"""The pages of the window in the order of the navigation. A new page is one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from brandpool.i18n import _
from brandpool.models.kinds import ledgers
from brandpool.ui.charts_page import ChartsPage
from brandpool.ui.desk_page import DeskPage
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.history_page import HistoryPage
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.page import Page, Shell
from brandpool.ui.settings_page import SettingsPage


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation; `home_of` are the record kinds whose records open there."""

    key: str
    title: str
    build: Callable[[Shell], Page]
    home_of: tuple[str, ...] = ()


def entries() -> tuple[Entry, ...]:
    """All pages, titled in the language in use; a page is built on its first visit."""
    return (
        Entry("desk", _("工作台"), DeskPage),
        Entry("enterprises", _("企业"), EnterprisesPage, ("enterprise",)),
        Entry("charts", _("图表"), ChartsPage),
        Entry("ledgers", _("台账"), LedgersPage, tuple(m.kind() for m in ledgers())),
        Entry("history", _("历史"), HistoryPage),
        Entry("settings", _("设置"), SettingsPage),
    )
