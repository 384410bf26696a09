"""Row 26, 协会/联盟联合保护: a joint action shows on the case and on the partner."""

from datetime import date
from pathlib import Path

from brandpool.db.pool import Pool
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.partner import JointAction, Partner
from brandpool.services import linked
from tests.systems import ledgers
from tests.systems.ledgers import FIRM

CASE = {"filing_no": "甬市监立〔2026〕1号", "case_type": "mark_infringement", "party": "某店",
        "filed_on": date(2026, 5, 6)}  # fmt: skip


def test_a_joint_action_shows_on_the_case_on_the_partner_and_on_the_firm(pool: Pool) -> None:
    firm = ledgers.firm(pool, FIRM)
    case = ledgers.add(pool, EnforcementCase, CASE)
    partner = ledgers.add(pool, Partner, {"name": "宁波模具协会", "partner_kind": "association"})
    action = ledgers.add(
        pool, JointAction,
        {"partner_id": partner, "case_id": case, "enterprise_id": firm, "subject": "联合检查",
         "acted_on": date(2026, 5, 8)},
    )  # fmt: skip
    with pool.read() as session:
        for kind, record in (
            ("enforcement_case", case), ("partner", partner), ("enterprise", firm)
        ):  # fmt: skip
            [one] = linked.linked(session, kind, record)
            assert (one.model, one.ids) == (JointAction, (action,))


def test_sheets_name_partner_and_case_in_words(pool: Pool, tmp_path: Path) -> None:
    ledgers.firm(pool, FIRM)
    case = ledgers.add(pool, EnforcementCase, CASE)
    ledgers.take(
        pool, tmp_path / "协作.xlsx", Partner,
        ["序号", "协会名称", "类型", "协议名称", "签约日期", "到期日期", "联系人", "电话"],
        [1, "宁波模具协会", "协会", "联合保护备忘录", "2024.12.1", "2026年12月1日", "王小明",
         "13805741234"],
    )  # fmt: skip
    planned = ledgers.take(
        pool, tmp_path / "行动.xlsx", JointAction,
        ["联合单位", "行动名称", "形式", "活动日期", "案件", "企业名称", "行动成效"],
        ["宁波模具协会", "展会联合检查", "联合执法", "2026-5-8", "甬市监立〔2026〕1号", FIRM, "好"],
        ["没有登记的协会", "座谈", "会商", "2026-6-8", None, None, None],
        ["宁波模具协会", "案号写错", "联合执法", "2026-7-8", "甬市监立〔2026〕99号", None, None],
    )  # fmt: skip
    assert [row.state for row in planned.rows] == ["new", "rejected", "new"]
    assert "库中没有行政执法案件“甬市监立〔2026〕99号”" in planned.rows[2].notes[0]
    first = next(r for r in ledgers.all_of(pool, JointAction) if r["subject"] == "展会联合检查")
    assert first["case_id"] == case
    assert ("partner.ends", date(2026, 12, 1)) in {(e.rule, e.due) for e in ledgers.dates(pool)}
    [row] = ledgers.export(pool, tmp_path / "出.xlsx", Partner, ["name", "contact"])
    assert row["联系人"] != "王小明"
    rows = ledgers.export(pool, tmp_path / "行动出.xlsx", JointAction, ["partner_id", "case_id"])
    assert rows[0]["协作单位"] == "宁波模具协会"
    assert "甬市监立〔2026〕1号" in {row["关联案件"] for row in rows}
