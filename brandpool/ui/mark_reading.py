"""Everything of one mark, read in one job for its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Value
from brandpool.models.mark_codes import LETTERS, STATUSES
from brandpool.models.mark_file import MarkEvent, MarkLicence, MarkPledge, UseEvidence
from brandpool.models.record import Record
from brandpool.models.renewal import MarkImage, RenewalStep
from brandpool.models.trademark import Trademark
from brandpool.rules.explained import Explained
from brandpool.services import (
    agencies,
    history,
    mark_dates,
    mark_use,
    records,
    renewals,
    trademarks,
)
from brandpool.services.history import HistoryRow
from brandpool.services.mark_use import UseRow
from brandpool.services.records import Filter, Op, Query, RecordRow
from brandpool.services.trademarks import MarkRow, StatusRow
from brandpool.ui.widgets.history_dialog import spoken
from brandpool.ui.widgets.plain_table import Shown
from brandpool.ui.widgets.record_lines import Line, read_lines

LINK = "trademark_id"
SECTIONS: tuple[type[Record], ...] = (MarkLicence, MarkPledge, UseEvidence, RenewalStep)
KINDS = frozenset(
    {"trademark", "enterprise", "former_name", "agency", "agency_finding"}
    | {MarkEvent.kind(), MarkImage.kind()}
    | {model.kind() for model in SECTIONS}
)


class DatedRow(NamedTuple):
    """One date of a mark: as recorded, as the law gives it, and the chain of the latter."""

    label: str
    recorded: date | None
    computed: date | None
    explained: Explained
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether what is recorded is not what the law gives."""
        return self.recorded is not None and self.recorded != self.computed


@dataclass(frozen=True, slots=True)
class MarkCard:
    """What the card of a mark shows."""

    line: Line
    status: StatusRow
    dates: Sequence[DatedRow]
    events: Sequence[Line]
    use: UseRow | None
    owner_advice: str
    pledges: int
    open_stage: str
    images: Sequence[RecordRow]
    sections: Sequence[Sequence[Line]]
    past: Sequence[Shown[HistoryRow]]
    agency_flag: str = ""


def read_mark(session: Session, mark: str, lang: Lang, on: date) -> MarkCard:
    """Read the card of a mark as of a day. Raises UserError when it has been deleted."""
    status = trademarks.status(session, mark, on)
    line = read_lines(session, Trademark, [mark], lang)[mark]
    events = _lines(session, MarkEvent, mark, lang, ("-dated",))
    use = next(iter(mark_use.use_grid(session, on, [mark], years=6)), None)
    owners = mark_dates.owner_mismatches(session, [mark])
    waiting = _renewal(session, status.mark, on)
    images = records.find(session, MarkImage, _of(mark, ("place",)))
    past = history.of_record(session, Trademark.kind(), mark)[:200]
    flag = agencies.flagged_marks(session, on, [mark]).get(mark)
    return MarkCard(
        line, status, dated_rows(status.mark, [one.row for one in events], use, on), events, use,
        owners[0].advice if owners else "",
        waiting.pledges if waiting else 0, waiting.stage if waiting else "",
        records.rows(session, MarkImage, images),
        [_lines(session, model, mark, lang) for model in SECTIONS],
        spoken(session, Trademark, past), flag.sentence if flag else "",
    )  # fmt: skip


def dated_rows(
    mark: MarkRow, events: Sequence[RecordRow], use: UseRow | None, on: date
) -> list[DatedRow]:
    """Every date the law gives for a mark: term, letters to answer, non-use, differences."""
    found = [*term_rows(mark, on), *_letters(events)]
    if use is not None and use.attackable_from is not None and use.explained is not None:
        note = _("注册公告日未填写，按注册日估算") if use.estimated else ""
        label = _("可被申请撤三起始日")
        found.append(DatedRow(label, None, use.attackable_from, use.explained, note))
    for one in mark_dates.date_differences([mark]):
        label = _("{label}（与推算不一致）").format(label=one.label)
        found.append(DatedRow(label, one.recorded, one.computed, one.explained, one.note))
    return found


def term_rows(mark: MarkRow, on: date) -> list[DatedRow]:
    """The running term: renewal window, end, grace; none before registration."""
    term = trademarks.term(mark, on)
    if term is None:
        return []
    return [
        DatedRow(_("可申请续展起始日"), None, term.day("renewal_opens"), term),
        DatedRow(_("专用权届满日"), mark.valid_until, term.day("valid_to"), term, _renewed(mark)),
        DatedRow(_("宽展期届满日"), None, term.day("grace_to"), term),
    ]


def letter_row(values: "RecordRow | dict[str, Value]") -> DatedRow | None:
    """Until when the letter of an event has to be answered; None where it starts no period."""
    given = values.values if isinstance(values, RecordRow) else values
    due = trademarks.letter_due(given)
    if due is None:
        return None
    name = next((c.label(lang()) for c in LETTERS if c.code == given.get("letter")), "")
    answered = given.get("answered")
    note = _("已于 {day} 答复").format(day=answered) if answered else ""
    return DatedRow(_("答复“{letter}”").format(letter=name), None, due.day("due"), due, note)


def status_word(code: str | None, lang: Lang) -> str:
    """A status in words."""
    return next((c.label(lang) for c in STATUSES if c.code == code), code or "")


def _letters(events: Sequence[RecordRow]) -> list[DatedRow]:
    rows = (letter_row(event) for event in events)
    return [row for row in rows if row is not None]


def _renewed(mark: MarkRow) -> str:
    granted = sum(entry.event == "renewal_granted" for entry in mark.events)
    return _("已核准续展 {number} 次").format(number=granted) if granted else ""


def _renewal(session: Session, mark: MarkRow, on: date) -> renewals.RenewalRow | None:
    if mark.enterprise_id is None:
        return None
    rows = renewals.queue(session, on, [mark.enterprise_id])
    return next((row for row in rows if row.id == mark.id), None)


def _lines(
    session: Session, model: type[Record], mark: str, lang: Lang, order: tuple[str, ...] = ()
) -> list[Line]:
    ids = records.find(session, model, _of(mark, order))
    lines = read_lines(session, model, ids, lang)
    return [lines[record] for record in ids if record in lines]


def _of(mark: str, order: tuple[str, ...] = ()) -> Query:
    return Query((Filter(LINK, Op.EQUALS, mark),), order)
