"""The pool after a kill in the middle of writing, and on a full disk: all of a step or none."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.services import records
from brandpool.services.check import check

ROOT = Path(__file__).resolve().parents[2]

WRITER = textwrap.dedent("""
    import resource, signal, sys
    from pathlib import Path
    from brandpool.db import journal
    from brandpool.db.pool import Pool
    from brandpool.errors import UserError
    from brandpool.models.enterprise import Enterprise

    path, rows, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    pool = Pool.open(path)
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    print("writing", flush=True)
    batch = 0
    while True:
        try:
            with pool.write(f"batch {batch}", who="test") as session:
                names = [{"name": f"enterprise {batch}-{n}"} for n in range(rows)]
                journal.insert(session, Enterprise, names)
        except UserError as said:
            print("refused", said, flush=True)
            break
        print("wrote", batch, flush=True)
        batch += 1
        if limit and batch > 1000:
            break
""")


def start(path: Path, rows: int, limit: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(rows), str(limit)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_whole(path: Path, rows: int, acknowledged: int) -> None:
    pool = Pool.open(path)
    with pool.read() as session:
        assert check(session) == []
        there = records.count(session, Enterprise)
    pool.close()
    assert there % rows == 0
    assert there >= acknowledged * rows


def kill_while_writing(path: Path, moments: int) -> None:
    dice = random.Random(7)
    acknowledged = 0
    for _ in range(moments):
        writer = start(path, rows=400)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        time.sleep(dice.uniform(0, 0.25))
        writer.send_signal(signal.SIGKILL)
        told, _errors = writer.communicate()
        acknowledged += told.count("wrote")
        assert_whole(path, 400, acknowledged)


def test_a_kill_at_any_moment_leaves_whole_steps_and_none_that_was_acknowledged_is_lost(
    pool: Pool,
) -> None:
    kill_while_writing(pool.path, 6)


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(pool: Pool) -> None:
    kill_while_writing(pool.path, 100)


def test_a_full_disk_refuses_the_step_with_a_sentence_and_keeps_the_pool(pool: Pool) -> None:
    limit = pool.path.stat().st_size + 300_000
    writer = start(pool.path, rows=400, limit=limit)
    told, errors = writer.communicate(timeout=60)
    assert "refused" in told, errors
    assert "没有保存" in told
    assert_whole(pool.path, 400, told.count("wrote"))


def test_the_refusals_of_a_pool_are_told_in_the_language_of_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def english(text: str) -> str:
        asked.append(text)
        return "No pool at {path}." if "{path}" in text else text

    monkeypatch.setattr("brandpool.db.pool._", english)
    with pytest.raises(UserError, match=r"No pool at .*missing"):
        Pool.open(tmp_path / "missing.brandpool")
    assert asked == ["找不到品牌库文件 {path}。请核对位置，或新建一个品牌库。"]
