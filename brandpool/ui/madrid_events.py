"""Events on the card of a registration: of one designation, or of all of it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout

from brandpool.i18n import _, lang
from brandpool.models.record import Record, fields
from brandpool.services import records
from brandpool.ui import style
from brandpool.ui.card_parts import fit
from brandpool.ui.event_form import EventCase, EventForm
from brandpool.ui.page import Shell
from brandpool.ui.widgets.column_layout import usual_width
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_lines import Line


class EventList(QFrame):
    """Newest first, with 添加事件, 修改 and 删除; `case` gives the form what it has to know."""

    def __init__(self, shell: Shell, model: type[Record], links: Sequence[str]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        style.paint_ground(self, style.PAPER)
        self._shell, self._model = shell, model
        self._case: Callable[[], EventCase] | None = None
        columns = [f for n, f in fields(model).items() if f.listed and n not in links]
        self._names = [field.name for field in columns]
        noun = model.label(lang())
        self.title = style.heading(noun, points=11)
        self.table: PlainTable[Line] = PlainTable(
            [field.label(lang()) for field in columns],
            [usual_width(field, title=False) for field in columns], noun,
        )  # fmt: skip
        self.add = QPushButton(_("添加事件…"))
        self.edit = QPushButton(_("修改…"))
        self.remove = QPushButton(_("删除"))
        self.add.clicked.connect(self.add_one)
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.table.activated.connect(lambda _index: self._edit())
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in (self.remove, self.edit, self.add):
            button.setAccessibleName(f"{button.text()} {noun}")
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addLayout(head)
        layout.addWidget(self.table)
        self._on_selection()

    def show_events(
        self, title: str, case: Callable[[], EventCase] | None, lines: Sequence[Line]
    ) -> None:
        """Show these events under a title; without a case none can be added."""
        self._case = case
        self.title.setText(f"{title}（{len(lines)}）")
        self.table.fill(
            [Shown(line, tuple(line.texts[name] for name in self._names)) for line in lines]
        )
        self.add.setEnabled(case is not None)
        fit(self.table, len(lines))
        self._on_selection()

    def add_one(self) -> None:
        """Open an empty form with its preview."""
        if self._case is not None:
            EventForm(self._shell, self._case(), "", self).open()

    def _edit(self) -> None:
        line = self.table.chosen()
        if line is not None and self._case is not None:
            EventForm(self._shell, self._case(), line.row.id, self).open()

    def _remove(self) -> None:
        line = self.table.chosen()
        if line is None:
            return
        model, event = self._model, line.row.id
        name = f"{line.texts['dated']} {line.texts['tag']}"
        box = QMessageBox(
            QMessageBox.Icon.Warning, _("删除"),
            _("将删除事件“{name}”，状态随之重新推算。").format(name=name), parent=self,
        )  # fmt: skip
        yes = box.addButton(_("删除"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            why = _("删除事件“{name}”").format(name=name)
            self._shell.work.write(why, lambda s: records.remove(s, model, [event]), owner=self)

    def _on_selection(self) -> None:
        there = self.table.chosen() is not None
        self.edit.setVisible(there)
        self.remove.setVisible(there)
