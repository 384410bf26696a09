"""Deciding about dates of the docket: done, not needed, passed on, missed; or another day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.docket import DECISIONS
from brandpool.services import docket_decide, reference_data
from brandpool.services.docket import Entry
from brandpool.services.docket_decide import Decision
from brandpool.ui import style
from brandpool.ui.page import Shell


class DecisionForm(QDialog):
    """Writes one decision about some dates; what is missing is said before anything is written."""

    def __init__(
        self, shell: Shell, entries: Sequence[Entry], decision: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._entries, self._decision = shell, list(entries), decision
        word = next(choice.label(lang()) for choice in DECISIONS if choice.code == decision)
        self.setWindowTitle(word)
        self.on = day_edit(date.today())
        self.passed_to = QLineEdit()
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(76)
        self.follow_up = QCheckBox(_("列入补救期限"))
        self.remedy_by = day_edit(date.today())
        self.remedy_by.setEnabled(False)
        self.follow_up.toggled.connect(self.remedy_by.setEnabled)
        form = QFormLayout()
        form.addRow(_("办理日期"), self.on)
        if decision == "passed_on":
            form.addRow(_("转交给 *"), self.passed_to)
        needed = decision in {"missed", "not_needed"}
        form.addRow(_("原因 *") if needed else _("说明"), self.reason)
        if decision == "missed":
            form.addRow(self.follow_up, self.remedy_by)
        layout = QVBoxLayout(self)
        layout.addWidget(_heading(entries, word))
        layout.addLayout(form)
        layout.addWidget(_buttons(self))
        self.resize(480, 0)

    def accept(self) -> None:
        """Write the decision as one step of history."""
        remedy = self.remedy_by.date().toPython() if self.follow_up.isChecked() else None
        on = self.on.date().toPython()
        assert isinstance(on, date)
        assert remedy is None or isinstance(remedy, date)
        how = Decision(
            self._decision, on, self._shell.work.who(), self.reason.toPlainText(),
            self.passed_to.text(), remedy_by=remedy,
        )  # fmt: skip
        keys = [entry.key for entry in self._entries]
        why = _("期限{word}：{what}").format(word=self.windowTitle(), what=_said(self._entries))
        self._shell.work.write(
            why,
            lambda session: docket_decide.decide(
                session, keys, how, reference_data.reference(session, on)
            ),
            lambda _ids: self.done(QDialog.DialogCode.Accepted),
            owner=self,
            failed=lambda text: QMessageBox.warning(self, _("没有保存"), text),
        )


class OverrideForm(QDialog):
    """Puts another day in place of a computed one, with the reason; or takes it back."""

    def __init__(self, shell: Shell, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._entry = shell, entry
        self.setWindowTitle(_("改定日期"))
        self.day = day_edit(entry.due)
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(76)
        self.back = QCheckBox(_("取消改定，恢复推算的日期"))
        self.back.setVisible(entry.overridden)
        self.back.toggled.connect(self.day.setDisabled)
        form = QFormLayout()
        form.addRow(_("推算（顺延前）"), QLabel(entry.raw.isoformat()))
        form.addRow(_("改为"), self.day)
        form.addRow(_("理由 *"), self.reason)
        form.addRow("", self.back)
        layout = QVBoxLayout(self)
        layout.addWidget(_heading([entry], _("改定日期")))
        layout.addLayout(form)
        layout.addWidget(_buttons(self))
        self.resize(480, 0)

    def accept(self) -> None:
        """Write the override as one step of history."""
        day = None if self.back.isChecked() else self.day.date().toPython()
        assert day is None or isinstance(day, date)
        key, reason, who = self._entry.key, self.reason.toPlainText(), self._shell.work.who()
        self._shell.work.write(
            _("改定期限：{what}").format(what=_said([self._entry])),
            lambda session: docket_decide.override(
                session, key, day, who, reason, reference_data.reference(session, date.today())
            ),
            lambda _id: self.done(QDialog.DialogCode.Accepted),
            owner=self,
            failed=lambda text: QMessageBox.warning(self, _("没有保存"), text),
        )


def day_edit(day: date) -> QDateEdit:
    """A field for a day, written 2026-11-22, with a calendar."""
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    return edit


def _heading(entries: Sequence[Entry], word: str) -> QLabel:
    text = _said(entries) if len(entries) == 1 else _("{n} 条期限").format(n=len(entries))
    heading = style.heading(f"{word}：{text}", points=11)
    heading.setWordWrap(True)
    return heading


def _said(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return f"{entries[0].label} {entries[0].title}"
    return _("{n} 条期限").format(n=len(entries))


def _buttons(form: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox()
    style.primary(box.addButton(_("保存"), QDialogButtonBox.ButtonRole.AcceptRole))
    box.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(form.accept)
    box.rejected.connect(form.reject)
    return box
