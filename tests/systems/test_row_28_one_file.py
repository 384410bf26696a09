"""Row 28, 企业维权援助体系: all records of one code together; a renamed firm keeps its history."""

from datetime import date
from pathlib import Path

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.credit import CreditListing
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.kinds import KINDS
from brandpool.models.mediation import Mediation
from brandpool.models.record import fields
from brandpool.services import history, linked, records
from tests.systems import ledgers
from tests.systems.ledgers import FIRM, OTHER

CODE, NEW_NAME = "91330200144069541X", "宁波朝阳智能装备有限公司"
DAY = date(2026, 5, 6)
FILE = (
    (AidRequest, {"subject": "被抢注", "applicant": FIRM, "asked_on": DAY}),
    (EnforcementCase, {"filing_no": "1", "case_type": "mark_infringement", "party": "某店",
                       "filed_on": DAY}),
    (Complaint, {"register_no": "1", "nature": "complaint", "received_on": DAY, "accused": FIRM}),
    (Mediation, {"dispute": "权属", "mediation_kind": "people", "body": "调委会",
                 "applied_on": DAY}),
    (CreditListing, {"list_type": "abnormal", "listed_on": DAY}),
)  # fmt: skip


def test_all_records_of_one_code_stand_together_and_none_of_another(pool: Pool) -> None:
    firm = ledgers.firm(pool, FIRM, credit_code=CODE)
    other = ledgers.firm(pool, OTHER, credit_code="91330100799655058B")
    made = {m.kind(): ledgers.add(pool, m, {**v, "enterprise_id": firm}) for m, v in FILE}
    ledgers.add(pool, AidRequest, {**FILE[0][1], "enterprise_id": other})
    with pool.read() as session:
        found = linked.of_code(session, CODE.lower())
        assert found == {"enterprise": (firm,)} | {kind: (one,) for kind, one in made.items()}
        assert linked.of_code(session, "91330200000000000X") == {}


def test_every_kind_that_names_an_enterprise_is_asked(pool: Pool) -> None:
    direct = {m for m in KINDS if any(f.links == "enterprise" for f in fields(m).values())}
    assert {model for model, _field in linked.pointing("enterprise")} == direct
    assert {m for m, _v in FILE} <= direct


def test_a_renamed_firm_keeps_records_and_history(pool: Pool, tmp_path: Path) -> None:
    firm = ledgers.firm(pool, FIRM, credit_code=CODE)
    for model, values in FILE:
        ledgers.add(pool, model, {**values, "enterprise_id": firm})
    with pool.read() as session:
        before = linked.of_code(session, CODE)
    with pool.write("更名", who="测试员") as session:
        journal.update(session, Enterprise, {firm: {"name": NEW_NAME}})
        records.add(session, FormerName, {"enterprise_id": firm, "name": FIRM, "until": DAY})
    with pool.read() as session:
        after = dict(linked.of_code(session, CODE))
        assert after.pop("former_name")
        assert after == before
        names = [s.old for s in history.of_record(session, "enterprise", firm) if s.old == FIRM]
    assert names
    planned = ledgers.take(
        pool, tmp_path / "旧名.xlsx", AidRequest,
        ["申请单位", "申请人", "事项", "登记日期"], [FIRM, FIRM, "用旧名称报来", "2026-6-1"],
    )  # fmt: skip
    assert planned.counts()["new"] == 1
    with pool.read() as session:
        assert len(linked.of_code(session, CODE)["aid_request"]) == 2
    rows = ledgers.export(pool, tmp_path / "出.xlsx", AidRequest, ["enterprise_id", "subject"])
    assert {row["受援企业"] for row in rows} == {NEW_NAME}
