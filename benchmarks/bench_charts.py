"""The numbers of charts on 100,000 enterprises × 10 years of moves against pandas and DuckDB.

Each side starts from the same pool file and ends with the same numbers, loading included: who
moved from which tier to which between two days (flow, matrix), and how many stood on each tier at
the end of 120 months. The results are compared first. Ours should need at most a quarter of the
time of either; the best of five rounds counts, for whatever else runs on the machine only adds to
a time. Then every chart is drawn from its numbers, as the page does it (1218 × 500
pixels): at most 300 ms.

DuckDB is no part of the program; to have it beside it:

    pip install --target /tmp/duck duckdb
    PYTHONPATH=/tmp/duck python benchmarks/bench_charts.py [enterprises]

It reads the pool through its SQLite extension, which it fetches from the network; where it cannot,
Python's sqlite3 hands it the rows, and the benchmark says so.
"""

import importlib
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pandas as pd

from brandpool.db.pool import Pool
from brandpool.reports import movement, stock
from brandpool.reports.ask import Ask, period_ends
from brandpool.reports.charts import charts
from brandpool.services import schemes
from brandpool.ui.widgets.chart_view import rendered

ENTERPRISES = 100_000
MOVES_EACH = 5
FIRST, LAST = date(2016, 11, 30), date(2026, 11, 22)
LADDER = "cultivation_ladder"
MOST_RATIO, MOST_DRAWING, ROUNDS = 0.25, 0.3, 5
SIZE = (12.18, 5.0)
SELECT = (
    "SELECT enterprise_id, coalesce(tier, '') AS tier, effective, id FROM tier_move"
    f" WHERE ladder = '{LADDER}' ORDER BY enterprise_id, effective, id"
)
Flows = dict[tuple[str, str], int]
Months = list[dict[str, int]]
Sides = dict[str, tuple[Callable[[], Flows], Callable[[], Months]]]
"""By who counts: the flows and the months, each from the file on."""


def main() -> int:
    """Make the pool, compare, measure; 1 when a target is missed."""
    enterprises = int(sys.argv[1]) if len(sys.argv) > 1 else ENTERPRISES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.brandpool"
        tiers = _fill(path, enterprises)
        pool = Pool.open(path)
        print(f"{enterprises:,} enterprises, {enterprises * MOVES_EACH:,} moves,", end=" ")
        print(f"file {path.stat().st_size / 1e6:,.0f} MB")
        found = _measure(pool, path, tiers)
        worst = max(found.values())
        drawn = _draw_all(pool)
        pool.close()
    good = worst <= MOST_RATIO and drawn <= MOST_DRAWING
    print(f"worst ratio {worst:.2f} (target {MOST_RATIO}), slowest drawing {drawn * 1000:.0f} ms")
    return 0 if good else 1


def _measure(pool: Pool, path: Path, tiers: list[str]) -> dict[str, float]:
    sides: Sides = {"pandas": (lambda: _flows(_moves(path)), lambda: _months(_moves(path)))}
    if importlib.util.find_spec("duckdb"):
        way = _duck_way(path)
        print(f"DuckDB reads the pool through {way}")
        sides["DuckDB"] = (
            lambda: _duckdb(path, way, _duck_flows),
            lambda: _duckdb(path, way, _duck_months),
        )
    ours = (lambda: _our_flows(pool), lambda: _our_months(pool))
    ratios = {}
    for place, number in enumerate(("flows", f"months of {len(tiers)} tiers")):
        wanted = ours[place]()
        for name, side in sides.items():
            assert side[place]() == wanted, (name, number)
        rounds = [
            (_timed(ours[place]), *(_timed(side[place]) for side in sides.values()))
            for _ in range(ROUNDS)
        ]
        mine, *others = (min(times) for times in zip(*rounds, strict=True))
        print(f"{number}: ours {mine * 1000:.0f} ms", end="")
        for name, seconds in zip(sides, others, strict=True):
            ratios[f"{name} {number}"] = mine / seconds
            print(f"; {name} {seconds * 1000:.0f} ms, ratio {mine / seconds:.2f}", end="")
        print()
    return ratios


def _fill(path: Path, enterprises: int) -> list[str]:
    """Enterprises with moves over ten years, written straight into the tables."""
    pool = Pool.create(path)
    with pool.write("bench", who="bench") as session:
        schemes.install_shipped(session)
    with pool.read() as session:
        ladder = schemes.for_ladder(session, LADDER, LAST).ladder(LADDER)
        assert ladder is not None
        tiers = [tier.code for tier in ladder.tiers]
    pool.close()
    dice = random.Random(1)
    ids = [f"{dice.getrandbits(128):032x}" for _ in range(enterprises)]
    days = (LAST - FIRST).days
    rows = [
        (f"{number:032x}", dice.choice(ids), LADDER, dice.choice([*tiers, None]),
         (FIRST + timedelta(dice.randrange(days))).isoformat(), "评定")
        for number in range(enterprises * MOVES_EACH)
    ]  # fmt: skip
    connection = sqlite3.connect(path)
    firms = [(one, f"企业{number}") for number, one in enumerate(ids)]
    connection.executemany("INSERT INTO enterprise (id, ver, name) VALUES (?, '', ?)", firms)
    connection.executemany(
        "INSERT INTO tier_move (id, ver, enterprise_id, ladder, tier, effective, reason)"
        " VALUES (?, '', ?, ?, ?, ?, ?)",
        rows,
    )
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    return tiers


def _our_flows(pool: Pool) -> Flows:
    with pool.read() as session:
        return movement.flows(movement.numbers(session, LADDER, FIRST, LAST))


def _our_months(pool: Pool) -> Months:
    with pool.read() as session:
        months = stock.numbers(session, LADDER, FIRST, LAST, "month")
    return [_told(dict(row)) for _day, row in months.iterrows()]


def _told(row: dict[Any, Any]) -> dict[str, int]:
    return {str(tier): int(number) for tier, number in row.items() if number}


def _moves(path: Path) -> pd.DataFrame:
    connection = sqlite3.connect(path)
    found = pd.read_sql_query(SELECT, connection, parse_dates=["effective"])
    connection.close()
    return found


def _flows(moves: pd.DataFrame) -> Flows:
    ends = [
        moves[moves["effective"] <= pd.Timestamp(day)].groupby("enterprise_id")["tier"].last()
        for day in (FIRST, LAST)
    ]
    both = pd.concat(ends, axis=1, keys=["source", "target"]).fillna("")
    counted = both.value_counts()
    return {(str(a), str(b)): int(n) for (a, b), n in counted.items() if a or b}  # type: ignore[misc]


def _months(moves: pd.DataFrame) -> Months:
    days = [pd.Timestamp(day) for day in period_ends(FIRST, LAST, "month")]
    before = moves.groupby("enterprise_id")["tier"].shift().fillna("")
    period = pd.Series(days).searchsorted(moves["effective"])
    gained = pd.crosstab(period, moves["tier"])
    lost = pd.crosstab(period, before)
    change = gained.sub(lost, fill_value=0).reindex(range(len(days)), fill_value=0)
    stood = change.drop(columns="", errors="ignore").cumsum()
    return [_told(dict(row)) for _place, row in stood.iterrows()]


def _duck_way(path: Path) -> str:
    duckdb: Any = importlib.import_module("duckdb")
    try:
        with duckdb.connect() as one:
            one.execute("INSTALL sqlite; LOAD sqlite")
            one.execute(f"ATTACH '{path}' AS pool (TYPE sqlite, READ_ONLY)")
    except duckdb.Error:
        return "sqlite3"
    return "extension"


def _duckdb(path: Path, way: str, count: Callable[[Any], Any]) -> Any:
    duckdb: Any = importlib.import_module("duckdb")
    with duckdb.connect() as one:
        if way == "extension":
            one.execute(f"LOAD sqlite; ATTACH '{path}' AS pool (TYPE sqlite, READ_ONLY)")
            one.execute(
                "CREATE TABLE moves AS SELECT enterprise_id, coalesce(tier, '') AS tier,"
                " CAST(effective AS DATE) AS effective, id FROM pool.tier_move"
                f" WHERE ladder = '{LADDER}'"
            )
        else:
            connection = sqlite3.connect(path)
            read = connection.execute(SELECT).fetchall()
            connection.close()
            names = ["enterprise_id", "tier", "effective", "id"]
            handed = pd.DataFrame(read, columns=names)
            one.register("handed", handed)
            one.execute(
                "CREATE TABLE moves AS SELECT enterprise_id, tier,"
                " CAST(effective AS DATE) AS effective, id FROM handed"
            )
        return count(one)


def _duck_flows(one: Any) -> Flows:
    at = (
        "SELECT enterprise_id, arg_max(tier, (effective, id)) AS tier FROM moves"
        " WHERE effective <= DATE '{day}' GROUP BY enterprise_id"
    )
    rows = one.execute(
        f"SELECT coalesce(a.tier, '') AS x, coalesce(b.tier, '') AS y, count(*)"
        f" FROM ({at.format(day=FIRST)}) a FULL JOIN ({at.format(day=LAST)}) b"
        f" USING (enterprise_id) GROUP BY x, y"
    ).fetchall()
    return {(source, target): number for source, target, number in rows if source or target}


def _duck_months(one: Any) -> Months:
    days = list(period_ends(FIRST, LAST, "month"))
    listed = ", ".join(f"DATE '{day}'" for day in days)
    rows = one.execute(
        "WITH days AS (SELECT unnest([" + listed + "]) AS day),"
        " steps AS (SELECT effective, tier, lag(tier, 1, '') OVER"
        " (PARTITION BY enterprise_id ORDER BY effective, id) AS before FROM moves),"
        " changes AS (SELECT effective, tier, 1 AS n FROM steps UNION ALL"
        " SELECT effective, before, -1 FROM steps),"
        " sums AS (SELECT d.day, c.tier, sum(c.n) AS n FROM changes c"
        " ASOF JOIN days d ON c.effective <= d.day GROUP BY 1, 2)"
        " SELECT day, tier, n FROM sums WHERE tier <> ''"
    ).fetchall()
    change = {(day, tier): int(number) for day, tier, number in rows}
    standing: dict[str, int] = {}
    found = []
    for day in days:
        for tier in {tier for _day, tier in change}:
            standing[tier] = standing.get(tier, 0) + change.get((day, tier), 0)
        found.append(_told(standing))
    return found


def _draw_all(pool: Pool) -> float:
    """Draw every chart that has numbers here; the slowest time."""
    slowest = 0.0
    ask = Ask(LADDER, FIRST, LAST, "month")
    for one in charts():
        if not one.laddered:
            continue
        with pool.read() as session:
            start = time.perf_counter()
            frame = one.numbers(session, ask)
            counted = time.perf_counter() - start
        rendered(one.draw(frame, SIZE, frozenset()), 1.0)
        times = [_timed(lambda: rendered(one.draw(frame, SIZE, frozenset()), 1.0))  # noqa: B023
                 for _ in range(ROUNDS)]  # fmt: skip
        drawing = min(times)
        print(f"{one.key}: numbers {counted * 1000:.0f} ms, drawing {drawing * 1000:.0f} ms")
        slowest = max(slowest, drawing)
    return slowest


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
