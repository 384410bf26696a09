"""Opening a pack file: its passphrase, and for one that goes out, the laptop's pool made of it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import pack_container, pack_key_apart, pack_out, packs
from brandpool.exchange.packs import Opened
from brandpool.i18n import _
from brandpool.ui import style
from brandpool.ui.pack_aside import Done, Wait
from brandpool.ui.pack_files import ask_copy
from brandpool.ui.pack_progress import PackProgress
from brandpool.ui.pack_words import hidden_line

OUT = "out"


class PackOpening(QDialog):
    """Asks for the passphrase and reads the files to their end.

    A pack that goes out becomes a pool here: `made` tells where. Of all others `opened` hands over
    what was read: several volumes in their order, the one with the records last.
    """

    opened = Signal(object)
    made = Signal(object)

    def __init__(self, paths: Sequence[Path], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("打开外勤包"))
        self._paths = tuple(paths)
        self._found: list[Opened] = []
        self.passphrase = hidden_line(_("口令"))
        self.told = style.soft("")
        style.tint(self.told, style.BAD)
        self.told.hide()
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.hide()
        self.progress = PackProgress()
        form = QFormLayout()
        form.addRow(_("文件"), QLabel("\n".join(path.name for path in self._paths)))
        form.addRow(_("口令"), self.passphrase)
        buttons = QDialogButtonBox()
        self.go = style.primary(QPushButton(_("打开")))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.about)
        layout.addWidget(self.told)
        layout.addWidget(self.progress)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.go.clicked.connect(self.go_on)
        self.go.setDefault(True)
        self.passphrase.textChanged.connect(lambda _text: self._weigh())
        self.resize(520, 220)
        self._weigh()

    def go_on(self) -> None:
        """Open the files; once they are open, make the pool of a pack that goes out."""
        if self.progress.busy or not self.go.isEnabled():
            return
        if self._found:
            self._make_copy()
            return
        paths, passphrase = self._paths, self.passphrase.text()
        self._begin(lambda wait: unlocked(paths, passphrase, wait.check), self._read)

    def reject(self) -> None:
        """Esc stops what is under way, else it closes the dialog."""
        if not self.progress.cancel():
            super().reject()

    def _begin(self, job: Callable[[Wait], object], done: Done) -> None:
        self.told.hide()
        self.go.setEnabled(False)
        self.passphrase.setEnabled(False)
        wait = Wait(self, done, self._refuse)
        self.progress.follow(wait, self._left)
        wait.begin(job)

    def _left(self) -> None:
        self.passphrase.setEnabled(not self._found)
        self._weigh()
        self.passphrase.setFocus()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self._found) or bool(self.passphrase.text()))

    def _refuse(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def _read(self, found: list[Opened]) -> None:
        manifest = found[0].manifest
        if manifest.sort != OUT:
            self.opened.emit(found)
            self.accept()
            return
        self._found = found
        self.passphrase.setEnabled(False)
        self.about.setText(_told(found[0]))
        self.about.show()
        self.go.setText(_("选择位置并新建外勤副本…"))
        if packs.expired(manifest, date.today()):
            self._refuse(
                _("外勤包已于 {day} 到期，不能再打开。请让指导站重新制作。").format(
                    day=manifest.expires
                )
            )
            self.go.setVisible(False)

    def _make_copy(self) -> None:
        opened = self._found[0]
        target = ask_copy(self, opened.path)
        if target is None:
            return

        def job(wait: Wait) -> Path:
            pack_out.open_as(opened, target, today=date.today(), progress=wait.progress).close()
            return target

        self._begin(job, self._copied)

    def _copied(self, target: Path) -> None:
        self.accept()
        self.made.emit(target)


def unlocked(paths: Sequence[Path], passphrase: str, check: Callable[[], object]) -> list[Opened]:
    """The packs read to their end, in the order of their volumes.

    Raises UserError as `packs.unlock` does, and what `check` raises.
    """
    key = None
    found = []
    for path in paths:
        sealed = pack_container.sealed_key(path)
        if key is None or key.sealed != sealed:
            key = pack_key_apart.unlock(sealed, passphrase, check)
        check()
        found.append(packs.with_key(path, key))
    return sorted(found, key=lambda one: (one.has_journal, one.manifest.volume[0]))


def _told(opened: Opened) -> str:
    """What a pack that goes out is, before a pool is made of it."""
    manifest = opened.manifest
    kept = _("含个人信息") if manifest.personal else _("不含个人信息")
    whole = _("含附件原件") if manifest.originals else _("只含缩略图")
    return _(
        "{station} {who} {at:%Y-%m-%d %H:%M} 制作，领用人 {person}，{day} 前归还。"
        "{number} 家企业，{kept}，{whole}。"
    ).format(
        station=manifest.made.station,
        who=manifest.made.who,
        at=manifest.made.at,
        person=manifest.made_for,
        day=manifest.expires,
        number=manifest.enterprises,
        kept=kept,
        whole=whole,
    )
