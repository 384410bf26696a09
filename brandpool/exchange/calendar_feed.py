"""The docket as a calendar file (RFC 5545) that any calendar opens: all-day events with alarms."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from brandpool.i18n import _
from brandpool.services.docket import Entry

_LINE = 75
_CRLF = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def write(path: Path, entries: Iterable[Entry], made: datetime | None = None) -> int:
    """Write the entries as a calendar; returns how many. `made` is the moment of the export.

    Raises OSError as the file system does. The same date has the same UID in every export, so
    that a calendar replaces what it imported before.
    """
    text, number = feed(entries, made)
    path.write_bytes(text.encode("utf-8"))
    return number


def feed(entries: Iterable[Entry], made: datetime | None = None) -> tuple[str, int]:
    """The calendar as text with CRLF, and how many events it holds."""
    stamp = f"{(made or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//BrandPool//Docket//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(_('品牌培育库期限'))}",
    ]
    number = 0
    for entry in entries:
        lines += _event(entry, stamp)
        number += 1
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + _CRLF for line in lines), number


def folded(line: str) -> str:
    """A content line broken after at most 75 octets, never inside a character (RFC 5545 3.1)."""
    parts: list[str] = []
    current, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > _LINE:
            parts.append(current)
            current, size = "", 1
        current += char
        size += octets
    parts.append(current)
    return f"{_CRLF} ".join(parts)


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    following = entry.due + timedelta(days=1)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.key.replace('|', '-'))}@brandpool"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{following:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{entry.label}：{entry.title}')}"
    yield f"DESCRIPTION:{_text(_description(entry))}"
    yield f"CATEGORIES:{_text(entry.label)}"
    yield "TRANSP:TRANSPARENT"
    for days in entry.leads:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(f'{entry.label}：{entry.title}')}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _description(entry: Entry) -> str:
    lines = [entry.enterprise_name, entry.note]
    if entry.raw != entry.due:
        lines.append(_("顺延前 {raw}，顺延后 {due}").format(raw=entry.raw, due=entry.due))
    if entry.provisional:
        lines.append(_("暂定：该年放假安排尚未公布"))
    if entry.overridden:
        lines.append(_("日期由人工改定"))
    return "\n".join(line for line in lines if line)


def _text(value: str) -> str:
    return value.translate(_ESCAPED)
