"""Unfinished visits beside a pool: `<pool>.drafts/<key>.json`, whole on the disk at every save.

They are no records: nobody else sees them, and they are kept although the pool may be busy with an
import or lie on a share that is out of reach.
"""

import os
import re
from pathlib import Path

from brandpool.db.attachments import settle_folder
from brandpool.errors import UserError
from brandpool.i18n import _

DISCARDED = "discarded"
_KEY = re.compile(r"[0-9a-f]{32}")


class Drafts:
    """The drafts of one pool, by their keys (32 hexadecimal characters)."""

    def __init__(self, pool: Path) -> None:
        self.folder = pool.with_name(f"{pool.name}.drafts")

    def keep(self, key: str, content: bytes) -> None:
        """Write a draft: on the disk when this returns, and until then the one before it.

        Raises UserError when it cannot be written.
        """
        target = self._path(key)
        half = target.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            settle_folder(self.folder)
        except OSError as bad:
            raise UserError(
                _("未完成的走访没有保存（{bad}）。请检查磁盘空间和写入权限。").format(bad=bad)
            ) from bad

    def read(self, key: str) -> bytes:
        """A draft. Raises UserError when it is gone."""
        try:
            return self._path(key).read_bytes()
        except OSError as bad:
            raise UserError(_("这份未完成的走访打不开（{bad}）。").format(bad=bad)) from bad

    def keys(self) -> list[str]:
        """The drafts there are, the one begun first first."""
        if not self.folder.is_dir():
            return []
        return sorted(f.stem for f in self.folder.glob("*.json") if _KEY.fullmatch(f.stem))

    def finish(self, key: str) -> None:
        """Remove a draft that has become a visit."""
        self._path(key).unlink(missing_ok=True)

    def discard(self, key: str) -> None:
        """Put a draft away; it can be brought back with `restore`."""
        self._move(self._path(key), self._put_away(key))

    def discarded(self) -> list[str]:
        """The drafts that were put away, the one begun last first."""
        folder = self.folder / DISCARDED
        if not folder.is_dir():
            return []
        found = (f.stem for f in folder.glob("*.json") if _KEY.fullmatch(f.stem))
        return sorted(found, reverse=True)

    def read_discarded(self, key: str) -> bytes:
        """A draft that was put away. Raises UserError when it is gone."""
        try:
            return self._put_away(key).read_bytes()
        except OSError as bad:
            raise UserError(_("这份未完成的走访打不开（{bad}）。").format(bad=bad)) from bad

    def restore(self, key: str) -> None:
        """Bring a draft back that was put away."""
        self._move(self._put_away(key), self._path(key))

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise UserError(_("“{key}”不是走访草稿的标识。").format(key=key[:40]))
        return self.folder / f"{key}.json"

    def _put_away(self, key: str) -> Path:
        return self.folder / DISCARDED / self._path(key).name

    def _move(self, source: Path, target: Path) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            settle_folder(target.parent)
            settle_folder(source.parent)
        except OSError as bad:
            raise UserError(
                _("未完成的走访没有移动（{bad}）。请检查写入权限。").format(bad=bad)
            ) from bad
