"""A job about a pack that needs no pool, on a thread of its own: also where no pool is open."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from brandpool.errors import UserError
from brandpool.ui.sweeping import Sweeper
from brandpool.ui.work import Cancelled

Done = Callable[[Any], object]


class Wait(QObject):
    """One job under way. `progressed` tells how far it is; `over` that it has ended, however.

    Nothing is called back once `owner` is gone or the clerk has cancelled.
    """

    progressed = Signal(int, int, str)
    over = Signal()
    _came_back = Signal(object, object)

    def __init__(self, owner: QObject, done: Done, failed: Callable[[str], object]) -> None:
        super().__init__()
        self._owner, self._done, self._failed = owner, done, failed
        self._stop = threading.Event()
        self._sweeper = Sweeper(self)
        self._came_back.connect(self._bring_back, Qt.ConnectionType.QueuedConnection)

    def begin(self, job: Callable[["Wait"], Any]) -> "Wait":
        """Start the job; it is given this, to report to and to ask whether to go on."""
        _UNDER_WAY.add(self)
        threading.Thread(target=self._run, args=(job,), name="pack", daemon=True).start()
        return self

    def check(self) -> None:
        """Raises Cancelled when the clerk wants the job to stop."""
        if self._stop.is_set():
            raise Cancelled

    def progress(self, done: int, parts: int, text: str = "") -> None:
        """Report how far the job is; raises as `check` does."""
        self.check()
        self.progressed.emit(done, parts, text)

    def cancel(self) -> None:
        """Ask the job to stop; its result is not wanted any more."""
        self._stop.set()

    def _run(self, job: Callable[["Wait"], Any]) -> None:
        result, error = None, None
        try:
            result = job(self)
        except Exception as bad:  # noqa: BLE001 - shown in the window's thread, none is lost
            error = bad
        self._came_back.emit(result, error)

    def _bring_back(self, result: Any, error: Exception | None) -> None:
        _UNDER_WAY.discard(self)
        _SPENT.append(self)
        self._sweeper.stop()
        self.over.emit()
        wanted = shiboken6.isValid(self._owner) and not self._stop.is_set()
        if isinstance(error, UserError):
            if wanted:
                self._failed(str(error))
        elif error is not None and not isinstance(error, Cancelled):
            sys.excepthook(type(error), error, error.__traceback__)
        elif error is None and wanted:
            self._done(result)


_UNDER_WAY: set[Wait] = set()
"""Keeps a job's object alive until its thread has told what became of it."""
_SPENT: deque[Wait] = deque(maxlen=4)
"""And some beyond their last slot, so that none is deleted while it runs."""
