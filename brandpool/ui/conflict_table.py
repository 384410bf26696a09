"""The table of conflicts: ↑↓ to a line, 1 2 3 or ←→ to a value, Enter to settle."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.services.conflicts import Choice, Conflict
from brandpool.services.settling import DELETION, NUMBER
from brandpool.ui import typed
from brandpool.ui.widgets.plain_table import PlainTable, Shown

Key = tuple[str, str, str, str]
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DIGITS = range(Qt.Key.Key_1.value, Qt.Key.Key_9.value + 1)
_CHOSEN, _OPEN = "●", "○"


@dataclass
class Standing:
    """A conflict on the screen with the choice the clerk is about to make.

    `at` counts from 0; where values are at stake, the place after the last is `own`, a value that
    the clerk types.
    """

    conflict: Conflict
    at: int
    own: Value = None

    @property
    def typing(self) -> bool:
        """Whether the clerk is about to write a value of their own."""
        return self.at == len(self.conflict.choices)

    @property
    def value(self) -> Value:
        """The value that would be taken."""
        return self.own if self.typing else self.conflict.choices[self.at].value

    def go_to(self, at: int) -> bool:
        """Stand on this choice; False where there is none."""
        last = len(self.conflict.choices) - (not self.conflict.of_values)
        if not 0 <= at <= last:
            return False
        self.at = at
        return True


class ConflictTable(PlainTable[Standing]):
    """One line per decision.

    `moved` tells that another choice is marked, `settled` that the marked one is to be taken,
    `opened` that the record is asked for.
    """

    moved = Signal()
    settled = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__(
            (_("记录"), _("项目"), _("原来"), _("1　库中"), _("2　带回"), _("3　另填")),
            (210, 92, 186, 256, 256, 80),
            _("待裁定"),
        )
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        for column in (3, 4):
            header.setSectionResizeMode(column, header.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and ←→ mark a choice, Enter takes it, Ctrl+Enter opens the record."""
        key = Qt.Key(event.key())
        standing = self.chosen()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if standing is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened if control else self.settled).emit()
        elif key in _STEPS:
            self.mark(standing.at + _STEPS[key])
        elif key.value in _DIGITS and not control:
            self.mark(key.value - _DIGITS.start)
        else:
            super().keyPressEvent(event)

    def mark(self, at: int) -> None:
        """Mark this choice of the line the clerk stands on."""
        standing, place = self.chosen(), self.currentIndex().row()
        if standing is not None and standing.go_to(at):
            self.rows.shown[place] = shown_line(standing)
            ends = (self.rows.index(place, 0), self.rows.index(place, self.rows.columnCount() - 1))
            self.rows.dataChanged.emit(*ends)
            self.moved.emit()

    def stand_on(self, place: int) -> None:
        """Stand on this line, or the last one if there are fewer."""
        if self.rows.shown:
            self.selectRow(min(max(place, 0), len(self.rows.shown) - 1))


def key_of(conflict: Conflict) -> Key:
    """What tells a conflict from the others."""
    matter = conflict.matter
    return matter.kind, matter.record, matter.what, matter.field


def standing(conflict: Conflict) -> Standing:
    """A conflict about to be decided for what the pool shows."""
    return Standing(conflict, next((i for i, one in enumerate(conflict.choices) if one.shown), 0))


def shown_line(one: Standing) -> Shown[Standing]:
    """The line of a conflict; ● stands before the choice that would be taken."""
    conflict = one.conflict
    field = conflict.field
    marks = [_CHOSEN if place == one.at else _OPEN for place in range(len(conflict.choices) + 1)]
    texts = [
        f"{mark} {words(conflict, choice, place)}{signature(choice)}"
        for place, (mark, choice) in enumerate(zip(marks, conflict.choices, strict=False))
    ]
    first, others = texts[0], "　".join(texts[1:])
    label = field.label(lang()) if field and conflict.of_values else _trouble(conflict)
    base = said(conflict, conflict.base) + signature(conflict.base) if conflict.base else ""
    own = f"{marks[-1]} {written(conflict, one.own) or '…'}" if conflict.of_values else ""
    return Shown(one, (subject(conflict), label, base, first, others, own))


def subject(conflict: Conflict) -> str:
    """The record in question; an enterprise by its name alone."""
    matter = conflict.matter
    if matter.kind == "enterprise":
        return matter.title
    return f"{matter.model.label(lang())}“{matter.title}”"


def words(conflict: Conflict, choice: Choice, place: int) -> str:
    """What taking this choice means: its value, or what becomes of the record."""
    matter = conflict.matter
    if conflict.of_values:
        return said(conflict, choice)
    if matter.what == DELETION:
        return _("删除这条记录") if place else _("保留修改后的记录")
    if place:
        return _("打开，改正编号")
    if matter.kind == "enterprise":
        return _("并入“{title}”").format(title=matter.rival_title)
    return _("删除这条，保留“{title}”").format(title=matter.rival_title)


def said(conflict: Conflict, choice: Choice) -> str:
    """A value in words; a dash where there is none."""
    return choice.title or written(conflict, choice.value) or "—"


def written(conflict: Conflict, value: Value) -> str:
    """A value of the field in question as tables show it."""
    field = conflict.field
    if field is None or value is None:
        return ""
    return typed.shown(field, {**(conflict.row or {}), field.name: value}, lang())


def signature(choice: Choice) -> str:
    """Who wrote it and when."""
    if choice.at is None:
        return ""
    return _("（{who} {at:%m-%d %H:%M}）").format(who=choice.who, at=choice.at)


def not_chosen(conflict: Conflict, value: Value) -> Sequence[Choice]:
    """The values that a decision leaves to the history."""
    return [one for one in conflict.choices if one.value != value]


def _trouble(conflict: Conflict) -> str:
    return {DELETION: _("有人修改、有人删除"), NUMBER: _("编号与另一条相同")}[conflict.matter.what]
