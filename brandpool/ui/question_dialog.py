"""A question put together: which ladder and tiers, which columns, in which order."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
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
from brandpool.models.record import fields
from brandpool.rules.scheme import ANY_TIER, Ladder
from brandpool.services import answers
from brandpool.services.questions import Question
from brandpool.services.records import Filter
from brandpool.ui import style
from brandpool.ui.widgets.column_chooser import ColumnChooser
from brandpool.ui.widgets.filter_words import in_words

_CODE = Qt.ItemDataRole.UserRole


class QuestionDialog(QDialog):
    """Edits a question and its name; conditions come from the list of enterprises."""

    def __init__(
        self, name: str, question: Question, ladders: Sequence[Ladder], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("查询方案"))
        self.resize(480, 560)
        self._ladders = {ladder.code: ladder for ladder in ladders}
        self._question = question
        self.name = QLineEdit(name)
        self.ladder = QComboBox()
        self.tiers = QListWidget()
        self.ready = QCheckBox(_("只列出符合上一层级全部条件的企业"))
        self.target = QComboBox()
        self.order = QComboBox()
        self.down = QCheckBox(_("倒序"))
        self.columns = QPushButton()
        self.conditions = QListWidget()
        self.drop = QPushButton(_("去掉所选条件"))
        self._fill()
        self._lay_out()
        self._show_ladder()
        self._tell_columns()

    def question(self) -> Question:
        """The question as it now stands."""
        ladder = str(self.ladder.currentData())
        name = str(self.order.currentData())
        order = (f"-{name}" if self.down.isChecked() else name,) if name else ()
        kept = replace(
            self._question,
            ladder=ladder,
            tiers=self._ticked() if ladder else (),
            ready=bool(ladder) and self.ready.isChecked(),
            target=str(self.target.currentData() or "") if ladder else "",
            order=order,
        )
        if ladder:
            return kept
        own = tuple(name for name in kept.columns if name not in _NEED_LADDER)
        return replace(kept, columns=own)

    def choose_columns(self) -> None:
        """Pick and order the columns."""
        present = answers.columns_of(self.question())
        shown = self._question.columns or tuple(f.name for f in present if f.listed)
        by_name = {field.name: field for field in present}
        first = [by_name[name] for name in shown if name in by_name]
        rest = [field for field in present if field.name not in shown]
        box = ColumnChooser([*first, *rest], {field.name for field in first}, self)
        if box.exec() == QDialog.DialogCode.Accepted:
            columns = tuple(name for name, on in box.chosen() if on)
            self._question = replace(self._question, columns=columns)
            self._tell_columns()

    def _fill(self) -> None:
        question = self._question
        self.ladder.addItem(_("不涉及梯队"), "")
        for code, ladder in self._ladders.items():
            self.ladder.addItem(ladder.words.label(), code)
        self.ladder.setCurrentIndex(max(self.ladder.findData(question.ladder), 0))
        self.ready.setChecked(question.ready)
        self.order.addItem(_("按名称拼音"), "")
        for name, field in fields(question.model).items():
            self.order.addItem(field.label(lang()), name)
        first = question.order[0] if question.order else ""
        self.order.setCurrentIndex(max(self.order.findData(first.removeprefix("-")), 0))
        self.down.setChecked(first.startswith("-"))
        self._tell_conditions()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("名称"), self.name)
        form.addRow(_("梯队"), self.ladder)
        form.addRow(_("现在层级"), self.tiers)
        form.addRow("", self.ready)
        form.addRow(_("推荐层级"), self.target)
        sorting = QHBoxLayout()
        sorting.addWidget(self.order, 1)
        sorting.addWidget(self.down)
        form.addRow(_("排序"), sorting)
        form.addRow(_("列"), self.columns)
        form.addRow(_("条件"), self.conditions)
        form.addRow("", self.drop)
        form.addRow("", style.soft(_("条件请在“企业”页筛选后，用“存为查询…”带过来。")))
        buttons = QDialogButtonBox()
        self.keep = style.primary(QPushButton(_("保存")))
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.tiers.setMaximumHeight(150)
        self.conditions.setMaximumHeight(80)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.ladder.currentIndexChanged.connect(self._show_ladder)
        self.columns.clicked.connect(self.choose_columns)
        self.drop.clicked.connect(self._drop)
        self.name.textChanged.connect(self._weigh)
        self._weigh()

    def _weigh(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _show_ladder(self) -> None:
        """The tiers of the chosen ladder; none ticked means all."""
        ladder = self._ladders.get(str(self.ladder.currentData()))
        pairs = [(tier.words.label(), tier.code) for tier in ladder.tiers] if ladder else []
        self.tiers.clear()
        for words, code in [*pairs, (_("未在梯队内"), "")] if ladder else []:
            item = QListWidgetItem(words)
            item.setData(_CODE, code)
            on = self._wanted(code)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.tiers.addItem(item)
        self.target.clear()
        self.target.addItem(_("上一层级"), "")
        for words, code in pairs:
            self.target.addItem(words, code)
        self.target.setCurrentIndex(max(self.target.findData(self._question.target), 0))
        for widget in (self.tiers, self.ready, self.target):
            widget.setEnabled(ladder is not None)

    def _wanted(self, code: str) -> bool:
        tiers = self._question.tiers if self._question.ladder == self.ladder.currentData() else ()
        return code in tiers or (bool(code) and ANY_TIER in tiers)

    def _ticked(self) -> tuple[str, ...]:
        """The tiers that are ticked; all of them without the outside are any tier."""
        items = [self.tiers.item(row) for row in range(self.tiers.count())]
        ticked = {str(i.data(_CODE)) for i in items if i.checkState() == Qt.CheckState.Checked}
        tiers = {str(item.data(_CODE)) for item in items} - {""}
        if tiers and ticked == tiers:
            return (ANY_TIER,)
        return tuple(str(i.data(_CODE)) for i in items if str(i.data(_CODE)) in ticked)

    def _tell_columns(self) -> None:
        names = self._question.columns
        count = len(names) or sum(f.listed for f in fields(self._question.model).values())
        self.columns.setText(_("{count} 列，点击选择…").format(count=count))

    def _tell_conditions(self) -> None:
        question = self._question
        declared = fields(question.model)
        self.conditions.clear()
        for wanted in question.filters:
            self.conditions.addItem(_worded(declared[wanted.field], wanted))
        if question.only is not None:
            self.conditions.addItem(_("手工选定 {count} 家").format(count=len(question.only)))
        self.drop.setEnabled(self.conditions.count() > 0)

    def _drop(self) -> None:
        row = self.conditions.currentRow()
        filters = self._question.filters
        if 0 <= row < len(filters):
            kept = (*filters[:row], *filters[row + 1 :])
            self._question = replace(self._question, filters=kept)
        elif row == len(filters):
            self._question = replace(self._question, only=None)
        self._tell_conditions()


_NEED_LADDER = {"tier", "since", "target", "grounds", "gap"}


def _worded(field: Field, wanted: Filter) -> str:
    return in_words(field, (wanted,), {})
