"""The board: a column of cards per tier; dragging or Ctrl+←/→ asks for a move."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pool_cards import CardModel, TierList
from brandpool.ui.pool_reading import PoolRow

_NARROWEST = 166


class Column(QWidget):
    """A tier: its name, how many stand on it, and their cards."""

    def __init__(self, tier: str | None, label: str) -> None:
        super().__init__()
        self.tier = tier
        self.label = label
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setContentsMargins(8, 5, 8, 5)
        self.list = TierList(CardModel(tier), label)
        self.setMinimumWidth(_NARROWEST)
        style.paint_ground(self, style.RAIL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.list, 1)

    def fill(self, rows: Sequence[PoolRow], total: int) -> None:
        """Show these rows, of so many that stand there in all."""
        if list(rows) != list(self.list.cards.rows):
            self.list.cards.fill(rows)
        shown = f"{len(rows):,}" if len(rows) == total else f"{len(rows):,}/{total:,}"
        self.title.setText(f"<b>{self.label}</b>　<span style='color:{style.SOFT}'>{shown}</span>")
        self.title.setToolTip(_("{label}：{number} 家").format(label=self.label, number=shown))


class Board(QScrollArea):
    """Columns from the lowest tier at the left; outside the ladder stands first.

    `move_asked` carries the rows and the tier they are to move to (None: out of the ladder).
    """

    move_asked = Signal(object, object)
    open_asked = Signal(str)
    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[Column] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(
        self,
        labels: Mapping[str | None, str],
        rows: Sequence[PoolRow],
        totals: Mapping[str | None, int],
    ) -> None:
        """Show the rows under these tiers; what was selected stays selected where it now stands."""
        kept = {row.enterprise for row in self.chosen()}
        focused = next((c.tier for c in self.columns if c.list.hasFocus()), "")
        if [(c.tier, c.label) for c in self.columns] != list(labels.items()):
            self._rebuild(labels)
        by_tier: dict[str | None, list[PoolRow]] = {tier: [] for tier in labels}
        for row in rows:
            by_tier[row.tier].append(row)
        for column in self.columns:
            bar = column.list.verticalScrollBar()
            place = bar.value()
            column.list.blockSignals(True)
            column.fill(by_tier[column.tier], totals.get(column.tier, 0))
            column.list.choose(kept)
            column.list.blockSignals(False)
            bar.setValue(place)
            if column.tier == focused and focused != "":
                column.list.setFocus()
        self.picked.emit()

    def chosen(self) -> list[PoolRow]:
        """The selected cards; they all stand on one tier, unless a move has parted them."""
        return [row for column in self.columns for row in column.list.chosen()]

    def choose(self, ids: set[str]) -> None:
        """Select these cards."""
        for column in self.columns:
            column.list.clearSelection()
            column.list.choose(ids)

    def focus(self) -> None:
        """Give the keyboard to the column with the selection, else to the first one with cards."""
        filled = [c for c in self.columns if c.list.cards.rows]
        chosen = [c for c in filled if c.list.chosen()]
        for column in (chosen or filled)[:1]:
            self._stand_on(column)

    def _rebuild(self, labels: Mapping[str | None, str]) -> None:
        self.columns = [Column(tier, label) for tier, label in labels.items()]
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for place, column in enumerate(self.columns):
            layout.addWidget(column, 1)
            cards = column.list
            cards.open_asked.connect(self.open_asked)
            cards.cards.dropped.connect(partial(self._on_drop, column))
            cards.shift_asked.connect(partial(self._on_shift, place))
            cards.step_asked.connect(partial(self._on_step, place))
            cards.picked.connect(partial(self._on_picked, column))
        self.setWidget(body)

    def _on_drop(self, column: Column, ids: list[str]) -> None:
        """Ask only when the drop is over, so that no dialog opens in the middle of it."""
        dropped = set(ids)
        rows = [row for c in self.columns for row in c.list.cards.rows if row.enterprise in dropped]
        QTimer.singleShot(0, self, partial(self.move_asked.emit, rows, column.tier))

    def _on_shift(self, place: int, side: int) -> None:
        rows = self.columns[place].list.chosen()
        if rows and 0 <= place + side < len(self.columns):
            self.move_asked.emit(rows, self.columns[place + side].tier)

    def _on_step(self, place: int, side: int) -> None:
        if 0 <= place + side < len(self.columns):
            self._stand_on(self.columns[place + side])

    def _stand_on(self, column: Column) -> None:
        column.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(column)
        if column.list.cards.rows and not column.list.chosen():
            here = column.list.currentIndex()
            column.list.setCurrentIndex(here if here.isValid() else column.list.cards.index(0))

    def _on_picked(self, column: Column) -> None:
        """A selection belongs to one column."""
        if column.list.chosen():
            for other in self.columns:
                if other is not column and other.list.chosen():
                    other.list.blockSignals(True)
                    other.list.clearSelection()
                    other.list.blockSignals(False)
                    other.list.viewport().update()
        self.picked.emit()
