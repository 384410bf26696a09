"""The tables of a sheet: their headings, their rows, and every line left out with its reason."""

from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from brandpool.exchange import header as header_rows
from brandpool.exchange.cell_shapes import as_heading, heading_score, is_blank, is_organisation
from brandpool.exchange.headings import Heading, bare_key, is_ordinal, table_unit
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.row_kinds import (
    REPEATED,
    Layout,
    RowKind,
    group_level,
    is_group_title,
    judge,
    layout,
    same_headings,
    signs_off,
)
from brandpool.exchange.workbook import Row, Sheet
from brandpool.i18n import _

_SAMPLE_ROWS = 200
_STARTS = frozenset(
    "合总小共累平注备数资来信填制审单说报统附以本例示样此该温免提声版截日打导联领签分主经负法复部"
    "第一二三四五六七八九十Tts※*#-（(【[〔"
)


class SourceRow(NamedTuple):
    """One record as the file holds it.

    `number` is the row as the clerk sees it (from 1); `cells` fit the table's headings; `group`
    is the title line it stood under; `shift` is how far right its cells stood (for a table
    printed in several blocks side by side).
    """

    number: int
    cells: Row
    group: str = ""
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, why, and what stood in it."""

    number: int
    kind: RowKind
    reason: str
    text: str


@dataclass(slots=True)
class Table:
    """One table: titles above it, headings, records, lines left out, and notes for the clerk.

    `header_rows` are row numbers from 1; it is empty when the table has no heading, and then the
    headings are the letters of the columns. `unit` is what a title says of all amounts (万元).
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    rows: list[SourceRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    unit: str = ""
    notes: list[str] = field(default_factory=list)
    next_row: int = 0

    @property
    def headless(self) -> bool:
        """Whether no heading was found, so that the clerk must say what the columns are."""
        return not self.header_rows


def find_table(sheet: Sheet, known: Set[str] = frozenset()) -> Table:
    """The main table of a sheet, the one with most records; its notes tell of any others.

    `known` are the exact keys of headings that the fields go by (`mapping.known_headings`).
    """
    tables = find_tables(sheet, known)
    main = max(tables, key=lambda table: (not table.headless, len(table.rows)))
    for other in tables:
        if other is not main and other.rows:
            shown = "、".join(heading.text for heading in other.headings[:5])
            place = column_letters(other.headings[0].column)
            main.notes.append(
                _("工作表上还有另一张表（{place}{row} 起：{headings}），这次没有导入。").format(
                    place=place,
                    row=other.header_rows[0] if other.header_rows else 1,
                    headings=shown,
                )
            )
    return main


def find_tables(sheet: Sheet, known: Set[str] = frozenset()) -> list[Table]:
    """Every table of a sheet from top to bottom and left to right; at least one, maybe empty."""
    known = frozenset(known)
    merged = sheet.content.merged or ()
    tables: list[Table] = []
    start = 0
    found = header_rows.locate(sheet.rows, 0, merged, known)
    while found is not None:
        tables += _read(sheet, found, start, known)
        start = tables[-1].next_row
        more = start < len(sheet.rows)
        found = header_rows.at(sheet.rows, start, merged, known) if more else None
    return tables or [_headless(sheet)]


def _read(sheet: Sheet, found: header_rows.Header, start: int, known: Set[str]) -> list[Table]:
    titles = tuple(
        "　".join(dict.fromkeys(as_heading(cell) for cell in row if not is_blank(cell)))
        for row in sheet.rows[start : found.top]
        if any(not is_blank(cell) for cell in row)
    )
    numbers = tuple(range(found.top + 1, found.bottom + 2))
    headings = _named(sheet, found)
    unit = next((u for title in titles if (u := table_unit(title))), "")
    tables: list[Table] = []
    for block in _blocks(headings):
        table = Table(sheet, numbers, block[0], titles=titles, unit=unit)
        _fill(table, found, block, known, tables[0].next_row if tables else None)
        tables.append(table)
    return tables


def _named(sheet: Sheet, found: header_rows.Header) -> tuple[Heading, ...]:
    """The headings, hidden ones marked, and the columns that hold data without any heading."""
    hidden = sheet.content.hidden.columns
    named = {heading.column: heading for heading in found.headings}
    sample = sheet.rows[found.bottom + 1 : found.bottom + 1 + _SAMPLE_ROWS]
    for column in range(sheet.width):
        filled = sum(not is_blank(row[column]) for row in sample)
        if column in named:
            doubled = column - 1 in named and named[column - 1].parts == named[column].parts
            if not filled and doubled:
                del named[column]
        elif filled * 4 > len(sample):
            named[column] = Heading(
                (_("{letter}列").format(letter=column_letters(column)),), column
            )
    return tuple(replace(named[column], hidden=column in hidden) for column in sorted(named))


def _blocks(headings: tuple[Heading, ...]) -> list[list[tuple[Heading, ...]]]:
    """Headings that repeat side by side make one table; a table of its own beside it another."""
    keys = [bare_key(heading.text) for heading in headings]
    for period in range(1, len(keys) // 2 + 1):
        if len(keys) % period or keys != keys[:period] * (len(keys) // period):
            continue
        if period > 1 or not is_ordinal(keys[0]):
            return [[headings[n : n + period] for n in range(0, len(keys), period)]]
    for place in range(2, len(headings) - 1):
        gap = headings[place].column - headings[place - 1].column > 1
        left, right = set(keys[:place]), keys[place:]
        if gap and (is_ordinal(right[0]) or right[0] in left) and len(right) > 1:
            return [[headings[:place]], [headings[place:]]]
    return [[headings]]


def _fill(
    table: Table,
    found: header_rows.Header,
    block: list[tuple[Heading, ...]],
    known: Set[str],
    end: int | None,
) -> None:
    """Read the rows of one block, or of equal blocks side by side, down to row `end` if given."""
    sheet_rows = table.sheet.rows
    start = found.bottom + 1
    rules = layout(
        block[0], sheet_rows[found.top : start], sheet_rows[start : start + _SAMPLE_ROWS]
    )
    table.next_row = _Body(table, rules, known).read(start, 0, end)
    for part in block[1:]:
        shift = part[0].column - block[0][0].column
        _Body(table, rules, known).read(start, shift, table.next_row)
    if len(block) > 1:
        table.notes.append(_("表格左右并排分为 {count} 栏，已合并读取。").format(count=len(block)))
    if not table.rows:
        table.notes.append(_("表头下面没有可导入的数据行。"))


class _Body:
    """Reads the rows under a heading until another table begins."""

    def __init__(self, table: Table, rules: Layout, known: Set[str]) -> None:
        self.table = table
        self.rules = rules
        self.known = known
        self.groups = [(group_level(t), t) for t in table.titles[-1:] if is_group_title(t)]
        columns = [h.column for h in rules.headings if h.column != rules.ordinal_column]
        self.key = columns[0] if columns else 0
        self.key_text = {h.parts[-1] for h in rules.headings if h.column == self.key}

    def read(self, start: int, shift: int = 0, end: int | None = None) -> int:
        """Take the rows from `start` on; the number (from 0) of the row after the last one."""
        rows = self.table.sheet.rows
        alone = end is None
        end = len(rows) if end is None else end
        blanks = self._most_blanks()
        gap, group = False, self._group()
        for number in range(start, end):
            row = rows[number][shift:] + [""] * shift if shift else rows[number]
            if not gap and number > start and row.count("") <= blanks and self._plain(row):
                self.table.rows.append(SourceRow(number + 1, row, group, shift))
                continue
            if alone and self._starts_table(row, gap):
                break
            verdict = judge(row, self.rules, first_row=number == start)
            gap = verdict is not None and verdict[0] is not RowKind.TOTAL
            if verdict is None:
                self.table.rows.append(SourceRow(number + 1, row, group, shift))
            else:
                group = self._leave_out(number, row, *verdict) or group
        else:
            number = end
        self._close()
        return number

    def _most_blanks(self) -> int:
        """More blank cells than this make a row worth a closer look."""
        outside = self.table.sheet.width - len(self.rules.headings)
        return outside + max(len(self.rules.headings) // 2, 1) if self.rules.width > 2 else -1

    def _plain(self, row: Row) -> bool:
        """Clearly a record, by the beginnings of its first cells."""
        first, key = row[self.rules.headings[0].column], row[self.key]
        if key == "" or (type(first) is str and (first[:1] in _STARTS or first[:1] == "")):
            return False
        return not (type(key) is str and (key[:1] in _STARTS or key in self.key_text))

    def _starts_table(self, row: Row, gap: bool) -> bool:
        """Whether other headings begin in this row."""
        same = same_headings(row, self.rules)
        if same >= REPEATED or not (gap or same > 0):
            return False
        filled = [cell for cell in row if not is_blank(cell)]
        scores = [heading_score(cell, self.known) for cell in filled]
        return len(set(filled)) > 1 and sum(scores) >= 4 and min(scores) > 0

    def _leave_out(self, number: int, row: Row, kind: RowKind, reason: str) -> str:
        """Keep the line among those left out; the title that now stands above the rows."""
        text = "　".join(dict.fromkeys(as_heading(cell) for cell in row if not is_blank(cell)))
        if not text:
            return ""
        self.table.skipped.append(Skipped(number + 1, kind, reason, text))
        if kind is not RowKind.GROUP:
            return ""
        level = group_level(text)
        self.groups = [(at, title) for at, title in self.groups if at < level] + [(level, text)]
        return self._group()

    def _group(self) -> str:
        return " / ".join(title for _level, title in self.groups)

    def _close(self) -> None:
        """What stands last is no record: an authority that signs, a group without records."""
        rows = self.table.rows
        while len(rows) > 1 and self._signed(rows[-1], rows[-2]):
            row = rows.pop()
            text = "　".join(as_heading(cell) for cell in row.cells if not is_blank(cell))
            reason = _("表后说明或落款，不是记录")
            self.table.skipped.append(Skipped(row.number, RowKind.NOTE, reason, text))
        last = self.table.rows[-1].number if self.table.rows else 0
        self.table.skipped = [
            replace(skipped, kind=RowKind.NOTE, reason=_("表后的文字，不是记录"))
            if skipped.kind is RowKind.GROUP and skipped.number > last
            else skipped
            for skipped in self.table.skipped
        ]

    def _signed(self, last: SourceRow, before: SourceRow) -> bool:
        return signs_off(last.cells, self.rules) and not signs_off(before.cells, self.rules)


def _headless(sheet: Sheet) -> Table:
    """The rows of a sheet without headings, its columns called by their letters."""
    columns = [
        column
        for column in range(sheet.width)
        if any(not is_blank(row[column]) for row in sheet.rows)
    ]
    hidden = sheet.content.hidden.columns
    headings = tuple(
        Heading(
            (_("{letter}列").format(letter=column_letters(column)),),
            column,
            hidden=column in hidden,
        )
        for column in columns
    )
    table = Table(sheet, (), headings, next_row=len(sheet.rows))
    if not columns:
        table.notes.append(
            _("工作表“{sheet}”没有内容，没有可导入的数据。").format(sheet=sheet.name)
        )
        return table
    table.notes.append(
        _("工作表“{sheet}”没有找到表头，各列的含义按内容判断，请核对。").format(sheet=sheet.name)
    )
    rules = layout(headings, (), sheet.rows[:_SAMPLE_ROWS])
    _Body(table, rules, frozenset()).read(0)
    _drop_unnamed(table, rules.name_column)
    return table


def _drop_unnamed(table: Table, names: int) -> None:
    """Without a heading only rows with the name of an enterprise are records, if most have one."""
    named = [row for row in table.rows if is_organisation(as_heading(row.cells[names]))]
    if len(named) * 2 <= len(table.rows):
        return
    kept = {row.number for row in named}
    for row in table.rows:
        if row.number not in kept:
            text = "　".join(as_heading(cell) for cell in row.cells if not is_blank(cell))
            reason = _("没有表头，而这一行没有企业名称")
            table.skipped.append(Skipped(row.number, RowKind.NOTE, reason, text))
    table.rows = named
