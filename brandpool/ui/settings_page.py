"""Settings: who works here and for which station, kept as they are typed; and the backups."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from brandpool import paths
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.backup_section import BackupSection
from brandpool.ui.page import Page, Shell


class SettingsPage(Page):
    """One form; every line is saved when it is left."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        own = shell.settings
        self.clerk = self._line(own.clerk, _("记入每一步操作的历史"))
        self.station = self._line(own.station, _("印在名单和表格上"))
        self.zone = self._line(own.zone, _("例如 宁波高新区，用于文件名"))
        self.backups = BackupSection(shell)
        for line in (self.clerk, self.station, self.zone):
            line.editingFinished.connect(self._keep)
        sheet = style.card()
        sheet.setMaximumWidth(900)
        form = QFormLayout(sheet)
        form.setContentsMargins(24, 14, 24, 14)
        form.setVerticalSpacing(9)
        form.addRow(_("经办人"), self.clerk)
        form.addRow(_("指导站名称"), self.station)
        form.addRow(_("园区或辖区"), self.zone)
        form.addRow(_("品牌库文件"), _path(str(shell.work.pool.path)))
        form.addRow(_("设置文件"), _path(str(paths.settings_file())))
        form.addRow(_("日志文件"), _path(str(paths.log_file())))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 16)
        layout.addWidget(style.heading(_("设置")))
        layout.addWidget(sheet)
        layout.addWidget(style.soft(_("改动随即保存。语言在菜单“语言 Language”中切换。")))
        layout.addWidget(style.heading(_("备份"), points=11))
        self.backups.setMaximumWidth(900)
        layout.addWidget(self.backups, 1)

    def refresh(self) -> None:
        """Look for backups again."""
        self.backups.ask()

    def _line(self, text: str, hint: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setPlaceholderText(hint)
        line.setToolTip(hint)
        return line

    def _keep(self) -> None:
        own = self.shell.settings
        own.clerk = self.clerk.text().strip() or own.clerk
        own.station = self.station.text().strip()
        own.zone = self.zone.text().strip()
        self.shell.remember()
        self.shell.say(_("设置已保存"))


def _path(text: str) -> QWidget:
    label = QLabel(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    return label
