"""Buttons that other parts of the program put beside a table of records: import, export."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_table import RecordTable

Tools = Callable[[Shell, RecordTable], Sequence[QPushButton]]
"""Makes the buttons for one table; the table tells its kind, query, columns and selection."""


def no_tools(_shell: Shell, _table: RecordTable) -> Sequence[QPushButton]:
    """No further buttons."""
    return ()
