"""The sample's fieldwork: three years of it, the same every time, nothing left open for ever."""

from datetime import date, timedelta
from pathlib import Path

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.exchange import sample_firms, sample_visits
from brandpool.models.enterprise import Enterprise
from brandpool.models.letter import Letter
from brandpool.models.training import Training
from brandpool.models.visit import Visit, VisitPromise
from brandpool.services import records

TODAY = date(2026, 11, 22)


def made(path: Path) -> Pool:
    pool = Pool.create(path)
    firms = sample_firms.firms(120, 1, TODAY)
    with pool.write("示例", who="示例") as session:
        ids = journal.insert(session, Enterprise, [firm.row for firm in firms])
        sample_visits.fill(session, firms, ids, TODAY)
        sample_visits.letters_of(session, ids, TODAY)
    return pool


def test_visits_reach_back_three_years_on_working_days_and_old_promises_are_kept(
    tmp_path: Path,
) -> None:
    pool, again = made(tmp_path / "a.brandpool"), made(tmp_path / "b.brandpool")
    found = []
    for one in (pool, again):
        with one.read() as session:
            rows = records.rows(session, Visit, records.find(session, Visit))
            found.append(sorted((str(r["visit_no"]), str(r["met"])) for r in rows))
    assert found[0] == found[1]
    with pool.read() as session:
        days = [row["visited_on"] for row in rows]
        promises = records.rows(session, VisitPromise, records.find(session, VisitPromise))
        assert min(days) < date(2024, 6, 1)
        assert max(days) <= TODAY
        assert any(row["closed_on"] is None for row in promises)
        for row in promises:
            assert row["closed_on"] is not None or row["due"] >= TODAY - timedelta(40)
        assert records.count(session, Training) == 18
        assert records.count(session, Letter) > 0
    pool.close()
    again.close()
