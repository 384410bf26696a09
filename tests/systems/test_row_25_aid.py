"""Row 25, 维权援助中心机制: stages, the median days from acceptance to the end, what stays open."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from brandpool.db.pool import Pool
from brandpool.models.aid import AidRequest
from brandpool.rules.reference import shipped
from brandpool.services import aid, reference_data
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, TODAY

START = date(2026, 3, 2)
BASE: dict[str, Any] = {"subject": "海外应诉", "applicant": FIRM, "asked_on": START}


def asked(pool: Pool, **days: int) -> str:
    """A request accepted, assigned and done so many days after 2 March 2026."""
    given = {f"{name}_on": START + timedelta(days=n) for name, n in days.items()}
    return ledgers.add(pool, AidRequest, {**BASE, **given})


@pytest.mark.parametrize(
    ("spans", "middle"),
    [((10,), 10), ((10, 20), 15), ((3, 10, 100), 10), ((1, 2), 1.5), ((), None)],
)
def test_the_median_days_from_acceptance_to_the_end(
    pool: Pool, spans: tuple[int, ...], middle: float | None
) -> None:
    for span in spans:
        asked(pool, accepted=1, done=1 + span)
    asked(pool, accepted=1)
    with pool.read() as session:
        found = aid.median_days(session, 2026, TODAY)
    assert found.total == (None if middle is None else Decimal(str(middle)))
    assert len(found.rows) == len(spans)


def test_one_done_without_acceptance_is_unknown(pool: Pool) -> None:
    one = asked(pool, done=5)
    with pool.read() as session:
        found = aid.median_days(session, 2026, TODAY)
    assert (found.total, found.rows, found.unknown) == (None, (), (("aid_request", one),))


def test_what_is_open_for_more_than_thirty_days_is_listed(pool: Pool) -> None:
    one = asked(pool, accepted=0)
    asked(pool, accepted=0, done=40)
    with pool.read() as session:
        assert aid.open_long(session, START + timedelta(days=30)) == []
        found = aid.open_long(session, START + timedelta(days=31))
        assert (found[0].id, found[0].days, found[0].stage) == (one, 31, "accepted")
        assert len(aid.open_long(session, START + timedelta(days=35))) == 2
        assert len(aid.open_long(session, START + timedelta(days=31), days=20)) == 2


def test_the_limit_is_the_stations_own_data(pool: Pool) -> None:
    asked(pool, accepted=0)
    document = dict(shipped().documents["protection"])
    document["aid"] = {**document["aid"], "open": "60d"}
    with pool.write("改参数", who="测试员") as session:
        reference_data.save(session, "protection", reference_data.written(document), START)
    on = START + timedelta(days=45)
    with pool.read() as session:
        assert aid.open_long(session, on) == []
        assert len(aid.open_long(session, START + timedelta(days=61))) == 1
    [entry] = ledgers.dates(pool, on)
    assert (entry.rule, entry.raw) == ("aid.open", START + timedelta(days=60))


def test_the_stage_follows_from_the_days(pool: Pool) -> None:
    asked(pool, accepted=2, assigned=4, done=9)
    [row] = ledgers.all_of(pool, AidRequest)
    stages = [aid.stage(row.values, START + timedelta(days=n)) for n in (-1, 0, 2, 4, 9)]
    assert stages == ["", "asked", "accepted", "assigned", "done"]


def test_a_sheet_is_imported_and_leaves_masked(pool: Pool, tmp_path: Path) -> None:
    firm = ledgers.firm(pool, FIRM)
    planned = ledgers.take(
        pool, tmp_path / "维权.xlsx", AidRequest,
        ["序号", "申请单位", "申请人", "事项", "援助类型", "登记日期", "受理时间", "专家",
         "完成日期", "经费（元）", "联系人", "电话"],
        [1, FIRM, FIRM, "美国337调查应对", "海外", "2026.3.1", "2026.3.2", "某律所", "2026.4.1",
         "5,000", "王小明", "13805741234"],
        [2, None, "个体户张三", "商标被抢注", "咨询", "2026-05-01", None, None, None, None, None,
         None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new"]
    rows = {row["subject"]: row for row in ledgers.all_of(pool, AidRequest)}
    assert rows["美国337调查应对"]["enterprise_id"] == firm
    assert (rows["美国337调查应对"]["form"], rows["商标被抢注"]["form"]) == ("overseas", "advice")
    with pool.read() as session:
        assert aid.accepted(session, 2026, TODAY).total == 1
        assert aid.median_days(session, 2026, TODAY).total == 30
    found = ledgers.export(pool, tmp_path / "出.xlsx", AidRequest, ["subject", "contact", "phone"])
    assert not any("王小明" in map(str, row.values()) for row in found)
