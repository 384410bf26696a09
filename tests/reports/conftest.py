"""A small sample pool, made once for all documents."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.exchange import pool_files, sample
from brandpool.reports.documents.catalogue import World
from brandpool.reports.documents.content import Office
from brandpool.services import docket_cache, reference_data

DAY = date(2026, 11, 22)
OFFICE = Office(
    "宁波高新区商标品牌指导站", "宁波高新区", "王敏", "0574-87654321", "聚贤路587号", "a@example.cn"
)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pool with thirty made-up enterprises as of a fixed day, its dates up to date."""
    path = tmp_path_factory.mktemp("sample") / "sample.brandpool"
    pool = pool_files.create(path, who="王敏", sample=True)
    sample.build(pool, 30, today=DAY)
    with pool.maintain() as session:
        docket_cache.catch_up(session, DAY, reference_data.reference(session, DAY))
    pool.close()
    return path


@pytest.fixture
def sampled(sample_file: Path, tmp_path: Path) -> Iterator[Pool]:
    """A copy of the sample pool."""
    path = tmp_path / "sample.brandpool"
    shutil.copy(sample_file, path)
    pool = Pool.open(path)
    yield pool
    pool.close()


@pytest.fixture
def world(sampled: Pool) -> World:
    """Who writes, on the sample pool's day."""
    with sampled.read() as session:
        return World(OFFICE, DAY, reference_data.reference(session, DAY))
