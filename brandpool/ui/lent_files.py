"""Copies of kept files for the programs that show them; none outlives the window for long."""

import shutil
import tempfile
import time
from pathlib import Path

from brandpool.db.attachments import Attachments
from brandpool.i18n import _

_PREFIX = "brandpool-lent-"
_FORGOTTEN = 12 * 3600
"""Seconds after which a folder is taken for one of a program that was killed."""
_folders: list[Path] = []


def lend(files: Attachments, digest: str, name: str) -> Path:
    """A copy of a kept file under its own name, so that what is kept cannot be changed.

    Where only a small picture of it is here, a copy of that, which its name says. Raises UserError
    when neither is, or the file is no longer what it was.
    """
    own = Path(name).name
    if not files.has(digest):
        content = files.picture(digest)
        own = _("{name}（缩略图）").format(name=Path(own).stem) + ".jpg"
    else:
        content = files.read(digest)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    _folders.append(folder)
    target = folder / own
    target.write_bytes(content)
    return target


def take_back() -> None:
    """Remove what was lent; called when the window closes.

    What another program still holds open stays until a later start.
    """
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def sweep() -> None:
    """Remove what a program that was killed had lent."""
    now = time.time()
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if folder not in _folders and now - folder.stat().st_mtime > _FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)
