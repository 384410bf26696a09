"""Dates of the protection and service ledgers: clocks of cases and letters, ends of terms."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import said
from brandpool.models.agency import AgencyFinding, CustodyContract
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
from brandpool.rules import complaints, enforcement, protection
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services.docket_date import Dated, Owned, deadline, recorded, watch

Row = Mapping[str, Any]
Dates = Callable[[Row, Reference], Iterator[Dated]]


def read(
    session: Session, model: type[Record], ids: Sequence[str], ref: Reference
) -> dict[str, Owned]:
    """The dates of these records of one of READERS' kinds."""
    found = journal.snapshot(session, model, list(ids))
    rows = [row for row in found.values() if row["dup_of"] is None]
    return {row["id"]: (row.get("enterprise_id"), list(READERS[model](row, ref))) for row in rows}


def _case(row: Row, ref: Reference) -> Iterator[Dated]:
    if not row["filed_on"] or row["decided_on"] or row["closed_on"]:
        return
    told = enforcement.case_decision(
        row["filed_on"], row["suspended_on"], row["resumed_on"], ref=ref
    )
    if told["due"] is not None:
        yield _deadline("case.decide", EnforcementCase, row, told, "due", row["party"])


def _complaint(row: Row, ref: Reference) -> Iterator[Dated]:
    if row["nature"] != "complaint" and row["received_on"]:
        yield from _report(row, ref)
    if row["nature"] == "report" or not row["received_on"]:
        return
    if not row["decision"]:
        told = complaints.complaint_acceptance(row["received_on"], ref=ref)
        yield _deadline("complaint.accept", Complaint, row, told, "due", row["accused"])
    elif row["decision"] == "accepted" and row["decided_on"] and not _mediated(row):
        told = complaints.complaint_mediation(row["decided_on"], ref=ref)
        end = told["terminate_mediation_on"]
        yield _deadline("complaint.mediation", Complaint, row, told, "work_by", row["accused"], end)


def _mediated(row: Row) -> bool:
    return bool(row["result"] or row["ended_on"])


def _report(row: Row, ref: Reference) -> Iterator[Dated]:
    if row["finding"]:
        if row["finding_on"] and not row["told_on"] and not row["anonymous"]:
            told = complaints.reporter_told(row["finding_on"], ref=ref)
            yield _deadline("report.tell", Complaint, row, told, "due", row["accused"])
        return
    told = complaints.clue_check(row["received_on"], ref=ref)
    key = "extendable_to" if row["extended"] else "due"
    yield _deadline("report.check", Complaint, row, told, key, row["accused"])


def _mediation(row: Row, ref: Reference) -> Iterator[Dated]:
    if not row["accepted_on"] or row["outcome"] or row["ended_on"]:
        return
    told = protection.mediation_end(row["mediation_kind"] or "", row["accepted_on"], ref=ref)
    yield _deadline("mediation.ends", Mediation, row, told, "work_by", row["body"], told["due"])


def _aid(row: Row, ref: Reference) -> Iterator[Dated]:
    if row["accepted_on"] and not row["done_on"]:
        told = protection.aid_limit(row["accepted_on"], ref=ref)
        yield _deadline("aid.open", AidRequest, row, told, "work_by", row["applicant"], told["due"])


def _listing(row: Row, ref: Reference) -> Iterator[Dated]:
    if not row["listed_on"] or row["removed_on"]:
        return
    told = protection.listing_term(row["list_type"] or "", row["listed_on"], ref=ref)
    if told is None:
        return
    for rule, key in (("credit.early", "early"), ("credit.ends", "due")):
        day: date | None = told[key]
        if day is not None:
            kind = CreditListing.kind()
            yield watch(rule, kind, row["id"], "", told, day, note=row["cause"] or "")


@dataclass(frozen=True, slots=True)
class End:
    """A day that stands in the record: its rule, field, name, source; closed by these fields."""

    rule: str
    field: str
    event: str
    source: str
    closed_by: tuple[str, ...] = ()
    passing: bool = False
    note: str = ""


def _ends(model: type[Record], one: End) -> Dates:
    def dates(row: Row, _ref: Reference) -> Iterator[Dated]:
        day: date | None = row[one.field]
        if day is None or any(row[name] for name in one.closed_by):
            return
        told = recorded(one.event, day, one.source)
        make = watch if one.passing else deadline
        note = str(row[one.note] or "") if one.note else ""
        yield make(one.rule, model.kind(), row["id"], "", told, day, note=note)

    return dates


def _deadline(
    rule: str,
    model: type[Record],
    row: Row,
    told: Explained,
    key: str,
    note: str | None,
    raw: date | None = None,
) -> Dated:
    return deadline(
        rule, model.kind(), row["id"], "", told, told.day(key), raw=raw, note=note or ""
    )


_ENDS: Mapping[type[Record], End] = {
    Officer: End(
        "officer.certificate",
        "certificate_until",
        said("执法证有效期至"),
        said("执法证"),
        ("left_on",),
        note="unit",
    ),
    AgencyFinding: End(
        "agency.rectify",
        "rectify_by",
        said("整改期限"),
        said("监管文书"),
        ("rectified_on",),
        note="what",
    ),
    CustodyContract: End(
        "custody.ends",
        "ends",
        said("托管届满日"),
        said("托管合同"),
        ("terminated_on",),
        note="contract_no",
    ),
    InfoPoint: End(
        "info_point.ends", "valid_until", said("有效期至"), said("授牌文件"), note="name"
    ),
    GroupMember: End(
        "group.term", "ends", said("任期止"), said("任命文件"), passing=True, note="unit"
    ),
    GroupTask: End(
        "group.task", "due", said("完成期限"), said("任务安排"), ("done_on",), note="unit"
    ),
    Partner: End("partner.ends", "until", said("合作届满日"), said("合作协议"), note="name"),
}

READERS: Mapping[type[Record], Dates] = {
    EnforcementCase: _case,
    Complaint: _complaint,
    Mediation: _mediation,
    AidRequest: _aid,
    CreditListing: _listing,
    **{model: _ends(model, end) for model, end in _ENDS.items()},
}
