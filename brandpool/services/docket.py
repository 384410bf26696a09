"""The docket: every date of every record in one list, overdue ones first, none ever hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.docket import DocketDate
from brandpool.models.field import Lang
from brandpool.models.kinds import by_kind
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import docket_cache, docket_names
from brandpool.services.docket_cache import key_of
from brandpool.services.docket_date import RISK
from brandpool.services.docket_names import Named

STATES = ("overdue", "today", "7", "30", "90", "later", "exposed", "risk")
"""Deadlines by how near they are; `exposed` marks can be attacked now, `risk` within the lead."""
WITHIN = 90
AHEAD = 366
"""How far the docket counts ahead, in days; beyond that a date is only found on its record."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the docket: as of a day, up to so many days ahead.

    `states` of STATES (empty: every deadline up to `within`, risks apart), `rules` of the docket's
    data, one enterprise. `settled` asks for what was decided instead of what is open.
    """

    on: date
    within: int = WITHIN
    states: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    enterprise: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of the docket.

    `raw` is the computed day before rolling, `due` the day that counts, `days_left` negative when
    it has passed. `reminding`: its day of reminder has come. `left` says in words how long it is.
    """

    key: str
    rule: str
    label: str
    nature: str
    state: str
    kind: str
    record: str
    subject_kind: str
    subject: str
    title: str
    enterprise: str
    enterprise_name: str
    raw: date
    due: date
    days_left: int
    left: str
    reminding: bool
    provisional: bool
    overridden: bool
    settled: bool
    note: str
    leads: tuple[int, ...]
    occasion: str
    decision: str = ""


def counts(session: Session, asked: Asked, ref: Reference) -> dict[str, int]:
    """How many entries each state has, every state named; what the desk shows on top."""
    state = _state(asked.on, ref)
    conditions = _conditions(replace(asked, within=AHEAD), ("deadline", "watch", RISK))
    found = dict.fromkeys(STATES, 0)
    query = select(state, func.count()).where(*conditions).group_by(state)
    for word, number in session.execute(query):
        found[word] += number
    return found


def find(
    session: Session,
    asked: Asked,
    ref: Reference,
    *,
    limit: int = 500,
    skip: int = 0,
    lang: Lang = "zh",
) -> list[Entry]:
    """The entries asked for, the earliest due first. The cache must have caught up."""
    c = _columns()
    state = _state(asked.on, ref)
    natures = ("deadline", "watch", RISK) if asked.states else ("deadline", "watch")
    wide = replace(asked, within=max(asked.within, AHEAD)) if asked.states else asked
    chosen = select(c.id).where(*_conditions(wide, natures))
    if asked.states:
        chosen = chosen.where(state.in_(asked.states))
    first = chosen.order_by(c.due, c.id).limit(limit).offset(skip).subquery()
    query = select(_table(), state.label("state")).where(c.id.in_(select(first.c.id)))
    rows = [_whole(row) for row in session.execute(query.order_by(c.due, c.id)).mappings()]
    return _entries(session, rows, asked.on, ref, lang)


def get(session: Session, key: str, on: date, ref: Reference, *, lang: Lang = "zh") -> Entry:
    """One entry by its key. Raises UserError when facts have changed and it is no more."""
    row = _row(session, key)
    state = session.scalar(select(_state(on, ref)).where(_columns().id == row["id"]))
    return _entries(session, [{**row, "state": state}], on, ref, lang)[0]


def explained(session: Session, key: str, on: date, ref: Reference) -> Explained:
    """How the date of an entry comes about, a person's override as its last step.

    Raises UserError when the entry is no more.
    """
    row = _row(session, key)
    model = by_kind()[row["subject_kind"]]
    derived = docket_cache.derive(session, model, [row["subject"]], on, ref)
    for one in derived.get(row["subject"], (None, []))[1]:
        if key_of(one.rule, row["subject"], one.part, one.occasion) == key:
            decision = docket_cache.decisions(session, [row["subject"]]).get(key, {})
            told = replace(one.explained, answer={**one.explained.answer, "due": one.due})
            if not decision.get("override"):
                return told
            who, why = decision["decided_by"] or "", decision["override_reason"] or ""
            return told.overridden("due", decision["override"], who, why)
    raise _gone()


def rules(ref: Reference, lang: Lang = "zh") -> dict[str, str]:
    """The kinds of dates with their labels, in the order of the docket's data."""
    return {rule: row[lang] for rule, row in ref.documents["docket"]["dates"].items()}


def row_of(session: Session, key: str) -> Mapping[str, Any]:
    """The cached row of an entry. Raises UserError when facts have changed and it is no more."""
    return _row(session, key)


_BORDERS = (("today", 0), ("7", 7), ("30", 30), ("90", 90))


def _entries(
    session: Session, rows: Sequence[Mapping[str, Any]], on: date, ref: Reference, lang: Lang
) -> list[Entry]:
    named = docket_names.named(session, rows, lang)
    found = [_entry(row, named, on, ref, lang) for row in rows]
    settled = [entry.subject for entry in found if entry.settled]
    decided = docket_cache.decisions(session, settled)
    return [replace(e, decision=decided.get(e.key, {}).get("decision") or "") for e in found]


def _entry(row: Mapping[str, Any], named: Named, on: date, ref: Reference, lang: Lang) -> Entry:
    about = ref.documents["docket"]["dates"].get(row["rule"], {})
    days = (row["due"] - on).days
    leads = tuple(about.get("leads", ()))
    in_grace = row["since"] is not None and row["late"] <= on
    return Entry(
        key=key_of(row["rule"], row["subject"], row["part"], row["occasion"]),
        rule=row["rule"],
        label=about.get(lang, row["rule"]),
        nature=row["nature"],
        state=row["state"],
        kind=row["kind"],
        record=row["part"],
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        title=named.titles.get(row["subject"], ""),
        enterprise=row["enterprise"] or "",
        enterprise_name=named.enterprises.get(row["enterprise"] or "", ""),
        raw=row["raw"],
        due=row["due"],
        days_left=days,
        left=left_in_words(days, in_grace=in_grace, nature=row["nature"]),
        reminding=bool(leads) and days <= max(leads),
        provisional=bool(row["provisional"]),
        overridden=bool(row["overridden"]),
        settled=bool(row["settled"]),
        note=row["note"],
        leads=leads,
        occasion=row["occasion"],
    )


def left_in_words(days: int, *, in_grace: bool = False, nature: str = "") -> str:
    """How long it is, as the desk says it."""
    if nature == RISK:
        return _("已可被撤") if days <= 0 else _("还有{n}天").format(n=days)
    if in_grace and days == 0:
        return _("宽展期最后1天")
    if in_grace and days > 0:
        return _("已过期，宽展期还剩{n}天").format(n=days)
    if days < 0:
        return _("逾期{n}天").format(n=-days)
    return _("今天") if days == 0 else _("还有{n}天").format(n=days)


def _conditions(asked: Asked, natures: Sequence[str]) -> list[ColumnElement[bool]]:
    """What is to be seen on the day: what is late always, the rest up to the horizon."""
    c, on = _columns(), asked.on
    found: list[ColumnElement[bool]] = [
        c.settled.is_(asked.settled),
        c.nature.in_(natures),
        c.late <= on + timedelta(days=asked.within + 1),
    ]
    if not asked.settled:
        found += [or_(c.until.is_(None), c.until >= on), or_(c.since.is_(None), c.since <= on)]
    if asked.rules:
        found.append(c.rule.in_(asked.rules))
    if asked.enterprise:
        found.append(c.enterprise == asked.enterprise)
    return found


def _state(on: date, ref: Reference) -> ColumnElement[str]:
    c = _columns()
    lead = max(ref.documents["docket"]["dates"]["mark.non_use_risk"]["leads"])
    borders = [(c.due <= on + timedelta(days=most), word) for word, most in _BORDERS]
    return case(
        (and_(c.nature == RISK, c.late <= on), "exposed"),
        (and_(c.nature == RISK, c.late <= on + timedelta(days=lead)), "risk"),
        (c.nature == RISK, "later"),
        (c.late <= on, "overdue"),
        *borders,
        else_="later",
    )


def _row(session: Session, key: str) -> dict[str, Any]:
    rule, subject, part, occasion = (*key.split("|", 3), "", "", "")[:4]
    c = _columns()
    query = select(_table()).where(
        c.subject == subject, c.rule == rule, c.part == part, c.occasion == occasion
    )
    found = session.execute(query).mappings().first()
    if found is None:
        raise _gone()
    return _whole(found)


def _whole(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of the cache with kind and part, which it keeps only where they are not its own."""
    own = {"kind": row["subject_kind"], "part": row["subject"]}
    return {**row, **own} if not row["part"] else dict(row)


def _gone() -> UserError:
    return UserError(_("这条期限所依据的记录已改变，期限不再存在。请刷新后再看。"))


def _table() -> Table:
    table: Any = DocketDate.__table__
    assert isinstance(table, Table)
    return table


def _columns() -> Any:
    return _table().c
