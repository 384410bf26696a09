"""Merging 500 changes into a pool of 30,000 marks against writing as many rows, in one run.

Floor: raw sqlite3, one transaction: read the rows of the touched records, and write 500 updates,
their journal rows and a header, by executemany, with the same pragmas. Ours: `merge` as `pack
merge` calls it, with everything checked first. Also told: the preview, merging again, and how much
of the merge is folding.

    python benchmarks/bench_merge.py [marks]
"""

import cProfile
import pstats
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from brandpool.db import bundle_text, journal
from brandpool.db.bundle import bundle_of
from brandpool.db.merge import SOURCE, merge, preview
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.trademark import Trademark

MARKS = 30_000
FIRMS = 3_000
CHANGES = 500
STEPS = 50
ROUNDS = 5
MOST_SECONDS = 2.0


def main() -> int:
    """Make the pools, merge, print the figures; 1 when the target is missed."""
    marks = int(sys.argv[1]) if len(sys.argv) > 1 else MARKS
    with tempfile.TemporaryDirectory() as folder:
        office, home = _stations(Path(folder), marks)
        content = bundle_text.dumps(home)
        original = Path(folder) / "original"
        copyfile(office, original)
        ours, floor, looks, again, folding = [], [], [], [], []
        for _ in range(ROUNDS):
            copyfile(original, office)
            floor.append(_timed(lambda: _raw(office)))
            copyfile(original, office)
            pool = Pool.open(office)
            with pool.read() as session:
                looks.append(_timed(lambda s=session: preview(s, bundle_text.loads(content))))  # type: ignore[misc]
            ours.append(_timed(lambda p=pool: _merge(p, content)))  # type: ignore[misc]
            again.append(_timed(lambda p=pool: _merge(p, content)))  # type: ignore[misc]
            pool.close()
            copyfile(original, office)
            folding.append(_share_of_folding(Pool.open(office), content))
        size = original.stat().st_size / 1e6
    took, least = statistics.median(ours), statistics.median(floor)
    print(
        f"{marks:,} marks, {size:,.0f} MB; {CHANGES} changes in {STEPS} steps, {len(content):,} B"
    )
    print(f"raw rows     {least * 1000:8.1f} ms")
    print(f"merge        {took * 1000:8.1f} ms   (at most {MOST_SECONDS:g} s)")
    print(f"ratio        {took / least:8.2f}")
    print(f"of it fold   {statistics.median(folding):8.1%}")
    print(f"preview      {statistics.median(looks) * 1000:8.1f} ms")
    print(f"again        {statistics.median(again) * 1000:8.1f} ms")
    return int(took > MOST_SECONDS)


def _stations(folder: Path, marks: int) -> tuple[Path, object]:
    """An office with so many marks, and what a laptop and colleagues changed meanwhile."""
    rng = random.Random(1)
    path = folder / "office.brandpool"
    pool = Pool.create(path)
    with pool.write("导入企业", who="甲") as session:
        firms = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(FIRMS)])
    with pool.write("导入商标", who="甲") as session:
        ids = journal.insert(session, Trademark, [_mark(rng, n, firms) for n in range(marks)])
    pool.close()
    laptop_path = folder / "laptop.brandpool"
    copyfile(path, laptop_path)
    chosen = rng.sample(ids, CHANGES)
    pool, laptop = Pool.open(path), Pool.open(laptop_path)
    with pool.write("同时", who="甲") as session:
        journal.update(session, Trademark, {one: {"owner": "办公室"} for one in chosen[:50]})
    for step in range(STEPS):
        some = chosen[step * CHANGES // STEPS : (step + 1) * CHANGES // STEPS]
        with laptop.write("走访", who="乙") as session:
            values = {"owner": f"外勤{step}", "goods": "示例商品"}
            journal.update(session, Trademark, dict.fromkeys(some, values))
    with laptop.read() as session:
        home = bundle_of(session, since={}, sites=[laptop.fact("site") or ""])
    pool.close()
    laptop.close()
    return path, home


def _mark(rng: random.Random, number: int, firms: list[str]) -> dict[str, object]:
    return {
        "enterprise_id": rng.choice(firms),
        "reg_no": str(10_000_000 + number),
        "nice_class": 1 + number % 45,
        "name": f"示例{number}",
        "owner": "示例有限公司",
        "goods": "示例商品" * 8,
    }


def _merge(pool: Pool, content: bytes) -> None:
    with pool.write("合并", who="甲", source=SOURCE) as session:
        merge(session, bundle_text.loads(content))


def _share_of_folding(pool: Pool, content: bytes) -> float:
    """The part of a merge's own time that is spent in `fold`."""
    profile = cProfile.Profile()
    profile.runcall(_merge, pool, content)
    pool.close()
    told = pstats.Stats(profile)
    stats = told.stats  # type: ignore[attr-defined]
    folding = sum(
        row[3]
        for (file, _, name), row in stats.items()
        if file.endswith("fold.py") and name == "fold"
    )
    return float(folding / told.total_tt)  # type: ignore[attr-defined]


def _raw(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN IMMEDIATE")
        ids = [row[0] for row in raw.execute("SELECT id FROM trademark LIMIT ?", (CHANGES,))]
        marks = ",".join("?" * len(ids))
        raw.execute(f"SELECT * FROM trademark WHERE id IN ({marks})", ids).fetchall()
        raw.execute(f"SELECT * FROM change WHERE record IN ({marks})", ids).fetchall()
        (last,) = raw.execute("SELECT max(lsn) FROM txn").fetchone()
        for step in range(1, STEPS + 1):
            raw.execute(
                "INSERT INTO txn SELECT ?, ?, site, ?, prev, at, who, why, source, schema, undoes,"
                " arrived FROM txn WHERE lsn = 1",
                (last + step, f"{step:032x}", 900_000 + step),
            )
        raw.executemany(
            "INSERT INTO change VALUES (?, ?, 'trademark', ?, 'U', ?, ?)",
            [
                (last + 1 + n % STEPS, n, one, '{"owner":["示例有限公司","外勤"]}', "0" * 32)
                for n, one in enumerate(ids)
            ],
        )
        raw.executemany(
            "UPDATE trademark SET owner = ?, goods = ?, ver = ? WHERE id = ?",
            [("外勤", "示例商品", "0" * 32, one) for one in ids],
        )
        raw.execute("COMMIT")


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
