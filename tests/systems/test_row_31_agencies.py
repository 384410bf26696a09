"""Row 31, 规范服务市场: an agency penalised by article 67 of the new law is shown on its marks."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from brandpool.db.pool import Pool
from brandpool.models.agency import Agency, AgencyFinding, AgencyYear
from brandpool.models.trademark import Trademark
from brandpool.services import agencies
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, TODAY

NEW = date(2027, 3, 1)


@pytest.fixture
def marks(pool: Pool) -> list[str]:
    firm = ledgers.firm(pool, FIRM)
    agents = ("甲商标代理", "甲商标 代理", "甲商标事务所", "乙代理", None)
    rows = [
        {"enterprise_id": firm, "reg_no": str(n), "nice_class": 9, "agent": agent}
        for n, agent in enumerate(agents)
    ]
    return ledgers.insert(pool, Trademark, rows)


@pytest.fixture
def agency(pool: Pool) -> str:
    ledgers.add(pool, Agency, {"name": "乙代理"})
    values = {"name": "甲商标代理", "former_names": "甲商标事务所"}
    return ledgers.add(pool, Agency, values)


def penalise(pool: Pool, agency: str, **changes: Any) -> str:
    values = {
        "agency_id": agency, "finding_kind": "penalty", "dated": NEW, "what": "代理恶意注册",
        "article": "《商标法》第六十七条第一款", "document_no": "甬市监罚〔2027〕1号",
    }  # fmt: skip
    return ledgers.add(pool, AgencyFinding, {**values, **changes})


def test_every_mark_it_handles_is_flagged_under_present_and_former_names(
    pool: Pool, marks: list[str], agency: str
) -> None:
    penalise(pool, agency)
    with pool.read() as session:
        found = agencies.flagged_marks(session, NEW)
        assert set(found) == set(marks[:3])
        assert set(agencies.flagged_marks(session, NEW, marks[2:])) == {marks[2]}
        sentence = found[marks[0]].sentence
    for word in ("甲商标代理", "2027-03-01", "第六十七条", "甬市监罚〔2027〕1号"):
        assert word in sentence


@pytest.mark.parametrize(
    ("changes", "on"),
    [
        ({"dated": date(2026, 12, 31)}, NEW),
        ({"article": "商标法第六十八条", "dated": date(2026, 3, 1)}, NEW),
        ({"article": "价格法第十三条"}, NEW),
        ({"article": None}, NEW),
        ({"finding_kind": "check"}, NEW),
        ({}, date(2027, 2, 28)),
    ],
)
def test_other_findings_and_days_flag_nothing(
    pool: Pool, marks: list[str], agency: str, changes: dict[str, Any], on: date
) -> None:
    penalise(pool, agency, **changes)
    with pool.read() as session:
        assert agencies.flagged_marks(session, on) == {}


def test_checks_complaints_and_penalties_make_its_evaluation(
    pool: Pool, marks: list[str], agency: str, tmp_path: Path
) -> None:
    planned = ledgers.take(
        pool, tmp_path / "监管.xlsx", AgencyFinding,
        ["代理机构", "监管类型", "检查日期", "问题", "法律依据", "罚款金额", "限期整改"],
        ["甲商标代理", "双随机检查", "2026.3.1", "未公示收费", None, None, "2026.4.1"],
        ["甲商标代理", "行政处罚", "2026.6.1", "违规承诺", "商标法第六十八条", 20000, None],
        ["甲商标代理", "投诉", "2026.7.1", "收费纠纷", None, None, None],
        ["查无此机构", "检查", "2026.7.1", "—", None, None, None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "new", "new", "rejected"]
    ledgers.take(
        pool, tmp_path / "评价.xlsx", AgencyYear,
        ["服务机构", "年度", "营业收入（万元）", "从业人数", "得分", "等次"],
        ["甲商标代理", 2026, 350, 12, 72.5, "C"],
    )  # fmt: skip
    with pool.read() as session:
        found = agencies.evaluation(session, agency, 2026, TODAY)
    assert (found.checks, found.complaints, found.penalties, found.unrectified) == (1, 1, 1, 1)
    assert (found.marks, found.score, found.grade) == (3, Decimal("72.5"), "c")
    [entry] = ledgers.dates(pool)
    assert (entry.rule, entry.state) == ("agency.rectify", "overdue")
    rows = ledgers.export(
        pool, tmp_path / "出.xlsx", AgencyFinding, ["agency_id", "finding_kind", "article"]
    )
    assert {row["记录类别"] for row in rows} == {"检查", "处罚", "投诉"}
