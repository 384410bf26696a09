"""A list on A4: title, header on every page, page x of y, and the line for seal and signature."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from brandpool.exchange import chinese_words, gongwen
from brandpool.exchange.table_out import Cell as Value
from brandpool.exchange.table_out import Table, cells, chinese_day, headings
from brandpool.exchange.word_reading import Cell, Grid, Look, Paragraph, Piece, Row, Sheet, Side

_MANY_COLUMNS = 8
_SAMPLED = 2_000
_MM = 72 / 25.4
_MARGIN, _FOOT = 15 * _MM, 8 * _MM
_A4 = (210 * _MM, 297 * _MM)
_TITLE = Look(gongwen.HEADING, 16, side="center", after=6)
_LINE = Look(gongwen.TABLE, 10.5, after=3)
_HEAD = Look(gongwen.HEADING, 10.5, side="center", before=2, after=2)
_FOOTER = Look(gongwen.TABLE, 9, side="center")


def sheets(table: Table, *, unmasked: bool = False) -> list[Sheet]:
    """The list as it is printed: across when it has more than eight columns.

    Personal data is masked unless asked; nothing stands as —.
    """
    names = headings(table)
    short, long = _A4
    width, height = (long, short) if len(names) > _MANY_COLUMNS else (short, long)
    room = width - 2 * _MARGIN
    texts = [[_text(cell) for cell in row] for row in cells(table, unmasked=unmasked)]
    blocks: list[Paragraph | Grid] = [_said(table.title, _TITLE), *_above(table)]
    blocks.append(_grid(names, texts, room))
    if table.signed:
        blocks += [_said("", _LINE), _said(_signature(table), _LINE)]
    margins = (_MARGIN, _MARGIN, _MARGIN + _FOOT / 2, _MARGIN)
    return [Sheet(width, height, margins, _FOOT, _FOOT, blocks, {"odd": [_page_words()]}, {})]


def _above(table: Table) -> list[Paragraph]:
    unit = f"填报单位：{table.station}　　" if table.station else ""
    first = f"{unit}日期：{chinese_day(table.day)}　　共{len(table.rows)}行"
    return [_said(text, _LINE) for text in (first, *table.notes)]


def _grid(names: Sequence[str], texts: Sequence[Sequence[str]], room: float) -> Grid:
    sample = [names, *texts[:_SAMPLED]]
    size = gongwen.size_for(int(room * 20), sample)
    widths = gongwen.shared_out(int(room * 20), sample, size)
    columns = list(zip(*texts[:_SAMPLED], strict=True)) or [()] * len(names)
    looks = [Look(gongwen.TABLE, size, side=_side(column), before=1, after=1) for column in columns]
    heading = replace(_HEAD, size=size)
    head = Row([_cell(name, heading, place) for place, name in enumerate(names)], header=True)
    rows = [
        Row([_cell(text, looks[place], place) for place, text in enumerate(line)]) for line in texts
    ]
    return Grid([width / 20 for width in widths], [head, *rows])


def _side(column: Sequence[str]) -> Side:
    return "center" if all(gongwen.is_short(text) for text in column) else "left"


def _cell(text: str, look: Look, column: int) -> Cell:
    return Cell([_said(text, look)], middle=True, column=column)


def _said(text: str, look: Look) -> Paragraph:
    return Paragraph(look, (Piece(text),) if text else ())


def _text(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return chinese_words.plain(value, grouped=True)
    return "" if value == "" else chinese_words.spoken(value)


def _signature(table: Table) -> str:
    day = chinese_day(table.day)
    return (
        f"填报单位（盖章）：{table.station}　　　填报人：{table.clerk}　　　"
        f"联系电话：{table.phone}　　　日期：{day}"
    )


def _page_words() -> Paragraph:
    pieces = (
        Piece("第 "),
        Piece(field="PAGE"),
        Piece(" 页　共 "),
        Piece(field="NUMPAGES"),
        Piece(" 页"),
    )
    return Paragraph(_FOOTER, pieces)
