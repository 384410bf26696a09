"""Required fields that no column of a file brings: said once, for every row."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLayout, QLineEdit, QWidget

from brandpool.exchange import same_for_all
from brandpool.exchange.importing import Reading
from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind
from brandpool.ui import style

_WIDTH, _SHORTEST = 190, 6


class ForAll(QFrame):
    """One line of small editors; out of sight where every required field has its column."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet("ForAll { background: " + style.WARN_PAPER + "; }")
        self.editors: dict[str, QComboBox | QLineEdit] = {}
        self._reading: Reading | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(10, 4, 10, 4)
        self.hide()

    def ask(self, reading: Reading, mapping: Mapping[str, int]) -> None:
        """Ask for what these columns do not bring; what was typed before stays."""
        lacking = same_for_all.lacking(reading.model, reading.fields, mapping)
        names = [one.name for one in lacking]
        if reading is self._reading and names == list(self.editors):
            return
        before = self._texts() if reading is self._reading else dict(reading.for_all)
        self._reading = reading
        self._clear()
        self._line.addWidget(QLabel(_("表中没有、但必填的，各行都填为：")))
        for one in lacking:
            self._add(one, before.get(one.name, ""))
        self._line.addStretch(1)
        self.setVisible(bool(lacking))

    def told(self, mapping: Mapping[str, int]) -> dict[str, str]:
        """What was said, by field name, without the fields that have a column."""
        return {name: text for name, text in self._texts().items() if text and name not in mapping}

    def _texts(self) -> dict[str, str]:
        return {
            name: str(box.currentData()) if isinstance(box, QComboBox) else box.text().strip()
            for name, box in self.editors.items()
        }

    def _add(self, one: Field, text: str) -> None:
        label = one.label(lang())
        box = _choices(one, text) if one.kind is Kind.CHOICE else QLineEdit(text)
        box.setAccessibleName(label)
        box.setMaximumWidth(_WIDTH)
        if isinstance(box, QLineEdit) and one.kind is Kind.DATE:
            box.setPlaceholderText(_("如 2026-11-22"))
        name = QLabel(label)
        name.setBuddy(box)
        self._line.addWidget(name)
        self._line.addWidget(box)
        self.editors[one.name] = box

    def _clear(self) -> None:
        self.editors = {}
        while self._line.count():
            _drop(self._line)


def _drop(line: QLayout) -> None:
    item = line.takeAt(0)
    if isinstance(widget := item.widget(), QWidget):
        widget.hide()
        widget.deleteLater()


def _choices(one: Field, text: str) -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(_SHORTEST)
    box.addItem(_("（不填）"), "")
    for choice in one.choices:
        box.addItem(choice.label(lang()), choice.code)
    box.setCurrentIndex(max(box.findData(text), 0))
    return box
