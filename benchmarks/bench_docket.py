"""Opening the desk on 1,000,000 marks against a plain SQL scan of the same dates, in one run.

Floor: raw sqlite3 counts the marks' terms and publications by how near they are and fetches the
first of them, without rules, decisions, names or an index. Ours: `docket.counts` and `docket.find`
as the desk calls them, on the cache that follows the journal. Also told: making the cache.

    python benchmarks/bench_docket.py [marks]
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from brandpool.db.pool import Pool
from brandpool.rules.reference import shipped
from brandpool.services import docket, docket_cache
from brandpool.services.docket import Asked

MARKS = 1_000_000
ENTERPRISES = 30_000
ROUNDS = 5
MOST_RATIO = 2.0
TODAY = date(2026, 11, 22)
SHOWN = 300
SCAN = """
    SELECT CASE WHEN valid_until < :today THEN 'overdue' WHEN valid_until <= :week THEN '7'
        WHEN valid_until <= :month THEN '30' WHEN valid_until <= :quarter THEN '90'
        ELSE 'later' END, CASE WHEN reg_published < :risk THEN 1 ELSE 0 END, count(*)
    FROM trademark NOT INDEXED GROUP BY 1, 2
"""
FIRST = (
    "SELECT * FROM trademark NOT INDEXED WHERE valid_until >= :today ORDER BY valid_until LIMIT 300"
)


def main() -> int:
    """Make the marks, run both, print the ratio; 1 when the target is missed."""
    marks = int(sys.argv[1]) if len(sys.argv) > 1 else MARKS
    with tempfile.TemporaryDirectory() as folder:
        pool = Pool.create(Path(folder) / "bench.brandpool")
        _fill(pool.path, marks)
        start = time.perf_counter()
        with pool.maintain() as session:
            docket_cache.catch_up(session, TODAY, shipped())
        made = time.perf_counter() - start
        rounds = [(_timed(_scan, pool), _timed(_desk, pool)) for _ in range(ROUNDS)]
        size = pool.path.stat().st_size / 1e6
        pool.close()
    floor = statistics.median(one for one, _ in rounds)
    ours = statistics.median(other for _, other in rounds)
    print(f"{marks:,} marks, file {size:,.0f} MB, all dates made anew in {made:.1f} s")
    print(f"scan   {floor * 1000:8.1f} ms")
    print(f"desk   {ours * 1000:8.1f} ms")
    print(f"ratio  {ours / floor:8.2f}   (at most {MOST_RATIO:g})")
    return int(ours / floor > MOST_RATIO)


def _timed(job: Callable[[Pool], object], pool: Pool) -> float:
    start = time.perf_counter()
    job(pool)
    return time.perf_counter() - start


def _scan(pool: Pool) -> object:
    days = {
        "today": TODAY,
        "week": TODAY + timedelta(days=7),
        "month": TODAY + timedelta(days=30),
        "quarter": TODAY + timedelta(days=90),
        "risk": TODAY.replace(year=TODAY.year - 3),
    }
    given = {name: day.isoformat() for name, day in days.items()}
    raw = sqlite3.connect(pool.path)
    raw.execute("PRAGMA cache_size=-65536")
    found = raw.execute(SCAN, given).fetchall(), raw.execute(FIRST, {"today": given["today"]})
    rows = found[1].fetchall()
    raw.close()
    return found[0], rows


def _desk(pool: Pool) -> object:
    with pool.read() as session:
        assert not docket_cache.behind(session, TODAY, shipped())
        asked = Asked(TODAY)
        numbers = docket.counts(session, asked, shipped())
        return numbers, docket.find(session, asked, shipped(), limit=SHOWN)


def _fill(path: Path, marks: int) -> None:
    """A million marks of twelve years, written past the journal: only their number matters here."""
    rng = random.Random(1)
    firms = [uuid.UUID(int=rng.getrandbits(128)).hex for _ in range(ENTERPRISES)]
    raw = sqlite3.connect(path)
    raw.executemany(
        "INSERT INTO enterprise (id, ver, name) VALUES (?, '', ?)",
        [(firm, f"宁波示例{n}号有限公司") for n, firm in enumerate(firms)],
    )
    raw.executemany(
        "INSERT INTO trademark (id, ver, enterprise_id, reg_no, nice_class, name, owner, goods,"
        " filed, prelim_published, reg_published, registered_on, valid_from, valid_until)"
        " VALUES (?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_mark(rng, number, rng.choice(firms)) for number in range(marks)),
    )
    raw.commit()
    raw.close()


def _mark(rng: random.Random, number: int, firm: str) -> tuple[object, ...]:
    registered = TODAY - timedelta(days=rng.randrange(4200))
    filed, published = registered - timedelta(days=400), registered - timedelta(days=91)
    ends = registered.replace(year=registered.year + 10, day=min(registered.day, 28))
    days = (filed, published, registered, registered, registered, ends - timedelta(days=1))
    words = (
        str(99_000_000 + number),
        1 + number % 45,
        f"示例{number}",
        "示例有限公司",
        "示例商品" * 8,
    )
    return (uuid.UUID(int=rng.getrandbits(128)).hex, firm, *words, *map(str, days))


if __name__ == "__main__":
    sys.exit(main())
