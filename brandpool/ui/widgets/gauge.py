"""A gauge in a cell: how far a number is, legible without colour."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from brandpool.ui import style

_WORDS_WIDTH = 62
_ROOM = 6


@dataclass(frozen=True, slots=True)
class Gauge:
    """What is drawn: `share` and `last` in percent (None: unknown), and how the share stands.

    `state`: "met" is filled solid, "open" filled lighter, "missed" hatched, and "unverified" an
    empty dashed frame. `words` stand beside it.
    """

    share: float | None
    last: float | None
    state: str
    words: str


class GaugeDelegate(QStyledItemDelegate):
    """Draws the `Gauge` that a cell's user role holds; a cell without one is drawn as text."""

    def paint(
        self,
        painter: QPainter,
        option: Any,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """A frame, the share in it, a tick where last year stood, the words at the right."""
        gauge = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(gauge, Gauge):
            super().paint(painter, option, index)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        active = bool(option.state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        ink = QColor(style.INK)
        if chosen:
            role = QPalette.ColorRole
            painter.fillRect(option.rect, option.palette.color(group, role.Highlight))
            ink = option.palette.color(group, role.HighlightedText)
        words, bar = self._rooms(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._draw(painter, gauge, bar)
        painter.setPen(ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, gauge.words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as any row."""
        return QSize(160, super().sizeHint(option, index).height())

    def _rooms(self, option: Any) -> tuple[QRectF, QRectF]:
        room = QRectF(option.rect).adjusted(_ROOM, 0, -_ROOM, 0)
        words = QRectF(room.right() - _WORDS_WIDTH, room.top(), _WORDS_WIDTH, room.height())
        width = room.width() - _WORDS_WIDTH - _ROOM
        bar = QRectF(room.left(), room.center().y() - 6, width, 12)
        return words, bar

    def _draw(self, painter: QPainter, gauge: Gauge, bar: QRectF) -> None:
        unknown = gauge.share is None
        line = Qt.PenStyle.DashLine if unknown else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(style.SOFT), 1, line))
        painter.setBrush(QBrush(QColor(style.PAPER)))
        painter.drawRect(bar)
        if gauge.share is not None:
            filled = QRectF(bar)
            filled.setWidth(bar.width() * min(gauge.share, 100.0) / 100)
            painter.setBrush(_brush(gauge.state))
            painter.drawRect(filled)
        if gauge.last is not None:
            place = bar.left() + bar.width() * min(gauge.last, 100.0) / 100
            painter.setPen(QPen(QColor(style.INK), 2))
            painter.drawLine(QPointF(place, bar.top() - 3), QPointF(place, bar.bottom() + 3))


def _brush(state: str) -> QBrush:
    match state:
        case "met":
            return QBrush(QColor(style.ACCENT))
        case "missed":
            return QBrush(QColor(style.INK), Qt.BrushStyle.BDiagPattern)
        case _:
            return QBrush(QColor("#9fb8d6"))
