"""A drawn chart on the screen: what lies under the mouse is told, a click opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from brandpool.reports.figure import Area, Scale, areas, hit, scale
from brandpool.ui import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 96
_LEAST = QSize(560, 360)
_LEAST_PULL = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """The pixels of a figure and where its marks lie, made off the window's thread."""

    areas: list[Area]
    image: QImage
    scale: Scale | None = None


def rendered(figure: Figure, ratio: float) -> Picture:
    """The figure's pixels for a screen of this device pixel ratio; safe on the worker thread."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(DPI * ratio)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    pixels = bytes(canvas.buffer_rgba())
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    return Picture(areas(figure), image, scale(figure))


class ChartView(QWidget):
    """Shows a picture. `clicked` carries the mark; `resized` says that it should be drawn again.

    `tell` gives the words for a mark under the mouse. Where time runs in the picture and
    `draggable` is set, `dragged` carries the pixels (of the picture, from the left) between which
    the clerk dragged the mouse.
    """

    clicked = Signal(str)
    dragged = Signal(float, float)
    resized = Signal()

    def __init__(self, tell: Callable[[str], str]) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture: Picture | None = None
        self._tell = tell
        self._told = ""
        self.draggable = False
        self._from: float | None = None
        self._to = 0.0
        self._later = QTimer(self, singleShot=True, interval=150)
        self._later.timeout.connect(self.resized)

    def show_picture(self, picture: Picture | None) -> None:
        """Show this picture, or nothing."""
        self.picture = picture
        self.update()

    def inches(self) -> tuple[float, float]:
        """The size in which a figure fills the widget."""
        return (max(self.width(), _LEAST.width()) / DPI, max(self.height(), _LEAST.height()) / DPI)

    def mark_at(self, place: QPointF) -> str | None:
        """What is drawn at a point of the widget."""
        if self.picture is None:
            return None
        ratio = self.picture.image.devicePixelRatio()
        height = self.picture.image.height()
        return hit(self.picture.areas, place.x() * ratio, height - place.y() * ratio)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.picture is not None:
            painter.drawImage(0, 0, self.picture.image)
        if self._pulling():
            band = QColor(style.ACCENT)
            band.setAlpha(50)
            left, right = sorted((self._from or 0.0, self._to))
            painter.fillRect(QRectF(left, 0, right - left, self.height()), band)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a new drawing when the size has settled."""
        super().resizeEvent(event)
        self._later.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A range may begin here."""
        dragged = self.draggable and self.picture is not None and self.picture.scale is not None
        if dragged and event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the mouse, or show the range that is being dragged."""
        if self._from is not None:
            self._to = event.position().x()
            self.update()
            return
        mark = self.mark_at(event.position()) or ""
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
        if mark != self._told:
            self._told = mark
            words = self._tell(mark) if mark else ""
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what is under the mouse, the end of a drag chooses its range."""
        pulled = (self._from, self._to) if self._pulling() else None
        self._from = None
        self.update()
        if pulled is not None and self.picture is not None:
            ratio = self.picture.image.devicePixelRatio()
            self.dragged.emit((pulled[0] or 0.0) * ratio, pulled[1] * ratio)
            return
        mark = self.mark_at(event.position())
        if mark and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(mark)

    def _pulling(self) -> bool:
        return self._from is not None and abs(self._to - self._from) >= _LEAST_PULL

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what was told."""
        self._told = ""
        super().leaveEvent(event)
