"""A finished Word file on paper: as a PDF, on the printer, or page by page on the screen.

All three come from the same Word file, so that what is seen is what is kept and printed; no office
program is needed.
"""

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
from brandpool.ui import pdf_text
from brandpool.ui.word_layout import UNITS, font_of
from brandpool.ui.word_pages import Page, pages

_MADE = uuid.UUID("5f0f8a0e-6f5a-5a0c-9b53-2c8c1f5d2b11")
_DOTS = 600
_POINTS = 72


def pages_of(data: bytes) -> list[Page]:
    """The pages of a Word file."""
    return pages(word_reading.read(data))


def pdf_of(found: Sequence[Page], target: Path, *, title: str) -> str:
    """Print pages into a PDF; returns its SHA-256.

    The same pages give the same bytes except for the date. Raises UserError when the target cannot
    be written.
    """

    def write(half: Path) -> None:
        writer = QPdfWriter(str(half))
        writer.setTitle(title)
        writer.setCreator(_("品牌培育库"))
        writer.setResolution(_DOTS)
        writer.setDocumentId(_id_of(title, found))
        print_pages(found, writer)
        pdf_text.mend(half)

    return whole(target, write)


def print_pages(found: Sequence[Page], device: QPagedPaintDevice) -> None:
    """Print pages on a device, each section on its own paper."""
    device.setPageLayout(_paper(found[0].sheet))
    painter = QPainter(device)
    try:
        for place, page in enumerate(found):
            if place:
                device.setPageLayout(_paper(page.sheet))
                device.newPage()
            paint(painter, page, device.logicalDpiY())
    finally:
        painter.end()


def image_of(page: Page, dots: int = 80) -> QImage:
    """A page as a picture of so many dots per inch."""
    size = QSizeF(page.sheet.width, page.sheet.height) * (dots / _POINTS)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        paint(painter, page, dots)
    finally:
        painter.end()
    return image


def _id_of(title: str, found: Sequence[Page]) -> QUuid:
    """An id of a PDF that does not depend on chance."""
    return QUuid(str(uuid.uuid5(_MADE, f"{title} {len(found)}")))


def _paper(sheet: Sheet) -> QPageLayout:
    short, long = sorted((sheet.width, sheet.height))
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", match)
    side = QPageLayout.Orientation
    turned = side.Landscape if sheet.width > sheet.height else side.Portrait
    layout = QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def paint(painter: QPainter, page: Page, dots: float) -> None:
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
