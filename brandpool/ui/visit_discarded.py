"""Visits that were begun and given up: what each was, and how it comes back."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from brandpool.db.drafts import Drafts
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.services import visit_draft
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A draft that was put away; `fault` says why it cannot be read."""

    key: str
    name: str
    form: str
    saved: str
    answers: int
    fault: str = ""


class DiscardedBox(QDialog):
    """The visits given up, the one begun last first; `restored` after one has come back."""

    restored = Signal()

    def __init__(self, shell: Shell, drafts: Drafts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("已放弃的走访"))
        self._shell, self._drafts = shell, drafts
        self.table: PlainTable[GivenUp] = PlainTable(
            (_("企业"), _("表单"), _("保存时间"), _("已填")),
            (220, 170, 150, 70),
            _("已放弃的走访"),
        )
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.activated.connect(self._restore)
        self.words = style.soft("")
        buttons = QDialogButtonBox()
        self.restore = style.primary(QPushButton(_("恢复")))
        self.restore.clicked.connect(self._restore)
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(680, 360)
        self._look()

    def _look(self) -> None:
        drafts = self._drafts
        self._shell.work.run(lambda _task: given_up(drafts), self._show, owner=self)

    def _show(self, found: list[GivenUp]) -> None:
        self.table.fill(
            [
                Shown(
                    one,
                    (one.name or one.fault, one.form, one.saved, str(one.answers or "")),
                    bool(one.fault),
                )
                for one in found
            ]
        )
        self.words.setText(
            _("恢复后回到“走访”页，可以接着写。") if found else _("没有已放弃的走访。")
        )
        if found:
            self.table.selectRow(0)
        self._on_selection()

    def _on_selection(self, *_what: object) -> None:
        self.restore.setEnabled(self.table.chosen() is not None)

    def _restore(self, *_what: object) -> None:
        one = self.table.chosen()
        if one is not None:
            drafts, key = self._drafts, one.key
            self._shell.work.run(lambda _task: drafts.restore(key), self._on_restored, owner=self)

    def _on_restored(self, _result: None) -> None:
        self._shell.say(_("走访草稿已恢复。"))
        self.restored.emit()
        self._look()


def given_up(drafts: Drafts) -> list[GivenUp]:
    """The drafts that were put away, in words."""
    found = []
    for key in drafts.discarded():
        try:
            one = visit_draft.loads(drafts.read_discarded(key))
        except UserError as bad:
            found.append(GivenUp(key, "", "", "", 0, str(bad)))
            continue
        form = f"{one.form.title} {one.form.version}"
        saved = one.saved.replace("T", " ")
        found.append(GivenUp(key, one.enterprise_name, form, saved, len(one.answers)))
    return found
