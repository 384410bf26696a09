"""Choosing what a condition measures: a field, a time, a yearly figure, a count, a tenure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Field
from brandpool.rules.scheme import (
    ANY_TIER,
    Clause,
    Count,
    FieldOf,
    FigureOf,
    Growth,
    Measure,
    Op,
    Since,
    Tenure,
    YearsOnFile,
)
from brandpool.ui import scheme_words as words
from brandpool.ui.pool_words import op_words
from brandpool.ui.scheme_lines import LineColumn, LinesEditor

_ROWS = {
    FieldOf: {"field"},
    Since: {"kind", "field", "unit", "where"},
    FigureOf: {"figure", "age"},
    Growth: {"figure", "age"},
    YearsOnFile: {"figures", "age"},
    Count: {"kind", "distinct", "where"},
    Tenure: {"tier", "unit"},
}
_AGE = 2


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause as a line of a table: `value` in words, or a number of `unit` before the day."""

    field: str = ""
    op: str = Op.EQUALS.value
    value: str = ""
    before: int | None = None
    unit: str = "years"
    or_empty: bool = False


class MeasureForm(QWidget):
    """Rows that fit the chosen sort of measure. `changed` tells of any choice."""

    changed = Signal()

    def __init__(self, tiers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.sort = _box(_sorts())
        self.kind, self.field, self.distinct = QComboBox(), QComboBox(), QComboBox()
        self.figure = _box(words.figures())
        self.figures = QListWidget()
        self.figures.setFixedHeight(96)
        for code, label in words.figures():
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.figures.addItem(item)
        self.tier = _box([(ANY_TIER, _("（现层级）")), *tiers])
        self.unit = _box([(unit, words.unit_label(unit)) for unit in ("years", "months")])
        self.age = QSpinBox()
        self.age.setRange(1, 20)
        self.age.setValue(_AGE)
        self.where: LinesEditor[ClauseLine] = LinesEditor(
            self._clause_columns(), _("只计符合以下条件的记录"), ClauseLine
        )
        self.where.setFixedHeight(158)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._rows: dict[str, QWidget] = {}
        for name, label, widget in (
            ("sort", _("衡量什么"), self.sort),
            ("kind", _("哪类记录"), self.kind),
            ("field", _("哪一项"), self.field),
            ("figure", _("哪个指标"), self.figure),
            ("figures", _("哪些指标"), self.figures),
            ("distinct", _("只数不同的"), self.distinct),
            ("tier", _("哪一层级"), self.tier),
            ("unit", _("标准按"), self.unit),
            ("age", _("数据最多旧几年"), self.age),
            ("where", _("只计"), self.where),
        ):
            self._rows[name] = widget
            self._form.addRow(label, widget)
            widget.setAccessibleName(label)
        self.sort.activated.connect(self._on_sort)
        self.kind.activated.connect(self._on_kind)
        for box in (self.field, self.figure, self.distinct, self.tier, self.unit):
            box.activated.connect(lambda _place: self.changed.emit())
        self._on_sort()

    def put(self, measure: Measure) -> None:
        """Show a measure."""
        pick(self.sort, type(measure))
        self._on_sort()
        match measure:
            case FieldOf(name):
                pick(self.field, name)
            case Since(name, unit, kind, where):
                self._put_kind(kind)
                pick(self.field, name)
                pick(self.unit, unit)
                self._put_where(kind, where)
            case FigureOf(name, age) | Growth(name, age):
                pick(self.figure, name)
                self.age.setValue(age)
            case YearsOnFile(names, age):
                self._check_figures(names)
                self.age.setValue(age)
            case Count(kind, where, distinct):
                self._put_kind(kind)
                pick(self.distinct, distinct)
                self._put_where(kind, where)
            case Tenure(tier, unit):
                pick(self.tier, tier)
                pick(self.unit, unit)

    def measure(self) -> Measure:
        """The measure that is chosen."""
        sort = self.sort.currentData()
        kind, field = str(self.kind.currentData() or ""), str(self.field.currentData() or "")
        unit, age = str(self.unit.currentData()), self.age.value()
        if sort is FieldOf:
            return FieldOf(field)
        if sort is Since:
            return Since(field, unit, kind, self._clauses(kind) if kind else ())
        if sort is FigureOf:
            return FigureOf(str(self.figure.currentData()), age)
        if sort is Growth:
            return Growth(str(self.figure.currentData()), age)
        if sort is YearsOnFile:
            return YearsOnFile(self._checked(), age)
        if sort is Count:
            return Count(kind, self._clauses(kind), str(self.distinct.currentData() or ""))
        return Tenure(str(self.tier.currentData()), unit)

    def threshold_field(self) -> Field | None:
        """The field that the threshold is a value of; None where it is a number."""
        if self.sort.currentData() is not FieldOf:
            return None
        return words.field_named(Enterprise.kind(), str(self.field.currentData()))

    def _on_sort(self) -> None:
        sort = self.sort.currentData()
        for name, widget in self._rows.items():
            self._form.setRowVisible(widget, name == "sort" or name in _ROWS[sort])
        itself = [("", _("企业本身"))] if sort is Since else []
        refill(self.kind, [*itself, *words.counted_kinds()])
        self._on_kind()

    def _on_kind(self) -> None:
        sort, kind = self.sort.currentData(), str(self.kind.currentData() or "")
        of = Enterprise.kind() if sort is FieldOf or not kind else kind
        refill(self.field, words.fields_of(of, dates=sort is Since))
        refill(self.distinct, [("", _("（不限，逐条计数）")), *words.fields_of(of)])
        self.where.fill(())
        self.where.setEnabled(bool(kind))
        self.changed.emit()

    def _put_kind(self, kind: str) -> None:
        pick(self.kind, kind)
        self._on_kind()

    def _put_where(self, kind: str, where: Sequence[Clause]) -> None:
        self.where.fill([_line(kind, clause) for clause in where])

    def _check_figures(self, names: Sequence[str]) -> None:
        for place in range(self.figures.count()):
            item = self.figures.item(place)
            there = item.data(Qt.ItemDataRole.UserRole) in names
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)

    def _checked(self) -> tuple[str, ...]:
        items = [self.figures.item(place) for place in range(self.figures.count())]
        checked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)

    def _clauses(self, kind: str) -> tuple[Clause, ...]:
        return tuple(_clause(kind, line) for line in self.where.lines)

    def _clause_columns(self) -> list[LineColumn]:
        def field_choices() -> Sequence[tuple[str, str]]:
            return words.fields_of(str(self.kind.currentData() or ""))

        def ops() -> Sequence[tuple[str, str]]:
            return [(op.value, _either(op)) for op in Op]

        def units() -> Sequence[tuple[str, str]]:
            return [(unit, words.unit_label(unit)) for unit in ("years", "months")]

        return [
            LineColumn("field", _("项目"), 110, "choice", field_choices),
            LineColumn("op", _("比较"), 108, "choice", ops),
            LineColumn("value", _("值（几个用、隔开）"), 128),
            LineColumn("before", _("或：评定日前"), 88, "number"),
            LineColumn("unit", _("单位"), 54, "choice", units),
            LineColumn("or_empty", _("未填也算"), 60, "flag"),
        ]


def _line(kind: str, clause: Clause) -> ClauseLine:
    value = words.value_words(words.field_named(kind, clause.field), clause.value)
    before, unit = clause.before or (None, "years")
    text = "" if clause.value is None else value
    return ClauseLine(clause.field, clause.op.value, text, before, unit, clause.or_empty)


def _clause(kind: str, line: ClauseLine) -> Clause:
    op = Op(line.op)
    if op in (Op.FILLED, Op.EMPTY):
        return Clause(line.field, op, or_empty=line.or_empty)
    if line.before is not None:
        return Clause(line.field, op, None, (line.before, line.unit), line.or_empty)
    value = words.meant(words.field_named(kind, line.field), line.value, op)
    return Clause(line.field, op, value, None, line.or_empty)


def _either(op: Op) -> str:
    """The comparison for numbers and for days."""
    return "/".join(dict.fromkeys((op_words(op), op_words(op, dated=True))))


def _sorts() -> list[tuple[type, str]]:
    return [
        (FieldOf, _("企业档案的一项")),
        (Since, _("从某个日期到现在的时间")),
        (FigureOf, _("年度数据的数值")),
        (Growth, _("年度数据比上年的增长")),
        (YearsOnFile, _("年度数据连续有几年")),
        (Count, _("名下记录的件数")),
        (Tenure, _("在某层级的时间")),
    ]


def _box(choices: Sequence[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    refill(box, choices)
    return box


def refill(box: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Offer other choices; what was chosen stays where it still exists."""
    kept = box.currentData()
    box.clear()
    for code, label in choices:
        box.addItem(label, code)
    places = [place for place, (code, _label) in enumerate(choices) if code == kept]
    box.setCurrentIndex(places[0] if places else 0)


def pick(box: QComboBox, code: object) -> None:
    """Choose by code; one that the program does not know is added, so that it is not lost."""
    places = [place for place in range(box.count()) if box.itemData(place) == code]
    if not places:
        box.addItem(str(code), code)
        places = [box.count() - 1]
    box.setCurrentIndex(places[0])
