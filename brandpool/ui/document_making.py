"""Documents made on the worker: the finished Word file, its pages, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Written
from brandpool.reports.documents import catalogue, leaving
from brandpool.reports.documents.catalogue import Order, World
from brandpool.reports.documents.content import Draft
from brandpool.services import exports
from brandpool.ui import word_paper
from brandpool.ui.word_pages import Page


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it will be kept and printed."""

    draft: Draft
    pages: Sequence[Page]


def make(session: Session, order: Order, world: World) -> list[Made]:
    """Make what was ordered, down to its pages. Raises UserError as the documents do."""
    return [
        Made(draft, word_paper.pages_of(leaving.docx_of(draft)))
        for draft in catalogue.drafts(session, order, world)
    ]


def keep(session: Session, made: Sequence[Made], target: Path, how: Leaving) -> list[Written]:
    """Write the documents as Word files or PDF, by the suffix; many go into a folder of that name.

    Every file is entered in the register of exports. Raises UserError when people are to be named
    without a purpose or a file cannot be written.
    """
    suffix = target.suffix.lower()
    if len(made) > 1:
        target.with_suffix("").mkdir(parents=True, exist_ok=True)
    written: list[Written] = []
    for one in made:
        path = target
        if len(made) > 1:
            path = target.with_suffix("") / leaving.file_name(one.draft, how, suffix)
        if suffix == ".pdf":
            written.append(_pdf(session, one, path, how))
        else:
            written += leaving.write_docx(session, one.draft, path, how)
    return written


def note_print(session: Session, made: Sequence[Made], how: Leaving) -> None:
    """Enter what went to the printer in the register of exports."""
    for one in made:
        unmasked = how.unmasked and one.draft.people
        exports.require_reason(unmasked=unmasked, reason=how.reason)
        name = f"（打印）{one.draft.title}"
        entry = exports.Exported(
            name, "", one.draft.records, unmasked, how.reason if unmasked else ""
        )
        exports.register(session, entry, how.who, how.on)
        leaving.keep_numbers(session, one.draft, how)


def _pdf(session: Session, one: Made, path: Path, how: Leaving) -> Written:
    unmasked = how.unmasked and one.draft.people
    exports.require_reason(unmasked=unmasked, reason=how.reason)
    sha256 = word_paper.pdf_of(one.pages, path, title=one.draft.title)
    written = Written(path, sha256, one.draft.records, unmasked)
    leaving.enter(session, [written], how)
    leaving.keep_numbers(session, one.draft, how)
    return written
