"""Records that point to others of their kind go and come together with them."""

from datetime import date

from brandpool.db import journal
from brandpool.db.known import as_known
from brandpool.db.pool import Pool
from brandpool.models.mediation import Mediation
from brandpool.services import as_of, check, records


def _mediation(number: int, came_from: str | None = None) -> dict[str, object]:
    return {
        "dispute": f"商标纠纷{number}",
        "accepted_on": date(2026, 3, number),
        "came_from_id": came_from,
    }


def test_a_chain_of_records_of_one_kind_is_not_known_before_it_came(pool: Pool) -> None:
    with pool.read() as session:
        before = as_of.latest(session)
    with pool.write("登记", who="王敏") as session:
        [first] = journal.insert(session, Mediation, [_mediation(1)])
        [second] = journal.insert(session, Mediation, [_mediation(2, first)])
        journal.insert(session, Mediation, [_mediation(3, second)])
    known = as_known(pool, before)
    with known.read() as session:
        assert records.find(session, Mediation) == []
        assert check.check(session) == []
    known.close()


def test_one_that_stays_keeps_what_it_refers_to(pool: Pool) -> None:
    with pool.write("登记", who="王敏") as session:
        [first] = journal.insert(session, Mediation, [_mediation(1)])
        [second] = journal.insert(session, Mediation, [_mediation(2, first)])
    with pool.read() as session:
        then = as_of.latest(session)
    with pool.write("删除", who="王敏") as session:
        journal.update(session, Mediation, {second: {"came_from_id": None}})
        journal.delete(session, Mediation, [first])
    known = as_known(pool, then)
    with known.read() as session:
        assert set(records.find(session, Mediation)) == {first, second}
        assert check.check(session) == []
    known.close()
