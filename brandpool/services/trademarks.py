"""Chinese marks: their events, and the status that follows from them or was set by hand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.mark_codes import STATUS_WORDS
from brandpool.models.mark_file import MarkEvent
from brandpool.models.record import Record
from brandpool.models.trademark import Trademark
from brandpool.rules.cn_procedure import reply
from brandpool.rules.explained import Explained
from brandpool.rules.mark_status import MarkDates, MarkEntry, mark_status, mark_term
from brandpool.rules.nice import nice_edition
from brandpool.rules.reference import Reference
from brandpool.services import records
from brandpool.services.placings import narrowed

IN_FORCE = frozenset({"registered", "renewable", "attacked"})
"""Status codes of a mark in force; whether grace belongs to them is a counting rule."""


class MarkRow(NamedTuple):
    """One mark with what its status rests on; `events` in the order of their dates."""

    id: str
    enterprise_id: str | None
    reg_no: str | None
    nice_class: int | None
    name: str | None
    owner: str | None
    status: str | None
    status_fixed: bool | None
    status_reason: str | None
    status_text: str | None
    is_main: bool | None
    filed: date | None
    prelim_published: date | None
    reg_published: date | None
    registered_on: date | None
    valid_from: date | None
    valid_until: date | None
    events: Sequence[MarkEntry] = ()

    @property
    def dates(self) -> MarkDates:
        """The recorded dates and the bucket of the office's words, as the rules take them."""
        word = STATUS_WORDS.get((self.status_text or "").strip())
        return MarkDates(
            self.filed, self.prelim_published, self.registered_on, self.valid_until, word
        )

    @property
    def number(self) -> str:
        """Number and class as a clerk writes them: 12345678（第9类）."""
        where = _("第{number}类").format(number=self.nice_class) if self.nice_class else ""
        return f"{self.reg_no or ''}（{where}）" if where else self.reg_no or ""


class StatusRow(NamedTuple):
    """The status of a mark on a day: `status` counts, `derived` is what events and dates say.

    They differ where a person has set it (`fixed`, `reason`). `stored` is what the table shows.
    """

    mark: MarkRow
    status: str
    derived: str
    stored: str | None
    fixed: bool
    reason: str
    explained: Explained


def gather(session: Session, ids: Sequence[str] | None = None) -> list[MarkRow]:
    """These marks (None: all of the pool) with their events; duplicates to settle left out."""
    table = _table(Trademark)
    names = MarkRow._fields[:-1]
    query = select(*(table.c[name] for name in names)).where(table.c.dup_of.is_(None))
    events = _events(session, ids)
    found = [
        MarkRow._make((*row, events.get(row[0], ())))
        for part in narrowed(query.order_by(table.c.id), table.c.id, ids)
        for row in session.execute(part)
    ]
    if ids is None:
        return found
    wanted = set(ids)
    return [mark for mark in found if mark.id in wanted]


def of_enterprises(session: Session, enterprises: Sequence[str]) -> list[MarkRow]:
    """The marks of these enterprises."""
    table = _table(Trademark)
    query = select(table.c.id)
    ids = [i for part in narrowed(query, table.c.enterprise_id, enterprises)
           for i in session.scalars(part.where(table.c.enterprise_id.is_not(None)))]  # fmt: skip
    chosen = set(enterprises)
    return [mark for mark in gather(session, ids) if mark.enterprise_id in chosen]


def statuses(
    session: Session,
    on: date,
    ids: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> dict[str, StatusRow]:
    """The status of these marks (None: all) on a day, each with the way it was derived."""
    return {mark.id: judged(mark, on, ref=ref) for mark in gather(session, ids)}


def judged(mark: MarkRow, on: date, *, ref: Reference | None = None) -> StatusRow:
    """The status of a gathered mark on a day."""
    explained = mark_status(mark.events, mark.dates, on, ref=ref)
    derived = str(explained["value"])
    fixed = bool(mark.status_fixed) and mark.status is not None
    status = mark.status if fixed and mark.status else derived
    reason = mark.status_reason or "" if fixed else str(explained["why"])
    return StatusRow(mark, status, derived, mark.status, fixed, reason, explained)


def status(session: Session, mark: str, on: date, *, ref: Reference | None = None) -> StatusRow:
    """The status of one mark. Raises UserError when the mark has been deleted."""
    found = statuses(session, on, [mark], ref=ref)
    if mark not in found:
        raise UserError(
            _("{kind}已被删除。可在“历史”中恢复。").format(kind=Trademark.label(lang()))
        )
    return found[mark]


def restate(
    session: Session,
    on: date,
    ids: Sequence[str] | None = None,
    *,
    ref: Reference | None = None,
) -> int:
    """Write the derived status where the stored one differs and no person has set it.

    Returns how many changed. Call it after events or dates were entered, and as days pass.
    """
    edits: dict[str, Mapping[str, Value]] = {
        row.mark.id: {"status": row.derived}
        for row in statuses(session, on, ids, ref=ref).values()
        if not row.fixed and row.stored != row.derived
    }
    return journal.update(session, Trademark, edits) if edits else 0


def fix_status(session: Session, mark: str, code: str, reason: str) -> None:
    """Set a status by hand; it stays, marked, until released. Raises UserError without a reason."""
    if not reason.strip():
        raise UserError(_("人工认定状态须填写理由，例如核对的登记簿或文书编号。"))
    if records.declaration(Trademark, "status").choice(code) is None:
        raise UserError(_("没有“{code}”这一状态。").format(code=code))
    values: dict[str, Value] = {
        "status": code,
        "status_fixed": True,
        "status_reason": reason.strip(),
    }
    journal.update(session, Trademark, {mark: values})


def release_status(session: Session, mark: str, on: date, *, ref: Reference | None = None) -> None:
    """Let the status follow events and dates again."""
    derived = status(session, mark, on, ref=ref).derived
    values = {"status": derived, "status_fixed": None, "status_reason": None}
    journal.update(session, Trademark, {mark: values})


def record_event(session: Session, mark: str, values: Mapping[str, Value]) -> str:
    """Enter an event of a mark, or complete the one already there; returns its id.

    The same event (kind, day, document) twice is one event: what the second knows more is added.
    Raises UserError when the kind or the date is missing.
    """
    return record_events(session, [{**values, "trademark_id": mark}])[0]


def record_events(session: Session, rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Enter many events, each with its `trademark_id`; returns their ids in order."""
    keyed: dict[str, dict[str, Value]] = {}
    order: list[str] = []
    for row in rows:
        if not row.get("event") or row.get("dated") is None:
            raise UserError(_("商标事件须有事件种类和日期。"))
        key = event_key(row)
        known = {name: value for name, value in row.items() if value not in (None, "")}
        keyed[key] = {**keyed.get(key, {}), **known, "event_key": key}
        order.append(key)
    ids = upsert(session, MarkEvent, "event_key", keyed)
    return [ids[key] for key in order]


def event_key(values: Mapping[str, Value]) -> str:
    """What makes an event this one: mark, kind, day and document number."""
    parts = [values.get(name) for name in ("trademark_id", "event", "dated", "document_no")]
    return "|".join("" if part is None else str(part).strip() for part in parts)


def upsert(
    session: Session, model: type[Record], key: str, rows: Mapping[str, Mapping[str, Value]]
) -> dict[str, str]:
    """Insert the rows whose key is new and complete the others; ids by key.

    What is already recorded is never overwritten by nothing.
    """
    table = _table(model)
    known: dict[str, str] = {}
    for batch in journal.in_batches(list(rows)):
        query = select(table.c[key], table.c.id).where(table.c[key].in_(batch))
        for value, record in session.execute(query.where(table.c.dup_of.is_(None))):
            known[str(value)] = record
    fresh = [value for value in rows if value not in known]
    added = journal.insert(session, model, [rows[value] for value in fresh])
    edits = {known[value]: rows[value] for value in rows if value in known}
    if edits:
        journal.update(session, model, edits)
    return known | dict(zip(fresh, added, strict=True))


def with_edition(values: Mapping[str, Value], *, ref: Reference | None = None) -> dict[str, Value]:
    """The values of a mark with its Nice edition by filing date, unless one is recorded."""
    filed = values.get("filed")
    if values.get("nice_edition") or not isinstance(filed, date):
        return dict(values)
    return {**values, "nice_edition": str(nice_edition(filed, ref=ref)["edition"])}


def term(mark: MarkRow, on: date, *, ref: Reference | None = None) -> Explained | None:
    """The running term with its renewal window and grace (valid_to, renewal_opens, grace_to,
    renewal_status); None before registration."""
    return mark_term(mark.dates, mark.events, on, ref=ref)


def letter_due(values: Mapping[str, Value], *, ref: Reference | None = None) -> Explained | None:
    """The last day to answer the letter of an event, with service and working days.

    `values` are those of a MarkEvent. None where it is no letter that starts a period, or how and
    when it came is not known. 实施条例第十条、第十二条.
    """
    letter = values.get("letter")
    ways = _service(values)
    if not letter or not ways:
        return None
    return reply(letter=str(letter), ref=ref, **ways)  # type: ignore[arg-type]  # dates by way


def _service(values: Mapping[str, Value]) -> dict[str, date]:
    """How the letter came, as the rules of service ask for it."""
    sent, received = values.get("sent"), values.get("received")
    if values.get("delivery") == "publication":
        day = values.get("dated") if sent is None else sent
        return {"notice_published": day} if isinstance(day, date) else {}
    if values.get("recipient") == "agent" and isinstance(received, date):
        return {"agent_received": received}
    if values.get("delivery") == "electronic" and isinstance(sent, date):
        entered = {"entered_system": received} if isinstance(received, date) else {}
        return {"e_dispatched": sent, **entered}
    return {"received": received} if isinstance(received, date) else {}


def _events(session: Session, ids: Collection[str] | None) -> dict[str, list[MarkEntry]]:
    table = _table(MarkEvent)
    c = table.c
    query = (
        select(c.trademark_id, c.dated, c.event, c.outcome)
        .where(c.dated.is_not(None), c.event.is_not(None), c.dup_of.is_(None))
        .order_by(c.dated, c.id)
    )
    wanted = None if ids is None else list(ids)
    found: dict[str, list[MarkEntry]] = defaultdict(list)
    for part in narrowed(query, c.trademark_id, wanted):
        for mark, dated, event, outcome in session.execute(part):
            found[mark].append(MarkEntry(dated, event, outcome))
    return found


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
