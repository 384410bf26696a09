"""Every format of file opens by its content, and what cannot be read says so in one sentence."""

import io
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from brandpool.errors import UserError
from brandpool.exchange.filetype import FileType
from brandpool.exchange.mapping import known_headings, propose
from brandpool.exchange.parsing import parse
from brandpool.exchange.preview import preview
from brandpool.exchange.table import find_table
from brandpool.exchange.workbook import Book, open_book, read_book
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import fields

FIXTURES = Path(__file__).parent / "fixtures"
FIELDS = list(fields(Enterprise).values())
NAMES = ["宁波甬江机械有限公司", "宁波聚贤电子股份有限公司", "宁波新明食品厂"]
LINES = [
    ["企业名称", "统一社会信用代码"],
    *([name, f"9133020171333{n}333A"] for n, name in enumerate(NAMES)),
]


def names(book: Book) -> list[object]:
    """The names of enterprises on the first visible sheet."""
    table = find_table(book.visible[0], known_headings(FIELDS))
    rows = parse(table, propose(table, FIELDS).sure, FIELDS).rows
    return [row.values.get("name") for row in rows]


@pytest.mark.parametrize(
    ("file", "file_type"),
    [("list.xls", FileType.XLS), ("list.et", FileType.XLS), ("list.ods", FileType.ODS)],
)
def test_files_saved_by_an_office_program_open(file: str, file_type: FileType) -> None:
    book = open_book(FIXTURES / file)
    assert book.file_type is file_type
    assert names(book) == NAMES
    table = find_table(book.visible[0], known_headings(FIELDS))
    assert table.header_rows == (2, 3)
    assert {row.group for row in table.rows} == {"梅墟街道（2家）"}
    assert table.rows[0].cells[3] == date(2015, 3, 6)


@pytest.mark.parametrize("file", ["list.xls", "list.ods"])
def test_hidden_sheets_columns_and_rows_are_announced(file: str) -> None:
    book = open_book(FIXTURES / file)
    assert [sheet.name for sheet in book.sheets if sheet.hidden] == ["旧数据"]
    assert any("旧数据" in said for said in book.announcements)
    sheet = book.visible[0]
    assert sheet.content.hidden.columns == {6}
    assert sheet.content.hidden.rows == {5}
    assert ["隐藏的列：G" in note for note in sheet.notes].count(True) == 1
    assert ["第 6 行" in note for note in sheet.notes].count(True) == 1


def test_a_hidden_column_is_not_taken_unless_named() -> None:
    table = find_table(open_book(FIXTURES / "list.xls").visible[0], known_headings(FIELDS))
    proposal = propose(table, FIELDS)
    assert "contact" not in proposal.sure
    assert [match.column for match in proposal.unsure["contact"]] == [6]


@pytest.mark.parametrize("file", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_a_file_with_a_password_says_so(file: str) -> None:
    with pytest.raises(UserError, match=f"“{file}”设有打开密码"):
        open_book(FIXTURES / file)


def xlsx(**options: object) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    sheet = book.add_worksheet("名单")
    for number, line in enumerate(LINES):
        sheet.write_row(number, 0, line)
    book.close()
    return target.getvalue()


def test_the_content_decides_and_not_the_ending() -> None:
    assert names(read_book(xlsx(), "名单.xls")) == NAMES
    assert names(read_book(xlsx(), "名单.csv")) == NAMES
    data = (FIXTURES / "list.xls").read_bytes()
    assert names(read_book(data, "名单.xlsx")) == NAMES


def test_hidden_columns_and_rows_of_an_xlsx_are_found() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in LINES:
        sheet.append(line)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("旧").sheet_state = "veryHidden"
    target = io.BytesIO()
    book.save(target)
    opened = read_book(target.getvalue(), "名单.xlsx")
    assert opened.visible[0].content.hidden.columns == {1}
    assert opened.visible[0].content.hidden.rows == {2}
    assert [sheet.name for sheet in opened.sheets if sheet.hidden] == ["旧"]


def test_several_filled_sheets_are_announced_and_empty_ones_are_not() -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业名称"])
    book.create_sheet("复核").append(["企业名称"])
    book.create_sheet("Sheet3")
    target = io.BytesIO()
    book.save(target)
    said = "".join(read_book(target.getvalue(), "名单.xlsx").announcements)
    assert "2 张有内容的工作表" in said
    assert "Sheet3" not in said


def test_a_sheet_is_asked_for_by_name() -> None:
    book = read_book(xlsx(), "名单.xlsx")
    assert book.sheet("名单") is book.sheets[0]
    with pytest.raises(UserError, match="现有：名单"):
        book.sheet("明细")


ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8（带 BOM）"),
    ("gbk", "GBK"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16"),
]


@pytest.mark.parametrize(("codec", "label"), ENCODINGS)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_opens_in_every_encoding_and_separator(codec: str, label: str, separator: str) -> None:
    text = "\r\n".join(separator.join(line) for line in LINES)
    book = read_book(text.encode(codec), "名单.txt")
    assert book.encoding == label
    assert names(book) == NAMES


def test_a_rare_character_makes_gb18030() -> None:
    text = "企业名称,备注\n宁波䶮㙦𠮷有限公司,x\n"
    book = read_book(text.encode("gb18030"), "名单.csv")
    assert (book.encoding, names(book)) == ("GB18030", ["宁波䶮㙦𠮷有限公司"])


def test_a_text_cut_inside_a_character_is_read_and_the_damage_told() -> None:
    data = "企业名称,地址\n宁波甲有限公司,梅墟\n宁波乙有限公司,新明街道".encode()[:-1]
    book = read_book(data, "名单.csv")
    assert names(book) == ["宁波甲有限公司", "宁波乙有限公司"]
    assert any("1 处文字已损坏" in said for said in book.announcements)


def test_quoted_cells_may_hold_line_breaks_and_separators() -> None:
    text = '企业名称,注册地址\n宁波甲有限公司,"高新区,聚贤路\n1号"\n"宁波乙""好""有限公司",x\n'
    book = read_book(text.encode("gbk"), "名单.csv")
    assert names(book) == ["宁波甲有限公司", '宁波乙"好"有限公司']
    assert book.sheets[0].rows[1][1] == "高新区,聚贤路\n1号"


def test_a_lone_quotation_mark_does_not_swallow_the_file() -> None:
    lines = [f"宁波{n}号有限公司,梅墟" for n in range(200)]
    lines[3] = '宁波"坏有限公司,"梅墟'
    book = read_book("\n".join(["企业名称,所属街道", *lines]).encode(), "名单.csv")
    assert len(book.sheets[0].rows) == 201
    assert any("引号" in said for said in book.announcements)


def test_ids_wrapped_against_spreadsheets_come_out_bare() -> None:
    text = '企业名称,信用代码\n甲,"=""913302017133333330"""\n乙,\t913302017133333331\n'
    rows = read_book(text.encode(), "名单.csv").sheets[0].rows
    assert [row[1] for row in rows[1:]] == ["913302017133333330", "913302017133333331"]


HTML = """<html><head><meta charset="gbk"><style>td{mso-number-format:"\\@";}</style></head><body>
<table border=1><tr><td colspan=2>企业名单</td></tr>
<tr><th>所属街道</th><th>企业名称</th></tr>
<tr><td rowspan=2>梅墟</td><td>宁波甬江机械有限公司</td></tr>
<tr><td>宁波聚贤电子股份有限公司</td></tr>
<tr><td>新明</td><td>宁波新明<br>食品厂</td></tr></table></body></html>"""


def test_a_web_page_called_xls_is_read_as_the_table_in_it() -> None:
    book = read_book(HTML.encode("gbk"), "名单.xls")
    assert book.file_type is FileType.HTML
    assert names(book) == NAMES
    assert [row[0] for row in book.sheets[0].rows][2:4] == ["梅墟", "梅墟"]
    assert any("网页" in said for said in book.announcements)


def test_a_web_page_without_a_table_says_so() -> None:
    with pytest.raises(UserError, match="没有表格"):
        read_book(b"<html><body>404 Not Found</body></html>", "名单.xls")


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">企业名单</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">企业名称</Data></Cell><Cell ss:Index="3">
<Data ss:Type="String">注册资本（万元）</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">宁波甬江机械有限公司</Data></Cell><Cell ss:Index="3">
<Data ss:Type="Number">500</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_excel_2003_xml_is_read() -> None:
    book = read_book(XML.encode(), "名单.xls")
    assert names(book) == NAMES[:1]
    assert book.sheets[0].rows[3][2] == 500.0
    with pytest.raises(UserError, match="不完整"):
        read_book(XML.encode()[:500], "名单.xls")


FOREIGN = [
    (b"", "空文件"),
    (b"\xef\xbb\xbf \r\n", "空文件"),
    (b"%PDF-1.7\n...", "PDF"),
    (b"\x89PNG\r\n\x1a\n0000", "图片"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
    (b"Rar!\x1a\x07\0", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c\0\x04", "压缩包"),
    (b"MZ\x90\0\x03\0\0\0", "程序"),
    (b"SQLite format 3\0", "数据库"),
    (b"{\\rtf1\\ansi", "RTF"),
    (b"MIME-Version: 1.0\r\n", "网页存档"),
    (bytes(range(256)) * 20, "不认识"),
    (b"PK\x03\x04 not a zip", "不完整"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100, "不完整"),
]


@pytest.mark.parametrize(("data", "words"), FOREIGN, ids=[words for _data, words in FOREIGN])
def test_what_is_no_table_gets_one_plain_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as error:
        read_book(data, "名单.xlsx")
    assert str(error.value).count("。") == 1
    assert "“名单.xlsx”" in str(error.value)


@pytest.mark.parametrize(
    ("member", "words"), [("word/document.xml", "Word"), ("ppt/a.xml", "演示"), ("a.xlsx", "解压")]
)
def test_other_zip_files_are_named(member: str, words: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(UserError, match=words):
        read_book(target.getvalue(), "名单.xlsx")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.92])
@pytest.mark.parametrize("file", ["list.xls", "list.ods", "xlsx"])
def test_a_file_cut_off_anywhere_says_so(file: str, share: float) -> None:
    data = xlsx() if file == "xlsx" else (FIXTURES / file).read_bytes()
    with pytest.raises(UserError, match=r"不完整|空文件"):
        book = read_book(data[: int(len(data) * share)], file)
        assert book.sheets[0].rows


def test_a_damaged_part_inside_an_xlsx_says_so() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as source, zipfile.ZipFile(target, "w") as broken:
        for member in source.namelist():
            content = source.read(member)
            broken.writestr(member, content[:150] if "sheet1" in member else content)
    with pytest.raises(UserError, match="不完整"):
        assert read_book(target.getvalue(), "名单.xlsx").sheets[0].rows


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        open_book(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="无法读取"):
        open_book(tmp_path)


def test_an_owner_file_of_an_open_workbook_is_recognised() -> None:
    with pytest.raises(UserError, match="临时文件"):
        read_book(b"\x06User" + b" " * 160, "~$名单.xlsx")


def test_a_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "远.xlsx"))
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, LINES[0])
    sheet.write(1_048_575, 30, "x")
    book.close()
    with pytest.raises(UserError, match="第 1048576 行、AE 列"):
        assert open_book(tmp_path / "远.xlsx").sheets[0].rows


def test_formatted_but_empty_rows_and_columns_are_no_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "名单.xlsx"))
    sheet = book.add_worksheet("名单")
    grey = book.add_format({"bg_color": "#eeeeee"})
    for number, line in enumerate(LINES):
        sheet.write_row(number, 0, line)
    for number in range(10, 600):
        sheet.write_blank(number, 40, None, grey)
    book.close()
    opened = open_book(tmp_path / "名单.xlsx")
    assert (len(opened.sheets[0].rows), opened.sheets[0].width) == (4, 2)


@pytest.mark.parametrize("writer", ["xlsx", "xls"])
def test_serial_numbers_follow_the_epoch_of_the_book(writer: str, tmp_path: Path) -> None:
    path = tmp_path / f"名单.{writer}"
    days = (date(2015, 3, 6) - date(1904, 1, 1)).days
    if writer == "xlsx":
        book = xlsxwriter.Workbook(str(path), {"date_1904": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["企业名称", "成立日期"])
        sheet.write_row(1, 0, [NAMES[0], days])
        sheet.write(2, 0, NAMES[1])
        shown = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(2, 1, datetime(2015, 3, 6), shown)
        book.close()
    else:
        old = xlwt.Workbook()
        old.dates_1904 = 1
        page = old.add_sheet("名单")
        for row, line in enumerate([["企业名称", "成立日期"], [NAMES[0], days]]):
            for column, value in enumerate(line):
                page.write(row, column, value)
        old.save(str(path))
    table = find_table(open_book(path).sheets[0], known_headings(FIELDS))
    rows = parse(table, propose(table, FIELDS).sure, FIELDS).rows
    assert {row.values["established"] for row in rows} == {date(2015, 3, 6)}


def test_shares_shown_as_percent_keep_their_meaning(tmp_path: Path) -> None:
    from brandpool.models.field import Field, Kind

    book = xlsxwriter.Workbook(str(tmp_path / "名单.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["企业名称", "市场占有率", "出口比例（%）"])
    for number, name in enumerate(NAMES, 1):
        sheet.write(number, 0, name)
        sheet.write_number(number, 1, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write_number(number, 2, 0.125)
    book.close()
    shares = [
        Field("市场占有率", "Share", Kind.DECIMAL, unit="%", name="share"),
        Field("出口比例", "Exported", Kind.DECIMAL, unit="%", name="exported"),
    ]
    table = find_table(open_book(tmp_path / "名单.xlsx").sheets[0], known_headings(shares))
    values = parse(table, propose(table, shares).sure, shares).rows[0].values
    assert (float(str(values["share"])), float(str(values["exported"]))) == (12.5, 0.125)


def test_the_preview_shows_what_was_understood() -> None:
    book = read_book("企业名称,备注\n宁波甲有限公司,x\n合计,1\n".encode("gbk"), "名单.csv")
    table = find_table(book.sheets[0], known_headings(FIELDS))
    shown = preview(book, table)
    assert (shown.encoding, shown.separator, shown.header_rows) == ("GBK", "逗号", (1,))
    assert shown.headings == ("企业名称", "备注")
    assert shown.rows[1] == (2, ("宁波甲有限公司", "x"))
    assert (shown.records, shown.skipped) == (1, ((3, "合计行，不是记录", "合计　1"),))


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an xlsb part: kind and size in groups of seven bits (MS-XLSB 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    return head + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    """A small binary workbook with a hidden column, written by hand: no free program makes them."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/{type}" Target="{target}"/></Relationships>'
    )
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(LINES) - 1, 0, 1))
    hidden = struct.pack("<4IH", 1, 1, 2560, 0, 1)
    sheet += record(390) + record(60, hidden) + record(391) + record(145)
    for number, line in enumerate(LINES):
        sheet += record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, text in enumerate(line):
            sheet += record(6, struct.pack("<II", column, 0) + wide(text))
    sheet += record(146) + record(130)
    book = record(131) + record(153, struct.pack("<I", 1) + struct.pack("<I", 0) + wide(""))
    book += record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单"))
    book += record(144) + record(132)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
            'macroEnabled.main"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            relations.format(id="r1", type="officeDocument", target="xl/workbook.bin"),
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            relations.format(id="rId1", type="worksheet", target="worksheets/sheet1.bin"),
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return target.getvalue()


def test_a_binary_workbook_opens_and_tells_its_hidden_column_and_epoch() -> None:
    book = read_book(xlsb(), "名单.xlsb")
    assert book.file_type is FileType.XLSB
    assert book.sheets[0].name == "名单"
    assert names(book) == NAMES
    assert book.sheets[0].content.hidden.columns == {1}
    assert book.sheets[0].from_1904
