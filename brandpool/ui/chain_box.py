"""The chain of a date or status, from event by article to day: to read and to print."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from brandpool.i18n import _, speaking
from brandpool.reports.documents.certificate import chain_headings, chain_texts, remarks
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
        """The one-page sheet (依据单) as HTML, in Chinese whatever the window speaks."""
        with speaking("zh"):
            return self._sheet()

    def _sheet(self) -> str:
        notes = "".join(f"<p>※ {paper.escaped(text)}</p>" for text in remarks(self.explained))
        steps = paper.table(chain_headings(), (chain_texts(s) for s in self.explained.chain))
        made = _("制作日期：{day}").format(day=date.today().isoformat())
        return (
            f"<h2 align='center'>{_('期限依据单')}</h2>"
            f"<p><b>{paper.escaped(self.title)}</b></p><p>{paper.escaped(self.about)}</p>"
            f"{steps}{notes}<p align='right'>{made}</p>"
        )
