"""A year's holiday notice: paste its text, look at the days, keep them."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange import holiday_notice
from brandpool.i18n import _
from brandpool.rules.inputs import Input
from brandpool.services import reference_data
from brandpool.ui import style
from brandpool.ui.page import Shell


class HolidayForm(QDialog):
    """Days off and make-up working days of one year, read from the notice or typed."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell = shell
        self.setWindowTitle(_("录入放假通知"))
        self.notice = QPlainTextEdit()
        self.notice.setPlaceholderText(_("粘贴国务院办公厅的放假通知全文，然后按“读取”"))
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.year.setValue(date.today().year + 1)
        self.off = QPlainTextEdit()
        self.on = QPlainTextEdit()
        self.read_button = QPushButton(_("读取"))
        self.read_button.clicked.connect(self.read)
        for box in (self.notice, self.off):
            box.setMinimumHeight(110)
        self.on.setFixedHeight(60)
        form = QFormLayout()
        form.addRow(_("通知全文"), self.notice)
        form.addRow("", self.read_button)
        form.addRow(_("年份"), self.year)
        form.addRow(_("放假日（含周末）"), self.off)
        form.addRow(_("调休上班日"), self.on)
        buttons = QDialogButtonBox()
        style.primary(buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole))
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(620, 520)

    def read(self) -> None:
        """Read the days out of the notice."""
        try:
            found = holiday_notice.read(self.notice.toPlainText())
        except UserError as refusal:
            QMessageBox.warning(self, _("没有读出"), str(refusal))
            return
        self.year.setValue(found.year)
        self.off.setPlainText("、".join(day.isoformat() for day in found.off))
        self.on.setPlainText("、".join(day.isoformat() for day in found.on))

    def accept(self) -> None:
        """Keep the year from today on, as one step of history."""
        year = self.year.value()
        try:
            off, on = _days(self.off.toPlainText()), _days(self.on.toPlainText())
        except UserError as refusal:
            QMessageBox.warning(self, _("没有保存"), str(refusal))
            return
        source = _("{year}年放假通知").format(year=year)

        def job(session: Session) -> str:
            today = date.today()
            known = reference_data.reference(session, today).documents["holidays"]
            document = reference_data.with_year(known, year, off, on, source)
            text = reference_data.written(document)
            return reference_data.save(session, "holidays", text, today, source)

        self._shell.work.write(
            _("录入{year}年放假安排").format(year=year),
            job,
            lambda _id: self.done(QDialog.DialogCode.Accepted),
            owner=self,
            failed=lambda reason: QMessageBox.warning(self, _("没有保存"), reason),
        )


def _days(text: str) -> list[date]:
    """The days of a list. Raises UserError naming the one that is none."""
    day = Input("day", "date", _("日期"), "day")
    parts = text.replace("、", " ").replace(",", " ").replace("，", " ").split()
    return [day.read(part) for part in parts]
