"""Pools on either kind of database: the same tests, the same results."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from brandpool.db.engine import server_engine
from brandpool.db.pool import Pool
from brandpool.models.record import Base
from tests.db import servers

NewPool = Callable[[], Pool]


class Shelf:
    """Pools that are emptied and given out again, since a new one has every statement to learn."""

    def __init__(self, make: Callable[[int], Pool]) -> None:
        self._make = make
        self._free: list[Pool] = []
        self._number = itertools.count()

    def take(self) -> Pool:
        """An empty pool with a site number of its own."""
        return self._free.pop() if self._free else self._make(next(self._number))

    def give_back(self, pool: Pool) -> None:
        """Empty a pool for the next test."""
        with pool._engine.execution_options(writes=True).begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        pool._listeners.clear()
        pool._settle_in({})
        self._free.append(pool)

    def close(self) -> None:
        """Let go of all."""
        for pool in self._free:
            pool.close()


@pytest.fixture(scope="session")
def files(empty_pool: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Pools that are files."""
    folder = tmp_path_factory.mktemp("pools")

    def make(number: int) -> Pool:
        path = folder / f"{number}.brandpool"
        shutil.copy(empty_pool, path)
        return Pool.open(path)

    shelf = Shelf(make)
    yield shelf
    shelf.close()


@pytest.fixture(scope="session")
def databases() -> Iterator[Shelf]:
    """Pools on a PostgreSQL server of the tests' own; skipped where none is installed."""
    with servers.running() as url:
        first = Pool.create_in(server_engine(f"{url}postgres"), Path("postgres"))
        first.close()

        def make(number: int) -> Pool:
            name = f"pool{number}"
            maker = create_engine(
                f"{url}template1", isolation_level="AUTOCOMMIT", poolclass=NullPool
            )
            with maker.connect() as one:
                one.execute(text(f"CREATE DATABASE {name} TEMPLATE postgres"))
            pool = Pool(Path(name), server_engine(f"{url}{name}"), first.schema)
            pool._settle_in({})
            return pool

        shelf = Shelf(make)
        yield shelf
        shelf.close()


@pytest.fixture(params=["files", "databases"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Pools of one kind of database or the other."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def new_pool(shelf: Shelf) -> Iterator[NewPool]:
    """Makes empty pools, which the next test gets again."""
    given: list[Pool] = []

    def take() -> Pool:
        given.append(shelf.take())
        return given[-1]

    yield take
    for pool in given:
        shelf.give_back(pool)
