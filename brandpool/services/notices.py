"""Public notices (公示) of proposed moves: published, open for some working days, then decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.tier import PublicNotice
from brandpool.rules import scheme_file
from brandpool.rules.explained import Explained
from brandpool.rules.notice import public_notice
from brandpool.rules.reference import Reference
from brandpool.rules.scheme import Ladder
from brandpool.services import credit, judging, records, schemes
from brandpool.services.decision import MoveOrder
from brandpool.services.placings import Standing, placings, standings_of
from brandpool.services.records import RecordRow


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of a notice: the enterprise and the tier it is to move to (None: to leave)."""

    enterprise: str
    tier: str | None


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """A notice to publish; working days and counting are the scheme's where left out."""

    title: str
    ladder: str
    published: date
    proposals: tuple[Proposal, ...]
    working_days: int | None = None
    count_first: bool | None = None
    receives: str | None = None
    phone: str | None = None
    document_no: str | None = None


def publish(session: Session, order: NoticeOrder, ref: Reference | None = None) -> str:
    """Record a notice with its last day in working days; returns its id.

    The end is provisional while the holidays of its year are not published. Raises UserError when
    it lists nobody or somebody twice, proposes to move up somebody who is on a credit list, or
    neither the order nor the scheme says how many days.
    """
    _check(order)
    _check_credit(session, order)
    days, count_first = _terms(session, order)
    ends = public_notice(order.published, days, count_first, ref=ref)
    values: dict[str, Value] = {
        "title": order.title.strip(),
        "ladder": order.ladder,
        "published": order.published,
        "working_days": days,
        "count_first": count_first,
        "ends": ends.day("end"),
        "provisional": ends.provisional,
        "receives": order.receives or None,
        "phone": order.phone or None,
        "document_no": order.document_no or None,
        "proposed": scheme_file.dumps(
            [{"enterprise": p.enterprise, "tier": p.tier} for p in order.proposals], indent=None
        ),
    }
    return records.add(session, PublicNotice, values)


def explained(session: Session, notice: str, ref: Reference | None = None) -> Explained:
    """How the last day of a notice comes about: publication, count, calendar, article."""
    row = records.get(session, PublicNotice, notice)
    published, days = row["published"], row["working_days"]
    if not isinstance(published, date) or not isinstance(days, int):
        raise UserError(_("公示没有填写起始日或工作日数，无法推算截止日。"))
    return public_notice(published, days, bool(row["count_first"]), ref=ref)


def proposals(row: RecordRow) -> list[Proposal]:
    """The list that was published."""
    kept = row["proposed"]
    found = scheme_file.loads(kept) if isinstance(kept, str) else []
    return [Proposal(item["enterprise"], item["tier"]) for item in found]


def object_to(session: Session, notice: str, day: date, who: str, what: str) -> None:
    """Note an objection to a notice, under the earlier ones.

    Raises UserError when the text or the objector is blank, or the notice had not begun.
    """
    row = records.get(session, PublicNotice, notice)
    if not who.strip() or not what.strip():
        raise UserError(_("请填写异议人和异议内容。"))
    published, ends = row["published"], row["ends"]
    if isinstance(published, date) and day < published:
        raise UserError(_("异议日期 {day} 早于公示起始日。").format(day=day))
    late = _("（已过公示截止日）") if isinstance(ends, date) and day > ends else ""
    line = f"{day} {who.strip()}{late}：{what.strip()}"
    text = f"{row['objections']}\n{line}" if row["objections"] else line
    records.edit(session, PublicNotice, notice, {"objections": text}, row.ver)


def orders(
    session: Session,
    notice: str,
    effective: date,
    reason: str,
    *,
    without: Sequence[str] = (),
    document_no: str | None = None,
    decided_by: str | None = None,
    exit_reason: str | None = None,
) -> list[MoveOrder]:
    """The moves that a notice proposed, to be decided; `without` those an objection stopped."""
    row = records.get(session, PublicNotice, notice)
    return [
        MoveOrder(
            enterprise=line.enterprise,
            ladder=str(row["ladder"]),
            tier=line.tier,
            effective=effective,
            reason=reason,
            exit_reason=exit_reason if line.tier is None else None,
            document_no=document_no,
            decided_by=decided_by,
            notice_id=notice,
        )
        for line in proposals(row)
        if line.enterprise not in without
    ]


def recount(session: Session, ref: Reference | None = None) -> list[tuple[str, date, date]]:
    """Settle provisional ends once holidays are published: (notice, old end, new end) changed.

    A notice whose year is still estimated stays provisional.
    """
    edits: dict[str, dict[str, Any]] = {}
    moved: list[tuple[str, date, date]] = []
    table = PublicNotice.__table__
    assert isinstance(table, Table)
    for row in session.execute(select(table).where(table.c.provisional)).mappings():
        now = explained(session, row["id"], ref)
        edits[row["id"]] = {"ends": now.day("end"), "provisional": now.provisional}
        if now.day("end") != row["ends"]:
            moved.append((row["id"], row["ends"], now.day("end")))
    journal.update(session, PublicNotice, edits)
    return moved


def _check(order: NoticeOrder) -> None:
    if not order.title.strip():
        raise UserError(_("请填写公示标题。"))
    if not order.proposals:
        raise UserError(_("公示名单是空的，没有发布。请先选择企业。"))
    if len({line.enterprise for line in order.proposals}) < len(order.proposals):
        raise UserError(_("公示名单中有企业重复，没有发布。"))


def _check_credit(session: Session, order: NoticeOrder) -> None:
    listed = credit.barred(
        session, [p.enterprise for p in order.proposals], order.published, credit.PROMOTE
    )
    if not listed:
        return
    rungs = judging.ladder_of(
        schemes.for_ladder(session, order.ladder, order.published), order.ladder
    )
    now = standings_of(placings(session, order.ladder, list(listed)), order.published)
    rising = [
        p.enterprise
        for p in order.proposals
        if p.enterprise in listed and _rises(rungs, now.get(p.enterprise), p.tier)
    ]
    what = _("公示名单中有企业在信用名单上，没有发布")
    credit.refuse(session, rising, order.published, credit.PROMOTE, what)


def _rises(rungs: Ladder, now: Standing | None, tier: str | None) -> bool:
    here, there = rungs.place(now.tier if now else None), rungs.place(tier)
    return there is not None and (here is None or there > here)


def _terms(session: Session, order: NoticeOrder) -> tuple[int, bool]:
    if order.working_days is not None:
        return order.working_days, bool(order.count_first)
    scheme = schemes.for_ladder(session, order.ladder, order.published)
    terms = judging.ladder_of(scheme, order.ladder).notice
    if terms is None:
        text = _("方案“{scheme}”没有规定公示期。请填写公示的工作日数。")
        raise UserError(text.format(scheme=scheme.title))
    first = terms.count_first if order.count_first is None else order.count_first
    return terms.working_days, first
