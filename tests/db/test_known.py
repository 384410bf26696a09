"""The pool as it was known after a step answers like the pool did then."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.known import as_known
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import as_of, check, history, records


def hash_of(pool: Pool) -> str:
    with pool.read() as session:
        return check.content_hash(session)


def last(pool: Pool) -> int:
    with pool.read() as session:
        return as_of.latest(session)


def test_a_copy_as_known_after_a_step_has_the_records_of_that_moment(pool: Pool) -> None:
    with pool.write("一", who="王敏") as session:
        [first] = journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
    then, known_then = last(pool), hash_of(pool)
    with pool.write("二", who="王敏") as session:
        journal.update(session, Enterprise, {first: {"street": "梅墟"}})
        [second] = journal.insert(session, Enterprise, [{"name": "宁波东方食品有限公司"}])
        journal.insert(session, Contact, [{"enterprise_id": second, "name": "周敏"}])
    with pool.write("三", who="王敏") as session:
        journal.delete(session, Enterprise, [first])
    known = as_known(pool, then)
    assert hash_of(known) == known_then
    with known.read() as session:
        assert check.check(session) == []
        assert as_of.latest(session) == then
    known.close()
    assert hash_of(pool) != known_then


def test_a_copy_as_known_now_is_the_pool(pool: Pool, tmp_path: Path) -> None:
    with pool.write("一", who="王敏") as session:
        journal.insert(session, Enterprise, [{"name": "宁波朝阳机械有限公司"}])
    known = as_known(pool, last(pool))
    assert hash_of(known) == hash_of(pool)
    known.close()


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from("iudz"), st.integers(0, 3)), min_size=1, max_size=6))
def test_every_moment_of_a_pool_can_be_had_again(pool: Pool, acts: list[tuple[str, int]]) -> None:
    moments = {last(pool): hash_of(pool)}
    for number, (act, place) in enumerate(acts):
        with pool.read() as session:
            ids = records.find(session, Enterprise)
            undo = history.next_undo(session)
        if act == "z" and undo is not None:
            with pool.write("撤销", who="王敏", undoes=undo.txn) as session:
                history.undo(session, undo.txn)
        elif act != "z":
            with pool.write(f"第{number}步", who="王敏") as session:
                if act == "i" or not ids:
                    journal.insert(session, Enterprise, [{"name": f"企业{number}"}])
                elif act == "u":
                    chosen = ids[place % len(ids)]
                    journal.update(session, Enterprise, {chosen: {"street": f"街{number}"}})
                else:
                    journal.delete(session, Enterprise, [ids[place % len(ids)]])
        moments[last(pool)] = hash_of(pool)
    for lsn, content in moments.items():
        known = as_known(pool, lsn)
        assert hash_of(known) == content
        known.close()
