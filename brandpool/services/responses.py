"""Provisional refusals that are still open, and until when each has to be answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from brandpool.i18n import said
from brandpool.rules.designation import DECISIONS, PROVISIONAL_REFUSALS
from brandpool.rules.explained import Explained
from brandpool.rules.madrid_refusal import (
    counted_from,
    refusal_in_time,
    refusal_limit,
    response_limit,
)
from brandpool.rules.reference import Reference, shipped

STARTS: Mapping[str, str] = {
    "h": "received", "hw": "received", "wt": "forwarded", "oi": "sent", "ow": "sent",
}  # fmt: skip
"""Which recorded day a party's period counts from; of the others only the notice itself tells."""


class Entry(NamedTuple):
    """One record of the International Register, of a designation or of a whole registration."""

    id: str
    tag: str
    dated: date
    grounds: str | None = None
    sent: date | None = None
    received: date | None = None
    forwarded: date | None = None
    response_limit: date | None = None
    answered: date | None = None
    opposition_start: date | None = None
    opposition_end: date | None = None
    classes: str | None = None
    published: date | None = None


class Refusal(NamedTuple):
    """A provisional refusal not yet settled by a statement under Rule 18ter.

    `due`: last day to answer, as printed or else estimated (`printed` False); None where only the
    notice can tell, `note` says why. `late`: it was sent after the refusal period; None: not known.
    """

    entry: Entry
    due: date | None
    printed: bool
    late: bool | None
    note: str
    explained: Explained | None

    @property
    def answered(self) -> bool:
        """Whether an answer is recorded."""
        return self.entry.answered is not None


def pending_refusals(
    party: str,
    events: Sequence[Entry],
    notified: date | None,
    on: date,
    *,
    ref: Reference | None = None,
) -> tuple[Refusal, ...]:
    """The refusals of one designation open on a day; several may coexist and all must be settled.

    `events` in the order of their dates. Rule 17(2)(vii): the limit printed in the notice wins.
    """
    ref = ref or shipped()
    pending: list[Entry] = []
    for entry in events:
        if entry.dated > on:
            continue
        if entry.tag in DECISIONS:
            pending.clear()
        elif entry.tag in PROVISIONAL_REFUSALS:
            pending.append(entry)
    told = next((entry for entry in events if entry.tag == "OPN"), None)
    return tuple(_refusal(party, entry, notified, told, ref) for entry in pending)


def _refusal(
    party: str, entry: Entry, notified: date | None, told: Entry | None, ref: Reference
) -> Refusal:
    late = _late(party, entry, notified, told, ref)
    kind = entry.grounds or "ex_officio"
    if entry.response_limit is not None:
        answer = response_limit(party, kind, printed=entry.response_limit, ref=ref)
        return Refusal(entry, answer.day(), True, late, said("通知书载明"), answer)
    start, why = _start(party, kind, entry, ref)
    if start is None:
        return Refusal(entry, None, False, late, why, None)
    answer = response_limit(party, kind, start, ref=ref)
    return Refusal(entry, answer.day(), False, late, said("推算，以通知书载明的为准"), answer)


def _start(party: str, kind: str, entry: Entry, ref: Reference) -> tuple[date | None, str]:
    """The day the party's own period counts from, or why it is not known."""
    table = ref.documents["response_times"]
    code = ref.members.acting(party).code
    column = "ex_officio" if kind == "ex_officio" else "opposition"
    known = table["members"].get(code, {}).get(column)
    if known is None:
        return None, said("该方没有收录的答复期限，请按通知书填写")
    name = STARTS.get(known["basis"])
    basis = counted_from(table, known["basis"])
    if name is None:
        return None, said("期限自“{basis}”起算，请按通知书填写", basis=basis)
    day: date | None = getattr(entry, name)
    return day, "" if day else said("期限自“{basis}”起算，该日未填写", basis=basis)


def _late(
    party: str, entry: Entry, notified: date | None, told: Entry | None, ref: Reference
) -> bool | None:
    """Whether the refusal was sent after the period (Art. 5(2)); the sending day is the test.

    told: the Office's word under Rule 16 that opposition periods run beyond the limit.
    """
    if notified is None or entry.sent is None or entry.sent < notified:
        return None
    limit = refusal_limit(party, notified, ref=ref)
    if entry.sent <= limit["rolled"]:
        return False
    by_opposition = entry.grounds in {"opposition", "both"}
    if not (by_opposition and limit["late_opposition_possible"]):
        return True
    start = entry.opposition_start or (told and told.opposition_start)
    end = entry.opposition_end or (told and told.opposition_end)
    if told is None or start is None or end is None:
        return None
    answer = refusal_in_time(
        party, notified, entry.sent, kind="opposition", rule16_info_sent=told.sent or told.dated,
        opposition_start=start, opposition_end=end, ref=ref,
    )  # fmt: skip
    return not answer["value"]
