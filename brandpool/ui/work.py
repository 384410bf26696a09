"""The one runner: every read and write of the window happens on one worker thread."""

import logging
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from sqlalchemy.orm import Session

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.ui.sweeping import Sweeper

log = logging.getLogger(__name__)
T = TypeVar("T")
SWEEPING = frozenset({"import", "merge"})


class Cancelled(Exception):  # noqa: N818 - not a failure: the clerk asked for it
    """The clerk pressed cancel; whatever the job had written is rolled back."""


class Task:
    """What a job gets: sessions of the pool, a way to report progress, and the wish to stop."""

    def __init__(self, work: "Work", title: str, *, keep: bool) -> None:
        self.title = title
        self.keep = keep
        self._work = work
        self._stop = threading.Event()
        self._next_report = 0.0

    @property
    def pool(self) -> Pool:
        """The pool itself, for what opens its own sessions, such as filling a sample."""
        return self._work.pool

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one state of the pool."""
        return self._work.pool.read()

    def write(
        self, why: str, *, source: str = "screen", undoes: str | None = None
    ) -> AbstractContextManager[Session]:
        """A session whose changes become one step, named `why`, done by the clerk at work.

        Before a step that changes much at once, the pool is made safe.
        """
        who = self._work.who()
        if source in SWEEPING and self._work.safeguard is not None:
            self._work.safeguard(self, source)
        return self._work.pool.write(why, who=who, source=source, undoes=undoes)

    def maintain(self) -> AbstractContextManager[Session]:
        """A writing session for what can be recomputed, such as the search index."""
        return self._work.pool.maintain()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Report how far the job is. Raises Cancelled when the clerk wants it to stop."""
        self.check()
        now = time.monotonic()
        if now >= self._next_report or done >= total:
            self._next_report = now + 0.05
            self._work.progressed.emit(self, done, total, text)

    def check(self) -> None:
        """Raises Cancelled when the clerk wants the job to stop."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next report of progress."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the clerk wants the job to stop."""
        return self._stop.is_set()


class _Order:
    """A job in the queue with what is to happen when it ends."""

    def __init__(
        self,
        task: Task,
        job: Callable[[Task], Any],
        done: Callable[[Any], object] | None,
        failed: Callable[[str], object] | None,
        owner: QObject | None,
        key: object,
    ) -> None:
        self.task = task
        self.job = job
        self.done = done
        self.failed = failed
        self.owner = owner
        self.key = key

    def wanted(self) -> bool:
        """Whether the widget that asked still exists."""
        return self.owner is None or shiboken6.isValid(self.owner)


class Work(QObject):
    """Runs jobs one after another on a worker thread and brings their results back.

    `changed` says which record kinds a finished step touched. `started` and `ended` frame each
    job; `refused` carries the sentence of a UserError that nobody else took. `safeguard` is called
    with the source of a step that changes much at once, before it begins.
    """

    changed = Signal(object)
    started = Signal(object)
    progressed = Signal(object, int, int, str)
    ended = Signal(object)
    refused = Signal(str)
    _came_back = Signal(object, object, object)

    def __init__(
        self,
        pool: Pool,
        who: Callable[[], str],
        safeguard: Callable[[Task, str], object] | None = None,
    ) -> None:
        super().__init__()
        self.pool = pool
        self.who = who
        self.safeguard = safeguard
        self._queue: queue.Queue[_Order | None] = queue.Queue()
        self._latest: dict[object, _Order] = {}
        self._spent: deque[_Order] = deque(maxlen=8)  # so that the worker never holds the last one
        self._waiting = 0
        self._closing = False
        self._running: Task | None = None
        self._came_back.connect(self._bring_back, Qt.ConnectionType.QueuedConnection)
        pool.on_change(self.changed.emit)
        self._sweeper = Sweeper(self)
        self._thread = threading.Thread(target=self._loop, name="work", daemon=True)
        self._thread.start()

    def run(
        self,
        job: Callable[[Task], T],
        done: Callable[[T], object] | None = None,
        *,
        title: str = "",
        failed: Callable[[str], object] | None = None,
        owner: QObject | None = None,
        replaces: object = None,
        keep: bool = False,
    ) -> Task:
        """Queue a job; `done` gets its result in the window's thread.

        `title` is shown with the progress bar of a long job. `failed` takes the sentence of a
        UserError instead of the message box. Nothing is called back once `owner` (by default the
        object whose method `done` is) has been deleted. A job with the same `replaces` key as an
        earlier one makes that one's result unwanted. `keep` runs it even if the window closes.
        """
        task = Task(self, title, keep=keep)
        if owner is None:
            owner = next((o for o in map(_self_of, (done, failed)) if o is not None), None)
        order = _Order(task, job, done, failed, owner, replaces)
        if replaces is not None:
            self._latest[replaces] = order
        self._waiting += 1
        self._queue.put(order)
        return task

    def read(
        self, job: Callable[[Session], T], done: Callable[[T], object] | None = None, **how: Any
    ) -> Task:
        """Queue a reading job that needs no more than a session; `how` as in `run`."""

        def reading(task: Task) -> T:
            with task.read() as session:
                return job(session)

        return self.run(reading, done, **how)

    def write(
        self,
        why: str,
        job: Callable[[Session], T],
        done: Callable[[T], object] | None = None,
        **how: Any,
    ) -> Task:
        """Queue a writing job as one step named `why`; it is done even if the window closes."""

        def writing(task: Task) -> T:
            with task.write(why) as session:
                return job(session)

        return self.run(writing, done, keep=True, **how)

    @property
    def running(self) -> Task | None:
        """The job on the worker now."""
        return self._running

    @property
    def idle(self) -> bool:
        """Whether every job has ended and its result was brought back."""
        return self._waiting == 0

    def close(self) -> None:
        """Finish what must be written, drop the rest, and let the thread end."""
        if self._closing:
            return
        self._closing = True
        if self._running is not None and not self._running.keep:
            self._running.cancel()
        self._queue.put(None)
        self._thread.join()
        self._sweeper.stop()

    def _loop(self) -> None:
        while self._serve(self._queue.get()):
            pass

    def _serve(self, order: _Order | None) -> bool:
        """Do one job; its callbacks and widgets are let go of here before the next one comes."""
        if order is None:
            return False
        task = order.task
        if self._unwanted(order):
            self._came_back.emit(order, None, Cancelled())
            return True
        self._running = task
        self.started.emit(task)
        result, error = None, None
        try:
            result = order.job(task)
        except Exception as bad:  # noqa: BLE001 - shown in the window's thread, none is lost
            error = bad
        self._running = None
        self._came_back.emit(order, result, error)
        return True

    def _unwanted(self, order: _Order) -> bool:
        superseded = order.key is not None and self._latest.get(order.key) is not order
        return not order.task.keep and (self._closing or superseded)

    def _bring_back(self, order: _Order, result: Any, error: Exception | None) -> None:
        self._waiting -= 1
        self._spent.append(order)
        self.ended.emit(order.task)
        superseded = order.key is not None and self._latest.get(order.key) is not order
        if self._latest.get(order.key) is order:
            del self._latest[order.key]
        if isinstance(error, UserError):
            self._refuse(order, str(error))
        elif error is not None and not isinstance(error, Cancelled):
            sys.excepthook(type(error), error, error.__traceback__)
        elif error is None and order.done and order.wanted() and not superseded:
            order.done(result)

    def _refuse(self, order: _Order, text: str) -> None:
        log.info("refused: %s", text)
        if order.failed is not None and order.wanted():
            order.failed(text)
        else:
            self.refused.emit(text)


def _self_of(call: Callable[..., object] | None) -> QObject | None:
    bound = getattr(call, "__self__", None)
    return bound if isinstance(bound, QObject) else None
