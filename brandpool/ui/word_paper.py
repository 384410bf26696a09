"""A finished Word file on paper: as a PDF, on the printer, or page by page on the screen.

All three come from the same Word file, so that what is seen is what is kept and printed; no office
program is needed.
"""

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QSizeF, QUuid
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from brandpool.exchange import word_reading
from brandpool.exchange.table_out import whole
from brandpool.exchange.word_reading import Paragraph, Sheet
from brandpool.i18n import _
from brandpool.ui.word_layout import UNITS, font_of
from brandpool.ui.word_pages import Page, pages

_MADE = uuid.UUID("5f0f8a0e-6f5a-5a0c-9b53-2c8c1f5d2b11")
_DOTS = 600
_POINTS = 72


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
        writer.setDocumentId(_id_of(data))
        print_docx(data, writer)

    return whole(target, write)


def print_docx(data: bytes, device: QPagedPaintDevice) -> None:
    """Print a Word file on a device, section by section on its own paper."""
    found = pages(word_reading.read(data))
    device.setPageLayout(_paper(found[0].sheet))
    painter = QPainter(device)
    try:
        for page in found:
            if page.number > 1:
                device.setPageLayout(_paper(page.sheet))
                device.newPage()
            _paint(painter, page, device.logicalDpiY())
    finally:
        painter.end()


def images_of(data: bytes, dots: int = 80) -> list[QImage]:
    """The pages of a Word file as pictures of so many dots per inch."""
    return [_image(page, dots) for page in pages(word_reading.read(data))]


def _image(page: Page, dots: int) -> QImage:
    size = QSizeF(page.sheet.width, page.sheet.height) * (dots / _POINTS)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        _paint(painter, page, dots)
    finally:
        painter.end()
    return image


def _id_of(data: bytes) -> QUuid:
    """An id of a document that follows from what is in it."""
    return QUuid(str(uuid.uuid5(_MADE, hashlib.sha256(data).hexdigest())))


def _paper(sheet: Sheet) -> QPageLayout:
    short, long = sorted((sheet.width, sheet.height))
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", match)
    side = QPageLayout.Orientation
    turned = side.Landscape if sheet.width > sheet.height else side.Portrait
    layout = QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint(painter: QPainter, page: Page, dots: float) -> None:
    """The text of a page in its place, then its foot and head."""
    sheet = page.sheet
    top, _right, _bottom, left = sheet.margins
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.scale(dots / _POINTS / UNITS, dots / _POINTS / UNITS)
    painter.setPen(QColor("black"))
    for y, strip in page.strips:
        strip.draw(painter, left * UNITS, top * UNITS + y)
    low = (sheet.height - sheet.footer) * UNITS
    _lines(painter, page, sheet.at(page.number, sheet.feet), low, up=True)
    _lines(painter, page, sheet.at(page.number, sheet.heads), sheet.header * UNITS, up=False)
    painter.restore()


def _lines(
    painter: QPainter, page: Page, paragraphs: Sequence[Paragraph], y: float, *, up: bool
) -> None:
    """Foot or head of a page, one line for each paragraph; page numbers are put in."""
    sheet = page.sheet
    _top, right, _bottom, left = sheet.margins
    for paragraph in reversed(paragraphs) if up else paragraphs:
        look = paragraph.look
        text = "".join(_said(piece.text, piece.field, page) for piece in paragraph.pieces)
        font = font_of(look)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text)
        start = (left + look.left) * UNITS
        end = (sheet.width - right - look.right) * UNITS
        x = {"right": end - width, "center": (start + end - width) / 2}.get(look.side, start)
        base = y - metrics.descent() if up else y + metrics.ascent()
        painter.setFont(font)
        painter.drawText(QPointF(x, base), text)
        y += -metrics.height() if up else metrics.height()


def _said(text: str, field: str, page: Page) -> str:
    numbers = {"PAGE": page.number, "NUMPAGES": page.total, "SECTIONPAGES": page.of_section}
    return str(numbers.get(field, "")) if field else text
