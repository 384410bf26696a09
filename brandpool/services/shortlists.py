"""Lists that were handed in: frozen as they were, and compared with one another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Choice, Field, Kind, Value, decode, encode
from brandpool.models.shortlist import Shortlist
from brandpool.services import credit, records
from brandpool.services.answers import Answer, AnswerRow
from brandpool.services.records import Query


@dataclass(frozen=True, slots=True)
class HandIn:
    """How a list is handed in: its name, by whom, to whom, and the file that went out.

    `recommends`: the enterprises on it are recommended, so that none may be on a credit list.
    """

    name: str
    by: str
    to: str = ""
    document_no: str = ""
    question_id: str | None = None
    file_name: str = ""
    file_hash: str = ""
    recommends: bool = True


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A handed-in list as lists show it."""

    id: str
    name: str
    handed_in: date | None
    handed_to: str
    handed_by: str
    scheme: str
    document_no: str
    row_count: int
    file_name: str
    file_hash: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs between two lists."""

    id: str
    title: str
    column: Field
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a list: who came, who left, and which cells changed.

    `only_old` and `only_new` are columns that the other list does not have.
    """

    came: tuple[AnswerRow, ...]
    left: tuple[AnswerRow, ...]
    changed: tuple[CellChange, ...]
    only_old: tuple[Field, ...] = ()
    only_new: tuple[Field, ...] = ()


def hand_in(session: Session, answer: Answer, how: HandIn, on: date) -> str:
    """Freeze an answer as handed in on a day; returns the shortlist's id.

    Raises UserError when the list is empty or has no name, or as `check_credit` does.
    """
    if not answer.rows:
        raise UserError(_("名单里没有企业，没有报送。请先核对查询条件。"))
    check_credit(session, answer, how, on)
    return records.add(
        session,
        Shortlist,
        {
            "name": how.name.strip(),
            "question_id": how.question_id,
            "handed_in": on,
            "handed_to": how.to or None,
            "handed_by": how.by or None,
            "scheme": answer.scheme or None,
            "document_no": how.document_no or None,
            "row_count": len(answer.rows),
            "file_name": how.file_name or None,
            "file_hash": how.file_hash or None,
            "content": dumps(answer),
        },
    )


def check_credit(session: Session, answer: Answer, how: HandIn, on: date) -> None:
    """Raise UserError that names who of a recommendation is on a credit list on that day."""
    if how.recommends and answer.about == Enterprise.kind():
        what = _("名单中有企业在信用名单上，没有报送")
        credit.refuse(session, answer.ids, on, credit.RECOMMEND, what)


def handed(session: Session) -> list[HandedRow]:
    """All lists that were handed in, the newest first."""
    ids = records.find(session, Shortlist, Query(order=("-handed_in", "-name")))
    return [_row(row.id, row.values) for row in records.rows(session, Shortlist, ids)]


def frozen(session: Session, record: str) -> Answer:
    """A list exactly as it was handed in. Raises UserError when it has been deleted."""
    return loads(str(records.get(session, Shortlist, record)["content"] or "{}"))


def compare(old: Answer, new: Answer) -> Comparison:
    """Who came, who left and what changed from one list to the other.

    Only columns of both are compared, by their names; a code and its word are one value.
    """
    before = {row.id: row for row in old.rows}
    after = {row.id: row for row in new.rows}
    places = {column.name: place for place, column in enumerate(old.columns)}
    names = {column.name for column in new.columns}
    shared = [
        (places[column.name], place, column)
        for place, column in enumerate(new.columns)
        if column.name in places
    ]
    changed = [
        CellChange(record, row.title, column, before[record].values[one], row.values[other])
        for record, row in after.items()
        if record in before
        for one, other, column in shared
        if before[record].values[one] != row.values[other]
    ]
    return Comparison(
        tuple(row for record, row in after.items() if record not in before),
        tuple(row for record, row in before.items() if record not in after),
        tuple(changed),
        tuple(column for column in old.columns if column.name not in names),
        tuple(column for column in new.columns if column.name not in places),
    )


def dumps(answer: Answer) -> str:
    """The answer as it is frozen: typed values, and the words of its code lists as of now."""
    kept = {
        "about": answer.about,
        "on": answer.on.isoformat(),
        "ladder": answer.ladder,
        "scheme": answer.scheme,
        "scheme_title": answer.scheme_title,
        "columns": [_column_json(column) for column in answer.columns],
        "rows": [[row.id, row.title, [encode(v) for v in row.values]] for row in answer.rows],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Answer:
    """The answer as it was frozen. Raises UserError when the content is damaged."""
    try:
        kept: Mapping[str, Any] = json.loads(text)
        columns = tuple(_column(one) for one in kept["columns"])
        return Answer(
            kept["about"],
            date.fromisoformat(kept["on"]),
            columns,
            tuple(_frozen_row(columns, *row) for row in kept["rows"]),
            kept["ladder"],
            kept["scheme"],
            kept["scheme_title"],
        )
    except (ValueError, KeyError, TypeError) as bad:
        raise UserError(_("这份名单的内容已损坏，无法显示。可在“历史”中恢复它。")) from bad


def _frozen_row(
    columns: Sequence[Field], record: str, title: str, values: Sequence[Any]
) -> AnswerRow:
    typed = (decode(column, value) for column, value in zip(columns, values, strict=True))
    return AnswerRow(record, title, tuple(typed))


def _column_json(column: Field) -> dict[str, Any]:
    return {
        "name": column.name,
        "zh": column.zh,
        "en": column.en,
        "kind": column.kind.value,
        "unit": column.unit,
        "personal": column.personal,
        "choices": [[choice.code, choice.zh, choice.en] for choice in column.choices],
    }


def _column(kept: Mapping[str, Any]) -> Field:
    return Field(
        kept["zh"],
        kept["en"],
        Kind(kept["kind"]),
        unit=kept["unit"],
        personal=kept["personal"],
        choices=tuple(Choice(*choice) for choice in kept["choices"]),
        name=kept["name"],
    )


def _row(record: str, values: Mapping[str, Any]) -> HandedRow:
    words = ("handed_to", "handed_by", "scheme", "document_no", "file_name", "file_hash")
    return HandedRow(
        id=record,
        name=values["name"] or "",
        handed_in=values["handed_in"],
        row_count=values["row_count"] or 0,
        **{word: values[word] or "" for word in words},
    )
