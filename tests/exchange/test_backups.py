"""Backups are made in time, proved whole, and come back beside the pool, never over it."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import backups, pool_files
from brandpool.models.document import Document
from brandpool.models.enterprise import Enterprise
from brandpool.services import records

NOW = datetime(2026, 11, 22, 12).astimezone()


def quietly(_done: int, _parts: int, _text: str) -> None:
    """Nobody watches."""


def test_a_pool_is_backed_up_once_a_day(pool: Pool) -> None:
    made = [backups.daily(pool, now=NOW + timedelta(hours=h)) for h in (0, 5, 23, 25)]
    assert [path is not None for path in made] == [True, False, False, True]


def test_backups_are_listed_newest_first_with_their_reason(pool: Pool) -> None:
    folder = pool_files.folder_of(pool.path)
    pool_files.backup(pool, folder, NOW)
    backups.restore_point(pool, "import", now=NOW + timedelta(minutes=1))
    backups.restore_point(pool, "merge", now=NOW + timedelta(minutes=2))
    rows = backups.listed(pool.path, folder)
    assert [row.reason for row in rows] == ["合并前", "导入前", ""]
    assert all(row.size == row.path.stat().st_size for row in rows)
    assert not backups.is_stale(rows, NOW + timedelta(days=7))
    assert backups.is_stale(rows, NOW + timedelta(days=8))
    assert backups.is_stale([], NOW)


def test_backups_of_a_pool_with_a_longer_name_are_not_its_own(pool: Pool, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    pool_files.backup(pool, folder, NOW)
    longer = tmp_path / "station_old.brandpool"
    pool.backup_to(longer)
    other = Pool.open(longer)
    pool_files.backup(other, folder, NOW)
    pool_files.backup(other, folder, NOW + timedelta(minutes=1))
    other.close()
    assert len(backups.listed(pool.path, folder)) == 1
    pool_files.thin(folder, "station", NOW + timedelta(days=40))
    assert len(backups.listed(longer, folder)) == 2


def test_a_folder_out_of_reach_does_not_prevent_a_restore_point(pool: Pool, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    made = backups.restore_point(pool, "import", str(blocked / "stick"), NOW)
    assert made.parent == pool.path.parent / "备份"


def test_a_whole_backup_is_proved_with_its_counts(pool: Pool, enterprise: str) -> None:
    made = pool_files.backup(pool, now=NOW)
    verdict = backups.verify(made, pool.path, quietly)
    assert verdict.faults == ()
    assert verdict.counts[0] == ("企业", 1)


def test_a_backup_that_was_tampered_with_is_found_out(pool: Pool, enterprise: str) -> None:
    made = pool_files.backup(pool, now=NOW)
    with sqlite3.connect(made) as raw:
        raw.execute("UPDATE enterprise SET name = '偷改'")
    assert backups.verify(made, pool.path, quietly).faults == ("1 处与操作历史不一致",)


def test_a_damaged_backup_is_found_out(pool: Pool, enterprise: str) -> None:
    made = pool_files.backup(pool, now=NOW)
    content = bytearray(made.read_bytes())
    content[4096 : 4096 * 6] = bytes(4096 * 5)
    made.write_bytes(content)
    [fault] = backups.verify(made, pool.path, quietly).faults
    assert "文件已损坏" in fault


def test_files_of_records_are_backed_up_and_missed(pool: Pool, enterprise: str) -> None:
    files = Attachments(pool.path)
    digest = files.put("营业执照".encode())
    with pool.write("添加附件", who="甲") as session:
        values = {"enterprise_id": enterprise, "title": "营业执照", "content_hash": digest}
        records.add(session, Document, values)
    made = pool_files.backup(pool, now=NOW)
    files.path(digest).unlink()
    assert backups.verify(made, pool.path, quietly).faults == ()
    Attachments(made.parent / pool.path.name).path(digest).unlink()
    assert backups.verify(made, pool.path, quietly).faults == ("缺少 1 个附件文件",)


def test_a_backup_comes_back_beside_the_pool_with_its_files(pool: Pool, enterprise: str) -> None:
    digest = Attachments(pool.path).put(b"content")
    made = pool_files.backup(pool, now=NOW)
    with pool.write("删除", who="甲") as session:
        records.remove(session, Enterprise, [enterprise])
    content = pool.path.read_bytes()
    target = backups.bring_back(made, pool.path, NOW)
    assert target.name == "station_恢复20261122-120000.brandpool"
    back = Pool.open(target)
    with back.read() as session:
        assert records.count(session, Enterprise) == 1
    back.close()
    assert Attachments(target).read(digest) == b"content"
    assert pool.path.read_bytes() == content
    with pytest.raises(UserError, match="已存在"):
        backups.bring_back(made, pool.path, NOW)


def test_a_backup_that_is_looked_into_cannot_be_changed(pool: Pool, enterprise: str) -> None:
    made = pool_files.backup(pool, now=NOW)
    content = made.read_bytes()
    looked = backups.look_into(made)
    with looked.read() as session:
        assert records.count(session, Enterprise) == 1
    with (
        pytest.raises(UserError, match="只读"),
        looked.write("改", who="甲") as session,
    ):
        records.remove(session, Enterprise, [enterprise])
    looked.close()
    assert made.read_bytes() == content


def test_a_backup_that_is_broken_off_leaves_no_file(pool: Pool, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        pool_files.backup(pool, tmp_path / "备份", NOW, progress=stop)
    assert list((tmp_path / "备份").iterdir()) == []
