"""Yearly figures as a grid: measures down, years across, typed in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import YearlyFigure
from brandpool.models.enterprise_codes import MEASURE_UNITS, MEASURES
from brandpool.models.field import Field, Kind, Value, plain
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import dress_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WAN = Decimal(10_000)
_IN_YUAN = {"": Decimal(1), "元": Decimal(1), "万元": _WAN, "亿元": _WAN * _WAN}


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure as it was typed: the amount in the unit in which it is kept."""

    year: int
    measure: str
    value: Decimal | None
    unit: str


class YearModel(QAbstractTableModel):
    """Amounts of money are shown and typed in 万元 and kept in 元, as the import keeps them."""

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.years: list[int] = []
        self._figures: dict[tuple[str, int], RecordRow] = {}

    def fill(self, figures: Sequence[RecordRow]) -> None:
        """Show these figures, with empty columns for the last three years at least."""
        self.beginResetModel()
        self._figures = {(str(r["measure"]), _year(r)): r for r in figures if r["year"]}
        this_year = date.today().year
        recent = range(this_year - 3, this_year)
        self.years = sorted({year for _measure, year in self._figures} | set(recent), reverse=True)
        self.endResetModel()

    def figure(self, index: Index) -> RecordRow | None:
        """The record behind a cell, if there is one."""
        return self._figures.get((MEASURES[index.row()].code, self.years[index.column()]))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row per measure."""
        return 0 if parent.isValid() else len(MEASURES)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One column per year."""
        return 0 if parent.isValid() else len(self.years)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The figure, its unit and source in the tool tip."""
        row = self.figure(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return in_shown_unit(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _origin(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Years across, measures with their unit down."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return str(self.years[section])
        measure = MEASURES[section]
        unit = MEASURE_UNITS.get(measure.code, "万元")
        return f"{measure.label(lang())}（{unit}）"

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into."""
        kinds = Qt.ItemFlag
        return kinds.ItemIsEnabled | kinds.ItemIsSelectable | kinds.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was typed."""
        before = self.data(index) or ""
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == before:
            return False
        measure = MEASURES[index.row()].code
        try:
            amount, unit = read_figure(measure, str(value))
        except typed.NotUnderstood as reason:
            self.refused.emit(str(reason))
            return False
        self.entered.emit(Entered(self.years[index.column()], measure, amount, unit))
        return True


class YearGrid(QTableView):
    """The grid of one enterprise; every figure typed is saved at once."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.rows = YearModel()
        self.setModel(self.rows)
        self.setAccessibleName(_("年度数据"))
        dress_table(self)
        self.setShowGrid(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultSectionSize(110)
        self.setFixedHeight(style.ROW_HEIGHT * len(MEASURES) + 34)
        self.rows.entered.connect(self._save)
        self.rows.refused.connect(shell.say)
        self._enterprise = ""

    def show_figures(self, enterprise: str, figures: Sequence[RecordRow]) -> None:
        """Show the figures of this enterprise."""
        self._enterprise = enterprise
        self.rows.fill(figures)

    def _save(self, entered: Entered) -> None:
        enterprise = self._enterprise
        label = next(m.label(lang()) for m in MEASURES if m.code == entered.measure)
        why = _("填写{year}年{measure}").format(year=entered.year, measure=label)
        self._shell.work.write(why, lambda session: save_figure(session, enterprise, entered))


def in_shown_unit(row: RecordRow) -> str:
    """The figure in the unit of its row: money in 万元."""
    value, unit = row["value"], str(row["unit"] or "")
    if not isinstance(value, Decimal):
        return ""
    if row["measure"] in MEASURE_UNITS:
        return plain(value)
    if unit in _IN_YUAN:
        return plain(value * _IN_YUAN[unit] / _WAN)
    return f"{plain(value)} {unit}"


def read_figure(measure: str, text: str) -> tuple[Decimal | None, str]:
    """The amount and unit to keep for what was typed; bare money is 万元.

    Raises NotUnderstood with a sentence for the clerk.
    """
    field = Field("数值", "Value", Kind.DECIMAL)
    unit = MEASURE_UNITS.get(measure, "元")
    bare = text.strip().removesuffix(unit) if measure in MEASURE_UNITS else text
    value = typed.value_of(field, bare)
    if value is None:
        return None, unit
    assert isinstance(value, Decimal)
    says_unit = any(word in text for word in ("元", "万", "亿"))
    if measure not in MEASURE_UNITS and not says_unit:
        value *= _WAN
    return value, unit


def save_figure(session: Session, enterprise: str, entered: Entered) -> None:
    """Write one figure: a new record, another value, or none any more."""
    there = [
        row
        for row in records.of_enterprise(session, YearlyFigure, enterprise)
        if row["year"] == entered.year and row["measure"] == entered.measure
    ]
    if entered.value is None:
        records.remove(session, YearlyFigure, [row.id for row in there])
    elif there:
        values: dict[str, Value] = {
            "value": entered.value,
            "unit": entered.unit,
            "source": _("手工填写"),
        }
        records.edit(session, YearlyFigure, there[0].id, values, there[0].ver)
    else:
        values = {
            "enterprise_id": enterprise,
            "year": entered.year,
            "measure": entered.measure,
            "value": entered.value,
            "unit": entered.unit,
            "source": _("手工填写"),
        }
        records.add(session, YearlyFigure, values)


def _year(row: RecordRow) -> int:
    year = row["year"]
    assert isinstance(year, int)
    return year


def _origin(row: RecordRow) -> str:
    value = row["value"]
    amount = plain(value) if isinstance(value, Decimal) else ""
    parts = [f"{amount}{row['unit'] or ''}"]
    parts += [_("来源：{source}").format(source=row["source"])] if row["source"] else []
    parts += [_("截至 {day}").format(day=row["as_of"])] if row["as_of"] else []
    return "，".join(parts)
