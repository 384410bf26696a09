"""The name and first day of a new version of a scheme."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from brandpool.i18n import _
from brandpool.models.record import fields
from brandpool.models.tier import TierScheme
from brandpool.rules.scheme import Scheme
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import FieldLine


class VersionForm(QDialog):
    """Asks for the new version. `named` carries the scheme under it."""

    named = Signal(object)

    def __init__(self, shell: Shell, scheme: Scheme, taken: set[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("另存为新版本"))
        self._scheme = scheme
        self._taken = taken
        next_year = date.today().year + 1
        self.version = QLineEdit(str(next_year))
        declared = fields(TierScheme)
        self.starts = FieldLine(shell.work, declared["starts"])
        self.starts.put(date(next_year, 1, 1))
        self.document_no = FieldLine(shell.work, declared["document_no"])
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("保存新版本"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.finish)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(_("方案"), QLabel(scheme.title))
        form.addRow(_("版本") + " *", self.version)
        form.addRow(_("施行日期") + " *", self.starts)
        form.addRow(_("文号"), self.document_no)
        form.addRow(style.soft(_("从施行日起，评定和变动按新版本；以前的变动仍保留当时的版本。")))
        form.addRow(self.refusal)
        form.addRow(buttons)
        self.resize(440, 250)

    def finish(self) -> None:
        """Hand the named scheme on; say what is missing."""
        version = self.version.text().strip()
        try:
            starts = self.starts.value()
        except typed.NotUnderstood as reason:
            self.starts.complain(str(reason))
            return
        if not version or not isinstance(starts, date):
            self.refusal.setText(_("请填写版本和施行日期。"))
            return
        ends = self._scheme.ends
        new = replace(
            self._scheme,
            version=version,
            starts=starts,
            ends=ends if ends and ends >= starts else None,
            document_no=str(self.document_no.value() or ""),
        )
        if new.name in self._taken:
            self.refusal.setText(_("版本“{version}”已存在，请另取一个。").format(version=version))
            return
        self.named.emit(new)
        self.accept()
