"""Files beside a pool, named by what is in them: `<pool>.files/ab/abcdef…`; never changed.

Beside the originals lie small pictures of them, `<pool>.files/thumbs/ab/abcdef…`, under the hash of
the original: a laptop may have one without the other.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from brandpool.db import thumbnails
from brandpool.errors import UserError
from brandpool.i18n import _

LARGEST = 50 * 2**20
_PIECE = 2**20
_HEX = frozenset("0123456789abcdef")


class Attachments:
    """The attachment files of one pool."""

    def __init__(self, pool: Path) -> None:
        self.folder = pool.with_name(f"{pool.name}.files")

    def put(self, content: bytes) -> str:
        """Keep this content; returns its hash, by which records refer to it.

        The file appears under its name only when it is whole and on the disk; the same content
        twice is one file. Raises UserError when it is too large or cannot be written.
        """
        if len(content) > LARGEST:
            limit = LARGEST // 2**20
            raise UserError(
                _("附件超过 {limit} MB，没有保存。请压缩后再添加。").format(limit=limit)
            )
        digest = hashlib.sha256(content).hexdigest()
        if not self.verify(digest):
            _keep(self.path(digest), content)
        return digest

    def path(self, digest: str) -> Path:
        """Where the content of this hash lies, or would lie. Raises UserError for no hash."""
        if len(digest) != 64 or not set(digest) <= _HEX:
            raise UserError(_("“{text}”不是附件标识。请重新添加附件。").format(text=digest[:80]))
        return self.folder / digest[:2] / digest

    def read(self, digest: str) -> bytes:
        """The content. Raises UserError when the file is missing or no longer what it was."""
        path = self.path(digest)
        if not path.is_file():
            raise UserError(
                _("找不到附件文件 {path}。请从备份复制“{folder}”文件夹。").format(
                    path=path, folder=self.folder.name
                )
            )
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise UserError(_("附件文件 {path} 已损坏。请从备份恢复该文件。").format(path=path))
        return content

    def verify(self, digest: str) -> bool:
        """Whether the file is there and holds what its name says."""
        if not self.has(digest):
            return False
        found = hashlib.sha256()
        for piece in self.pieces(digest):
            found.update(piece)
        return found.hexdigest() == digest

    def keeps(self, digest: str) -> bool:
        """Whether all is here that this copy of the pool is to have: a whole original, or where
        it lies elsewhere, the small picture of it."""
        return self.verify(digest) if self.has(digest) else self._thumb(digest).is_file()

    def has(self, digest: str) -> bool:
        """Whether there is a file of this name; what is in it was not looked at."""
        return self.path(digest).is_file()

    def size(self, digest: str) -> int:
        """The bytes of a file that is there."""
        return self.path(digest).stat().st_size

    def pieces(self, digest: str) -> Iterator[bytes]:
        """The content bit by bit, unchecked; raises OSError when it cannot be read."""
        with self.path(digest).open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def thumbnail(self, digest: str) -> bytes | None:
        """A small picture of the file; made and kept at the first call.

        None for what is no picture, and where neither the file nor its small picture is here.
        """
        kept = self._thumb(digest)
        if kept.is_file():
            return kept.read_bytes()
        made = thumbnails.made_of(self.read(digest)) if self.verify(digest) else None
        if made is not None:
            _keep(kept, made)
        return made

    def put_thumbnail(self, digest: str, content: bytes) -> None:
        """Keep a small picture of a file that lies elsewhere.

        Raises UserError when it is too large for one, or cannot be written.
        """
        if len(content) > thumbnails.LARGEST:
            raise UserError(
                _("附件 {file} 的缩略图过大，没有保存。请重新制作外勤包。").format(file=digest[:12])
            )
        if not self._thumb(digest).is_file():
            _keep(self._thumb(digest), content)

    def picture(self, digest: str) -> bytes:
        """The original, or where it is elsewhere the small picture of it.

        Raises UserError when neither is here.
        """
        if self.has(digest) or not self._thumb(digest).is_file():
            return self.read(digest)
        return self._thumb(digest).read_bytes()

    def release(self, digest: str) -> int:
        """Remove an original that is safe elsewhere, keeping a small picture; the bytes freed.

        A file that is not there, or is hardly larger than its small picture would be, stays as it
        is. Raises UserError when it cannot be removed.
        """
        if not self.has(digest) or self.size(digest) <= thumbnails.LARGEST:
            return 0
        self.thumbnail(digest)
        size = self.size(digest)
        try:
            self.path(digest).unlink()
        except OSError as bad:
            raise UserError(
                _("附件原件没有移除（{bad}）。请关闭正在查看它的程序后再试。").format(bad=bad)
            ) from bad
        return size

    def _thumb(self, digest: str) -> Path:
        return self.folder / "thumbs" / self.path(digest).relative_to(self.folder)


def settle_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder, so that a power cut cannot lose a new file's."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(target: Path, content: bytes) -> None:
    """Write a file that appears under its name only when it is whole and on the disk."""
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        settle_folder(target.parent)
    except OSError as bad:
        raise UserError(
            _("附件没有保存（{bad}）。请检查磁盘空间和写入权限。").format(bad=bad)
        ) from bad


def copy_missing(source: Path, target: Path) -> int:
    """Copy the files of one folder of attachments that another lacks; returns how many.

    Raises UserError when one cannot be written.
    """
    number = 0
    try:
        for file in sorted((*source.glob("??/*"), *source.glob("thumbs/??/*"))):
            there = target / file.relative_to(source)
            if file.suffix or not file.is_file() or there.is_file():
                continue
            there.parent.mkdir(parents=True, exist_ok=True)
            half = there.with_name(f"{there.name}.part")
            shutil.copyfile(file, half)
            half.replace(there)
            number += 1
    except OSError as bad:
        raise UserError(
            _("附件没有复制到 {target}（{bad}）。请检查磁盘空间和写入权限。").format(
                target=target, bad=bad
            )
        ) from bad
    return number
