"""The certificate of a date (期限依据单): every step from the event to the day, on one page."""

import re
from collections.abc import Mapping
from datetime import date

from brandpool.exchange.chinese_words import EMPTY
from brandpool.exchange.table_out import chinese_day
from brandpool.i18n import Said, _, joined, lang, told
from brandpool.models.mark_codes import EVENTS, OUTCOMES
from brandpool.reports.documents.articles import cited
from brandpool.reports.documents.content import Draft, Listing, Office, frame
from brandpool.rules.explained import Explained, Step


def draft(subject: str, about: str, explained: Explained, by: Office, day: date) -> Draft:
    """The certificate of one date; `subject` is the date in words, `about` whose it is."""
    rows = tuple(_row(number, step) for number, step in enumerate(explained.chain, 1))
    context = frame(
        "期限依据单",
        by,
        day,
        subject=subject,
        about=about,
        steps=Listing(("序号", "事项", "条款", "推算日", "日历", "顺延后", "说明"), rows),
        remarks=[f"※ {text}" for text in remarks(explained)],
    )
    return Draft("期限依据单", "certificate.docx", context, 1)


def chain_headings() -> tuple[str, ...]:
    """What the columns of a chain are called."""
    return (_("事项"), _("条款"), _("推算日"), _("日历"), _("顺延后"), _("说明"))


def chain_texts(step: Step) -> tuple[str, ...]:
    """One step of a chain as the cells of its row."""
    moved = step.rolled.isoformat() if step.rolled and step.rolled != step.raw else ""
    raw = step.raw.isoformat() if step.raw else ""
    return (
        spoken(step.event), cited(step.article), raw, told(step.calendar), moved, _note(step)
    )  # fmt: skip


def remarks(explained: Explained) -> list[str]:
    """What a reader must know besides the chain: warnings, and that a day is provisional."""
    found = [told(text) for text in explained.warnings]
    if explained.provisional:
        found.append(_("依据的放假安排尚未公布，日期为暂定，公布后会重新计算。"))
    return found


def spoken(text: str) -> str:
    """A sentence of the rules in the language in use, the codes of events in words."""
    if isinstance(text, Said):
        return told(text)
    words = _words()
    return _CODE.sub(lambda code: words.get(code[0], code[0]), text)


def _row(number: int, step: Step) -> tuple[str, ...]:
    moved = chinese_day(step.rolled) if step.rolled and step.rolled != step.raw else EMPTY
    raw = chinese_day(step.raw) if step.raw else EMPTY
    cells = (
        spoken(step.event), cited(step.article), raw, told(step.calendar), moved, _note(step)
    )  # fmt: skip
    return (str(number), *(cell or EMPTY for cell in cells))


def _note(step: Step) -> str:
    note = spoken(step.note)
    if not step.provisional:
        return note
    return told(joined(note, _("该年放假安排尚未公布，暂定")))


def _words() -> Mapping[str, str]:
    return {choice.code: choice.label(lang()) for choice in (*EVENTS, *OUTCOMES)}


_CODE = re.compile(r"(?<![A-Za-z. ])[a-z_]+(?![A-Za-z ])")
