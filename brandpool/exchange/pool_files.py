"""Pool files as a station handles them: new ones ready for work, and backups that thin out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.i18n import _
from brandpool.services import history, schemes

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


def backup(pool: Pool, folder: Path | None = None, now: datetime | None = None) -> Path:
    """Copy the pool into `folder` (default: 备份 beside it) under the time; returns the copy.

    Raises UserError when it cannot be written; a half copy never bears the name of a whole one.
    """
    now = now or datetime.now().astimezone()
    folder = folder or pool.path.parent / "备份"
    target = folder / f"{pool.path.stem}_{now:{_STAMP}}{pool.path.suffix}"
    pool.backup_to(target)
    return target


def thin(folder: Path, stem: str, now: datetime | None = None) -> list[Path]:
    """Remove backups that are no longer needed; returns those removed.

    Kept are all of the last two days, the last one of each day for a month, and the last one of
    each month for ever.
    """
    now = now or datetime.now().astimezone()
    dated = sorted(_dated(folder.glob(f"{stem}_*")), reverse=True)
    kept: set[str] = set()
    removed: list[Path] = []
    for when, path in dated:
        age = now - when
        slot = f"{when:{_STAMP}}" if age < _ALL_FOR else f"{when:%Y%m%d}"
        slot = f"{when:%Y%m}" if age >= _DAILY_FOR else slot
        if slot in kept:
            path.unlink()
            removed.append(path)
        kept.add(slot)
    return removed


def _dated(paths: Iterable[Path]) -> Iterable[tuple[datetime, Path]]:
    for path in paths:
        try:
            stamp = path.stem.rpartition("_")[2]
            yield datetime.strptime(stamp, _STAMP).astimezone(), path
        except ValueError:
            continue
