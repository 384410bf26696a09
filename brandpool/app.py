"""The window program put together: fonts, language, log, crash box, one window per pool."""

import logging
import sys
import threading
import traceback
from argparse import ArgumentParser
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from brandpool import i18n, paths, settings
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import style
from brandpool.ui.crash_box import CrashBox
from brandpool.ui.doors import Doors
from brandpool.ui.instance import OneWindow
from brandpool.ui.main_window import MainWindow
from brandpool.ui.work import Task, Work

log = logging.getLogger(__name__)
_RECENT = 8


class Program(QObject):
    """Holds the open pool and its window, and changes either."""

    def __init__(self, app: QApplication, own: Settings) -> None:
        super().__init__()
        self.settings = own
        self.window: MainWindow | None = None
        self.work: Work | None = None
        self._app = app
        self._translator = QTranslator(self)
        self._one = OneWindow(self._come_forward)
        self._doors = Doors(self.open, self.create, self.open_sample, self.speak)
        self._speak(own.lang)

    def start(self, pool: Path | None, *, sample: bool) -> bool:
        """Show the window; False when another process has this pool and was called forward."""
        wanted = paths.sample_pool() if sample else pool or _last_pool(self.settings)
        if wanted is not None and not self._one.claim(wanted):
            return False
        if sample:
            self.open_sample()
        elif wanted is not None:
            self.open(wanted)
        if self.window is None:
            self._show_window()
        return True

    def open(self, path: Path) -> None:
        """Open this pool in place of the present one; on a refusal nothing changes."""
        self._enter(path, lambda: Pool.open(path))

    def create(self, path: Path) -> None:
        """Make a new pool and open it."""
        self._enter(path, lambda: Pool.create(path))

    def open_sample(self) -> None:
        """Open the sample pool; it is made on the first visit."""
        path = paths.sample_pool()
        if path.is_file():
            self.open(path)
        elif self._enter(path, lambda: Pool.create(path, sample=True)) and self.work is not None:
            self.work.run(_fill_sample, title=_("生成示例库"))

    def speak(self, lang: str) -> None:
        """Change the language: the window is built again where it stood."""
        if lang == self.settings.lang:
            return
        self.settings.lang = "en" if lang == "en" else "zh"
        settings.save(self.settings)
        self._speak(self.settings.lang)
        self._show_window()

    def close(self) -> None:
        """Close window, worker and pool; no thread is left."""
        self._one.release()
        if self.window is not None:
            self.window.close()
        self._leave()

    def _enter(self, path: Path, get: Callable[[], Pool]) -> bool:
        if not self._one.claim(path):
            self._tell(_("{name} 已在另一个窗口中打开。").format(name=path.name))
            return False
        try:
            pool = get()
        except UserError as refusal:
            self._stay()
            self._tell(str(refusal))
            return False
        self._leave()
        self.work = Work(pool, lambda: self.settings.clerk)
        self._note(path)
        self._show_window()
        return True

    def _show_window(self) -> None:
        old = self.window
        if old is not None:
            old.settings.window = old.placement()
        sample = self.work is not None and self.work.pool.fact("sample") == "1"
        self.window = MainWindow(self.settings, self._doors, self.work, sample=sample)
        self.window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _stay(self) -> None:
        """Keep the pool that is open now, if any."""
        self._one.release()
        if self.work is not None:
            self._one.claim(self.work.pool.path)

    def _leave(self) -> None:
        if self.work is not None:
            self.work.close()
            self.work.pool.close()
            self.work = None

    def _note(self, path: Path) -> None:
        name = str(path)
        if path != paths.sample_pool():
            self.settings.pool = name
        others = [other for other in self.settings.recent if other != name]
        self.settings.recent = [name, *others][:_RECENT]
        settings.save(self.settings)

    def _speak(self, lang: i18n.Lang) -> None:
        i18n.use(lang)
        self._app.removeTranslator(self._translator)
        if lang == "zh":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._translator.load("qtbase_zh_CN", folder)
            self._app.installTranslator(self._translator)

    def _come_forward(self) -> None:
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def _tell(self, text: str) -> None:
        QMessageBox.warning(self.window, _("没有打开"), text)


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

    `argv` may hold `--sample` or `--pool FILE`.
    """
    options = _options(argv)
    _start_log()
    app = QApplication.instance() or QApplication([paths.APP])
    assert isinstance(app, QApplication)
    app.setApplicationName(paths.APP)
    style.dress(app)
    crashes = Crashes()
    crashes.install()
    program = Program(app, _own_settings())
    if not program.start(options.pool, sample=options.sample):
        return 0
    code = app.exec()
    program.close()
    return code


def _options(argv: list[str]) -> "_Options":
    parser = ArgumentParser(prog="main.py", description="BrandPool window")
    parser.add_argument("--sample", action="store_true", help="open the sample pool")
    parser.add_argument("--pool", type=Path, help="open this pool file")
    found = parser.parse_args(argv)
    return _Options(found.pool, sample=found.sample)


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


def _last_pool(own: Settings) -> Path | None:
    return Path(own.pool) if own.pool and Path(own.pool).is_file() else None


def _start_log() -> None:
    file = paths.log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def _fill_sample(task: Task) -> None:
    from brandpool.services import sample

    sample.build(task.pool, progress=task.progress)
