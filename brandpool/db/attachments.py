"""Files beside a pool, named by what is in them: `<pool>.files/ab/abcdef…`; never changed."""

import hashlib
import os
import shutil
from pathlib import Path

from brandpool.errors import UserError

LARGEST = 50 * 2**20
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
            raise UserError(f"附件超过 {limit} MB，没有保存。请压缩后再添加。")
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if self.verify(digest):
            return digest
        half = target.with_name(f"{digest}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        except OSError as bad:
            raise UserError(f"附件没有保存（{bad}）。请检查磁盘空间和写入权限。") from bad
        return digest

    def path(self, digest: str) -> Path:
        """Where the content of this hash lies, or would lie. Raises UserError for no hash."""
        if len(digest) != 64 or not set(digest) <= _HEX:
            raise UserError(f"“{digest[:80]}”不是附件标识。请重新添加附件。")
        return self.folder / digest[:2] / digest

    def read(self, digest: str) -> bytes:
        """The content. Raises UserError when the file is missing or no longer what it was."""
        path = self.path(digest)
        if not path.is_file():
            raise UserError(f"找不到附件文件 {path}。请从备份复制“{self.folder.name}”文件夹。")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise UserError(f"附件文件 {path} 已损坏。请从备份恢复该文件。")
        return content

    def verify(self, digest: str) -> bool:
        """Whether the file is there and holds what its name says."""
        path = self.path(digest)
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def copy_missing(source: Path, target: Path) -> int:
    """Copy the files of one folder of attachments that another lacks; returns how many.

    Raises UserError when one cannot be written.
    """
    number = 0
    try:
        for file in sorted(source.glob("??/*")):
            there = target / file.relative_to(source)
            if file.suffix or there.is_file():
                continue
            there.parent.mkdir(parents=True, exist_ok=True)
            half = there.with_name(f"{there.name}.part")
            shutil.copyfile(file, half)
            half.replace(there)
            number += 1
    except OSError as bad:
        raise UserError(f"附件没有复制到 {target}（{bad}）。请检查磁盘空间和写入权限。") from bad
    return number
