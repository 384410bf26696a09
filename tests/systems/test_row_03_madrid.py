"""Row 3, 马德里50件: registrations of the zone's enterprises by a day, each number once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.target import Target
from brandpool.services import madrid_counts, targets
from brandpool.services.madrid_counts import FiftyDefinition
from tests.systems.ledgers import FIRM, OTHER, TODAY, add, edit, export, firm, take

YEAR_END = date(2025, 12, 31)
CODE, OTHER_CODE = "91330200144069541X", "913302003089092988"


def register(pool: Pool, owner: str, number: str, day: date = date(2024, 5, 5)) -> str:
    return add(
        pool, InternationalRegistration,
        {"enterprise_id": owner, "irn": number, "name": "SUNRISE", "ir_date": day},
    )  # fmt: skip


def fifty(pool: Pool, day: date = YEAR_END, **definition: object) -> madrid_counts.FiftyCount:
    with pool.read() as session:
        return madrid_counts.count_fifty(session, FiftyDefinition(**definition), day)  # type: ignore[arg-type]


def test_the_count_is_of_enterprises_in_the_zone_on_the_last_day_of_2025(
    pool: Pool, tmp_path: Path
) -> None:
    inside = firm(pool, FIRM, credit_code=CODE)
    firm(pool, OTHER, credit_code=OTHER_CODE, status="moved_out")
    planned = take(
        pool, tmp_path / "马德里.xlsx", InternationalRegistration,
        ["国际注册号", "统一社会信用代码", "商标名称", "国际注册日期"],
        ["1274024", CODE, "SUNRISE", "2024-05-05"],
        ["1274025", CODE, "SUNRISE PRO", "2025-12-31"],
        ["1274026", CODE, "SUNRISE MAX", "2026-01-01"],
        ["1274027", OTHER_CODE, "RIVER", "2024-05-05"],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new"] * 4
    found = fifty(pool)
    assert (found.value, found.enterprises) == (2, 1)
    assert fifty(pool, date(2026, 1, 1)).value == 3
    assert fifty(pool, in_zone=False).value == 3
    edit(pool, Enterprise, inside, status="deregistered")
    assert fifty(pool).value == 0


def test_a_number_with_and_without_g_is_one_registration(pool: Pool, tmp_path: Path) -> None:
    firm(pool, FIRM, credit_code=CODE)
    heads = ["国际注册号", "统一社会信用代码", "商标名称", "国际注册日期"]
    for number in ("1274024", "G1274024", "g1274024 ", "国际注册第1274024号"):
        take(pool, tmp_path / "马德里.xlsx", InternationalRegistration, heads,
             [number, CODE, "SUNRISE", "2024-05-05"])  # fmt: skip
    found = fifty(pool)
    assert found.value == 1
    with pytest.raises(UserError, match="1274024"):
        register(pool, firm(pool, OTHER), "1274024")


def test_the_target_shows_fifty_with_its_definition_and_opens_its_registrations(
    pool: Pool,
) -> None:
    owner = firm(pool, FIRM)
    held = [register(pool, owner, str(1_274_024 + n)) for n in range(50)]
    record = add(pool, Target, {
        "title": "马德里国际商标注册", "indicator": "madrid", "year": 2025, "operator": "reach",
        "value": Decimal(50), "unit": "件",
    })  # fmt: skip
    with pool.read() as session:
        row = targets.get(session, record, TODAY)
        ways = {way.key: counted.total for way, counted in targets.other_ways(session, row)}
    assert (row.day, row.state, row.actual.value) == (YEAR_END, "met", 50)
    assert row.actual.counted is not None
    assert {one for _kind, one in row.actual.counted.rows} == set(held)
    assert "按国际注册件数计" in row.actual.definition
    assert ways == {"registrations": 50, "designations": 0, "enterprises": 1, "filed": 50}


def test_the_register_leaves_as_a_list(pool: Pool, tmp_path: Path) -> None:
    register(pool, firm(pool, FIRM), "1274024")
    [row] = export(
        pool, tmp_path / "出.xlsx", InternationalRegistration, ["irn", "enterprise_id", "ir_date"]
    )
    assert row["国际注册号"] == "1274024"
