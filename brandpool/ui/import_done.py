"""After an import: what it did, the rejected rows to send back, and the way to take it back."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brandpool.exchange.importing import Outcome, Reading
from brandpool.exchange.planning import Plan
from brandpool.i18n import _
from brandpool.services.history import StepRow
from brandpool.ui import style
from brandpool.ui.import_lines import TABS, tab_name


@dataclass(frozen=True, slots=True)
class Done:
    """An import that was written: what it did and which step it is."""

    reading: Reading
    plan: Plan
    outcome: Outcome
    step: StepRow


class ImportDone(QWidget):
    """The result and what may follow."""

    save_rejected = Signal()
    take_back = Signal()
    show_new = Signal()
    other_file = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.done: Done | None = None
        self.title = style.heading("", points=13)
        self.words = style.soft("")
        self._numbers = QGridLayout()
        self._numbers.setHorizontalSpacing(36)
        self.rejected_button = QPushButton(_("保存退回行…"))
        self.show_button = QPushButton(_("查看新增的记录"))
        self.undo_button = QPushButton(_("撤销本次导入"))
        self.other_button = style.primary(QPushButton(_("再导入一个文件")))
        self.rejected_button.clicked.connect(self.save_rejected)
        self.show_button.clicked.connect(self.show_new)
        self.undo_button.clicked.connect(self.take_back)
        self.other_button.clicked.connect(self.other_file)
        sheet = style.card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(24, 18, 24, 18)
        inside.setSpacing(14)
        inside.addWidget(self.title)
        inside.addLayout(self._numbers)
        inside.addWidget(self.words)
        line = QHBoxLayout()
        for button in (self.other_button, self.show_button, self.rejected_button, self.undo_button):
            line.addWidget(button)
        line.addStretch(1)
        inside.addLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sheet)
        layout.addStretch(1)

    def show_done(self, done: Done) -> None:
        """Show what this import did."""
        self.done = done
        self.title.setText(_("已完成：{what}").format(what=done.step.why))
        while self._numbers.count():
            if (old := self._numbers.takeAt(0).widget()) is not None:
                old.deleteLater()
        for column, tab in enumerate(TABS[:-1]):
            number = style.heading(f"{done.outcome.counts[tab]:,}", points=16)
            self._numbers.addWidget(number, 0, column)
            self._numbers.addWidget(QLabel(tab_name(tab)), 1, column)
        self._numbers.setColumnStretch(len(TABS), 1)
        left = sum(bool(row.reasons or row.problems) for row in done.plan.rows)
        self.rejected_button.setEnabled(bool(left))
        self.show_button.setEnabled(bool(done.outcome.added))
        self.undo_button.setEnabled(True)
        self.words.setText(
            _("有 {count} 行没有导入或没有全部导入，可保存为表格，改好后直接再导入。").format(
                count=left
            )
            if left
            else _("所有行都已导入。")
        )

    def show_undone(self) -> None:
        """Say that the import has been taken back."""
        self.undo_button.setEnabled(False)
        self.show_button.setEnabled(False)
        self.words.setText(_("本次导入已撤销，品牌库恢复到导入之前。可在“历史”中重做。"))
