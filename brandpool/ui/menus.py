"""The menu bar: file, edit, page, language, help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from brandpool.i18n import _
from brandpool.settings import Settings
from brandpool.ui import doors as ways
from brandpool.ui import help as help_texts
from brandpool.ui.doors import Doors
from brandpool.ui.pack_files import ask_packs

_LANGUAGES = (("zh", "中文"), ("en", "English"))


class Menus:
    """Builds the menus of a window; what needs a pool is added only where there is one."""

    def __init__(self, window: QMainWindow, doors: Doors, settings: Settings) -> None:
        self._window = window
        self._doors = doors
        self._settings = settings
        bar = window.menuBar()
        self.file = bar.addMenu(_("文件(&F)"))
        self.edit = bar.addMenu(_("编辑(&E)"))
        self.pages = bar.addMenu(_("页面(&P)"))
        self._language(bar.addMenu(_("语言 Language(&L)")))
        self._help(bar.addMenu(_("帮助(&H)")))
        self._ways_in()

    def add(self, menu: QMenu, text: str, act: Callable[[], object], keys: str = "") -> QAction:
        """One line of a menu."""
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action

    def _ways_in(self) -> None:
        self.add(self.file, _("新建品牌库…"), self._new)
        self.add(self.file, _("打开品牌库…"), self._open, "Ctrl+O")
        self.add(self.file, _("打开外勤包…"), self._open_pack)
        recent = self.file.addMenu(_("最近的品牌库"))
        there = [name for name in self._settings.recent if Path(name).is_file()]
        recent.setEnabled(bool(there))
        for name in there:
            self.add(recent, name, partial(self._doors.open, Path(name)))
        self.add(self.file, _("打开示例库"), self._doors.sample)

    def _new(self) -> None:
        if (path := ways.ask_new(self._window)) is not None:
            self._doors.create(path)

    def _open(self) -> None:
        if (path := ways.ask_open(self._window, self._settings.pool)) is not None:
            self._doors.open(path)

    def _open_pack(self) -> None:
        for path in ask_packs(self._window, _("打开外勤包"))[:1]:
            self._doors.open(path)

    def _language(self, menu: QMenu) -> None:
        group = QActionGroup(self._window)
        for code, name in _LANGUAGES:
            action = self.add(menu, name, partial(self._doors.speak, code))
            action.setCheckable(True)
            action.setChecked(code == self._settings.lang)
            group.addAction(action)

    def _help(self, menu: QMenu) -> None:
        self.add(menu, _("快捷键"), lambda: help_texts.ShortcutSheet(self._window).exec(), "F1")
        self.add(menu, _("关于"), lambda: help_texts.about(self._window))
