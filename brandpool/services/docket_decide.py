"""What a person decides about a date, and what a change of facts would do to the dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.docket import DECISIONS, DocketDecision
from brandpool.models.field import Lang, Value
from brandpool.models.kinds import by_kind
from brandpool.models.record import Record, derives, new_id
from brandpool.rules.reference import Reference
from brandpool.services import docket, docket_cache, docket_names, docket_touched
from brandpool.services.docket_cache import key_of
from brandpool.services.docket_date import Dated

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: done, not_needed, passed_on or missed.

    `reason` is needed for what was not done, `passed_to` for what was passed on. `remedy_by` sets
    a day to follow up a miss; `remedy` is what opens next (by default as the docket's data says).
    """

    decision: str
    on: date
    by: str
    reason: str = ""
    passed_to: str = ""
    remedy: str = ""
    remedy_by: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One date before and after a change of facts; None where it did not or will not exist.

    `overridden`: a person has set it, so it stays where it was put; `computed` is the day that the
    rules would then give. `freed`: the old day was set by a person, for an occasion that is no
    more; the new one is the rules' again.
    """

    key: str
    label: str
    title: str
    old: date | None
    new: date | None
    overridden: bool
    computed: date | None = None
    freed: bool = False


def decide(session: Session, keys: Sequence[str], how: Decision, ref: Reference) -> list[str]:
    """Write down what was decided about these dates; returns the ids of the decisions.

    Nothing is deleted: the date stays, with its decision. Raises UserError when a reason or the
    person it was passed to is missing, or a date is no more.
    """
    _check(how)
    rows = [docket.row_of(session, key) for key in keys]
    about = ref.documents["docket"]["dates"]
    return [
        _write(
            session, key, row, ref,
            {
                "decision": how.decision, "decided_on": how.on, "decided_by": how.by or None,
                "reason": how.reason.strip() or None, "passed_to": how.passed_to.strip() or None,
                "due_then": _computed(session, key, row, how.on, ref),
                "remedy": (how.remedy.strip() or about[row["rule"]].get("remedy"))
                if how.decision == "missed" else None,
                "remedy_by": how.remedy_by if how.decision == "missed" else None,
            },
        )
        for key, row in zip(keys, rows, strict=True)
    ]  # fmt: skip


def reopen(session: Session, key: str) -> None:
    """Take a decision back, so that the date is open again; what was decided stays in history."""
    record = new_id(DocketDecision, {"entry_key": key})
    empty = dict.fromkeys(("decision", "decided_on", "due_then", "remedy", "remedy_by"))
    journal.update(session, DocketDecision, {record: empty})


def override(
    session: Session, key: str, day: date | None, who: str, reason: str, ref: Reference
) -> str:
    """Put another day in place of the computed one (None: the computed one counts again).

    It stays when facts change, marked, with the computed day beside it. Raises UserError without
    a reason.
    """
    if day is not None and not reason.strip():
        raise UserError(_("改定期限须填写理由，例如主管机关书面同意延期的文号。"))
    row = docket.row_of(session, key)
    values: dict[str, Value] = {
        "override": day,
        "override_reason": reason.strip() or None,
        "decided_by": who or None,
    }
    return _write(session, key, row, ref, values)


def preview(
    session: Session,
    model: type[Record],
    edits: Mapping[str, Mapping[str, Value]],
    on: date,
    ref: Reference,
    lang: Lang = "zh",
) -> list[Moved]:
    """Which dates an edit of these records would move, before it is made; nothing is written.

    `edits` are the new values by record, as for `journal.update`.
    """
    touched = docket_touched.of(session, {model: {record: [] for record in edits}})
    before = _rows(session, touched, on, ref)
    with session.begin_nested() as rehearsal:
        _try(session, model, edits)
        also = docket_touched.of(session, {model: {record: [] for record in edits}})
        for kind, ids in also.items():
            touched[kind] = sorted({*touched.get(kind, ()), *ids})
        after = _rows(session, touched, on, ref)
        rehearsal.rollback()
    changed = [key for key in {**before, **after} if _days(before, key) != _days(after, key)]
    follows = _followed(before, after, changed)
    changed = [key for key in changed if key not in follows.values()]
    shown = [(after.get(key) or before[key]) for key in changed]
    names = docket_names.named(session, shown, lang)
    labels = docket.rules(ref, lang)
    return [
        Moved(
            key, labels[row["rule"]], names.titles.get(row["subject"], ""),
            _due(before, follows.get(key, key)), _due(after, key), bool(row["overridden"]),
            row["computed"],
            freed=key in follows and bool(before[follows[key]]["overridden"]),
        )
        for key, row in zip(changed, shown, strict=True)
    ]  # fmt: skip


def _check(how: Decision) -> None:
    if how.decision not in {choice.code for choice in DECISIONS}:
        raise UserError(_("没有“{code}”这种办理结果。").format(code=how.decision))
    if how.decision in {"missed", "not_needed"} and not how.reason.strip():
        raise UserError(_("错过或无需办理的期限，请填写原因。"))
    if how.decision == "passed_on" and not how.passed_to.strip():
        raise UserError(_("请填写转交给谁。"))


def _write(
    session: Session,
    key: str,
    row: Mapping[str, Any],
    ref: Reference,
    values: Mapping[str, Value],
) -> str:
    label = docket.rules(ref)[row["rule"]]
    name = docket_names.named(session, [row]).titles.get(row["subject"], "")
    whole: dict[str, Value] = {
        **values,
        "entry_key": key,
        "title": f"{label} {name}".strip(),
        "subject_kind": row["subject_kind"],
        "subject": row["subject"],
    }
    record = new_id(DocketDecision, whole)
    if record in journal.snapshot(session, DocketDecision, [record]):
        journal.update(session, DocketDecision, {record: whole})
        return record
    return journal.insert(session, DocketDecision, [whole])[0]


def _computed(session: Session, key: str, row: Mapping[str, Any], on: date, ref: Reference) -> date:
    """The day as the rules give it now, whatever a person has put in its place."""
    found = _dated(session, by_kind()[row["subject_kind"]], [row["subject"]], on, ref)
    return found[key].due if key in found else row["due"]


def _dated(
    session: Session, model: type[Record], ids: Sequence[str], on: date, ref: Reference
) -> dict[str, Dated]:
    derived = docket_cache.derive(session, model, ids, on, ref)
    return {
        key_of(one.rule, subject, one.part, one.occasion): one
        for subject, (_enterprise, dates) in derived.items()
        for one in dates
    }


def _rows(session: Session, touched: docket_touched.Touched, on: date, ref: Reference) -> Rows:
    found: Rows = {}
    for model, ids in touched.items():
        derived = docket_cache.derive(session, model, ids, on, ref)
        for one, row in docket_cache.rows_of(session, model, derived, ref):
            key = key_of(one.rule, row["subject"], one.part, one.occasion)
            found[key] = {**row, "computed": one.due}
    return found


def _followed(before: Rows, after: Rows, changed: Sequence[str]) -> dict[str, str]:
    """By its new key, the key of the date whose place another occasion of it takes."""
    gone: dict[tuple[str, ...], list[str]] = defaultdict(list)
    came: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in changed:
        row = after.get(key) or before[key]
        if key not in after or key not in before:
            kinds = gone if key not in after else came
            kinds[row["rule"], row["subject"], row["part"]].append(key)
    pairs = ((new, gone.get(what, [])) for what, new in came.items())
    return {new[0]: old[0] for new, old in pairs if len(new) == len(old) == 1}


def _days(rows: Rows, key: str) -> tuple[date, date] | None:
    """The day that counts, and the one that the rules give."""
    row = rows.get(key)
    return None if row is None else (row["due"], row["computed"])


def _due(rows: Rows, key: str) -> date | None:
    row = rows.get(key)
    return None if row is None else row["due"]


def _try(session: Session, model: type[Record], edits: Mapping[str, Mapping[str, Value]]) -> None:
    """Write the edits past the journal; the caller rolls them back."""
    table: Any = model.__table__
    assert isinstance(table, Table)
    current = journal.snapshot(session, model, list(edits))
    for record, values in edits.items():
        more = model.derived({**current.get(record, {}), **values}) if derives(model) else {}
        session.execute(
            update(table).where(table.c.id == record).values(**values, **more),
            execution_options={"journaled": True},
        )
