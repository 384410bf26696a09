"""A form for one rule of the law, made from its declared inputs."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from brandpool.i18n import _, lang
from brandpool.models.mark_codes import LETTERS
from brandpool.rules.inputs import Input
from brandpool.rules.rule import Rule

_LETTERS = {choice.code: choice for choice in LETTERS}
_NOT_GIVEN = ""


class RuleForm(QWidget):
    """One line per input; `edited` after each change."""

    edited = Signal()

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.rule = rule
        self.editors: dict[str, QLineEdit | QComboBox] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for item in rule.inputs:
            editor = self._editor(item)
            editor.setAccessibleName(label(item))
            self.editors[item.name] = editor
            form.addRow(label(item) + (" *" if rule.is_required(item.name) else ""), editor)

    def given(self, today: date) -> dict[str, Any]:
        """What was filled in, as the rule takes it; 今天, 昨天 and 前天 mean those days."""
        found: dict[str, Any] = {}
        for item in self.rule.inputs:
            editor = self.editors[item.name]
            text = editor.text().strip() if isinstance(editor, QLineEdit) else editor.currentData()
            if isinstance(editor, QComboBox) and editor.isEditable() and text is None:
                text = editor.currentText().strip()
            if text:
                found[item.name] = _day(text, today) if item.kind == "date" else text
        return found

    def put(self, values: Mapping[str, str]) -> None:
        """Fill in some inputs."""
        for name, value in values.items():
            editor = self.editors[name]
            if isinstance(editor, QLineEdit):
                editor.setText(value)
            else:
                editor.setCurrentIndex(max(editor.findData(value), 0))

    def in_words(self, sentence: str) -> str:
        """A refusal of the rule with its inputs by their labels."""
        for item in sorted(self.rule.inputs, key=lambda item: -len(item.name)):
            sentence = sentence.replace(item.name, f"“{label(item)}”")
        return sentence

    def _editor(self, item: Input) -> QLineEdit | QComboBox:
        if item.kind == "choice":
            return self._choices([(code, _choice(code)) for code in item.choices])
        if item.kind == "bool":
            return self._choices([("true", _("是")), ("false", _("否"))])
        line = QLineEdit()
        line.setClearButtonEnabled(True)
        line.setPlaceholderText(_hints().get(item.kind, ""))
        line.textChanged.connect(lambda _text: self.edited.emit())
        return line

    def _choices(self, choices: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.addItem(_NOT_GIVEN, _NOT_GIVEN)
        for code, word in choices:
            box.addItem(word, code)
        box.currentIndexChanged.connect(lambda _place: self.edited.emit())
        return box


def label(item: Input) -> str:
    """What an input is called in the language in use."""
    return item.zh if lang() == "zh" else item.en


def _choice(code: str) -> str:
    known = _LETTERS.get(code)
    return known.label(lang()) if known else code


def _day(text: str, today: date) -> str:
    back = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "today": 0, "yesterday": 1}
    days = back.get(text.casefold())
    return text if days is None else (today - timedelta(days=days)).isoformat()


def _hints() -> Mapping[str, str]:
    return {
        "date": _("2026-11-22，也可填“昨天”"),
        "int": _("整数"),
        "count": _("个数"),
        "amount": _("金额"),
        "parties": "DE,FR,US",
        "counts_by_party": "US=1,EU=2",
        "words_by_party": _("US=给予保护"),
        "records": "2025-01-20 ISN; 2025-06-01 GP18N",
    }
