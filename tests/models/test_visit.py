"""Records of fieldwork: two laptops ask the same gap once; visits stay apart."""

from datetime import date

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.kinds import by_kind, ledgers
from brandpool.models.letter import Letter
from brandpool.models.record import fields, new_id
from brandpool.models.training import STAR_ITEMS, Training
from brandpool.models.visit import Visit, VisitItem
from brandpool.services import records

DAY = date(2026, 11, 22)


def test_the_same_gap_of_an_enterprise_is_one_record_on_every_machine() -> None:
    asked = {"enterprise_id": "e" * 32, "origin_key": "gap|1"}
    assert new_id(VisitItem, asked) == new_id(VisitItem, {**asked, "what": "发票"})
    assert new_id(VisitItem, asked) != new_id(VisitItem, {**asked, "origin_key": "gap|2"})


def test_two_visits_of_one_number_stay_two_records(pool: Pool, enterprise: str) -> None:
    row = {"enterprise_id": enterprise, "visited_on": DAY, "visit_no": "ZF20261122-0001"}
    with pool.write("登记", who="甲") as session:
        journal.insert(session, Visit, [row])
        journal.insert(session, Visit, [row])
        assert records.count(session, Visit) == 2


def test_an_event_counts_for_exactly_one_of_the_thirteen_items() -> None:
    declared = fields(Training)["star_item"]
    assert declared.required
    assert len(STAR_ITEMS) == 13


def test_all_but_visits_and_their_photographs_are_plain_ledgers() -> None:
    own = {"visit", "visit_form", "visit_photo"}
    plain = {
        "visit_item", "visit_need", "visit_promise", "training", "sign_in", "consultation",
        "brand_plan", "plan_measure", "plan_review", "letter",
    }  # fmt: skip
    kinds = own | plain
    assert {m.kind() for m in ledgers()} & kinds == kinds - own
    assert by_kind()["letter"] is Letter
