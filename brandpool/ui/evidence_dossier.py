"""The dossier of a preparation file leaves: its catalogue in Word, or everything in one PDF."""

import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from brandpool.db.attachments import Attachments
from brandpool.exchange import word
from brandpool.exchange.evidence_volume import volume
from brandpool.exchange.table_out import whole
from brandpool.i18n import _
from brandpool.reports.documents import evidence
from brandpool.reports.documents.content import office
from brandpool.services import exports
from brandpool.services.exports import Exported
from brandpool.ui import word_paper
from brandpool.ui.page import Shell
from brandpool.ui.work import Task


def export(shell: Shell, parent: QWidget, file: str, name: str, *, pdf: bool) -> None:
    """Ask where to, then write the catalogue as Word, or catalogue and evidence as one PDF."""
    suffix = "pdf" if pdf else "docx"
    title = _("{name}驰名保护证据").format(name=name)
    words = _("PDF 文件 (*.pdf)") if pdf else _("Word 文档 (*.docx)")
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("保存"), f"{title}.{suffix}", words)
    if chosen:
        path = Path(chosen)
        path = path if path.suffix.lower() == f".{suffix}" else Path(f"{path}.{suffix}")
        write(shell, parent, file, path)


def write(shell: Shell, parent: QWidget, file: str, path: Path) -> None:
    """Write the dossier to this path, .pdf or .docx, and enter it in the register of exports."""
    by, on = office(shell.settings), date.today()
    files = Attachments(shell.work.pool.path)

    def make(task: Task) -> int:
        task.progress(0, 1, _("读取证据"))
        with task.read() as session:
            made = evidence.dossier(session, file, files, by, on)
        content = word.filled(word.template(evidence.TEMPLATE), made.draft.context)
        if path.suffix.lower() == ".pdf":
            task.progress(0, 1, _("排印目录"))
            content = volume(made.papers, _printed(content), heard=task.progress)
        _keep(task, content, path, len(made.entries), by.clerk)
        return len(made.entries)

    shell.work.run(
        make,
        lambda number: _tell(shell, path, number),
        title=_("生成证据目录"),
        owner=parent,
    )


def _printed(docx: bytes) -> bytes:
    """The catalogue as a PDF."""
    with tempfile.TemporaryDirectory(prefix="brandpool-") as folder:
        target = Path(folder) / "catalogue.pdf"
        word_paper.pdf_of(word_paper.pages_of(docx), target, title=_("证据目录"))
        return target.read_bytes()


def _keep(task: Task, content: bytes, path: Path, number: int, who: str) -> None:
    left = Exported(path.name, whole(path, lambda half: _put(half, content)), number)
    with task.write(_("导出 {name}").format(name=path.name)) as session:
        exports.register(session, left, who, date.today())


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _tell(shell: Shell, path: Path, number: int) -> None:
    shell.say(_("已生成 {path}：证据 {number} 份").format(path=path, number=number))
