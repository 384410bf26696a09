"""What a clerk sees when the program itself is at fault."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from brandpool import paths
from brandpool.i18n import _


class CrashBox(QDialog):
    """Says that something went wrong, that nothing was half saved, and offers the text to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("程序出错"))
        self.resize(720, 420)
        message = QLabel(
            _("程序遇到了一个错误。刚才的操作没有保存，库中数据未受影响。")
            + "\n"
            + _("请点“复制”，把下面的内容发给维护人员。日志文件：{file}").format(
                file=paths.log_file()
            )
        )
        message.setWordWrap(True)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("错误内容"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(_("复制"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy.clicked.connect(self._copy)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(message)
        layout.addWidget(self.details)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(_("已复制"))
