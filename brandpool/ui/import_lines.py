"""A dry run as lines to read: what would be new, filled, in conflict, rejected, left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from brandpool.exchange.importable import importable, measures
from brandpool.exchange.importing import Reading
from brandpool.exchange.planning import Plan, PlannedRow, figure_key
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Value
from brandpool.ui import typed
from brandpool.ui.widgets.plain_table import Shown

NEW, CHANGED, CONFLICT, REJECTED = "new", "changed", "conflict", "rejected"
UNCHANGED, MISSING, SKIPPED = "unchanged", "missing", "skipped"
TABS = (NEW, CHANGED, CONFLICT, REJECTED, UNCHANGED, MISSING, SKIPPED)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line stands for: a row of the file, one of its cells, or a record of the pool."""

    row: PlannedRow | None = None
    name: str = ""
    record: str = ""


Lines = dict[str, list[Shown[Entry]]]


def tab_name(tab: str) -> str:
    """What a tab is called."""
    return {
        NEW: _("新增"),
        CHANGED: _("补充"),
        CONFLICT: _("冲突"),
        REJECTED: _("退回"),
        UNCHANGED: _("不变"),
        MISSING: _("库中有而文件中没有"),
        SKIPPED: _("略过的行"),
    }[tab]


def columns(tab: str) -> tuple[tuple[str, int], ...]:
    """The headings of a tab's table with their widths."""
    row, title = (_("行"), 56), (_("名称"), 250)
    notes = (_("提示"), 300)
    old, new = (_("库中值"), 190), (_("文件值"), 190)
    return {
        NEW: (row, title, (_("将要写入"), 440), notes),
        CHANGED: (row, title, (_("项目"), 150), old, new, notes),
        CONFLICT: (row, title, (_("项目"), 150), old, new, (_("采用"), 90)),
        REJECTED: (row, (_("单元格"), 80), title, (_("原因"), 500)),
        UNCHANGED: (row, title, notes),
        MISSING: (title, (_("处理"), 300)),
        SKIPPED: (row, (_("内容"), 400), (_("原因"), 300)),
    }[tab]


def lines(reading: Reading, planned: Plan, titles: Mapping[str, str]) -> Lines:
    """The lines of every tab; `titles` name the records that the file does not mention."""
    say = _Words(reading)
    found: Lines = {tab: [] for tab in TABS}
    for row in planned.rows:
        found[row.state] += _of_row(row, say)
    found[NEW].sort(key=_doubtful_first)
    found[CONFLICT].sort(key=lambda shown: shown.quiet)
    kept = _("保留，不删除")
    found[MISSING] = [
        Shown(Entry(record=record), (titles.get(record, ""), kept)) for record in planned.missing
    ]
    found[SKIPPED] = [
        Shown(Entry(), (str(left.number), left.text, left.reason)) for left in reading.table.skipped
    ]
    return found


class _Words:
    """Values of the fields and figures of one kind, in words."""

    def __init__(self, reading: Reading) -> None:
        self._fields = {one.name: one for one in importable(reading.model)}
        self._measures = {one.name: one for one in measures()}
        self._lang = lang()

    def label(self, name: str) -> str:
        """The field's label."""
        return self._fields[name].label(self._lang) if name in self._fields else name

    def value(self, name: str, value: Value, others: Mapping[str, Value]) -> str:
        """The value as tables show it; nothing is a dash."""
        if value is None or name not in self._fields:
            return "—"
        return typed.shown(self._fields[name], {**others, name: value}, self._lang)

    def figure(self, measure: str, year: int) -> str:
        """2025年营业收入."""
        return _("{year}年{measure}").format(
            year=year, measure=self._measures[measure].label(self._lang)
        )

    def amount(self, measure: str, value: Value) -> str:
        """A figure with its unit."""
        one: Field = self._measures[measure]
        return "—" if value is None else typed.shown(one, {one.name: value}, self._lang)


def conflict_line(row: PlannedRow, name: str, texts: tuple[str, ...]) -> Shown[Entry]:
    """A cell in conflict with what is chosen for it: the pool's value unless the row takes it.

    `texts` are the field, the pool's value and the file's.
    """
    taken = name in row.take
    chosen = _("文件值") if taken else _("库中值")
    head = (str(row.number), row.title)
    return Shown(Entry(row, name), (*head, *texts, chosen))


def _of_row(row: PlannedRow, say: _Words) -> Iterator[Shown[Entry]]:
    head = (str(row.number), row.title)
    notes = "；".join(row.notes)
    match row.state:
        case "new":
            parts = [f"{say.label(n)} {say.value(n, v, row.fills)}" for n, v in row.fills.items()]
            parts += [f"{say.figure(*key)} {say.amount(key[0], v[1])}" for key, v in _fresh(row)]
            if row.former:
                parts.append(_("曾用名 {names}").format(names="、".join(row.former)))
            yield Shown(Entry(row), (*head, "；".join(parts), notes))
        case "changed":
            yield from _filled(row, say, notes)
        case "conflict":
            yield from _conflicts(row, say)
            yield from _filled(row, say, _("补充"), quiet=True)
        case "rejected":
            cells = "、".join(problem.cell for problem in row.problems) or f"A{row.number}"
            yield Shown(Entry(row), (str(row.number), cells, row.title, "；".join(row.reasons)))
        case _:
            yield Shown(Entry(row), (*head, notes))


def _conflicts(row: PlannedRow, say: _Words) -> Iterator[Shown[Entry]]:
    """One line per cell whose field is filled otherwise in the pool."""
    for name, (old, new) in row.conflicts.items():
        texts = (say.label(name), say.value(name, old, row.fills), say.value(name, new, row.fills))
        yield conflict_line(row, name, texts)
    for (measure, year), (old, new) in row.figures.items():
        if old is not None:
            pair = say.amount(measure, old), say.amount(measure, new)
            texts = (say.figure(measure, year), *pair)
            yield conflict_line(row, figure_key(measure, year), texts)


def _filled(
    row: PlannedRow, say: _Words, last: str, *, quiet: bool = False
) -> Iterator[Shown[Entry]]:
    """One line per empty field of the pool that the file fills."""
    head = (str(row.number), row.title)
    for name, value in row.fills.items():
        new = say.value(name, value, row.fills)
        yield Shown(Entry(row), (*head, say.label(name), "—", new, last), quiet=quiet)
    for (measure, year), (_old, value) in _fresh(row):
        new = say.amount(measure, value)
        yield Shown(Entry(row), (*head, say.figure(measure, year), "—", new, last), quiet=quiet)
    if row.former:
        texts = (*head, _("曾用名"), "—", "、".join(row.former), last)
        yield Shown(Entry(row), texts, quiet=quiet)


def _fresh(row: PlannedRow) -> list[tuple[tuple[str, int], tuple[Value, Value]]]:
    return [(key, pair) for key, pair in row.figures.items() if pair[0] is None]


def _doubtful_first(shown: Shown[Entry]) -> tuple[bool, bool]:
    row = shown.row.row
    return (not (row and row.near), not (row and row.notes))
