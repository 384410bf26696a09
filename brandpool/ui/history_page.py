"""History: every step by name, to be taken back or done again, and what the pool once held."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.services import history
from brandpool.services.history import StepRow, UndoReport
from brandpool.ui import style
from brandpool.ui.check_tab import CheckTab
from brandpool.ui.compare_tab import CompareTab
from brandpool.ui.page import Page, Shell
from brandpool.ui.past_tab import PastTab
from brandpool.ui.recycle_tab import RecycleTab
from brandpool.ui.undo_actions import redo_step, tell_what_was_left, undo_step, undone_name
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_BATCH = 200


class HistoryPage(Page):
    """Steps, recycle bin, the pool as it was known, two days compared, and the check."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.steps = StepsTab(shell)
        self.recycle = RecycleTab(shell)
        self.past = PastTab(shell)
        self.compare = CompareTab(shell)
        self.check = CheckTab(shell)
        self.tabs = QTabWidget()
        for tab, title in (
            (self.steps, _("步骤")),
            (self.recycle, _("回收站")),
            (self.past, _("当时所知")),
            (self.compare, _("两日对照")),
            (self.check, _("核对")),
        ):
            self.tabs.addTab(tab, title)
        self.steps.look_back.connect(self._look_back)
        self.tabs.currentChanged.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("历史")))
        layout.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Read the tab in sight again."""
        for tab in (self.steps, self.recycle, self.past, self.compare):
            if tab is self.tabs.currentWidget():
                tab.ask()

    def _look_back(self, step: StepRow) -> None:
        self.past.stand_after(step.lsn, f"{step.at:%Y-%m-%d %H:%M} {step.why}")
        self.tabs.setCurrentWidget(self.past)


class StepsTab(QWidget):
    """Steps, newest first: when, who, what, from where, how many records.

    `look_back` is told a step after which the pool is to be shown.
    """

    look_back = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.table: PlainTable[StepRow] = PlainTable(
            (_("时间"), _("经办人"), _("来源"), _("记录数"), _("状态"), _("操作")),
            (150, 90, 70, 60, 70, 400),
            _("操作历史"),
        )
        self.undo = QPushButton(_("撤销这一步"))
        self.redo = QPushButton(_("重做这一步"))
        self.then = QPushButton(_("这一步之后的库…"))
        self.older = QPushButton(_("更早的操作"))
        self.undo.clicked.connect(self._undo)
        self.redo.clicked.connect(self._redo)
        self.then.clicked.connect(self._look_back)
        self.older.clicked.connect(self._read_older)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        buttons = QHBoxLayout()
        for button in (self.undo, self.redo, self.then):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.older)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(
            style.soft(_("每一步操作都可以撤销，关闭程序后也可以。撤销本身也是一步，可以再重做。"))
        )
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)
        self._steps: list[StepRow] = []
        self._on_row()

    def ask(self) -> None:
        """Read the latest steps."""
        self.shell.work.read(_latest, self._show, replaces=self)

    def _read_older(self) -> None:
        if self._steps:
            before = self._steps[-1].lsn
            self.shell.work.read(
                lambda session: history.steps(session, _BATCH, before), self._append
            )

    def _show(self, steps: list[StepRow]) -> None:
        chosen = self.table.chosen()
        self._steps = steps
        self.table.fill([_shown(step) for step in steps])
        places = [i for i, step in enumerate(steps) if chosen and step.txn == chosen.txn]
        self.table.selectRow(places[0] if places else 0)
        self.older.setEnabled(len(steps) == _BATCH)
        self._on_row()

    def _append(self, steps: list[StepRow]) -> None:
        self._show(self._steps + steps)
        self.older.setEnabled(len(steps) == _BATCH)

    def _on_row(self) -> None:
        step = self.table.chosen()
        self.undo.setEnabled(step is not None and not step.is_undo and not step.undone)
        self.redo.setEnabled(step is not None and step.is_undo and not step.undone)
        self.then.setEnabled(step is not None)

    def _look_back(self) -> None:
        step = self.table.chosen()
        if step is not None:
            self.look_back.emit(step)

    def _undo(self) -> None:
        step = self.table.chosen()
        if step is not None:
            self.shell.work.run(
                lambda task: undo_step(task, step.txn, step.why),
                self._report,
                title=_("撤销"),
                keep=True,
            )

    def _redo(self) -> None:
        step = self.table.chosen()
        if step is not None:
            self.shell.work.run(
                lambda task: redo_step(task, step.txn, undone_name(step.why)),
                self._report,
                title=_("重做"),
                keep=True,
            )

    def _report(self, report: UndoReport) -> None:
        self.shell.say(_("完成，改回 {number} 条记录").format(number=report.put_back))
        tell_what_was_left(self, report)


def _latest(session: Session) -> list[StepRow]:
    return history.steps(session, _BATCH)


def _shown(step: StepRow) -> Shown[StepRow]:
    state = _("已撤销") if step.undone else ""
    texts = (f"{step.at:%Y-%m-%d %H:%M:%S}", step.who, source_name(step.source), str(step.records))
    return Shown(step, (*texts, state, step.why), quiet=step.undone or step.is_undo)


def source_name(source: str) -> str:
    """Where a step came from, in words."""
    return {
        "screen": _("窗口"),
        "import": _("导入"),
        "merge": _("合并"),
        "pack": _("外勤包"),
        "undo": _("撤销"),
        "command": _("命令行"),
        "sample": _("示例"),
    }.get(source, source)
