"""Cyclic garbage is collected in the window's thread only: a widget that dies on another crashes.

Python may start a collection in any thread that makes objects. While a worker runs, the automatic
collection is off and a timer does the same in the window's thread.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Sweeper(QObject):
    """Collects as Python would, from the thread it was made in, until it is stopped."""

    _at_work: ClassVar[int] = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        Sweeper._at_work += 1
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(sweep)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, once no other worker runs."""
        self._timer.stop()
        Sweeper._at_work -= 1
        if Sweeper._at_work == 0:
            gc.enable()


def sweep() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    for generation in (2, 1, 0):
        threshold = gc.get_threshold()[generation]
        if threshold and gc.get_count()[generation] > threshold:
            gc.collect(generation)
            return
