"""Ways to the import page: a button beside a table, a file dropped on the window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from brandpool import paths
from brandpool.exchange import importing
from brandpool.i18n import _
from brandpool.models.record import Record
from brandpool.ui.import_page import ImportPage
from brandpool.ui.leaving import list_tools
from brandpool.ui.pack_files import is_pack
from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_table import RecordTable


def table_tools(shell: Shell, table: RecordTable) -> Sequence[QPushButton]:
    """The buttons beside a table of records: 导入 where a file may bring its kind, and 导出."""
    others = list_tools(shell, table)
    if table.record_kind not in importing.kinds():
        return others
    button = QPushButton(_("导入…"))
    button.setToolTip(_("从表格文件导入：先预演，确认后写入，可一步撤销"))
    button.clicked.connect(lambda: choose_file(shell, table.record_kind))
    return (button, *others)


def choose_file(shell: Shell, model: type[Record] | None = None) -> None:
    """Go to the import page and ask for a file."""
    page = shell.visit("import")
    if isinstance(page, ImportPage):
        page.begin(model or page.choose.model)
        page.ask_file()


class FileDrop(QObject):
    """Takes a file that is dropped on the window to the import page; opens a pack or pool."""

    def __init__(self, window: QWidget, shell: Shell) -> None:
        super().__init__(window)
        self._shell = shell
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let files in; several are refused with a sentence."""
        if isinstance(event, QDragEnterEvent) and _files(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._take(_files(event))
            event.acceptProposedAction()
            return True
        return False

    def _take(self, files: list[Path]) -> None:
        if len(files) > 1:
            self._shell.work.refused.emit(_("一次只能导入一个文件，请逐个拖入。"))
            return
        if files and (is_pack(files[0]) or files[0].suffix == paths.POOL_SUFFIX):
            self._shell.enter(files[0])
            return
        page = self._shell.visit("import")
        if files and isinstance(page, ImportPage):
            page.take_file(files[0])


def _files(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.is_file()]
