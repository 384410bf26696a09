"""The pool's marks beside an official extract, field by field, each difference to be decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value, encode
from brandpool.models.mark_file import RegisterRejection
from brandpool.models.record import fields
from brandpool.models.trademark import Trademark
from brandpool.services.mark_dates import plain_name

COMPARED = (
    "name", "status_text", "owner", "owner_en", "owner_address", "co_owned", "co_owners",
    "mark_type", "form", "filed", "prelim_issue", "prelim_published", "reg_issue",
    "reg_published", "registered_on", "valid_from", "valid_until", "priority_date", "goods",
    "similar_groups", "agent", "colour", "ir_date", "later_designated",
)  # fmt: skip
"""What an office's extract can tell; the station's own fields are never compared."""


class Difference(NamedTuple):
    """One cell where the office says otherwise; `ours` is None where the pool is silent.

    `ver` is the record's version the difference was found at.
    """

    mark: str
    ver: str
    number: str
    field: str
    label: str
    ours: Value
    office: Value


class Comparison(NamedTuple):
    """The open differences, how many were rejected before, and numbers the pool does not have."""

    differences: tuple[Difference, ...]
    rejected: int
    unknown: tuple[tuple[str, int | None], ...]
    equal: int


def compare(session: Session, extract: Sequence[Mapping[str, Value]]) -> Comparison:
    """Compare extract rows (field values with reg_no and nice_class) with the pool.

    A field the extract leaves empty is no difference. A difference rejected before is not asked
    again until the office's value changes.
    """
    ids = _known(session, extract)
    live = journal.snapshot(session, Trademark, list(ids.values()))
    refused = _refused(session)
    open_ones: list[Difference] = []
    unknown: list[tuple[str, int | None]] = []
    rejected = equal = 0
    for row in extract:
        key = _key(row)
        record = ids.get(key)
        if record is None:
            unknown.append(key)
            continue
        found = list(_differences(live[record], row))
        equal += not found
        for difference in found:
            if (record, difference.field, _text(difference.office)) in refused:
                rejected += 1
            else:
                open_ones.append(difference)
    return Comparison(tuple(open_ones), rejected, tuple(unknown), equal)


def accept(session: Session, differences: Iterable[Difference]) -> int:
    """Take the office's value in these cells; returns how many records changed."""
    edits: dict[str, dict[str, Value]] = {}
    seen: dict[str, str] = {}
    for one in differences:
        edits.setdefault(one.mark, {})[one.field] = one.office
        seen[one.mark] = one.ver
    return journal.update(session, Trademark, edits, seen) if edits else 0


def reject(
    session: Session,
    differences: Sequence[Difference],
    reason: str,
    rejected_on: date,
    rejected_by: str = "",
) -> int:
    """Keep the pool's value in these cells and remember why. Raises UserError without a reason."""
    if not reason.strip():
        raise UserError(_("不采纳官方值须填写理由。"))
    refused = _refused(session)
    rows: dict[tuple[str, str, str], dict[str, Value]] = {}
    for one in differences:
        key = (one.mark, one.field, _text(one.office))
        if key not in refused:
            rows[key] = {
                "trademark_id": one.mark, "field_name": one.field, "office_value": key[2],
                "reason": reason.strip(), "rejected_on": rejected_on,
                "rejected_by": rejected_by or None,
            }  # fmt: skip
    journal.insert(session, RegisterRejection, list(rows.values()))
    return len(rows)


def _differences(live: Mapping[str, Value], row: Mapping[str, Value]) -> Iterable[Difference]:
    number = f"{row.get('reg_no')}（{row.get('nice_class')}）"
    for name in COMPARED:
        office, ours = row.get(name), live.get(name)
        if office in (None, "") or _same(name, ours, office):
            continue
        label = fields(Trademark)[name].label(lang())
        yield Difference(str(live["id"]), str(live["ver"]), number, name, label, ours, office)


def _same(name: str, ours: Value, office: Value) -> bool:
    if isinstance(ours, str) and isinstance(office, str):
        if name in {"owner", "owner_en", "agent", "co_owners"}:
            return plain_name(ours) == plain_name(office)
        return "".join(ours.split()) == "".join(office.split())
    return ours == office


def _key(row: Mapping[str, Value]) -> tuple[str, int | None]:
    number = row.get("nice_class")
    whole = int(number) if isinstance(number, int | Decimal) else None
    return str(row.get("reg_no") or "").strip().upper(), whole


def _known(
    session: Session, extract: Sequence[Mapping[str, Value]]
) -> dict[tuple[str, int | None], str]:
    found: dict[tuple[str, int | None], str] = {}
    numbers = list(dict.fromkeys(_key(row)[0] for row in extract))
    for batch in journal.in_batches(numbers):
        query = select(Trademark.reg_no, Trademark.nice_class, Trademark.id).where(
            Trademark.reg_no.in_(batch), Trademark.dup_of.is_(None)
        )
        for number, nice_class, record in session.execute(query):
            found[str(number).strip().upper(), nice_class] = record
    return found


def _refused(session: Session) -> set[tuple[str, str, str]]:
    columns = (
        RegisterRejection.trademark_id, RegisterRejection.field_name,
        RegisterRejection.office_value,
    )  # fmt: skip
    rows = session.execute(select(*columns))
    return {(mark or "", name or "", value or "") for mark, name, value in rows}


def _text(value: Value) -> str:
    return str(encode(value))
