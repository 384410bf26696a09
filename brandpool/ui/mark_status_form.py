"""Setting the status of a mark by hand with a reason, or letting it follow its events again."""

from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.mark_codes import STATUSES
from brandpool.services import trademarks
from brandpool.services.trademarks import StatusRow
from brandpool.ui import style
from brandpool.ui.mark_reading import status_word
from brandpool.ui.page import Shell


class MarkStatusForm(QDialog):
    """What events and dates say, what a person says instead, and why."""

    def __init__(self, shell: Shell, status: StatusRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("人工认定状态"))
        self._shell, self._row = shell, status
        self.choice = QComboBox()
        for choice in STATUSES:
            self.choice.addItem(choice.label(lang()), choice.code)
        self.choice.setCurrentIndex(self.choice.findData(status.status))
        self.reason = QPlainTextEdit(status.reason if status.fixed else "")
        self.reason.setPlaceholderText(_("例如：经核对商标网登记簿（日期、文书编号）"))
        self.reason.setTabChangesFocus(True)
        form = QFormLayout()
        derived = status_word(status.derived, lang())
        form.addRow(_("按事件和日期推算"), style.soft(derived))
        form.addRow(_("认定为"), self.choice)
        form.addRow(_("理由 *"), self.reason)
        buttons = QDialogButtonBox()
        save = buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(save)
        self.release = buttons.addButton(_("恢复自动推算"), QDialogButtonBox.ButtonRole.ActionRole)
        self.release.setVisible(status.fixed)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self.release.clicked.connect(self.let_go)
        layout = QVBoxLayout(self)
        layout.addWidget(style.soft(_("认定后不再随事件变化，直到恢复自动推算。")))
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(460, 280)

    def save(self) -> None:
        """Write the status with its reason."""
        mark, code = self._row.mark.id, str(self.choice.currentData())
        reason = self.reason.toPlainText()
        why = _("人工认定商标状态：{status}").format(status=status_word(code, "zh"))
        self._shell.work.write(
            why, lambda session: trademarks.fix_status(session, mark, code, reason),
            lambda _none: self.accept(), owner=self, failed=self._refuse,
        )  # fmt: skip

    def let_go(self) -> None:
        """Let the status follow events and dates again."""
        mark = self._row.mark.id
        self._shell.work.write(
            _("恢复商标状态自动推算"),
            lambda session: trademarks.release_status(session, mark, date.today()),
            lambda _none: self.accept(), owner=self, failed=self._refuse,
        )  # fmt: skip

    def _refuse(self, reason: str) -> None:
        QMessageBox.warning(self, _("没有保存"), reason)


def restate_one(shell: Shell, mark: str) -> None:
    """Let the stored status of a mark follow what was just saved, where nobody has set it."""
    shell.work.write(
        _("按事件和日期更新商标状态"),
        lambda session: trademarks.restate(session, date.today(), [mark]),
    )
