"""Pages of paper under one another, drawn only as far as they are in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from brandpool.i18n import _
from brandpool.ui import style, word_paper
from brandpool.ui.word_pages import Page

_GAP = 12
_POINTS = 72
_STEPS = (50, 75, 100, 125, 150, 200)


class PageView(QAbstractScrollArea):
    """Shows pages as wide as the view, or at a percentage: Ctrl with the wheel, + - and 0."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: Sequence[Page] = ()
        self.zoom = 0
        self._tops: list[float] = []
        self._words = ""
        self.setAccessibleName(_("文书预览"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(self.backgroundRole())
        style.paint_ground(self.viewport(), "#8b929b")

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Show these pages from the first one."""
        self.pages, self._words = pages, ""
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def say(self, words: str) -> None:
        """Show a sentence instead of pages."""
        self.pages, self._words = (), words
        self._arrange()
        self.viewport().update()

    def set_zoom(self, percent: int) -> None:
        """Show at so many per cent; 0 is as wide as the view."""
        share = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
        self.zoom = percent
        self._arrange()
        self.verticalScrollBar().setValue(round(share * self.verticalScrollBar().maximum()))
        self.viewport().update()

    def dots(self) -> float:
        """How many dots of the screen an inch of paper gets."""
        if self.zoom or not self.pages:
            return self.logicalDpiY() * (self.zoom or 100) / 100
        widest = max(page.sheet.width for page in self.pages)
        return max(20.0, (self.viewport().width() - 2 * _GAP) * _POINTS / widest)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._words:
            painter.setPen(QColor(style.PAPER))
            flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            painter.drawText(self.viewport().rect().adjusted(40, 20, -40, -20), flags, self._words)
            return
        dots, x0, y0 = self.dots(), *self._origin()
        for page, top in zip(self.pages, self._tops, strict=True):
            width, height = (
                side * dots / _POINTS for side in (page.sheet.width, page.sheet.height)
            )
            left = max(_GAP, (self.viewport().width() - width) / 2) - x0
            if top - y0 < self.viewport().height() and top + height - y0 > 0:
                painter.save()
                painter.translate(left, top - y0)
                painter.fillRect(QRectF(0, 0, width, height), QColor("white"))
                painter.setClipRect(QRectF(0, 0, width, height))
                word_paper.paint(painter, page, dots)
                painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages as wide as the view follow it."""
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel changes the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with + - 0 changes the size; Page keys go from page to page, Home and End."""
        bar, key = self.verticalScrollBar(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
            if key == Qt.Key.Key_0:
                self.set_zoom(0)
            elif Qt.Key(key) in steps:
                self._step(steps[Qt.Key(key)])
            return
        if key == Qt.Key.Key_PageDown:
            bar.setValue(
                int(next((t for t in self._tops if t > bar.value() + _GAP), bar.maximum()))
            )
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(int(max((t for t in self._tops if t < bar.value() - 1), default=0)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def _step(self, direction: int) -> None:
        now = round(self.dots() / self.logicalDpiY() * 100)
        larger = [step for step in _STEPS if step > now]
        smaller = [step for step in _STEPS if step < now]
        found = larger[:1] if direction > 0 else smaller[-1:]
        if found:
            self.set_zoom(found[0])

    def _origin(self) -> tuple[int, int]:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def _arrange(self) -> None:
        scale = self.dots() / _POINTS
        self._tops, y = [], float(_GAP)
        for page in self.pages:
            self._tops.append(y)
            y += page.sheet.height * scale + _GAP
        widest = max((page.sheet.width * scale for page in self.pages), default=0) + 2 * _GAP
        view = self.viewport()
        for bar, whole, seen in (
            (self.verticalScrollBar(), y, view.height()),
            (self.horizontalScrollBar(), widest, view.width()),
        ):
            bar.setRange(0, max(0, round(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
