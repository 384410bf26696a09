"""Printed matter: a sheet of text becomes a PDF file or goes to the printer, A4 either way."""

import html as markup
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.ui import pdf_text, word_paper

PAGE_BREAK = '<p style="page-break-before:always; margin:0; font-size:1pt">&nbsp;</p>'
_MARGINS = QMarginsF(26, 28, 26, 24)
_FOOT = 0.4
_AT_BOTTOM = Qt.AlignmentFlag.AlignBottom


def escaped(text: object) -> str:
    """A text as it stands inside HTML."""
    return markup.escape("" if text is None else str(text)).replace("\n", "<br>")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A ruled table as HTML; every cell is escaped."""
    head = "".join(f"<th align='left'>{escaped(cell)}</th>" for cell in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4'"
        f" style='border-collapse:collapse'><tr>{head}</tr>{body}</table>"
    )


def save_pdf(
    html: str,
    path: Path,
    *,
    title: str = "",
    landscape: bool = False,
    numbered: bool = True,
) -> None:
    """Write the sheet as a PDF file, its pages numbered. Raises UserError when it cannot be."""
    try:
        path.open("ab").close()
    except OSError as bad:
        raise UserError(
            _("{path} 无法写入（{bad}）。请换一个位置，或先关闭正打开它的程序。").format(
                path=path, bad=bad
            )
        ) from bad
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator(_("品牌培育库"))
    _print(html, writer, landscape=landscape, numbered=numbered)
    pdf_text.mend(path)


def pdf_of_docx(docx: Path, target: Path, *, title: str = "") -> str:
    """Print a finished Word file into a PDF; returns the PDF's SHA-256.

    The same Word file gives the same bytes except for the date. Raises UserError when the target
    cannot be written.
    """
    found = word_paper.pages_of(docx.read_bytes())
    return word_paper.pdf_of(found, target, title=title or docx.stem)


def preview(html: str, parent: QWidget, *, landscape: bool = False, numbered: bool = True) -> None:
    """Show how the sheet prints, with the printer's own dialog behind it."""
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    box = QPrintPreviewDialog(printer, parent)
    box.resize(900, 700)
    box.paintRequested.connect(
        lambda device: _print(html, device, landscape=landscape, numbered=numbered)
    )
    box.exec()


def keep_pdf(
    parent: QWidget, html: str, name: str, title: str, *, numbered: bool = True
) -> Path | None:
    """Ask for a place and write the PDF there; says why when it cannot. Returns where it is."""
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("保存"), f"{name}.pdf", _("PDF 文件 (*.pdf)")
    )
    if not chosen:
        return None
    path = Path(chosen)
    path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    try:
        save_pdf(html, path, title=title, numbered=numbered)
    except UserError as refusal:
        QMessageBox.warning(parent, _("没有保存"), str(refusal))
        return None
    return path


def _print(html: str, device: QPagedPaintDevice, *, landscape: bool, numbered: bool) -> None:
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), turned, _MARGINS, QPageLayout.Unit.Millimeter
        )
    )
    sheet = QTextDocument()
    sheet.documentLayout().setPaintDevice(device)
    sheet.setDocumentMargin(0)
    sheet.setHtml(html)
    foot = device.logicalDpiY() * _FOOT if numbered else 0.0
    width, height = float(device.width()), device.height() - foot
    sheet.setPageSize(QSizeF(width, height))
    painter = QPainter(device)
    try:
        for number in range(sheet.pageCount()):
            if number:
                device.newPage()
            painter.save()
            painter.translate(0, -number * height)
            sheet.drawContents(painter, QRectF(0, number * height, width, height))
            painter.restore()
            if numbered:
                words = _("第 {page} 页　共 {pages} 页").format(
                    page=number + 1, pages=sheet.pageCount()
                )
                below = QRectF(0, height, width, foot)
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | _AT_BOTTOM, words)
    finally:
        painter.end()
