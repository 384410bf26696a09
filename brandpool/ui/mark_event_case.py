"""The events and letters of a Chinese mark: what each would change, and how it is written."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang, told
from brandpool.models.mark_file import MarkEvent
from brandpool.reports.documents.certificate import spoken
from brandpool.rules.mark_status import MarkEntry
from brandpool.services import records, trademarks
from brandpool.services.records import RecordRow
from brandpool.services.trademarks import MarkRow
from brandpool.ui.event_form import Effect, EventCase, Values, day_text
from brandpool.ui.mark_reading import DatedRow, letter_row, status_word, term_rows


def case_of(mark: str) -> EventCase:
    """The case of one mark, as of today."""
    today = date.today()
    return EventCase(
        MarkEvent,
        "event",
        frozenset({"trademark_id", "event_key"}),
        lambda session: trademarks.status(session, mark, today).mark,
        lambda state, row, values: effects(state, row, values, today),
        lambda session, row, values: write_event(session, mark, row, values, today),
    )


def entry_of(values: "RecordRow | Values") -> MarkEntry | None:
    """An event as the rules take it; None while its kind or date is missing."""
    event, dated, outcome = values["event"], values["dated"], values["outcome"]
    if not event or not isinstance(dated, date):
        return None
    return MarkEntry(dated, str(event), str(outcome) if outcome else None)


def effects(mark: MarkRow, replaced: RecordRow | None, values: Values, on: date) -> list[Effect]:
    """Status and dates of a mark now, and with the event as typed in place of `replaced`."""
    after = with_event(mark, replaced, values)
    was, will = trademarks.judged(mark, on), trademarks.judged(after, on)
    was_word, will_word = (status_word(row.status, lang()) for row in (was, will))
    found = [Effect(_("状态"), was_word, will_word, will.explained, spoken(will.reason))]
    before = {row.label: row for row in term_rows(mark, on)}
    later = {row.label: row for row in term_rows(after, on)}
    found += [
        _effect(label, before.get(label), later.get(label))
        for label in dict.fromkeys((*before, *later))
    ]
    was_due = letter_row(replaced) if replaced else None
    due = letter_row(values)
    if due is not None:
        found.append(_effect(due.label, was_due, due))
    return found


def with_event(mark: MarkRow, replaced: RecordRow | None, values: Values) -> MarkRow:
    """The mark as it would be with this event."""
    events = list(mark.events)
    old = entry_of(replaced) if replaced else None
    if old in events:
        events.remove(old)
    new = entry_of(values)
    if new is not None:
        events.append(new)
    return mark._replace(events=sorted(events, key=lambda entry: entry.dated))


def write_event(
    session: Session, mark: str, row: RecordRow | None, values: Values, on: date
) -> str:
    """Enter or change an event and let the mark's status follow; returns the event's id."""
    if row is None:
        event = trademarks.record_event(session, mark, values)
    else:
        whole: Values = {**values, "trademark_id": mark}
        key = trademarks.event_key(whole)
        records.edit(session, MarkEvent, row.id, {**values, "event_key": key}, row.ver)
        event = row.id
    trademarks.restate(session, on, [mark])
    return event


def _effect(label: str, before: DatedRow | None, after: DatedRow | None) -> Effect:
    was, will = (row.computed if row else None for row in (before, after))
    explained = after.explained if after else None
    return Effect(
        label, day_text(was), day_text(will), explained, told(after.note) if after else ""
    )
