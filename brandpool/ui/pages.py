"""The pages of the window by theme, in the order of the navigation. A new page is one line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from brandpool.i18n import _
from brandpool.models.kinds import ledgers
from brandpool.models.shortlist import SavedQuestion, Shortlist
from brandpool.ui.calculator_page import CalculatorPage
from brandpool.ui.charts_page import ChartsPage
from brandpool.ui.conflicts_page import ConflictsPage
from brandpool.ui.desk_page import DeskPage
from brandpool.ui.documents_page import DocumentsPage
from brandpool.ui.duplicates_page import DuplicatesPage
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.history_page import HistoryPage
from brandpool.ui.import_page import ImportPage
from brandpool.ui.import_ways import table_tools
from brandpool.ui.ledgers_page import LedgersPage
from brandpool.ui.madrid_page import MadridPage
from brandpool.ui.marks_page import MarksPage
from brandpool.ui.pack_tools import firm_tools
from brandpool.ui.packs_page import PacksPage
from brandpool.ui.page import Page, Shell
from brandpool.ui.pool_page import PoolPage
from brandpool.ui.prospects_page import ProspectsPage
from brandpool.ui.reference_page import ReferencePage
from brandpool.ui.renewals_page import RenewalsPage
from brandpool.ui.rows_door import open_rows
from brandpool.ui.scheme_page import SchemePage
from brandpool.ui.settings_page import SettingsPage
from brandpool.ui.shortlists_page import ShortlistsPage
from brandpool.ui.stars_page import StarsPage
from brandpool.ui.statistics_page import StatisticsPage
from brandpool.ui.subsidies_page import SubsidiesPage
from brandpool.ui.targets_page import TargetsPage
from brandpool.ui.visits_page import VisitsPage
from brandpool.ui.well_known_page import WellKnownPage


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation; `home_of` are the record kinds whose records open there."""

    key: str
    title: str
    build: Callable[[Shell], Page]
    home_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a theme; the pages of the lines below it belong to it."""

    title: str


def navigation() -> tuple[Entry | Heading, ...]:
    """All pages under their themes, in the language in use; a page is built on its first visit."""
    return (
        Heading(_("日常")),
        Entry("desk", _("工作台"), DeskPage),
        Entry("visits", _("走访"), partial(VisitsPage, tools=table_tools), ("visit",)),
        Entry("packs", _("外勤包"), PacksPage),
        Entry("calculator", _("计算器"), CalculatorPage),
        Heading(_("企业与梯队")),
        Entry(
            "enterprises", _("企业"), partial(EnterprisesPage, tools=firm_tools), ("enterprise",)
        ),
        Entry("pool", _("培育库"), PoolPage, ("public_notice",)),
        Entry("shortlists", _("名单"), ShortlistsPage, (SavedQuestion.kind(), Shortlist.kind())),
        Entry("prospects", _("推演"), ProspectsPage),
        Heading(_("商标与境外")),
        Entry("marks", _("商标"), partial(MarksPage, tools=table_tools), ("trademark",)),
        Entry("renewals", _("续展"), RenewalsPage),
        Entry(
            "madrid",
            _("马德里"),
            partial(MadridPage, tools=table_tools),
            ("international_registration", "designation", "foreign_filing"),
        ),
        Entry("well_known", _("驰名保护"), WellKnownPage, ("well_known_file", "well_known_case")),
        Heading(_("台账与考核")),
        Entry(
            "ledgers",
            _("台账"),
            partial(LedgersPage, tools=table_tools, rows=open_rows),
            tuple(m.kind() for m in ledgers()),
        ),
        Entry(
            "subsidies",
            _("资助"),
            partial(SubsidiesPage, tools=table_tools),
            ("subsidy_claim", "subsidy_item"),
        ),
        Entry("targets", _("目标"), TargetsPage, ("target",)),
        Entry("stars", _("星级"), StarsPage, ("star_score",)),
        Heading(_("图表与文书")),
        Entry("charts", _("图表"), ChartsPage),
        Entry("statistics", _("统计"), StatisticsPage, ("printed_number",)),
        Entry("documents", _("文书"), DocumentsPage),
        Heading(_("数据核对")),
        Entry("import", _("导入"), ImportPage),
        Entry("duplicates", _("查重合并"), DuplicatesPage),
        Entry("conflicts", _("待裁定"), ConflictsPage),
        Entry("history", _("历史"), HistoryPage),
        Heading(_("规则与设置")),
        Entry("schemes", _("梯队方案"), SchemePage, ("tier_scheme",)),
        Entry("reference", _("参考数据"), ReferencePage, ("reference_document",)),
        Entry("settings", _("设置"), SettingsPage),
    )


def entries() -> tuple[Entry, ...]:
    """The pages alone, in the same order."""
    return tuple(line for line in navigation() if isinstance(line, Entry))
