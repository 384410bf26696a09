"""Undo, redo, restore, the past, and check."""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import as_of, history, records
from brandpool.services.check import check, content_hash


def undo(pool: Pool, txn: str) -> history.UndoReport:
    with pool.write("撤销", who="甲", source="undo", undoes=txn) as session:
        return history.undo(session, txn)


def last_txn(pool: Pool) -> str:
    with pool.read() as session:
        return history.steps(session, 1)[0].txn


def hash_of(pool: Pool) -> str:
    with pool.read() as session:
        return content_hash(session)


def test_an_undone_edit_puts_the_old_value_back(pool: Pool, enterprise: str) -> None:
    with pool.write("改街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    report = undo(pool, last_txn(pool))
    assert (report.put_back, report.left) == (1, ())
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["street"] is None


def test_undo_leaves_a_value_that_was_changed_again_and_says_so(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("改两项", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟", "industry": "C34"})
    first = last_txn(pool)
    with pool.write("再改街道", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "新明"})
    report = undo(pool, first)
    assert report.put_back == 1
    assert report.left == ("企业“宁波朝阳机械有限公司”：所属街道之后又改为“新明”，保留",)
    with pool.read() as session:
        row = records.get(session, Enterprise, enterprise)
        assert (row["street"], row["industry"]) == ("新明", None)


def test_undo_of_an_undo_is_a_redo(pool: Pool, enterprise: str) -> None:
    with pool.write("改街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    undo(pool, last_txn(pool))
    undo(pool, last_txn(pool))
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["street"] == "梅墟"
        assert check(session) == []


def test_ctrl_z_and_ctrl_y_walk_through_the_steps_also_after_a_restart(
    pool: Pool, enterprise: str
) -> None:
    for street in ("梅墟", "新明"):
        with pool.write(street, who="甲") as session:
            records.edit(session, Enterprise, enterprise, {"street": street})
    pool.close()
    again = Pool.open(pool.path)
    seen = []
    for find in (history.next_undo, history.next_undo, history.next_redo, history.next_redo):
        with again.read() as session:
            step = find(session)
        assert step is not None
        undo(again, step.txn)
        with again.read() as session:
            seen.append(records.get(session, Enterprise, enterprise)["street"])
    assert seen == ["梅墟", None, "梅墟", "新明"]
    with again.read() as session:
        assert history.next_redo(session) is None


def test_an_entry_can_be_undone_again_after_a_redo(pool: Pool) -> None:
    with pool.write("录入", who="甲") as session:
        made = records.add(
            session, Enterprise, {"name": "宁波再来有限公司", "capital": Decimal(5000000)}
        )
    entry = last_txn(pool)
    undo(pool, entry)
    undo(pool, last_txn(pool))
    report = undo(pool, entry)
    assert (report.put_back, report.left) == (1, ())
    with pool.read() as session:
        assert records.rows(session, Enterprise, [made]) == []


def test_something_new_clears_what_could_be_redone(pool: Pool, enterprise: str) -> None:
    with pool.write("改街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    undo(pool, last_txn(pool))
    with pool.write("改行业", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"industry": "C34"})
    with pool.read() as session:
        assert history.next_redo(session) is None


def test_a_deleted_record_comes_back_with_its_id_and_children(pool: Pool, enterprise: str) -> None:
    with pool.write("联系人", who="甲") as session:
        contact = records.add(session, Contact, {"enterprise_id": enterprise, "name": "王芳"})
    before = hash_of(pool)
    with pool.write("删除", who="甲") as session:
        records.remove(session, Contact, [contact])
        records.remove(session, Enterprise, [enterprise])
    undo(pool, last_txn(pool))
    assert hash_of(pool) == before


def test_a_step_whose_record_is_still_referred_to_is_not_undone_at_all(pool: Pool) -> None:
    with pool.write("两家", who="甲") as session:
        first, _second = journal.insert(session, Enterprise, [{"name": "一"}, {"name": "二"}])
    step = last_txn(pool)
    with pool.write("联系人", who="甲") as session:
        records.add(session, Contact, {"enterprise_id": first, "name": "王芳"})
    with pytest.raises(UserError, match="联系人 1 条"):
        undo(pool, step)
    with pool.read() as session:
        assert records.count(session, Enterprise) == 2


def test_the_history_of_a_field_names_who_when_why_and_can_be_restored(
    pool: Pool, enterprise: str
) -> None:
    for street in ("梅墟", "新明"):
        with pool.write(f"改为{street}", who="甲") as session:
            records.edit(session, Enterprise, enterprise, {"street": street})
    with pool.read() as session:
        rows = history.of_field(session, "enterprise", enterprise, "street")
    assert [(row.who, row.why, row.old, row.new) for row in rows] == [
        ("甲", "改为新明", "梅墟", "新明"),
        ("甲", "改为梅墟", None, "梅墟"),
    ]
    with pool.write("恢复", who="甲") as session:
        history.restore(session, "enterprise", enterprise, "street", rows[0].old)
    with pool.read() as session:
        assert records.get(session, Enterprise, enterprise)["street"] == "梅墟"


def test_the_recycle_bin_lists_what_was_deleted_and_brings_it_back(
    pool: Pool, enterprise: str
) -> None:
    with pool.write("清理", who="甲") as session:
        records.remove(session, Enterprise, [enterprise])
    with pool.read() as session:
        assert [(r.field, r.why) for r in history.deleted(session, "enterprise")] == [
            (enterprise, "清理")
        ]
    with pool.write("恢复", who="甲") as session:
        history.restore_record(session, "enterprise", enterprise)
    with pool.read() as session:
        assert history.deleted(session, "enterprise") == []
        assert records.get(session, Enterprise, enterprise)["name"] == "宁波朝阳机械有限公司"


def test_a_change_behind_the_programs_back_is_found(pool: Pool, enterprise: str) -> None:
    pool.close()
    with sqlite3.connect(pool.path) as raw:
        raw.execute("UPDATE enterprise SET street = '聚贤'")
    with Pool.open(pool.path).read() as session:
        [found] = check(session)
    assert (found.record, found.field, found.live, found.journal) == (
        enterprise,
        "street",
        "聚贤",
        "",
    )


def test_a_changed_old_step_breaks_the_chain(pool: Pool, enterprise: str) -> None:
    pool.close()
    with sqlite3.connect(pool.path) as raw:
        raw.execute("""UPDATE change SET patch = replace(patch, '朝阳', '夕阳')""")
    with Pool.open(pool.path).read() as session:
        assert "hash" in {found.field for found in check(session)}


def test_the_pool_as_known_on_a_past_day_does_not_hold_what_came_later(
    pool: Pool, enterprise: str
) -> None:
    with pool.read() as session:
        yesterday = as_of.lsn_on(session, date.today() - timedelta(days=1))
        before = as_of.latest(session)
    with pool.write("改街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
        journal.insert(session, Enterprise, [{"name": "后来的"}])
    with pool.read() as session:
        assert yesterday == 0
        assert as_of.rows(session, Enterprise, yesterday) == {}
        known = as_of.rows(session, Enterprise, before)
        assert list(known) == [enterprise]
        assert known[enterprise]["street"] is None
        now = as_of.rows(session, Enterprise, as_of.latest(session))
        assert len(now) == 2


Do = Callable[[Pool], None]


@st.composite
def sequences(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    one = st.tuples(
        st.sampled_from(["add", "edit", "edit", "stale", "delete", "undo", "contact"]),
        st.integers(0, 5),
        st.sampled_from("甲乙丙丁"),
    )
    return draw(st.lists(one, min_size=1, max_size=5))


def perform(pool: Pool, what: str, which: int, word: str, seen: dict[str, str]) -> None:
    with pool.read() as session:
        ids = records.find(session, Enterprise)
        steps = history.steps(session)
    record = ids[which % len(ids)] if ids else None
    try:
        if what == "undo" and steps:
            undo(pool, steps[which % len(steps)].txn)
        elif what == "add" or record is None:
            with pool.write("新增", who="甲") as session:
                [new] = journal.insert(session, Enterprise, [{"name": word, "street": word}])
            with pool.read() as session:
                seen[new] = records.get(session, Enterprise, new).ver
        else:
            with pool.write(what, who="甲") as session:
                if what == "delete":
                    records.remove(session, Enterprise, [record])
                elif what == "contact":
                    records.add(session, Contact, {"enterprise_id": record, "name": word})
                else:
                    version = seen.get(record) if what == "stale" else None
                    records.edit(session, Enterprise, record, {"street": word}, version)
    except UserError:
        pass


@given(sequences(), sequences())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_live_rows_are_the_fold_and_undo_after_do_is_nothing(
    empty_pool: Path,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int, str]],
    steps: list[tuple[str, int, str]],
) -> None:
    path = tmp_path_factory.mktemp("any") / "pool.brandpool"
    path.write_bytes(empty_pool.read_bytes())
    pool = Pool.open(path)
    seen: dict[str, str] = {}
    for what, which, word in before:
        perform(pool, what, which, word, seen)
    for what, which, word in steps:
        with pool.read() as session:
            known, last, flags = (
                content_hash(session),
                as_of.latest(session),
                history.flags(session),
            )
        perform(pool, what, which, word, seen)
        with pool.read() as session:
            assert check(session) == []
            now = as_of.rows(session, Enterprise, as_of.latest(session))
            assert now == {
                row.id: dict(row.values)
                for row in records.rows(session, Enterprise, records.find(session, Enterprise))
            }
            done = as_of.latest(session) > last
        if done and not flags:
            after = hash_of(pool)
            undo(pool, last_txn(pool))
            with pool.read() as session:
                settled = not history.flags(session)
            if settled:
                assert hash_of(pool) == known
            undo(pool, last_txn(pool))
            if settled:
                assert hash_of(pool) == after
    pool.close()
