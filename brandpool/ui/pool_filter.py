"""What the pool page shows of a ladder: street, industry, tier, what is due, and words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pool_reading import Due, PoolRow
from brandpool.ui.pool_words import due_words

ANY = "*"
_BLANK = ""
_WIDTH = 112


@dataclass(frozen=True, slots=True)
class PoolFilter:
    """The clerk's choice; ANY lets everything pass, an empty street or industry the unfilled."""

    street: str = ANY
    industry: str = ANY
    tier: str | None = ANY
    due: Due | None = None
    text: str = ""

    def passes(self, row: PoolRow) -> bool:
        """Whether the row is to be shown."""
        return (
            self.street in (ANY, row.street)
            and self.industry in (ANY, row.industry)
            and self.tier in (ANY, row.tier)
            and (self.due is None or self.due in row.due)
            and (not self.text.strip() or row.found_by(self.text))
        )

    def among(self, rows: Iterable[PoolRow]) -> list[PoolRow]:
        """The rows to be shown."""
        return [row for row in rows if self.passes(row)]

    def words(self, labels: Mapping[str | None, str]) -> dict[str, str]:
        """The conditions in words, by the name of what they look at."""
        found = {}
        if self.street != ANY:
            found["street"] = _("街道：{what}").format(what=self.street or _("（未填写）"))
        if self.industry != ANY:
            found["industry"] = _("行业：{what}").format(what=self.industry or _("（未填写）"))
        if self.tier != ANY:
            found["tier"] = _("层级：{what}").format(what=labels.get(self.tier, self.tier))
        if self.due is not None:
            found["due"] = due_words(self.due)
        if self.text.strip():
            found["text"] = _("含“{what}”").format(what=self.text.strip())
        return found

    def without(self, name: str) -> "PoolFilter":
        """The choice without one of its conditions."""
        empty = PoolFilter()
        return replace(self, **{name: getattr(empty, name)})


class FilterRow(QWidget):
    """The choosers above board and list, always in sight. `changed` tells of a new choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = PoolFilter()
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("名称、代码或拼音"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(140)
        self.text.setMaximumWidth(170)
        self.text.setAccessibleName(_("按名称筛选"))
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self._take_text)
        self.text.textEdited.connect(lambda _text: self._pause.start())
        self.street, self.industry, self.tier = QComboBox(), QComboBox(), QComboBox()
        boxes = {"street": self.street, "industry": self.industry, "tier": self.tier}
        for name, box in boxes.items():
            box.setFixedWidth(_WIDTH)
            box.setMaxVisibleItems(24)
            box.activated.connect(partial(self._take, name, box))
        for box, spoken in zip(boxes.values(), (_("街道"), _("行业"), _("层级")), strict=True):
            box.setAccessibleName(_("按{what}筛选").format(what=spoken))
        self.due = {due: _due_button() for due in (None, *Due)}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for due, button in self.due.items():
            self._group.addButton(button)
            button.clicked.connect(partial(self._take_due, due))
            layout.addWidget(button)
        layout.addSpacing(8)
        for box in boxes.values():
            layout.addWidget(box)
        layout.addWidget(self.text, 1)
        layout.addStretch(0)

    def offer(self, rows: Sequence[PoolRow], labels: Mapping[str | None, str]) -> None:
        """Offer what the rows have, each with how many it would show beside the other choices."""
        streets = self._counted(rows, "street", lambda row: row.street)
        industries = self._counted(rows, "industry", lambda row: row.industry)
        tiers = self._counted(rows, "tier", lambda row: row.tier)
        blank = _("（未填写）")
        _fill(self.street, _("全部街道"), {s: s or blank for s in _by_use(streets)}, streets)
        names = {i: i or blank for i in _by_use(industries)}
        _fill(self.industry, _("全部行业"), names, industries)
        _fill(self.tier, _("全部层级"), labels, tiers)
        beside = self.choice.without("due").among(rows)
        counts = Counter(due for row in beside for due in row.due)
        for due, button in self.due.items():
            number = counts[due] if due else len(beside)
            button.setText(f"{due_words(due) if due else _('全部')} {number:,}")
        self.show_choice()

    def set_choice(self, choice: PoolFilter) -> None:
        """Filter by this."""
        self.choice = choice
        self.show_choice()
        self.changed.emit()

    def show_choice(self) -> None:
        """Show what is chosen; a street that nobody has any more stays named."""
        choice = self.choice
        _pick(self.street, choice.street)
        _pick(self.industry, choice.industry)
        _pick(self.tier, choice.tier)
        self.due[choice.due].setChecked(True)
        if self.text.text().strip() != choice.text.strip():
            self.text.setText(choice.text)

    def _counted(
        self, rows: Sequence[PoolRow], name: str, take: Callable[[PoolRow], str | None]
    ) -> Counter[str | None]:
        beside = self.choice.without(name)
        counts: Counter[str | None] = Counter(dict.fromkeys(map(take, rows), 0))
        counts.update(take(row) for row in rows if beside.passes(row))
        return counts

    def _take(self, name: str, box: QComboBox, _place: int) -> None:
        self.set_choice(replace(self.choice, **{name: box.currentData()}))

    def _take_due(self, due: Due | None, _checked: bool = False) -> None:
        self.set_choice(replace(self.choice, due=due))

    def _take_text(self) -> None:
        self.set_choice(replace(self.choice, text=self.text.text()))


def _due_button() -> QPushButton:
    button = QPushButton()
    button.setCheckable(True)
    button.setStyleSheet(
        f"QPushButton {{ border: 1px solid {style.LINE}; border-radius: 11px; padding: 2px 10px;"
        f" background: {style.PAPER}; }}"
        f"QPushButton:checked {{ background: {style.ACCENT}; color: {style.PAPER};"
        f" border-color: {style.ACCENT}; }}"
        f"QPushButton:focus {{ border: 2px solid {style.ACCENT}; padding: 1px 9px; }}"
        f"QPushButton:checked:focus {{ border-color: #0b2f57; }}"
    )
    return button


def _by_use(counts: Counter[str | None]) -> list[str]:
    """The names, the most used first, the unfilled last."""
    names = [name for name in counts if name]
    names.sort(key=lambda name: (-counts[name], name))
    return [*names, *([_BLANK] if _BLANK in counts else [])]


def _fill(
    box: QComboBox, every: str, names: Mapping[str, str] | Mapping[str | None, str],
    counts: Counter[str | None],
) -> None:  # fmt: skip
    box.clear()
    box.addItem(every, ANY)
    for code, name in names.items():
        box.addItem(f"{name}（{counts[code]:,}）", code)


def _pick(box: QComboBox, code: str | None) -> None:
    place = next((n for n in range(box.count()) if box.itemData(n) == code), -1)
    if place < 0:
        box.addItem(str(code or ""), code)
        place = box.count() - 1
    box.setCurrentIndex(place)
