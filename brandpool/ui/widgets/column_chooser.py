"""Which columns are shown, and in which order; typing finds one among many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.field import Field
from brandpool.ui import style

_NAME = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """`fields` in their present order, those in `shown` ticked; dragging changes the order."""

    def __init__(self, fields: Sequence[Field], shown: set[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("选择列"))
        self.resize(340, 480)
        self._usual = sorted(fields, key=lambda field: not field.listed)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("查找列"))
        self.words.setAccessibleName(_("查找列"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(_("列"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        for field in fields:
            self._add(field, on=field.name in shown)
        usual = QPushButton(_("恢复默认"))
        usual.clicked.connect(self.reset)
        buttons = QDialogButtonBox()
        style.primary(buttons.addButton(_("确定"), QDialogButtonBox.ButtonRole.AcceptRole))
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(usual)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        layout.addWidget(style.soft(_("勾选要显示的列，上下拖动可改变顺序。")))
        layout.addLayout(foot)

    def chosen(self) -> list[tuple[str, bool]]:
        """Every column in its new order, and whether it is shown; one at least is."""
        pairs = [
            (str(item.data(_NAME)), item.checkState() == Qt.CheckState.Checked)
            for item in self._items()
        ]
        if not any(on for _name, on in pairs):
            pairs[0] = (pairs[0][0], True)
        return pairs

    def reset(self) -> None:
        """Back to the columns and the order of the declaration."""
        self.list.clear()
        for field in self._usual:
            self._add(field, on=field.listed)

    def _add(self, field: Field, *, on: bool) -> None:
        item = QListWidgetItem(field.label(lang()))
        item.setData(_NAME, field.name)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _narrow(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip().casefold() not in item.text().casefold())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
