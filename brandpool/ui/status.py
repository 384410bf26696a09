"""The status bar: what was saved when, which pool, and a long job's progress with a way to stop."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.work import Task, Work

_PATIENCE_MS = 1000


class StatusBar(QStatusBar):
    """Shows the progress of a job only when it takes longer than a second."""

    def __init__(self, work: Work, pool_name: str) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._task: Task | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show_progress)
        self.what = QLabel()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("进度"))
        self.bar.setFixedWidth(180)
        self.bar.setTextVisible(True)
        self.stop = QPushButton(_("取消"))
        self.stop.clicked.connect(self._cancel)
        self.saved = QLabel()
        style.tint(self.saved, style.GOOD)
        self.pool = QLabel(pool_name)
        self.pool.setContentsMargins(0, 0, 10, 0)
        self.pool.setToolTip(str(work.pool.path))
        for widget in (self.what, self.bar, self.stop):
            self.addWidget(widget)
            widget.hide()
        self.addPermanentWidget(self.saved)
        self.addPermanentWidget(self.pool)
        work.started.connect(self._on_started)
        work.progressed.connect(self._on_progress)
        work.ended.connect(self._on_ended)
        work.changed.connect(self._on_changed)

    def note_saved(self) -> None:
        """Say that everything is saved, with the time."""
        self.saved.setText(_("已保存 {time}").format(time=f"{datetime.now().astimezone():%H:%M}"))

    def _on_started(self, task: Task) -> None:
        self._task = task
        self._patience.start()

    def _on_progress(self, task: Task, done: int, total: int, text: str) -> None:
        if task is not self._task:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.what.setText(text or task.title or _("正在处理……"))

    def _on_ended(self, task: Task) -> None:
        if task is self._task or self._task is None:
            self._patience.stop()
            self._task = None
            for widget in (self.what, self.bar, self.stop):
                widget.hide()
            self.bar.reset()

    def _on_changed(self, _kinds: frozenset[str]) -> None:
        self.note_saved()

    def _show_progress(self) -> None:
        if self._task is None:
            return
        if not self.what.text():
            self.what.setText(self._task.title or _("正在处理……"))
            self.bar.setRange(0, 0)
        self.stop.setEnabled(not self._task.keep)
        for widget in (self.what, self.bar, self.stop):
            widget.show()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.what.setText(_("正在停止……"))
