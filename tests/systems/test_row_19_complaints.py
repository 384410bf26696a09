"""Row 19, 举报投诉快速反应: an inbox with the clock of seven working days."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.complaint import Complaint
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.record import fields
from brandpool.services import complaints, history, records
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, TODAY

CAME = date(2026, 9, 28)
"""H01: the National Day holiday lies within the seven working days."""
LETTER: dict[str, Any] = {
    "register_no": "T2026-001", "nature": "complaint", "received_on": CAME, "accused": "某店",
    "person": "王小明", "phone": "13805741234", "paper_no": "330204199001011234",
}  # fmt: skip


def waiting(pool: Pool, on: date) -> list[tuple[str, str, date, bool]]:
    with pool.read() as session:
        found = complaints.inbox(session, on)
        assert all(one.explained.chain for one in found)
        return [(one.nature, one.waits_for, one.due, one.late) for one in found]


def enter(pool: Pool, **changes: Any) -> tuple[str, ...]:
    with pool.write("登记投诉举报", who="测试员") as session:
        return complaints.register(session, {**LETTER, **changes})


def test_seven_working_days_pass_over_the_holiday(pool: Pool) -> None:
    enter(pool)
    assert waiting(pool, CAME) == [("complaint", "accept", date(2026, 10, 13), False)]
    assert waiting(pool, date(2026, 10, 13))[0][3] is False
    assert waiting(pool, date(2026, 10, 14))[0][3] is True


def test_a_letter_that_is_both_becomes_two_linked_records(pool: Pool) -> None:
    complaint, report = enter(pool, nature="both", claim="退款", anonymous=False)
    rows = {row.id: row for row in ledgers.all_of(pool, Complaint)}
    assert rows[complaint]["linked_id"] == report
    assert rows[report]["linked_id"] == complaint
    assert (rows[complaint]["nature"], rows[report]["nature"]) == ("complaint", "report")
    assert (rows[complaint]["claim"], rows[report]["claim"]) == ("退款", None)
    assert rows[report]["accused"] == rows[complaint]["accused"]
    kinds = [(nature, waits) for nature, waits, _due, _late in waiting(pool, CAME)]
    assert sorted(kinds) == [("complaint", "accept"), ("report", "check")]


def test_an_imported_letter_that_is_both_waits_to_be_split_and_keeps_its_history(
    pool: Pool, tmp_path: Path
) -> None:
    ledgers.firm(pool, FIRM)
    planned = ledgers.take(
        pool, tmp_path / "12315.xlsx", Complaint,
        ["12315平台投诉举报登记表"],
        ["工单编号", "诉求类型", "登记日期", "投诉人姓名", "电话", "证件号", "被投诉人名称",
         "投诉内容", "是否匿名"],
        ["20260928001", "投诉举报", "2026-09-28 10:21", "王小明", 13805741234,
         "330204199001011234", FIRM, "商品包装标有“驰名商标”字样，要求退款并查处", "否"],
        ["20260929002", "举报", "2026年9月29日", None, None, None, "某网店", "销售假冒", "是"],
        ["20260930003", "投诉", None, "李四", None, None, "某店", "没有日期", None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new", "rejected"]
    both = next(r for r in ledgers.all_of(pool, Complaint) if r["nature"] == "both")
    assert both["enterprise_id"] is not None
    assert ("both", "split", date(2026, 10, 13), False) in waiting(pool, CAME)
    with pool.write("分拆", who="测试员") as session:
        with pytest.raises(UserError, match="请先分拆"):
            complaints.decide(session, both.id, "accepted", CAME)
        report = complaints.split(session, both.id)
        with pytest.raises(UserError, match="不需要分拆"):
            complaints.split(session, both.id)
    with pool.read() as session:
        assert records.get(session, Complaint, report)["linked_id"] == both.id
        steps = history.of_record(session, "complaint", both.id)
    assert any(step.old == "both" and step.new == "complaint" for step in steps)


def test_acceptance_starts_the_sixty_days_and_their_end_closes_the_letter(pool: Pool) -> None:
    (one,) = enter(pool)
    with pool.write("受理", who="测试员") as session:
        with pytest.raises(UserError, match="早于收到日期"):
            complaints.decide(session, one, "accepted", date(2026, 9, 27))
        complaints.decide(session, one, "accepted", date(2026, 10, 9))
        with pytest.raises(UserError, match="已作出"):
            complaints.decide(session, one, "accepted", date(2026, 10, 10))
    assert waiting(pool, TODAY) == [("complaint", "mediate", date(2026, 12, 8), False)]
    with pool.write("终止", who="测试员") as session:
        complaints.end_mediation(session, one, "ended", date(2026, 11, 20))
    assert waiting(pool, TODAY) == []


def test_a_refusal_needs_a_reason(pool: Pool) -> None:
    (one,) = enter(pool)
    with pool.write("不予受理", who="测试员") as session:
        with pytest.raises(UserError, match="须写明理由"):
            complaints.decide(session, one, "refused", CAME)
        complaints.decide(session, one, "refused", CAME, "法院已经受理同一争议")
    assert waiting(pool, TODAY) == []


def test_a_report_is_checked_in_fifteen_working_days_and_its_writer_told_in_five(
    pool: Pool,
) -> None:
    (one,) = enter(pool, nature="report")
    assert waiting(pool, CAME) == [("report", "check", date(2026, 10, 23), False)]
    with pool.write("延长", who="测试员") as session:
        records.edit(session, Complaint, one, {"extended": True})
    assert waiting(pool, CAME) == [("report", "check", date(2026, 11, 13), False)]
    with pool.write("立案", who="测试员") as session:
        with pytest.raises(UserError, match="举报不作受理决定"):
            complaints.decide(session, one, "accepted", CAME)
        case = complaints.find_out(
            session, one, "file", date(2026, 10, 26),
            {"filing_no": "甬市监立〔2026〕9号", "case_type": "mark_infringement"},
        )  # fmt: skip
    assert waiting(pool, CAME) == [("report", "tell", date(2026, 11, 2), False)]
    [opened] = ledgers.all_of(pool, EnforcementCase)
    assert (opened.id, opened["source"], opened["party"]) == (case, "report", "某店")
    with pool.read() as session:
        assert records.get(session, Complaint, one)["case_id"] == case


def test_nobody_is_to_be_told_of_an_anonymous_report(pool: Pool) -> None:
    (one,) = enter(pool, nature="report", anonymous=True)
    with pool.write("不立案", who="测试员") as session:
        complaints.find_out(session, one, "no_file", date(2026, 10, 12))
    assert waiting(pool, TODAY) == []


def test_the_rate_counts_only_what_is_over(pool: Pool) -> None:
    early, late, _open = (enter(pool, register_no=f"T{n}")[0] for n in range(3))
    with pool.write("受理", who="测试员") as session:
        complaints.decide(session, early, "accepted", date(2026, 10, 13))
        complaints.decide(session, late, "accepted", date(2026, 10, 14))
    with pool.read() as session:
        assert complaints.in_time(session, 2026, date(2026, 10, 13)).total == Decimal("50.0")
        assert complaints.in_time(session, 2026, TODAY).total == Decimal("33.3")
        assert complaints.in_time(session, 2025, TODAY).total is None
        assert complaints.received(session, 2026, TODAY).total == 3


def test_who_complained_leaves_masked(pool: Pool, tmp_path: Path) -> None:
    enter(pool)
    columns = ["register_no", "person", "phone", "paper_no"]
    [row] = ledgers.export(pool, tmp_path / "导出.xlsx", Complaint, columns)
    assert "王小明" not in row.values()
    assert not any("13805741234" in str(cell) or "1990" in str(cell) for cell in row.values())
    for name in ("person", "phone", "paper_no", "address", "accused_contact", "accused_phone"):
        assert fields(Complaint)[name].personal
