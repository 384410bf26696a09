"""Entering an event of any kind of file, with what it changes shown before it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.record import Record, fields
from brandpool.rules.explained import Explained
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.ui import style, typed
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown

Values = dict[str, Value]


class Effect(NamedTuple):
    """What an event would change: before, after, and the chain of what comes after."""

    label: str
    before: str
    after: str
    explained: Explained | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventCase:
    """What the form has to know of one kind of event.

    `load` reads how things stand; `effects` compares that with the event as typed in place of the
    one being changed (None: a new one); `write` saves it and returns its id. `hidden` fields are
    the case's own business; `key` is the one that tells the kinds of events apart.
    """

    model: type[Record]
    key: str
    hidden: frozenset[str]
    load: Callable[[Session], Any]
    effects: Callable[[Any, RecordRow | None, Values], list[Effect]]
    write: Callable[[Session, RecordRow | None, Values], str]


class EventForm(QDialog):
    """Adds an event, or changes the one with id `event`."""

    saved = Signal(str)

    def __init__(self, shell: Shell, case: EventCase, event: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("修改事件") if event else _("添加事件"))
        self._shell, self._case, self._event = shell, case, event
        self._state: Any = None
        self._row: RecordRow | None = None
        self._saving = False
        declared = {n: f for n, f in fields(case.model).items() if n not in case.hidden}
        self.lines = {n: FieldLine(shell.work, field) for n, field in declared.items()}
        self.effects: PlainTable[Effect] = PlainTable(
            (_("项目"), _("现在"), _("保存后")), (150, 130, 130), _("变化预览")
        )
        self.effects.activated.connect(lambda _index: self._open_chain())
        self.words = style.soft("")
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.preview)
        self._lay_out()
        self.setEnabled(False)
        shell.work.read(self._read, self._fill, owner=self, failed=self._gone)

    def preview(self) -> None:
        """Show what the event as typed would change."""
        if self._state is None:
            return
        values, _wrong = self._typed()
        found = self._case.effects(self._state, self._row, values)
        self.effects.fill(
            [Shown(one, (one.label, one.before, one.after), one.before == one.after)
             for one in found]
        )  # fmt: skip
        complete = values[self._case.key] and values["dated"]
        self.words.setText(
            _("灰色为不变。双击一行看依据。")
            if complete
            else _("填写事件和日期后，这里显示状态和期限的变化。")
        )

    def save(self) -> None:
        """Write the event and what follows from it, as one step."""
        values, wrong = self._typed()
        for name in (self._case.key, "dated"):
            if name not in wrong and values[name] is None:
                label = self.lines[name].field.label(lang())
                wrong[name] = _("“{field}”不能为空。").format(field=label)
        for name, line in self.lines.items():
            line.complain(wrong.get(name, ""))
        if wrong or self._saving:
            return
        self._saving = True
        case, row = self._case, self._row
        word = fields(case.model)[case.key].shown(values[case.key])
        why = (_("修改事件“{event}”") if row else _("添加事件“{event}”")).format(event=word)
        self._shell.work.write(
            why, lambda session: case.write(session, row, values), self._on_saved,
            owner=self, failed=self._refuse,
        )  # fmt: skip

    def _lay_out(self) -> None:
        sheet = QWidget()
        form = QFormLayout(sheet)
        for line in self.lines.values():
            label = line.field.label(lang()) + (" *" if line.field.required else "")
            form.addRow(label, line)
            line.edited.connect(self._later.start)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(sheet)
        right = QVBoxLayout()
        right.addWidget(style.heading(_("保存后的变化"), points=11))
        right.addWidget(self.words)
        right.addWidget(self.effects, 1)
        body = QHBoxLayout()
        body.addWidget(area, 1)
        body.addLayout(right, 1)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addWidget(buttons)
        self.resize(980, 600)

    def _read(self, session: Session) -> tuple[Any, RecordRow | None]:
        row = records.get(session, self._case.model, self._event) if self._event else None
        return self._case.load(session), row

    def _fill(self, found: tuple[Any, RecordRow | None]) -> None:
        self._state, self._row = found
        for name, line in self.lines.items():
            line.put(self._row[name] if self._row else None)
        self.setEnabled(True)
        self.lines[self._case.key].editor.setFocus()
        self.preview()

    def _typed(self) -> tuple[Values, dict[str, str]]:
        values: Values = {}
        wrong: dict[str, str] = {}
        for name, line in self.lines.items():
            try:
                values[name] = line.value()
            except typed.NotUnderstood as reason:
                values[name] = None
                wrong[name] = str(reason)
        return values, wrong

    def _open_chain(self) -> None:
        effect = self.effects.chosen()
        if effect is not None and effect.explained is not None:
            title = f"{effect.label}：{effect.after}"
            ChainBox(title, effect.explained, self, about=effect.note).exec()

    def _on_saved(self, event: str) -> None:
        self.saved.emit(event)
        self.accept()

    def _refuse(self, reason: str) -> None:
        self._saving = False
        QMessageBox.warning(self, _("没有保存"), reason)

    def _gone(self, reason: str) -> None:
        self._shell.work.refused.emit(reason)
        self.reject()


def day_text(day: date | None) -> str:
    """A day as a cell shows it; none is a dash."""
    return day.isoformat() if day is not None else "—"
