"""Looking up a printed number by its code: what it was, how it was defined, its records."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.field import plain
from brandpool.models.printed_number import PrintedNumber
from brandpool.services import printed_numbers, records
from brandpool.services.printed_numbers import PrintedRow
from brandpool.ui.page import Shell
from brandpool.ui.rows_door import RowsDialog, open_rows


class CodeBox(QWidget):
    """A line into which a code is typed, with a button beside it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.dialog: NumberDialog | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("数字编码，如 7K2M-9QXA"))
        self.line.setAccessibleName(_("数字编码"))
        self.line.setToolTip(_("输入文件上数字旁的编码，调出它的口径和全部记录"))
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(190)
        self.button = QPushButton(_("查编码"))
        self.line.returnPressed.connect(self.look_up)
        self.button.clicked.connect(self.look_up)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.button)

    def look_up(self) -> None:
        """Show the number that was printed with the code typed."""
        typed = self.line.text().strip()
        if typed:
            self._shell.work.read(lambda s: printed_numbers.recall(s, typed), self._show)

    def show_record(self, record: str) -> None:
        """Show a printed number by its record."""
        self._shell.work.read(lambda session: _of_record(session, record), self._show)

    def _show(self, row: PrintedRow) -> None:
        self.dialog = NumberDialog(self._shell, self, row)
        self.dialog.show()


class NumberDialog(RowsDialog):
    """The number as it was printed, and its records."""

    def __init__(self, shell: Shell, owner: QWidget, row: PrintedRow) -> None:
        super().__init__(shell, owner, row.rows, row.name)
        self.row = row
        self._owner = owner
        self.words.setText(told(row))
        self.words.setTextInteractionFlags(
            self.words.textInteractionFlags()
            | self.words.textInteractionFlags().TextSelectableByMouse
        )
        self.in_list = QPushButton(_("在列表中打开"))
        self.in_list.setEnabled(bool(row.rows))
        self.in_list.clicked.connect(self._to_list)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.in_list)

    def _to_list(self) -> None:
        self.accept()
        words = _("{name}（编码 {code}）").format(name=self.row.name, code=self.row.code)
        open_rows(self._shell, self._owner, self.row.rows, words)


def told(row: PrintedRow) -> str:
    """What is said above the records of a printed number."""
    total = "—" if row.total is None else f"{plain(row.total)} {row.unit}"
    lines = [
        _("{name}：{total}").format(name=row.name, total=total),
        _("编码 {code}，{day}打印，打印人：{who}").format(
            code=row.code, day=row.printed_on or "—", who=row.printed_by or "—"
        ),
        row.definition,
        _("共 {number} 条记录").format(number=len(row.rows)),
    ]
    if row.gone:
        lines.append(
            _("其中 {number} 条打印后已删除，可在“历史”中恢复。").format(number=len(row.gone))
        )
    return "\n".join(line for line in lines if line)


def _of_record(session: Session, record: str) -> PrintedRow:
    code = records.get(session, PrintedNumber, record)["code"]
    return printed_numbers.recall(session, str(code))
