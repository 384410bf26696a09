"""The rating rests on records, each counted once; a person's score needs a reason."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, fields
from brandpool.models.star import StarScore, StationPaper
from brandpool.models.station import Station, StationStaff
from brandpool.models.training import STAR_ITEMS, Training
from brandpool.models.visit import Visit
from brandpool.rules.reference import shipped
from brandpool.services import records, reference_data, stars
from brandpool.services.stars import ItemScore, Rating
from tests.services.marks import ON

POINTS = {
    "组织建设": "4", "经费保障": "1.5", "办公场所": "4", "制度建设": "1.5", "档案管理": "2",
    "咨询指导": "3", "宣传推广": "10", "实务讲座": "10", "提供服务": "18", "育牌成效": "32",
    "公益活动": "10", "社会影响力": "2", "工作创新": "2",
}  # fmt: skip


def put(pool: Pool, model: type[Record], *rows: dict[str, Any]) -> list[str]:
    with pool.write("登记", who="甲") as session:
        return journal.insert(session, model, list(rows))


def rating(pool: Pool, year: int = 2026, on: date = ON) -> Rating:
    with pool.read() as session:
        return stars.rate(session, year, on)


def item(pool: Pool, code: str) -> ItemScore:
    return next(one for one in rating(pool).items if one.code == code)


def lecture(number: int, star_item: str | None = "lectures", year: int = 2026) -> dict[str, Any]:
    day = date(year, 3, 1) + timedelta(days=number)
    return {"topic": f"第{number}讲", "held_on": day, "star_item": star_item}


def test_the_thirteen_items_have_the_points_of_the_standard_and_sum_to_a_hundred(
    pool: Pool,
) -> None:
    found = rating(pool)
    assert {one.label: stars.number(one.points) for one in found.items} == POINTS
    assert sum(one.points for one in found.items) == 100
    assert [one.code for one in found.items] == [choice.code for choice in STAR_ITEMS]


def test_an_empty_pool_scores_nothing_and_says_all_that_is_missing(pool: Pool) -> None:
    found = rating(pool)
    assert found.total == 0
    assert not found.verified
    assert all(one.missing for one in found.items)
    assert item(pool, "lectures").missing == (
        "当年实务讲座不少于6次：现有 0，还差 6（登记在“讲座培训”）",
    )


def test_points_come_with_the_records_that_bear_them_out(pool: Pool) -> None:
    held = put(pool, Training, *map(lecture, range(3)), lecture(9, year=2025))
    found = item(pool, "lectures")
    assert (found.proposed, found.score) == (5, 5)
    assert set(found.rows) == {("training", one) for one in held[:3]}


def test_what_is_more_than_enough_gives_no_more(pool: Pool) -> None:
    put(pool, Training, *map(lecture, range(9)))
    assert item(pool, "lectures").proposed == 10


def test_each_event_counts_in_exactly_one_item_and_all_add_up_to_the_year(pool: Pool) -> None:
    codes = ["lectures", "publicity", "public_good", None, "lectures"]
    put(pool, Training, *(lecture(n, code) for n, code in enumerate(codes)), lecture(9, year=2025))
    with pool.read() as session:
        found = stars.events(session, 2026)
    rows = [row for counted in found.values() for row in counted.rows]
    assert len(rows) == len(set(rows)) == 5
    assert sum(int(counted.total or 0) for counted in found.values()) == 5
    assert found["lectures"].total == 2
    assert found[""].total == 1


def test_no_record_counts_in_two_items(pool: Pool, enterprise: str) -> None:
    put(pool, Training, *(lecture(n, STAR_ITEMS[n % 13].code) for n in range(20)))
    put(pool, Station, {"name": "站", "funds": Decimal(1), "address": "路",
                        "office_area": Decimal(30)})  # fmt: skip
    put(pool, StationStaff, *({"name": n, "post": "head"} for n in "甲乙"))
    put(pool, Visit, *({"enterprise_id": enterprise, "visited_on": ON} for _n in range(3)))
    rows = [row for one in rating(pool).items for row in one.rows if row[0] != "station"]
    assert len(rows) == len(set(rows))


def test_visits_count_by_enterprise(pool: Pool, enterprise: str) -> None:
    put(pool, Visit, *({"enterprise_id": enterprise, "visited_on": ON} for _n in range(3)))
    [visits, _letters, _plans] = item(pool, "services").parts
    assert (visits.number, len(visits.rows)) == (1, 3)
    assert visits.score == Decimal("0.16")


def test_somebody_who_has_left_does_not_count(pool: Pool) -> None:
    put(pool, StationStaff,
        {"name": "甲", "post": "head", "left_on": ON - timedelta(days=1)},
        {"name": "乙", "post": "full_time", "joined_on": date(2026, 1, 1)})  # fmt: skip
    _paper, head, staff = item(pool, "organisation").parts
    assert (head.score, staff.score) == (0, 1)


def test_a_profile_without_area_or_address_gives_nothing(pool: Pool) -> None:
    put(pool, Station, {"name": "站", "address": "", "office_area": Decimal(30)})
    assert item(pool, "premises").proposed == 0


def test_a_rule_that_has_ended_does_not_count(pool: Pool) -> None:
    paper = {"paper_kind": "rule", "dated": date(2024, 1, 1)}
    put(pool, StationPaper, {**paper, "title": "A"},
        {**paper, "title": "B", "valid_until": date(2026, 1, 1)})  # fmt: skip
    assert item(pool, "rules").parts[0].number == 1


def test_a_person_may_score_otherwise_with_a_reason_and_go_back(pool: Pool) -> None:
    found = rating(pool)
    with pytest.raises(UserError, match="写明理由"), pool.write("x", who="甲") as session:
        stars.set_score(session, found, "rules", Decimal(1), " ", "甲", ON)
    for wrong in (Decimal("1.6"), Decimal(-1)):
        with pytest.raises(UserError, match=r"0 至 1\.5 分"), pool.write("x", who="甲") as session:
            stars.set_score(session, found, "rules", wrong, "细则", "甲", ON)
    with pool.write("自评", who="甲") as session:
        stars.set_score(session, found, "rules", Decimal("1.5"), "制度汇编 2026 版", "甲", ON)
    after = rating(pool)
    assert (after.total, after.proposed) == (Decimal("1.5"), 0)
    assert item(pool, "rules").reason == "制度汇编 2026 版"
    assert item(pool, "rules").missing
    with pool.write("改分", who="乙") as session:
        stars.set_score(session, after, "rules", Decimal(1), "缺一项", "乙", ON)
        assert records.count(session, StarScore) == 1
    with pool.write("撤销", who="乙") as session:
        stars.clear_score(session, rating(pool), "rules")
    assert rating(pool).total == 0
    assert rating(pool, 2025).total == 0


def test_points_that_do_not_sum_are_refused_by_name(pool: Pool) -> None:
    text = reference_data.written(shipped().documents["stars"])
    wrong = text.replace('"points": 32', '"points": 33')
    with pytest.raises(UserError, match="合计"), pool.write("x", who="甲") as session:
        reference_data.save(session, "stars", wrong, ON)


def test_the_stations_own_rules_are_used(pool: Pool) -> None:
    text = reference_data.written(shipped().documents["stars"])
    own = text.replace('"enough": 6', '"enough": 2').replace(
        '"rules_verified": false', '"rules_verified": true'
    )
    with pool.write("细则", who="甲") as session:
        reference_data.save(session, "stars", own, date(2026, 1, 1))
    put(pool, Training, *map(lecture, range(2)))
    assert item(pool, "lectures").proposed == 10
    assert rating(pool).verified


def test_every_part_names_a_ledger_and_fields_that_exist() -> None:
    for one in shipped().documents["stars"]["items"]:
        for part in one["parts"]:
            known = fields(by_kind()[part["kind"]])
            named = [*part.get("where", {}), *part.get("standing", ()), *part.get("filled", ())]
            named += [part[key] for key in ("in_year", "distinct") if key in part]
            assert set(named) <= set(known), part
            for name, values in part.get("where", {}).items():
                assert all(known[name].choice(value) for value in values), part
