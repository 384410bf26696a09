"""The cards of one tier: a model of rows, painted cards, and a list that lets them be dragged."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pool_reading import Due, PoolRow
from brandpool.ui.pool_words import Tag, due_tag, due_words

Index = QModelIndex | QPersistentModelIndex
CARDS = "application/x-brandpool-cards"
_NOWHERE = QModelIndex()
_ROW = Qt.ItemDataRole.UserRole
_HEIGHT = 70
_SHOWN = (Due.EXIT, Due.UP, Due.OVERSTAYED, Due.REVIEW)


class CardModel(QAbstractListModel):
    """The rows of one tier. A drop is only a wish: nothing moves until a person has decided."""

    dropped = Signal(object)

    def __init__(self, tier: str | None) -> None:
        super().__init__()
        self.tier = tier
        self.rows: Sequence[PoolRow] = ()

    def fill(self, rows: Sequence[PoolRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many cards."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, the whole row for painting, and the card read aloud."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(spoken(row))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be dragged; the column, not a card, takes drops."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Cards are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only cards of this program."""
        return [CARDS]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The enterprises that are dragged."""
        ids = [self.rows[index.row()].enterprise for index in indexes]
        data = QMimeData()
        data.setData(CARDS, json.dumps({"from": self.tier, "ids": ids}).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: Index
    ) -> bool:
        """Cards of another tier."""
        return data.hasFormat(CARDS) and _carried(data)["from"] != self.tier

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell which enterprises were dropped here; the cards stay where they are."""
        if self.canDropMimeData(data, action, row, column, parent):
            self.dropped.emit(_carried(data)["ids"])
        return False


class TierList(QListView):
    """One column of cards. Turns keys into wishes; the board fulfils them."""

    open_asked = Signal(str)
    shift_asked = Signal(int)
    step_asked = Signal(int)
    picked = Signal()

    def __init__(self, model: CardModel, name: str) -> None:
        super().__init__()
        self.cards = model
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        style.paint_ground(self, style.RAIL)
        colours = self.palette()
        colours.setColor(colours.ColorRole.Base, QColor(style.RAIL))
        self.setPalette(colours)
        self.doubleClicked.connect(lambda index: self.open_asked.emit(self._id_at(index)))
        self.selectionModel().selectionChanged.connect(lambda *_both: self.picked.emit())

    def chosen(self) -> list[PoolRow]:
        """The selected cards, in the order of the column."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.cards.rows[place] for place in places]

    def choose(self, ids: set[str]) -> None:
        """Select these cards and stand on the first."""
        flags = QItemSelectionModel.SelectionFlag
        places = [place for place, row in enumerate(self.cards.rows) if row.enterprise in ids]
        for place in places:
            self.selectionModel().select(self.cards.index(place), flags.Select)
        if places:
            self.selectionModel().setCurrentIndex(self.cards.index(places[0]), flags.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, ← and → go to the neighbouring tier, with Ctrl they take the cards along."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shift_asked.emit(side)
        elif side is not None:
            self.step_asked.emit(side)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.open_asked.emit(self._id_at(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected cards under a small sheet that says how many there are."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self.cards.mimeData(indexes))
        drag.setPixmap(_sheet(self.chosen(), self.font()))
        drag.setHotSpot(QPoint(12, 12))
        drag.exec(actions, Qt.DropAction.MoveAction)

    def _id_at(self, index: Index) -> str:
        return self.cards.rows[index.row()].enterprise


class CardDelegate(QStyledItemDelegate):
    """Paints a card: name; street and time on the tier; what is due, or what is lacking."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cards have one height."""
        return QSize(120, _HEIGHT)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one card."""
        row: PoolRow = index.data(_ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        box = option.rect.adjusted(5, 3, -5, -3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.ACCENT if chosen else style.LINE), 2 if chosen else 1))
        painter.setBrush(QColor(style.TINT if chosen else style.PAPER))
        painter.drawRoundedRect(box, 4, 4)
        if focused and not chosen:
            painter.setPen(QPen(QColor(style.ACCENT), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 3, 3)
        self._write(painter, box.adjusted(8, 4, -8, -4), option.font, row)
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, font: QFont, row: PoolRow) -> None:
        bold = QFont(font)
        bold.setBold(True)
        _line(painter, QRect(box.x(), box.y(), box.width(), 20), bold, style.INK, row.name)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() - 1)
        second = QRect(box.x(), box.y() + 20, box.width(), 18)
        _line(painter, second, small, style.SOFT, standing_words(row, short=True))
        third = QRect(box.x(), box.y() + 39, box.width(), 18)
        tags = [due_tag(due) for due in _SHOWN if due in row.due]
        left = _paint_tags(painter, third, small, tags)
        if Due.UP not in row.due and Due.EXIT not in row.due:
            _line(painter, third.adjusted(left, 0, 0, 0), small, style.SOFT, row.gap)


def _paint_tags(painter: QPainter, box: QRect, font: QFont, tags: Sequence[Tag]) -> int:
    """Draw the tags from the left; returns how much room they took."""
    metrics, used = QFontMetrics(font), 0
    painter.setFont(font)
    for tag in tags:
        width = metrics.horizontalAdvance(tag.text) + 10
        if used + width > box.width():
            break
        place = QRect(box.x() + used, box.y() + 1, width, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tag.paper))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(tag.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tag.text)
        used += width + 4
    return used


def _line(painter: QPainter, box: QRect, font: QFont, colour: str, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags, fitting)


def standing_words(row: PoolRow, *, short: bool = False) -> str:
    """Street (`short`: without the word 街道), and since when on the tier or gone from it."""
    if row.left is not None:
        when = _("{day} 退出").format(day=row.left)
    else:
        when = _("自 {day}").format(day=row.since) if row.since else ""
    street = (row.street or "").removesuffix("街道") if short else row.street
    return "　".join(part for part in (street, when) if part)


def spoken(row: PoolRow) -> list[str]:
    """The whole card in lines, for the tool tip and for reading aloud."""
    lines = [row.name, standing_words(row), "、".join(map(due_words, sorted(row.due)))]
    if row.exits:
        lines.append(row.exits)
    if row.overstayed_days:
        lines.append(_("超过停留期限 {days} 天").format(days=row.overstayed_days))
    if isinstance(row.review_due, date):
        lines.append(_("复核日期 {day}").format(day=row.review_due))
    if row.gap:
        lines.append(_("离上一层：{gap}").format(gap=row.gap))
    return [line for line in lines if line]


def _sheet(rows: Sequence[PoolRow], font: QFont) -> QPixmap:
    text = rows[0].name
    if len(rows) > 1:
        text = _("{name} 等 {number} 家").format(name=text, number=len(rows))
    metrics = QFontMetrics(font)
    sheet = QPixmap(metrics.horizontalAdvance(text) + 24, 30)
    sheet.fill(QColor(style.TINT))
    painter = QPainter(sheet)
    painter.setFont(font)
    painter.setPen(QColor(style.ACCENT))
    painter.drawRect(sheet.rect().adjusted(0, 0, -1, -1))
    painter.drawText(sheet.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return sheet


def _carried(data: QMimeData) -> dict[str, Any]:
    carried: dict[str, Any] = json.loads(bytes(data.data(CARDS).data()).decode())
    return carried
