"""The check: does the pool say what its journal says? Whatever bypassed the program is listed."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.i18n import Lang, _, lang
from brandpool.models.journal import Txn
from brandpool.models.kinds import KINDS, by_kind
from brandpool.models.record import fields
from brandpool.services import attached, records
from brandpool.services.check import Disagreement, check
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found, and how much it looked at."""

    found: list[Shown[Disagreement]]
    steps: int
    records: int


class CheckTab(QWidget):
    """One button, one sentence, and a list where something disagrees."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.start = style.primary(QPushButton(_("开始核对")))
        self.start.clicked.connect(self.ask)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table: PlainTable[Disagreement] = PlainTable(
            (_("何处"), _("记录"), _("项目"), _("库中现值"), _("历史中的值")),
            (120, 260, 150, 220, 220),
            _("不一致之处"),
        )
        self.table.activated.connect(lambda _index: self._open())
        self.table.hide()
        line = QHBoxLayout()
        line.addWidget(self.start)
        line.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(
            style.soft(
                _("逐步验算每一步操作，再与库中每条记录、每个附件比较，能查出绕过本程序的改动。")
            )
        )
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addStretch()

    def ask(self) -> None:
        """Check the whole pool; it can be broken off in the status bar."""
        self.start.setEnabled(False)
        self.words.setText(_("正在核对……"))
        tongue = lang()
        self.shell.work.run(
            lambda task: run_check(task, tongue), self._show, title=_("核对"), owner=self
        )
        self.shell.work.ended.connect(self._ended)

    def _ended(self, task: Task) -> None:
        if task.title == _("核对"):
            self.start.setEnabled(True)
            self.shell.work.ended.disconnect(self._ended)
            if task.cancelled:
                self.words.setText(_("核对已停止，没有查完。"))

    def _show(self, checked: Checked) -> None:
        self.table.fill(checked.found)
        self.table.setVisible(bool(checked.found))
        if checked.found:
            text = _("发现 {number} 处不一致。库中的值可能被别的程序改过，请先备份再处理。").format(
                number=len(checked.found)
            )
        else:
            text = _("全部一致：{steps:,} 步操作、{records:,} 条记录与历史逐项相符。").format(
                steps=checked.steps, records=checked.records
            )
        self.words.setText(text)
        style.tint(self.words, style.BAD if checked.found else style.GOOD)

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None and one.where in by_kind():
            self.shell.open(one.where, one.record)


def run_check(task: Task, tongue: Lang) -> Checked:
    """Check with progress; the findings in words."""
    with task.read() as session:
        found = check(session, task.progress)
        found += attached.faults(session, Attachments(task.pool.path), task.progress)
        number = session.scalar(select(func.count()).select_from(Txn)) or 0
        live = sum(records.count(session, model) for model in KINDS)
        return Checked([_shown(session, one, tongue) for one in found], number, live)


def _shown(session: Session, one: Disagreement, tongue: Lang) -> Shown[Disagreement]:
    model = by_kind().get(one.where)
    if model is None:
        what = {"hash": _("校验值"), "prev": _("先后次序")}.get(one.field, one.field)
        return Shown(one, (_("操作历史"), one.record[:12], what, one.live, one.journal))
    title = records.titles(session, model, [one.record]).get(one.record) or one.record[:12]
    field = fields(model).get(one.field)
    what = {"": _("整条记录"), "ver": _("版本"), "file": _("附件")}.get(one.field, one.field)
    label = field.label(tongue) if field else what
    return Shown(one, (model.label(tongue), title, label, one.live or "—", one.journal or "—"))
