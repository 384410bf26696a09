"""The photographs of a visit: dropped, pasted or chosen; each is kept before it is shown."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from brandpool.db.attachments import Attachments
from brandpool.i18n import _
from brandpool.services.visit_draft import Taken
from brandpool.ui import style
from brandpool.ui.document_section import local_files, read_file
from brandpool.ui.mark_images import Picture, checked, png
from brandpool.ui.page import Shell
from brandpool.ui.work import Task

THUMB = 84
_SUFFIXES = ("jpg", "jpeg", "png", "bmp", "webp")


class PhotoBox(QWidget):
    """Thumbnails with captions. `edited` tells that a photograph came, went or was named."""

    edited = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._files = Attachments(shell.work.pool.path)
        self.photos: list[Taken] = []
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("走访照片"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setIconSize(QSize(THUMB, THUMB))
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setFixedHeight(2 * (THUMB + 34))
        self.list.itemActivated.connect(self._name)
        self.add = QPushButton(_("添加…"))
        self.paste_button = QPushButton(_("粘贴"))
        self.remove = QPushButton(_("移除"))
        self.add.clicked.connect(self._choose)
        self.paste_button.clicked.connect(self.paste)
        self.remove.clicked.connect(self._remove)
        for keys, act in (
            (QKeySequence("Ctrl+V"), self.paste),
            (QKeySequence("Delete"), self._remove),
        ):
            QShortcut(keys, self.list, act, context=Qt.ShortcutContext.WidgetShortcut)
        head = QHBoxLayout()
        head.addWidget(style.heading(_("照片"), points=10.5), 1)
        for button in (self.remove, self.paste_button, self.add):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(style.soft(_("可把照片拖到这里，或复制后按 Ctrl+V；双击写说明")))
        layout.addWidget(self.list)

    def put(self, photos: Sequence[Taken]) -> None:
        """Show these photographs."""
        self.photos = list(photos)
        files, wanted = self._files, list(photos)
        self._shell.work.run(
            lambda _task: [files.thumbnail(one.content_hash) for one in wanted],
            self._show, replaces=self,
        )  # fmt: skip

    def paste(self) -> None:
        """Keep the pictures on the clipboard: files that were copied, or a picture itself."""
        clipboard = QGuiApplication.clipboard()
        paths = local_files(clipboard.mimeData())
        if paths:
            self.keep_files(paths)
            return
        image = clipboard.image()
        if image.isNull():
            self._shell.say(_("剪贴板里没有图片。请先复制图片，再粘贴。"))
            return
        self._keep(lambda: [Picture(_("粘贴的照片.png"), png(image))])

    def keep_files(self, paths: Sequence[Path]) -> None:
        """Keep these files; a file that is no picture is refused by name."""
        self._keep(lambda: [Picture(path.name, read_file(path)) for path in paths])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures can be dropped here."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped."""
        self.keep_files(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _keep(self, read: object) -> None:
        files = self._files

        def job(task: Task) -> list[Taken]:
            assert callable(read)
            found: list[Picture] = read()
            kept = []
            for done, one in enumerate(found):
                task.progress(done, len(found), one.name)
                kept.append(_taken(one, files.put(checked(one))))
            return kept

        self._shell.work.run(job, self._add, title=_("添加照片"), keep=True)

    def _add(self, kept: list[Taken]) -> None:
        known = {one.content_hash for one in self.photos}
        self.photos += [one for one in kept if one.content_hash not in known]
        self.edited.emit()
        self.put(self.photos)

    def _choose(self) -> None:
        kinds = " ".join(f"*.{suffix}" for suffix in _SUFFIXES)
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("添加照片"), "", _("图片 ({kinds})").format(kinds=kinds)
        )
        if chosen:
            self.keep_files([Path(name) for name in chosen])

    def _remove(self) -> None:
        places = sorted((self.list.row(item) for item in self.list.selectedItems()), reverse=True)
        for place in places:
            del self.photos[place]
            self.list.takeItem(place)
        if places:
            self.edited.emit()

    def _name(self, item: QListWidgetItem) -> None:
        place = self.list.row(item)
        one = self.photos[place]
        text, done = QInputDialog.getText(self, _("照片说明"), _("说明"), text=one.caption)
        if done:
            self.photos[place] = replace(one, caption=text.strip())
            item.setText(text.strip() or one.file_name)
            self.edited.emit()

    def _show(self, pictures: list[bytes | None]) -> None:
        self.list.clear()
        for one, content in zip(self.photos, pictures, strict=False):
            missing = _("{name}（文件缺失）").format(name=one.file_name)
            item = QListWidgetItem(one.caption or one.file_name if content else missing)
            if content:
                item.setIcon(QIcon(QPixmap.fromImage(QImage.fromData(content))))
            item.setToolTip(one.file_name)
            self.list.addItem(item)


def _taken(picture: Picture, digest: str) -> Taken:
    suffix = Path(picture.name).suffix.lower().lstrip(".")
    kind = f"image/{'jpeg' if suffix in ('jpg', '') else suffix}"
    return Taken(digest, picture.name, kind, len(picture.content))
