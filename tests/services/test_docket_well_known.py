"""The docket shows the running clocks of well-known mark cases and the days of their files."""

from datetime import date

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.well_known import WellKnownCase, WellKnownFile, WellKnownStage
from brandpool.rules.reference import shipped
from brandpool.services import docket, docket_cache, reference_data
from brandpool.services.docket import Asked, Entry

TODAY = date(2026, 11, 22)


def entries(pool: Pool, on: date = TODAY) -> dict[str, Entry]:
    with pool.maintain() as session:
        docket_cache.catch_up(session, on, reference_data.reference(session, on))
    with pool.read() as session:
        ref = reference_data.reference(session, on)
        return {entry.rule: entry for entry in docket.find(session, Asked(on, within=400), ref)}


def add(pool: Pool, model, **values) -> str:
    with pool.write("登记", who="测试员") as session:
        return journal.insert(session, model, [values])[0]


def test_every_clock_of_the_data_has_its_line_in_the_docket() -> None:
    documents = shipped().documents
    lines = documents["docket"]["dates"]
    for clock in documents["well_known"]["clocks"]:
        line = lines[f"well_known.{clock['matter']}"]
        assert line["nature"] in ("deadline", "watch")
        assert line["nature"] == "watch" or line["remedy"]


def test_a_stage_starts_a_clock_and_the_next_stage_takes_it_off(
    pool: Pool, enterprise: str
) -> None:
    case = add(pool, WellKnownCase, enterprise_id=enterprise, mark="朝阳", route="administrative",
               authority="宁波市市场监督管理局", requested_on=date(2026, 10, 9))  # fmt: skip
    assert entries(pool) == {}
    add(pool, WellKnownStage, case_id=case, stage="province_received", received=date(2026, 12, 3))
    [entry] = entries(pool).values()
    assert (entry.rule, entry.due, entry.raw) == (
        "well_known.province_review", date(2026, 12, 31), date(2027, 1, 2)
    )  # fmt: skip
    assert entry.enterprise == enterprise
    assert entries(pool, date(2027, 1, 2))["well_known.province_review"].state != "overdue"
    assert entries(pool, date(2027, 1, 3))["well_known.province_review"].state == "overdue"
    add(pool, WellKnownStage, case_id=case, stage="province_reported", sent=date(2026, 12, 20))
    assert entries(pool) == {}


def test_a_withdrawn_case_has_no_clocks(pool: Pool, enterprise: str) -> None:
    case = add(pool, WellKnownCase, enterprise_id=enterprise, mark="朝阳", route="court")
    add(pool, WellKnownStage, case_id=case, stage="case_filed", sent=date(2026, 9, 1))
    assert set(entries(pool)) == {"well_known.first_instance"}
    with pool.write("撤诉", who="测试员") as session:
        journal.update(
            session, WellKnownCase, {case: {"outcome": "withdrawn", "decided_on": TODAY}}
        )
    assert entries(pool) == {}


def test_the_day_a_case_was_decided_stops_the_office_without_a_stage(
    pool: Pool, enterprise: str
) -> None:
    case = add(pool, WellKnownCase, enterprise_id=enterprise, mark="朝阳", route="opposition")
    add(pool, WellKnownStage, case_id=case, stage="notice_expired", sent=date(2026, 9, 1))
    assert set(entries(pool)) == {"well_known.office_decision"}
    with pool.write("决定", who="测试员") as session:
        journal.update(session, WellKnownCase, {case: {"decided_on": TODAY}})
    assert entries(pool) == {}


def test_a_file_is_due_and_tells_when_its_mark_is_old_enough(pool: Pool, enterprise: str) -> None:
    file = add(pool, WellKnownFile, enterprise_id=enterprise, mark="朝阳",
               due_on=date(2026, 12, 10), readiness="not_yet", earliest=date(2027, 2, 28),
               assessed_on=TODAY)  # fmt: skip
    found = entries(pool)
    assert {rule: entry.due for rule, entry in found.items()} == {
        "well_known.file_due": date(2026, 12, 10),
        "well_known.earliest": date(2027, 2, 28),
    }
    with pool.write("齐备", who="测试员") as session:
        journal.update(session, WellKnownFile, {file: {"readiness": "supportable"}})
    assert set(entries(pool)) == {"well_known.file_due"}
