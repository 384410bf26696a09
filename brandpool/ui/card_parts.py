"""Parts that cards of marks and registrations share: sheets, facts, banners, fitting tables."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.record import Record, fields
from brandpool.ui import style
from brandpool.ui.card_section import CardSection
from brandpool.ui.page import Shell
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.record_lines import Line


class Sheet(QFrame):
    """A white sheet with a title and one widget."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        style.paint_ground(self, style.PAPER)
        self.title = style.heading(title, points=11)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addWidget(self.title)
        layout.addWidget(content)


class Facts(QWidget):
    """The filled fields of a record in two columns; a right click opens a field's history."""

    def __init__(self, shell: Shell, model: type[Record], left_out: Collection[str] = ()) -> None:
        super().__init__()
        self._shell, self._model = shell, model
        self._left_out = frozenset(left_out)
        self._record = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def show_line(self, line: Line) -> None:
        """Show this record."""
        self._record = line.row.id
        while self._grid.count():
            if (old := self._grid.takeAt(0).widget()) is not None:
                old.deleteLater()
        declared = fields(self._model).items()
        shown = [f for n, f in declared if line.texts[n] and n not in self._left_out]
        for place, field in enumerate(shown):
            row, column = divmod(place, 2)
            name = style.soft(field.label(lang()))
            name.setWordWrap(False)
            text = QLabel(line.texts[field.name])
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            text.customContextMenuRequested.connect(partial(self._history, field.name))
            self._grid.addWidget(name, row, column * 2, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, column * 2 + 1)

    def _history(self, name: str, *_place: object) -> None:
        field = fields(self._model)[name]
        HistoryDialog(self._shell, self._model, self._record, field, self).exec()


def add_button(sections: Sequence[CardSection]) -> QPushButton:
    """The button 新增… with one line for each kind that hangs on the card's record."""
    button = QPushButton(_("新增…"))
    menu = QMenu(button)
    for section in sections:
        action = menu.addAction(section.record_kind.label(lang()))
        action.triggered.connect(partial(_add_to, section))
    button.setMenu(menu)
    return button


def fit(table: QTableView, rows: int, most: int = 8) -> None:
    """Give a table the height of its rows, up to a number of them."""
    table.setFixedHeight(30 + style.ROW_HEIGHT * max(1, min(rows, most)) + 14)


def banner() -> QLabel:
    """A line of warning across a card."""
    label = QLabel()
    label.setStyleSheet(style.BANNER_SHEET)
    label.setWordWrap(True)
    label.hide()
    return label


def _add_to(section: CardSection, _checked: bool = False) -> None:
    section.add_one()
