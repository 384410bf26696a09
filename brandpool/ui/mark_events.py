"""The events and letters of a mark on its card; adding, changing and deleting restates it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.mark_file import MarkEvent
from brandpool.services import records, trademarks
from brandpool.ui import style
from brandpool.ui.event_form import EventForm
from brandpool.ui.mark_event_case import case_of
from brandpool.ui.mark_reading import letter_row
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_lines import Line

_COLUMNS = ("dated", "event", "outcome", "document_no", "letter", "received")


class MarkEvents(QFrame):
    """Newest first; a letter shows until when it has to be answered."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        style.paint_ground(self, style.PAPER)
        self._shell, self._mark = shell, ""
        self.title = style.heading(_("事件与来文"), points=11)
        headings = (
            _("日期"), _("事件"), _("结论"), _("文号"), _("来文"), _("收到日"), _("答复截止"),
            _("说明"),
        )  # fmt: skip
        self.table: PlainTable[Line] = PlainTable(
            headings, (94, 130, 90, 130, 150, 94, 94, 160), _("事件与来文")
        )
        self.add = style.primary(QPushButton(_("添加事件…")))
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
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addLayout(head)
        layout.addWidget(self.table)
        self._on_selection()

    def show_events(self, mark: str, lines: Sequence[Line]) -> None:
        """Show the events of this mark."""
        self._mark = mark
        self.title.setText(_("事件与来文（{number}）").format(number=len(lines)))
        self.table.fill([Shown(line, _texts(line)) for line in lines])
        self.table.setVisible(bool(lines))
        rows = min(max(len(lines), 1), 10)
        self.table.setFixedHeight(30 + style.ROW_HEIGHT * rows + 14)
        self._on_selection()

    def add_one(self) -> None:
        """Open an empty form with its preview."""
        EventForm(self._shell, case_of(self._mark), "", self).open()

    def _edit(self) -> None:
        line = self.table.chosen()
        if line is not None:
            EventForm(self._shell, case_of(self._mark), line.row.id, self).open()

    def _remove(self) -> None:
        line = self.table.chosen()
        if line is None:
            return
        mark, event = self._mark, line.row.id
        name = f"{line.texts['dated']} {line.texts['event']}"
        box = QMessageBox(
            QMessageBox.Icon.Warning, _("删除"),
            _("将删除事件“{name}”，商标状态随之重新推算。").format(name=name), parent=self,
        )  # fmt: skip
        yes = box.addButton(_("删除"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("取消"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is yes:
            why = _("删除事件“{name}”").format(name=name)
            self._shell.work.write(why, lambda s: remove_event(s, mark, event), owner=self)

    def _on_selection(self) -> None:
        there = self.table.chosen() is not None
        self.edit.setVisible(there)
        self.remove.setVisible(there)


def remove_event(session: Session, mark: str, event: str) -> None:
    """Delete an event and let the mark's status follow."""
    records.remove(session, MarkEvent, [event])
    trademarks.restate(session, date.today(), [mark])


def _texts(line: Line) -> tuple[str, ...]:
    due = letter_row(line.row)
    limit = due.computed.isoformat() if due is not None and due.computed else ""
    if due is not None and line.row["answered"]:
        limit = _("已答复")
    return (*(line.texts[name] for name in _COLUMNS), limit, line.texts["note"])
