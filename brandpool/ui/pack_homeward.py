"""带回, on the laptop: what goes home, under the passphrase of the pack that went out."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import pack_home, pack_key_apart
from brandpool.exchange.pack_home import Homeward
from brandpool.exchange.packs import SUFFIX, Maker
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pack_files import ask_target
from brandpool.ui.pack_progress import PackProgress
from brandpool.ui.pack_words import hidden_line
from brandpool.ui.page import Shell
from brandpool.ui.work import Task


class PackHomeward(QDialog):
    """Asks for the passphrase and a place. `made` tells what was written."""

    made = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("带回"))
        self._shell = shell
        self.passphrase = hidden_line(_("口令"))
        self.passphrase.setPlaceholderText(_("带出时的口令"))
        self.returns = QCheckBox(_("这次归还，不再继续外勤（中途先交一次时不选）"))
        self.returns.setChecked(True)
        self.told = style.soft("")
        style.tint(self.told, style.BAD)
        self.told.hide()
        self.progress = PackProgress(shell.work)
        form = QFormLayout()
        form.addRow(_("口令"), self.passphrase)
        form.addRow("", self.returns)
        buttons = QDialogButtonBox()
        self.go = style.primary(QPushButton(_("选择位置并写出…")))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(
            style.soft(
                _(
                    "把在外的全部改动和指导站还没有确认收到的照片写成外勤包，带回指导站合并。"
                    "照片多时自动分成几卷。"
                )
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.told)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.go.clicked.connect(self.write)
        self.go.setDefault(True)
        self.passphrase.textChanged.connect(lambda _text: self._left())
        self.resize(520, 230)
        self._left()

    def write(self) -> None:
        """Ask for a place, then write what goes home."""
        if not self.go.isEnabled():
            return
        own = self._shell.settings
        name = f"{_('带回')}_{own.clerk}_{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}"
        target = ask_target(self, _("带回的外勤包写到"), name)
        if target is None:
            return
        maker, passphrase = Maker(own.clerk, own.station), self.passphrase.text()
        finished = self.returns.isChecked()

        def job(task: Task) -> Homeward:
            sealed = pack_home.own_copy(task.pool).key
            key = pack_key_apart.unlock(sealed, passphrase, task.check)
            return pack_home.go_home(
                task.pool, target, key, maker, finished=finished, progress=task.progress
            )

        self.told.hide()
        self.go.setEnabled(False)
        task = self._shell.work.run(
            job, self._done, title=_("写出带回的外勤包"), failed=self._refuse, owner=self
        )
        self.progress.follow(task, self._left)

    def reject(self) -> None:
        """Esc stops what is under way, else it closes the dialog."""
        if not self.progress.cancel():
            super().reject()

    def _left(self) -> None:
        self.go.setEnabled(bool(self.passphrase.text()) and not self.progress.busy)

    def _refuse(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _done(self, told: Homeward) -> None:
        self.made.emit(told)
        self.accept()


def homeward_words(told: Homeward) -> str:
    """What was written, and what was not, for the clerk."""
    names = "、".join(str(path) for path in told.paths)
    text = _(
        "已写入 {names}：{steps} 步操作，{files} 个附件。请带回指导站合并，并取回回执。"
    ).format(names=names, steps=told.steps, files=told.files)
    if told.missing:
        text += _("另有 {number} 个附件文件不在这台电脑上。").format(number=len(told.missing))
    if told.drafts:
        text += _("还有 {number} 份没有写完的走访留在这台电脑上，没有带回。").format(
            number=told.drafts
        )
    return text
