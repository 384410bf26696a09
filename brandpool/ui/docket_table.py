"""The docket on screen: states with their numbers across the top, dates below, urgent ones red."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from brandpool.i18n import _, lang
from brandpool.models.docket import DECISIONS
from brandpool.services.docket import STATES, Entry
from brandpool.ui import style
from brandpool.ui.widgets.plain_table import Index, PlainModel, PlainTable, Shown

OPEN, DECIDED = "", "decided"


def state_words() -> Mapping[str, str]:
    """What the states are called; OPEN are all deadlines up to ninety days, late ones first."""
    return {
        OPEN: _("全部"),
        "overdue": _("逾期"),
        "today": _("今天"),
        "7": _("7天内"),
        "30": _("30天内"),
        "90": _("90天内"),
        "later": _("更远"),
        "exposed": _("已可被撤"),
        "risk": _("撤三风险"),
        DECIDED: _("已办理"),
    }


class StateBar(QWidget):
    """One button per state with its number; `chosen` carries the state."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for state, word in state_words().items():
            button = QPushButton(word)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, state=state: self.chosen.emit(state))
            self._group.addButton(button)
            self.buttons[state] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.buttons[OPEN].setChecked(True)
        overdue = self.buttons["overdue"]
        overdue.setStyleSheet(f"QPushButton {{ color: {style.BAD}; font-weight: bold; }}")

    @property
    def state(self) -> str:
        """The state whose dates are shown."""
        return next(state for state, button in self.buttons.items() if button.isChecked())

    def show_numbers(self, numbers: Mapping[str, int]) -> None:
        """Write the numbers behind the words."""
        words = state_words()
        for state in STATES:
            self.buttons[state].setText(f"{words[state]} {numbers.get(state, 0):,}")


class DocketModel(PlainModel[Entry]):
    """Dates with what is late in red and what was set by hand in brown."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text or colour of a cell."""
        if role == Qt.ItemDataRole.ForegroundRole:
            entry = self.shown[index.row()].row
            if entry.state == "overdue" and not entry.settled:
                return style.colour(style.BAD)
            if entry.overridden or entry.provisional:
                return style.colour(style.WARN)
            return None if entry.reminding or entry.settled else style.colour(style.SOFT)
        return super().data(index, role)


class DocketTable(PlainTable[Entry]):
    """The dates, the earliest first; several may be chosen and decided at once."""

    def __init__(self) -> None:
        headings = (_("截止日"), _("剩余"), _("期限"), _("记录"), _("企业"), _("说明"))
        super().__init__(headings, (), _("期限"))
        self.rows = DocketModel(headings)
        self.setModel(self.rows)
        for column, width in enumerate((120, 150, 130, 230, 260, 160)):
            self.setColumnWidth(column, width)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these dates; the row the clerk stood on stays if it is still there."""
        before = self.chosen()
        self.fill([Shown(entry, texts(entry)) for entry in entries])
        keys = [entry.key for entry in entries]
        if keys:
            self.selectRow(keys.index(before.key) if before and before.key in keys else 0)

    def picked(self) -> list[Entry]:
        """The dates that are chosen."""
        return [self.rows.shown[index.row()].row for index in self.selectionModel().selectedRows()]


def texts(entry: Entry) -> tuple[str, ...]:
    """One date as the cells of its row."""
    marks = (_("改定") if entry.overridden else "", _("暂定") if entry.provisional else "")
    mark = "、".join(word for word in marks if word)
    due = f"{entry.due}（{mark}）" if mark else entry.due.isoformat()
    left = decided_word(entry) if entry.settled else entry.left
    return (due, left, entry.label, entry.title, entry.enterprise_name, entry.note)


def decided_word(entry: Entry) -> str:
    """How a date was dealt with."""
    word = next((one.label(lang()) for one in DECISIONS if one.code == entry.decision), "")
    return word or _("已随前一期限办结")
