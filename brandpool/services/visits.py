"""Visits: writing them down, from a finished draft or field by field; promises and their end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.models.visit import Visit, VisitNeed, VisitPromise
from brandpool.models.visit_photo import VisitPhoto
from brandpool.rules import visit_form
from brandpool.services import packs, records, visit_forms, visit_items
from brandpool.services.visit_draft import Promised, Taken, VisitDraft

NUMBER = "ZF"
LEAST_VISITORS = 2
_NAMES = re.compile(r"[、，,;；/\s]+")
_SEEN = frozenset({"pack", "advert", "both"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit that was written down: its id and number, and what the clerk should know of it."""

    id: str
    number: str
    warnings: tuple[str, ...]


def record(
    session: Session,
    values: Mapping[str, Value],
    *,
    needs: Sequence[tuple[str, str]] = (),
    promises: Sequence[Mapping[str, Value]] = (),
) -> Recorded:
    """Write down one visit with its needs (type, detail) and promises.

    A number is given where `values` have none. What is unusual is told, not refused: one visitor
    only, no signature, a promise without a day. Raises UserError when enterprise or day is missing.
    """
    enterprise, day = values.get("enterprise_id"), values.get("visited_on")
    number = values.get("visit_no") or (next_number(session, day) if isinstance(day, date) else "")
    told = tuple(warnings(session, values, promises))
    visit = records.add(session, Visit, {**values, "visit_no": number})
    hung = {"enterprise_id": enterprise, "visit_id": visit}
    journal.insert(
        session, VisitNeed,
        [{**hung, "need": need, "detail": detail or None} for need, detail in needs],
    )  # fmt: skip
    journal.insert(session, VisitPromise, [{**promise, **hung} for promise in promises])
    return Recorded(visit, str(number), told)


def finish(session: Session, draft: VisitDraft, today: date) -> Recorded:
    """Make a visit of a draft, with everything that hangs on it, in the caller's one step.

    Finishing the same draft again finds the visit that is there. Raises UserError that lists the
    questions to be answered or put right first; the draft then stays as it is.
    """
    known = by_key(session, draft.key)
    if known is not None:
        return known
    _refuse_problems(draft, today)
    values = visit_forms.visit_values(draft.form, draft.answers, today)
    day = values["visited_on"]
    assert isinstance(day, date)
    state = visit_form.states(draft.form, draft.answers, today)
    answers = {n: typed for n, typed in draft.answers.items() if n in state and state[n].relevant}
    values |= {
        "enterprise_id": draft.enterprise,
        "visit_key": draft.key,
        "form_id": visit_forms.keep_for(session, draft.form, day),
        "answers": msgspec.json.encode(answers, order="sorted").decode(),
    }
    made = record(
        session, values,
        needs=visit_forms.needs(draft.form, draft.answers, today),
        promises=[_promise(one) for one in draft.promises if one.matter.strip()],
    )  # fmt: skip
    journal.insert(
        session, VisitPhoto,
        [_photo(made.id, place, one) for place, one in enumerate(draft.photos, 1)],
    )  # fmt: skip
    for kept in draft.kept:
        close(session, kept.promise, day, kept.result)
    visit_items.done(session, draft.items, day, made.id)
    return made


def by_key(session: Session, key: str) -> Recorded | None:
    """The visit that was made of a draft, if it was."""
    table = _table(Visit)
    query = select(table.c.id, table.c.visit_no).where(table.c.visit_key == key)
    found = session.execute(query).first()
    return Recorded(found.id, found.visit_no or "", ()) if found else None


def close(session: Session, promise: str, on: date, result: str) -> None:
    """A promise is kept, or settled otherwise, on a day.

    Raises UserError without a result, or when it is gone. Closed ones stay as they were closed.
    """
    row = records.get(session, VisitPromise, promise)
    if row["closed_on"] is not None:
        return
    if not result.strip():
        told = _("请写明“{matter}”的办结结果。")
        raise UserError(told.format(matter=row["matter"] or ""))
    values: dict[str, Value] = {"closed_on": on, "result": result.strip()}
    journal.update(session, VisitPromise, {promise: values}, {promise: row.ver})


def next_number(session: Session, day: date) -> str:
    """The number of the next visit of a day: ZF20261122-7F01.

    The two signs before the serial are this copy's own, so that two laptops on the same day do
    not give the same number.
    """
    stem = f"{NUMBER}{day:%Y%m%d}-{packs.short_mark(session)}"
    column = _table(Visit).c.visit_no
    last = session.scalar(select(func.max(column)).where(column.like(f"{stem}__")))
    serial = int(last[len(stem) :]) + 1 if last and last[len(stem) :].isdigit() else 1
    return f"{stem}{serial:02d}"


def visitors_of(text: str | None) -> list[str]:
    """The names in a text of visitors, each once."""
    return [name for name in dict.fromkeys(_NAMES.split(text or "")) if name]


def warnings(
    session: Session, values: Mapping[str, Value], promises: Sequence[Mapping[str, Value]] = ()
) -> list[str]:
    """What is unusual about a visit; nothing of it keeps the visit from being written down."""
    told = []
    visitors = visitors_of(str(values.get("visitors") or ""))
    if len(visitors) < LEAST_VISITORS:
        told.append(_("走访人只有 {number} 人，应不少于两人").format(number=len(visitors)))
    if not values.get("met"):
        told.append(_("没有填写受访人"))
    missing = [
        word
        for name, word in (("visitor_signature", _("走访人")), ("host_signature", _("受访人")))
        if not values.get(name)
    ]
    if missing:
        told.append(_("缺少{who}签字").format(who="、".join(missing)))
    open_ended = sum(promise.get("due") is None for promise in promises)
    if open_ended:
        told.append(_("{number} 项承诺没有完成期限，不会提醒").format(number=open_ended))
    if values.get("wording") in _SEEN:
        told.append(_("发现“驰名商标”字样：请出具商标保护警示书"))
    if _same_day(session, values):
        told.append(_("该企业当天已有走访记录"))
    return told


def _same_day(session: Session, values: Mapping[str, Value]) -> bool:
    c = _table(Visit).c
    query = select(func.count()).where(
        c.enterprise_id == values.get("enterprise_id"), c.visited_on == values.get("visited_on")
    )
    return bool(session.scalar(query))


def _refuse_problems(draft: VisitDraft, today: date) -> None:
    state = visit_form.states(draft.form, draft.answers, today)
    wrong = [
        f"{question.label}：{state[question.name].problem}"
        for question in draft.form.by_name.values()
        if state[question.name].problem
    ]
    wrong += [
        _("承诺“{matter}”的完成期限不是日期").format(matter=one.matter)
        for one in draft.promises
        if one.due and _day(one.due) is None
    ]
    if wrong:
        raise UserError(_("走访还不能完成，请先补正：\n{lines}").format(lines="\n".join(wrong)))


def _promise(one: Promised) -> dict[str, Value]:
    return {
        "matter": one.matter.strip(),
        "side": one.side or None,
        "person": one.person.strip() or None,
        "due": _day(one.due),
    }


def _photo(visit: str, place: int, one: Taken) -> dict[str, Value]:
    return {
        "visit_id": visit, "content_hash": one.content_hash, "file_name": one.file_name,
        "media_type": one.media_type or None, "size": one.size or None, "place": place,
        "caption": one.caption or None,
    }  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _table(model: type[Record]) -> Table:
    table: Any = model.__table__
    assert isinstance(table, Table)
    return table
