"""The menu of a right click on a table of records: the same wishes as its keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from brandpool.i18n import _
from brandpool.ui.widgets.table_view import TableView


def table_menu(view: TableView, *, adds: bool, opens: bool) -> QMenu:
    """A menu that is gone once it is closed."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    groups = (
        ((_("打开"), "Ctrl+Enter", view.open_asked),) if opens else (),
        (
            (_("复制"), "Ctrl+C", view.copy_asked),
            (_("粘贴"), "Ctrl+V", view.paste_asked),
            *(((_("粘贴为新记录"), "Ctrl+Shift+V", view.paste_new_asked),) if adds else ()),
            (_("向下填充"), "Ctrl+D", view.fill_asked),
            (_("清空"), "Delete", view.clear_asked),
        ),
        (
            (_("筛选这一列"), "Alt+↓", view.filter_asked),
            (_("打印列表…"), "Ctrl+P", view.print_asked),
        ),
        (
            *(((_("新增"), "Ctrl+N", view.new_asked),) if adds else ()),
            (_("删除"), "Ctrl+-", view.remove_asked),
        ),
    )
    for group in groups:
        for text, keys, wish in group:
            menu.addAction(f"{text}\t{keys}").triggered.connect(wish)
        menu.addSeparator()
    return menu
