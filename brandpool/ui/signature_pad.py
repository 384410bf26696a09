"""A place to sign with the mouse, a pen or a finger; strokes are kept as text until the end."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from brandpool.i18n import _
from brandpool.ui import style

STROKES = "strokes:"
SIZE = QSize(300, 96)


class SignaturePad(QWidget):
    """Shows a signature and takes one. `edited` tells that a stroke was made or all were wiped."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(_("用鼠标、手写笔或手指签字"))
        self._strokes: list[list[QPoint]] = []
        self._kept, self._picture = "", QImage()

    def text(self) -> str:
        """What the draft keeps: the strokes, else the hash of the picture that was put here."""
        if not self._strokes:
            return self._kept
        lines = (" ".join(f"{p.x()},{p.y()}" for p in stroke) for stroke in self._strokes)
        return STROKES + ";".join(lines)

    def put(self, text: str, picture: QImage | None = None) -> None:
        """Show strokes as `text` gives them, or the picture kept under that hash."""
        self._strokes = read_strokes(text)
        self._kept = "" if self._strokes else text
        self._picture = picture or QImage()
        self.update()

    def wipe(self) -> None:
        """Take the signature away."""
        self.put("")
        self.edited.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins; the picture that was there gives way."""
        self._kept, self._picture = "", QImage()
        self._strokes.append([event.position().toPoint()])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        if self._strokes:
            self._strokes[-1].append(event.position().toPoint())
            self.edited.emit()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The stroke ends."""
        self.edited.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper, and what was written on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.PAPER))
        painter.setPen(QColor(style.LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self._picture.isNull():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH
            painter.drawImage(QPoint(0, 0), self._picture.scaled(self.size(), keep, smooth))
        _draw(painter, self._strokes)


def read_strokes(text: str) -> list[list[QPoint]]:
    """Strokes from the text of a draft; none where it is a hash or damaged."""
    if not text.startswith(STROKES):
        return []
    try:
        return [
            [QPoint(*map(int, point.split(","))) for point in stroke.split()]
            for stroke in text.removeprefix(STROKES).split(";")
        ]
    except (ValueError, TypeError):
        return []


def picture_of(text: str) -> bytes:
    """The strokes as a PNG."""
    image = QImage(SIZE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    _draw(painter, read_strokes(text))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks QIODevice
    return bytes(content.data())


def _draw(painter: QPainter, strokes: list[list[QPoint]]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(style.INK), 2.2))
    for stroke in strokes:
        if len(stroke) == 1:
            painter.drawPoint(stroke[0])
        painter.drawPolyline(stroke)


_SMOOTH = Qt.TransformationMode.SmoothTransformation
