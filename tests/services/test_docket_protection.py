"""The clocks of cases, letters, mediation, aid and terms stand in the docket until they are met."""

from datetime import date
from typing import Any

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.agency import Agency, AgencyFinding, CustodyContract
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.credit import CreditListing
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.info_point import InfoPoint
from brandpool.models.leading_group import GroupMember, GroupTask
from brandpool.models.mediation import Mediation
from brandpool.models.officer import Officer
from brandpool.models.partner import Partner
from brandpool.models.record import Record
from brandpool.rules.reference import shipped
from brandpool.services import docket, docket_cache
from brandpool.services.docket import Asked

MONDAY = date(2026, 9, 28)
ENDS = date(2026, 12, 1)
COMPLAINT = {"register_no": "1", "received_on": MONDAY, "accused": "甲"}

CASES: list[tuple[type[Record], dict[str, Any], dict[str, date], dict[str, Any]]] = [
    (
        EnforcementCase, {"filing_no": "1", "filed_on": date(2026, 3, 2), "party": "甲"},
        {"case.decide": date(2026, 6, 1)}, {"decided_on": ENDS},
    ),
    (
        Complaint, {**COMPLAINT, "nature": "complaint"},
        {"complaint.accept": date(2026, 10, 13)},
        {"decision": "refused", "decided_on": date(2026, 10, 8)},
    ),
    (
        Complaint,
        {**COMPLAINT, "nature": "complaint", "decision": "accepted",
         "decided_on": date(2026, 8, 2)},
        {"complaint.mediation": date(2026, 9, 30)}, {"result": "agreed"},
    ),
    (
        Complaint, {**COMPLAINT, "nature": "report"},
        {"report.check": date(2026, 10, 23)},
        {"finding": "no_file", "finding_on": ENDS, "told_on": ENDS},
    ),
    (
        Complaint, {**COMPLAINT, "nature": "report", "extended": True},
        {"report.check": date(2026, 11, 13)}, {"finding": "file"},
    ),
    (
        Complaint,
        {**COMPLAINT, "nature": "report", "finding": "file", "finding_on": MONDAY},
        {"report.tell": date(2026, 10, 10)}, {"told_on": ENDS},
    ),
    (
        Mediation,
        {"dispute": "商标纠纷", "mediation_kind": "administrative", "body": "分局",
         "accepted_on": date(2026, 8, 2)},
        {"mediation.ends": date(2026, 9, 30)}, {"outcome": "ended"},
    ),
    (
        AidRequest, {"subject": "海外应诉", "accepted_on": date(2026, 8, 3)},
        {"aid.open": date(2026, 9, 2)}, {"done_on": ENDS},
    ),
    (
        CreditListing, {"list_type": "serious", "listed_on": date(2025, 12, 1)},
        {"credit.early": ENDS, "credit.ends": date(2028, 12, 1)}, {"removed_on": ENDS},
    ),
    (
        Officer, {"name": "周敏", "certificate_until": ENDS},
        {"officer.certificate": ENDS}, {"left_on": ENDS},
    ),
    (
        AgencyFinding, {"finding_kind": "check", "what": "未明码标价", "rectify_by": ENDS},
        {"agency.rectify": ENDS}, {"rectified_on": ENDS},
    ),
    (
        CustodyContract, {"contract_no": "T1", "ends": ENDS},
        {"custody.ends": ENDS}, {"terminated_on": ENDS},
    ),
    (InfoPoint, {"name": "网点", "valid_until": ENDS}, {"info_point.ends": ENDS}, {}),
    (GroupMember, {"person": "甲", "unit": "财政局", "ends": ENDS}, {"group.term": ENDS}, {}),
    (GroupTask, {"task": "安排经费", "unit": "财政局", "due": ENDS}, {"group.task": ENDS},
     {"done_on": ENDS}),
    (Partner, {"name": "模具协会", "until": ENDS}, {"partner.ends": ENDS}, {}),
]  # fmt: skip


def shown(pool: Pool) -> dict[str, date]:
    today, ref = date(2026, 3, 1), shipped()
    with pool.maintain() as session:
        docket_cache.catch_up(session, today, ref)
    with pool.read() as session:
        found = docket.find(session, Asked(today, within=2000), ref)
        for entry in found:
            assert docket.explained(session, entry.key, today, ref).chain
    return {entry.rule: entry.due for entry in found}


@pytest.mark.parametrize(("model", "values", "expected", "closing"), CASES)
def test_a_date_stands_until_it_is_met(
    pool: Pool,
    model: type[Record],
    values: dict[str, Any],
    expected: dict[str, date],
    closing: dict[str, Any],
) -> None:
    with pool.write("登记", who="测试员") as session:
        [record] = journal.insert(session, model, [values])
    assert shown(pool) == expected
    if closing:
        with pool.write("办结", who="测试员") as session:
            journal.update(session, model, {record: closing})
        assert shown(pool) == {}


def test_a_case_that_stands_still_has_no_date(pool: Pool) -> None:
    values = {"filing_no": "1", "filed_on": date(2026, 3, 2), "suspended_on": date(2026, 3, 9)}
    with pool.write("登记", who="测试员") as session:
        journal.insert(session, EnforcementCase, [values])
        journal.insert(session, Agency, [{"name": "代理机构"}])
    assert shown(pool) == {}
