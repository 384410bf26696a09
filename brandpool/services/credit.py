"""The credit gate: who stands on a list of dishonesty on a day, and what that bars it from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.credit import LISTS, CreditListing
from brandpool.models.enterprise import Enterprise
from brandpool.rules.reference import Reference
from brandpool.services import reference_data

RECOMMEND, PROMOTE, SUBSIDISE = ACTS = ("recommend", "promote", "subsidise")
_LABELS = {choice.code: choice for choice in LISTS}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class CreditListingRow:
    """An entry that stands on the day asked for; `bars` of ACTS, `sentence` says it in words."""

    id: str
    enterprise: str
    list_type: str
    listed_on: date | None
    document_no: str
    authority: str
    cause: str
    bars: tuple[str, ...]
    on: date

    @property
    def sentence(self) -> str:
        """列入严重违法失信名单（2026-03-02，文号），尚未移出."""
        label = _LABELS.get(self.list_type)
        details = "，".join(filter(None, (str(self.listed_on or ""), self.document_no)))
        return _("在“{list}”上（{details} 列入，{on} 尚未移出）").format(
            list=label.label(lang()) if label else self.list_type,
            details=details or _("列入日期不详"),
            on=self.on,
        )


def barred(
    session: Session,
    enterprises: Sequence[str] | None,
    on: date,
    act: str | None = None,
    ref: Reference | None = None,
) -> dict[str, CreditListingRow]:
    """Who of these (None: of all) is listed on a day, by enterprise, with the entry that bars it.

    `act` of ACTS keeps only lists that bar it; without it any act counts. An entry stands up to
    the day before its removal; one without a day of listing stands until it is removed. Of several
    entries the earliest is named. What a list bars is the reference document `protection`.
    """
    ref = ref or reference_data.reference(session, on)
    found: dict[str, CreditListingRow] = {}
    for row in _standing(session, enterprises, on):
        bars = bars_of(row["list_type"], on, ref)
        if (act in bars) if act else bars:
            found.setdefault(row["enterprise_id"], _row(row, bars, on))
    return found


def bars_of(list_type: str, on: date, ref: Reference) -> tuple[str, ...]:
    """What standing on a list bars on a day, by the reference data; of several rows the latest."""
    rows = [
        row
        for row in ref.documents["protection"]["credit"]
        if row["list_type"] == list_type and row["from"] <= on.isoformat()
    ]
    return tuple(max(rows, key=lambda row: str(row["from"]))["bars"]) if rows else ()


def refuse(session: Session, enterprises: Sequence[str], on: date, act: str, what: str) -> None:
    """Raise UserError that names every barred enterprise and its entry; `what` is not done."""
    found = barred(session, enterprises, on, act)
    if not found:
        return
    names = journal.snapshot(session, Enterprise, list(found))
    told = [f"{names[one]['name'] or one}{row.sentence}" for one, row in found.items()]
    more = _("等 {n} 家").format(n=len(told)) if len(told) > _NAMED else ""
    text = _("{what}：{who}{more}。请先移出这些企业；移出名单之后可以再办。")
    raise UserError(text.format(what=what, who="；".join(told[:_NAMED]), more=more))


def _standing(
    session: Session, enterprises: Sequence[str] | None, on: date
) -> list[Mapping[str, Any]]:
    """Entries that stand on the day, the earliest first."""
    table: Any = CreditListing.__table__
    assert isinstance(table, Table)
    c = table.c
    query = select(table).where(
        c.dup_of.is_(None),
        c.enterprise_id.is_not(None),
        or_(c.listed_on.is_(None), c.listed_on <= on),
        or_(c.removed_on.is_(None), c.removed_on > on),
    )
    query = query.order_by(c.listed_on, c.id)
    parts = (
        [query]
        if enterprises is None
        else [query.where(c.enterprise_id.in_(ids)) for ids in journal.in_batches(enterprises)]
    )
    return [dict(row) for part in parts for row in session.execute(part).mappings()]


def _row(row: Mapping[str, Any], bars: tuple[str, ...], on: date) -> CreditListingRow:
    return CreditListingRow(
        id=row["id"],
        enterprise=row["enterprise_id"],
        list_type=row["list_type"] or "",
        listed_on=row["listed_on"],
        document_no=row["document_no"] or "",
        authority=row["authority"] or "",
        cause=row["cause"] or "",
        bars=bars,
        on=on,
    )
