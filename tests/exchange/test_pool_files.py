"""New pools are ready for work; backups thin out but never vanish."""

from datetime import datetime, timedelta
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.exchange import pool_files
from brandpool.services import schemes


def test_a_new_pool_has_a_scheme_in_force(tmp_path: Path) -> None:
    pool = pool_files.create(tmp_path / "new.brandpool", who="甲")
    with pool.read() as session:
        assert schemes.in_force(session, datetime.now().date())


def test_backups_are_kept_closely_then_daily_then_monthly(pool: Pool, tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 12).astimezone()
    folder = tmp_path / "备份"
    folder.mkdir()
    for hours in range(0, 24 * 100, 6):
        moment = now - timedelta(hours=hours)
        (folder / f"station_{moment:%Y%m%d-%H%M%S}.brandpool").touch()
    pool_files.thin(folder, "station", now)
    kept = sorted(path.stem[8:16] for path in folder.iterdir())
    assert kept.count("20261122") == 3
    assert kept.count("20261118") == 1
    assert [day for day in kept if day < "20261020"] == ["20260831", "20260930"]
    assert pool_files.backup(pool, folder, now).is_file()
