"""What the window asks of the program around it: other pools, the other language."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from brandpool import paths
from brandpool.i18n import _


@dataclass(frozen=True, slots=True)
class Doors:
    """Ways out of the window that only the program itself can go."""

    open: Callable[[Path], None]
    create: Callable[[Path], None]
    sample: Callable[[], None]
    speak: Callable[[str], None]


def ask_new(parent: QWidget) -> Path | None:
    """Where a new pool is to be kept, or None."""
    start = paths.default_pool()
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("新建品牌库"), str(start), _pools(), options=_CONFIRM_LATER
    )
    return Path(chosen).with_suffix(paths.POOL_SUFFIX) if chosen else None


def ask_open(parent: QWidget, start: str) -> Path | None:
    """Which pool is to be opened, or None."""
    folder = start or str(paths.default_pool().parent)
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("打开品牌库"), folder, _pools())
    return Path(chosen) if chosen else None


def ask_backup(parent: QWidget, name: str) -> Path | None:
    """Where a copy of the pool is to go, or None."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("备份到"), name, _pools())
    return Path(chosen) if chosen else None


def _pools() -> str:
    return _("品牌培育库 (*{suffix})").format(suffix=paths.POOL_SUFFIX)


_CONFIRM_LATER = QFileDialog.Option.DontConfirmOverwrite
