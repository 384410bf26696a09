"""The inbox of complaints and reports: split, accepted or refused, checked, mediated, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.complaint import Complaint
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.field import Value
from brandpool.models.record import fields
from brandpool.rules import complaints as rules
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import records, reference_data
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, in_year, live

COMPLAINT, REPORT, BOTH = "complaint", "report", "both"
_KIND = Complaint.kind()
_TENTH = Decimal("0.1")
_OF_A_COMPLAINT = (
    "may_publish", "may_delegate", "claim", "decision", "decided_on", "refusal", "result",
    "ended_on",
)  # fmt: skip
_OF_A_REPORT = ("extended", "finding", "finding_on", "told_on", "case_id", "anonymous")


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One letter that waits for something.

    `waits_for` is accept, mediate, check, tell or split; `due` the day by which, `late` whether it
    has passed.
    """

    id: str
    register_no: str
    nature: str
    accused: str
    received_on: date
    waits_for: str
    due: date
    late: bool
    explained: Explained


def register(session: Session, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Enter a letter; one that is both complaint and report becomes two records linked together.

    令第121号第七条: 既有投诉又有举报的分别处理. Returns the ids, the complaint's first. Raises
    UserError when something required is missing.
    """
    if values.get("nature") != BOTH:
        return (records.add(session, Complaint, values),)
    record = records.add(session, Complaint, {**values, "nature": COMPLAINT})
    return record, _other_half(session, record, values)


def split(session: Session, record: str) -> str:
    """Split a letter that was entered as both; returns the report's id.

    The record stays as the complaint and keeps its history. Raises UserError when it is not both.
    """
    row = records.get(session, Complaint, record)
    if row["nature"] != BOTH:
        raise UserError(_("“{no}”不是投诉并举报，不需要分拆。").format(no=row["register_no"]))
    given = dict(row.values)
    cleared: dict[str, Value] = dict.fromkeys(_OF_A_REPORT)
    journal.update(session, Complaint, {record: {**cleared, "nature": COMPLAINT}})
    return _other_half(session, record, given)


def _other_half(session: Session, complaint: str, values: Mapping[str, Value]) -> str:
    own = {n: v for n, v in values.items() if n in fields(Complaint) and n not in _OF_A_COMPLAINT}
    report = records.add(session, Complaint, {**own, "nature": REPORT, "linked_id": complaint})
    kept: dict[str, Value] = {n: None for n in _OF_A_REPORT if values.get(n) is not None}
    journal.update(session, Complaint, {complaint: {**kept, "linked_id": report}})
    return report


def decide(session: Session, record: str, decision: str, on: date, why: str = "") -> None:
    """Accept (accepted), refuse (refused) or pass on (passed_on) a complaint.

    Raises UserError for a report, a letter still to be split, a day before it came, a second
    decision, or a refusal without a reason.
    """
    row = _open(session, record, COMPLAINT)
    if row["decision"]:
        raise UserError(_("“{no}”已作出受理决定。").format(no=row["register_no"]))
    if decision == "refused" and not why.strip():
        raise UserError(_("不予受理须写明理由（令第121号），没有保存。"))
    _not_before(on, row["received_on"], _("收到日期"))
    values: dict[str, Value] = {"decision": decision, "decided_on": on}
    records.edit(session, Complaint, record, values | {"refusal": why.strip() or None})


def end_mediation(session: Session, record: str, result: str, on: date) -> None:
    """End the mediation of an accepted complaint: agreed, ended or withdrawn.

    Raises UserError when it was not accepted, or ended before that.
    """
    row = _open(session, record, COMPLAINT)
    if row["decision"] != "accepted":
        raise UserError(_("“{no}”没有受理，无从终结调解。").format(no=row["register_no"]))
    _not_before(on, row["decided_on"], _("受理决定日"))
    records.edit(session, Complaint, record, {"result": result, "ended_on": on})


def find_out(
    session: Session,
    record: str,
    finding: str,
    on: date,
    case: Mapping[str, Value] | None = None,
) -> str | None:
    """Decide on a report: file, no_file or passed_on; with `case` open that case and link it.

    Returns the case's id. Raises UserError for a complaint or a day before the report came.
    """
    row = _open(session, record, REPORT)
    _not_before(on, row["received_on"], _("收到日期"))
    opened = None
    if finding == "file" and case is not None:
        given: dict[str, Value] = {
            "source": REPORT, "filed_on": on, "party": row["accused"],
            "enterprise_id": row["enterprise_id"], **case,
        }  # fmt: skip
        opened = records.add(session, EnforcementCase, given)
    values: dict[str, Value] = {"finding": finding, "finding_on": on}
    records.edit(session, Complaint, record, values | ({"case_id": opened} if opened else {}))
    return opened


def inbox(session: Session, on: date, ref: Reference | None = None) -> list[InboxRow]:
    """Every letter that waits for something on a day, the earliest due first."""
    ref = ref or reference_data.reference(session, on)
    found = [
        one
        for row in live(session, Complaint)
        if row["received_on"] is not None and row["received_on"] <= on
        for one in _waiting(row, on, ref)
    ]
    return sorted(found, key=lambda one: (one.due, one.id))


def in_time(session: Session, year: int, on: date, ref: Reference | None = None) -> Counted:
    """七个工作日内作出受理决定的比例, in per cent, of the year's complaints whose time is over.

    A complaint still within its time is not counted; without any the rate is "—".
    """
    ref = ref or reference_data.reference(session, on)
    kept, broken = [], []
    for row in live(session, Complaint):
        if row["nature"] == REPORT or not in_year(row["received_on"], year, on):
            continue
        due = rules.complaint_acceptance(row["received_on"], ref=ref).day("due")
        if row["decided_on"] is not None and row["decided_on"] <= due:
            kept.append(row["id"])
        elif due < on or row["decided_on"] is not None:
            broken.append(row["id"])
    text = _(
        "{year} 年收到（截至 {day}）的投诉中，七个工作日内作出受理决定的占已到期的比例。"
    ).format(year=year, day=on)
    all_of_them = len(kept) + len(broken)
    rate = (Decimal(100 * len(kept)) / all_of_them).quantize(_TENTH) if all_of_them else None
    return Counted(rate, "%", keys(_KIND, [*kept, *broken]), text)


def received(session: Session, year: int, on: date, nature: str = "") -> Counted:
    """The letters that came in the year, of one nature or of all; one to be split counts once."""
    rows = [
        row["id"]
        for row in live(session, Complaint)
        if in_year(row["received_on"], year, on) and nature in ("", row["nature"])
    ]
    text = _("{year} 年内（截至 {day}）收到的投诉举报；分拆后的两件分别计数。").format(
        year=year, day=on
    )
    return Counted(len(rows), _("件"), keys(_KIND, rows), text)


def _waiting(row: LedgerRow, on: date, ref: Reference) -> list[InboxRow]:
    nature, came = row["nature"], row["received_on"]
    if nature == BOTH:
        told = rules.complaint_acceptance(came, ref=ref)
        return [_inbox(row, "split", told, told.day("due"), on)]
    if nature == REPORT:
        return _report_waits(row, on, ref)
    if not row["decision"]:
        told = rules.complaint_acceptance(came, ref=ref)
        return [_inbox(row, "accept", told, told.day("due"), on)]
    if row["decision"] != "accepted" or row["result"] or row["ended_on"] or not row["decided_on"]:
        return []
    told = rules.complaint_mediation(row["decided_on"], ref=ref)
    return [_inbox(row, "mediate", told, told.day("work_by"), on)]


def _report_waits(row: LedgerRow, on: date, ref: Reference) -> list[InboxRow]:
    if not row["finding"]:
        told = rules.clue_check(row["received_on"], ref=ref)
        due = told.day("extendable_to" if row["extended"] else "due")
        return [_inbox(row, "check", told, due, on)]
    if row["anonymous"] or row["told_on"] or not row["finding_on"]:
        return []
    told = rules.reporter_told(row["finding_on"], ref=ref)
    return [_inbox(row, "tell", told, told.day("due"), on)]


def _inbox(row: LedgerRow, waits_for: str, told: Explained, due: date, on: date) -> InboxRow:
    return InboxRow(
        row["id"], row["register_no"] or "", row["nature"] or "", row["accused"] or "",
        row["received_on"], waits_for, due, due < on, told,
    )  # fmt: skip


def _open(session: Session, record: str, nature: str) -> records.RecordRow:
    row = records.get(session, Complaint, record)
    if row["nature"] == BOTH:
        text = _("“{no}”既是投诉又是举报，请先分拆，再分别办理。")
        raise UserError(text.format(no=row["register_no"]))
    if row["nature"] != nature:
        what = _("举报不作受理决定") if nature == COMPLAINT else _("投诉不作立案决定")
        raise UserError(_("“{no}”：{what}。").format(no=row["register_no"], what=what))
    return row


def _not_before(day: date, start: Value, what: str) -> None:
    if isinstance(start, date) and day < start:
        text = _("日期 {day} 早于{what} {start}，请核对。")
        raise UserError(text.format(day=day, what=what, start=start))
