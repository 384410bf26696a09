"""How many marks are in force, by a definition that is chosen and shown; a click opens them."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.services import agencies, mark_counts
from brandpool.services.agencies import Flag
from brandpool.services.mark_counts import MarkCount, MarkDefinition
from brandpool.ui import style
from brandpool.ui.work import Work


class MarkTotals(QWidget):
    """Both totals beside each other, with what counts in words.

    `chosen` carries the ids of the marks behind a total and the words that say which they are.
    """

    chosen = Signal(object, str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.count: MarkCount | None = None
        self._flagged: tuple[str, ...] = ()
        self.classes = style.quiet(QPushButton())
        self.registrations = style.quiet(QPushButton())
        self.flagged = style.quiet(QPushButton())
        self.flagged.setStyleSheet(self.flagged.styleSheet().replace(style.ACCENT, style.BAD))
        self.flagged.hide()
        self.grace = QCheckBox(_("计入宽展期"))
        self.in_zone = QCheckBox(_("仅在业企业"))
        self.verified = QCheckBox(_("不计状态待核对的"))
        self.words = style.soft("")
        self.grace.setChecked(True)
        self.in_zone.setChecked(True)
        for box in (self.grace, self.in_zone, self.verified):
            box.toggled.connect(lambda _on: self.ask())
        self.classes.clicked.connect(lambda: self._open(self.classes.text()))
        self.registrations.clicked.connect(lambda: self._open(self.registrations.text()))
        self.flagged.clicked.connect(lambda: self.chosen.emit(self._flagged, self.flagged.text()))
        line = QHBoxLayout()
        line.addWidget(self.classes)
        line.addWidget(self.registrations)
        line.addWidget(self.flagged)
        line.addStretch(1)
        for box in (self.grace, self.in_zone, self.verified):
            line.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.words)

    def ask(self) -> None:
        """Count again by the definition that is ticked."""
        wanted = self.definition()
        self._work.read(
            lambda session: mark_counts.in_force(session, wanted, date.today()),
            self._show,
            replaces=self,
        )
        self._work.read(
            lambda session: agencies.flagged_marks(session, date.today()),
            self._show_flagged,
            replaces=self.flagged,
        )

    def definition(self) -> MarkDefinition:
        """What counts, as ticked."""
        return MarkDefinition(
            grace=self.grace.isChecked(),
            in_zone=self.in_zone.isChecked(),
            verified=self.verified.isChecked(),
        )

    def _show(self, count: MarkCount) -> None:
        self.count = count
        self.classes.setText(_("有效注册商标（注册号×类别）{n:,} 件").format(n=count.classes))
        self.registrations.setText(_("按注册号 {n:,} 件").format(n=count.registrations))
        self.words.setText(_definition_words(count))

    def _show_flagged(self, flags: Mapping[str, Flag]) -> None:
        """Marks whose agency was penalised: red, with the penalties in its tip."""
        self._flagged = tuple(flags)
        self.flagged.setText(_("代理机构受处罚 {n:,} 件").format(n=len(flags)))
        told = dict.fromkeys(flag.sentence for flag in flags.values())
        self.flagged.setToolTip("\n".join(told))
        self.flagged.setVisible(bool(flags))

    def _open(self, words: str) -> None:
        if self.count is not None:
            ids: Sequence[str] = self.count.ids
            self.chosen.emit(ids, words)


def _definition_words(count: MarkCount) -> str:
    extra = _("其中宽展期 {grace} 件，状态须核对登记簿 {unsure} 件").format(
        grace=count.grace, unsure=count.unsure
    )
    return _("口径：{text}{extra}").format(text=count.text, extra=extra)
