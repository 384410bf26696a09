"""The bar above a table: how many records are shown, by which filters, and the way back to all."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from brandpool.i18n import _
from brandpool.ui import style

_CHIPS = 4


class FilterBar(QWidget):
    """Always in sight, so that nothing is ever missing without a word."""

    cleared = Signal()
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(30)
        self.count = QLabel()
        self.count.setAccessibleName(_("记录数"))
        self.clear = style.quiet(QPushButton(_("清除筛选")))
        self.clear.clicked.connect(self.cleared)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.count)
        layout.addLayout(self._chips)
        layout.addWidget(self.clear)
        layout.addStretch(1)
        self._words: Mapping[str, str] = {}
        self.tell(0, 0)

    def tell(self, shown: int, total: int) -> None:
        """Say how many of how many are shown."""
        filtered = bool(self._words)
        if filtered or shown != total:
            self.count.setText(_("已筛选 {shown:,}/{total:,}").format(shown=shown, total=total))
        else:
            self.count.setText(_("共 {total:,} 条").format(total=total))
        self.count.setStyleSheet(style.BANNER_SHEET if filtered else "")
        self.clear.setVisible(filtered)

    def name(self, words: Mapping[str, str]) -> None:
        """Show the filters in words, by key; a click on one drops it."""
        self._words = dict(words)
        while self._chips.count():
            if (old := self._chips.takeAt(0).widget()) is not None:
                old.deleteLater()
        for key, text in list(words.items())[:_CHIPS]:
            short = text if len(text) <= 26 else text[:25] + "…"
            chip = QPushButton(f"{short}  ×")
            chip.setToolTip(_("去掉这个条件：{text}").format(text=text))
            chip.clicked.connect(partial(self.dropped.emit, key))
            self._chips.addWidget(chip)
        if len(words) > _CHIPS:
            more = len(words) - _CHIPS
            self._chips.addWidget(QLabel(_("另有 {number} 个条件").format(number=more)))
