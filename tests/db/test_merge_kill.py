"""kill -9 at any moment of a merge: all of it is there or none, and it can be done again."""

import multiprocessing
import random
import shutil
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from brandpool.db import bundle_text, journal
from brandpool.db.bundle import bundle_of
from brandpool.db.merge import SOURCE, merge
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from tests.db.stations import state_of, take_out

FIRMS = 120
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["brandpool.db.merge", "brandpool.db.pool", "brandpool.db.bundle_text"]
)


def merge_there(path: str, bundle: str, told: Connection) -> None:
    """What runs in the process that is killed."""
    pool = Pool.open(Path(path))
    home = bundle_text.loads(Path(bundle).read_bytes())
    told.send("merging")
    with pool.write("合并", who="甲", source=SOURCE) as session:
        merge(session, home)
    told.send("merged")
    pool.close()


@pytest.fixture
def office(pool: Pool, tmp_path: Path) -> tuple[Pool, Path, Path]:
    """A pool, its file as it was, and the bundle of a laptop with 240 changes."""
    with pool.write("导入", who="甲") as session:
        firms = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(FIRMS)])
    laptop = Pool.create(tmp_path / "laptop.brandpool")
    take_out(pool, laptop, [("enterprise", one) for one in firms])
    for part in range(0, FIRMS, 10):
        with laptop.write("走访", who="乙") as session:
            some = firms[part : part + 10]
            journal.update(session, Enterprise, {one: {"street": "梅墟"} for one in some})
            people = [{"enterprise_id": one, "name": "王芳"} for one in some]
            journal.insert(session, Contact, people)
    with laptop.read() as session:
        text = bundle_text.dumps(bundle_of(session, since={}))
    laptop.close()
    bundle = tmp_path / "home.jsonl"
    bundle.write_bytes(text)
    original = tmp_path / "original"
    shutil.copy(pool.path, original)
    return pool, original, bundle


def run(pool: Pool, bundle: Path, patience: float | None) -> tuple[bool, float]:
    """Merge in another process, killed after so many seconds; was it told to be done, and when."""
    hear, tell = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=merge_there, args=(str(pool.path), str(bundle), tell))
    process.start()
    tell.close()
    assert hear.recv() == "merging"
    start = time.perf_counter()
    if patience is None:
        assert hear.recv() == "merged"
        took = time.perf_counter() - start
        process.join()
        return True, took
    time.sleep(patience)
    process.kill()
    process.join()
    took = time.perf_counter() - start
    try:
        return hear.recv() == "merged", took
    except EOFError:
        return False, took
    finally:
        hear.close()


def renew(pool: Pool, original: Path) -> None:
    pool.path.with_name(f"{pool.path.name}-journal").unlink(missing_ok=True)
    shutil.copy(original, pool.path)


def kill_while_merging(office: tuple[Pool, Path, Path], moments: int) -> None:
    pool, original, bundle = office
    before = state_of(pool)
    _, whole = run(pool, bundle, None)
    after = state_of(pool)
    assert before != after
    dice = random.Random(11)
    ended = {"nothing": 0, "all": 0}
    for _ in range(moments):
        renew(pool, original)
        acknowledged, _ = run(pool, bundle, dice.uniform(0, whole * 1.3))
        state = state_of(pool)
        assert state in (before, after)
        assert state == after or not acknowledged
        ended["all" if state == after else "nothing"] += 1
    if state == before:
        run(pool, bundle, None)
    assert state_of(pool) == after
    print(f"{moments} kills in merges of {whole:.2f} s: {ended}")
    assert moments < 100 or min(ended.values()) > moments // 20


def test_a_kill_at_any_moment_of_a_merge_leaves_all_of_it_or_nothing(
    office: tuple[Pool, Path, Path],
) -> None:
    kill_while_merging(office, 5)


@pytest.mark.slow
def test_five_hundred_kills_leave_all_or_nothing(office: tuple[Pool, Path, Path]) -> None:
    kill_while_merging(office, 500)
