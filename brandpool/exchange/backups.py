"""The backups of a pool: made by themselves, listed, proved, looked into, brought back."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from brandpool.db import attachments, upgrade
from brandpool.db.attachments import Attachments
from brandpool.db.engine import engine_for
from brandpool.db.pool import Pool, Progress, backup
from brandpool.errors import UserError
from brandpool.exchange import pool_files
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import KINDS
from brandpool.models.trademark import Trademark
from brandpool.services import attached, records
from brandpool.services.check import check

STALE = timedelta(days=7)
_DAILY = timedelta(days=1)
_BEFORE = {"import": pool_files.BEFORE_IMPORT, "merge": pool_files.BEFORE_MERGE}
_COUNTED = (Enterprise, Trademark)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup: its file, when and why it was made, its size in bytes."""

    path: Path
    when: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What looking through a backup found: faults in words, none when it is whole.

    `counts` are the numbers of records by noun; `enterprises` and `marks` among them come first.
    `partly` says that only the file itself could be examined.
    """

    faults: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    partly: bool = False


def listed(pool: Path, folder: Path) -> list[BackupRow]:
    """The backups of a pool, newest first, with those made beside it before an upgrade."""
    found = [(when, reason, path) for when, reason, path in pool_files.dated(folder, pool.stem)]
    for path in pool.parent.glob(f"*{pool.suffix}"):
        if re.fullmatch(rf"{re.escape(pool.stem)}\.升级前\d{{4}}", path.stem):
            when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            found.append((when, "升级前", path))
    rows = [BackupRow(path, when, reason, path.stat().st_size) for when, reason, path in found]
    return sorted(rows, key=lambda row: row.when, reverse=True)


def is_stale(rows: list[BackupRow], now: datetime) -> bool:
    """Whether the last backup is older than a week, or there is none."""
    return not rows or now - rows[0].when > STALE


def daily(
    pool: Pool,
    chosen: str = "",
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Back the pool up when the last backup is older than a day, and thin out the older ones.

    `chosen` is the folder of the settings. Raises UserError when it cannot be written.
    """
    now = now or datetime.now().astimezone()
    folder = pool_files.folder_of(pool.path, chosen)
    dated = pool_files.dated(folder, pool.path.stem)
    if dated and now - dated[0][0] < _DAILY:
        return None
    made = pool_files.backup(pool, folder, now, progress=progress)
    pool_files.thin(folder, pool.path.stem, now)
    return made


def restore_point(pool: Pool, source: str, chosen: str = "", now: datetime | None = None) -> Path:
    """Back the pool up before a step of this source ("import", "merge").

    When the chosen folder is out of reach (a stick that is not there), the copy lies in 备份
    beside the pool. Raises UserError when it cannot be written there either.
    """
    reason = _BEFORE[source]
    try:
        return pool_files.backup(pool, pool_files.folder_of(pool.path, chosen), now, reason=reason)
    except UserError:
        if not chosen:
            raise
        return pool_files.backup(pool, pool_files.folder_of(pool.path), now, reason=reason)


def verify(path: Path, pool: Path, progress: Callable[[int, int, str], object]) -> Verdict:
    """Prove a backup of `pool`: the file, every hash, every row against the journal, its files.

    A backup of an older schema is examined as a file only: opening it would change it.
    """
    fault = _file_fault(path)
    if fault:
        return Verdict((fault,), ())
    if upgrade.found(engine_for(path, read_only=True)) != upgrade.newest():
        return Verdict((), (), partly=True)
    copy = Pool.open(path, read_only=True)
    with copy.read() as session:
        found = check(session, progress)
        faults = [_("{number} 处与操作历史不一致").format(number=len(found))] if found else []
        first = [(model.zh, records.count(session, model)) for model in _COUNTED]
        total = sum(records.count(session, model) for model in KINDS)
        hashes = attached.named(session)
    copy.close()
    kept = Attachments(path.parent / pool.name)
    beside = Attachments(pool)
    lost = sum(not kept.keeps(one) and not beside.keeps(one) for one in hashes)
    if lost:
        faults.append(_("缺少 {number} 个附件文件").format(number=lost))
    return Verdict(tuple(faults), (*first, ("", total)))


def look_into(path: Path) -> Pool:
    """Open a backup so that nothing in it can change.

    Raises UserError for a backup that an older program made, and as `Pool.open` does.
    """
    pool = Pool.open(path, read_only=True)
    if upgrade.found(engine_for(path, read_only=True)) != upgrade.newest():
        pool.close()
        raise UserError(
            _("{name} 由较早版本的程序建立，不能直接查看。请用“恢复为新文件”打开它的副本。").format(
                name=path.name
            )
        )
    return pool


def bring_back(
    path: Path, pool: Path, now: datetime | None = None, progress: Progress | None = None
) -> Path:
    """Copy a backup beside `pool` under a new name, with its files; returns the copy.

    The pool itself is not touched. Raises UserError when the copy cannot be written.
    """
    now = now or datetime.now().astimezone()
    target = pool.with_name(f"{pool.stem}_恢复{now:%Y%m%d-%H%M%S}{pool.suffix}")
    if target.exists():
        raise UserError(_("{name} 已存在，没有恢复。请稍后再试。").format(name=target.name))
    backup(path, target, progress)
    own = pool_files.attachments_of(target)
    for source in (path.parent / pool.name, pool):
        attachments.copy_missing(pool_files.attachments_of(source), own)
    return target


def _file_fault(path: Path) -> str:
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as raw:
            said = raw.execute("PRAGMA quick_check").fetchone()[0]
        raw.close()
    except sqlite3.Error as bad:
        said = str(bad)
    return "" if said == "ok" else _("文件已损坏（{said}）").format(said=said)
