"""The navigation at the left: small headings, and the pages of each theme two by two below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pages import Entry, Heading

_KEY = Qt.ItemDataRole.UserRole
_PAGE_HEIGHT, _HEADING_HEIGHT = 28, 26
_PADDING, _WIDEST = 26, 112
_NUMBERED = 9


class Rail(QListWidget):
    """`chosen` carries the key of the page that was picked; two columns need no scrolling."""

    chosen = Signal(str)

    def __init__(self, lines: Sequence[Entry | Heading]) -> None:
        super().__init__()
        self.setAccessibleName(_("导航"))
        self.setStyleSheet(style.RAIL_SHEET)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        titles = [line.title for line in lines if isinstance(line, Entry)]
        wide = max(map(self.fontMetrics().horizontalAdvance, titles), default=0)
        self._column = min(wide + _PADDING, _WIDEST)
        self.setFixedWidth(2 * self._column + 2)
        self._places: dict[str, QListWidgetItem] = {}
        for line in lines:
            if isinstance(line, Entry):
                self._add_page(line)
            else:
                self._add_heading(line)
        self.currentItemChanged.connect(self._on_current)

    @property
    def key(self) -> str:
        """The key of the page in sight; empty before the first."""
        return str(self.currentItem().data(_KEY)) if self.currentRow() >= 0 else ""

    def choose(self, key: str) -> None:
        """Stand on this page."""
        self.setCurrentItem(self._places[key])

    def _add_page(self, entry: Entry) -> None:
        item = QListWidgetItem(entry.title, self)
        item.setData(_KEY, entry.key)
        item.setSizeHint(QSize(self._column, _PAGE_HEIGHT))
        self._places[entry.key] = item
        place = len(self._places)
        keys = f"　Ctrl+{place}" if place <= _NUMBERED else ""
        item.setToolTip(f"{entry.title}{keys}")

    def _add_heading(self, heading: Heading) -> None:
        item = QListWidgetItem(heading.title, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(2 * self._column, _HEADING_HEIGHT))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        font = item.font()
        font.setPointSizeF(style.POINTS - 1.5)
        item.setFont(font)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_KEY):
            self.chosen.emit(str(item.data(_KEY)))
