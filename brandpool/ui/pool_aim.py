"""The chooser of where enterprises are to go: a tier, each its own next one, review, or out."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from brandpool.i18n import _
from brandpool.ui.pool_orders import Aim, MoveWish


class AimChooser(QComboBox):
    """Lists every aim that makes sense for the candidates. `changed` tells of another choice."""

    changed = Signal()

    def __init__(self, wish: MoveWish) -> None:
        super().__init__()
        self.setAccessibleName(_("变动后层级"))
        if wish.proposal:
            self.addItem(wish.proposal, (Aim.PROPOSED, None))
        for tier in wish.ladder.tiers:
            self.addItem(tier.words.label(), (Aim.TIER, tier.code))
        if all(one.tier is not None for one in wish.candidates):
            self.addItem(_("复核：层级不变"), (Aim.REVIEW, None))
            self.addItem(_("退出梯队"), (Aim.EXIT, None))
        wanted = (wish.aim, wish.tier if wish.aim is Aim.TIER else None)
        places = [n for n in range(self.count()) if tuple(self.itemData(n)) == wanted]
        self.setCurrentIndex(places[0] if places else 0)
        self.activated.connect(lambda _place: self.changed.emit())

    def wish(self, wish: MoveWish) -> MoveWish:
        """The wish with what is chosen here."""
        aim, tier = self.currentData()
        return replace(wish, aim=Aim(aim), tier=tier)
