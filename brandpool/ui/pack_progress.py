"""How far a pack's job is, in the dialog that waits for it, with a way to stop."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from brandpool.i18n import _
from brandpool.ui.pack_aside import Wait
from brandpool.ui.work import Task, Work


class PackProgress(QWidget):
    """Follows one job at a time; hidden while there is none."""

    def __init__(self, work: Work | None = None) -> None:
        super().__init__()
        self._job: Task | Wait | None = None
        self._left: Callable[[], object] | None = None
        self.what = QLabel()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("进度"))
        self.stop = QPushButton(_("停止"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.what)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.stop)
        self.hide()
        if work is not None:
            work.progressed.connect(self._on_task)
            work.ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def follow(self, job: Task | Wait, left: Callable[[], object], text: str = "") -> None:
        """Show how far a job is; `left` is called when it is over, however it ended."""
        self._job, self._left = job, left
        self.what.setText(text or _("正在核算口令……"))
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        if isinstance(job, Wait):
            job.progressed.connect(self._show)
            job.over.connect(self._over)

    def cancel(self) -> bool:
        """Ask the job to stop; False where there is none."""
        if self._job is None:
            return False
        self._job.cancel()
        self.what.setText(_("正在停止……"))
        self.stop.setEnabled(False)
        return True

    def _on_task(self, task: Task, done: int, parts: int, text: str) -> None:
        if task is self._job:
            self._show(done, parts, text)

    def _on_ended(self, task: Task) -> None:
        if task is self._job:
            self._over()

    def _show(self, done: int, parts: int, _text: str) -> None:
        self.bar.setRange(0, parts)
        self.bar.setValue(done)
        self.what.setText(_("正在处理附件和记录……"))

    def _over(self) -> None:
        left, self._job, self._left = self._left, None, None
        self.hide()
        if left is not None:
            left()
