"""What a sheet of marks needs beyond the common reader: cells to the values of mark records."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from brandpool.errors import UserError
from brandpool.exchange.spelled_dates import from_number, parse_date
from brandpool.exchange.spelled_money import UnreadableError
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.mark_codes import STATUS_OF_ZH, STATUS_WORDS
from brandpool.rules.identifiers import trademark_number
from brandpool.services.trademarks import with_edition

NOTHING = frozenset({"", "-", "--", "—", "——", "至", "/", "无", "null", "none", "nan"})
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|--+|\sto\s)\s*|(?<=\d)\s+-\s+(?=\d)")
_HYPHEN_RANGE = re.compile(
    r"^(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?|\d{8})\s*[-–]\s*(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?|\d{8})$"
)
_TRIM = re.compile(r"\(.*?\)|（.*?）")
FindEnterprise = Callable[[str], str | None]


def records(
    raw: Mapping[str, Any], find_enterprise: FindEnterprise | None = None
) -> Iterator[dict[str, Value]]:
    """The mark records of one sheet row: one per class named in the class cell.

    `raw` holds cells by field name of Trademark, as text, number or date. `find_enterprise` gives
    the id of the enterprise that bears or bore a name, or has a credit code; None when there is
    none. Raises UserError naming the cell that cannot be read.
    """
    row = {name: value for name, value in raw.items() if not is_nothing(value)}
    values: dict[str, Value] = {}
    for name, value in row.items():
        values.update(_READERS.get(name, _as_it_is)(name, value))
    if find_enterprise is not None:
        wanted = [str(row[n]) for n in ("enterprise_id", "owner") if n in row]
        found = next((e for e in map(find_enterprise, wanted) if e), None)
        values.pop("enterprise_id", None)
        if found:
            values["enterprise_id"] = found
    values = with_edition(values)
    classes = classes_in(row["nice_class"]) if "nice_class" in row else ()
    for number in classes or (None,):
        values["nice_class"] = number
        yield {name: value for name, value in values.items() if value is not None}


def is_nothing(value: Any) -> bool:
    """Whether a cell says nothing: empty, a dash, a bare 至."""
    if value is None or value != value:
        return True
    return isinstance(value, str) and value.strip().strip("'").lower() in NOTHING


def classes_in(value: Any) -> tuple[int, ...]:
    """The Nice classes of one cell: 9, "09", "第9类", "9;42", "9、35、42", "第9、42类", "9-11类".

    Raises UserError for a number that is no class. Nothing else in the cell is read as a class.
    """
    if isinstance(value, int | float):
        return (_class(value, value),)
    text = unicodedata.normalize("NFKC", str(value)).strip().strip("'")
    if re.fullmatch(r"\d{1,2}\.0+", text):
        return (_class(float(text), value),)
    cleaned = re.sub(r"国际分类|类别|商标|国际|第|类|class(es)?", " ", text, flags=re.IGNORECASE)
    found: list[int] = []
    for part in re.split(r"[\s,;:、/|+&和及]+", cleaned.strip()):
        span = re.fullmatch(r"(\d{1,2})\s*[-~至到]\s*(\d{1,2})", part)
        if span:
            first, last = _class(span[1], value), _class(span[2], value)
            found += range(first, last + 1)
        elif part:
            found.append(_class(part, value))
    return tuple(dict.fromkeys(found))


def term_in(value: Any) -> tuple[date | None, date | None]:
    """First and last day of a term cell; a single day is the last one, a bare 至 is neither.

    2016-11-22至2026-11-21, 2016年11月22日 至 2026年11月21日, 20161122-20261121, ~2026-11-21.
    Raises UserError for what is no date.
    """
    if is_nothing(value):
        return None, None
    if not isinstance(value, str):
        return None, day_in(value)
    text = unicodedata.normalize("NFKC", value).strip().strip("'")
    hyphen = _HYPHEN_RANGE.match(text)
    parts = [hyphen[1], hyphen[2]] if hyphen else _RANGE.split(text, maxsplit=1)
    if len(parts) == 1:
        return None, day_in(parts[0])
    first, last = (None if is_nothing(part) else day_in(part) for part in parts)
    if first and last and last < first:
        raise UserError(_("专用权期限“{text}”的止日早于起日。请核对。").format(text=value))
    return first, last


def status_of(word: str) -> str:
    """The bucket of the office's word, as a code; "unclear" for words not known.

    A flow word is no legal status: it only stands in until events and dates say more.
    """
    plain = unicodedata.normalize("NFKC", word).strip()
    bare = _TRIM.sub("", plain).strip()
    for text in (word.strip(), plain, bare):
        code = STATUS_WORDS.get(text) or STATUS_OF_ZH.get(text)
        if code:
            return code
    return "unclear"


def day_in(value: Any) -> date:
    """A day from a cell: text, serial number or date. Raises UserError for what is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, int | float):
            return from_number(value)
        return parse_date(str(value))
    except UnreadableError as bad:
        raise UserError(str(bad)) from None


def _class(number: Any, cell: Any) -> int:
    try:
        whole = int(float(number))
    except (TypeError, ValueError):
        raise UserError(
            _("“{cell}”中有不是类别的内容。请写成 9 或 9;42。").format(cell=cell)
        ) from None
    if not 1 <= whole <= 45 or whole != float(number):
        raise UserError(_("“{cell}”不是国际分类（1—45）。").format(cell=cell))
    return whole


def _number(name: str, value: Any) -> dict[str, Value]:
    """A registration number as the register writes it; what is none is kept as it stands."""
    text = repr(value) if isinstance(value, float) else str(value)
    answer = trademark_number(text)
    normalized = answer["normalized"]
    return {name: str(normalized) if answer["valid"] else str(value).strip()}


def _term(name: str, value: Any) -> dict[str, Value]:
    first, last = term_in(value)
    return {"valid_from": first, name: last} if first else {name: last}


def _day(name: str, value: Any) -> dict[str, Value]:
    return {name: day_in(value)}


def _start(name: str, value: Any) -> dict[str, Value]:
    first, last = term_in(value)
    return {name: first, "valid_until": last} if first else {name: last}


def _status(name: str, value: Any) -> dict[str, Value]:
    return {name: str(value).strip(), "status": status_of(str(value))}


def _later(_name: str, _value: Any) -> dict[str, Value]:
    """Classes are spread over records at the end."""
    return {}


def _as_it_is(name: str, value: Any) -> dict[str, Value]:
    return {name: value.strip() if isinstance(value, str) else value}


_READERS: Mapping[str, Callable[[str, Any], dict[str, Value]]] = {
    "reg_no": _number,
    "nice_class": _later,
    "valid_until": _term,
    "valid_from": _start,
    "status_text": _status,
    **dict.fromkeys(
        ("filed", "prelim_published", "reg_published", "registered_on", "priority_date",
         "ir_date", "later_designated", "source_date"),
        _day,
    ),
}  # fmt: skip
