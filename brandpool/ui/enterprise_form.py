"""The form of an enterprise: a changed name is either a renaming or a mistake put right."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.services import enterprises, records
from brandpool.services.records import RecordRow
from brandpool.ui import style
from brandpool.ui.kind_box import DayEdit
from brandpool.ui.page import Shell
from brandpool.ui.widgets.record_form import RecordForm, Step


class RenameBox(QDialog):
    """Asks whether the enterprise was renamed, and until when it bore the old name."""

    def __init__(self, old: str, new: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("企业名称有改动"))
        self.setMinimumWidth(460)
        names = QLabel(_("原名称：{old}\n新名称：{new}").format(old=old, new=new))
        names.setWordWrap(True)
        self.renamed = QRadioButton(_("更名（保留曾用名）"))
        self.corrected = QRadioButton(_("改正错字"))
        self.renamed.setChecked(True)
        self.until = DayEdit(_("原名称用至"), date.today())
        self.renamed.toggled.connect(self.until.setEnabled)
        line = QHBoxLayout()
        line.addSpacing(24)
        line.addWidget(style.soft(_("原名称用至")))
        line.addWidget(self.until)
        line.addStretch(1)
        buttons = QDialogButtonBox()
        self.save = style.primary(
            buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        )
        buttons.addButton(_("继续填写"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(names)
        layout.addWidget(self.renamed)
        layout.addLayout(line)
        layout.addWidget(self.corrected)
        layout.addWidget(buttons)


class EnterpriseForm(RecordForm):
    """The form of one enterprise, or of a new one."""

    def __init__(self, shell: Shell, enterprise: str = "", parent: QWidget | None = None) -> None:
        super().__init__(shell, Enterprise, enterprise, parent=parent)

    def step(self, values: Mapping[str, Value], changed: Mapping[str, Value]) -> Step | None:
        """As for any record, but the old name is kept when the enterprise was renamed."""
        usual = super().step(values, changed)
        row, old, new = self.row, self.row and self.row["name"], changed.get("name")
        if row is None or not old or not new:
            return usual
        box = RenameBox(str(old), str(new), self)
        if box.exec() != QDialog.DialogCode.Accepted:
            return None
        if not box.renamed.isChecked():
            return usual
        others = {name: value for name, value in changed.items() if name != "name"}
        return renaming(row, str(new), box.until.day, others)


def renaming(row: RecordRow, new: str, until: date, others: Mapping[str, Value]) -> Step:
    """The step that gives an enterprise a new name from a day on, and other values with it."""

    def job(session: Session) -> str:
        if others:
            records.edit(session, Enterprise, row.id, others, row.ver)
        enterprises.rename(session, row.id, new, until, row.ver)
        return row.id

    return _("企业更名：“{old}”→“{new}”").format(old=row["name"], new=new), job
