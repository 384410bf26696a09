"""What a pack says of itself: who made it, for whom, until when, and every part in it."""

import re
from datetime import date, datetime
from typing import Literal

import msgspec

from brandpool.errors import UserError
from brandpool.i18n import _

FORMAT = 1
JOURNAL = "journal.jsonl.zz"
FILES, THUMBS = "files/", "thumbs/"
LARGEST_MANIFEST = 64 * 2**20
LARGEST_JOURNAL = 512 * 2**20
"""Bytes of the journal once inflated; also bounds it as packed."""
LARGEST_FILE = 64 * 2**20

Sort = Literal["out", "home", "receipt"]
_NAME = re.compile(rf"{re.escape(JOURNAL)}|{FILES}[0-9a-f]{{64}}|{THUMBS}[0-9a-f]{{64}}")


class Part(msgspec.Struct, frozen=True):
    """One part: its name, its size in bytes and its SHA-256. A name is no path: see `_NAME`."""

    name: str
    size: int
    sha256: str

    @property
    def digest(self) -> str:
        """The attachment that a file or thumbnail belongs to."""
        return self.name.rpartition("/")[2]


class Made(msgspec.Struct, frozen=True):
    """Where, by whom and when a pack was made; `office` is false on a laptop's partial copy."""

    site: str
    station: str
    who: str
    at: datetime
    office: bool


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The first member of a pack; everything after it must be exactly what it lists, in order.

    `pack` is the id of this pack, `outing` that of the pack that went out; `lineage` names the
    pool they belong to. `inflated` is the size of the journal unpacked. `volume` is which of how
    many files; `needs` the attachments that must be stored before its journal is merged.
    `personal` and `originals` tell what an outgoing pack was asked to contain. A receipt lists
    transactions and attachments that have arrived.
    """

    format: int
    sort: Sort
    pack: str
    outing: str
    lineage: str
    schema: int
    made: Made
    made_for: str
    expires: date | None = None
    purpose: str = ""
    enterprises: int = 0
    personal: bool = False
    originals: bool = False
    finished: bool = False
    volume: tuple[int, int] = (1, 1)
    inflated: int = 0
    needs: tuple[str, ...] = ()
    txns: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def encode(manifest: Manifest) -> bytes:
    """The manifest as it stands in the pack (JSON)."""
    return msgspec.json.encode(manifest)


def decode(content: bytes) -> Manifest:
    """Read a manifest. Raises UserError when it is no manifest or one of a newer program."""
    try:
        told = msgspec.json.decode(content, type=_Format).format
        if told > FORMAT:
            raise UserError(newer())
        manifest = msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as bad:
        raise UserError(damaged()) from bad
    names = [part.name for part in manifest.parts]
    sized = all(0 <= part.size <= _limit(part) for part in manifest.parts)
    named = all(_NAME.fullmatch(name) for name in names) and len(set(names)) == len(names)
    if not sized or not named or not 0 <= manifest.inflated <= LARGEST_JOURNAL:
        raise UserError(damaged())
    return manifest


def damaged() -> str:
    """The sentence for a pack that is cut short or altered."""
    return _("外勤包不完整或已被改动，没有打开，也没有写入任何内容。请重新复制，或请对方重新制作。")


def newer() -> str:
    """The sentence for a pack of a newer program."""
    return _("外勤包由更新版本的程序制作，没有打开。请先更新本程序。")


def _limit(part: Part) -> int:
    return LARGEST_JOURNAL if part.name == JOURNAL else LARGEST_FILE


class _Format(msgspec.Struct):
    format: int
