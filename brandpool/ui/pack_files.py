"""Choosing the files of packs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from brandpool import paths
from brandpool.exchange.packs import SUFFIX
from brandpool.i18n import _

_NEVER_OVER = QFileDialog.Option.DontConfirmOverwrite
"""A pack is never written over another; the refusal says so."""


class PackDrop(QObject):
    """Opens a pool or pack that is dropped on a window in which no pool is open yet."""

    def __init__(self, window: QWidget, open_file: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._open = open_file
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let one file in."""
        if isinstance(event, QDragEnterEvent) and _dropped(event) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            path = _dropped(event)
            event.acceptProposedAction()
            if path is not None:
                self._open(path)
            return True
        return False


def is_pack(path: Path) -> bool:
    """Whether a file is named as a pack."""
    return path.suffix.lower() == SUFFIX


def ask_packs(parent: QWidget, title: str, folder: str = "") -> list[Path]:
    """Which packs are meant; several are the volumes of one."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, folder, _packs())
    return [Path(name) for name in chosen]


def ask_target(parent: QWidget, title: str, name: str) -> Path | None:
    """Where a pack is to be written, or None."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, _packs(), options=_NEVER_OVER)
    return _with_suffix(Path(chosen), SUFFIX) if chosen else None


def ask_copy(parent: QWidget, beside: Path) -> Path | None:
    """Where the pool of a laptop is to be kept, or None."""
    kinds = _("品牌培育库 (*{suffix})").format(suffix=paths.POOL_SUFFIX)
    name = str(beside.with_suffix(paths.POOL_SUFFIX))
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("外勤副本存为"), name, kinds, options=_NEVER_OVER
    )
    return _with_suffix(Path(chosen), paths.POOL_SUFFIX) if chosen else None


def _with_suffix(path: Path, suffix: str) -> Path:
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def _packs() -> str:
    return _("外勤包 (*{suffix})").format(suffix=SUFFIX)


def _dropped(event: QDropEvent) -> Path | None:
    """The pool or pack that is being dragged; None for anything else."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if path.is_file() and (is_pack(path) or path.suffix == paths.POOL_SUFFIX):
            return path
    return None
