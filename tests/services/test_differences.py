"""Two days beside each other: what came, left and changed is exactly what leads from one to two."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.models.field import Value
from brandpool.services import as_of, differences, records
from brandpool.services.as_of import Known

STREETS = ("梅墟", "新明", None)


def now(pool: Pool) -> int:
    with pool.read() as session:
        return as_of.latest(session)


def test_came_left_and_changed_with_old_and_new(pool: Pool, enterprise: str) -> None:
    with pool.write("再录一家", who="甲") as session:
        other = records.add(session, Enterprise, {"name": "宁波晨光有限公司"})
    first = now(pool)
    with pool.write("三件事", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
        records.remove(session, Enterprise, [other])
        new = records.add(session, Enterprise, {"name": "宁波新来有限公司"})
    with pool.read() as session:
        found = differences.between(session, Enterprise, first, as_of.latest(session))
    by_record = {one.record: one for one in found}
    assert {record: one.what for record, one in by_record.items()} == {
        enterprise: "changed",
        other: "left",
        new: "came",
    }
    [cell] = by_record[enterprise].cells
    assert (cell.field, cell.old, cell.new) == ("street", None, "梅墟")


def test_what_came_and_went_in_between_is_no_difference(pool: Pool, enterprise: str) -> None:
    first = now(pool)
    with pool.write("录", who="甲") as session:
        other = records.add(session, Enterprise, {"name": "宁波一时有限公司"})
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    with pool.write("删", who="甲") as session:
        records.remove(session, Enterprise, [other])
        records.edit(session, Enterprise, enterprise, {"street": None})
    with pool.read() as session:
        assert differences.between(session, Enterprise, first, as_of.latest(session)) == []


def test_links_are_told_by_the_name_of_that_day(pool: Pool, enterprise: str) -> None:
    first = now(pool)
    with pool.write("改名", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"name": "宁波改名有限公司"})
    wanted = {"enterprise_id": {enterprise}}
    with pool.read() as session:
        then = differences.linked_titles(session, Contact, wanted, first)
        today = differences.linked_titles(session, Contact, wanted, as_of.latest(session))
    assert then == {enterprise: "宁波朝阳机械有限公司"}
    assert today == {enterprise: "宁波改名有限公司"}


def applied(known: Known, found: list[differences.Difference]) -> Known:
    """The state that the differences make of an earlier one."""
    result = {record: dict(row) for record, row in known.items()}
    for one in found:
        if one.what == "left":
            del result[one.record]
        else:
            row: dict[str, Value] = result.setdefault(one.record, {})
            row |= {cell.field: cell.new for cell in one.cells}
    return result


STEP = st.tuples(
    st.sampled_from(["add", "edit", "remove"]), st.integers(0, 4), st.sampled_from(STREETS)
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.lists(STEP, max_size=5), after=st.lists(STEP, max_size=5))
def test_the_differences_lead_from_one_state_to_the_other_both_ways(
    pool: Pool, before: list[tuple[str, int, str | None]], after: list[tuple[str, int, str | None]]
) -> None:
    marks = []
    for steps in (before, after):
        for what, place, street in steps:
            with pool.write("步骤", who="甲") as session:
                ids = records.find(session, Enterprise)
                if what == "add" or not ids:
                    row = {
                        "name": f"企业{place}",
                        "street": street,
                        "established": date(2020, 1, 1),
                    }
                    journal.insert(session, Enterprise, [row])
                elif what == "edit":
                    records.edit(session, Enterprise, ids[place % len(ids)], {"street": street})
                else:
                    records.remove(session, Enterprise, [ids[place % len(ids)]])
        marks.append(now(pool))
    first, last = marks
    with pool.read() as session:
        then, today = (as_of.rows(session, Enterprise, lsn) for lsn in marks)
        forth = differences.between(session, Enterprise, first, last)
        back = differences.between(session, Enterprise, last, first)
    full = {
        r: {n: row.get(n) for n in today.get(r, row)} for r, row in applied(then, forth).items()
    }
    assert full == today
    undone = {
        r: {n: row.get(n) for n in then.get(r, row)} for r, row in applied(today, back).items()
    }
    assert undone == then
