"""Small pictures of marks for a table: read lazily beside the window's thread, kept once read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from sqlalchemy import select

from brandpool.db.attachments import Attachments
from brandpool.models.renewal import MarkImage
from brandpool.ui.work import Task, Work

HEIGHT, WIDTH = 24, 44
_MOST, _KEPT = 100, 5000


class MarkThumbs(QObject):
    """Gives the small picture of a mark's first image; `came` is called when more were read."""

    def __init__(self, work: Work, came: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._came = work, came
        self._files = Attachments(work.pool.path)
        self._known: dict[str, QPixmap | None] = {}
        self._wanted: list[str] = []
        self._later = QTimer(self, singleShot=True, interval=30)
        self._later.timeout.connect(self._read)

    def of(self, mark: str) -> QPixmap | None:
        """The picture, or None while it is being read and where there is none."""
        if mark not in self._known:
            self._known[mark] = None
            self._wanted.append(mark)
            self._later.start()
        return self._known[mark]

    def forget(self) -> None:
        """Read the pictures again when they are next asked for."""
        self._known.clear()

    def _read(self) -> None:
        marks, self._wanted = self._wanted[-_MOST:], []
        for passed_by in set(self._known) - set(marks) if len(self._known) > _KEPT else ():
            del self._known[passed_by]
        files = self._files
        self._work.run(lambda task: pictures(task, files, marks), self._take, owner=self)

    def _take(self, found: dict[str, QImage]) -> None:
        for mark, image in found.items():
            self._known[mark] = QPixmap.fromImage(image)
        if found:
            self._came()


def pictures(task: Task, files: Attachments, marks: Sequence[str]) -> dict[str, QImage]:
    """The first image of each of these marks as a small picture; those without are left out."""
    with task.read() as session:
        query = (
            select(MarkImage.trademark_id, MarkImage.content_hash)
            .where(MarkImage.trademark_id.in_(marks), MarkImage.content_hash.is_not(None))
            .order_by(MarkImage.place, MarkImage.id)
        )
        first: dict[str, str] = {}
        for mark, digest in session.execute(query):
            first.setdefault(mark or "", digest or "")
    found: dict[str, QImage] = {}
    for mark, digest in first.items():
        task.check()
        small = files.thumbnail(digest)
        image = QImage.fromData(small) if small is not None else QImage()
        if not image.isNull():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH
            found[mark] = image.scaled(WIDTH, HEIGHT, keep, smooth)
    return found


_SMOOTH = Qt.TransformationMode.SmoothTransformation
