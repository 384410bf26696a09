"""The open pool and its window, and the ways from one to another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from brandpool import i18n, paths, settings
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import lent_files
from brandpool.ui.doors import Doors
from brandpool.ui.instance import OneWindow
from brandpool.ui.main_window import MainWindow
from brandpool.ui.pack_files import is_pack
from brandpool.ui.pack_open import PackOpening
from brandpool.ui.packs_page import PacksPage
from brandpool.ui.work import Task, Work

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
        lent_files.sweep()
        pack = pool if pool is not None and is_pack(pool) else None
        given = None if pack else pool
        wanted = paths.sample_pool() if sample else given or _last_pool(self.settings)
        if wanted is not None and not self._one.claim(wanted):
            return False
        if sample:
            self.open_sample()
        elif wanted is not None:
            self.open(wanted)
        if self.window is None:
            self._show_window()
        if pack is not None:
            self._open_pack(pack)
        return True

    def open(self, path: Path) -> None:
        """Open this pool in place of the present one; on a refusal nothing changes.

        A pack asks for its passphrase first, and is then handled by what it is.
        """
        if is_pack(path):
            self._open_pack(path)
        else:
            self._enter(path, lambda: Pool.open(path))

    def create(self, path: Path) -> None:
        """Make a new pool and open it."""
        self._enter(path, lambda: self._made(path))

    def open_sample(self) -> None:
        """Open the sample pool; it is made on the first visit."""
        path = paths.sample_pool()
        if path.is_file():
            self.open(path)
        elif self._enter(path, lambda: self._made(path, sample=True)) and self.work is not None:
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
        lent_files.take_back()

    def _open_pack(self, path: Path) -> None:
        page = self.window.visit("packs") if self.window and self.work else None
        if isinstance(page, PacksPage):
            page.open_files([path])
            return
        box = PackOpening([path], self.window)
        box.made.connect(self.open)
        box.opened.connect(lambda _found: self._tell(_no_pool()))
        box.open()

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
        self.work = Work(pool, lambda: self.settings.clerk, self._make_safe)
        self._note(path)
        self._show_window()
        if pool.fact("sample") != "1":
            self.work.run(self._back_up_daily, title=_("自动备份"))
        return True

    def _make_safe(self, task: Task, source: str) -> None:
        from brandpool.exchange import backups

        backups.restore_point(task.pool, source, self.settings.backup_folder)

    def _back_up_daily(self, task: Task) -> None:
        from brandpool.exchange import backups

        backups.daily(task.pool, self.settings.backup_folder, progress=task.progress)

    def _made(self, path: Path, *, sample: bool = False) -> Pool:
        from brandpool.exchange import pool_files

        return pool_files.create(path, who=self.settings.clerk, sample=sample)

    def _show_window(self) -> None:
        old = self.window
        if old is not None:
            old.settings.window = old.placement()
        sample = self.work is not None and self.work.pool.fact("sample") == "1"
        self.window = MainWindow(self.settings, self._doors, self.work, sample=sample)
        if self.settings.window:
            self.window.show()
        else:
            self.window.showMaximized()
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


def _no_pool() -> str:
    return _("这是带回的外勤包或回执。请先打开它所属的品牌库，再打开这个文件。")


def _last_pool(own: Settings) -> Path | None:
    return Path(own.pool) if own.pool and Path(own.pool).is_file() else None


def _fill_sample(task: Task) -> None:
    from brandpool.exchange import sample

    sample.build(task.pool, progress=task.progress)
