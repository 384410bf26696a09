"""The shortcut sheet (F1) and what the program says about itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _


def shortcuts() -> dict[str, list[tuple[str, str]]]:
    """Every shortcut with what it does, by place."""
    return {
        _("到处可用"): [
            ("Ctrl+K / Ctrl+F", _("查找企业、商标、号码、页面和台账，可用拼音")),
            ("Ctrl+Z / Ctrl+Y", _("撤销 / 重做")),
            ("Ctrl+1 … Ctrl+9", _("换到左边第几个页面，逐行从左往右数")),
            ("Ctrl+O", _("打开品牌库")),
            ("Ctrl+S", _("保存（表格里随改随存）")),
            ("F5", _("重新读取本页")),
            ("F1", _("本表")),
        ],
        _("表格里"): [
            (_("F2 / 直接输入"), _("修改单元格")),
            ("Enter / Tab", _("存好并到下一行 / 右边一格")),
            ("Esc", _("放弃正在输入的内容")),
            ("Ctrl+;", _("填入今天")),
            ("Ctrl+D", _("用选区首行向下填充")),
            ("Ctrl+C / Ctrl+V", _("复制 / 粘贴（与 WPS 表格互通）")),
            ("Ctrl+Shift+V", _("把剪贴板的每一行粘贴为新记录")),
            ("Alt+↓", _("筛选这一列")),
            (_("Ctrl+Enter / 双击"), _("打开这一条")),
            ("Ctrl+P", _("打印列表")),
            ("Ctrl+N", _("新增一条")),
            ("Delete", _("清空选中的单元格")),
            ("Ctrl+-", _("删除选中的记录")),
        ],
        _("表单里"): [
            ("Ctrl+S", _("保存")),
            ("Esc", _("不保存，关闭")),
            ("Alt+↓", _("展开列表或日历")),
        ],
    }


class ShortcutSheet(QDialog):
    """All shortcuts on one sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键"))
        layout = QVBoxLayout(self)
        grid = QGridLayout()
        for place, (title, rows) in enumerate(shortcuts().items()):
            box = QGroupBox(title)
            form = QFormLayout(box)
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
            for keys, what in rows:
                form.addRow(QLabel(keys), QLabel(what))
            grid.addWidget(box, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def about(parent: QWidget) -> None:
    """What this program is, and that it calls nobody."""
    QMessageBox.about(
        parent,
        _("关于"),
        _("<b>品牌培育库</b>")
        + "<p>"
        + _("商标品牌指导站的企业培育、商标与名单工作台。")
        + "</p><p>"
        + _("本程序只在这台电脑上工作：不联网、不上传、不检查更新，网络访问次数为零。")
        + "</p>",
    )
