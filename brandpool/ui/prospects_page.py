"""Prospects: what keeps enterprises back, another threshold tried, the way to a target."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.services import schemes
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.prospects_hurdles import HurdlesTab
from brandpool.ui.prospects_reach import ReachTab
from brandpool.ui.prospects_trial import TrialTab


class ProspectsPage(Page):
    """One ladder at a time; nothing on this page changes the pool."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.ladder = QComboBox()
        self.ladder.setAccessibleName(_("梯队"))
        self.ladder.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.hurdles = HurdlesTab(shell, self._ladder)
        self.trial = TrialTab(shell, self._ladder)
        self.reach = ReachTab(shell, self._ladder)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.hurdles, _("卡在哪里"))
        self.tabs.addTab(self.trial, _("门槛试算"))
        self.tabs.addTab(self.reach, _("怎样达标"))
        top = QHBoxLayout()
        top.addWidget(style.heading(_("推演")))
        top.addSpacing(12)
        top.addWidget(self.ladder)
        top.addWidget(style.soft(_("只作测算，不改动品牌库。")))
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)
        self.ladder.activated.connect(lambda _index: self._ask())
        self.hurdles.try_asked.connect(self._try)

    def refresh(self) -> None:
        """Look which ladders are in force, then ask again."""
        today = date.today()

        def job(session: Session) -> list[tuple[str, str]]:
            return [(name, code) for code, name, _scheme in schemes.ladders(session, today)]

        self.shell.work.read(job, self._offer, replaces=self)

    def _offer(self, ladders: list[tuple[str, str]]) -> None:
        present = self._ladder()
        self.ladder.clear()
        for name, code in ladders:
            self.ladder.addItem(name, code)
        self.ladder.setCurrentIndex(max(self.ladder.findData(present), 0))
        self._ask()

    def _ask(self) -> None:
        self.hurdles.ask()
        self.trial.ask()
        self.reach.ask()

    def _try(self, tier: str, place: int) -> None:
        """Go on from a hurdle to what another threshold would do."""
        self.trial.choose(tier, place)
        self.tabs.setCurrentWidget(self.trial)

    def _ladder(self) -> str:
        return str(self.ladder.currentData() or "")
