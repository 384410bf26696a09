"""Dates of Chinese marks: terms, opposition, letters, use, licences and pledges."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import said
from brandpool.models.mark_codes import LETTERS
from brandpool.models.mark_file import MarkEvent, MarkLicence, MarkPledge, UseEvidence
from brandpool.models.record import Record
from brandpool.models.renewal import RenewalStep
from brandpool.models.trademark import Trademark
from brandpool.rules.cn_mark import non_use_risk
from brandpool.rules.cn_procedure import opposition
from brandpool.rules.explained import Explained, Step
from brandpool.rules.reference import Reference
from brandpool.services import trademarks
from brandpool.services.docket_date import (
    FAR,
    Dated,
    Owned,
    deadline,
    grace,
    recorded,
    risk,
    watch,
    without_far,
)
from brandpool.services.placings import narrowed
from brandpool.services.trademarks import MarkRow

MARK = Trademark.kind()
STEPS_TAKEN = frozenset({"filed", "recorded", "given_up"})
"""Renewal steps after which the station need not watch the term any longer."""
_BEFORE = frozenset({"applied", "published", "opposed", "refused", "unclear"})
_LETTER_NAMES = {choice.code: choice.zh for choice in LETTERS}
_LETTER = ("id", "event", "dated", "letter", "sent", "received", "delivery", "recipient",
           "answered")  # fmt: skip


class _Beside(NamedTuple):
    """What is recorded beside some marks, by mark."""

    letters: Mapping[str, list[dict[str, Any]]]
    last_use: Mapping[str, date]
    renewed: Mapping[str, set[date]]
    licences: Mapping[str, list[Any]]
    pledges: Mapping[str, list[Any]]


class MarkDocket:
    """Derives the dates of marks; what equal dates of two marks give is worked out once."""

    def __init__(self, ref: Reference) -> None:
        self._ref = ref
        self._known: dict[tuple[Any, ...], list[Dated]] = {}

    def read(self, session: Session, ids: Sequence[str]) -> dict[str, Owned]:
        """The dates of these marks; those that are gone are left out."""
        beside = _beside(session, ids)
        return {
            mark.id: (mark.enterprise_id, list(self._dates(mark, beside)))
            for mark in trademarks.gather(session, ids)
        }

    def _dates(self, mark: MarkRow, beside: _Beside) -> Iterator[Dated]:
        last = beside.last_use.get(mark.id)
        key = (
            mark.dates, tuple(mark.events), last, mark.reg_published,
            mark.status if mark.status_fixed else None,
        )  # fmt: skip
        if key not in self._known:
            self._known[key] = list(_term_dates(mark, last, self._ref))
        renewed = beside.renewed.get(mark.id, set())
        for found in self._known[key]:
            if not (renewed and _renewed(found, renewed)):
                yield replace(found, part=mark.id)
        for letter in beside.letters.get(mark.id, ()):
            if not _is_answered(letter, mark, self._ref):
                yield _letter(letter, self._ref)
        for record, ends, licensee in beside.licences.get(mark.id, ()):
            told = recorded(said("许可届满日"), ends, said("许可合同"))
            yield deadline("licence.ends", MarkLicence.kind(), record, "", told, ends,
                           note=licensee or "")  # fmt: skip
        for record, ends, pledgee in beside.pledges.get(mark.id, ()):
            told = recorded(said("质押届满日"), ends, said("质权登记证"))
            yield deadline("pledge.ends", MarkPledge.kind(), record, "", told, ends,
                           note=pledgee or "")  # fmt: skip


def _term_dates(mark: MarkRow, last_use: date | None, ref: Reference) -> Iterator[Dated]:
    """What follows from the mark's own dates and events; `part` is filled in afterwards."""
    state = trademarks.judged(mark, FAR, ref=ref)
    lapsed = not state.fixed and state.reason.startswith("宽展期")
    if state.status == "dead" and not lapsed:
        return
    if state.status == "published" and mark.prelim_published:
        yield _opposition(mark.prelim_published, ref)
    term = trademarks.term(mark, FAR, ref=ref)
    if term is not None:
        yield from _renewal(without_far(term))
    published = mark.reg_published or mark.registered_on
    if published is not None and (lapsed or state.status not in _BEFORE):
        told = non_use_risk(published, last_use, ref=ref)
        until = term.day("grace_to") if term else None
        yield risk(
            "mark.non_use_risk", MARK, "", "", told, told.day("attackable_from"), until
        )  # fmt: skip


def _renewal(term: Explained) -> Iterator[Dated]:
    """商标法第四十条: window, expiry, and the grace that is left once expiry has passed."""
    ends = term.day("valid_to")
    occasion = str(ends.year)
    opens = term.day("renewal_opens")
    yield watch("mark.renewal_opens", MARK, "", occasion, term, opens)
    expiry = deadline("mark.renewal_due", MARK, "", occasion, term, ends)
    yield replace(expiry, until=ends)
    yield grace(expiry, "mark.grace_end", term.day("grace_to"))


def _renewed(found: Dated, due: set[date]) -> bool:
    """Whether this date of a term is dealt with: its renewal is filed, recorded or given up."""
    if found.rule not in {"mark.renewal_opens", "mark.renewal_due", "mark.grace_end"}:
        return False
    return found.explained.day("valid_to") in due


def _opposition(published: date, ref: Reference) -> Dated:
    told = opposition(published, ref=ref)
    key = "last_filing_day" if "last_filing_day" in told.answer else "alert_on"
    due = told.day(key)
    raw = next(step.raw for step in told.chain if step.rolled == due)
    return watch("mark.opposition_end", MARK, "", str(published), told, due, raw)


def _letter(letter: Mapping[str, Any], ref: Reference) -> Dated:
    """The day by which a letter must be answered; without its day of receipt, at once."""
    code = str(letter["letter"])
    rule = "mark.non_use_answer" if code == "non_use_answer" else "mark.letter"
    name = _LETTER_NAMES.get(code, code)
    kind, record = MarkEvent.kind(), str(letter["id"])
    try:
        told = trademarks.letter_due(letter, ref=ref)
        why = said("送达的方式或日期未填写，期限无法计算，请补填")
    except UserError as problem:
        told, why = None, str(problem)
    if told is None:
        day = letter["received"] or letter["sent"] or letter["dated"]
        unknown = Explained({"value": day}, (Step(name, "", day, note=why),))
        return deadline(rule, kind, record, "", unknown, day, note=f"{name}：{why}")
    return deadline(
        rule, kind, record, "", told, told.day("due"), told.day("period_end"), note=name
    )


def _is_answered(letter: Mapping[str, Any], mark: MarkRow, ref: Reference) -> bool:
    """Whether an answer is recorded, or a later event that only an answer could bring."""
    if letter["answered"] is not None:
        return True
    closing = ref.documents["docket"]["answered_by"].get(letter["letter"], ())
    return any(e.event in closing and e.dated >= letter["dated"] for e in mark.events)


def _beside(session: Session, ids: Sequence[str]) -> _Beside:
    letters: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mark, *values in _rows(session, MarkEvent, _LETTER, ids):
        letter = dict(zip(_LETTER, values, strict=True))
        if letter["letter"] and letter["dated"]:
            letters[mark].append(letter)
    last: dict[str, date] = {}
    for mark, used in _rows(session, UseEvidence, ("used_on",), ids):
        if used is not None:
            last[mark] = max(used, last.get(mark, used))
    renewed: dict[str, set[date]] = defaultdict(set)
    for mark, due, step in _rows(session, RenewalStep, ("due", "step"), ids):
        if step in STEPS_TAKEN and due:
            renewed[mark].add(due)
    licences: dict[str, list[Any]] = defaultdict(list)
    for mark, record, ends, who in _rows(session, MarkLicence, ("id", "ends", "licensee"), ids):
        licences[mark] += [(record, ends, who)] if ends else []
    pledges: dict[str, list[Any]] = defaultdict(list)
    names = ("id", "ends", "pledgee", "released")
    for mark, record, ends, who, released in _rows(session, MarkPledge, names, ids):
        pledges[mark] += [(record, ends, who)] if ends and not released else []
    return _Beside(letters, last, renewed, licences, pledges)


def _rows(
    session: Session, model: type[Record], names: Sequence[str], ids: Sequence[str]
) -> Iterator[Any]:
    table: Any = model.__table__
    assert isinstance(table, Table)
    query = select(table.c.trademark_id, *(table.c[name] for name in names))
    query = query.where(table.c.trademark_id.is_not(None), table.c.dup_of.is_(None))
    for part in narrowed(query, table.c.trademark_id, ids):
        yield from session.execute(part)
