"""Reference data as this station keeps it: documents newer than the program's, by date."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.record import new_id
from brandpool.models.reference_document import DOCUMENTS, ReferenceDocument
from brandpool.rules.reference import Reference, shipped


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as a list shows it: the shipped one has no id and no day of its own."""

    name: str
    label: str
    id: str
    ver: str
    starts: date | None
    source: str


def reference(session: Session, on: date) -> Reference:
    """The rules' data on a day: the shipped documents, the station's own in their place."""
    own = {row["name"]: row["body"] or "{}" for row in _rows(session) if row["starts"] <= on}
    return _merged(tuple(sorted(own.items()))) if own else shipped()


def documents(session: Session, on: date) -> list[DocumentRow]:
    """Every document that counts on a day, shipped or own."""
    own = {row["name"]: row for row in _rows(session) if row["starts"] <= on}
    found = []
    for choice in DOCUMENTS:
        row = own.get(choice.code, {})
        found.append(
            DocumentRow(
                choice.code, choice.label(lang()), row.get("id", ""), row.get("ver", ""),
                row.get("starts"), row.get("source") or "",
            )
        )  # fmt: skip
    return found


def text_of(session: Session, name: str, on: date) -> str:
    """A document as it counts on a day, written out to be edited."""
    return written(reference(session, on).documents[name])


def written(document: Mapping[str, Any]) -> str:
    """A document as JSON that a person can read."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def save(session: Session, name: str, text: str, starts: date, source: str = "") -> str:
    """Use this document from a day on instead of the shipped one; returns its id.

    Raises UserError when it is no JSON, or not what the rules can read, naming what is wrong.
    """
    document = read(text)
    reference(session, starts).replaced({name: document})
    values: dict[str, Value] = {
        "name": name,
        "starts": starts,
        "source": source.strip() or None,
        "body": json.dumps(document, ensure_ascii=False, separators=(",", ":")),
    }
    record = new_id(ReferenceDocument, values)
    if record in journal.snapshot(session, ReferenceDocument, [record]):
        journal.update(session, ReferenceDocument, {record: values})
        return record
    return journal.insert(session, ReferenceDocument, [values])[0]


def read(text: str) -> dict[str, Any]:
    """A document from its text. Raises UserError with the line where it breaks off."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as bad:
        what = _("第 {line} 行第 {column} 个字符处不是完整的 JSON，没有保存。")
        raise UserError(what.format(line=bad.lineno, column=bad.colno)) from bad
    if not isinstance(found, dict):
        raise UserError(_("参考数据应是用花括号括起来的一组项目，没有保存。"))
    return found


def with_year(
    holidays: Mapping[str, Any], year: int, off: list[date], on: list[date], source: str
) -> dict[str, Any]:
    """The holiday document with one more year, or with that year put anew.

    Raises UserError when a day lies in another year, or is both a holiday and a working day.
    """
    foreign = [day for day in (*off, *on) if abs(day.year - year) > 1]
    both = sorted(set(off) & set(on))
    if not off or foreign or both:
        what = _("{year} 年的放假安排不完整或有矛盾（{days}），没有保存。请核对通知。")
        days = "、".join(map(str, foreign or both)) or _("没有放假日")
        raise UserError(what.format(year=year, days=days))
    years = dict(holidays["years"])
    for of_year in sorted({day.year for day in (*off, *on)} | {year}):
        mine = of_year == year
        before = years.get(str(of_year), {}) if not mine else {}
        if not mine and str(of_year) not in years:
            continue
        years[str(of_year)] = {
            **before,
            "off": _days(before.get("off", ()), [d for d in off if d.year == of_year]),
            "on": _days(before.get("on", ()), [d for d in on if d.year == of_year]),
            "source": source if mine else before.get("source", ""),
        }
    return {**holidays, "years": years}


def _days(known: Any, more: list[date]) -> list[str]:
    return sorted({*known, *(day.isoformat() for day in more)})


def _rows(session: Session) -> list[dict[str, Any]]:
    """The station's documents, the one that started last of each name last."""
    table: Any = ReferenceDocument.__table__
    assert isinstance(table, Table)
    query = select(table).where(
        table.c.dup_of.is_(None), table.c.name.is_not(None), table.c.starts.is_not(None)
    )
    return [dict(row) for row in session.execute(query.order_by(table.c.starts)).mappings()]


@lru_cache(maxsize=4)
def _merged(own: tuple[tuple[str, str], ...]) -> Reference:
    return shipped().replaced({name: json.loads(body) for name, body in own})
