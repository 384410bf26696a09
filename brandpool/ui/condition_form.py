"""One condition of a scheme, filled in with choosers instead of code words."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.rules import scheme_file
from brandpool.rules.scheme import FieldOf, Op
from brandpool.services.scheme_form import ConditionLine, threshold_text
from brandpool.ui import scheme_words as words
from brandpool.ui import style
from brandpool.ui.measure_form import MeasureForm, pick
from brandpool.ui.pool_words import op_words

_UNARY = (Op.FILLED, Op.EMPTY)
_COMPARED = (Op.AT_LEAST, Op.AT_MOST, Op.EQUALS)
_PAIRS = ("unit", "thing", "gap")


class ConditionForm(QDialog):
    """Edits one line of the conditions. `filled` carries the line when it holds together."""

    filled = Signal(object)

    def __init__(
        self,
        line: ConditionLine,
        tiers: Sequence[tuple[str, str]],
        reasons: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("条件"))
        self._line = line
        self.mode = QComboBox()
        for code, label in (
            ("", _("单项条件")),
            ("any_of", _("条件组：满足任一项")),
            ("all_of", _("条件组：全部满足")),
        ):
            self.mode.addItem(label, code)
        self.zh, self.en, self.place = QLineEdit(line.zh), QLineEdit(line.en), QLineEdit(line.place)
        self.measure = MeasureForm(tiers)
        self.op = QComboBox()
        self.threshold = QLineEdit(line.threshold)
        self.pairs = {n: tuple(QLineEdit(text) for text in getattr(line, n)) for n in _PAIRS}
        self.note = QLineEdit(line.note)
        self.exit_reason = QComboBox()
        self.exit_reason.addItem(_("（无）"), "")
        for code, label in reasons:
            self.exit_reason.addItem(label, code)
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        self._lay_out()
        self._fill()

    def finish(self) -> None:
        """Hand the line on; say what is missing."""
        try:
            line = self.line()
        except UserError as reason:
            self.refusal.setText(str(reason))
            return
        if not line.zh:
            self.refusal.setText(_("请填写条件名称。"))
            return
        self.filled.emit(line)
        self.accept()

    def line(self) -> ConditionLine:
        """The line as it is filled in. Raises UserError when the measure does not hold together."""
        head = replace(
            self._line,
            place=self.place.text().strip(),
            mode=self.mode.currentData(),
            zh=self.zh.text().strip(),
            en=self.en.text().strip(),
            note=self.note.text().strip(),
            exit_reason=self.exit_reason.currentData(),
        )
        none = ("", "")
        if head.mode:
            return replace(head, measure="", op="", threshold="", unit=none, thing=none, gap=none)
        measure = scheme_file.dumps(scheme_file.measure_json(self.measure.measure()), indent=None)
        words.measure_of(measure)
        op = Op(self.op.currentData())
        pairs = {n: (zh.text().strip(), en.text().strip()) for n, (zh, en) in self.pairs.items()}
        return replace(
            head,
            measure=measure,
            op=op.value,
            threshold=self._threshold(op),
            unit=pairs["unit"],
            thing=pairs["thing"],
            gap=pairs["gap"],
        )

    def _threshold(self, op: Op) -> str:
        if op in _UNARY:
            return ""
        field = self.measure.threshold_field()
        if field is None:
            return self.threshold.text().strip()
        return threshold_text(words.meant(field, self.threshold.text(), op))

    def _lay_out(self) -> None:
        body = QWidget()
        self._form = form = QFormLayout(body)
        form.addRow(_("条件名称") + " *", self.zh)
        form.addRow(_("英文名称"), self.en)
        form.addRow(_("序号"), self.place)
        form.addRow(_("类型"), self.mode)
        form.addRow(self.measure)
        form.addRow(_("比较"), self.op)
        form.addRow(_("标准"), self.threshold)
        self._pair_rows: list[QWidget] = []
        labels = {"unit": _("单位（中、英）"), "thing": _("缺的是什么"), "gap": _("差距的说法")}
        for name, label in labels.items():
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            for editor in self.pairs[name]:
                line.addWidget(editor)
            self._pair_rows.append(row)
            form.addRow(label, row)
        form.addRow(_("退出原因"), self.exit_reason)
        form.addRow(_("备注"), self.note)
        self.threshold.setPlaceholderText(_("数字；几个值用、隔开"))
        self.place.setToolTip(_("2 是第二个条件；2.1 是第二个条件组里的第一项"))
        self.pairs["thing"][0].setPlaceholderText(_("如：马德里国际注册"))
        self.pairs["gap"][0].setPlaceholderText(_("不填则自动写成“差 1 件……”"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        done, cancel = style.primary(QPushButton(_("确定"))), QPushButton(_("取消"))
        done.clicked.connect(self.finish)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.refusal, 1)
        for button in (done, cancel):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        self.resize(680, 640)
        self.mode.activated.connect(lambda _place: self._show_rows())
        self.measure.changed.connect(self._offer_ops)

    def _fill(self) -> None:
        line = self._line
        pick(self.mode, line.mode)
        pick(self.exit_reason, line.exit_reason)
        if line.measure:
            self.measure.put(words.measure_of(line.measure))
        self._offer_ops()
        if line.op:
            pick(self.op, line.op)
            field = self.measure.threshold_field()
            if field is not None and line.threshold:
                value = words.meant(field, line.threshold, Op(line.op))
                self.threshold.setText(words.value_words(field, value))
        self._show_rows()

    def _show_rows(self) -> None:
        single = not self.mode.currentData()
        for widget in (self.measure, self.op, self.threshold, *self._pair_rows):
            self._form.setRowVisible(widget, single)
        self._form.setRowVisible(self.exit_reason, not self._line.tier)

    def _offer_ops(self) -> None:
        kept = self.op.currentData()
        of_field = self.measure.sort.currentData() is FieldOf
        self.op.clear()
        for op in Op if of_field else _COMPARED:
            self.op.addItem(op_words(op), op.value)
        self.op.setCurrentIndex(max(self.op.findData(kept), 0))
