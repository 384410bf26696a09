"""Word files and lists on pages: nothing is lost or torn, and no clock is in the PDF."""

import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from brandpool.errors import UserError
from brandpool.exchange import list_sheet, word, word_reading
from brandpool.exchange.table_out import Table
from brandpool.exchange.word_reading import Cell, Grid, Look, Paragraph, Piece, Row, Sheet
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import fields
from brandpool.reports.documents.content import Listing
from brandpool.ui import paper, style, word_pages, word_paper

DAY = date(2026, 11, 22)
A4 = (595.3, 841.9)
MARGINS = (100.0, 70.0, 100.0, 80.0)


@pytest.fixture
def printed(qapp: QApplication) -> QApplication:
    """The application with the font that every machine has for its papers."""
    style.dress(qapp)
    return qapp


def letter(tmp_path: Path, rows: int = 2, paragraphs: int = 3) -> Path:
    table = Listing(
        ("序号", "商标", "注册号"),
        tuple((str(n), "朝阳机械", f"{n:08d}") for n in range(1, rows + 1)),
        "需要续展的商标",
    )
    context = {
        "title": "商标续展提醒函", "number": None, "to": "宁波朝阳机械有限公司",
        "paragraphs": ["经梳理，贵单位下列注册商标需要办理续展。" * 3] * paragraphs,
        "tables": [table], "closing": [], "station": "品牌指导站", "day": DAY, "clerk": "王敏",
        "phone": "", "reply": [],
    }  # fmt: skip
    word.render(word.template("letter.docx"), context, tmp_path / "函.docx")
    return tmp_path / "函.docx"


def words(pdf: Path) -> list[str]:
    """What each page says, without spaces."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(pdf).pages]


def sheet(*blocks: Paragraph | Grid) -> Sheet:
    return Sheet(*A4, MARGINS, 70, 40, list(blocks))


def line(text: str = "国", *, keep: bool = False, new_page: bool = False) -> Paragraph:
    return Paragraph(Look("仿宋", 16, line=28.95, keep=keep, new_page=new_page), (Piece(text),))


def grid(rows: int, *, together: bool = False) -> Grid:
    head = Row([Cell([line("表头")], column=0)], header=True)
    body = [Row([Cell([line(f"第{n}行")], column=0)]) for n in range(rows)]
    return Grid([200.0], [head, *body], together)


def test_the_pdf_says_what_the_word_file_says_in_its_order(
    printed: QApplication, tmp_path: Path
) -> None:
    source = letter(tmp_path, rows=30)
    paper.pdf_of_docx(source, tmp_path / "函.pdf")
    said = "".join(words(tmp_path / "函.pdf"))
    made = docx.Document(str(source))
    place = 0
    for paragraph in made.paragraphs:
        text = re.sub(r"\s", "", paragraph.text)
        if text and "页" not in text:
            assert text[:12] in said[: len(said)], text
    for row in made.tables[0].rows[1:]:
        found = said.index(row.cells[2].text, place)
        assert found >= place
        place = found


def test_pages_are_a4_numbered_and_the_header_comes_again(
    printed: QApplication, tmp_path: Path
) -> None:
    paper.pdf_of_docx(letter(tmp_path, rows=60), tmp_path / "函.pdf")
    found = words(tmp_path / "函.pdf")
    assert len(found) > 1
    for number, page in enumerate(PdfReader(tmp_path / "函.pdf").pages, 1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"—{number}—" in found[number - 1]
    assert all("注册号" in text for text in found[:-1])


def test_the_same_word_file_gives_the_same_pdf_but_for_the_date(
    printed: QApplication, tmp_path: Path
) -> None:
    source = letter(tmp_path)
    held = []
    for name in ("一.pdf", "二.pdf"):
        paper.pdf_of_docx(source, tmp_path / name, title="函")
        held.append(
            re.sub(rb"\d{14}|\d{4}-\d\d-\d\dT[\d:+-]*", b"", (tmp_path / name).read_bytes())
        )
    assert held[0] == held[1]


def test_a_pdf_that_is_open_elsewhere_is_refused(printed: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        paper.pdf_of_docx(letter(tmp_path), tmp_path / "没有这个文件夹" / "函.pdf")


def test_pictures_keep_their_size_on_paper(printed: QApplication, tmp_path: Path) -> None:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (300, 200), "#205080").save(held, "png")
    document = docx.Document()
    document.add_picture(io.BytesIO(held.getvalue()), width=Mm(90))
    kept = io.BytesIO()
    document.save(kept)
    [read] = word_reading.read(kept.getvalue())
    picture = next(
        p for b in read.blocks if isinstance(b, Paragraph) for p in b.pieces if p.picture
    )
    assert picture.picture == held.getvalue()
    assert picture.width == pytest.approx(90 * 72 / 25.4, abs=0.5)
    assert picture.height == pytest.approx(60 * 72 / 25.4, abs=0.5)
    [page] = word_paper.pages_of(kept.getvalue())
    image = word_paper.image_of(page, 72)
    assert image.pixelColor(120, 120).name() == "#205080"


def test_a_heading_never_stands_last_on_a_page(printed: QApplication) -> None:
    room = int((A4[1] - 200) / 28.95)
    for before in range(room - 3, room + 1):
        blocks = [line() for _n in range(before)]
        found = word_pages.pages([sheet(*blocks, line("一、标题", keep=True), line("正文"))])
        last = [strip for _y, strip in found[0].strips][-1]
        assert not last.keep or len(found) == 1


def test_a_short_table_is_not_torn_and_a_long_one_repeats_its_header(
    printed: QApplication,
) -> None:
    short = word_pages.pages([sheet(*[line() for _n in range(18)], grid(6, together=True))])
    assert [len(page.strips) for page in short] == [18, 7]
    long = word_pages.pages([sheet(grid(60))])
    assert len(long) == 3
    heads = {id(page.strips[0][1]) for page in long}
    assert len(heads) == 1
    rows = sum(len(page.strips) for page in long)
    assert rows == 61 + len(long) - 1


def test_no_page_is_fuller_than_its_paper_and_no_strip_is_lost(printed: QApplication) -> None:
    blocks: list[Paragraph | Grid] = []
    for n in range(40):
        blocks += [line("国" * (n * 7 % 90 + 1), keep=n % 5 == 0), grid(n % 9, together=n % 2 == 0)]
    found = word_pages.pages([sheet(*blocks)])
    room = (A4[1] - 200) * 10
    placed = 0
    for page in found:
        for (y, strip), (below, _next) in zip(page.strips, page.strips[1:], strict=False):
            assert y + strip.height == pytest.approx(below)
        y, strip = page.strips[-1]
        assert y + strip.height <= room + 1
        placed += len(page.strips)
    assert placed >= 40 + sum(n % 9 + 1 for n in range(40))


def test_sections_keep_their_paper_and_even_pages_their_foot(printed: QApplication) -> None:
    foot = Paragraph(Look(), (Piece(field="PAGE"), Piece("/"), Piece(field="NUMPAGES")))
    wide = Sheet(A4[1], A4[0], MARGINS, 30, 30, [line()], {"odd": [foot], "even": [line("偶")]})
    found = word_pages.pages([sheet(line(), line(new_page=True)), wide, wide])
    assert [(p.number, p.total, p.sheet.width > p.sheet.height) for p in found] == [
        (1, 4, False), (2, 4, False), (3, 4, True), (4, 4, True),
    ]  # fmt: skip
    assert wide.at(4, wide.feet) != wide.at(3, wide.feet)


def test_joined_cells_are_read_as_one(printed: QApplication) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"
    kept = io.BytesIO()
    document.save(kept)
    [read] = word_reading.read(kept.getvalue())
    found = next(block for block in read.blocks if isinstance(block, Grid))
    assert [(c.column, c.across, c.down) for c in found.rows[0].cells] == [(0, 2, 1), (2, 1, 1)]
    assert [(c.column, c.down) for c in found.rows[1].cells] == [(0, 1), (1, 1), (2, 2)]
    assert [c.column for c in found.rows[2].cells] == [0, 1]
    assert len(word_paper.pages_of(kept.getvalue())) == 1


def table_of(columns: int, rows: int) -> Table:
    shown = list(fields(Enterprise).values())[:columns]
    line = [
        "王小敏" if field.personal else DAY if field.kind.value == "date" else None
        for field in shown
    ]
    return Table("企业名单", shown, [line] * rows, DAY, "指导站", "王敏", "0574-1")


@pytest.mark.parametrize(("columns", "turned"), [(7, False), (8, True)])
def test_a_list_of_more_than_eight_columns_lies_across(columns: int, turned: bool) -> None:
    [made] = list_sheet.sheets(table_of(columns, 3))
    assert (made.width > made.height) is turned  # 序号 is a column too


def test_a_printed_list_has_numbers_seal_and_people_masked(
    printed: QApplication, tmp_path: Path
) -> None:
    made = list_sheet.sheets(table_of(14, 120))
    found = word_pages.pages(made)
    word_paper.pdf_of(found, tmp_path / "单.pdf", title="单")
    said = words(tmp_path / "单.pdf")
    assert len(said) == len(found) > 1
    for number, text in enumerate(said, 1):
        assert f"第{number}页共{len(said)}页" in text
        assert "统一社会信用代码" in text
    assert "填报单位（盖章）：指导站" in said[-1]
    assert not [text for text in said if "王小敏" in text]
    named = list_sheet.sheets(table_of(14, 1), unmasked=True)
    assert "王小敏" in list(word_reading.texts(named))


def test_html_sheets_have_page_numbers_unless_they_are_letters(
    printed: QApplication, tmp_path: Path
) -> None:
    html = "<p>第一页</p>" + paper.PAGE_BREAK + "<p>第二页</p>"
    paper.save_pdf(html, tmp_path / "表.pdf")
    paper.save_pdf(html, tmp_path / "函.pdf", numbered=False)
    assert "第2页共2页" in words(tmp_path / "表.pdf")[1]
    assert "共2页" not in "".join(words(tmp_path / "函.pdf"))
