"""Documents: choose one, see it as pages, then keep it as Word or PDF, or print it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange import gongwen
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Written
from brandpool.i18n import _
from brandpool.reports.documents import leaving
from brandpool.reports.documents.catalogue import Need, World
from brandpool.reports.documents.content import office
from brandpool.services import reference_data
from brandpool.ui import docket_reading, document_making, style, word_paper
from brandpool.ui.document_form import DocumentForm, Named, Offered, offered
from brandpool.ui.document_making import Made
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.page_view import PageView
from brandpool.ui.work import Task

_OFFICE = ("station", "zone", "clerk", "phone", "address", "email")


class DocumentsPage(Page):
    """What is wanted on the left, its pages on the right."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.made: Sequence[Made] = ()
        self._wanted: list[Named] = []
        self._kind = ""
        self.form = DocumentForm(shell, date.today())
        self.view = PageView()
        self.unmasked = QCheckBox(_("写出完整的联系人和电话（默认用 * 遮盖）"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("写明用途，会记入导出登记"))
        self.lines = {name: QLineEdit(getattr(shell.settings, name)) for name in _OFFICE}
        self.word = style.primary(QPushButton(_("存为 Word…")))
        self.pdf = QPushButton(_("存为 PDF…"))
        self.printing = QPushButton(_("打印…"))
        self.told = style.soft("")
        self._lay_out()
        self._connect()
        self._weigh()

    def refresh(self) -> None:
        """Read what there is to choose from, then make the document anew."""
        today = date.today()
        self.shell.work.read(
            lambda session: offered(session, today), self._offer, replaces=self.form
        )

    def ask_for(self, kind: str, about: Sequence[Named]) -> None:
        """Show this kind of document about these records; what other pages call."""
        self._kind, self._wanted = kind, list(about)
        self.refresh()

    def make(self) -> None:
        """Make the document that is wanted; an earlier wish is dropped."""
        self._weigh()
        order = self.form.order(unmasked=self.unmasked.isChecked())
        if order is None:
            self._show(())
            self.view.say(_hint(self.form.need()))
            return
        by, dates = office(self.shell.settings), self.form.need() is Need.DATE

        def job(task: Task) -> list[Made]:
            today = date.today()
            if dates:
                docket_reading.catch_up(task, today)
            with task.read() as session:
                ref = reference_data.reference(session, today)
                return document_making.make(session, order, World(by, today, ref))

        self.shell.work.run(
            job, self._show, title=_("生成文书"), replaces=self.view, failed=self._refuse
        )

    def keep_word(self) -> Path | None:
        """Ask for a place and write Word files there."""
        return self._keep(".docx", _("Word 文档 (*.docx)"))

    def keep_pdf(self) -> Path | None:
        """Ask for a place and write PDF files there."""
        return self._keep(".pdf", _("PDF 文件 (*.pdf)"))

    def print_it(self) -> None:
        """Print the pages on a printer of the machine, and note it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self.made and QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            word_paper.print_pages([p for one in self.made for p in one.pages], printer)
            made, how = self.made, self._leaving()
            self.shell.work.write(
                _("打印文书"), lambda session: document_making.note_print(session, made, how)
            )

    def _keep(self, suffix: str, kinds: str) -> Path | None:
        if not self.made:
            return None
        made, how = self.made, self._leaving()
        name = leaving.file_name(made[0].draft, how, suffix)
        if len(made) > 1:
            name = _("{title}等{number}份").format(title=Path(name).stem, number=len(made)) + suffix
        chosen, _kind = QFileDialog.getSaveFileName(self, _("保存"), name, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        path = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
        self.shell.work.write(
            _("生成文书“{title}”").format(title=made[0].draft.title),
            lambda session: document_making.keep(session, made, path, how),
            self._say_kept,
            title=_("生成文书"),
            owner=self,
        )
        return path

    def _say_kept(self, written: Sequence[Written]) -> None:
        names = "、".join(one.path.name for one in written[:2])
        more = _("等{number}个文件").format(number=len(written)) if len(written) > 2 else ""
        words = _("已写到 {folder}：{names}{more}")
        self.shell.say(words.format(folder=written[0].path.parent, names=names, more=more))

    def _leaving(self) -> Leaving:
        return Leaving(
            self.shell.settings.clerk,
            date.today(),
            self.unmasked.isChecked(),
            self.reason.text().strip(),
        )

    def _lay_out(self) -> None:
        names = (_("落款单位"), _("辖区"), _("经办人"), _("联系电话"), _("地址"), _("电子邮箱"))
        signed = QFormLayout()
        for label, line in zip(names, self.lines.values(), strict=True):
            line.setAccessibleName(label)
            signed.addRow(label, line)
        side = QWidget()
        column = QVBoxLayout(side)
        column.addWidget(style.heading(_("文书")))
        column.addWidget(self.form)
        column.addWidget(self.unmasked)
        column.addWidget(self.reason)
        column.addWidget(self.word)
        others = QHBoxLayout()
        others.addWidget(self.pdf)
        others.addWidget(self.printing)
        column.addLayout(others)
        column.addWidget(style.heading(_("落款"), points=11))
        column.addLayout(signed)
        column.addWidget(self.told)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        split = QSplitter()
        split.addWidget(scroll)
        split.addWidget(self.view)
        split.setSizes([330, 860])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 12)
        layout.addWidget(split)

    def _connect(self) -> None:
        self.form.changed.connect(self.make)
        self.unmasked.toggled.connect(self.make)
        self.reason.textChanged.connect(self._weigh)
        for line in self.lines.values():
            line.editingFinished.connect(self._remember)
        self.word.clicked.connect(self.keep_word)
        self.pdf.clicked.connect(self.keep_pdf)
        self.printing.clicked.connect(self.print_it)

    def _offer(self, found: Offered) -> None:
        self.form.blockSignals(True)
        self.form.offer(found)
        if self._kind:
            self.form.choose(self._kind, self._wanted)
            self._kind = ""
        self.form.blockSignals(False)
        self.make()

    def _remember(self) -> None:
        changed = {
            name: line.text().strip()
            for name, line in self.lines.items()
            if line.text().strip() != getattr(self.shell.settings, name)
        }
        for name, text in changed.items():
            setattr(self.shell.settings, name, text)
        if changed:
            self.shell.remember()
            self.make()

    def _show(self, made: Sequence[Made]) -> None:
        self.made = made
        if made:
            self.view.show_pages([page for one in made for page in one.pages])
        self.told.setText(_told(made))
        self._weigh()

    def _refuse(self, words: str) -> None:
        self._show(())
        self.view.say(words)

    def _weigh(self) -> None:
        """Nobody's data leaves unmasked without a purpose; an empty sheet does not leave at all."""
        people = self.form.need() in (Need.LIST, Need.ENTERPRISES)
        self.unmasked.setVisible(people)
        self.reason.setVisible(people)
        self.reason.setEnabled(self.unmasked.isChecked())
        justified = not (people and self.unmasked.isChecked()) or bool(self.reason.text().strip())
        for button in (self.word, self.pdf, self.printing):
            button.setEnabled(bool(self.made) and justified)


def _hint(need: Need) -> str:
    """What is missing."""
    return {
        Need.PERIOD: _("请选择报告期间。"),
        Need.LIST: _("还没有名单。可在“名单”页查询和报送。"),
        Need.NOTICE: _("还没有公示。可在“培育库”页发布公示。"),
        Need.SPAN: _("今天没有施行的梯队方案。可在“梯队方案”页启用一份。"),
        Need.ENTERPRISES: _("请在左侧输入企业名称的一部分，选定一家或几家。"),
        Need.DATE: _("请在左侧选定企业，再选它的一个期限。"),
    }[need]


def _told(made: Sequence[Made]) -> str:
    """How many pages there are, what goes along, and which fonts this machine lacks."""
    if not made:
        return ""
    pages = sum(len(one.pages) for one in made)
    parts = [_("共 {pages} 页").format(pages=pages)]
    if any(one.draft.data for one in made):
        parts.append(_("存为 Word 时附带数据表（xlsx）"))
    lacking = gongwen.substitutions(QFontDatabase.families())
    if lacking:
        names = "、".join(
            _("{wanted}（以{got}代）").format(wanted=one.wanted, got=one.got or _("程序自带字体"))
            for one in lacking
        )
        parts.append(
            _("本机没有的字体：{names}；在装有这些字体的电脑上按原字体显示").format(names=names)
        )
    return "；".join(parts) + "。"
