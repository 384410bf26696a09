"""Rows pasted as new records: read first, and told by their number where one cannot be entered."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _
from brandpool.models.field import Field, Value
from brandpool.models.record import Record, fields, new_id, official_number
from brandpool.services import records
from brandpool.services.records import Op, Query
from brandpool.ui import typed
from brandpool.ui.widgets.cell_plan import Entry, value_of

Texts = Mapping[str, str]
"""What stands in one pasted row, by the name of the field it is for."""


def headed(model: type[Record], row: Sequence[str]) -> list[str] | None:
    """The fields that a row of headings names, or None when it is no row of headings."""
    by_heading = {h: name for name, field in fields(model).items() for h in field.headings()}
    names = [by_heading.get(cell.strip()) for cell in row]
    known = [name for name in names if name is not None]
    return known if len(known) == len(row) > 1 and len(set(known)) == len(known) else None


def laid(names: Sequence[str], block: Sequence[Sequence[str]]) -> list[Texts]:
    """The rows of a block by field name; rows with nothing in them are left out."""
    rows = [dict(zip(names, texts, strict=False)) for texts in block]
    return [row for row in rows if any(text.strip() for text in row.values())]


def preset_by(base: Query) -> dict[str, Value]:
    """The values that a new record must have to stand in a table with this base."""
    return {
        wanted.field: wanted.value
        for wanted in base.filters
        if wanted.op is Op.EQUALS and not isinstance(wanted.value, tuple)
    }


def plan_rows(
    session: Session,
    model: type[Record],
    rows: Sequence[Texts],
    preset: Mapping[str, Value],
    lang: Lang,
) -> tuple[list[dict[str, Value]], list[Entry]]:
    """The values of the records to add, and every row in words, with the reason if refused."""
    added: list[dict[str, Value]] = []
    entries: list[Entry] = []
    taken: set[str] = set()
    for number, texts in enumerate(rows, 1):
        values, wrong = _read(session, model, texts, number, lang)
        values = {**preset, **values}
        reason = _reason(session, model, values, number, taken, lang)
        entries += wrong
        title = texts.get(model.title_field, "").strip() or _row(number)
        entries.append(Entry(title, _("新增"), "", _summary(texts), reason, row=True))
        if not reason:
            added.append(values)
            if official_number(model, values) is not None:
                taken.add(new_id(model, values))
    return added, entries


def _read(
    session: Session, model: type[Record], texts: Texts, number: int, lang: Lang
) -> tuple[dict[str, Value], list[Entry]]:
    values: dict[str, Value] = {}
    wrong: list[Entry] = []
    for name, text in texts.items():
        field = fields(model)[name]
        try:
            value = value_of(session, field, text)
        except typed.NotUnderstood as reason:
            wrong.append(Entry(_row(number), field.label(lang), "", text, str(reason)))
            continue
        if value is not None:
            values[name] = value
    return values, wrong


def _reason(
    session: Session,
    model: type[Record],
    values: Mapping[str, Value],
    number: int,
    taken: set[str],
    lang: Lang,
) -> str:
    """Why a row cannot become a record; empty when it can."""
    missing = [f for n, f in fields(model).items() if f.required and values.get(n) in (None, "")]
    if missing:
        return _("第 {row} 行没有填写{fields}，不新增。").format(
            row=number, fields=_labels(missing, lang)
        )
    if official_number(model, values) is None:
        return ""
    record = new_id(model, values)
    label = _labels([fields(model)[name] for name in model.official], lang)
    if record in taken:
        return _("第 {row} 行的{fields}与上面的一行相同，不新增。").format(row=number, fields=label)
    if records.rows(session, model, [record]):
        return _("第 {row} 行的{fields}库中已有，不新增。").format(row=number, fields=label)
    return ""


def _labels(some: Sequence[Field], lang: Lang) -> str:
    return "、".join(field.label(lang) for field in some)


def _row(number: int) -> str:
    return _("粘贴的第 {row} 行").format(row=number)


def _summary(texts: Texts) -> str:
    return " · ".join(text.strip() for text in texts.values() if text.strip())
