"""Writing one of the four letters as a Word file, and entering it where it must stand."""

from pathlib import Path

from sqlalchemy.orm import Session

from brandpool.db.attachments import Attachments
from brandpool.exchange import word
from brandpool.exchange.table_out import clean_name, whole
from brandpool.services import exports, letters
from brandpool.services.letters import Composed


def file_name(letter: Composed) -> str:
    """The name of a letter's file: title, enterprise, number."""
    name = "_".join((letter.title, str(letter.context["to"]), letter.number))
    return f"{clean_name(name)}.docx"


def rendered(letter: Composed) -> bytes:
    """The Word file of a letter. Raises UserError naming what its template asks for in vain."""
    return word.filled(word.template(letter.template), letter.context)


def issue(session: Session, letter: Composed, target: Path, files: Attachments, *, who: str) -> str:
    """Write a letter, keep a copy beside the pool, enter it in the ledger and among the exports.

    A folder as `target` gets the letter under its own name. Returns the id in the ledger. Raises
    UserError when it cannot be written; then nothing is entered.
    """
    data = rendered(letter)
    path = target / file_name(letter) if target.is_dir() else target
    sha256 = whole(path, lambda half: _write(half, data))
    return enter(session, letter, data, path.name, sha256, files, who=who)


def enter(
    session: Session,
    letter: Composed,
    data: bytes,
    name: str,
    sha256: str,
    files: Attachments,
    *,
    who: str,
) -> str:
    """Enter a letter that was written as a file `name`, whose hash is `sha256`; returns its id.

    `data` is its Word file, of which a copy is kept beside the pool.
    """
    exports.register(session, exports.Exported(name, sha256, 1), who, letter.day)
    return letters.register(session, letter, who=who, file_name=name, content_hash=files.put(data))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
