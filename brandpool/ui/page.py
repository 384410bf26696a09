"""What every page is and gets: the shell it stands in, and when it must look again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from brandpool.settings import Settings
from brandpool.ui.work import Work


def _stay(_pool: Path) -> None:
    """A view that stands alone opens no other pool."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What the window offers a page.

    `open` shows a record by kind and id wherever it is at home; `visit` goes to a page by its key
    and returns it; `say` puts a sentence into the status bar; `remember` saves the settings;
    `enter` opens another pool in place of this one.
    """

    work: Work
    settings: Settings
    open: Callable[[str, str], None]
    visit: Callable[[str], "Page"]
    say: Callable[[str], None]
    remember: Callable[[], None]
    enter: Callable[[Path], None] = _stay


class Page(QWidget):
    """A page: widgets top to bottom, then `refresh`, which asks for its rows with one job.

    `kinds` are the record kinds whose change makes the page stale (None: all of them). A page
    that is not in sight waits until it is.
    """

    kinds: ClassVar[frozenset[str] | None] = frozenset()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._stale = True
        shell.work.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask for the rows again."""

    def open_record(self, kind: str, record: str) -> None:
        """Show one record; only pages that are a kind's home are asked."""

    def showEvent(self, event: QShowEvent) -> None:
        """Look again if something changed while the page was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self.kinds is not None and not kinds & self.kinds:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
