"""Field packs: the register of what is out, what a laptop's copy is, and what has arrived."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Value
from brandpool.models.journal import PoolFact, Txn
from brandpool.models.pack import Acknowledged, FieldPack, PackedEnterprise
from brandpool.services import records
from brandpool.services.records import Filter, Op, Query

_COPY = "field_copy"


class Copy(msgspec.Struct, frozen=True):
    """What a laptop's pool knows about the pack it was opened from.

    `outing` is that pack's id, `lineage` names the pool at the office; `key` is the pack's key as
    sealed under its passphrase, so that what goes home opens with the same one.
    """

    outing: str
    lineage: str
    made_for: str
    expires: date | None
    personal: bool
    key: bytes


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack of the register; `overdue` on the day that was asked about."""

    id: str
    pack_no: str
    title: str
    taken_by: str
    taken_on: date | None
    until: date | None
    enterprises: int
    returned_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Outing:
    """What the register keeps of a pack that goes out."""

    pack_no: str
    title: str
    taken_by: str
    taken_on: date
    until: date
    enterprises: tuple[str, ...]
    purpose: str = ""
    personal: bool = False
    originals: bool = False
    made_by: str = ""
    file_name: str = ""


def chosen(session: Session, query: Query | None = None) -> list[tuple[str, str]]:
    """The enterprises of a query, each with its name: what a pack may be made of.

    Records that are duplicates of another are left out; the other one stands for them.
    """
    rows = records.rows(session, Enterprise, records.find(session, Enterprise, query))
    return [(row.id, str(row["name"] or "")) for row in rows if row.dup_of is None]


def register(session: Session, outing: Outing) -> str:
    """Write down that a pack goes out; returns the id of its record."""
    values: dict[str, Value] = {
        "pack_no": outing.pack_no,
        "title": outing.title,
        "taken_by": outing.taken_by,
        "taken_on": outing.taken_on,
        "until": outing.until,
        "purpose": outing.purpose or None,
        "enterprises": len(outing.enterprises),
        "with_personal": outing.personal,
        "with_originals": outing.originals,
        "made_by": outing.made_by or None,
        "file_name": outing.file_name or None,
    }
    pack = journal.insert(session, FieldPack, [values])[0]
    members: list[dict[str, Value]] = [
        {"field_pack_id": pack, "enterprise_id": one} for one in outing.enterprises
    ]
    journal.insert(session, PackedEnterprise, members)
    return pack


def give_back(session: Session, pack_no: str, on: date, note: str = "") -> bool:
    """Write down that a pack has come home; returns whether it was still out.

    Also for one whose laptop is lost: `note` then says so.
    """
    wanted = (Filter("pack_no", Op.EQUALS, pack_no), Filter("returned_on", Op.EMPTY))
    ids = records.find(session, FieldPack, Query(wanted))
    edit = {"returned_on": on, "return_note": note or None}
    return journal.update(session, FieldPack, dict.fromkeys(ids, edit)) > 0


def listed(session: Session, on: date, *, only_out: bool = False) -> list[PackRow]:
    """The packs of the register, those taken last first."""
    wanted = (Filter("returned_on", Op.EMPTY),) if only_out else ()
    ids = records.find(session, FieldPack, Query(wanted, ("-taken_on", "pack_no")))
    return [_pack_row(row, on) for row in records.rows(session, FieldPack, ids)]


def out_with(session: Session, enterprises: Sequence[str]) -> dict[str, list[str]]:
    """Which of these enterprises are out now, each with who has them."""
    member, pack = PackedEnterprise.__table__, FieldPack.__table__
    found: dict[str, list[str]] = {}
    for batch in journal.in_batches(enterprises):
        query = (
            select(member.c.enterprise_id, pack.c.taken_by)
            .join(pack, pack.c.id == member.c.field_pack_id)
            .where(member.c.enterprise_id.in_(batch), pack.c.returned_on.is_(None))
            .order_by(pack.c.taken_on)
        )
        for enterprise, person in session.execute(query):
            found.setdefault(enterprise, []).append(person or "")
    return found


def copy_of(session: Session) -> Copy | None:
    """What this pool was opened from; None at the office."""
    told = session.scalar(select(PoolFact.value).where(PoolFact.name == _COPY))
    return None if told is None else msgspec.json.decode(told, type=Copy)


def short_mark(session: Session) -> str:
    """Two signs by which the numbers given in this copy of the pool differ from others'."""
    site = session.scalar(select(PoolFact.value).where(PoolFact.name == "site")) or "00"
    return site[-2:].upper()


def become_copy(session: Session, copy: Copy) -> None:
    """Mark a pool as a laptop's copy; needs a maintaining session."""
    session.merge(PoolFact(name=_COPY, value=msgspec.json.encode(copy).decode()))
    session.flush()


def lineage(session: Session) -> str:
    """What tells this pool and its copies from every other pool: the id of its first step.

    Raises UserError for a pool in which nothing has ever been written.
    """
    copy = copy_of(session)
    if copy is not None:
        return copy.lineage
    first = session.scalar(select(Txn.id).order_by(Txn.lsn).limit(1))
    if first is None:
        raise UserError(_("这个品牌库还是空的，没有外勤包可做。请先导入企业。"))
    return first


def acknowledged(session: Session, what: str) -> frozenset[str]:
    """What the office has confirmed to have: hashes of files (FILE) or ids of steps (STEP)."""
    return frozenset(session.scalars(select(Acknowledged.name).where(Acknowledged.what == what)))


def acknowledge(session: Session, what: str, names: Iterable[str], pack: str) -> int:
    """Note what a receipt confirms; returns how much of it is news. Needs a maintaining session."""
    fresh = sorted(set(names) - acknowledged(session, what))
    now = time.time_ns() // 1000
    rows: list[dict[str, Any]] = [
        {"what": what, "name": name, "pack": pack, "at": now} for name in fresh
    ]
    if rows:
        session.execute(insert(Acknowledged), rows)
    return len(rows)


def _pack_row(row: records.RecordRow, on: date) -> PackRow:
    values: dict[str, Any] = dict(row.values)
    until, back = values["until"], values["returned_on"]
    return PackRow(
        row.id,
        values["pack_no"] or "",
        values["title"] or "",
        values["taken_by"] or "",
        values["taken_on"],
        until,
        values["enterprises"] or 0,
        back,
        back is None and until is not None and until < on,
    )
