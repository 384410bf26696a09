"""Whatever stands in a sheet, reading it neither breaks nor loses a line."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from brandpool.errors import UserError
from brandpool.exchange.cell_shapes import is_blank
from brandpool.exchange.mapping import known_headings, propose
from brandpool.exchange.parsing import parse
from brandpool.exchange.table import find_tables
from brandpool.exchange.workbook import Content, Sheet, read_book
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import fields

FIELDS = list(fields(Enterprise).values())
KNOWN = known_headings(FIELDS)
# fmt: off
WORDS = (
    "序号", "企业名称", "统一社会信用代码", "注册资本（万元）", "成立日期", "2023年营业收入",
    "备注",
    "宁波甲有限公司", "宁波乙股份有限公司", "91330201MA2AFYQE5X", "合计", "小计", "北京市（2家）",
    "一、示范",
    "数据来源：某局", "填报人：", "示例", "-", "", "  ", "2023.3.6", "9万人民币", "梅墟",
    "（万元）", "2023年",
)
# fmt: on
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.floats(allow_nan=True),
    st.integers(-5, 3000).map(float),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
SHEETS = st.integers(1, 7).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=12)
)
CORNERS = st.tuples(st.integers(0, 8), st.integers(0, 5))
SIZES = st.tuples(st.integers(0, 3), st.integers(0, 3))
MERGES = st.lists(st.tuples(CORNERS, SIZES), max_size=4)


@given(rows=SHEETS, merges=MERGES)
def test_any_sheet_is_read_and_every_line_accounted_for(
    rows: list[list[Any]], merges: list[Any]
) -> None:
    merged = [(start, (start[0] + size[0], start[1] + size[1])) for start, size in merges]
    content = Content([list(row) for row in rows], merged)
    sheet = Sheet("名单", hidden=False, load=lambda: content)
    tables = find_tables(sheet, KNOWN)
    accounted: set[int] = set()
    first = tables[0].header_rows[0] if tables[0].header_rows else 1
    for table in tables:
        parsed = parse(table, propose(table, FIELDS).sure, FIELDS)
        numbers = {row.number for row in parsed.rows} | set(parsed.empty)
        assert numbers == {row.number for row in table.rows}
        accounted |= numbers | {left.number for left in table.skipped} | set(table.header_rows)
    for number, row in enumerate(sheet.rows, 1):
        inside = any(not is_blank(row[h.column]) for t in tables for h in t.headings)
        if number >= first and inside:
            assert number in accounted or _titled(tables, number, row)


def _titled(tables: list[Any], number: int, row: list[Any]) -> bool:
    """Whether the line stands as a title above a later table."""
    tops = [table.header_rows[0] for table in tables if table.header_rows]
    return any(number < top for top in tops[1:]) or all(map(is_blank, row))


@given(data=st.binary(max_size=400))
def test_any_bytes_give_a_book_or_a_sentence(data: bytes) -> None:
    try:
        book = read_book(data, "名单.xlsx")
        assert all(isinstance(sheet.rows, list) for sheet in book.sheets)
    except UserError as said:
        message = str(said)
        assert message.endswith("。")


@given(lines=st.lists(st.lists(st.text(max_size=6), min_size=1, max_size=5), max_size=8))
def test_any_text_in_any_encoding_is_read(lines: list[list[str]]) -> None:
    text = "\n".join(",".join(line) for line in [["企业名称", "备注"], *lines])
    for codec in ("utf-8", "gb18030", "utf-16"):
        try:
            book = read_book(text.encode(codec, errors="replace"), "名单.csv")
        except UserError:
            continue
        assert book.sheets[0].width >= 1
