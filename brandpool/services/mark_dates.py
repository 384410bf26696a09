"""Recorded dates of a mark beside the computed ones, and names that ask for a change of name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.i18n import lang, said
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.record import fields
from brandpool.models.trademark import Trademark
from brandpool.rules.cn_mark import mark_validity, unopposed_registration
from brandpool.rules.explained import Explained
from brandpool.rules.reference import Reference
from brandpool.services import trademarks
from brandpool.services.trademarks import MarkRow

MOST_RENEWALS = 15
_HALF_WIDTH = str.maketrans("（）　", "() ")


class DateDifference(NamedTuple):
    """A recorded date that the law would put elsewhere; the recorded one counts."""

    mark: MarkRow
    field: str
    label: str
    recorded: date
    computed: date
    explained: Explained
    note: str = ""


class OwnerMismatch(NamedTuple):
    """A mark registered under another name than its enterprise bears.

    `former`: the enterprise bore that name once, so a change of name (变更) is due; otherwise it
    may be a transfer, a wrong link or a typing slip. `advice` says so to the clerk.
    """

    mark: MarkRow
    enterprise: str
    former: bool
    advice: str


def date_differences(
    marks: Iterable[MarkRow], *, ref: Reference | None = None
) -> list[DateDifference]:
    """Where recorded dates differ from computed ones; nothing is changed.

    Registration: the day after the opposition period (商标法第三十三、三十六条) of a mark nobody
    opposed. Term: from registration or from an end ten years apart (第三十九条, 实施条例第十二条).
    """
    found: list[DateDifference] = []
    for mark in marks:
        found += _registration(mark, ref)
        found += _term(mark, ref)
    return found


def owner_mismatches(session: Session, ids: Sequence[str] | None = None) -> list[OwnerMismatch]:
    """Marks whose registered owner is not the name of their enterprise, former names told apart."""
    names: dict[str, str] = {
        record: name or ""
        for record, name in session.execute(select(Enterprise.id, Enterprise.name))
    }
    former: dict[str | None, set[str]] = defaultdict(set)
    for enterprise, name in session.execute(select(FormerName.enterprise_id, FormerName.name)):
        former[enterprise].add(plain_name(name))
    found = []
    for mark in trademarks.gather(session, ids):
        name = names.get(mark.enterprise_id or "")
        if not name or not mark.owner or plain_name(mark.owner) == plain_name(name):
            continue
        before = plain_name(mark.owner) in former[mark.enterprise_id]
        found.append(OwnerMismatch(mark, name, before, _advice(mark, name, before)))
    return found


def plain_name(name: str | None) -> str:
    """A name as it is compared: no blanks, brackets of one kind, case of letters apart."""
    return "".join((name or "").translate(_HALF_WIDTH).split()).casefold()


def _advice(mark: MarkRow, name: str, former: bool) -> str:
    if former:
        return said(
            "登记权利人“{owner}”是该企业的曾用名，请提醒企业就其全部商标一并申请变更名义"
            "（商标法第四十一条、实施条例第三十条）。",
            owner=mark.owner,
        )
    return said(
        "登记权利人“{owner}”与企业名称“{name}”不一致，请核对："
        "更名未变更、已转让未登记，或关联有误。",
        owner=mark.owner, name=name,
    )  # fmt: skip


def _registration(mark: MarkRow, ref: Reference | None) -> list[DateDifference]:
    opposed = any(entry.event == "opposition" for entry in mark.events)
    if mark.prelim_published is None or opposed:
        return []
    recorded = mark.registered_on or mark.valid_from
    if recorded is None or recorded < mark.prelim_published:
        return []
    explained = unopposed_registration(mark.prelim_published, ref=ref)
    computed = explained.day("registration_date")
    if recorded == computed:
        return []
    name = "registered_on" if mark.registered_on else "valid_from"
    note = said("经异议或复审的商标，注册日以注册证为准")
    return [_difference(mark, name, recorded, computed, explained, note)]


def _term(mark: MarkRow, ref: Reference | None) -> list[DateDifference]:
    if mark.registered_on is None:
        return []
    found = []
    if mark.valid_until is not None:
        end = _nearest_term(mark.registered_on, mark.valid_until, ref)
        if end.day("valid_to") != mark.valid_until:
            computed = end.day("valid_to")
            found.append(_difference(mark, "valid_until", mark.valid_until, computed, end))
    if mark.valid_from is not None:
        start = _nearest_start(mark.registered_on, mark.valid_from, ref)
        if start.day("valid_from") != mark.valid_from:
            computed = start.day("valid_from")
            found.append(_difference(mark, "valid_from", mark.valid_from, computed, start))
    return found


def _nearest_term(registered: date, end: date, ref: Reference | None) -> Explained:
    """The term, of those ten years apart, whose end comes nearest to the recorded one."""
    return min(_terms(registered, end, ref), key=lambda term: abs(term.day("valid_to") - end))


def _nearest_start(registered: date, start: date, ref: Reference | None) -> Explained:
    return min(_terms(registered, start, ref), key=lambda term: abs(term.day("valid_from") - start))


def _terms(registered: date, near: date, ref: Reference | None) -> list[Explained]:
    about = min(max((near.year - registered.year) // 10 - 1, 0), MOST_RENEWALS)
    return [mark_validity(registered, about + more, ref=ref) for more in range(3)]


def _difference(
    mark: MarkRow, name: str, recorded: date, computed: date, explained: Explained, note: str = ""
) -> DateDifference:
    label = fields(Trademark)[name].label(lang())
    return DateDifference(mark, name, label, recorded, computed, explained, note)
