"""The window program put together: log, fonts, crash box, a first paint, then all the rest."""

import logging
import signal
import sys
import threading
import traceback
from argparse import ArgumentParser
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from brandpool import paths, settings
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.crash_box import CrashBox
from brandpool.ui.first_paint import FirstPaint

log = logging.getLogger(__name__)
_PULSE = 300


class Crashes(QObject):
    """Takes every error that nobody foresaw: into the log, and into the crash box."""

    happened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.happened.connect(self._show)

    def install(self) -> None:
        """Become the hook for unforeseen errors of every thread."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("bug", exc_info=(kind, error, trace))
        self.happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, text: str) -> None:
        CrashBox(text, QApplication.activeWindow()).exec()


def main(argv: list[str]) -> int:
    """Run the window until it is closed; returns the exit code.

    `argv` may hold `--sample`, `--pool FILE`, or the name of a pool or field pack alone.
    """
    options = _options(argv)
    _start_log()
    app = QApplication.instance() or QApplication([paths.APP])
    assert isinstance(app, QApplication)
    app.setApplicationName(paths.APP)
    style.dress(app)
    crashes = Crashes()
    crashes.install()
    own = _own_settings()
    first = FirstPaint(own.window, own.lang)
    first.show()
    app.processEvents()
    from brandpool.ui.program import Program

    program = Program(app, own)
    shown = program.start(options.pool, sample=options.sample)
    first.close()
    _heed_interrupts(app)
    code = app.exec() if shown else 0
    program.close()
    return code


def _heed_interrupts(app: QApplication) -> None:
    """Let Ctrl+C and a polite kill close the window; Qt alone would never look at them."""
    asked = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _number, _frame: asked.set())
    pulse = QTimer(app)
    pulse.timeout.connect(lambda: app.quit() if asked.is_set() else None)
    pulse.start(_PULSE)


def _options(argv: list[str]) -> "_Options":
    parser = ArgumentParser(prog="main.py", description="BrandPool window")
    parser.add_argument("--sample", action="store_true", help="open the sample pool")
    parser.add_argument("--pool", type=Path, help="open this pool file")
    parser.add_argument("file", type=Path, nargs="?", help="a pool or a field pack to open")
    found = parser.parse_args(argv)
    return _Options(found.pool or found.file, sample=found.sample)


class _Options:
    def __init__(self, pool: Path | None, *, sample: bool) -> None:
        self.pool = pool
        self.sample = sample


def _own_settings() -> Settings:
    try:
        return settings.load()
    except UserError as unreadable:
        QMessageBox.warning(None, _("设置"), str(unreadable))
        return Settings()


def _start_log() -> None:
    file = paths.log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
