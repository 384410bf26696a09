"""Dates of the innovation ledgers: ends of terms, reviews, audits, closing dates, promises."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.i18n import said
from brandpool.models.certificate import IpCertificate
from brandpool.models.insurance import IpInsurance
from brandpool.models.ip_project import IpProject
from brandpool.models.licence import OpenLicence, PatentLicence
from brandpool.models.pledge import Pledge
from brandpool.models.portfolio import PatentPortfolio
from brandpool.models.record import Record
from brandpool.models.secret_site import SecretInspection, SecretSite
from brandpool.models.trademark import Trademark
from brandpool.rules.explained import Explained, Step
from brandpool.services import ip_projects, pledges
from brandpool.services.docket_date import FAR, Dated, Owned, deadline, recorded

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """One date of a kind: its rule, its field, what it is called and where it is written.

    It is closed once one of the fields `closed_by` is filled, or when `settled` says so. A date
    that comes again is told apart by its year. `note` is the field that says what it is about.
    """

    rule: str
    field: str
    event: str
    source: str
    closed_by: tuple[str, ...] = ()
    settled: Callable[[Row], bool] = lambda _row: False
    yearly: bool = False
    note: str = ""


def _audited(row: Row) -> bool:
    return row["audited_on"] is not None and row["audited_on"] >= row["audit_due"]


ENDINGS: Mapping[type[Record], tuple[Ending, ...]] = {
    Pledge: (
        Ending(
            "pledge.ends",
            "ends",
            said("质押届满日"),
            said("质权登记证"),
            ("released", "revoked_on"),
            note="pledgee",
        ),
    ),
    IpInsurance: (
        Ending(
            "insurance.ends",
            "ends",
            said("终保日期"),
            said("保单"),
            ("cancelled_on",),
            note="insurer",
        ),
    ),
    IpCertificate: (
        Ending(
            "certificate.expires",
            "expires",
            said("证书到期日期"),
            said("认证证书"),
            ("withdrawn_on",),
            note="body",
        ),
        Ending(
            "certificate.audit",
            "audit_due",
            said("监督审核日"),
            said("认证机构通知"),
            ("withdrawn_on",),
            _audited,
            yearly=True,
            note="body",
        ),
        Ending(
            "certificate.change",
            "change_by",
            said("换版期限"),
            said("换版通知"),
            ("withdrawn_on",),
            note="body",
        ),
    ),
    PatentLicence: (
        Ending(
            "licence.ends",
            "ends",
            said("许可届满日"),
            said("许可合同"),
            ("cancelled_on",),
            note="other_party",
        ),
    ),
    OpenLicence: (
        Ending(
            "open_licence.ends",
            "ends",
            said("许可期限届满日"),
            said("开放许可声明"),
            ("withdrawn_on",),
            note="name",
        ),
    ),
    SecretSite: (
        Ending(
            "secret_site.review",
            "review_on",
            said("复核日"),
            said("认定文件"),
            ("withdrawn_on",),
            yearly=True,
            note="name",
        ),
    ),
    SecretInspection: (
        Ending("secret_site.mend", "mend_by", said("整改期限"), said("检查记录"), ("mended_on",)),
    ),
    IpProject: (
        Ending(
            "ip_project.apply_by",
            "apply_by",
            said("申报截止"),
            said("申报通知"),
            settled=lambda row: not ip_projects.is_open(row["stage"], row["submitted_on"]),
            yearly=True,
            note="name",
        ),
    ),
    PatentPortfolio: (
        Ending(
            "portfolio.ends",
            "ends",
            said("验收期限"),
            said("项目任务书"),
            settled=lambda row: row["status"] in ("accepted", "ended"),
            note="name",
        ),
    ),
}


def readers() -> dict[type[Record], Callable[[Session, Sequence[str]], dict[str, Owned]]]:
    """How the dates of each kind are read; a pledge also knows how long its marks last."""
    plain = {model: partial(_read, model) for model in ENDINGS}
    return {**plain, Pledge: read_pledges, SecretInspection: read_inspections}


def read_pledges(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """The ends of these pledges, and of pledged marks that end before (商标法第四十条)."""
    found = _read(Pledge, session, ids)
    for short in pledges.short_terms(session, FAR, ids):
        found[short.pledge[1]][1].append(_short(short))
    return found


def read_inspections(session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    """By when sites have to mend what was found; the enterprise is the site's."""
    rows = journal.snapshot(session, SecretInspection, list(ids))
    sites = journal.snapshot(session, SecretSite, [r["site_id"] or "" for r in rows.values()])
    return {
        record: (sites.get(rows[record]["site_id"] or "", {}).get("enterprise_id"), dates)
        for record, (_owner, dates) in _read(SecretInspection, session, ids).items()
    }


def _read(model: type[Record], session: Session, ids: Sequence[str]) -> dict[str, Owned]:
    found = journal.snapshot(session, model, list(ids))
    return {
        record: (row.get("enterprise_id"), list(_dates(model, row)))
        for record, row in found.items()
        if row["dup_of"] is None
    }


def _dates(model: type[Record], row: Row) -> Iterator[Dated]:
    for one in ENDINGS[model]:
        day: date | None = row[one.field]
        if day is None or any(row[name] for name in one.closed_by) or one.settled(row):
            continue
        told = recorded(one.event, day, one.source)
        occasion = str(day.year) if one.yearly else ""
        note = str(row[one.note] or "") if one.note else ""
        yield deadline(one.rule, model.kind(), row["id"], occasion, told, day, note=note)


def _short(short: pledges.Short) -> Dated:
    steps = (
        Step(said("质押商标期满"), "商标法第四十条", short.mark_ends),
        Step(
            said("质押届满日"),
            said("质权登记证"),
            short.pledge_ends,
            note=said("商标先于质押到期，须在期满前续展"),
        ),
    )
    told = Explained({"value": short.mark_ends}, steps)
    occasion = f"{short.mark}:{short.mark_ends.year}"
    kind, record = Trademark.kind(), short.mark
    return deadline("pledge.mark_ends", kind, record, occasion, told, short.mark_ends)
