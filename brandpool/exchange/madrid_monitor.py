"""Text pasted from Madrid Monitor: pages with INID codes and transactions, or plain tables.

Its export format is not published; what cannot be read is handed back, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from brandpool.errors import UserError
from brandpool.exchange.madrid_phrases import tag_of
from brandpool.exchange.spelled_dates import parse_date
from brandpool.exchange.spelled_money import UnreadableError
from brandpool.i18n import _
from brandpool.rules.reference import shipped
from brandpool.services.madrid_events import normalised_irn
from brandpool.services.madrid_register import RegisterExtract, RegisterRecord

_DATE = re.compile(
    r"\b(?:\d{4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}日?|\d{1,2}\.\d{1,2}\.\d{4}|(?:19|20)\d{6})(?!\d)"
)
_EUROPEAN = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_FIELD = re.compile(r"^[(（\[]?(\d{3})[)）\]]?(?:[\s:：]+(.*))?$")
_TITLE = re.compile(r"^((?:G|R|2R)?\d{4,7}[A-Z]?)\s*[-–—]\s+(.+)$")
_LABELLED = re.compile(
    r"^(?:\(?111\)?\s*)?(?:international registration (?:number|no\.?)|国际注册号|irn|ir no\.?)"
    r"\s*[:：]?\s*((?:G|R|2R)?\d{4,7}[A-Z]?)\b(.*)$",
    re.IGNORECASE,
)
_KNOWN = {"111", "141", "151", "156", "180", "270", "450", "511", "527", "540", "541", "561",
          "566", "580", "591", "732", "740", "770", "811", "812", "813", "821", "822", "831",
          "832", "834", "843", "861", "864", "891"}  # fmt: skip
_LABEL = re.compile(
    r"^(?:date of|expected|name and|international classification|basic|designation|mark\b|"
    r"language|number|representative|colou?rs?|transliteration|verbal|indication|"
    r"contracting|publication|名称|日期|注册人|基础|指定)",
    re.IGNORECASE,
)
_ROLES = (
    ("notdate", re.compile(r"notif|580|通知", re.IGNORECASE)),
    ("regedat", re.compile(r"effect|生效|takes effect", re.IGNORECASE)),
    ("published", re.compile(r"publi|gaz|450|公告", re.IGNORECASE)),
    ("regrdat", re.compile(r"record|regist|登记|receiv|收到", re.IGNORECASE)),
)
_OFFICE = re.compile(r"\b([A-Z]{2})\b")
_WORDS = frozenset({"IN", "IS", "NO", "AT", "BE", "SO", "DE", "LA", "IT"})
"""Codes that are words where a text is written in capitals."""


class MonitorText(NamedTuple):
    """What was read, and the lines that were not understood, with their numbers."""

    extracts: tuple[RegisterExtract, ...]
    unread: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Block:
    """A field or a transaction with the lines that belong to it."""

    code: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """One registration while it is read."""

    irn: str
    name: str
    blocks: list[_Block] = field(default_factory=list)


def parse_monitor_text(text: str) -> MonitorText:
    """Registrations, designations and events out of pasted text.

    A page starts with its number ("1274024 - NAME", "国际注册号：1274024"); fields by INID code
    (151, 180, 511, 540, 732, 821/822, 831/832/834); transactions by tag or wording with their
    dates, Office and parties, on one line or on the lines after. Raises UserError where the text
    holds no registration number.
    """
    pages: list[_Page] = []
    unread: list[tuple[int, str]] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.replace("\t", "  ").strip()
        if not line:
            continue
        started = _start(line)
        if started:
            irn, name, rest = started
            page = next((p for p in pages if p.irn == irn), None)
            if page is None:
                page = _Page(irn, name)
                pages.append(page)
            else:
                pages.remove(page)
                pages.append(page)
            line = rest
            if not line:
                continue
        if not pages or not _place(pages[-1], line):
            unread.append((number, line))
    if not pages:
        raise UserError(_("粘贴的内容中没有国际注册号。请从马德里监视器的详情页整页复制。"))
    return MonitorText(tuple(_extract(page) for page in pages), tuple(unread))


def _start(line: str) -> tuple[str, str, str] | None:
    """Number, name and rest of a line that begins a registration."""
    title = _TITLE.match(line)
    if title and not _DATE.search(line):
        return normalised_irn(title[1]), title[2].strip(), ""
    labelled = _LABELLED.match(line)
    if labelled:
        return normalised_irn(labelled[1]), "", labelled[2].strip(" ,;：:")
    coded = _FIELD.match(line)
    if coded and coded[1] == "111" and coded[2] and re.search(r"\d{4,7}", coded[2]):
        found = re.search(r"(?:G|R|2R)?\d{4,7}[A-Z]?", coded[2])
        return (normalised_irn(found[0]), "", "") if found else None
    return _table_row(line)


def _table_row(line: str) -> tuple[str, str, str] | None:
    """A line of a table that starts with a registration number and names a record with a date."""
    found = re.match(r"^((?:G|R|2R)?\d{5,7}[A-Z]?)[\s,;|]+(.+)$", line)
    if found and _DATE.search(found[2]) and tag_of(found[2], dated=True):
        return normalised_irn(found[1]), "", found[2]
    return None


def _place(page: _Page, line: str) -> bool:
    """Give a line to the block it begins or continues; False where there is none."""
    coded = _FIELD.match(line)
    transaction = bool(page.blocks) and not page.blocks[-1].code.isdigit()
    if coded and coded[1] in _KNOWN and not (transaction and coded[1] in {"450", "580", "861"}):
        page.blocks.append(_Block(coded[1], [coded[2]] if coded[2] else []))
        return True
    named = tag_of(line, dated=bool(_DATE.search(line)))
    if named and not (page.blocks and page.blocks[-1].code in {"511", "732", "740", "540"}
                      and not _stands_alone(line)):  # fmt: skip
        page.blocks.append(_Block(named[0], [named[1]]))
        return True
    if not page.blocks:
        return False
    page.blocks[-1].lines.append(line)
    return True


def _stands_alone(line: str) -> bool:
    """Whether a line can be a transaction's heading although a field is being read."""
    return bool(_DATE.search(line)) or (len(line) < 120 and not line.endswith((".", ";", ",")))


def _extract(page: _Page) -> RegisterExtract:
    extract = RegisterExtract(page.irn, page.name)
    records: list[RegisterRecord] = []
    for block in page.blocks:
        if block.code.isdigit():
            extract = _told(extract, block)
        else:
            records.append(_record(block))
    return replace(extract, records=tuple(r for r in records if r.dated is not None))


def _told(extract: RegisterExtract, block: _Block) -> RegisterExtract:
    """The extract with what one INID field says."""
    text = "\n".join(block.lines)
    days = _days(text)
    content = [line for line in block.lines if line and not _LABEL.match(line)]
    match block.code:
        case "151" if days:
            return replace(extract, ir_date=days[0])
        case "180" | "156" if days:
            return replace(extract, expiry=days[-1])
        case "540" | "541" | "561" if content and not extract.name:
            return replace(extract, name=content[0])
        case "732" if content:
            return replace(extract, holder=content[0])
        case "511":
            numbers = [found[1] for line in block.lines
                       if (found := re.match(r"^(\d{1,2})(?!\d|\.\d|/)", line))]  # fmt: skip
            known = [str(int(n)) for n in numbers if 1 <= int(n) <= 45]
            goods = "\n".join(content)
            return replace(extract, classes=";".join(dict.fromkeys(known)), goods=goods)
        case "591":
            return replace(extract, colour=True)
        case "831" | "832" | "834":
            return replace(extract, parties=extract.parties + _codes(text))
        case "821" | "822":
            return replace(extract, basics=extract.basics + _basics(block))
        case _:
            return extract


def _basics(block: _Block) -> tuple[tuple[str, str, date | None], ...]:
    """CN, 07.03.2014, 11524343"""
    basis = "registration" if block.code == "822" else "application"
    found = []
    for line in block.lines:
        days = _days(line)
        rest = _DATE.sub(" ", line)
        numbers = re.findall(r"\b\d{5,10}[A-Z]?\b", rest)
        found += [(basis, number, days[0] if days else None) for number in numbers]
    return tuple(found)


def _record(block: _Block) -> RegisterRecord:
    days: dict[str, date] = {}
    parties: tuple[str, ...] = ()
    document = ""
    for line in block.lines:
        dated = _labelled_days(line)
        if len(dated) > 1 and not any(role for role, _day in dated):
            dated = list(zip(("regrdat", "notdate"), (day for _role, day in dated), strict=False))
        for role, day in dated:
            days.setdefault(role or "regrdat", day)
        label = _DATE.sub(" ", line)
        parties += _codes(label)
        named = re.search(r"(?:DOCID|文书|document)\W*([A-Z0-9/.-]{4,})", line, re.IGNORECASE)
        document = document or (named[1] if named else "")
    parties = tuple(dict.fromkeys(parties))
    return RegisterRecord(
        tag=block.code, regrdat=days.get("regrdat"), notdate=days.get("notdate"),
        regedat=days.get("regedat"), published=days.get("published"),
        office=parties[0] if len(parties) == 1 else "", document_id=document, parties=parties,
    )  # fmt: skip


def _labelled_days(line: str) -> list[tuple[str, date]]:
    """The days of a line with what the words before each (or, for one, the whole line) make it."""
    found: list[tuple[str, date]] = []
    spelled = list(_DATE.finditer(line))
    start = 0
    for one in spelled:
        words = line[start : one.start()] if len(spelled) > 1 else _DATE.sub(" ", line)
        role = next((name for name, telling in _ROLES if telling.search(words)), "")
        found += [(role, day) for day in _days(one[0])]
        start = one.end()
    return found


def _codes(text: str) -> tuple[str, ...]:
    """Party codes in a text, CN as the Office of origin left out."""
    members = shipped().members
    shouted = re.search(r"\b[A-Z]{3,}\b", text) is not None
    return tuple(
        code for code in _OFFICE.findall(text)
        if code != "CN" and (code in members.by_code or code in members.aliases)
        and not (shouted and code in _WORDS)
    )  # fmt: skip


def _days(text: str) -> list[date]:
    """The days in a text; WIPO writes day.month.year."""
    found: Sequence[str] = _DATE.findall(text)
    days = []
    for spelled in found:
        european = _EUROPEAN.match(spelled)
        try:
            days.append(
                date(int(european[3]), int(european[2]), int(european[1]))
                if european
                else parse_date(spelled)
            )
        except (UnreadableError, ValueError):
            continue
    return days
