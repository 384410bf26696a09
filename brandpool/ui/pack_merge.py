"""合并: first what would become of every record and field, then one step; Esc leaves it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brandpool.db.merge import ALREADY, CONFLICT
from brandpool.exchange import backups, pack_home, pack_receipt
from brandpool.exchange.pack_home import Received
from brandpool.exchange.packs import SUFFIX, Maker, Opened
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pack_files import ask_target
from brandpool.ui.pack_progress import PackProgress
from brandpool.ui.pack_reading import ORDER, MergeLine, MergePlan, foresee, what_word
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

_ALL = ""


class MergeView(QWidget):
    """The preview of packs that came home, and the way to merge them. `left` leads back."""

    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._opened: tuple[Opened, ...] = ()
        self.plan: MergePlan | None = None
        self.title = style.heading(_("合并外勤包"))
        self.about = style.soft("")
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.chips: dict[str, QPushButton] = {}
        self.table: PlainTable[MergeLine] = PlainTable(
            (
                _("结果"), _("类别"), _("记录"), _("项目"), _("带出时"), _("库中"), _("带回"),
                _("合并后"),
            ),
            (62, 78, 180, 104, 120, 210, 210, 190),
            _("合并预演"),
        )  # fmt: skip
        self.progress = PackProgress(shell.work)
        self.leave = QPushButton(_("不合并，返回"))
        self.leave.setToolTip("Esc")
        self.settle = QPushButton(_("去裁定"))
        self.receipt = QPushButton(_("写回执…"))
        self.go = style.primary(QPushButton(_("合并")))
        self._lay_out()
        self.leave.clicked.connect(self.go_back)
        self.settle.clicked.connect(lambda: shell.visit("conflicts"))
        self.receipt.clicked.connect(self.write_receipt)
        self.go.clicked.connect(self.merge)

    def take(self, opened: Sequence[Opened]) -> None:
        """Preview these files, the volumes of one pack or one pack alone; nothing is written."""
        self._opened, self.plan = tuple(opened), None
        manifest = opened[-1].manifest
        self.about.setText(
            _("{person}带回，{who} {at:%Y-%m-%d %H:%M} 制作。文件：{names}").format(
                person=manifest.made_for,
                who=manifest.made.who,
                at=manifest.made.at,
                names="、".join(one.path.name for one in opened),
            )
        )
        self.table.fill([])
        self._say(_("正在预演……"), style.SOFT)
        self._stand()
        self._shell.work.run(
            lambda task: foresee(task.pool, opened),
            self._show,
            title=_("预演合并"),
            failed=self._refuse,
            owner=self,
            replaces=self,
        )

    def merge(self) -> None:
        """Make a restore point, then take the files in; the records are one step."""
        opened, own, today = self._opened, self._shell.settings, date.today()
        maker = Maker(own.clerk, own.station)

        def job(task: Task) -> list[Received]:
            pack_home.examine(task.pool, opened[0])
            backups.restore_point(task.pool, "merge", own.backup_folder)
            return [
                pack_home.take_in(task.pool, one, maker, today=today, progress=task.progress)
                for one in opened
            ]

        task = self._shell.work.run(
            job, self._done, title=_("合并外勤包"), failed=self._refuse, owner=self
        )
        self.progress.follow(task, self._stand, _("正在做还原点……"))
        self._stand()

    def write_receipt(self) -> None:
        """Write what the office has of these packs, for the laptop to read."""
        opened, own = self._opened, self._shell.settings
        first = opened[0].path
        name = first.with_name(f"{first.stem}.回执{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}")
        target = ask_target(self, _("回执写到"), str(name))
        if target is None:
            return
        maker = Maker(own.clerk, own.station)
        self._shell.work.run(
            lambda task: pack_receipt.receipt(task.pool, opened, target, maker),
            partial(self._receipt_written, target),
            title=_("写回执"),
            failed=self._refuse,
            owner=self,
        )

    def go_back(self) -> None:
        """Leave without merging; a merge under way is asked to stop first."""
        if not self.progress.cancel():
            self._opened, self.plan = (), None
            self.table.fill([])
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves without merging."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for what in (_ALL, *ORDER):
            chip = QPushButton(what_word(what) if what else _("将写入"))
            chip.setCheckable(True)
            chip.clicked.connect(self._fill)
            group.addButton(chip)
            chips.addWidget(chip)
            self.chips[what] = chip
        self.chips[_ALL].setChecked(True)
        chips.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        for button in (self.settle, self.receipt, self.go):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addWidget(self.note)
        layout.addLayout(chips)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.progress)
        layout.addLayout(buttons)

    def _show(self, plan: MergePlan) -> None:
        if not self._opened:
            return
        self.plan = plan
        total = sum(number for what, number in plan.records.items() if what != ALREADY)
        self.chips[_ALL].setText(_("将写入 {number}").format(number=total))
        for what in ORDER:
            self.chips[what].setText(f"{what_word(what)} {plan.records.get(what, 0)}")
        self._fill()
        self._say(*_verdict(plan))
        self._stand()
        self.table.setFocus()

    def _fill(self) -> None:
        if self.plan is None:
            return
        at = next(what for what, chip in self.chips.items() if chip.isChecked())
        lines = [
            line
            for line in self.plan.lines
            if line.what == at or (at == _ALL and line.what != ALREADY)
        ]
        self.table.fill([Shown(line, line.texts, line.what == ALREADY) for line in lines])

    def _stand(self) -> None:
        """Which buttons make sense now."""
        plan, busy = self.plan, self.progress.busy
        self.go.setVisible(plan is not None and plan.fresh)
        self.go.setEnabled(plan is not None and not plan.lacking and not busy)
        arrived = plan is not None and plan.office and not plan.fresh
        self.receipt.setVisible(arrived)
        self.settle.setVisible(bool(plan and not plan.fresh and plan.records.get(CONFLICT)))
        done = plan is not None and not plan.fresh
        self.leave.setText(_("返回") if done else _("不合并，返回"))
        for chip in self.chips.values():
            chip.setVisible(plan is not None)

    def _done(self, results: list[Received]) -> None:
        if self.plan is None:
            return
        merged = [one.records for one in results if one.records is not None]
        conflicts = sum(one.conflicts for one in merged)
        self.plan = replace(self.plan, fresh=False, records={CONFLICT: conflicts})
        text = _(
            "已合并：新增 {new}，修改 {changed}，删除 {gone}，待裁定 {conflicts}；"
            "附件新存 {files} 个。"
        ).format(
            new=sum(one.new for one in merged),
            changed=sum(one.changed for one in merged),
            gone=sum(one.gone for one in merged),
            conflicts=conflicts,
            files=sum(one.files_new for one in results),
        )
        if any(one.returned for one in results):
            text += _("外勤包已登记归还。")
        if self.plan.office:
            text += _("请写回执，带回外勤电脑。")
        self._say(text + _("整次合并可以一步撤销。"), style.GOOD)
        self._stand()
        (self.receipt if self.plan.office else self.leave).setFocus()

    def _receipt_written(self, target: Path, told: tuple[int, int]) -> None:
        steps, files = told
        text = _("已写入回执 {path}：{steps} 步操作，{files} 个附件。请带回外勤电脑打开。")
        self._say(text.format(path=target, steps=steps, files=files), style.GOOD)

    def _refuse(self, text: str) -> None:
        self._say(text, style.BAD)
        self._stand()

    def _say(self, text: str, colour: str) -> None:
        self.note.setText(text)
        style.tint(self.note, colour)


def _verdict(plan: MergePlan) -> tuple[str, str]:
    """What the preview comes to, and in which colour it is said."""
    there, of = plan.volumes
    if plan.lacking:
        text = _("还缺 {number} 个附件（打开了 {there} 卷，共 {of} 卷）。请把各卷一起打开再合并。")
        return text.format(number=plan.lacking, there=there, of=of), style.BAD
    files = _("附件：新 {new} 个，已有 {known} 个。").format(
        new=plan.files_new, known=plan.files_known
    )
    if not plan.fresh:
        return _("这个外勤包的内容都已在库中，不用再合并。") + files, style.GOOD
    text = _("这是预演，还没有写入任何内容。") + files
    if plan.records.get(CONFLICT):
        text += _("有冲突的项目合并后在“待裁定”页逐项选定，两边的值都会留下。")
    return text, style.INK
