"""Keeps an unfinished visit on the disk while it is being typed, whatever else is going on."""

import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from brandpool.db.drafts import Drafts
from brandpool.errors import UserError
from brandpool.services import visit_draft
from brandpool.services.visit_draft import VisitDraft

PAUSE = 300
"""Milliseconds from the first change to the next save: typing goes on while it is saved."""


class DraftKeeper(QObject):
    """Saves what `make` gives soon after every `touch`, on a thread of its own.

    It does not wait for the pool: an import may be running. `kept` tells the time of a save (ISO,
    to the second), `failed` the sentence when the disk refused.
    """

    kept = Signal(str)
    failed = Signal(str)

    def __init__(self, drafts: Drafts, make: Callable[[], VisitDraft], parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._make = drafts, make
        self._open = True
        self._waiting: queue.SimpleQueue[VisitDraft | None] = queue.SimpleQueue()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._hand_over)
        self._thread = threading.Thread(target=self._loop, name="drafts", daemon=True)
        self._thread.start()

    def touch(self) -> None:
        """Something was typed: save before long, however fast the typing goes on."""
        if self._open and not self._pause.isActive():
            self._pause.start()

    def save(self) -> None:
        """Save at once what is not saved yet, and wait until it is on the disk."""
        if self._pause.isActive():
            self._pause.stop()
            self._hand_over()
        self._rest()
        if self._open:
            self._start()

    def close(self, *, save: bool = True) -> None:
        """Stop; what is not saved yet is saved first, unless the visit is finished or given up."""
        if not self._open:
            return
        if save and self._pause.isActive():
            self._hand_over()
        self._open = False
        self._pause.stop()
        self._rest()

    def _hand_over(self) -> None:
        self._waiting.put(self._make())

    def _rest(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._loop, name="drafts", daemon=True)
        self._thread.start()

    def _loop(self) -> None:
        while True:
            draft = self._waiting.get()
            if draft is None:
                return
            self._keep(draft)

    def _keep(self, draft: VisitDraft) -> None:
        now = datetime.now().isoformat(timespec="seconds")
        try:
            self._drafts.keep(draft.key, visit_draft.dumps(replace(draft, saved=now)))
        except UserError as bad:
            self.failed.emit(str(bad))
        else:
            self.kept.emit(now)
