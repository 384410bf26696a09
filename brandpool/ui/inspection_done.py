"""What the inspection folder holds and lacks, after it was written."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from brandpool.exchange.inspection import Gap, Inspection
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class InspectionDone(QDialog):
    """How many files there are, and the list of what is missing."""

    def __init__(self, made: Inspection, parent: QWidget) -> None:
        super().__init__(parent)
        self.made = made
        self.setWindowTitle(_("检查材料已生成"))
        text = _("已写到 {folder}：{files} 份材料，缺项 {gaps} 项（见文件夹中的“缺项清单”）。")
        self.words = style.soft(
            text.format(folder=made.folder, files=len(made.entries), gaps=len(made.gaps))
        )
        self.table: PlainTable[Gap] = PlainTable(
            (_("类别"), _("项目"), _("缺什么")), (110, 150, 420), _("缺项清单")
        )
        self.table.fill([Shown(gap, (gap.folder, gap.item, gap.what)) for gap in made.gaps])
        self.show_folder = QPushButton(_("打开文件夹"))
        self.show_folder.clicked.connect(self._open)
        close = style.primary(QPushButton(_("关闭")))
        close.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.show_folder)
        line.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        self.resize(760, 480)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.folder)))
