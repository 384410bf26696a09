"""Entering an event or letter of a mark, with what it changes shown before it is saved."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.mark_file import MarkEvent
from brandpool.models.record import fields
from brandpool.rules.mark_status import MarkEntry
from brandpool.services import records, trademarks
from brandpool.services.records import RecordRow
from brandpool.services.trademarks import MarkRow
from brandpool.ui import style, typed
from brandpool.ui.chain_box import ChainBox, spoken
from brandpool.ui.mark_reading import DatedRow, letter_row, status_word, term_rows
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import FieldLine
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_HIDDEN = {"trademark_id", "event_key"}


@dataclass(frozen=True, slots=True)
class _Start:
    """The mark as it stands, and the event being changed."""

    mark: MarkRow
    row: RecordRow | None


class Effect(NamedTuple):
    """What an event would change: before, after, and the chain of what comes after."""

    label: str
    before: str
    after: str
    dated: DatedRow | None


class MarkEventForm(QDialog):
    """Adds an event of a mark, or changes the one with id `event`."""

    saved = Signal(str)

    def __init__(self, shell: Shell, mark: str, event: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("修改事件") if event else _("添加事件"))
        self._shell, self._mark, self._event = shell, mark, event
        self._start: _Start | None = None
        self._saving = False
        declared = {n: f for n, f in fields(MarkEvent).items() if n not in _HIDDEN}
        self.lines = {n: FieldLine(shell.work, field) for n, field in declared.items()}
        self.effects: PlainTable[Effect] = PlainTable(
            (_("项目"), _("现在"), _("保存后")), (150, 110, 110), _("变化预览")
        )
        self.effects.doubleClicked.connect(self._open_chain)
        self.words = style.soft(_("填写事件和日期后，这里显示状态和期限的变化。"))
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.preview)
        self._lay_out()
        self.setEnabled(False)
        shell.work.read(self._read, self._fill, owner=self, failed=self._gone)

    def preview(self) -> None:
        """Show what the event as typed would change."""
        values, _wrong = self._typed()
        if self._start is None:
            return
        found = effects(self._start.mark, self._start.row, values, date.today())
        self.effects.fill(
            [Shown(one, (one.label, one.before, one.after), one.before == one.after)
             for one in found]
        )  # fmt: skip
        entry = entry_of(values)
        self.words.setText(
            _("双击一行看依据。") if entry else _("填写事件和日期后，这里显示状态和期限的变化。")
        )

    def save(self) -> None:
        """Write the event and the status that follows from it, as one step."""
        values, wrong = self._typed()
        for name in ("event", "dated"):
            if name not in wrong and values[name] is None:
                label = self.lines[name].field.label(lang())
                wrong[name] = _("“{field}”不能为空。").format(field=label)
        for name, line in self.lines.items():
            line.complain(wrong.get(name, ""))
        if wrong or self._saving:
            return
        self._saving = True
        word = fields(MarkEvent)["event"].shown(values["event"])
        why = (_("修改事件“{event}”") if self._event else _("添加事件“{event}”")).format(event=word)
        mark, row = self._mark, self._start.row if self._start else None

        def job(session: Session) -> str:
            return write_event(session, mark, row, values, date.today())

        self._shell.work.write(why, job, self._on_saved, owner=self, failed=self._refuse)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for line in self.lines.values():
            label = line.field.label(lang()) + (" *" if line.field.required else "")
            form.addRow(label, line)
            line.edited.connect(self._later.start)
        right = QVBoxLayout()
        right.addWidget(style.heading(_("保存后的变化"), points=11))
        right.addWidget(self.words)
        right.addWidget(self.effects, 1)
        body = QHBoxLayout()
        body.addLayout(form, 3)
        body.addLayout(right, 2)
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
        self.resize(960, 600)

    def _read(self, session: Session) -> _Start:
        row = records.get(session, MarkEvent, self._event) if self._event else None
        return _Start(trademarks.status(session, self._mark, date.today()).mark, row)

    def _fill(self, start: _Start) -> None:
        self._start = start
        for name, line in self.lines.items():
            line.put(start.row[name] if start.row else None)
        self.setEnabled(True)
        self.lines["event"].editor.setFocus()
        self.preview()

    def _typed(self) -> tuple[dict[str, Value], dict[str, str]]:
        values: dict[str, Value] = {}
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
        if effect is not None and effect.dated is not None:
            title = f"{effect.label}：{effect.after}"
            ChainBox(title, effect.dated.explained, self, about=effect.dated.note).exec()

    def _on_saved(self, event: str) -> None:
        self.saved.emit(event)
        self.accept()

    def _refuse(self, reason: str) -> None:
        self._saving = False
        QMessageBox.warning(self, _("没有保存"), reason)

    def _gone(self, reason: str) -> None:
        self._shell.work.refused.emit(reason)
        self.reject()


def entry_of(values: "RecordRow | dict[str, Value]") -> MarkEntry | None:
    """An event as the rules take it; None while its kind or date is missing."""
    event, dated, outcome = values["event"], values["dated"], values["outcome"]
    if not event or not isinstance(dated, date):
        return None
    return MarkEntry(dated, str(event), str(outcome) if outcome else None)


def effects(
    mark: MarkRow, replaced: RecordRow | None, values: dict[str, Value], on: date
) -> list[Effect]:
    """Status and dates of a mark now, and with the event as typed in place of `replaced`."""
    after = with_event(mark, replaced, values)
    was, will = trademarks.judged(mark, on), trademarks.judged(after, on)
    chain = DatedRow(_("状态"), None, None, will.explained, spoken(will.reason))
    found = [
        Effect(_("状态"), status_word(was.status, lang()), status_word(will.status, lang()), chain)
    ]
    before = {row.label: row for row in term_rows(mark, on)}
    later = {row.label: row for row in term_rows(after, on)}
    found += [
        Effect(label, _day(before.get(label)), _day(later.get(label)), later.get(label))
        for label in dict.fromkeys((*before, *later))
    ]
    was_due = letter_row(replaced) if replaced else None
    due = letter_row(values)
    if due is not None:
        found.append(Effect(due.label, _day(was_due), _day(due), due))
    return found


def with_event(mark: MarkRow, replaced: RecordRow | None, values: dict[str, Value]) -> MarkRow:
    """The mark as it would be with this event."""
    events = list(mark.events)
    old = entry_of(replaced) if replaced else None
    if old in events:
        events.remove(old)
    new = entry_of(values)
    if new is not None:
        events.append(new)
    return mark._replace(events=sorted(events, key=lambda entry: entry.dated))


def write_event(
    session: Session, mark: str, row: RecordRow | None, values: dict[str, Value], on: date
) -> str:
    """Enter or change an event and let the mark's status follow; returns the event's id."""
    if row is None:
        event = trademarks.record_event(session, mark, values)
    else:
        whole: dict[str, Value] = {**values, "trademark_id": mark}
        key = trademarks.event_key(whole)
        records.edit(session, MarkEvent, row.id, {**values, "event_key": key}, row.ver)
        event = row.id
    trademarks.restate(session, on, [mark])
    return event


def _day(row: DatedRow | None) -> str:
    return row.computed.isoformat() if row is not None and row.computed else "—"
