"""The one search box: results grouped by kind below it, ↑↓ and Enter, focus stays in the text."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from brandpool.i18n import _, lang
from brandpool.models.kinds import by_kind
from brandpool.services import search
from brandpool.services.search import Hit
from brandpool.ui import style
from brandpool.ui.places import Place, meant
from brandpool.ui.work import Task, Work

_LIMIT = 30
_PAUSE_MS = 80
_HIT = Qt.ItemDataRole.UserRole
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
}


class SearchBox(QLineEdit):
    """Finds records, pages and ledgers while the clerk types.

    `open_record(kind, id)` shows the chosen record, `go` leads to the chosen one of `places`.
    """

    def __init__(
        self,
        work: Work,
        open_record: Callable[[str, str], None],
        host: QWidget,
        places: Sequence[Place] = (),
        go: Callable[[Place], None] = lambda _place: None,
    ) -> None:
        super().__init__()
        self._work = work
        self._open = open_record
        self._places, self._go = places, go
        self._host = host
        self._enter_waits = False
        self.setPlaceholderText(_("查找企业、商标、号码、页面和台账，可用拼音（Ctrl+K）"))
        self.setAccessibleName(_("查找"))
        self.setClearButtonEnabled(True)
        self.results = QListWidget(host)
        self.results.setAccessibleName(_("查找结果"))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.hide()
        self.results.itemClicked.connect(self._choose)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_text)
        host.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the results, open one, or leave."""
        key = Qt.Key(event.key())
        if key in _MOVES and self.results.isVisible():
            self._step(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Results go when the clerk turns to something else."""
        super().focusOutEvent(event)
        self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the results under the box when the window is resized."""
        if event.type() == QEvent.Type.Resize and self.results.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._close()

    def _ask(self) -> None:
        text = self.text().strip()
        if text:
            self._work.run(
                lambda task: _look(task, text),
                lambda hits: self._show(text, hits),
                owner=self,
                replaces=self,
            )

    def _show(self, text: str, hits: list[Hit]) -> None:
        if text != self.text().strip() or not self.hasFocus():
            return
        self.results.clear()
        kind = ""
        there = meant(self._places, text)
        if there:
            self._add_group(_("页面和台账"))
        for place in there:
            self._add_line(place.title, place.where, place)
        for hit in hits:
            if hit.kind != kind:
                kind = hit.kind
                self._add_group(by_kind()[kind].label(lang()))
            self._add_line(hit.title, hit.detail, (hit.kind, hit.record))
        if not hits and not there:
            self._add_group(_("没有找到“{text}”").format(text=text))
        self._place()
        self.results.show()
        self.results.raise_()
        self._step(1)
        if self._enter_waits:
            self._on_enter()

    def _add_group(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(style.colour(style.SOFT))
        self.results.addItem(item)

    def _add_line(self, title: str, detail: str, target: object) -> None:
        item = QListWidgetItem(f"    {title}    {detail}" if detail else f"    {title}")
        item.setData(_HIT, target)
        self.results.addItem(item)

    def _step(self, by: int) -> None:
        row = self.results.currentRow()
        count = self.results.count()
        for _try in range(count):
            row = (row + by) % count
            if self.results.item(row).data(_HIT) is not None:
                self.results.setCurrentRow(row)
                return

    def _on_enter(self) -> None:
        item = self.results.currentItem() if self.results.isVisible() else None
        waiting = self._pause.isActive()
        if waiting or item is None:
            self._enter_waits = bool(self.text().strip()) and not self.results.isVisible()
            if waiting:
                self._enter_waits = True
                self._pause.stop()
                self._ask()
        else:
            self._enter_waits = False
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        hit: Any = item.data(_HIT)
        if hit is None:
            return
        self._close()
        self.clear()
        if isinstance(hit, Place):
            self._go(hit)
        else:
            self._open(*hit)

    def _close(self) -> None:
        self._enter_waits = False
        self.results.hide()

    def _place(self) -> None:
        corner = self.mapTo(self._host, QPoint(0, self.height() + 2))
        rows = min(self.results.count(), 14)
        height = rows * (self.fontMetrics().height() + 8) + 8
        width = max(self.width(), 420)
        self.results.setGeometry(corner.x(), corner.y(), width, height)


def _look(task: Task, text: str) -> list[Hit]:
    """Find, after the index has read what was saved since the last time."""
    with task.read() as session:
        if not search.behind(session):
            return search.find(session, text, _LIMIT)
    with task.maintain() as session:
        search.catch_up(session)
    with task.read() as session:
        return search.find(session, text, _LIMIT)
