"""The blocks of a Word file laid out by Qt: one text document for each section."""

from collections.abc import Sequence

from PySide6.QtCore import QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QPaintDevice,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication

from brandpool.exchange import gongwen
from brandpool.exchange.word_reading import Cell, Grid, Look, Paragraph, Piece, Sheet

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "both": Qt.AlignmentFlag.AlignJustify,
}
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_NEW_PAGE = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
_ROUNDS = 40
_INSET = 4.0
_RULE = 0.5


def fonts(name: str) -> list[str]:
    """The font with what may stand in for it, the program's own last."""
    return [name, *gongwen.FALLBACKS.get(name, ()), QApplication.font().family()]


def character(look: Look, scale: float, piece: Piece | None = None) -> QTextCharFormat:
    """How a text looks on a device of `scale` dots to the point."""
    font = QFont()
    font.setFamilies(fonts((piece and piece.font) or look.font))
    font.setPixelSize(max(1, round(((piece and piece.size) or look.size) * scale)))
    font.setBold(look.bold or bool(piece and piece.bold))
    if look.spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing * scale)
    made = QTextCharFormat()
    made.setFont(font)
    return made


class Layout:
    """One section on a device: its document, and on how many pages it comes out."""

    def __init__(self, sheet: Sheet, device: QPaintDevice) -> None:
        self.sheet = sheet
        self.scale = device.logicalDpiY() / 72
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.documentLayout().setPaintDevice(device)
        self.document.setDocumentMargin(0)
        self._cursor = QTextCursor(self.document)
        self._unused = True
        self._kept: list[int] = []
        self._grids: list[QTextTable] = []
        self._pictures = 0
        top, right, bottom, left = sheet.margins
        self.width = (sheet.width - left - right) * self.scale
        self.height = (sheet.height - top - bottom) * self.scale
        self.document.setPageSize(QSizeF(self.width, self.height))
        self._cursor.beginEditBlock()  # or every cell would lay out its whole table again
        for block in sheet.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._grid(block)
        self._cursor.endEditBlock()
        self._keep_together()

    @property
    def pages(self) -> int:
        """On how many pages the section comes out."""
        return self.document.pageCount()

    def _paragraph(self, paragraph: Paragraph) -> None:
        looks = self._block_format(paragraph.look)
        if self._unused:
            self._cursor.setBlockFormat(looks)
        else:
            self._cursor.insertBlock(looks)
        self._unused = False
        if paragraph.look.keep:
            self._kept.append(self._cursor.block().blockNumber())
        self._fill(self._cursor, paragraph)

    def _block_format(self, look: Look) -> QTextBlockFormat:
        scale = self.scale
        made = QTextBlockFormat()
        made.setAlignment(_SIDES[look.side])
        made.setTextIndent(look.first * scale)
        made.setLeftMargin(look.left * scale)
        made.setRightMargin(look.right * scale)
        made.setTopMargin(look.before * scale)
        made.setBottomMargin(look.after * scale)
        if look.line:
            made.setLineHeight(look.line * scale, _FIXED)
        if look.new_page and self._cursor.position() > 0:
            made.setPageBreakPolicy(_NEW_PAGE)
        return made

    def _fill(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        plain = character(paragraph.look, self.scale)
        cursor.setBlockCharFormat(plain)
        for piece in paragraph.pieces:
            if piece.picture:
                self._picture(cursor, piece)
            elif piece.text:
                text = piece.text.replace("\n", "\u2028").replace("\f", "")
                cursor.insertText(text, character(paragraph.look, self.scale, piece))

    def _picture(self, cursor: QTextCursor, piece: Piece) -> None:
        name = f"picture-{self._pictures}"
        self._pictures += 1
        image = QImage.fromData(piece.picture)
        kind = QTextDocument.ResourceType.ImageResource.value
        self.document.addResource(kind, QUrl(name), image)
        made = QTextImageFormat()
        made.setName(name)
        fits = min(1.0, self.width / (piece.width * self.scale))
        made.setWidth(piece.width * self.scale * fits)
        made.setHeight(piece.height * self.scale * fits)
        cursor.insertImage(made)

    def _grid(self, grid: Grid) -> None:
        if not grid.rows:
            return
        table = self._cursor.insertTable(len(grid.rows), len(grid.widths), self._table_format(grid))
        if grid.together:
            self._grids.append(table)
        for place, row in enumerate(grid.rows):
            for cell in row.cells:
                self._cell(table, place, cell, row.height)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        thin = QTextBlockFormat()
        thin.setLineHeight(1, _FIXED)
        self._cursor.setBlockFormat(thin)
        self._unused = True

    def _table_format(self, grid: Grid) -> QTextTableFormat:
        scale = self.scale
        made = QTextTableFormat()
        made.setBorder(max(1.0, _RULE * scale))
        made.setBorderCollapse(True)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(QBrush(Qt.GlobalColor.black))
        made.setCellPadding(0)
        made.setCellSpacing(0)
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        kind = QTextLength.Type.FixedLength
        made.setColumnWidthConstraints([QTextLength(kind, w * scale) for w in grid.widths])
        made.setHeaderRowCount(next((n for n, r in enumerate(grid.rows) if not r.header), 0))
        return made

    def _cell(self, table: QTextTable, row: int, cell: Cell, height: float) -> None:
        if cell.across > 1 or cell.down > 1:
            table.mergeCells(row, cell.column, cell.down, cell.across)
        place = table.cellAt(row, cell.column)
        looks = QTextTableCellFormat()
        room = max(0.0, (height - sum(_high(p.look) for p in cell.paragraphs)) / 2) * self.scale
        looks.setTopPadding(room)
        looks.setBottomPadding(room)
        looks.setLeftPadding(_INSET * self.scale)
        looks.setRightPadding(_INSET * self.scale)
        if cell.middle:
            looks.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        place.setFormat(looks)
        cursor = place.firstCursorPosition()
        for number, paragraph in enumerate(cell.paragraphs):
            block = self._block_format(paragraph.look)
            if number:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            self._fill(cursor, paragraph)

    def _keep_together(self) -> None:
        """Start a new page where a heading would stand last or a short table would be torn."""
        for _round in range(_ROUNDS):
            if not (self._mend_table() or self._mend_heading()):
                return

    def _mend_table(self) -> bool:
        for table in self._grids:
            box = self.document.documentLayout().frameBoundingRect(table)
            looks = table.format()
            torn = self._page(box.top()) != self._page(box.bottom() - 1)
            if torn and box.height() < self.height and looks.pageBreakPolicy() != _NEW_PAGE:
                looks.setPageBreakPolicy(_NEW_PAGE)
                table.setFormat(looks)
                return True
        return False

    def _mend_heading(self) -> bool:
        layout = self.document.documentLayout()
        for number in reversed(self._kept):
            block = self.document.findBlockByNumber(number)
            below = block.next()
            looks = block.blockFormat()
            if not below.isValid() or looks.pageBreakPolicy() == _NEW_PAGE:
                continue
            here = self._page(layout.blockBoundingRect(block).top())
            if here != self._page(layout.blockBoundingRect(below).top()):
                looks.setPageBreakPolicy(_NEW_PAGE)
                QTextCursor(block).setBlockFormat(looks)
                return True
        return False

    def _page(self, y: float) -> int:
        return int(y // self.height)


def _high(look: Look) -> float:
    """About how high a line is."""
    return look.line or look.size * 1.3 + look.before + look.after


def laid_out(sheets: Sequence[Sheet], device: QPaintDevice) -> list[Layout]:
    """All sections on a device."""
    return [Layout(sheet, device) for sheet in sheets]
