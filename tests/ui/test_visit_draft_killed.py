"""A program killed in the middle of a visit has lost nothing older than a second."""

import os
import random
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from brandpool.db.drafts import Drafts
from brandpool.db.pool import Pool
from brandpool.services import visit_draft
from tests.ui.visit_writer import LETTERS

ROOT = Path(__file__).resolve().parent.parent.parent
SECOND = 1.0


class Writer:
    """The other process, and what it said it had typed when."""

    def __init__(self, pool: Path, enterprise: str, home: Path) -> None:
        paths = {name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        environment = {**os.environ, **paths, "QT_QPA_PLATFORM": "offscreen",
                       "PYTHONPATH": str(ROOT)}  # fmt: skip
        script = Path(__file__).with_name("visit_writer.py")
        self.said: list[tuple[int, float]] = []
        self._process = subprocess.Popen(
            [sys.executable, str(script), str(pool), enterprise],
            stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            number, moment = line.split()
            self.said.append((int(number), float(moment)))

    def wait_for(self, number: int, timeout: float = 60) -> None:
        end = time.monotonic() + timeout
        while not self.said or self.said[-1][0] < number:
            assert self._process.poll() is None, "the writer has ended by itself"
            assert time.monotonic() < end, "the writer types too slowly"
            time.sleep(0.005)

    def kill(self) -> float:
        """End it as a power cut would; returns the moment."""
        moment = time.time()
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return moment


def killed_while_typing(
    pool: Pool, enterprise: str, home: Path, typed: int, *, busy: bool = False
) -> tuple[int, int]:
    """How many signs had been typed a second before the kill, and how many are in the draft."""
    writer = Writer(pool.path, enterprise, home)
    writer.wait_for(5)
    with pool.write("导入", who="甲") if busy else nullcontext():
        writer.wait_for(typed)
        moment = writer.kill()
    old = max((n for n, at in writer.said if at <= moment - SECOND), default=0)
    drafts = Drafts(pool.path)
    [key] = drafts.keys()
    draft = visit_draft.loads(drafts.read(key))
    text = str(draft.answers.get("guidance", ""))
    assert text == (LETTERS * (len(text) // 10 + 1))[: len(text)]
    drafts.discard(key)
    return old, len(text)


def test_nothing_older_than_a_second_is_lost_when_the_program_is_killed(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    old, kept = killed_while_typing(pool, enterprise, tmp_path, 150)
    assert 0 < old <= kept


@pytest.mark.slow
def test_nor_at_any_other_moment(pool: Pool, enterprise: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _round in range(10):
        old, kept = killed_while_typing(pool, enterprise, tmp_path, chance.randrange(60, 400))
        assert old <= kept


@pytest.mark.slow
def test_an_import_that_holds_the_pool_does_not_keep_the_draft_from_being_saved(
    pool: Pool, enterprise: str, tmp_path: Path
) -> None:
    old, kept = killed_while_typing(pool, enterprise, tmp_path, 150, busy=True)
    assert 0 < old <= kept
