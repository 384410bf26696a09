"""The numbers above a ledger's table (本年登记 1.2亿元, 在押 8 笔); a click shows the rows."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from brandpool.i18n import _, lang
from brandpool.models.field import plain
from brandpool.services.counted import Counted, RecordKey
from brandpool.services.ledger_headlines import Headline
from brandpool.ui import style, typed

_YUAN = "元"


class LedgerSummary(QWidget):
    """`chosen` carries the records behind a number and its name."""

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 2)
        self._line.setSpacing(2)
        self._line.addStretch(1)

    def put(self, headlines: Sequence[Headline]) -> None:
        """Show these numbers; without any the line takes no room."""
        for button in self.buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for one in headlines:
            text = f"{one.label} {shown(one.counted)}"
            self._add(text, one.counted.rows, one.counted.definition, alert=one.alert)
            if one.counted.unknown:
                text = _("待查 {number}").format(number=len(one.counted.unknown))
                words = _("{what}：数据不全、没有计入的记录").format(what=one.label)
                self._add(text, one.counted.unknown, words, alert=True)
        self.setVisible(bool(headlines))

    def _add(self, text: str, rows: Sequence[RecordKey], definition: str, *, alert: bool) -> None:
        button = style.quiet(QPushButton(text))
        if alert:
            button.setStyleSheet(button.styleSheet().replace(style.ACCENT, style.BAD))
        button.setToolTip(definition)
        button.setAccessibleName(text)
        button.setEnabled(bool(rows))
        button.clicked.connect(partial(self.chosen.emit, tuple(rows), text))
        self._line.insertWidget(len(self.buttons), button)
        self.buttons.append(button)


def shown(counted: Counted) -> str:
    """A number with its unit as a clerk reads it: 1.2亿元, 8 笔, 66.7%; nothing known is “—”."""
    if counted.total is None:
        return "—"
    if counted.unit == _(_YUAN):
        return typed.spoken_money(Decimal(counted.total), "CNY", lang())
    number = plain(Decimal(counted.total))
    if counted.unit == "%":
        return f"{number}%"
    lasting = counted.unit in (_("天"), _("小时"), _("学时"))
    return number if lang() == "en" and not lasting else f"{number} {counted.unit}"
