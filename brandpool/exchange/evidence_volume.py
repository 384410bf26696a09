"""The evidence itself as one PDF: every attachment in order, each page with its number.

PDFs are taken page by page, pictures become A4 pages. The same papers give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brandpool.errors import UserError
from brandpool.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import PageObject, PdfReader

A4 = (595.28, 841.89)
_MARGIN = 36.0
_STAMP = 11.0
_DIGIT = 0.556
"""The width of a digit of Helvetica, in its size."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the volume: its title, and the content of its file."""

    title: str
    content: bytes


def can_join(content: bytes) -> bool:
    """Whether a file can become pages: a PDF or a picture."""
    return content.startswith(b"%PDF") or content.startswith(_PICTURES)


def page_count(paper: Paper) -> int:
    """How many pages a paper takes up. Raises UserError when its file cannot be read."""
    if paper.content.startswith(b"%PDF"):
        return len(_reader(paper).pages)
    return sum(1 for _frame in _frames(paper))


def volume(
    papers: Sequence[Paper],
    front: bytes = b"",
    first: int = 1,
    heard: Callable[[int, int, str], None] | None = None,
) -> bytes:
    """All papers as one PDF with page numbers stamped from `first`, each paper with a bookmark.

    `front` is a PDF put before them without numbers (the catalogue). `heard` is told (papers done,
    papers in all, title) and may raise to stop. Raises UserError naming the
    paper that is damaged, locked or neither PDF nor picture.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    if front:
        writer.append(PdfReader(io.BytesIO(front)), _("证据目录"), import_outline=False)
    number = first
    for done, paper in enumerate(papers):
        if heard is not None:
            heard(done, len(papers), paper.title)
        start = len(writer.pages)
        for page in _pages(paper):
            added = writer.add_page(page)
            added.transfer_rotation_to_content()
            _stamp(added, number)
            number += 1
        writer.add_outline_item(title=paper.title, page_number=start)
    if not writer.pages:
        raise UserError(_("没有可以合并的附件。请先为证据添加 PDF 或图片。"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(paper: Paper) -> Iterator[PageObject]:
    if paper.content.startswith(b"%PDF"):
        yield from _reader(paper).pages
        return
    for frame in _frames(paper):
        yield _picture_page(frame)


def _reader(paper: Paper) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(paper.content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError(
                _("《{title}》的 PDF 有密码，不能合并。请换成没有密码的文件。").format(
                    title=paper.title
                )
            )
        len(reader.pages)
    except (PyPdfError, ValueError, KeyError, OSError) as bad:
        raise UserError(_damaged(paper)) from bad
    return reader


def _frames(paper: Paper) -> Iterator[Image]:
    """The pictures of a file, upright and on white."""
    from PIL import Image, ImageOps, ImageSequence

    if not paper.content.startswith(_PICTURES):
        raise UserError(
            _("《{title}》的附件不是 PDF 或图片，不能并入。请另存为 PDF。").format(
                title=paper.title
            )
        )
    try:
        for frame in ImageSequence.Iterator(Image.open(io.BytesIO(paper.content))):
            upright = ImageOps.exif_transpose(frame).convert("RGBA")
            white = Image.new("RGB", upright.size, "white")
            white.paste(upright, mask=upright.getchannel("A"))
            yield white
    except (OSError, ValueError, Image.DecompressionBombError) as bad:
        raise UserError(_damaged(paper)) from bad


def _picture_page(picture: Image) -> PageObject:
    """An A4 page, lying if the picture lies, with the picture shrunk to its margins."""
    from pypdf import PageObject, PdfReader

    width, height = sorted(A4, reverse=picture.width > picture.height)
    scale = min((width - 2 * _MARGIN) / picture.width, (height - 2 * _MARGIN) / picture.height, 1.0)
    made = io.BytesIO()
    picture.save(made, "PDF", resolution=72.0)
    page = PageObject.create_blank_page(width=width, height=height)
    page.merge_transformed_page(
        PdfReader(made).pages[0],
        (
            scale, 0, 0, scale,
            (width - picture.width * scale) / 2, (height - picture.height * scale) / 2,
        ),
    )  # fmt: skip
    return page


def _stamp(page: PageObject, number: int) -> None:
    """The page number on white, at the top right corner of what is seen of the page."""
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    box = page.cropbox
    text = str(number)
    size = _STAMP
    width = size * _DIGIT * len(text)
    left, base = float(box.right) - 28 - width, float(box.top) - 26
    content = (
        f"q 1 g {left - 4:.2f} {base - 4:.2f} {width + 8:.2f} {size + 6:.2f} re f "
        f"0 g BT /BpStamp {size} Tf {left:.2f} {base:.2f} Td ({text}) Tj ET Q"
    )
    overlay = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/BpStamp"): font})
    overlay[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(content.encode("ascii"))
    overlay[NameObject("/Contents")] = stream
    page.merge_page(overlay)


def _damaged(paper: Paper) -> str:
    return _("《{title}》的附件已损坏或打不开，不能合并。请重新扫描后添加。").format(
        title=paper.title
    )
