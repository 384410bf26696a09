"""One section of the card: the records of a kind that hang on the enterprise."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout

from brandpool.i18n import _, lang
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.ui import style
from brandpool.ui.ledger_forms import form_of
from brandpool.ui.page import Shell
from brandpool.ui.widgets.column_layout import usual_width
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_lines import Line

_MOST = 10


class CardSection(QFrame):
    """Heading with the number, a table, and 新增, 修改, 删除."""

    def __init__(self, shell: Shell, model: type[Record], link: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        style.paint_ground(self, style.PAPER)
        self.record_kind = model
        self._shell = shell
        self._link = link
        self._enterprise = ""
        self._fields = [f for n, f in fields(model).items() if n != link and f.listed]
        noun = model.label(lang())
        self.title = style.heading(noun, points=11)
        self.below = style.soft("")
        self.below.hide()
        self.table: PlainTable[Line] = PlainTable(
            [field.label(lang()) for field in self._fields],
            [usual_width(field, title=False) for field in self._fields],
            noun,
        )
        self.table.doubleClicked.connect(self._edit)
        self.add = QPushButton(_("新增"))
        self.edit = QPushButton(_("修改"))
        self.remove = QPushButton(_("删除"))
        for button, act in ((self.add, self.add_one), (self.edit, self._edit)):
            button.clicked.connect(act)
        self.remove.clicked.connect(self._remove)
        for button in (self.add, self.edit, self.remove):
            button.setAccessibleName(f"{button.text()}{noun}")
        self.head = head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (self.remove, self.edit, self.add):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addLayout(head)
        layout.addWidget(self.below)
        layout.addWidget(self.table)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)

    def show_lines(self, enterprise: str, lines: Sequence[Line]) -> None:
        """Show these records of this enterprise."""
        self._enterprise = enterprise
        noun = self.record_kind.label(lang())
        self.title.setText(f"{noun}（{len(lines)}）" if lines else noun)
        self.table.fill([Shown(ln, tuple(ln.texts[f.name] for f in self._fields)) for ln in lines])
        self.setVisible(bool(lines))
        rows = max(1, min(len(lines), _MOST))
        self.table.setFixedHeight(30 + style.ROW_HEIGHT * rows + 14)
        self._on_selection()

    def tell_below(self, numbers: Mapping[type[Record], int]) -> None:
        """Say how many records of other kinds hang on these."""
        parts = (f"{model.label(lang())} {number}" for model, number in numbers.items())
        self.below.setText("　".join(parts))
        self.below.setVisible(bool(numbers))

    def add_one(self) -> None:
        """Open an empty form for this enterprise."""
        preset = {self._link: self._enterprise}
        form = form_of(self.record_kind)
        form(self._shell, self.record_kind, preset=preset, parent=self).show()

    def _edit(self) -> None:
        line = self.table.chosen()
        if line is not None:
            form = form_of(self.record_kind)
            form(self._shell, self.record_kind, line.row.id, parent=self).show()

    def _remove(self) -> None:
        line = self.table.chosen()
        if line is None:
            return
        model, record = self.record_kind, line.row.id
        noun = model.label(lang())
        name = line.texts.get(model.title_field, "")
        text = _("将删除{noun}“{name}”。").format(noun=noun, name=name)
        box = QMessageBox(QMessageBox.Icon.Warning, _("删除"), text, parent=self)
        box.setInformativeText(_("删除后可用 Ctrl+Z 或在“历史”中恢复。"))
        yes = box.addButton(_("删除"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            why = _("删除{noun}“{name}”").format(noun=model.label(lang()), name=name)
            self._shell.work.write(why, lambda s: records.remove(s, model, [record]))

    def _on_selection(self) -> None:
        there = self.table.chosen() is not None
        self.edit.setVisible(there)
        self.remove.setVisible(there)
