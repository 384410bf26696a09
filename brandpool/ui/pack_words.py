"""Passphrases and sizes of packs: how they are typed, judged and told."""

import math
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from brandpool.exchange.pack_key import SHORTEST
from brandpool.i18n import _
from brandpool.ui import style

_CLASSES = ((str.isdigit, 10), (str.islower, 26), (str.isupper, 26))
_HAN, _OTHER = 2000, 30
_WEAK, _FAIR = 40, 60


class PassphraseLines(QWidget):
    """A passphrase typed twice, with what is to be said about it. `changed` at every letter."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = hidden_line(_("口令")), hidden_line(_("再输一次口令"))
        self.show_box = QCheckBox(_("显示口令"))
        self.hint = style.soft("")
        self.warning = style.soft(
            _("口令不存在任何地方。忘了口令，谁也打不开这个外勤包，包括本站。请另行告知领用人，不要和文件放在一起。")
        )  # fmt: skip
        style.tint(self.warning, style.WARN)
        form = QFormLayout()
        form.addRow(_("口令"), self.first)
        form.addRow(_("再输一次"), self.second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.show_box)
        layout.addWidget(self.hint)
        layout.addWidget(self.warning)
        self.show_box.toggled.connect(self._show)
        for line in (self.first, self.second):
            line.textChanged.connect(self._weigh)
        self._weigh()

    @property
    def fits(self) -> bool:
        """Whether both are the same and long enough."""
        return len(self.first.text()) >= SHORTEST and self.first.text() == self.second.text()

    @property
    def passphrase(self) -> str:
        """The passphrase."""
        return self.first.text()

    def _show(self, shown: bool) -> None:
        for line in (self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _weigh(self) -> None:
        text, colour = judged(self.first.text())
        if self.second.text() and self.first.text() != self.second.text():
            text, colour = _("两次输入的口令不同。"), style.BAD
        self.hint.setText(text)
        style.tint(self.hint, colour)
        self.changed.emit()


def hidden_line(name: str) -> QLineEdit:
    """A line for a passphrase; what is typed is not shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    return line


def judged(passphrase: str) -> tuple[str, str]:
    """What is to be said about a passphrase, and in which colour."""
    if len(passphrase) < SHORTEST:
        return _("至少 {number} 个字符，例如四个不相干的词。").format(number=SHORTEST), style.SOFT
    bits = strength(passphrase)
    if bits < _WEAK:
        return _("强度：弱。容易被猜中，请加长，例如四个不相干的词。"), style.BAD
    if bits < _FAIR:
        return _("强度：中。加长一些更稳妥。"), style.WARN
    return _("强度：强。"), style.GOOD


def strength(passphrase: str) -> float:
    """About how many yes-or-no guesses a passphrase takes; repetitions and runs count little."""
    alphabet = sum(size for test, size in _CLASSES if any(map(test, passphrase)))
    if any("\u4e00" <= letter <= "\u9fff" for letter in passphrase):
        alphabet += _HAN
    if any(not letter.isalnum() for letter in passphrase):
        alphabet += _OTHER
    codes = [ord(letter) for letter in passphrase]
    steps = [after - before for before, after in pairwise(codes)]
    fresh = 1 + sum(step not in (0, 1, -1) for step in steps) if codes else 0
    varied = min(fresh, 2 * len(set(passphrase)))
    return varied * math.log2(max(alphabet, 2))


def megabytes(size: int) -> str:
    """A size in bytes as people read it."""
    return f"{size / 2**20:,.1f} MB"
