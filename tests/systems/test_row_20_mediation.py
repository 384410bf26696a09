"""Row 20, 多元化纠纷解决: mediation with its sixty days; a dispute that moves on closes linked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.complaint import Complaint
from brandpool.models.mediation import Mediation
from brandpool.services import mediations, records
from tests.systems import ledgers
from tests.systems.ledgers import FIRM

ACCEPTED = date(2026, 8, 2)
LAST = date(2026, 10, 1)
DISPUTE: dict[str, Any] = {
    "dispute": "商标权属纠纷", "mediation_kind": "administrative", "body": "市场监管分局",
    "applied_on": date(2026, 7, 30), "accepted_on": ACCEPTED,
}  # fmt: skip


def test_the_sixtieth_day_falls_in_the_holiday_and_work_must_be_done_before(pool: Pool) -> None:
    ledgers.add(pool, Mediation, DISPUTE)
    with pool.read() as session:
        [one] = mediations.running(session, date(2026, 9, 1))
        assert (one.due, one.work_by, one.late) == (LAST, date(2026, 9, 30), False)
        assert one.explained.chain[-1].article.startswith("市场监管总局令第121号")
        assert mediations.running(session, LAST)[0].late is False
        assert mediations.running(session, LAST + timedelta(days=1))[0].late is True
        assert mediations.running(session, ACCEPTED - timedelta(days=1)) == []
    [entry] = ledgers.dates(pool, date(2026, 9, 1))
    assert (entry.rule, entry.due, entry.raw) == ("mediation.ends", date(2026, 9, 30), LAST)


def test_a_dispute_moved_on_is_closed_and_linked(pool: Pool) -> None:
    first = ledgers.add(pool, Mediation, {**DISPUTE, "applicant": "甲"})
    with pool.write("转调", who="测试员") as session:
        with pytest.raises(UserError, match="早于申请日期"):
            mediations.pass_on(session, first, "街道人民调解委员会", "people", date(2026, 7, 1))
        with pytest.raises(UserError, match="请填写转往"):
            mediations.pass_on(session, first, " ", "people", date(2026, 9, 1))
        second = mediations.pass_on(
            session, first, "街道人民调解委员会", "people", date(2026, 9, 1)
        )
    rows = {row.id: row for row in ledgers.all_of(pool, Mediation)}
    assert (rows[first]["outcome"], rows[first]["ended_on"]) == ("passed_on", date(2026, 9, 1))
    assert (rows[second]["came_from_id"], rows[second]["applicant"]) == (first, "甲")
    with pool.read() as session:
        assert mediations.running(session, date(2026, 9, 1)) == []
        [dispute] = mediations.disputes(session)
        assert [row["id"] for row in dispute.records] == [first, second]
    with pool.write("再转", who="测试员") as session, pytest.raises(UserError, match="已经终结"):
        mediations.pass_on(session, first, "协会", "industry", date(2026, 9, 2))


def test_a_dispute_in_a_circle_is_still_one_dispute(pool: Pool) -> None:
    ids = ledgers.insert(pool, Mediation, [DISPUTE, DISPUTE])
    for one, other in (ids, ids[::-1]):
        ledgers.edit(pool, Mediation, one, came_from_id=other)
    with pool.read() as session:
        assert len(mediations.disputes(session)) == 1
        assert mediations.brought(session, 2026, LAST).total == 1


def test_a_mediation_can_name_the_complaint_it_came_from(pool: Pool) -> None:
    complaint = ledgers.add(
        pool, Complaint,
        {"register_no": "T1", "nature": "complaint", "received_on": ACCEPTED, "accused": "某店"},
    )  # fmt: skip
    one = ledgers.add(pool, Mediation, {**DISPUTE, "complaint_id": complaint})
    with pool.read() as session:
        assert records.get(session, Mediation, one)["complaint_id"] == complaint


def test_a_sheet_is_imported_and_exported(pool: Pool, tmp_path: Path) -> None:
    firm = ledgers.firm(pool, FIRM)
    planned = ledgers.take(
        pool, tmp_path / "调解.xlsx", Mediation,
        ["序号", "争议事项", "类型", "调解组织", "主持人", "申请方", "对方", "申请时间", "受理日",
         "结果", "达成日期", "调解协议号", "司法确认"],
        [1, "外观设计侵权", "行政", "市场监管分局", "周敏", FIRM, "某公司", "2026-7-1", "2026-7-3",
         "调解成功", "2026.8.1", "甬调〔2026〕3号", "2026年8月20日"],
        [2, "包装近似", "人民调解", "梅墟街道调委会", None, "某店", FIRM, 20260801, None, None,
         None, None, None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new"]
    first, second = sorted(ledgers.all_of(pool, Mediation), key=lambda r: str(r["applied_on"]))
    assert (first["enterprise_id"], second["enterprise_id"]) == (firm, firm)
    assert (first["outcome"], first["confirmed_on"]) == ("agreed", date(2026, 8, 20))
    rows = ledgers.export(
        pool, tmp_path / "导出.xlsx", Mediation, ["dispute", "mediation_kind", "outcome"]
    )
    assert {row["调解类型"] for row in rows} == {"行政调解", "人民调解"}
