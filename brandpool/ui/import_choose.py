"""Where an import begins: what the file holds, and which file it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import importing
from brandpool.i18n import _, lang
from brandpool.models.record import Record
from brandpool.ui import style

FORMATS = "*.xlsx *.xls *.xlsb *.ods *.et *.xlsm *.csv *.txt *.tsv *.htm *.html *.xml"


class ImportChoose(QWidget):
    """A kind of record, and two ways to a table: a file, or what was copied in WPS."""

    file_asked = Signal()
    paste_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("文件内容"))
        self.kind.setMinimumWidth(220)
        for model in importing.kinds():
            self.kind.addItem(model.label(lang()), model)
        self.file_button = style.primary(QPushButton(_("选择文件…")))
        self.paste_button = QPushButton(_("粘贴导入"))
        self.paste_button.setToolTip(_("在 WPS 中连同表头选中并复制，然后按这里"))
        self.file_button.clicked.connect(self.file_asked)
        self.paste_button.clicked.connect(self.paste_asked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        sheet = style.card()
        sheet.setMaximumWidth(760)
        form = QFormLayout(sheet)
        form.setContentsMargins(24, 20, 24, 20)
        form.setVerticalSpacing(14)
        form.addRow(_("文件内容"), self.kind)
        form.addRow(_("表格"), buttons)
        form.addRow(
            "",
            style.soft(
                _(
                    "也可以把文件拖到窗口里。支持 xlsx、xls、xlsb、ods、et、csv、txt。\n"
                    "先预演：逐行列出新增、补充、冲突和退回；确认之前不会写入，导入后可一步撤销。"
                )
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sheet)
        layout.addStretch(1)

    @property
    def model(self) -> type[Record]:
        """The kind of record that the file holds."""
        chosen: type[Record] = self.kind.currentData()
        return chosen

    def choose_kind(self, model: type[Record]) -> None:
        """Say what the file holds."""
        self.kind.setCurrentIndex(max(self.kind.findText(model.label(lang())), 0))
