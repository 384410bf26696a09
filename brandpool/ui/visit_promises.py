"""Beside the form: what was promised before and is on the list, and what is promised this time."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.spelled_dates import plain_date
from brandpool.i18n import _, lang
from brandpool.models.visit import SIDES
from brandpool.services.records import RecordRow
from brandpool.services.visit_draft import Kept, Promised
from brandpool.ui import style
from brandpool.ui.widgets.field_line import DateEdit


class _Old(NamedTuple):
    box: QCheckBox
    result: QLineEdit


class OpenBox(QWidget):
    """Open promises to tick off with their results, and things on the list to tick off."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.promises: dict[str, _Old] = {}
        self.items: dict[str, QCheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)

    def show_open(self, promises: Sequence[RecordRow], items: Sequence[RecordRow]) -> None:
        """Show what is open; nothing is ticked."""
        self._layout.addWidget(style.heading(_("未办结的承诺"), points=10.5))
        for row in promises:
            due = row["due"]
            text = str(row["matter"] or "") + (f"（{due}）" if due else "")
            box, result = self._tick(text), QLineEdit()
            result.setPlaceholderText(_("办结结果"))
            result.setAccessibleName(_("办结结果"))
            result.textEdited.connect(self.edited)
            result.hide()
            box.toggled.connect(result.setVisible)
            self._layout.addWidget(result)
            self.promises[row.id] = _Old(box, result)
        if not promises:
            self._layout.addWidget(style.soft(_("没有")))
        self._layout.addSpacing(6)
        self._layout.addWidget(style.heading(_("走访清单"), points=10.5))
        for row in items:
            self.items[row.id] = self._tick(str(row["what"] or ""))
        if not items:
            self._layout.addWidget(style.soft(_("没有")))

    def put(self, kept: Sequence[Kept], items: Sequence[str]) -> None:
        """Tick what a draft has ticked; what was closed meanwhile is no longer here."""
        for one in kept:
            if one.promise in self.promises:
                self.promises[one.promise].box.setChecked(True)
                self.promises[one.promise].result.setText(one.result)
        for item in items:
            if item in self.items:
                self.items[item].setChecked(True)

    def kept(self) -> tuple[Kept, ...]:
        """The promises ticked off, with their results."""
        return tuple(
            Kept(promise, old.result.text())
            for promise, old in self.promises.items()
            if old.box.isChecked()
        )

    def done(self) -> tuple[str, ...]:
        """The things on the list that were brought home."""
        return tuple(item for item, box in self.items.items() if box.isChecked())

    def _tick(self, text: str) -> QCheckBox:
        box = QCheckBox(text if len(text) <= 26 else text[:25] + "…")
        box.setToolTip(text)
        box.clicked.connect(self.edited)
        self._layout.addWidget(box)
        return box


class _New(NamedTuple):
    matter: QLineEdit
    side: QComboBox
    person: QLineEdit
    due: DateEdit
    remove: QPushButton


class PromiseBox(QWidget):
    """The promises of this visit: what, who on which side, until when."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_New] = []
        self.add = QPushButton(_("添加承诺"))
        self.add.clicked.connect(self._on_add)
        self._grid = QVBoxLayout()
        self._grid.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(style.heading(_("本次承诺"), points=10.5), 1)
        head.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addLayout(self._grid)

    def put(self, promises: Sequence[Promised]) -> None:
        """Show these promises."""
        for one in promises:
            line = self._line()
            line.matter.setText(one.matter)
            line.side.setCurrentIndex(max(line.side.findData(one.side), 0))
            line.person.setText(one.person)
            line.due.setText(one.due)

    def promises(self) -> tuple[Promised, ...]:
        """The promises as they stand; a day in whatever spelling becomes 2026-11-22."""
        found = []
        for line in self.lines:
            day = plain_date(line.due.text().strip())
            due = day.isoformat() if day else line.due.text().strip()
            one = Promised(
                line.matter.text(), str(line.side.currentData()), line.person.text(), due
            )
            if one.matter.strip() or one.person.strip() or one.due:
                found.append(one)
        return tuple(found)

    def _on_add(self) -> None:
        self._line().matter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _line(self) -> _New:
        line = _New(QLineEdit(), QComboBox(), QLineEdit(), DateEdit(), QPushButton("×"))
        line.matter.setPlaceholderText(_("承诺事项"))
        line.person.setPlaceholderText(_("责任人"))
        line.due.setPlaceholderText(_("完成期限"))
        for choice in SIDES:
            line.side.addItem(choice.label(lang()), choice.code)
        for widget, name in (
            (line.matter, _("承诺事项")), (line.side, _("承诺方")), (line.person, _("责任人")),
            (line.due, _("完成期限")), (line.remove, _("删除这项承诺")),
        ):  # fmt: skip
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        for edit in (line.matter, line.person, line.due):
            edit.textEdited.connect(self.edited)
        line.due.day_picked.connect(self.edited)
        line.side.activated.connect(self.edited)
        line.remove.setFixedWidth(26)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(line.matter, 0, 0, 1, 3)
        grid.addWidget(line.remove, 0, 3)
        grid.addWidget(line.side, 1, 0)
        grid.addWidget(line.person, 1, 1)
        grid.addWidget(line.due, 1, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        line.remove.clicked.connect(lambda _checked=False: self._drop(line, holder))
        self._grid.addWidget(holder)
        self.lines.append(line)
        return line

    def _drop(self, line: _New, holder: QWidget) -> None:
        self.lines.remove(line)
        holder.deleteLater()
        self.edited.emit()
