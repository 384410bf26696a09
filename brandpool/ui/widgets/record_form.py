"""A form for any kind of record, made from the declaration of its fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.services import docket_touched, records
from brandpool.services.docket_decide import Moved
from brandpool.services.records import RecordRow
from brandpool.ui import style, typed
from brandpool.ui.moved_dates import MovedBox, foreseen
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.history_dialog import HistoryDialog
from brandpool.ui.widgets.identity_hints import IdentityHints
from brandpool.ui.widgets.record_lines import link_titles

_MANY = 9
_SUGGESTED = {Kind.TEXT, Kind.TAGS}


Step = tuple[str, Callable[[Session], str]]
"""The name of a step, and the job that writes it and tells the record's id."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form starts from: the row, titles of what it links to, texts to suggest."""

    row: RecordRow | None
    titles: Mapping[str, str]
    suggestions: Mapping[str, list[str]]


class RecordForm(QDialog):
    """Adds a record, or edits the one with id `record`. `saved` carries the id."""

    saved = Signal(str)

    def __init__(
        self,
        shell: Shell,
        model: type[Record],
        record: str = "",
        *,
        preset: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell = shell
        self._model = model
        self._record = record
        self._preset = dict(preset or {})
        self._row: RecordRow | None = None
        self._touched = False
        self._saving = False
        noun = model.label(lang())
        self.setWindowTitle((_("修改{noun}") if record else _("新增{noun}")).format(noun=noun))
        self.lines = {n: FieldLine(shell.work, field) for n, field in fields(model).items()}
        self.hints = IdentityHints(shell.work, model, record, self.lines, self)
        self._lay_out()
        self.setEnabled(False)
        shell.work.read(self._read, self._fill, owner=self, failed=self._gone)

    def save(self) -> None:
        """Check every line, then save; the form closes when it is saved."""
        values = self._values()
        if values is None or self._saving:
            return
        changed = {n: v for n, v in values.items() if self._row is None or self._row[n] != v}
        if not changed and self._row is not None:
            self.accept()
            return
        step = self.step(values, changed)
        if step is None:
            return
        self._saving = True
        if self._row is None or not docket_touched.dated(self._model):
            self._write(step)
            return
        model, record = self._model, self._record
        self._shell.work.read(
            lambda session: foreseen(session, model, record, changed, date.today()),
            lambda moved: self._agree(moved, step),
            owner=self,
            failed=self._refuse,
        )

    def step(self, values: Mapping[str, Value], changed: Mapping[str, Value]) -> Step | None:
        """What is to be written, with its name; None when the clerk goes on filling in."""
        model, record, row = self._model, self._record, self._row
        title = values.get(model.title_field) or ""
        verb = _("修改{noun}“{title}”") if record else _("新增{noun}“{title}”")
        shown = typed.shown(fields(model)[model.title_field], values, lang()) or title

        def job(session: Session) -> str:
            if row is None:
                return records.add(session, model, values)
            records.edit(session, model, record, changed, row.ver)
            return record

        return verb.format(noun=model.label(lang()), title=shown), job

    def _agree(self, moved: Sequence[Moved], step: Step) -> None:
        """Show which dates the edit moves before it is written, as one step with them."""
        if moved and not MovedBox(moved, self).exec():
            self._saving = False
            return
        self._write(step)

    def _write(self, step: Step) -> None:
        why, job = step
        self._shell.work.write(why, job, self._on_saved, owner=self, failed=self._refuse)

    def reject(self) -> None:
        """Esc, 取消 and the window's own button ask before what was typed is thrown away."""
        if not self._touched or self._may_leave():
            super().reject()

    @property
    def row(self) -> RecordRow | None:
        """The record as it was when the form was opened; None for a new one."""
        return self._row

    def _lay_out(self) -> None:
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        wide = len(self.lines) > _MANY
        self._place_lines(grid, columns=2 if wide else 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        self.buttons = QDialogButtonBox()
        accept = self.buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        self.buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(self.buttons)
        self.resize(900 if wide else 520, min(660, 60 + 44 * len(self.lines)))

    def _place_lines(self, grid: QGridLayout, *, columns: int) -> None:
        currencies = {line.field.currency for line in self.lines.values() if line.field.currency}
        row = column = 0
        for name, line in self.lines.items():
            line.edited.connect(self._touch)
            if self._record:
                line.on_history(self._show_history)
            if name in currencies:
                continue
            if line.field.currency in self.lines:
                line.add_at_end(self.lines[line.field.currency])
            spans = line.field.kind is Kind.NOTE and columns > 1
            if spans and column:
                row, column = row + 1, 0
            grid.addWidget(_label(line), row, column * 2, _TOP)
            grid.addWidget(line, row, column * 2 + 1, 1, columns * 2 - 1 if spans else 1)
            column = 0 if spans else (column + 1) % columns
            row += 1 if column == 0 else 0
        for place in range(columns):
            grid.setColumnStretch(place * 2 + 1, 1)
        grid.setRowStretch(row + 1, 1)

    def _read(self, session: Session) -> Filled:
        model = self._model
        row = records.get(session, model, self._record) if self._record else None
        titles: dict[str, str] = {}
        if row is not None:
            found = link_titles(session, model, [row])
            titles = {n: known.get(str(row[n]), "") for n, known in found.items()}
        for name, value in self._preset.items():
            field = fields(model)[name]
            if field.kind is Kind.LINK and value:
                record = str(value)
                titles[name] = records.titles(session, by_kind()[field.links], [record])[record]
        return Filled(row, titles, _suggestions(session, model))

    def _fill(self, filled: Filled) -> None:
        self._row = filled.row
        for name, line in self.lines.items():
            value = filled.row[name] if filled.row else self._preset.get(name)
            line.put(value, filled.titles.get(name, ""))
            line.suggest(list(filled.suggestions.get(name, [])))
        self._touched = False
        self.setEnabled(True)
        self.hints.look()
        first = next((line for n, line in self.lines.items() if n not in self._preset), None)
        if first is not None:
            first.editor.setFocus()

    def _gone(self, reason: str) -> None:
        self._shell.work.refused.emit(reason)
        self.done(self.DialogCode.Rejected)

    def _values(self) -> dict[str, Value] | None:
        values: dict[str, Value] = {}
        wrong: list[FieldLine] = []
        for name, line in self.lines.items():
            try:
                values[name] = line.value()
                _check(line.field, values[name])
            except typed.NotUnderstood as reason:
                line.complain(str(reason))
                wrong.append(line)
            else:
                line.complain("")
        self.hints.look()
        if wrong:
            wrong[0].editor.setFocus()
            return None
        return values

    def _touch(self) -> None:
        self._touched = True

    def _on_saved(self, record: str) -> None:
        self._touched = False
        self.saved.emit(record)
        self.accept()

    def _refuse(self, reason: str) -> None:
        self._saving = False
        QMessageBox.warning(self, _("没有保存"), reason)

    def _may_leave(self) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, _("关闭"), _("有修改没有保存。"), parent=self)
        keep = box.addButton(_("继续填写"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(_("不保存，关闭"), QMessageBox.ButtonRole.DestructiveRole)
        box.exec()
        return box.clickedButton() is not keep

    def _show_history(self, field: Field) -> None:
        HistoryDialog(self._shell, self._model, self._record, field, self).exec()


def _label(line: FieldLine) -> QLabel:
    field = line.field
    label = QLabel(field.label(lang()) + (" *" if field.required else ""))
    label.setBuddy(line.editor)
    label.setContentsMargins(0, 5, 0, 0)
    return label


def _check(field: Field, value: Value) -> None:
    if field.required and value in (None, ""):
        raise typed.NotUnderstood(_("“{field}”不能为空。").format(field=field.label(lang())))


def _suggestions(session: Session, model: type[Record]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, field in fields(model).items():
        if field.kind in _SUGGESTED and not field.searchable and name != model.title_field:
            pairs = records.distinct(session, model, name)[:200]
            found[name] = [str(value) for value, number in pairs if value and number > 1]
    return found


_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
