"""Events of designations and of whole registrations: what each would change, how it is written."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from brandpool.i18n import _, joined, told
from brandpool.models.madrid import DesignationEvent, IrEvent
from brandpool.services import madrid, madrid_events, madrid_rows, records
from brandpool.services.madrid import Cell, IrStanding
from brandpool.services.madrid_rows import DesignationRow, IrRow
from brandpool.services.records import RecordRow
from brandpool.services.responses import Entry
from brandpool.ui.event_form import Effect, EventCase, Values, day_text
from brandpool.ui.madrid_reading import one_registration
from brandpool.ui.madrid_status import status_word


class DesignationState(NamedTuple):
    """A designation and its registration as they stand."""

    ir: IrRow
    row: DesignationRow


def designation_case(ir: str, designation: str) -> EventCase:
    """The case of one designation, as of today."""
    today = date.today()

    def write(session: Session, row: RecordRow | None, values: Values) -> str:
        if row is None:
            return madrid_events.record_event(session, designation, given(values))
        records.edit(session, DesignationEvent, row.id, values, row.ver)
        return row.id

    return EventCase(
        DesignationEvent,
        "tag",
        frozenset({"designation_id", "event_key", "source"}),
        lambda session: _load(session, ir, designation),
        lambda state, row, values: designation_effects(state, row, values, today),
        write,
    )


def registration_case(ir: str) -> EventCase:
    """The case of a whole registration, as of today."""
    today = date.today()

    def write(session: Session, row: RecordRow | None, values: Values) -> str:
        if row is None:
            return madrid_events.record_ir_event(session, ir, given(values))
        records.edit(session, IrEvent, row.id, values, row.ver)
        return row.id

    return EventCase(
        IrEvent,
        "tag",
        frozenset({"ir_id", "event_key", "source"}),
        lambda session: one_registration(session, ir),
        lambda state, row, values: registration_effects(state, row, values, today),
        write,
    )


def designation_effects(
    state: DesignationState, replaced: RecordRow | None, values: Values, on: date
) -> list[Effect]:
    """Status, refusal limit and answers of a designation now and with the event as typed."""
    after = state.row._replace(events=with_entry(state.row.events, replaced, values))
    was, will = madrid.cell(state.ir, state.row, on), madrid.cell(state.ir, after, on)
    limit = will.refusal_limit
    return [
        Effect(_("状态"), _status(was), _status(will), will.explained),
        Effect(_("驳回期限"), day_text(_limit(was)), day_text(_limit(will)), limit),
        *_answers(was, will),
    ]


def registration_effects(
    ir: IrRow, replaced: RecordRow | None, values: Values, on: date
) -> list[Effect]:
    """Status and term of a registration now and with the event as typed."""
    after = ir._replace(events=with_entry(ir.events, replaced, values))
    was, will = madrid.standing(ir, on), madrid.standing(after, on)
    found = [
        Effect(
            _("状态"), status_word(was.status), status_word(will.status), will.term, told(will.why)
        )
    ]
    names = {
        "window_opens": _("可缴续展费起始日"),
        "due": _("有效期届满日"),
        "grace_ends_rolled": _("宽展期届满日"),
    }
    return found + [
        Effect(label, day_text(_day(was, name)), day_text(_day(will, name)), will.term)
        for name, label in names.items()
    ]


def with_entry(
    events: "tuple[Entry, ...] | Any", replaced: RecordRow | None, values: Values
) -> list[Entry]:
    """The events with the one typed, in place of the one being changed, by date."""
    kept = [entry for entry in events if replaced is None or entry.id != replaced.id]
    typed = entry_of(values)
    if typed is not None:
        kept.append(typed)
    return sorted(kept, key=lambda entry: entry.dated)


def entry_of(values: Values) -> Entry | None:
    """An event as the rules take it; None while its tag or date is missing."""
    tag, dated = values.get("tag"), values.get("dated")
    if not tag or not isinstance(dated, date):
        return None
    known: dict[str, Any] = {
        name: values[name] for name in Entry._fields[3:] if values.get(name) is not None
    }
    return Entry("", str(tag), dated, **known)


def given(values: Values) -> Values:
    """What was typed, without empty lines: they take nothing away from what is recorded."""
    return {name: value for name, value in values.items() if value is not None}


def _load(session: Session, ir: str, designation: str) -> DesignationState:
    registration = one_registration(session, ir)
    rows = madrid_rows.designations(session, [ir]).get(ir, [])
    return DesignationState(registration, next(row for row in rows if row.id == designation))


def _status(cell: Cell) -> str:
    return status_word(cell.status) + ("?" if cell.verify else "")


def _limit(cell: Cell) -> date | None:
    return cell.refusal_limit["rolled"] if cell.refusal_limit is not None else None


def _answers(was: Cell, will: Cell) -> list[Effect]:
    before = ", ".join(map(str, was.responses_due)) or "—"
    after = ", ".join(map(str, will.responses_due)) or "—"
    last = next((r for r in reversed(will.refusals) if r.explained is not None), None)
    if before == after == "—" and not will.refusals:
        return []
    explained = last.explained if last else None
    note = last.note if last else joined(*(r.note for r in will.refusals))
    return [Effect(_("驳回答复截止"), before, after, explained, told(note))]


def _day(state: IrStanding, name: str) -> date | None:
    return state.term.day(name) if state.term is not None else None
