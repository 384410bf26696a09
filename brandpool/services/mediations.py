"""Mediation: disputes by the kind of body, counted once however often they move on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.mediation import KINDS, Mediation
from brandpool.rules import protection
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import records, reference_data
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, in_year, live

PASSED_ON = "passed_on"
_KIND = Mediation.kind()


@dataclass(frozen=True, slots=True)
class Due:
    """A mediation under way: the day it must end, whether that has passed, and why that day."""

    id: str
    dispute: str
    body: str
    due: date
    work_by: date
    late: bool
    explained: Explained


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute with its records in the order of the bodies it went through."""

    records: tuple[LedgerRow, ...]

    @property
    def last(self) -> LedgerRow:
        """The record of the body it is before now, or was before last."""
        return self.records[-1]

    @property
    def applied_on(self) -> date | None:
        """When it was first brought."""
        day: date | None = self.records[0]["applied_on"]
        return day


def pass_on(session: Session, record: str, body: str, kind: str, on: date) -> str:
    """Close a mediation as passed on and open it before another body; returns the new record.

    Raises UserError when it has ended already, or the day is before it was brought.
    """
    row = records.get(session, Mediation, record)
    if row["outcome"] or row["ended_on"]:
        raise UserError(_("“{what}”已经终结，不能再转。").format(what=row["dispute"]))
    if not body.strip() or kind not in {choice.code for choice in KINDS}:
        raise UserError(_("请填写转往的调解机构和调解类型。"))
    applied = row["applied_on"]
    if isinstance(applied, date) and on < applied:
        text = _("日期 {day} 早于申请日期 {applied}，请核对。")
        raise UserError(text.format(day=on, applied=applied))
    records.edit(session, Mediation, record, {"outcome": PASSED_ON, "ended_on": on})
    kept = ("dispute", "enterprise_id", "applicant", "respondent", "amount", "complaint_id")
    values: dict[str, Value] = {name: row[name] for name in kept}
    values |= {"mediation_kind": kind, "body": body.strip(), "applied_on": on}
    return records.add(session, Mediation, values | {"came_from_id": record})


def disputes(session: Session) -> list[Dispute]:
    """All disputes; the records of one that moved between bodies belong to it together."""
    rows = {row["id"]: row for row in live(session, Mediation)}
    chains: dict[str, list[tuple[int, date, str]]] = defaultdict(list)
    for row in rows.values():
        way = _way_back(row, rows)
        chains[way[-1]].append((len(way), row["applied_on"] or date.min, row["id"]))
    return [
        Dispute(tuple(rows[record] for _steps, _day, record in sorted(chain)))
        for chain in chains.values()
    ]


def brought(session: Session, year: int, on: date, kind: str = "") -> Counted:
    """The disputes first brought in the year, of the kind of body each is before now.

    The three kinds add up to all: a dispute that moved on counts once, where it is.
    """
    found = [one for one in disputes(session) if in_year(one.applied_on, year, on)]
    wanted = [one for one in found if kind in ("", one.last["mediation_kind"])]
    text = _(
        "{year} 年内（截至 {day}）首次申请调解的纠纷；在机构之间移送的只计一件，计入现在的机构。"
    ).format(year=year, day=on)
    rows = [row["id"] for one in wanted for row in one.records]
    return Counted(len(wanted), _("件"), keys(_KIND, rows), text)


def by_kind(session: Session, year: int, on: date) -> Mapping[str, Counted]:
    """The year's disputes by the three kinds of mediation."""
    return {choice.code: brought(session, year, on, choice.code) for choice in KINDS}


def agreed(session: Session, year: int, on: date) -> Counted:
    """The disputes that ended in an agreement in the year, whoever mediated them."""
    rows = [
        one.last["id"]
        for one in disputes(session)
        if one.last["outcome"] == "agreed" and in_year(one.last["ended_on"], year, on)
    ]
    text = _("{year} 年内（截至 {day}）达成调解协议的纠纷。").format(year=year, day=on)
    return Counted(len(rows), _("件"), keys(_KIND, rows), text)


def confirmed(session: Session, year: int, on: date) -> Counted:
    """The agreements a court confirmed in the year (司法确认)."""
    rows = [r["id"] for r in live(session, Mediation) if in_year(r["confirmed_on"], year, on)]
    text = _("{year} 年内（截至 {day}）经司法确认的调解协议。").format(year=year, day=on)
    return Counted(len(rows), _("件"), keys(_KIND, rows), text)


def running(session: Session, on: date, ref: Reference | None = None) -> list[Due]:
    """The mediations under way on a day with the day they must end, the earliest first."""
    ref = ref or reference_data.reference(session, on)
    found = []
    for row in live(session, Mediation):
        started = row["accepted_on"]
        if started is None or started > on or row["outcome"] or row["ended_on"]:
            continue
        told = protection.mediation_end(row["mediation_kind"] or "", started, ref=ref)
        due, work_by = told.day("due"), told.day("work_by")
        found.append(Due(row["id"], row["dispute"] or "", row["body"] or "", due, work_by,
                         due < on, told))  # fmt: skip
    return sorted(found, key=lambda one: (one.due, one.id))


def _way_back(row: LedgerRow, rows: Mapping[str, LedgerRow]) -> list[str]:
    """From a record to the first of its dispute; of a circle, to its smallest id."""
    way = [row["id"]]
    while (before := rows[way[-1]]["came_from_id"]) in rows:
        if before in way:
            return [*way, min(way[way.index(before) :])]
        way.append(before)
    return way
