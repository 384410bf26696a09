"""Reading what a clerk, a file or a form gives a rule: kinds of inputs and their spellings."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from brandpool.errors import UserError

FIRST_YEAR, LAST_YEAR = 1850, 2150
TRUE = {"true", "1", "yes", "y", "是", "对"}
FALSE = {"false", "0", "no", "n", "否", "不"}
DATE_PATTERNS = (
    r"(\d{4})-(\d{1,2})-(\d{1,2})",
    r"(\d{4})/(\d{1,2})/(\d{1,2})",
    r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
    r"(\d{4})(\d{2})(\d{2})",
    r"(\d{4})年(\d{1,2})月(\d{1,2})日",
)


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a rule, enough to build a field of a form from it.

    kind: date, int, count, amount, bool, text, choice, parties, counts_by_party, words_by_party or
    records. choices: what a form offers. one_of: inputs sharing this word exclude each other.
    """

    name: str
    kind: str
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    one_of: str = ""

    def read(self, given: Any) -> Any:
        """The value a rule takes; UserError names the input and what is wrong with it."""
        try:
            return READERS[self.kind](given)
        except _UnreadableError as problem:
            raise UserError(f"{self.name}：{problem}") from None

    def is_absent(self, given: Any) -> bool:
        """Whether nothing was given: null, or an empty field of anything but free text."""
        return given is None or (given == "" and self.kind != "text")


class _UnreadableError(ValueError):
    """What was given is not of the kind asked for; the text says why."""


def read_date(given: Any) -> date:
    """A day in ISO or in a Chinese office's spellings."""
    text = str(given).strip()
    for pattern in DATE_PATTERNS:
        found = re.fullmatch(pattern, text)
        if found:
            break
    else:
        raise _UnreadableError(f"“{given}”不是日期，请写成 2026-11-22")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise _UnreadableError(f"没有“{given}”这一天") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _UnreadableError(f"“{given}”的年份须在{FIRST_YEAR}到{LAST_YEAR}之间")
    return day


def read_int(given: Any) -> int:
    """A whole number."""
    number = None if isinstance(given, bool) else _decimal(given)
    if number is None or number != number.to_integral_value():
        raise _UnreadableError(f"“{given}”不是整数")
    if abs(number) > 100_000:
        raise _UnreadableError(f"“{given}”过大")
    return int(number)


def _read_count(given: Any) -> int:
    """How many: a number, or a list of the things to be counted."""
    if isinstance(given, Sequence) and not isinstance(given, str):
        return len(set(map(str, given)))
    return read_int(given)


def _read_amount(given: Any) -> Decimal:
    number = None if isinstance(given, bool) else _decimal(given)
    if number is None or not number.is_finite():
        raise _UnreadableError(f"“{given}”不是金额")
    return number


def _read_bool(given: Any) -> bool:
    word = str(given).strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise _UnreadableError(f"“{given}”不是“是”或“否”")


def _read_text(given: Any) -> str:
    if isinstance(given, Mapping | list):
        raise _UnreadableError("须为文字")
    return str(given)


def _read_parties(given: Any) -> list[str]:
    if isinstance(given, str):
        given = json.loads(given) if given.lstrip().startswith("[") else _split(given)
    if not isinstance(given, list | tuple) or not all(isinstance(code, str) for code in given):
        raise _UnreadableError("须为缔约方代码的列表，如 DE,FR,US")
    return list(given)


def _mapping(given: Any) -> Mapping[str, Any]:
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = json.loads(given)
    elif isinstance(given, str):
        pairs = [re.split(r"\s*[=:：]\s*", part, maxsplit=1) for part in _split(given)]
        if not all(len(pair) == 2 for pair in pairs):
            raise _UnreadableError("须写成 US=1,EU=2")
        given = dict(pairs)
    if not isinstance(given, Mapping):
        raise _UnreadableError("须为按缔约方代码的对照，如 US=1,EU=2")
    return given


def _read_counts(given: Any) -> dict[str, int]:
    return {str(code): _read_count(count) for code, count in _mapping(given).items()}


def _read_words(given: Any) -> dict[str, str]:
    return {str(code): str(word) for code, word in _mapping(given).items()}


def _read_records(given: Any) -> list[tuple[date, str]]:
    """Records as [[date, tag], …], objects with date and tag, or `2025-01-20 ISN; …`."""
    if isinstance(given, str):
        text = given.strip()
        given = json.loads(text) if text.startswith("[") else _spoken_records(text)
    if not isinstance(given, list | tuple):
        raise _UnreadableError("须为[日期, 代码]的列表")
    return [_read_record(record) for record in given]


def _spoken_records(text: str) -> list[list[str]]:
    return [part.split() for part in re.split(r"[;；\n]+", text) if part.strip()]


def _read_record(record: Any) -> tuple[date, str]:
    if isinstance(record, Mapping):
        record = [record.get("date"), record.get("tag")]
    if not isinstance(record, list | tuple) or len(record) < 2:
        raise _UnreadableError(f"“{record}”不是[日期, 代码]")
    return read_date(record[0]), str(record[1]).strip().upper()


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,，、;；]+", text) if part.strip()]


def _decimal(given: Any) -> Decimal | None:
    try:
        return Decimal(str(given).strip().replace(",", ""))
    except InvalidOperation:
        return None


def _json_checked(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def checked(given: Any) -> Any:
        try:
            return read(given)
        except json.JSONDecodeError:
            raise _UnreadableError(f"“{given}”不是完整的JSON") from None

    return checked


READERS: Mapping[str, Callable[[Any], Any]] = {
    "date": read_date,
    "int": read_int,
    "count": _read_count,
    "amount": _read_amount,
    "bool": _read_bool,
    "text": _read_text,
    "choice": _read_text,
    "parties": _json_checked(_read_parties),
    "counts_by_party": _json_checked(_read_counts),
    "words_by_party": _json_checked(_read_words),
    "records": _json_checked(_read_records),
}
