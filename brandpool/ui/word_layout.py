"""The blocks of a Word file as strips that are put on pages: lines, pictures, rows of tables.

Everything is laid out in tenths of a point, without a device: a page breaks at the same places in
the PDF, on the printer and on the screen, and no letter is put on a screen's pixels.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from brandpool.exchange import gongwen
from brandpool.exchange.word_reading import Cell, Grid, Look, Paragraph, Piece, Row

UNITS = 10
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "both": Qt.AlignmentFlag.AlignJustify,
}
_INSET = 4 * UNITS
_RULE = 0.5 * UNITS
_BREAK = "\u2028"

Draw = Callable[[QPainter, float, float], None]
"""Paints something with its upper left corner at a point."""


@dataclass(slots=True)
class Strip:
    """What takes a strip of the page across its width: a line, a picture or a row.

    `keep` holds it on the page of the next one; `repeated` are the strips of the table's header
    that go above it where it begins a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    new_page: bool = False
    repeated: Sequence["Strip"] = field(default=())


def fonts(name: str) -> list[str]:
    """The font with what may stand in for it, the program's own last."""
    return [name, *gongwen.FALLBACKS.get(name, ()), QApplication.font().family()]


def font_of(look: Look, piece: Piece | None = None) -> QFont:
    """The font of a text, in the layout's units."""
    made = QFont()
    made.setFamilies(fonts((piece and piece.font) or look.font))
    made.setPixelSize(max(1, round(((piece and piece.size) or look.size) * UNITS)))
    made.setBold(look.bold or bool(piece and piece.bold))
    if look.spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing * UNITS)
    return made


def strips(blocks: Sequence[Paragraph | Grid], width: float) -> Iterator[Strip]:
    """The strips of these blocks, from top to bottom, in a column of that width."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from paragraph_strips(block, width)
        else:
            yield from _grid_strips(block, width)


def paragraph_strips(paragraph: Paragraph, width: float) -> list[Strip]:
    """A paragraph's lines, and its pictures each on a line of its own."""
    look = paragraph.look
    made = [_picture_strip(piece, look, width) for piece in paragraph.pieces if piece.picture]
    pieces = [piece for piece in paragraph.pieces if piece.text]
    if pieces or not made:
        made += _line_strips(pieces, look, width)
    for place in {0, len(made) - 2} if len(made) > 1 else ():
        made[place].keep = True  # neither the first nor the last line stands alone on a page
    if look.before:
        made.insert(0, _gap(look.before * UNITS))
    if look.after:
        made[-1].keep = True
        made.append(_gap(look.after * UNITS))
    made[-1].keep = look.keep
    made[0].new_page = look.new_page
    return made


def _gap(height: float) -> Strip:
    return Strip(height, lambda _painter, _x, _y: None, keep=True)


def _line_strips(pieces: Sequence[Piece], look: Look, width: float) -> list[Strip]:
    layout = _laid_out(pieces, look, width)
    metrics = QFontMetricsF(font_of(look))
    least = metrics.ascent() + metrics.descent()
    made = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        natural = max(line.height(), least)
        height = look.line * UNITS if look.line else natural
        shift = (height - line.height()) / 2 - line.y()
        made.append(Strip(height, _line_drawer(layout, number, shift)))
    return made


def _line_drawer(layout: QTextLayout, number: int, shift: float) -> Draw:
    def draw(painter: QPainter, x: float, y: float) -> None:
        layout.lineAt(number).draw(painter, QPointF(x, y + shift))

    return draw


def _laid_out(pieces: Sequence[Piece], look: Look, width: float) -> QTextLayout:
    text = "".join(piece.text for piece in pieces).replace("\f", "").replace("\n", _BREAK)
    layout = QTextLayout(text, font_of(look))
    layout.setFormats(_formats(pieces, look))
    option = QTextOption(_SIDES[look.side])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    left, room = look.left * UNITS, width - (look.left + look.right) * UNITS
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        first = look.first * UNITS if line.lineNumber() == 0 else 0.0
        line.setLineWidth(room - first)
        line.setPosition(QPointF(left + first, y))
        y += line.height()
    layout.endLayout()
    return layout


def _formats(pieces: Sequence[Piece], look: Look) -> list[QTextLayout.FormatRange]:
    """Fonts of the runs that differ from the paragraph's."""
    made, start = [], 0
    for piece in pieces:
        length = len(piece.text.replace("\f", ""))
        if piece.bold or piece.font or piece.size:
            one = QTextLayout.FormatRange()
            one.start, one.length = start, length  # type: ignore[attr-defined]
            one.format.setFont(font_of(look, piece))  # type: ignore[attr-defined]
            made.append(one)
        start += length
    return made


def _picture_strip(piece: Piece, look: Look, width: float) -> Strip:
    image = QImage.fromData(piece.picture)
    fits = min(1.0, width / (piece.width * UNITS))
    across, high = piece.width * UNITS * fits, piece.height * UNITS * fits
    indent = {"center": (width - across) / 2, "right": width - across}.get(look.side, 0.0)

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.drawImage(QRectF(x + indent, y, across, high), image)

    return Strip(high, draw)


def _grid_strips(grid: Grid, width: float) -> list[Strip]:
    """The rows of a table, in the middle of the column; rows are never torn."""
    widths = [each * UNITS for each in grid.widths]
    edges = [sum(widths[:place]) for place in range(len(widths) + 1)]
    left = (width - edges[-1]) / 2
    boxes = [[_Box(cell, edges) for cell in row.cells] for row in grid.rows]
    heights = _row_heights(grid.rows, boxes)
    made = []
    for place, (line, height) in enumerate(zip(boxes, heights, strict=True)):
        below = [sum(heights[place : place + box.cell.down]) for box in line]
        open_below = any(box.cell.down > 1 for box in line)
        strip = Strip(height, _row_drawer(line, below, left), keep=grid.together or open_below)
        made.append(strip)
    heads = [strip for strip, row in zip(made, grid.rows, strict=True) if row.header]
    for strip, row in zip(made, grid.rows, strict=True):
        if row.header:
            strip.keep = True
        else:
            strip.repeated = heads
    if made:
        made[-1].keep = False
    return made


def _row_heights(rows: Sequence[Row], boxes: Sequence[Sequence["_Box"]]) -> list[float]:
    heights = [
        max([row.height * UNITS, *(box.height for box in line if box.cell.down == 1)])
        for row, line in zip(rows, boxes, strict=True)
    ]
    for place, line in enumerate(boxes):
        for box in line:
            last = min(place + box.cell.down, len(heights)) - 1
            lacking = box.height - sum(heights[place : last + 1])
            heights[last] += max(lacking, 0.0)
    return heights


class _Box:
    """A cell with its lines, and where it stands in the row."""

    def __init__(self, cell: Cell, edges: Sequence[float]) -> None:
        self.cell = cell
        last = min(cell.column + cell.across, len(edges) - 1)
        self.x, self.width = edges[cell.column], edges[last] - edges[cell.column]
        room = max(self.width - 2 * _INSET, UNITS)
        self.strips = [s for p in cell.paragraphs for s in paragraph_strips(p, room)]
        self.height = sum(strip.height for strip in self.strips)

    def paint(self, painter: QPainter, x: float, y: float, height: float) -> None:
        """Paint the frame, then the lines from the top or in the middle."""
        painter.drawRect(QRectF(x + self.x, y, self.width, height))
        if self.cell.middle:
            y += (height - self.height) / 2
        for strip in self.strips:
            strip.draw(painter, x + self.x + _INSET, y)
            y += strip.height


def _row_drawer(boxes: Sequence[_Box], heights: Sequence[float], left: float) -> Draw:
    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(Qt.GlobalColor.black, _RULE))
        for box, height in zip(boxes, heights, strict=True):
            box.paint(painter, x + left, y, height)

    return draw
