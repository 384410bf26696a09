"""What a changed threshold would do, before anybody writes it into a scheme."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.rules.scheme import Leaf, Plain, Scheme
from brandpool.services import hurdles, records, schemes
from brandpool.services.counted import keys
from brandpool.services.hurdles import Trial
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_MOST = 12


class TrialTab(QWidget):
    """A condition, several thresholds, and for each who could move up, newly or no longer."""

    def __init__(self, shell: Shell, ladder: Callable[[], str]) -> None:
        super().__init__()
        self._shell, self._ladder = shell, ladder
        self._scheme: Scheme | None = None
        self.condition = QComboBox()
        self.condition.setAccessibleName(_("条件"))
        self.condition.setMinimumWidth(420)
        self.thresholds = QLineEdit()
        self.thresholds.setAccessibleName(_("门槛"))
        self.thresholds.setPlaceholderText(_("几个门槛，用逗号分开"))
        self.words = style.soft("")
        self.table: PlainTable[Trial] = PlainTable(
            (_("门槛"), _("可升级"), _("比现行新增"), _("比现行减少"), _("新增的企业")),
            (110, 90, 110, 110, 480), _("门槛试算"),
        )  # fmt: skip
        line = QHBoxLayout()
        line.addWidget(QLabel(_("条件")))
        line.addWidget(self.condition)
        line.addWidget(QLabel(_("门槛")))
        line.addWidget(self.thresholds, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self._later = QTimer(self, singleShot=True, interval=250)
        self._later.timeout.connect(self._try)
        self.condition.currentIndexChanged.connect(lambda _index: self._propose())
        self.thresholds.textChanged.connect(lambda _text: self._later.start())
        self.table.activated.connect(lambda _index: self._open())

    def ask(self) -> None:
        """Offer the conditions of the ladder that compare with a number."""
        ladder, on = self._ladder(), date.today()
        if ladder:
            self._shell.work.read(
                lambda session: schemes.for_ladder(session, ladder, on), self._offer, replaces=self
            )

    def choose(self, tier: str, place: int) -> None:
        """Go to a condition."""
        self.condition.setCurrentIndex(max(self.condition.findData((tier, place)), 0))

    def _offer(self, scheme: Scheme) -> None:
        self._scheme, present = scheme, self.condition.currentData()
        rungs = scheme.ladder(self._ladder())
        self.condition.blockSignals(True)
        self.condition.clear()
        for tier in rungs.tiers if rungs else ():
            for place, condition in enumerate(tier.conditions):
                if hurdles.numeric(condition):
                    words = f"{tier.words.label()}：{condition.words.label()}"
                    self.condition.addItem(words, (tier.code, place))
        self.condition.setCurrentIndex(max(self.condition.findData(present), 0))
        self.condition.blockSignals(False)
        self._propose()

    def _propose(self) -> None:
        """Put the present threshold and its neighbours into the line."""
        leaf = self._leaf()
        if leaf is None:
            self.words.setText(_("这个梯队没有以一个数为门槛的条件。"))
            return
        present = leaf.threshold
        assert isinstance(present, (int, Decimal))
        around = sorted({max(present - 1, 0), present, present + 1, present * 2})
        self.thresholds.setText(", ".join(map(str, around)))
        text = _("现行门槛：{value} {unit}。双击一行查看可升级的企业。")
        self.words.setText(text.format(value=present, unit=leaf.unit.label()))

    def _leaf(self) -> Leaf | None:
        chosen = self.condition.currentData()
        rungs = self._scheme.ladder(self._ladder()) if self._scheme else None
        tier = rungs.tier(chosen[0]) if rungs and chosen else None
        found = tier.conditions[chosen[1]] if tier else None
        return found if isinstance(found, Leaf) else None

    def _try(self) -> None:
        scheme, chosen, ladder = self._scheme, self.condition.currentData(), self._ladder()
        values = _numbers(self.thresholds.text())
        if scheme is None or not chosen or values is None:
            if values is None:
                self.words.setText(_("门槛请填数，用逗号分开，最多 {most} 个。").format(most=_MOST))
            return

        def job(session: Session) -> list[tuple[Trial, str]]:
            trials = hurdles.tried(session, scheme, ladder, chosen, values, date.today())
            return [(one, _names(session, one.newly)) for one in trials]

        self._shell.work.read(job, self._show, replaces=self.table, title=_("门槛试算"))

    def _show(self, found: list[tuple[Trial, str]]) -> None:
        self.table.fill(
            [
                Shown(one, (
                    str(one.threshold), str(len(one.ready)), str(len(one.newly)),
                    str(len(one.no_longer)), names,
                ))
                for one, names in found
            ]
        )  # fmt: skip

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None and one.ready:
            words = _("门槛为 {value} 时可升级").format(value=one.threshold)
            open_rows(self._shell, self, keys("enterprise", one.ready), words)


def _numbers(text: str) -> list[Plain] | None:
    """The thresholds in a line; None where it holds anything else."""
    parts = [part for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    if not parts or len(parts) > _MOST:
        return None
    try:
        found = [Decimal(part.strip()) for part in parts]
    except InvalidOperation:
        return None
    return [int(one) if one == int(one) else one for one in dict.fromkeys(found)]


def _names(session: Session, ids: tuple[str, ...]) -> str:
    return "、".join(records.titles(session, Enterprise, ids[:20]).values())
