"""Pool files as a station handles them: new ones ready for work, and backups that thin out."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from brandpool.db import attachments
from brandpool.db.pool import Pool, Progress
from brandpool.i18n import _
from brandpool.paths import POOL_SUFFIX
from brandpool.services import history, schemes

BEFORE_IMPORT, BEFORE_MERGE = "导入前", "合并前"
REASONS = (BEFORE_IMPORT, BEFORE_MERGE)
_STAMP = "%Y%m%d-%H%M%S"
_ALL_FOR = timedelta(days=2)
_DAILY_FOR = timedelta(days=30)


def create(path: Path, *, who: str, sample: bool = False) -> Pool:
    """Make a new pool with the shipped tier scheme in it, as its first step.

    Raises UserError when there is a file of that name.
    """
    pool = Pool.create(path, sample=sample)
    with pool.write(_("建库：装入默认梯队方案"), who=who, source=history.SETUP) as session:
        schemes.install_shipped(session)
    return pool


def backup(
    pool: Pool,
    folder: Path | None = None,
    now: datetime | None = None,
    *,
    reason: str = "",
    progress: Progress | None = None,
) -> Path:
    """Copy the pool into `folder` (default: 备份 beside it) under the time; returns the copy.

    `reason` is one of REASONS and becomes part of the name. Files that belong to records are
    copied beside it, each only once. `progress` hears (pages done, pages in all) and may raise to
    break off. Raises UserError when it cannot be written; a half copy never bears the name of a
    whole one.
    """
    now = now or datetime.now().astimezone()
    folder = folder or folder_of(pool.path)
    parts = (pool.path.stem, reason, f"{now:{_STAMP}}")
    target = folder / ("_".join(part for part in parts if part) + pool.path.suffix)
    pool.backup_to(target, progress)
    attachments.copy_missing(attachments_of(pool.path), attachments_of(folder / pool.path.name))
    return target


def folder_of(pool: Path, chosen: str = "") -> Path:
    """Where the backups of a pool lie: the chosen folder, else 备份 beside it."""
    return Path(chosen) if chosen else pool.parent / "备份"


def attachments_of(pool: Path) -> Path:
    """The folder of the files that belong to a pool's records."""
    return attachments.Attachments(pool).folder


def dated(folder: Path, stem: str) -> list[tuple[datetime, str, Path]]:
    """The backups of one pool in a folder, newest first: when, why, and the file."""
    name = re.compile(rf"{re.escape(stem)}(?:_({'|'.join(REASONS)}))?_(\d{{8}}-\d{{6}})")
    found = []
    for path in folder.glob(f"*{POOL_SUFFIX}"):
        match = name.fullmatch(path.stem)
        if match is not None and (when := _moment(match[2])) is not None:
            found.append((when, match[1] or "", path))
    return sorted(found, reverse=True)


def thin(folder: Path, stem: str, now: datetime | None = None) -> list[Path]:
    """Remove backups that are no longer needed; returns those removed.

    Kept are all of the last two days, the last one of each day for a month, and the last one of
    each month for ever.
    """
    now = now or datetime.now().astimezone()
    kept: set[str] = set()
    removed: list[Path] = []
    for when, _reason, path in dated(folder, stem):
        age = now - when
        slot = path.stem if age < _ALL_FOR else f"{when:%Y%m%d}"
        slot = f"{when:%Y%m}" if age >= _DAILY_FOR else slot
        if slot in kept:
            path.unlink()
            removed.append(path)
        kept.add(slot)
    return removed


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).astimezone()
    except ValueError:
        return None
