"""Many cells at once (paste, fill down, clear): laid on the table, and shown before written."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.widgets.cell_plan import Cell, Entry, Plan
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class Preview(QDialog):
    """Every cell with its old and new text; the refused ones first, with the reason."""

    def __init__(self, planned: Plan, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.planned = planned
        self.setWindowTitle(_("核对后写入"))
        self.resize(820, 460)
        self.summary = QLabel("。".join(part for part in (_words(planned), note) if part) + "。")
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
        self.accept_button.setEnabled(bool(planned.edits or planned.added))
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(table)
        layout.addWidget(buttons)


@dataclass(frozen=True, slots=True)
class Laid:
    """A block laid on a table: its cells, its rows below the last record, cells that fell off."""

    cells: list[Cell]
    below: list[list[str]]
    outside: int


def spread(
    rows: Sequence[str],
    names: Sequence[str],
    block: Sequence[Sequence[str]],
    first: tuple[int, int],
) -> Laid:
    """A block of texts laid on the table from the cell `first`.

    `rows` are the records and `names` the fields in the order in which they are seen.
    """
    cells: list[Cell] = []
    below: list[list[str]] = []
    outside = 0
    width = len(names) - first[1]
    for row, texts in enumerate(block, first[0]):
        outside += max(0, len(texts) - width)
        if row < len(rows):
            kept = zip(names[first[1] :], texts, strict=False)
            cells += [Cell(rows[row], name, text) for name, text in kept]
        else:
            below.append(list(texts[:width]))
    return Laid(cells, below, outside)


def tile(block: Sequence[Sequence[str]], height: int, width: int) -> list[list[str]]:
    """The block repeated to fill a selection that is a whole multiple of it, else as it is."""
    rows, columns = len(block), max(map(len, block), default=0)
    if not rows or not columns or height % rows or width % columns:
        return [list(texts) for texts in block]
    padded = [[*texts, *[""] * (columns - len(texts))] for texts in block]
    return [padded[row % rows] * (width // columns) for row in range(height)]


def _words(planned: Plan) -> str:
    """What will be written and what will not, in one sentence."""
    cells = sum(len(values) for values in planned.edits.values())
    parts: list[str] = []
    if cells or not planned.added:
        change = _("将修改 {records} 条记录的 {cells} 个单元格")
        parts.append(change.format(records=len(planned.edits), cells=cells))
    if planned.added:
        parts.append(_("将新增 {number} 条记录").format(number=len(planned.added)))
    rows = sum(entry.row for entry in planned.refused)
    if unread := len(planned.refused) - rows:
        parts.append(_("{number} 个无法识别，保持原样").format(number=unread))
    if rows:
        parts.append(_("{number} 行不能新增").format(number=rows))
    return "；".join(parts)


_ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
