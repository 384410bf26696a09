"""Column headings with a funnel each: a click on the words sorts, one on the funnel filters."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QWidget

from brandpool.ui import style

_FUNNEL = 18


class FilterHeader(QHeaderView):
    """Asks for a filter or an order; the table decides."""

    filter_asked = Signal(int)
    order_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.filtered: set[int] = set()
        self.order: tuple[int, bool] | None = None
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(48)
        self._pressed = QPoint()

    def mark(self, filtered: set[int], order: tuple[int, bool] | None) -> None:
        """Show which columns are filtered, and which one orders (column, downwards)."""
        self.filtered, self.order = filtered, order
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A little higher than usual: the headings are buttons."""
        return super().sizeHint().expandedTo(QSize(0, style.ROW_HEIGHT + 2))

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """The heading, then its marks at the right end.

        Qt's own way asks every row whether its cell of the column is selected: with 30,000 rows
        that takes seconds.
        """
        heading: Any = QStyleOptionHeader()  # the stubs do not know its attributes
        self.initStyleOption(heading)
        heading.rect = rect
        heading.section = column
        heading.text = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        heading.textAlignment = self.defaultAlignment()
        heading.position = QStyleOptionHeader.SectionPosition.Middle
        painter.save()
        self.style().drawControl(QStyle.ControlElement.CE_Header, heading, painter, self)
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRect(rect.right() - _FUNNEL, rect.top() + 2, _FUNNEL - 1, rect.height() - 4)
        painter.fillRect(room, self.palette().button())
        self._paint_funnel(painter, room, active=column in self.filtered)
        if self.order is not None and self.order[0] == column:
            self._paint_arrow(painter, room.translated(-12, 0), down=self.order[1])
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the funnel filters, elsewhere in the heading it sorts."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        moved = (place - self._pressed).manhattanLength() > 4
        if column < 0 or moved or event.button() != Qt.MouseButton.LeftButton:
            return
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        if right - _FUNNEL - 1 <= place.x() <= right - 4:
            self.filter_asked.emit(column)
        elif place.x() < right - 4 and place.x() > self.sectionViewportPosition(column) + 3:
            self.order_asked.emit(column)

    def _paint_funnel(self, painter: QPainter, room: QRect, *, active: bool) -> None:
        ink = style.colour(style.ACCENT if active else style.SOFT)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(QBrush(ink) if active else Qt.BrushStyle.NoBrush)
        x, y = room.center().x(), room.center().y()
        corners = ((-4, -4), (4, -4), (1, 0), (1, 4), (-1, 3), (-1, 0))
        painter.drawPolygon(QPolygon([QPoint(x + dx, y + dy) for dx, dy in corners]))

    def _paint_arrow(self, painter: QPainter, room: QRect, *, down: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(style.ACCENT))
        x, y = room.center().x(), room.center().y()
        tip = 3 if down else -3
        corners = ((-4, -tip), (4, -tip), (0, tip))
        painter.drawPolygon(QPolygon([QPoint(x + dx, y + dy) for dx, dy in corners]))
