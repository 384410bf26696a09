"""The renewal work queue: which terms end, how far each renewal is, every step dated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.madrid import InternationalRegistration
from brandpool.models.madrid_codes import STEPS
from brandpool.models.mark_file import MarkPledge
from brandpool.models.renewal import RenewalStep
from brandpool.models.trademark import Trademark
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import madrid, madrid_rows, trademarks

ORDER = tuple(choice.code for choice in STEPS)
MILLISECONDS = 12
"""How much of an id tells when it was made; steps of one day and moment go by their order."""
FINISHED = frozenset({"recorded", "given_up"})
NEXT: Mapping[str, tuple[str, ...]] = {
    "": ("reminded", "told", "given_up"),
    "reminded": ("reminded", "told", "given_up"),
    "told": ("told", "confirmed", "given_up"),
    "confirmed": ("filed", "given_up"),
    "filed": ("recorded", "given_up"),
    "recorded": (),
    "given_up": ("reminded", "told", "confirmed"),
}
"""Which steps may follow; "" is the beginning. An abandoned renewal may be taken up again."""

Key = tuple[str, str, date]
"""Record kind, record id and expiry: what one renewal is about."""


class Step(NamedTuple):
    """One step taken."""

    id: str
    step: str
    dated: date
    done_by: str | None
    note: str | None


class RenewalRow(NamedTuple):
    """One term to be renewed.

    `stage` is "window", "grace" or "over" (grace has passed, shown until it is given up or
    recorded). `last_day` is the day that matters now: expiry, then end of grace. `next_steps` may
    follow `step`. `pledges` are live pledges of the mark: the pledgee must hear of it.
    """

    kind: str
    id: str
    enterprise_id: str | None
    number: str
    name: str
    due: date
    opens: date
    grace_to: date
    stage: str
    last_day: date
    days_left: int
    step: str
    steps: tuple[Step, ...]
    next_steps: tuple[str, ...]
    pledges: int
    explained: Explained


def queue(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None = None,
    *,
    finished: bool = False,
    ref: Reference | None = None,
) -> list[RenewalRow]:
    """Marks and international registrations whose renewal is open on a day, the most urgent first.

    商标法第四十条; Rule 30. Nothing overdue is hidden: a term whose grace has passed stays until it
    is recorded or given up; `finished` shows those too.
    """
    taken = _steps(session)
    pledged = _pledged(session, on)
    rows = [*_marks(session, on, enterprises, taken, pledged, ref)]
    rows += _registrations(session, on, enterprises, taken, ref)
    shown = [row for row in rows if finished or row.step not in FINISHED]
    return sorted(shown, key=lambda row: (row.last_day, row.id))


def advance(
    session: Session,
    kind: str,
    record: str,
    due: date,
    step: str,
    dated: date,
    *,
    done_by: str = "",
    document_no: str = "",
    note: str = "",
) -> str:
    """Take the next step of one renewal; returns the id of the step.

    Filing and granting are also written as events of the mark. Raises UserError when the step does
    not follow the last one, is dated before it, or something is given up without a reason.
    """
    return advance_many(
        session, [(kind, record, due)], step, dated,
        done_by=done_by, document_no=document_no, note=note,
    )[0]  # fmt: skip


def advance_many(
    session: Session,
    keys: Sequence[Key],
    step: str,
    dated: date,
    *,
    done_by: str = "",
    document_no: str = "",
    note: str = "",
) -> list[str]:
    """The same step for many renewals, as after a batch of letters; all of them or none."""
    taken = _steps(session)
    if step == "given_up" and not note.strip():
        raise UserError(_("放弃续展须写明理由，例如企业书面答复的日期。"))
    rows: list[dict[str, Value]] = []
    for kind, record, due in keys:
        _check(taken.get((kind, record, due), []), step, dated)
        link = "trademark_id" if kind == Trademark.kind() else "ir_id"
        rows.append({link: record, "due": due, "step": step, "dated": dated,
                     "done_by": done_by or None, "document_no": document_no or None,
                     "note": note or None})  # fmt: skip
    _tell_marks(session, keys, step, dated, document_no)
    return journal.insert(session, RenewalStep, rows)


def _check(steps: Sequence[Step], step: str, dated: date) -> None:
    last = steps[-1] if steps else None
    if step not in NEXT[last.step if last else ""]:
        before = _word(last.step) if last else _("尚未开始")
        text = _("续展办理不能从“{before}”直接到“{after}”。请按顺序登记每一步。")
        raise UserError(text.format(before=before, after=_word(step)))
    if last and dated < last.dated:
        text = _("“{after}”的日期 {day} 早于上一步“{before}”的 {earlier}。请核对日期。")
        raise UserError(
            text.format(after=_word(step), day=dated, before=_word(last.step), earlier=last.dated)
        )


def _word(step: str) -> str:
    return next((choice.label(lang()) for choice in STEPS if choice.code == step), step)


def _tell_marks(
    session: Session, keys: Sequence[Key], step: str, dated: date, document_no: str
) -> None:
    """Filing and granting are events of the mark, from which its status is derived."""
    event = {"filed": "renewal_filed", "recorded": "renewal_granted"}.get(step)
    marks = [record for kind, record, _due in keys if kind == Trademark.kind()]
    if event and marks:
        trademarks.record_events(
            session,
            [
                {"trademark_id": mark, "event": event, "dated": dated,
                 "document_no": document_no or None}
                for mark in marks
            ],
        )  # fmt: skip


def _marks(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None,
    taken: Mapping[Key, list[Step]],
    pledged: Mapping[str, int],
    ref: Reference | None,
) -> list[RenewalRow]:
    marks = (
        trademarks.gather(session)
        if enterprises is None
        else trademarks.of_enterprises(session, enterprises)
    )
    found = []
    for mark in marks:
        term = trademarks.term(mark, on, ref=ref)
        if term is None or on < term.day("renewal_opens") or _ended(mark, on, ref):
            continue
        found.append(_row(
            (Trademark.kind(), mark.id, term.day("valid_to")), mark.enterprise_id, mark.number,
            mark.name or "", term.day("renewal_opens"), term.day("grace_to"), on, taken,
            pledged.get(mark.id, 0), term,
        ))  # fmt: skip
    return found


def _ended(mark: trademarks.MarkRow, on: date, ref: Reference | None) -> bool:
    """Whether the mark ended otherwise than by the running out of its term."""
    row = trademarks.judged(mark, on, ref=ref)
    if row.fixed:
        return row.status == "dead"
    return row.derived == "dead" and not row.explained["lapsed"]


def _registrations(
    session: Session,
    on: date,
    enterprises: Sequence[str] | None,
    taken: Mapping[Key, list[Step]],
    ref: Reference | None,
) -> list[RenewalRow]:
    found = []
    for ir in madrid_rows.registrations(session, enterprises):
        state = madrid.standing(ir, on, ref=ref)
        if state.term is None or state.ended:
            continue
        due, opens = state.term.day("due"), state.term.day("window_opens")
        if on < opens:
            continue
        found.append(_row(
            (InternationalRegistration.kind(), ir.id, due), ir.enterprise_id, ir.irn or "",
            ir.name or "", opens, state.term.day("grace_ends_rolled"), on, taken, 0, state.term,
        ))  # fmt: skip
    return found


def _row(
    key: Key,
    enterprise: str | None,
    number: str,
    name: str,
    opens: date,
    grace_to: date,
    on: date,
    taken: Mapping[Key, list[Step]],
    pledges: int,
    explained: Explained,
) -> RenewalRow:
    kind, record, due = key
    stage = "window" if on <= due else "grace" if on <= grace_to else "over"
    last_day = due if stage == "window" else grace_to
    steps = tuple(taken.get(key, ()))
    step = steps[-1].step if steps else ""
    return RenewalRow(
        kind, record, enterprise, number, name, due, opens, grace_to, stage, last_day,
        (last_day - on).days, step, steps, NEXT[step], pledges, explained,
    )  # fmt: skip


def _steps(session: Session) -> dict[Key, list[Step]]:
    table: Any = RenewalStep.__table__
    assert isinstance(table, Table)
    c = table.c
    query = select(c.trademark_id, c.ir_id, c.due, c.id, c.step, c.dated, c.done_by, c.note).where(
        c.due.is_not(None), c.step.is_not(None), c.dated.is_not(None)
    )
    found: dict[Key, list[Step]] = defaultdict(list)
    for mark, ir, due, *rest in session.execute(query.order_by(c.dated, c.id)):
        kind = Trademark.kind() if mark else InternationalRegistration.kind()
        found[kind, mark or ir, due].append(Step(*rest))
    for steps in found.values():
        steps.sort(key=lambda s: (s.dated, s.id[:MILLISECONDS], ORDER.index(s.step)))
    return found


def _pledged(session: Session, on: date) -> dict[str, int]:
    """How many pledges burden each mark on a day."""
    table: Any = MarkPledge.__table__
    assert isinstance(table, Table)
    c = table.c
    live = (c.released.is_(None) | (c.released > on)) & (c.starts.is_(None) | (c.starts <= on))
    query = select(c.trademark_id, func.count()).where(live).group_by(c.trademark_id)
    return {mark: number for mark, number in session.execute(query) if mark}
