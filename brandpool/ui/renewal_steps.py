"""Dialogs of the renewal queue: the next step of one or many, and letters to their enterprises."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.madrid_codes import STEPS
from brandpool.models.record import fields
from brandpool.models.renewal import RenewalStep
from brandpool.services import exports, renewals
from brandpool.services.exports import Exported
from brandpool.services.renewals import RenewalRow
from brandpool.ui import paper, style, typed
from brandpool.ui.page import Shell
from brandpool.ui.renewal_letters import Addressee, Sender, addressees, bound, letters
from brandpool.ui.widgets.field_line import FieldLine


class StepForm(QDialog):
    """One step for all chosen renewals: its day, who, number and note; one step in the history."""

    def __init__(
        self, shell: Shell, rows: Sequence[RenewalRow], step: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shell, self._rows, self._step = shell, rows, step
        self.setWindowTitle(step_word(step))
        declared = fields(RenewalStep)
        names = ("dated", "done_by", "document_no", "note")
        self.lines = {name: FieldLine(shell.work, declared[name]) for name in names}
        self.lines["dated"].put(date.today())
        self.lines["done_by"].put(shell.settings.clerk)
        form = QFormLayout()
        for name, line in self.lines.items():
            needed = name == "dated" or (name == "note" and step == "given_up")
            form.addRow(line.field.label(lang()) + (" *" if needed else ""), line)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(_("登记"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button = style.primary(accept)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        text = _("将 {number} 件登记为“{step}”。").format(number=len(rows), step=step_word(step))
        layout.addWidget(style.soft(text))
        pledged = sum(bool(row.pledges) for row in rows)
        if pledged:
            warning = style.soft(_("其中 {number} 件有质押，须告知质权人。").format(number=pledged))
            style.tint(warning, style.WARN)
            layout.addWidget(warning)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(440, 300)

    def save(self) -> None:
        """Write the step for all of them, or for none."""
        values: dict[str, Value] = {}
        for name, line in self.lines.items():
            try:
                values[name] = line.value()
                line.complain("" if values[name] or name != "dated" else _("请填写日期。"))
            except typed.NotUnderstood as reason:
                line.complain(str(reason))
                return
        if isinstance(values["dated"], date):
            self._write(values, values["dated"])

    def _write(self, values: dict[str, Value], dated: date) -> None:
        step, keys = self._step, keys_of(self._rows)
        done_by, number, note = (
            str(values[name] or "") for name in ("done_by", "document_no", "note")
        )

        def job(session: Session) -> int:
            taken = renewals.advance_many(
                session, keys, step, dated, done_by=done_by, document_no=number, note=note
            )
            return len(taken)

        self._shell.work.write(
            step_title(step, len(keys)), job, lambda _n: self.accept(),
            owner=self, failed=self._refuse,
        )  # fmt: skip

    def _refuse(self, reason: str) -> None:
        QMessageBox.warning(self, _("没有登记"), reason)


class LettersBox(QDialog):
    """The letters before they leave; they can be recorded as the step 已提醒 with it."""

    def __init__(
        self, shell: Shell, rows: Sequence[RenewalRow], known: dict[str, Addressee], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("商标续展提醒函"))
        self._shell = shell
        sender = Sender(shell.settings.station, shell.settings.clerk)
        self.sheets = letters(rows, known, sender, date.today())
        self._reminded = [row for row in rows if "reminded" in row.next_steps]
        self.text = QTextBrowser()
        self.text.setHtml(bound(self.sheets))
        self.text.setAccessibleName(self.windowTitle())
        self.record = QCheckBox(
            _("同时登记“已提醒”（{number} 件可登记）").format(number=len(self._reminded))
        )
        self.record.setChecked(bool(self._reminded))
        self.record.setEnabled(bool(self._reminded))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.pdf = buttons.addButton(_("存为 PDF…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.printing = buttons.addButton(_("打印…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.pdf.clicked.connect(self.save)
        self.printing.clicked.connect(self.print)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        text = _("{number} 家企业各一页。").format(number=len(self.sheets))
        layout.addWidget(style.soft(text))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(buttons)
        self.resize(820, 640)

    def save(self) -> None:
        """Write all letters into one PDF file."""
        title = "商标续展提醒函"
        name = f"{title}_{date.today():%Y%m%d}"
        path = paper.keep_pdf(self, bound(self.sheets), name, title, numbered=False)
        if path is not None:
            self._left(path)

    def print(self) -> None:
        """Send all letters to the printer."""
        paper.preview(bound(self.sheets), self, numbered=False)
        self._left(None)

    def _left(self, path: Path | None) -> None:
        if path is not None:
            self._shell.say(_("已写到 {path}").format(path=path))
        rows = self._reminded if self.record.isChecked() else []
        if not rows and path is None:
            return self.accept()
        who, number = self._shell.settings.clerk, len(self.sheets)

        def job(session: Session) -> None:
            if rows:
                note = path.name if path else "打印提醒函"
                renewals.advance_many(
                    session, keys_of(rows), "reminded", date.today(), done_by=who, note=note
                )
            if path is not None:
                exports.register(session, _exported(path, number), who, date.today())

        why = step_title("reminded", len(rows)) if rows else _("登记提醒函文件")
        self._shell.work.write(why, job)
        return self.accept()


def open_letters(shell: Shell, rows: Sequence[RenewalRow], parent: QWidget) -> None:
    """Look up the enterprises, then show their letters."""

    def show(known: dict[str, Addressee]) -> None:
        if known:
            LettersBox(shell, rows, known, parent).open()
        else:
            shell.say(_("所选商标没有所属企业，无法写提醒函。"))

    shell.work.read(lambda session: addressees(session, rows), show, owner=parent)


def _exported(path: Path, number: int) -> Exported:
    """The entry of a file of letters: each names the enterprise's contact, for this purpose."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Exported(path.name, digest, number, unmasked=True, reason="商标续展提醒函")


def keys_of(rows: Sequence[RenewalRow]) -> list[renewals.Key]:
    """What names each renewal."""
    return [(row.kind, row.id, row.due) for row in rows]


def step_word(step: str) -> str:
    """A step in words; nothing has been done yet where there is none."""
    if not step:
        return _("未提醒")
    return next((choice.label(lang()) for choice in STEPS if choice.code == step), step)


def step_title(step: str, number: int) -> str:
    """What the history calls the step."""
    return _("续展登记“{step}”{number} 件").format(step=step_word(step), number=number)
