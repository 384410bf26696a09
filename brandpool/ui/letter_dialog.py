"""Giving an enterprise one of the four letters: seen first, then written as Word or PDF."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.exchange import letter_out
from brandpool.i18n import _, lang
from brandpool.models.letter import LETTER_TYPES
from brandpool.services import letters, reference_data
from brandpool.services.letter_facts import Seen
from brandpool.services.letters import Composed, Sender
from brandpool.ui import style, word_paper
from brandpool.ui.kind_box import DayEdit
from brandpool.ui.page import Shell
from brandpool.ui.widgets.field_line import DateEdit
from brandpool.ui.work import Task

_DOTS = 72


class LetterDialog(QDialog):
    """One letter to one enterprise. `given` tells that it was written and registered."""

    given = Signal(str)

    def __init__(self, shell: Shell, enterprise: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("出具四书"))
        self._shell, self._enterprise = shell, enterprise
        self._letter: Composed | None = None
        self._data = b""
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("文书类型"))
        for choice in LETTER_TYPES:
            self.kind.addItem(choice.label(lang()), choice.code)
        self.kind.setCurrentIndex(self.kind.findData("manage"))
        self.day = DayEdit(_("日期"), date.today())
        self.number = QLineEdit()
        self.number.setAccessibleName(_("文号"))
        self.number.setPlaceholderText(_("按类型和年度续编"))
        self.found_on = DateEdit()
        self.found_on.setAccessibleName(_("发现日期"))
        self.found_at = QLineEdit()
        self.found_at.setAccessibleName(_("出现在哪里"))
        self.found_at.setPlaceholderText(_("留空则按最近一次走访"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(style.BANNER_SHEET)
        self.told.hide()
        self.sheets = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.resize(760, 680)
        self.compose()

    def compose(self) -> None:
        """Put the letter together anew and show it; nothing is written."""
        code, on, number = str(self.kind.currentData()), self.day.day, self.number.text().strip()
        enterprise, own = self._enterprise, self._shell.settings
        seen = self._seen(code)
        sender = Sender(own.station, own.clerk, own.phone)
        self.word.setEnabled(False)
        self.pdf.setEnabled(False)

        def job(task: Task) -> tuple[Composed, bytes]:
            with task.read() as session:
                ref = reference_data.reference(session, on)
                made = letters.compose(
                    session, code, enterprise, on, sender, number=number, seen=seen, ref=ref
                )
            return made, letter_out.rendered(made)

        self._shell.work.run(job, self._show, replaces=self, owner=self, failed=self._refuse)

    def save_word(self) -> None:
        """Write the letter as a Word file and register it."""
        path = self._ask(".docx", _("Word 文档 (*.docx)"))
        if path is not None:
            self._issue(lambda session, letter, files, who: letter_out.issue(
                session, letter, path, files, who=who
            ), path)  # fmt: skip

    def save_pdf(self) -> None:
        """Write the same letter as a PDF and register it; the Word file is kept beside the pool."""
        path = self._ask(".pdf", _("PDF 文件 (*.pdf)"))
        if path is None or self._letter is None:
            return
        data = self._data
        sha256 = word_paper.pdf_of(word_paper.pages_of(data), path, title=self._letter.title)
        self._issue(lambda session, letter, files, who: letter_out.enter(
            session, letter, data, path.name, sha256, files, who=who
        ), path)  # fmt: skip

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        for widget in (self.kind, self.day, self.number):
            first.addWidget(widget)
        lines = QFormLayout()
        lines.addRow(_("文书"), first)
        self._found = QWidget()
        second = QHBoxLayout(self._found)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self.found_on)
        second.addWidget(self.found_at, 1)
        lines.addRow(_("发现字样"), self._found)
        self._lines = lines
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.pdf = buttons.addButton(_("存为 PDF…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.word = style.primary(
            buttons.addButton(_("存为 Word…"), QDialogButtonBox.ButtonRole.ActionRole)
        )
        buttons.rejected.connect(self.reject)
        holder = QWidget()
        holder.setLayout(self.sheets)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.addLayout(lines)
        layout.addWidget(self.told)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.kind.activated.connect(self.compose)
        self.day.dateChanged.connect(self.compose)
        for line in (self.number, self.found_on, self.found_at):
            line.editingFinished.connect(self.compose)
        self.found_on.day_picked.connect(self.compose)
        self.word.clicked.connect(self.save_word)
        self.pdf.clicked.connect(self.save_pdf)

    def _seen(self, code: str) -> Seen | None:
        """What the clerk says was found; only the warning asks for it."""
        self._lines.setRowVisible(self._found, code == "protect")
        where = self.found_at.text().strip()
        if code != "protect" or not where:
            return None
        try:
            return Seen(date.fromisoformat(self.found_on.text().strip()), where)
        except ValueError:
            return Seen(self.day.day, where)

    def _show(self, made: tuple[Composed, bytes]) -> None:
        self._letter, self._data = made
        self.number.setPlaceholderText(self._letter.number)
        self.told.hide()
        self._show_pages([word_paper.image_of(p, _DOTS) for p in word_paper.pages_of(self._data)])
        self.word.setEnabled(True)
        self.pdf.setEnabled(True)

    def _show_pages(self, images: list[QImage]) -> None:
        while self.sheets.count():
            old = self.sheets.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        for place, image in enumerate(images, 1):
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setAccessibleName(_("第 {number} 页").format(number=place))
            self.sheets.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sheets.addStretch(1)

    def _refuse(self, text: str) -> None:
        self._letter = None
        self.told.setText(text)
        self.told.show()
        self._show_pages([])

    def _ask(self, suffix: str, kinds: str) -> Path | None:
        if self._letter is None:
            return None
        name = Path(letter_out.file_name(self._letter)).stem + suffix
        chosen, _kind = QFileDialog.getSaveFileName(self, _("出具四书"), name, kinds)
        return Path(chosen).with_suffix(suffix) if chosen else None

    def _issue(
        self, write: Callable[[Session, Composed, Attachments, str], str], path: Path
    ) -> None:
        letter, who = self._letter, self._shell.settings.clerk
        if letter is None:
            return
        files = Attachments(self._shell.work.pool.path)
        why = _("出具{title} {number}").format(title=letter.title, number=letter.number)

        def done(record: str) -> None:
            self._shell.say(_("已写到 {path}").format(path=path))
            self.given.emit(record)
            self.accept()

        self._shell.work.write(
            why, lambda session: write(session, letter, files, who), done,
            owner=self, failed=self._refuse,
        )  # fmt: skip
