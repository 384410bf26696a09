"""A pool file: copies, backups, listeners, locks."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.services import records


def test_a_backup_holds_all_records_and_opens_as_a_pool(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    target = tmp_path / "backups" / "copy.brandpool"
    pool.backup_to(target)
    with Pool.open(target).read() as session:
        assert records.find(session, Enterprise) == [enterprise]
    assert list(target.parent.glob("*.part")) == []


def test_a_copied_file_goes_on_under_a_site_number_of_its_own(pool: Pool, tmp_path: Path) -> None:
    copy = tmp_path / "copied.brandpool"
    shutil.copy(pool.path, copy)
    assert Pool.open(copy).fact("site") != pool.fact("site")
    assert Pool.open(pool.path).fact("site") == pool.fact("site")


def test_a_commit_tells_which_kinds_changed(pool: Pool) -> None:
    told: list[frozenset[str]] = []
    pool.on_change(told.append)
    with pool.write("新增", who="甲") as session:
        journal.insert(session, Enterprise, [{"name": "一"}])
    with pool.write("无事", who="甲"):
        pass
    assert told == [frozenset({"enterprise"})]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        Pool.open(tmp_path / "none.brandpool")


def test_a_new_pool_never_replaces_a_file(pool: Pool) -> None:
    with pytest.raises(UserError, match="已存在"):
        Pool.create(pool.path)


def test_a_read_only_pool_cannot_be_written(pool: Pool) -> None:
    reader = Pool.open(pool.path, read_only=True)
    with pytest.raises(UserError, match="只读"), reader.write("写", who="甲"):
        pass


def test_the_journal_file_of_a_commit_is_empty_afterwards(pool: Pool) -> None:
    with pool.write("新增", who="甲") as session:
        journal.insert(session, Enterprise, [{"name": "一"}])
    pool.close()
    beside = [p for p in pool.path.parent.iterdir() if p != pool.path and p.stat().st_size]
    assert beside == []
    with sqlite3.connect(pool.path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_pool_in_which_somebody_is_writing_can_be_opened_and_read(pool: Pool) -> None:
    with pool.write("导入", who="王敏") as session:
        journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
        other = Pool.open(pool.path)
        with other.read() as reading:
            assert records.count(reading, Enterprise) == 0
        other.close()
