"""Which conditions keep most enterprises from their next tier."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.services import hurdles, judging, schemes
from brandpool.services.counted import keys
from brandpool.services.hurdles import Hurdle
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class HurdlesTab(QWidget):
    """One line per condition, the worst first; a double click opens whom it keeps."""

    try_asked = Signal(str, int)

    def __init__(self, shell: Shell, ladder: Callable[[], str]) -> None:
        super().__init__()
        self._shell, self._ladder = shell, ladder
        self.words = style.soft("")
        self.table: PlainTable[Hurdle] = PlainTable(
            (_("目标层级"), _("条件"), _("未满足"), _("待查"), _("只差这一项")),
            (120, 470, 90, 90, 110), _("卡住升级的条件"),
        )  # fmt: skip
        self.open_all = style.primary(QPushButton(_("查看这些企业")))
        self.open_alone = QPushButton(_("查看只差这一项的"))
        self.trying = QPushButton(_("试算门槛…"))
        self.table.activated.connect(lambda _index: self._open(alone=False))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer())
        self.open_all.clicked.connect(lambda: self._open(alone=False))
        self.open_alone.clicked.connect(lambda: self._open(alone=True))
        self.trying.clicked.connect(self._try)
        buttons = QHBoxLayout()
        buttons.addWidget(self.words, 1)
        for button in (self.open_all, self.open_alone, self.trying):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)
        self._offer()

    def ask(self) -> None:
        """Judge the ladder again."""
        ladder, on = self._ladder(), date.today()
        if not ladder:
            self._show([])
            return

        def job(session: Session) -> list[Hurdle]:
            scheme = schemes.for_ladder(session, ladder, on)
            return hurdles.hurdles(judging.judge(session, None, scheme, ladder, on))

        self._shell.work.read(job, self._show, replaces=self)

    def _show(self, found: list[Hurdle]) -> None:
        self.table.fill(
            [
                Shown(one, (
                    one.tier.words.label(), one.condition.words.label(), str(len(one.kept)),
                    str(len(one.unknown)), str(len(one.alone)),
                ))
                for one in found
            ]
        )  # fmt: skip
        told = _("对每家企业的上一层级逐条评估；“待查”是资料不足，不等于未满足。")
        none = _("没有卡住任何企业的条件，或这个梯队还没有企业。")
        self.words.setText(told if found else none)
        if found:
            self.table.selectRow(0)
        self._offer()

    def _offer(self) -> None:
        one = self.table.chosen()
        self.open_all.setEnabled(one is not None)
        self.open_alone.setEnabled(one is not None and bool(one.alone))
        self.trying.setEnabled(one is not None and hurdles.numeric(one.condition))

    def _open(self, *, alone: bool) -> None:
        one = self.table.chosen()
        ids = (one.alone if alone else (*one.kept, *one.unknown)) if one else ()
        if one and ids:
            open_rows(self._shell, self, keys("enterprise", ids), one.condition.words.label())

    def _try(self) -> None:
        one = self.table.chosen()
        if one is not None:
            self.try_asked.emit(one.tier.code, one.place)
