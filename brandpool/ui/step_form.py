"""One step of handling a record: a few lines to fill in, then one service does it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.field import Field, Value
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import FieldLine

Values = Mapping[str, Value]
Run = Callable[[Session, Values], object]


class StepForm(QDialog):
    """Asks for `fields` and runs the step with what was filled in; a refusal stays in sight.

    A field that is required in its declaration must be filled in here.
    """

    def __init__(
        self,
        shell: Shell,
        title: str,
        fields: Sequence[Field],
        run: Run,
        parent: QWidget,
        *,
        about: str = "",
        preset: Values | None = None,
    ) -> None:
        super().__init__(parent)
        self._shell, self._title, self._run = shell, title, run
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.lines = {field.name: FieldLine(shell.work, field) for field in fields}
        form = QFormLayout()
        for name, line in self.lines.items():
            star = " *" if line.field.required else ""
            form.addRow(line.field.label(lang()) + star, line)
            line.put((preset or {}).get(name))
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        style.tint(self.refusal, style.BAD)
        self.refusal.hide()
        buttons = QDialogButtonBox()
        self.go = style.primary(
            buttons.addButton(_("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        )
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.confirm)
        buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self, self.confirm)
        layout = QVBoxLayout(self)
        if about:
            layout.addWidget(style.soft(about))
        layout.addLayout(form)
        layout.addWidget(self.refusal)
        layout.addWidget(buttons)

    def confirm(self) -> None:
        """Do it, if what is needed is filled in."""
        values = self._values()
        if values is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        self._shell.work.write(
            self._title,
            lambda session: self._run(session, values),
            lambda _done: self.accept(),
            owner=self,
            failed=self._refuse,
        )

    def _values(self) -> dict[str, Value] | None:
        values: dict[str, Value] = {}
        wrong: list[FieldLine] = []
        for name, line in self.lines.items():
            line.complain("")
            try:
                values[name] = _filled(line)
            except typed.NotUnderstood as reason:
                line.complain(str(reason))
                wrong.append(line)
        if wrong:
            wrong[0].editor.setFocus()
            return None
        return values

    def _refuse(self, reason: str) -> None:
        self.go.setEnabled(True)
        self.refusal.setText(reason)
        self.refusal.show()


def _filled(line: FieldLine) -> Value:
    value = line.value()
    if line.field.required and value in (None, ""):
        label = line.field.label(lang())
        raise typed.NotUnderstood(_("“{field}”不能为空。").format(field=label))
    return value
