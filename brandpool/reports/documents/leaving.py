"""Letting a document leave the station: written as Word with its data, entered in the register."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from brandpool.exchange import data_book, word
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Written, clean_name
from brandpool.reports.documents.content import Draft
from brandpool.services import exports, printed_numbers


def docx_of(draft: Draft) -> bytes:
    """The finished Word file's bytes. Raises UserError as `word.filled` does."""
    return word.filled(word.template(draft.template), draft.context)


def write_docx(session: Session, draft: Draft, path: Path, how: Leaving) -> list[Written]:
    """Write a document and the workbook with its data, and enter both in the register of exports.

    Raises UserError when people are to be named without a purpose, when the template cannot be
    filled, or when a file cannot be written.
    """
    unmasked = how.unmasked and draft.people
    exports.require_reason(unmasked=unmasked, reason=how.reason)
    sha256 = word.render(word.template(draft.template), draft.context, path)
    written = [Written(path, sha256, draft.records, unmasked)]
    if draft.data:
        beside = path.with_name(f"{path.stem}_数据.xlsx")
        sha256 = data_book.write_book(beside, draft.data, how.on)
        rows = sum(len(table.rows) for table in draft.data)
        written.append(Written(beside, sha256, rows, unmasked=False))
    enter(session, written, how)
    keep_numbers(session, draft, how)
    return written


def keep_numbers(session: Session, draft: Draft, how: Leaving) -> None:
    """Keep the numbers of a document that leaves under the codes printed beside them."""
    printed_numbers.keep(session, draft.numbers, how.on, how.who)


def enter(session: Session, written: Sequence[Written], how: Leaving) -> None:
    """Enter files that were written in the register of exports."""
    for one in written:
        reason = how.reason if one.unmasked else ""
        entry = exports.Exported(one.path.name, one.sha256, one.rows, one.unmasked, reason)
        exports.register(session, entry, how.who, how.on)


def file_name(draft: Draft, how: Leaving, suffix: str = ".docx") -> str:
    """A name for the document's file, without signs that a file system refuses."""
    return f"{clean_name(draft.title)[:80]}_{how.on:%Y%m%d}{suffix}"
