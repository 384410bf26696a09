"""Agencies: who counts on a day, what was found against them, and the marks of penalised ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.agency import Agency, AgencyFinding, AgencyYear, CustodyContract
from brandpool.models.trademark import Trademark
from brandpool.rules.enforcement import agency_penalty
from brandpool.rules.reference import Reference
from brandpool.services import names, records, reference_data
from brandpool.services.counted import Counted, keys
from brandpool.services.ledger_rows import LedgerRow, by_day, in_year, live
from brandpool.services.placings import narrowed

_KIND = Agency.kind()


@dataclass(frozen=True, slots=True)
class Flag:
    """An agency's penalty that is shown on every mark it handles."""

    agency: str
    name: str
    finding: str
    dated: date
    article: str
    document_no: str

    @property
    def sentence(self) -> str:
        """代理机构“…”于 … 依 … 受处罚."""
        text = _("代理机构“{name}”于 {day} 依{article}受到处罚")
        told = text.format(name=self.name, day=self.dated, article=self.article)
        return f"{told}（{self.document_no}）" if self.document_no else told


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One agency in one year: what the office found, what it reported, how it was graded."""

    agency: str
    name: str
    year: int
    checks: int
    complaints: int
    penalties: int
    unrectified: int
    contracts: int
    marks: int
    score: Decimal | None
    grade: str
    findings: tuple[str, ...]


def counted(session: Session, on: date) -> Counted:
    """服务机构数: the agencies established by a day and not deregistered by then."""
    rows = [row["id"] for row in live(session, Agency) if _exists(row, on)]
    text = _("{day} 在册的服务机构：已成立、未注销；注销之日起不计。").format(day=on)
    return Counted(len(rows), _("家"), keys(_KIND, rows), text)


def revenue(session: Session, year: int, on: date) -> Counted:
    """服务业营业收入 in yuan, as the agencies of the count on that day reported it for the year."""
    return _reported(session, "revenue", _("元"), year, on)


def staff(session: Session, year: int, on: date) -> Counted:
    """从业人员, as the agencies of the count on that day reported them for the year."""
    return _reported(session, "staff", _("人"), year, on)


def flags(session: Session, on: date, ref: Reference | None = None) -> dict[str, Flag]:
    """The agencies with a penalty by 商标法2026第六十七条 up to a day; the latest of each.

    Which law's penalties count is in the law's data (`agency_penalty_marks`).
    """
    ref = ref or reference_data.reference(session, on)
    titles = {row["id"]: row["name"] or "" for row in live(session, Agency)}
    found: dict[str, Flag] = {}
    rows = [r for r in live(session, AgencyFinding) if by_day(r["dated"], on)]
    for row in sorted(rows, key=lambda one: one["dated"]):
        told = row["agency_id"] in titles and row["finding_kind"] == "penalty"
        if told and agency_penalty(row["article"] or "", row["dated"], ref=ref)["flagged"]:
            found[row["agency_id"]] = Flag(
                row["agency_id"], titles[row["agency_id"]], row["id"], row["dated"],
                row["article"], row["document_no"] or "",
            )  # fmt: skip
    return found


def flagged_marks(
    session: Session, on: date, marks: Iterable[str] | None = None, ref: Reference | None = None
) -> dict[str, Flag]:
    """The marks (of these; None: of all) whose agency in words is one of `flags`, by mark."""
    flagged = flags(session, on, ref)
    if not flagged:
        return {}
    known = {
        name: flagged[agency]
        for agency, called in _names(session).items()
        if agency in flagged
        for name in called
    }
    return {
        mark: known[name]
        for mark, agent in _agents(session, marks)
        if (name := names.written(agent)) in known
    }


def evaluation(session: Session, agency: str, year: int, on: date) -> Evaluation:
    """What speaks for and against an agency in a year. Raises UserError when it is gone."""
    row = records.get(session, Agency, agency)
    found = [
        one
        for one in live(session, AgencyFinding)
        if one["agency_id"] == agency and in_year(one["dated"], year, on)
    ]
    graded = _years(session, year).get(agency, {})
    called = _names(session)[agency]
    kinds = [one["finding_kind"] for one in found]
    return Evaluation(
        agency, str(row["name"] or ""), year,
        checks=kinds.count("check"),
        complaints=kinds.count("complaint"),
        penalties=kinds.count("penalty"),
        unrectified=sum(1 for one in found if _unrectified(one, on)),
        contracts=len([c for c in live_contracts(session, on) if c["agency_id"] == agency]),
        marks=sum(1 for _mark, agent in _agents(session) if names.written(agent) in called),
        score=graded.get("score"),
        grade=graded.get("grade") or "",
        findings=tuple(one["id"] for one in found),
    )  # fmt: skip


def live_contracts(session: Session, on: date) -> list[LedgerRow]:
    """The custody contracts in force on a day: begun, not terminated, their last day included."""
    return [
        row
        for row in live(session, CustodyContract)
        if by_day(row["starts"], on)
        and (row["ends"] is None or row["ends"] >= on)
        and not by_day(row["terminated_on"], on)
    ]


def _exists(row: LedgerRow, on: date) -> bool:
    begun = row["moved_in_on"] or row["established"]
    return (begun is None or begun <= on) and not by_day(row["closed_on"], on)


def _reported(session: Session, what: str, unit: str, year: int, on: date) -> Counted:
    there = {row["id"] for row in live(session, Agency) if _exists(row, on)}
    given = {a: row for a, row in _years(session, year).items() if a in there}
    told = [row for row in given.values() if row[what] is not None]
    silent = [agency for agency in sorted(there) if (given.get(agency) or {}).get(what) is None]
    text = _("{day} 在册的服务机构填报的 {year} 年数据之和；没有填报的机构待查。").format(
        day=on, year=year
    )
    rows = keys(AgencyYear.kind(), (row["id"] for row in told))
    total = sum(row[what] for row in told) if told else None
    return Counted(total, unit, rows, text, keys(_KIND, silent))


def _years(session: Session, year: int) -> Mapping[str, LedgerRow]:
    return {row["agency_id"]: row for row in live(session, AgencyYear) if row["year"] == year}


def _names(session: Session) -> dict[str, set[str]]:
    """What each agency is and was called, written alike."""
    return {
        row["id"]: {
            names.written(name)
            for name in (row["name"] or "", *(row["former_names"] or "").split("、"))
            if name.strip()
        }
        for row in live(session, Agency)
    }


def _agents(session: Session, marks: Iterable[str] | None = None) -> list[tuple[str, str]]:
    table = Trademark.__table__
    assert isinstance(table, Table)
    query = select(table.c.id, table.c.agent).where(
        table.c.agent.is_not(None), table.c.dup_of.is_(None)
    )
    wanted = None if marks is None else set(marks)
    return [
        (mark, agent)
        for part in narrowed(query, table.c.id, None if wanted is None else sorted(wanted))
        for mark, agent in session.execute(part)
        if wanted is None or mark in wanted
    ]


def _unrectified(row: LedgerRow, on: date) -> bool:
    return row["rectify_by"] is not None and not by_day(row["rectified_on"], on)
