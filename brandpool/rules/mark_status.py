"""The status of a Chinese mark, derived from its events and recorded dates, not from words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from brandpool.i18n import joined, said
from brandpool.rules.cn_mark import renewal_status
from brandpool.rules.explained import Explained, Step
from brandpool.rules.mark_term import recorded_term
from brandpool.rules.reference import Reference, shipped

APPLIED, PUBLISHED, OPPOSED, REFUSED = "applied", "published", "opposed", "refused"
REGISTERED, RENEWABLE, GRACE = "registered", "renewable", "grace"
ATTACKED, DEAD, UNCLEAR = "attacked", "dead", "unclear"
STAGES = {"已注册": REGISTERED, "续展期内": RENEWABLE, "宽展期": GRACE, "已失效": DEAD}
IN_TERM = {REGISTERED, RENEWABLE, GRACE}
PENDING = {"opposition": OPPOSED, "refusal": REFUSED, "partial_refusal": REFUSED,
           "review_filed": REFUSED, "non_use_filed": ATTACKED,
           "invalidation_filed": ATTACKED}  # fmt: skip
DECIDES = {"opposition_decided": OPPOSED, "review_decided": REFUSED, "non_use_decided": ATTACKED,
           "invalidation_decided": ATTACKED}  # fmt: skip


class MarkEntry(NamedTuple):
    """One event as far as the status is concerned; `outcome` for decisions."""

    dated: date
    event: str
    outcome: str | None = None


class MarkDates(NamedTuple):
    """The dates the register or the clerk recorded, and the bucket of the office's last words."""

    filed: date | None = None
    prelim_published: date | None = None
    registered_on: date | None = None
    valid_until: date | None = None
    word: str | None = None


@dataclass(slots=True)
class _Course:
    """What the events say, read in the order of their dates."""

    filed: date | None
    published: date | None
    registered: date | None
    pending: set[str] = field(default_factory=set)
    ended: tuple[str, date] | None = None
    unclear: str = ""
    renewals: list[date] = field(default_factory=list)
    renewal_filed: date | None = None
    lapsed: date | None = None

    def read(self, entry: MarkEntry) -> None:
        day, event, outcome = entry
        if event in DECIDES:
            self._decide(day, event, outcome)
        elif event in PENDING:
            self._open(event)
        elif event == "court_action":
            self._open("invalidation_filed" if self.registered else "review_filed")
        elif event == "cancelled":
            self.ended = (event, day)
        elif event == "filed":
            self.filed = self.filed or day
        elif event == "preliminary_publication":
            self.published = self.published or day
            self.pending.discard(REFUSED)
        elif event == "registration":
            self.registered = self.registered or day
            self.pending -= {OPPOSED, REFUSED}
        elif event == "renewal_filed":
            self.renewal_filed = day
        elif event == "renewal_granted":
            self.renewals.append(day)

    def _open(self, event: str) -> None:
        """A proceeding begins; a review or action also keeps a decision from being final."""
        bucket = PENDING[event]
        if self.ended and self.ended[0] != "cancelled":
            self.ended = None
            bucket = ATTACKED if self.registered else REFUSED
        elif event == "review_filed" and self.registered:
            bucket = ATTACKED
        self.pending.add(bucket)

    def _decide(self, day: date, event: str, outcome: str | None) -> None:
        self.pending.discard(DECIDES[event])
        if event == "review_decided":
            self.pending.discard(ATTACKED)
        self.unclear = "" if outcome else said("决定的结论未填写")
        if outcome == "lost":
            self.ended = (event, day)


def mark_status(
    events: Sequence[MarkEntry], dates: MarkDates, on: date, *, ref: Reference | None = None
) -> Explained:
    """Where a mark stands on a day.

    value is one of applied, published, opposed, refused, registered, renewable, grace, attacked,
    dead, unclear. Later events than `on` do not count. A decision that took the mark is not final
    while a review or court action follows it; a decision without its outcome is unclear. The term
    is the recorded one, else ten years from registration with each renewal granted (商标法第39、
    40条). The office's words only fill what events and dates leave open, and verify is then true.
    ended_on: the day of the decision or the expiry; lapsed: its term ran out unrenewed.
    """
    ref = ref or shipped()
    course = _start(dates, on)
    steps = []
    for entry in _until(events, on):
        course.read(entry)
        steps.append(Step(entry.event, "", entry.dated, note=entry.outcome or ""))
    value, verify, why = _value(course, dates, on, ref, steps)
    steps.append(Step(said("状态"), "", on, note=why))
    lapsed = course.lapsed if value == DEAD else None
    answer = {
        "value": value, "verify": verify, "why": why, "lapsed": lapsed is not None,
        "ended_on": course.ended[1] if course.ended else lapsed,
    }  # fmt: skip
    return Explained(answer, tuple(steps))


def mark_term(
    dates: MarkDates, events: Sequence[MarkEntry], on: date, *, ref: Reference | None = None
) -> Explained | None:
    """The running term of a mark with its renewal window and grace; None before registration.

    A recorded expiry counts, carried on by a renewal granted since its window opened; without one
    the term is computed from registration and the number of renewals granted.
    """
    ref = ref or shipped()
    course = _start(dates, on)
    for entry in _until(events, on):
        course.read(entry)
    return _term(course, dates, on, ref)


def _start(dates: MarkDates, on: date) -> _Course:
    return _Course(
        _known(dates.filed, on),
        _known(dates.prelim_published, on),
        _known(dates.registered_on, on),
    )


def _until(events: Sequence[MarkEntry], on: date) -> list[MarkEntry]:
    return sorted((entry for entry in events if entry.dated <= on), key=lambda entry: entry.dated)


def _known(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


def _value(
    course: _Course, dates: MarkDates, on: date, ref: Reference, steps: list[Step]
) -> tuple[str, bool, str]:
    if course.ended:
        return DEAD, False, f"{course.ended[1]}{course.ended[0]}"
    if dates.word == DEAD:
        return DEAD, True, said("官方状态原文为失效类，请核对登记簿")
    if course.unclear:
        return UNCLEAR, True, course.unclear
    term = _term(course, dates, on, ref)
    if term is not None:
        steps += term.chain
        return _in_term(course, dates.word, term)
    for bucket in (OPPOSED, REFUSED):
        if bucket in course.pending:
            return bucket, False, said("有未决程序")
    return _before_registration(course, dates.word)


def _in_term(course: _Course, word: str | None, term: Explained) -> tuple[str, bool, str]:
    stage = STAGES[term["renewal_status"]]
    waiting = course.renewal_filed is not None and course.renewal_filed >= term["renewal_opens"]
    if stage == DEAD and waiting:
        return (
            UNCLEAR,
            True,
            said("续展申请{renewal_filed}已提交，尚无核准记录", renewal_filed=course.renewal_filed),
        )
    if stage == DEAD:
        course.lapsed = term["valid_to"]
        return DEAD, True, said("宽展期{grace_to}已过，未见续展记录", grace_to=term["grace_to"])
    if course.pending & {ATTACKED}:
        return ATTACKED, False, said("有未决的撤销或无效程序")
    if word == ATTACKED:
        return ATTACKED, True, said("官方状态原文为撤销或无效程序中")
    note = said("有效期至{valid_to}", valid_to=term["valid_to"])
    doubtful = word is not None and word not in {*IN_TERM, stage}
    differs = said("与官方状态原文不一致") if doubtful else ""
    return stage, doubtful, joined(note, differs)


def _before_registration(course: _Course, word: str | None) -> tuple[str, bool, str]:
    if word in {REGISTERED, RENEWABLE, GRACE, ATTACKED}:
        return word, True, said("仅有官方状态原文，没有注册日期或有效期")
    if course.published:
        doubtful = word in {OPPOSED, REFUSED, UNCLEAR}
        return (
            (word if doubtful and word else PUBLISHED),
            doubtful,
            said("已初步审定公告，未见注册"),
        )
    if word:
        return word, word != APPLIED or course.filed is None, said("按官方状态原文")
    if course.filed:
        return APPLIED, False, said("已申请")
    return UNCLEAR, True, said("没有事件、日期和官方状态")


def _term(course: _Course, dates: MarkDates, on: date, ref: Reference) -> Explained | None:
    if dates.registered_on is not None and dates.registered_on > on:
        return None
    if dates.valid_until is not None:
        term = recorded_term(dates.valid_until, on, ref=ref)
        while any(day >= term["renewal_opens"] for day in course.renewals):
            term = recorded_term(term["valid_to"], on, renewed=True, ref=ref)
        return term
    if course.registered is None:
        return None
    return renewal_status(course.registered, on, renewals=len(course.renewals), ref=ref)
