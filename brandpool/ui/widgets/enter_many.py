"""Many cells at once (paste, fill down, clear): read first, shown before, then one step."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.ui import style, typed
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_lines import link_titles


@dataclass(frozen=True, slots=True)
class Cell:
    """A text for one field of one record."""

    record: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell will be, or why it stays as it is."""

    title: str
    label: str
    old: str
    new: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, with the versions it was made on, and every cell in words."""

    edits: Mapping[str, Mapping[str, Value]]
    seen: Mapping[str, str]
    entries: Sequence[Entry]

    @property
    def refused(self) -> list[Entry]:
        """The cells that stay as they are."""
        return [entry for entry in self.entries if entry.refused]


def plan(session: Session, model: type[Record], cells: Sequence[Cell], lang: Lang) -> Plan:
    """Read each text as its field's value and compare it with what is there."""
    ids = list(dict.fromkeys(cell.record for cell in cells))
    rows = {row.id: row for row in records.rows(session, model, ids)}
    links = link_titles(session, model, list(rows.values()))
    edits: dict[str, dict[str, Value]] = defaultdict(dict)
    entries: list[Entry] = []
    for cell in cells:
        row = rows.get(cell.record)
        if row is None:
            continue
        field = fields(model)[cell.name]
        title = str(row.values.get(model.title_field) or "")
        old = links.get(cell.name, {}).get(str(row[cell.name]), "") or typed.shown(
            field, row.values, lang
        )
        try:
            value = _value(session, field, cell.text)
            _check_required(field, value)
        except typed.NotUnderstood as reason:
            entries.append(Entry(title, field.label(lang), old, cell.text, str(reason)))
            continue
        if value != row[cell.name]:
            edits[row.id][cell.name] = value
            entries.append(Entry(title, field.label(lang), old, _new_text(field, value, cell, row)))
    seen = {record: rows[record].ver for record in edits}
    return Plan(dict(edits), seen, entries)


def write(session: Session, model: type[Record], planned: Plan) -> int:
    """Write the plan; returns how many records changed."""
    return sum(
        records.edit(session, model, record, values, planned.seen[record])
        for record, values in planned.edits.items()
    )


class Preview(QDialog):
    """Every cell with its old and new text; the refused ones first, with the reason."""

    def __init__(self, planned: Plan, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("核对后写入"))
        self.resize(820, 460)
        good = len(planned.entries) - len(planned.refused)
        text = _("将修改 {records} 条记录的 {cells} 个单元格").format(
            records=len(planned.edits), cells=good
        )
        if planned.refused:
            text += _("；{number} 个无法识别，保持原样").format(number=len(planned.refused))
        self.summary = QLabel("。".join(part for part in (text, note) if part) + "。")
        self.summary.setWordWrap(True)
        table: PlainTable[Entry] = PlainTable(
            (_("记录"), _("项目"), _("原值"), _("新值"), _("问题")),
            (200, 110, 150, 150, 180),
            _("将要写入的内容"),
        )
        ordered = [*planned.refused, *(e for e in planned.entries if not e.refused)]
        table.fill([Shown(e, (e.title, e.label, e.old, e.new, e.refused)) for e in ordered])
        buttons = QDialogButtonBox()
        self.accept_button = style.primary(buttons.addButton(_("写入"), _ACCEPT))
        self.accept_button.setEnabled(good > 0)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(table)
        layout.addWidget(buttons)


def spread(
    rows: Sequence[str],
    names: Sequence[str],
    block: Sequence[Sequence[str]],
    first: tuple[int, int],
) -> tuple[list[Cell], int]:
    """A block of texts laid on the table from the cell `first`; also how many fell outside.

    `rows` are the records and `names` the fields in the order in which they are seen.
    """
    cells: list[Cell] = []
    outside = 0
    for down, texts in enumerate(block):
        for right, text in enumerate(texts):
            row, column = first[0] + down, first[1] + right
            if row < len(rows) and column < len(names):
                cells.append(Cell(rows[row], names[column], text))
            else:
                outside += 1
    return cells, outside


def tile(block: Sequence[Sequence[str]], height: int, width: int) -> list[list[str]]:
    """The block repeated to fill a selection that is a whole multiple of it, else as it is."""
    rows, columns = len(block), max(map(len, block), default=0)
    if not rows or not columns or height % rows or width % columns:
        return [list(texts) for texts in block]
    padded = [[*texts, *[""] * (columns - len(texts))] for texts in block]
    return [padded[row % rows] * (width // columns) for row in range(height)]


def _value(session: Session, field: Field, text: str) -> Value:
    if field.kind is not Kind.LINK or not text.strip():
        return typed.value_of(field, text)
    model = by_kind()[field.links]
    for name in (model.title_field, *model.official):
        found = records.find(session, model, Query((Filter(name, Op.EQUALS, text.strip()),)))
        if len(found) == 1:
            return found[0]
        if found:
            raise typed.NotUnderstood(_("库中有几条“{text}”，请用编号。").format(text=text.strip()))
    raise typed.NotUnderstood(
        _("库中没有{kind}“{text}”，请先新增。").format(kind=model.label(lang()), text=text.strip())
    )


def _check_required(field: Field, value: Value) -> None:
    if field.required and value in (None, ""):
        raise typed.NotUnderstood(_("“{field}”不能为空。").format(field=field.label(lang())))


def _new_text(field: Field, value: Value, cell: Cell, row: RecordRow) -> str:
    if field.kind is Kind.LINK:
        return cell.text.strip()
    return typed.shown(field, {**row.values, field.name: value}, "zh")


_ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
