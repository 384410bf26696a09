"""The papers of an enterprise on its card: added from files or by dropping them, opened, proved."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.document import Document
from brandpool.models.field import Value
from brandpool.services import packs, records
from brandpool.ui.card_section import CardSection
from brandpool.ui.lent_files import lend
from brandpool.ui.page import Shell
from brandpool.ui.work import Task


class DocumentSection(CardSection):
    """The table of documents; adding one begins with its file."""

    def __init__(self, shell: Shell, link: str) -> None:
        super().__init__(shell, Document, link)
        self._files = Attachments(shell.work.pool.path)
        self.open_button = QPushButton(_("打开文件"))
        self.verify_button = QPushButton(_("验证文件"))
        for button, act in ((self.open_button, self.open_file), (self.verify_button, self.verify)):
            button.clicked.connect(act)
            self.head.insertWidget(1, button)
        self._on_selection()

    def add_one(self) -> None:
        """Choose files and keep them as documents of this enterprise."""
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("添加附件"))
        self.keep([Path(name) for name in chosen])

    def keep(self, paths: Sequence[Path]) -> None:
        """Keep these files beside the pool and enter a document for each, as one step."""
        if not paths:
            return
        files, enterprise = self._files, self._enterprise
        why = _("添加附件 {number} 个").format(number=len(paths))

        def job(task: Task) -> int:
            kept = []
            for done, path in enumerate(paths):
                task.progress(done, len(paths), path.name)
                kept.append((path, files.put(read_file(path))))
            with task.write(why) as session:
                for path, digest in kept:
                    add_document(session, enterprise, path, digest)
            return len(kept)

        self._shell.work.run(job, self._tell_kept, title=_("添加附件"), owner=self)

    def open_file(self) -> None:
        """Open a copy of the file with the program that the system has for it."""
        if (chosen := self._chosen_file()) is None:
            return
        digest, name = chosen
        files = self._files
        self._shell.work.run(lambda _task: lend(files, digest, name), _open, owner=self)

    def verify(self) -> None:
        """Say whether every file is there and is what it was; a laptop may have small pictures."""
        rows = [shown.row.row for shown in self.table.rows.shown]
        files = self._files

        def job(task: Task) -> list[str]:
            wrong = []
            with task.read() as session:
                whole = packs.copy_of(session) is None
            there = files.verify if whole else files.keeps
            for done, row in enumerate(rows):
                task.progress(done, len(rows))
                if row["content_hash"] and not there(str(row["content_hash"])):
                    wrong.append(str(row["title"]))
            return wrong

        self._shell.work.run(job, self._tell_verified, title=_("验证文件"), owner=self)

    def _chosen_file(self) -> tuple[str, str] | None:
        line = self.table.chosen()
        if line is None or not line.row["content_hash"]:
            return None
        return str(line.row["content_hash"]), str(line.row["file_name"] or line.row["title"])

    def _tell_kept(self, number: int) -> None:
        self._shell.say(_("已添加 {number} 个附件").format(number=number))

    def _tell_verified(self, wrong: list[str]) -> None:
        if wrong:
            text = _("这些附件的文件缺失或已改动：{titles}。请从备份恢复“{folder}”文件夹。")
            QMessageBox.warning(
                self,
                _("验证文件"),
                text.format(titles="、".join(wrong), folder=self._files.folder.name),
            )
        else:
            self._shell.say(_("附件文件齐全，内容与添加时一致。"))

    def _on_selection(self) -> None:
        super()._on_selection()
        self.open_button.setVisible(self._chosen_file() is not None)


def add_document(session: Session, enterprise: str, path: Path, digest: str) -> str:
    """Enter a document for a kept file; its title is the file's name."""
    values: dict[str, Value] = {
        "enterprise_id": enterprise,
        "title": path.stem,
        "file_name": path.name,
        "content_hash": digest,
    }
    return records.add(session, Document, values)


def read_file(path: Path) -> bytes:
    """The content of a file. Raises UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as bad:
        raise UserError(
            _("{name} 无法读取（{bad}），没有添加。请检查文件后再试。").format(
                name=path.name, bad=bad.strerror
            )
        ) from bad


def local_files(data: QMimeData) -> list[Path]:
    """The files among what is being dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
