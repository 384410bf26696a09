"""The chain of a date or status, from event by article to day: to read and to print."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from brandpool.i18n import _, lang
from brandpool.models.mark_codes import EVENTS, OUTCOMES
from brandpool.rules.explained import Explained, Step
from brandpool.ui import paper, style
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class ChainBox(QDialog):
    """Shows how one answer of the law came about; 打印依据单 puts it on one page."""

    def __init__(
        self, title: str, explained: Explained, parent: QWidget, *, about: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("依据"))
        self.title, self.about, self.explained = title, about, explained
        heading = style.heading(title, points=12)
        heading.setWordWrap(True)
        heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.steps: PlainTable[Step] = PlainTable(
            chain_headings(), (240, 170, 100, 130, 100, 200), _("依据链")
        )
        self.steps.fill([Shown(step, chain_texts(step)) for step in explained.chain])
        self.remarks = QLabel("\n".join(remarks(explained)))
        self.remarks.setWordWrap(True)
        self.remarks.setStyleSheet(style.BANNER_SHEET)
        self.remarks.setVisible(bool(self.remarks.text()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.pdf = buttons.addButton(_("存为 PDF…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.printing = buttons.addButton(_("打印依据单…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.pdf.clicked.connect(
            lambda: paper.keep_pdf(self, self.certificate(), _("期限依据单"), title)
        )
        self.printing.clicked.connect(lambda: paper.preview(self.certificate(), self))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading)
        if about:
            layout.addWidget(style.soft(about))
        layout.addWidget(self.remarks)
        layout.addWidget(self.steps, 1)
        layout.addWidget(buttons)
        self.resize(980, 420)

    def certificate(self) -> str:
        """The one-page sheet (依据单) as HTML."""
        notes = "".join(f"<p>※ {paper.escaped(text)}</p>" for text in remarks(self.explained))
        steps = paper.table(chain_headings(), (chain_texts(s) for s in self.explained.chain))
        made = _("制作日期：{day}").format(day=date.today().isoformat())
        return (
            f"<h2 align='center'>{_('期限依据单')}</h2>"
            f"<p><b>{paper.escaped(self.title)}</b></p><p>{paper.escaped(self.about)}</p>"
            f"{steps}{notes}<p align='right'>{made}</p>"
        )


def chain_headings() -> tuple[str, ...]:
    """What the columns of a chain are called."""
    return (_("事项"), _("条款"), _("推算日"), _("日历"), _("顺延后"), _("说明"))


def chain_texts(step: Step) -> tuple[str, ...]:
    """One step of a chain as the cells of its row."""
    note = spoken(step.note)
    if step.provisional:
        note = "；".join(part for part in (note, _("该年放假安排尚未公布，暂定")) if part)
    moved = step.rolled.isoformat() if step.rolled and step.rolled != step.raw else ""
    raw = step.raw.isoformat() if step.raw else ""
    return (spoken(step.event), step.article, raw, step.calendar, moved, note)


def remarks(explained: Explained) -> Sequence[str]:
    """What a reader must know besides the chain: warnings, and that a day is provisional."""
    found = list(explained.warnings)
    if explained.provisional:
        found.append(_("依据的放假安排尚未公布，日期为暂定，公布后会重新计算。"))
    return found


def spoken(text: str) -> str:
    """A sentence of the rules with the codes of events in words."""
    words = _words()
    return _CODE.sub(lambda code: words.get(code[0], code[0]), text)


def _words() -> Mapping[str, str]:
    return {choice.code: choice.label(lang()) for choice in (*EVENTS, *OUTCOMES)}


_CODE = re.compile(r"(?<![A-Za-z. ])[a-z_]+(?![A-Za-z ])")
