"""Row 30, 服务机构承担站、托管: the end of a contract, two live contracts at once, the fees."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from brandpool.db.pool import Pool
from brandpool.models.agency import Agency, CustodyContract
from brandpool.models.station import Station
from brandpool.services import custody, records
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, OTHER, TODAY

START, END = date(2026, 1, 1), date(2026, 12, 31)


def contract(pool: Pool, firm: str, agency: str, **changes: Any) -> str:
    values = {"enterprise_id": firm, "agency_id": agency, "starts": START, "ends": END}
    return ledgers.add(pool, CustodyContract, {**values, **changes})


@pytest.fixture
def firm(pool: Pool) -> str:
    return ledgers.firm(pool, FIRM)


@pytest.fixture
def agencies(pool: Pool) -> list[str]:
    return ledgers.insert(pool, Agency, [{"name": "甲代理"}, {"name": "乙代理"}])


def test_the_end_is_told_sixty_days_before(pool: Pool, firm: str, agencies: list[str]) -> None:
    one = contract(pool, firm, agencies[0])
    with pool.read() as session:
        assert custody.ending(session, END - timedelta(days=61)) == []
        [found] = custody.ending(session, END - timedelta(days=60))
        assert (found.contract, found.days) == (one, 60)
        assert custody.ending(session, END + timedelta(days=1)) == []
    [entry] = ledgers.dates(pool, END - timedelta(days=60))
    assert (entry.rule, entry.due, entry.reminding) == ("custody.ends", END, True)
    [entry] = ledgers.dates(pool, END - timedelta(days=61))
    assert entry.reminding is False


@pytest.mark.parametrize(
    ("other", "doubled"),
    [
        ({}, True),
        ({"starts": END + timedelta(days=1), "ends": date(2027, 12, 31)}, False),
        ({"starts": END, "ends": date(2027, 12, 31)}, True),
        ({"terminated_on": date(2026, 3, 1)}, True),
        ({"starts": date(2025, 1, 1), "ends": START - timedelta(days=1)}, False),
        ({"starts": date(2025, 1, 1), "ends": date(2027, 1, 1), "terminated_on": START}, False),
        ({"ends": None}, True),
    ],
)
def test_two_contracts_whose_terms_meet_are_told(
    pool: Pool, firm: str, agencies: list[str], other: dict[str, Any], *, doubled: bool
) -> None:
    one = contract(pool, firm, agencies[0])
    two = contract(pool, firm, agencies[1], **other)
    contract(pool, ledgers.firm(pool, OTHER), agencies[0])
    with pool.read() as session:
        assert [row["id"] for row in custody.overlapping(session, two)] == [one] * doubled


def test_who_is_in_two_live_contracts_is_warned_of_that_day(
    pool: Pool, firm: str, agencies: list[str]
) -> None:
    one = contract(pool, firm, agencies[0])
    two = contract(pool, firm, agencies[1], starts=date(2026, 6, 1), terminated_on=TODAY)
    with pool.read() as session:
        days = (date(2026, 5, 31), date(2026, 6, 1), TODAY - timedelta(days=1), TODAY)
        found = [custody.double(session, day) for day in days]
        both = custody.in_force(session, date(2026, 6, 1))
    assert [set(one.get(firm, ())) for one in found] == [set(), {one, two}, {one, two}, set()]
    assert (both.total, len(both.rows)) == (1, 2)


def test_an_agency_can_carry_a_station_and_its_contracts_come_from_a_sheet(
    pool: Pool, firm: str, agencies: list[str], tmp_path: Path
) -> None:
    ledgers.add(pool, Station, {"name": "某站", "agency_id": agencies[0]})
    planned = ledgers.take(
        pool, tmp_path / "托管.xlsx", CustodyContract,
        ["序号", "委托企业", "受托机构", "合同号", "起始日期", "到期日期", "合同金额（万元）"],
        [1, FIRM, "甲代理", "T-2026-01", "2026.1.1", "2026.12.31", 3],
        [2, FIRM, "丙代理", "T-2026-02", "2026.1.1", "2026.12.31", 3],
        [3, FIRM, "乙代理", "T-2025-09", "2025.1.1", "2025.12.31", None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "rejected", "new"]
    with pool.read() as session:
        assert custody.fees(session, 2026, TODAY).total == Decimal(30_000)
        assert len(custody.fees(session, 2025, TODAY).unknown) == 1
        assert records.references(session, Agency, [agencies[0]]) == {
            CustodyContract: 1, Station: 1
        }  # fmt: skip
    rows = ledgers.export(
        pool, tmp_path / "出.xlsx", CustodyContract, ["enterprise_id", "agency_id", "ends"]
    )
    assert {row["服务机构"] for row in rows} == {"甲代理", "乙代理"}
