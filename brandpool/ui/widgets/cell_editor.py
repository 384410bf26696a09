"""Editors for one cell, by the kind of its field, and how a table hands their content on."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from brandpool.i18n import lang
from brandpool.models.field import Field, Kind, Value
from brandpool.ui import typed
from brandpool.ui.widgets.link_edit import LinkEdit
from brandpool.ui.widgets.record_model import RecordModel
from brandpool.ui.work import Work

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Picked:
    """A value chosen from a list: nothing to read any more, and how it is shown."""

    value: Value
    text: str


class CellDelegate(QStyledItemDelegate):
    """Opens the right editor for a field; what it is left with goes to `model.setData`."""

    def __init__(self, work: Work, model: RecordModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._model = model

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """An editor for the cell."""
        field = self._model.columns[index.column()]
        editor = self._editor(field, parent)
        editor.setAccessibleName(field.label(lang()))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what the cell holds, or from what was typed and could not be saved."""
        field = self._model.columns[index.column()]
        line = self._model.line(index.row())
        if line is None:
            return
        value = line.row[field.name]
        text = self._model.wrong_text(line.row.id, field.name)
        text = text if text is not None else typed.written(field, value, lang())
        if isinstance(editor, LinkEdit):
            editor.put(str(value) if value else None, line.texts[field.name])
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
        editor.setProperty("before", text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand on what was typed or picked, if it differs from what was there."""
        if isinstance(editor, LinkEdit):
            editor.settle()
            model.setData(index, Picked(editor.record, editor.text()))
        elif isinstance(editor, QComboBox):
            model.setData(index, Picked(editor.currentData(), editor.currentText()))
        elif isinstance(editor, (QPlainTextEdit, QLineEdit)):
            text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
            if text != editor.property("before"):
                model.setData(index, text)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """A note gets more room than its cell."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, QPlainTextEdit):
            box = editor.geometry()
            editor.setGeometry(box.x(), box.y(), max(box.width(), 280), 96)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """In a note Enter saves, as in every cell; Alt+Enter starts a new line."""
        if isinstance(editor, QPlainTextEdit) and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.type() == QEvent.Type.KeyPress and enter:
                if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                    editor.insertPlainText("\n")
                else:
                    self.commitData.emit(editor)
                    self.closeEditor.emit(editor, self.EndEditHint.SubmitModelCache)
                return True
        return super().eventFilter(editor, event)

    def _editor(self, field: Field, parent: QWidget) -> QWidget:
        if field.kind is Kind.LINK:
            return LinkEdit(self._work, field.links, parent)
        if field.kind in (Kind.CHOICE, Kind.FLAG):
            return choice_box(field, parent)
        if field.kind is Kind.NOTE:
            return QPlainTextEdit(parent)
        return QLineEdit(parent)


def choice_box(field: Field, parent: QWidget | None = None) -> QComboBox:
    """A list of what the field can be, with nothing as its first line."""
    box = QComboBox(parent)
    box.addItem("", None)
    if field.kind is Kind.FLAG:
        box.addItem(field.shown(True, lang()), True)
        box.addItem(field.shown(False, lang()), False)
    for choice in field.choices:
        box.addItem(choice.label(lang()), choice.code)
    return box
