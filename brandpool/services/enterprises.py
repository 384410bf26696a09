"""What is special about enterprises: they are renamed, entered twice, merged and taken apart."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.field import Kind
from brandpool.models.journal import Change, Txn
from brandpool.models.kinds import KINDS
from brandpool.models.record import fields
from brandpool.services import history, merging, names, records

MERGED = "merge"


@dataclass(frozen=True, slots=True)
class Alike:
    """Enterprises that may be one: `why` is "code", "name" or "near" (one character apart)."""

    why: str
    ids: tuple[str, ...]


def rename(
    session: Session, enterprise: str, name: str, until: date | None, seen: str | None = None
) -> None:
    """Give an enterprise its new name and keep the old one as a former name used until that day.

    Raises UserError when the name is empty.
    """
    row = records.get(session, Enterprise, enterprise)
    old = row["name"]
    changed = records.edit(session, Enterprise, enterprise, {"name": name.strip()}, seen)
    if changed and old:
        former = {"enterprise_id": enterprise, "name": old, "until": until}
        journal.insert(session, FormerName, [former])


def duplicates(session: Session) -> list[Alike]:
    """Enterprises in the pool that may be one and the same, surest first."""
    query = select(Enterprise.id, Enterprise.name, Enterprise.credit_code)
    by_code: dict[str, list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    named: list[tuple[str, str]] = []
    for record, name, code in session.execute(query):
        if code:
            by_code[code].append(record)
        if name:
            by_name[names.matched(name)].append(record)
            named.append((record, name))
    found = [Alike("code", tuple(ids)) for ids in by_code.values() if len(ids) > 1]
    found += [Alike("name", tuple(ids)) for ids in by_name.values() if len(ids) > 1]
    return found + _near(named)


def merge(
    session: Session,
    keep: str,
    other: str,
    standings: Mapping[str, str] | None = None,
    reason: str = "",
) -> None:
    """Make two records of one enterprise one: all that hangs on `other` moves to `keep`.

    Empty fields of `keep` are filled from `other`; filled ones stay. A different name of `other`
    becomes a former name. Undoing the step takes it apart again. Where both have moves on one
    ladder (`merging.doubled`), `standings` says by ladder whose standing stays, and `reason` why;
    raises UserError without.
    """
    if keep == other:
        raise UserError(_("请选择两家不同的企业合并。"))
    kept, lost = (records.get(session, Enterprise, record) for record in (keep, other))
    merging.settle(session, keep, other, standings or {}, reason)
    for model in KINDS:
        for name, declared in fields(model).items():
            if declared.kind is Kind.LINK and declared.links == Enterprise.kind():
                query = records.Query((records.Filter(name, records.Op.EQUALS, other),))
                moving = records.find(session, model, query)
                journal.update(session, model, {record: {name: keep} for record in moving})
    filled = {n: v for n, v in lost.values.items() if v is not None and kept[n] is None}
    journal.update(session, Enterprise, {keep: filled})
    if lost["name"] and lost["name"] != kept["name"]:
        journal.insert(session, FormerName, [{"enterprise_id": keep, "name": lost["name"]}])
    journal.delete(session, Enterprise, [other])


def merges(session: Session, enterprise: str) -> list[tuple[str, str]]:
    """The steps that merged something into this enterprise: (txn, its name), latest first.

    Undoing such a step (`history.undo`) takes the two apart; later edits stay and are listed.
    """
    query = (
        select(Txn.id, Txn.why)
        .join(Change, Change.lsn == Txn.lsn)
        .where(Txn.source == MERGED, Change.kind == Enterprise.kind(), Change.record == enterprise)
        .order_by(Txn.lsn.desc())
    )
    return [(txn, why) for txn, why in session.execute(query)]


def merged_steps(session: Session) -> list[history.StepRow]:
    """All merges of the pool that have not been taken apart, latest first."""
    query = select(Txn.lsn).where(Txn.source == MERGED).order_by(Txn.lsn.desc())
    steps = [history.step_at(session, lsn) for lsn in session.scalars(query)]
    return [step for step in steps if step is not None and not (step.undone or step.partial)]


def _near(named: list[tuple[str, str]]) -> list[Alike]:
    index = names.NearNames(named)
    pairs: set[tuple[str, ...]] = set()
    for record, name in named:
        pairs |= {tuple(sorted((record, other))) for other in index.near(name)}
    return [Alike("near", pair) for pair in sorted(pairs)]
