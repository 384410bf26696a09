"""What every test may ask for: a real pool, copied from an empty one made once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def empty_pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pool file without records."""
    path = tmp_path_factory.mktemp("empty") / "empty.brandpool"
    Pool.create(path).close()
    return path


@pytest.fixture
def pool(empty_pool: Path, tmp_path: Path) -> Iterator[Pool]:
    """An open pool of the test's own."""
    path = tmp_path / "station.brandpool"
    shutil.copy(empty_pool, path)
    opened = Pool.open(path)
    yield opened
    opened.close()


@pytest.fixture
def enterprise(pool: Pool) -> str:
    """The id of one enterprise in the pool."""
    values = {"name": "宁波朝阳机械有限公司", "credit_code": "91330200144069541X"}
    with pool.write("新增企业", who="测试员") as session:
        return journal.insert(session, Enterprise, [values])[0]
