"""Attachments become one PDF whose every page bears its number, the same bytes each time."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from brandpool.errors import UserError
from brandpool.exchange.evidence_volume import Paper, can_join, page_count, volume
from tests.services.well_known_rooms import pdf


def picture(width: int, height: int, form: str = "JPEG", frames: int = 1) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "navy")
    more = [Image.new("RGB", (width, height), "red")] * (frames - 1)
    extra = {"save_all": True, "append_images": more} if more else {}
    image.save(out, form, **extra)
    return out.getvalue()


def turned(content: bytes, angle: int) -> bytes:
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page).rotate(angle)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


PAPERS = [
    Paper("广告合同", pdf("合同", 3)),
    Paper("样张", picture(1200, 800)),
    Paper("横置扫描", turned(pdf("扫描", 1), 90)),
    Paper("截图", picture(300, 900, "PNG")),
]


def numbers(content: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(content)).pages]


def test_every_page_of_every_paper_bears_its_number_in_order() -> None:
    assert numbers(volume(PAPERS)) == ["1", "2", "3", "4", "5", "6"]
    assert numbers(volume(PAPERS, first=101))[-1] == "106"


def test_the_same_papers_give_the_same_bytes() -> None:
    assert volume(PAPERS) == volume(PAPERS)


def test_the_catalogue_stands_in_front_without_numbers() -> None:
    made = volume(PAPERS, front=pdf("目录", 2))
    assert numbers(made)[:4] == ["", "", "1", "2"]


def test_each_paper_has_a_bookmark_at_its_first_page() -> None:
    reader = PdfReader(io.BytesIO(volume(PAPERS)))
    found = [(item.title, reader.get_destination_page_number(item)) for item in reader.outline]
    assert found == [("广告合同", 0), ("样张", 3), ("横置扫描", 4), ("截图", 5)]


def test_a_picture_fills_an_a4_page_that_lies_when_it_lies() -> None:
    pages = PdfReader(io.BytesIO(volume(PAPERS))).pages
    sizes = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages]
    assert sizes[3] == (842, 595)
    assert sizes[5] == (595, 842)


def test_pages_are_counted_as_they_come_out() -> None:
    papers = [*PAPERS, Paper("传真", picture(60, 90, "TIFF", frames=2))]
    counted = [page_count(paper) for paper in papers]
    assert counted == [3, 1, 1, 1, 2]
    assert len(numbers(volume(papers))) == sum(counted)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 broken", "已损坏"),
        (b"\x89PNG\r\n\x1a\nbroken", "已损坏"),
        (b"PK\x03\x04 a Word file", "不是 PDF 或图片"),
        (locked(pdf("合同")), "有密码"),
    ],
)
def test_a_paper_that_cannot_be_joined_is_named(content: bytes, told: str) -> None:
    with pytest.raises(UserError, match=f"《坏件》.*{told}"):
        volume([*PAPERS, Paper("坏件", content)])
    assert can_join(content) == (not content.startswith(b"PK"))


def test_nothing_to_join_is_told() -> None:
    with pytest.raises(UserError, match="没有可以合并的附件"):
        volume([])
