"""Pictures of marks that look alike, in pairs, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from brandpool.db.attachments import Attachments
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark
from brandpool.services import picture_likeness, records
from brandpool.services.picture_likeness import AlikePair, Holder, Print
from brandpool.services.records import RecordRow
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

_SIDE = 220


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs with their marks and the names of enterprises; `prints` spare the next search."""

    pairs: list[AlikePair]
    marks: Mapping[str, RecordRow]
    names: Mapping[str, str]
    prints: Mapping[str, Print | None]
    pictures: int


class MarkAlike(QWidget):
    """A button that looks, the pairs it found, and both pictures of the chosen pair."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._files = Attachments(shell.work.pool.path)
        self._prints: Mapping[str, Print | None] = {}
        self.start = style.primary(QPushButton(_("查找相近图样")))
        self.start.clicked.connect(self.look)
        self.across = QCheckBox(_("只看不同企业之间"))
        self.across.setChecked(True)
        self.words = style.soft(_("按图形比较库中全部图样；是否近似须由人判断。"))
        self.pairs: PlainTable[AlikePair] = PlainTable(
            (_("相近度"), _("甲商标"), _("甲企业"), _("乙商标"), _("乙企业")),
            (70, 170, 190, 170, 190),
            _("相近图样"),
        )
        self.pairs.selectionModel().currentRowChanged.connect(self._on_pair)
        self.pairs.activated.connect(lambda _index: self._open(left=True))
        self.sides = (QLabel(), QLabel())
        self.opens = (QPushButton(_("打开甲")), QPushButton(_("打开乙")))
        self.opens[0].clicked.connect(lambda: self._open(left=True))
        self.opens[1].clicked.connect(lambda: self._open(left=False))
        head = QHBoxLayout()
        for part in (self.start, self.across):
            head.addWidget(part)
        head.addWidget(self.words, 1)
        shown = QVBoxLayout()
        for side, button in zip(self.sides, self.opens, strict=True):
            side.setFixedSize(_SIDE, _SIDE)
            side.setAlignment(Qt.AlignmentFlag.AlignCenter)
            shown.addWidget(side)
            shown.addWidget(button)
        shown.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.pairs, 1)
        body.addLayout(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self._on_pair()

    def ask(self) -> None:
        """Nothing is looked for by itself; the button does."""

    def look(self) -> None:
        """Compare all pictures of the pool; it can be broken off in the status bar."""
        files, known, across = self._files, self._prints, self.across.isChecked()
        self._shell.work.run(
            lambda task: search(task, files, known, across=across), self._show,
            title=_("查找相近图样"), replaces=self,
        )  # fmt: skip

    def _show(self, found: Found) -> None:
        self._prints = found.prints
        self.pairs.fill([_line(pair, found) for pair in found.pairs])
        text = _("{pictures} 幅图样，{pairs} 对相近。是否近似须由人判断。")
        if not found.pictures:
            text = _("库中还没有商标图样。请在商标卡片上添加。")
        self.words.setText(text.format(pictures=found.pictures, pairs=len(found.pairs)))
        if found.pairs:
            self.pairs.selectRow(0)
        self._on_pair()

    def _on_pair(self, *_what: object) -> None:
        pair, files = self.pairs.chosen(), self._files
        for button in self.opens:
            button.setEnabled(pair is not None)
        for side in self.sides:
            side.clear()
        if pair is not None:
            self._shell.work.run(
                lambda _task: [_image(files, one) for one in (pair.left, pair.right)],
                self._take_images, replaces=self.sides, owner=self,
            )  # fmt: skip

    def _take_images(self, images: list[QImage]) -> None:
        for side, image in zip(self.sides, images, strict=True):
            side.setPixmap(QPixmap.fromImage(image))

    def _open(self, *, left: bool) -> None:
        pair = self.pairs.chosen()
        if pair is not None:
            mark = pair.left.mark if left else pair.right.mark
            self._shell.open(Trademark.kind(), mark)


def search(
    task: Task, files: Attachments, known: Mapping[str, Print | None], *, across: bool
) -> Found:
    """Fingerprint every picture and pair those that are alike."""
    with task.read() as session:
        held = picture_likeness.holders(session)
    digests = sorted({one.digest for one in held})
    prints = picture_likeness.fingerprints(files, digests, known, task.progress)
    pairs = picture_likeness.alike(held, prints, across=across, progress=task.progress)
    ends = [end for pair in pairs for end in (pair.left, pair.right)]
    with task.read() as session:
        marks = {row.id: row for row in records.rows(session, Trademark, _ids(ends))}
        names = records.titles(session, Enterprise, {end.enterprise for end in ends})
    return Found(pairs, marks, names, prints, len(digests))


def _ids(ends: list[Holder]) -> list[str]:
    return sorted({end.mark for end in ends})


def _image(files: Attachments, one: Holder) -> QImage:
    small = files.thumbnail(one.digest)
    image = QImage.fromData(small) if small is not None else QImage()
    if image.isNull():
        return image
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return image.scaled(_SIDE, _SIDE, keep, Qt.TransformationMode.SmoothTransformation)


def _line(pair: AlikePair, found: Found) -> Shown[AlikePair]:
    texts = [f"{pair.percent}%"]
    for end in (pair.left, pair.right):
        row = found.marks.get(end.mark)
        name = str(row["name"] or row["reg_no"] or "") if row else ""
        more = _("等 {number} 件").format(number=end.marks) if end.marks > 1 else ""
        number = f"（{row['reg_no']}）" if row and row["name"] and row["reg_no"] else ""
        texts += [f"{name}{number}{more}", found.names.get(end.enterprise, "")]
    return Shown(pair, tuple(texts))
