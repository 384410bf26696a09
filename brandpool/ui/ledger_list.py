"""The list of ledgers: by theme, with how many records each has, found by name or pinyin."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.record import Record
from brandpool.ui import style
from brandpool.ui.ledger_themes import themed
from brandpool.ui.place_names import answers, names_of

_MODEL = Qt.ItemDataRole.UserRole
_WIDTH, _NUMBER = 236, 52


class SearchLine(QLineEdit):
    """A search from which the arrow down leads into the list below."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow down is told, every other key is typed."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class LedgerList(QWidget):
    """`chosen` carries the ledger that was picked."""

    chosen = Signal(object)

    def __init__(self, ledgers: Sequence[type[Record]]) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.search = SearchLine()
        self.search.setPlaceholderText(_("查找台账，如 质押 或 zy"))
        self.search.setAccessibleName(_("查找台账"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take_first)
        self.search.down.connect(self._into_list)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("台账"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.tree.header().resizeSection(1, _NUMBER)
        self.items: dict[type[Record], QTreeWidgetItem] = {}
        self._themes: list[QTreeWidgetItem] = []
        for name, models in themed(ledgers):
            self._add_theme(name, models)
        self.tree.expandAll()
        self.tree.currentItemChanged.connect(self._on_current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)

    @property
    def first(self) -> type[Record] | None:
        """The first ledger in sight."""
        return next((m for m, item in self.items.items() if not item.isHidden()), None)

    def choose(self, model: type[Record]) -> None:
        """Pick a ledger; a search that hides it is cleared."""
        if self.items[model].isHidden():
            self.search.clear()
        self.tree.setCurrentItem(self.items[model])
        self.tree.scrollToItem(self.items[model])

    def put_counts(self, counts: Mapping[type[Record], int]) -> None:
        """Show how many records each ledger has; an empty one is quiet."""
        for model, item in self.items.items():
            number = counts.get(model, 0)
            item.setText(1, f"{number:,}" if number else "")
            ink = style.colour(style.INK if number else style.SOFT)
            item.setForeground(0, ink)

    def _into_list(self) -> None:
        self._take_first()
        self.tree.setFocus()

    def _add_theme(self, name: str, models: Sequence[type[Record]]) -> None:
        theme = QTreeWidgetItem([name, ""])
        theme.setFlags(Qt.ItemFlag.ItemIsEnabled)
        bold = theme.font(0)
        bold.setBold(True)
        theme.setFont(0, bold)
        theme.setForeground(0, style.colour(style.SOFT))
        self.tree.addTopLevelItem(theme)
        self._themes.append(theme)
        for model in models:
            item = QTreeWidgetItem(theme, [model.label(lang()), ""])
            item.setData(0, _MODEL, model)
            item.setToolTip(0, model.label(lang()))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, style.colour(style.SOFT))
            self.items[model] = item

    def _narrow(self, text: str) -> None:
        for model, item in self.items.items():
            item.setHidden(not answers(names_of(model), text))
        for theme in self._themes:
            theme.setHidden(all(theme.child(n).isHidden() for n in range(theme.childCount())))

    def _take_first(self) -> None:
        if self.first is not None:
            self.tree.setCurrentItem(self.items[self.first])

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        model = item.data(0, _MODEL) if item is not None else None
        if model is not None:
            self.chosen.emit(model)
