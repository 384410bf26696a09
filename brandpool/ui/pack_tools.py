"""The button beside the table of enterprises that takes the selected ones out."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from brandpool.i18n import _
from brandpool.ui.import_ways import table_tools
from brandpool.ui.packs_page import pack_up
from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_table import RecordTable


def firm_tools(shell: Shell, table: RecordTable) -> Sequence[QPushButton]:
    """The buttons beside every table of records, and 带出."""
    button = QPushButton(_("带出…"))
    button.setToolTip(_("把选中的企业制作成外勤包；没有选中时为当前列表全部"))
    button.clicked.connect(lambda: pack_up(shell, chosen(table)))
    return (*table_tools(shell, table), button)


def chosen(table: RecordTable) -> list[str]:
    """The selected enterprises, or all in the list where at most one is selected."""
    selected = table.chosen_ids()
    return selected if len(selected) > 1 else list(table.model.ids)
