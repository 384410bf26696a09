"""The pictures of a mark: thumbnails in a row, added from files or straight from the clipboard."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)
from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.renewal import MarkImage
from brandpool.services import records
from brandpool.services.records import RecordRow
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.work import Task

THUMB = 96
_SUFFIXES = ("png", "jpg", "jpeg", "bmp", "gif", "webp")
_RECORD = Qt.ItemDataRole.UserRole


class Picture(NamedTuple):
    """The bytes of one picture, and what it is called."""

    name: str
    content: bytes


class Thumb(NamedTuple):
    """One picture small enough for the row; `image` is None where the file is missing."""

    row: RecordRow
    image: QImage | None


class MarkImages(QFrame):
    """The pictures of the record that `link` points to (a mark or a registration)."""

    def __init__(self, shell: Shell, link: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        style.paint_ground(self, style.PAPER)
        self._shell, self._link, self._record = shell, link, ""
        self._next = 1
        self._pictures = Attachments(shell.work.pool.path)
        self.list = QListWidget()
        self.list.setAccessibleName(_("商标图样"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setIconSize(QSize(THUMB, THUMB))
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.itemActivated.connect(self._enlarge)
        self.list.itemSelectionChanged.connect(self._on_selection)
        self.hint = style.soft(_("可从文件添加，或复制图片后按 Ctrl+V 粘贴"))
        self.add = QPushButton(_("添加…"))
        self.paste_button = QPushButton(_("粘贴"))
        self.remove = QPushButton(_("删除"))
        self.add.clicked.connect(self._choose)
        self.paste_button.clicked.connect(self.paste)
        self.remove.clicked.connect(self._remove)
        for keys, act in (
            (QKeySequence("Ctrl+V"), self.paste),
            (QKeySequence("Delete"), self._remove),
        ):
            QShortcut(keys, self.list, act, context=Qt.ShortcutContext.WidgetShortcut)
        head = QHBoxLayout()
        head.addWidget(style.heading(_("图样"), points=11), 1)
        for button in (self.remove, self.paste_button, self.add):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addWidget(self.list)
        self.list.setFixedHeight(THUMB + 34)

    def show_images(self, record: str, rows: Sequence[RecordRow]) -> None:
        """Show these pictures of this record, in their order."""
        self._record = record
        self._next = 1 + max((int(str(row["place"] or 0)) for row in rows), default=0)
        self.hint.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if not rows:
            self._show([])
            return
        pictures = self._pictures
        self._shell.work.run(lambda _task: thumbs(pictures, rows), self._show, replaces=self)

    def paste(self) -> None:
        """Keep the picture on the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self._shell.say(_("剪贴板里没有图片。请先复制图片，再粘贴。"))
            return
        self.keep([Picture(_("粘贴的图片.png"), png(image))])

    def keep(self, pictures: Sequence[Picture]) -> None:
        """Write these pictures beside the pool and hang them on the record, as one step."""
        record, link, first, files = self._record, self._link, self._next, self._pictures
        why = _("添加商标图样 {number} 幅").format(number=len(pictures))

        def job(task: Task) -> None:
            kept = [(one, files.put(checked(one))) for one in pictures]
            with task.write(why) as session:
                for place, (one, digest) in enumerate(kept, first):
                    add_image(session, {link: record}, one, digest, place)

        self._shell.work.run(job, owner=self, keep=True)

    def _choose(self) -> None:
        kinds = " ".join(f"*.{suffix}" for suffix in _SUFFIXES)
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("添加图样"), "", _("图片 ({kinds})").format(kinds=kinds)
        )
        if chosen:
            try:
                self.keep([Picture(Path(name).name, Path(name).read_bytes()) for name in chosen])
            except OSError as bad:
                text = _("图片无法读取（{bad}）。请检查文件后再添加。").format(bad=bad)
                self._shell.work.refused.emit(text)

    def _remove(self) -> None:
        items = self.list.selectedItems()
        ids = [str(item.data(_RECORD)) for item in items]
        if ids:
            why = _("删除商标图样 {number} 幅").format(number=len(ids))
            self._shell.work.write(why, lambda s: records.remove(s, MarkImage, ids), owner=self)
            self._shell.say(_("已删除，可用 Ctrl+Z 恢复。"))

    def _show(self, found: Sequence[Thumb]) -> None:
        self.list.clear()
        for thumb in found:
            name = str(thumb.row["file_name"] or "")
            item = QListWidgetItem(
                name if thumb.image else _("{name}（文件缺失）").format(name=name)
            )
            if thumb.image is not None:
                item.setIcon(QIcon(QPixmap.fromImage(thumb.image)))
            item.setData(_RECORD, thumb.row.id)
            item.setData(_RECORD + 1, thumb.row["content_hash"])
            item.setToolTip(name)
            self.list.addItem(item)
        self._on_selection()

    def _enlarge(self, item: QListWidgetItem) -> None:
        digest = str(item.data(_RECORD + 1))
        pictures = self._pictures
        self._shell.work.run(
            lambda _task: QImage.fromData(pictures.picture(digest)), self._show_large, owner=self
        )

    def _show_large(self, image: QImage) -> None:
        box = QDialog(self)
        box.setWindowTitle(_("图样"))
        label = QLabel()
        fitting = image.scaled(900, 600, _KEEP, _SMOOTH) if image.width() > 900 else image
        label.setPixmap(QPixmap.fromImage(fitting))
        QVBoxLayout(box).addWidget(label)
        box.exec()

    def _on_selection(self) -> None:
        self.remove.setVisible(bool(self.list.selectedItems()))


def thumbs(pictures: Attachments, rows: Sequence[RecordRow]) -> list[Thumb]:
    """The pictures of these records, made small; one whose file is gone stays, without picture."""
    found = []
    for row in rows:
        try:
            image: QImage | None = QImage.fromData(pictures.picture(str(row["content_hash"])))
        except UserError:
            image = None
        if image is not None and not image.isNull():
            image = image.scaled(THUMB, THUMB, _KEEP, _SMOOTH)
        found.append(Thumb(row, image))
    return found


def add_image(
    session: Session, link: dict[str, Value], picture: Picture, digest: str, place: int
) -> str:
    """Hang a picture that is kept under `digest` on a mark; returns the record's id."""
    suffix = Path(picture.name).suffix.lower().lstrip(".")
    values: dict[str, Value] = {
        "content_hash": digest,
        "file_name": picture.name,
        "media_type": f"image/{'jpeg' if suffix == 'jpg' else suffix or 'png'}",
        "size": len(picture.content),
        "place": place,
    }
    return records.add(session, MarkImage, {**link, **values})


def checked(picture: Picture) -> bytes:
    """The bytes of a picture that can be shown. Raises UserError for anything else."""
    if QImage.fromData(picture.content).isNull():
        raise UserError(
            _("“{name}”不是可以显示的图片，没有添加。请另存为 PNG 或 JPG。").format(
                name=picture.name
            )
        )
    return picture.content


def png(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks QIODevice
    return bytes(content.data())


_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation
