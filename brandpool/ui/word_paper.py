"""A finished Word file on paper: as a PDF, on the printer, or page by page on the screen.

All three come from the same Word file, so that what is seen is what is kept and printed; no office
program is needed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
)

from brandpool.exchange import word_reading
from brandpool.exchange.table_out import whole
from brandpool.exchange.word_reading import Paragraph, Sheet
from brandpool.i18n import _
from brandpool.ui.word_layout import Layout, character, laid_out

_MADE = uuid.UUID("5f0f8a0e-6f5a-5a0c-9b53-2c8c1f5d2b11")
_DOTS = 600
_POINTS = 72
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the section's layout, which of its pages, and its number in all."""

    layout: Layout
    place: int
    number: int
    total: int


def pdf_of_docx(docx: Path, target: Path, *, title: str = "") -> str:
    """Print a finished Word file into a PDF; returns the PDF's SHA-256.

    The same Word file gives the same bytes except for the date. Raises UserError when the target
    cannot be written.
    """
    return pdf_of(docx.read_bytes(), target, title=title or docx.stem)


def pdf_of(data: bytes, target: Path, *, title: str = "") -> str:
    """The same from the bytes of a Word file."""

    def write(half: Path) -> None:
        writer = QPdfWriter(str(half))
        writer.setTitle(title)
        writer.setCreator(_("品牌培育库"))
        writer.setResolution(_DOTS)
        writer.setDocumentId(uuid_of(data))
        print_docx(data, writer)

    return whole(target, write)


def uuid_of(data: bytes) -> QUuid:
    """An id of a document that follows from what is in it."""
    return QUuid(str(uuid.uuid5(_MADE, data.hex())))


def print_docx(data: bytes, device: QPagedPaintDevice) -> None:
    """Print a Word file on a device, section by section on its own paper."""
    sheets = word_reading.read(data)
    device.setPageLayout(_paper(sheets[0]))
    pages = _pages(laid_out(sheets, device))
    painter = QPainter(device)
    try:
        for page in pages:
            if page.number > 1:
                device.setPageLayout(_paper(page.layout.sheet))
                device.newPage()
            _paint(painter, page)
    finally:
        painter.end()


def images_of(data: bytes, dots: int = 80) -> list[QImage]:
    """The pages of a Word file as pictures of so many dots per inch."""
    gauge = _canvas(QSizeF(10, 10), dots)
    made = []
    for page in _pages(laid_out(word_reading.read(data), gauge)):
        sheet = page.layout.sheet
        image = _canvas(QSizeF(sheet.width, sheet.height) * (dots / _POINTS), dots)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        try:
            _paint(painter, page)
        finally:
            painter.end()
        made.append(image)
    return made


def _canvas(size: QSizeF, dots: int) -> QImage:
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dots / _INCH * 1000))
    image.setDotsPerMeterY(round(dots / _INCH * 1000))
    return image


def _pages(layouts: Sequence[Layout]) -> list[Page]:
    total = sum(layout.pages for layout in layouts)
    places = [(layout, place) for layout in layouts for place in range(layout.pages)]
    return [Page(layout, place, number, total) for number, (layout, place) in enumerate(places, 1)]


def _paper(sheet: Sheet) -> QPageLayout:
    turned = sheet.width > sheet.height
    short, long = sorted((sheet.width, sheet.height))
    size = QPageSize(
        QSizeF(short, long),
        QPageSize.Unit.Point,
        "A4",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    side = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, side, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint(painter: QPainter, page: Page) -> None:
    """The text of a page in its place, then its foot and head."""
    layout, sheet = page.layout, page.layout.sheet
    scale = layout.scale
    top, _right, _bottom, left = sheet.margins
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.translate(left * scale, top * scale - page.place * layout.height)
    seen = QRectF(0, page.place * layout.height, layout.width, layout.height)
    context: Any = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    context.clip = seen
    painter.setClipRect(seen.adjusted(-scale, 0, scale, scale))
    layout.document.documentLayout().draw(painter, context)
    painter.restore()
    low = (sheet.height - sheet.footer) * scale
    _line(painter, page, sheet.at(page.number, sheet.feet), low, up=True)
    _line(painter, page, sheet.at(page.number, sheet.heads), sheet.header * scale, up=False)


def _line(
    painter: QPainter, page: Page, paragraphs: Sequence[Paragraph], y: float, *, up: bool
) -> None:
    """Foot or head of a page, one line for each paragraph; page numbers are put in."""
    sheet, scale = page.layout.sheet, page.layout.scale
    _top, right, _bottom, left = sheet.margins
    for paragraph in reversed(paragraphs) if up else paragraphs:
        look = paragraph.look
        text = "".join(_said(piece.text, piece.field, page) for piece in paragraph.pieces)
        painter.setFont(character(look, scale).font())
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text)
        start = (left + look.left) * scale
        end = (sheet.width - right - look.right) * scale
        x = {"right": end - width, "center": (start + end - width) / 2}.get(look.side, start)
        base = y - metrics.descent() if up else y + metrics.ascent()
        painter.setPen(QColor("black"))
        painter.drawText(QPointF(x, base), text)
        y += -metrics.height() if up else metrics.height()


def _said(text: str, field: str, page: Page) -> str:
    numbers = {"PAGE": page.number, "NUMPAGES": page.total, "SECTIONPAGES": page.layout.pages}
    return str(numbers.get(field, "")) if field else text
