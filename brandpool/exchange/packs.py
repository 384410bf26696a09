"""What every pack has in common: opening one, checking that it belongs here, writing one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from brandpool.db import bundle_text, upgrade
from brandpool.db.attachments import Attachments
from brandpool.db.bundle import Bundle
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_container, pack_manifest
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_manifest import FILES, JOURNAL, Made, Manifest, Part
from brandpool.i18n import _
from brandpool.models.journal import PoolFact
from brandpool.services import packs as register

SUFFIX = pack_container.SUFFIX
Progress = Callable[[int, int, str], object]
"""Hears (parts done, parts in all, what comes next); may raise to break off."""


def quietly(_done: int, _parts: int, _text: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack that was read to its end and found whole; `journal` is that part as packed."""

    path: Path
    key: Key
    manifest: Manifest
    journal: bytes = field(default=b"", repr=False)

    @property
    def files(self) -> tuple[str, ...]:
        """The attachments that come in the pack as they are, by hash."""
        return tuple(part.digest for part in self.manifest.parts if part.name.startswith(FILES))

    @property
    def has_journal(self) -> bool:
        """Whether records come in it; only the last of several volumes has them."""
        return any(part.name == JOURNAL for part in self.manifest.parts)

    def bundle(self) -> Bundle:
        """The transactions in it. Raises UserError when they cannot be read."""
        if not self.has_journal:
            return Bundle(())
        text = pack_container.inflate(self.journal, self.manifest.inflated)
        return bundle_text.loads(text)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a pack: the clerk's and the station's names as they stand in the settings."""

    who: str
    station: str = ""


def unlock(path: Path, passphrase: str) -> Opened:
    """Open a pack and read it to its end; writes nothing.

    Takes some seconds for the passphrase alone. Raises UserError with one sentence for a file that
    is no pack, cut short, altered, of a newer program, or sealed with another passphrase.
    """
    return with_key(path, pack_container.unlock(path, passphrase))


def with_key(path: Path, key: Key) -> Opened:
    """The same with a key that is already open, such as that of the pack which went out."""
    return Opened(path, key, *pack_container.verify(path, key, JOURNAL))


def require(pool: Pool, opened: Opened, sort: str) -> None:
    """Raises UserError unless the pack is of this sort, for this pool and this program."""
    require_sort(opened, sort)
    require_schema(opened.manifest)
    with pool.read() as session:
        own = register.lineage(session)
    if opened.manifest.lineage != own:
        raise UserError(
            _(
                "{name} 出自另一个品牌库，没有合并，也没有写入任何内容。请核对文件和打开的库。"
            ).format(name=opened.path.name)
        )


def require_sort(opened: Opened, sort: str) -> None:
    """Raises UserError for a pack of another sort, saying what it is for."""
    if opened.manifest.sort != sort:
        raise UserError(_wrong_sort(opened.manifest.sort))


def require_schema(manifest: Manifest) -> None:
    """Raises UserError for a pack whose records this program does not know yet."""
    if manifest.schema > upgrade.newest():
        raise UserError(pack_manifest.newer())


def made(pool: Pool, maker: Maker) -> Made:
    """Where, by whom and when: for the manifest of a pack that this pool makes now."""
    with pool.read() as session:
        site = session.scalars(select(PoolFact.value).where(PoolFact.name == "site")).one()
        office = register.copy_of(session) is None
    return Made(site, maker.station, maker.who, datetime.now().astimezone(), office)


def part_of_file(files: Attachments, digest: str) -> Part:
    """The entry of the manifest for an attachment that goes along as it is."""
    return Part(f"{FILES}{digest}", files.size(digest), digest)


def write(
    target: Path,
    key: Key,
    manifest: Manifest,
    files: Attachments,
    made_here: dict[str, bytes],
    progress: Progress = quietly,
) -> None:
    """Write a pack: parts in `made_here` from memory, the others from the attachments.

    Raises UserError as `pack_container.write` does.
    """

    def contents() -> Iterable[Iterable[bytes]]:
        for number, part in enumerate(manifest.parts):
            progress(number, len(manifest.parts), part.digest[:12])
            held = made_here.get(part.name)
            yield files.pieces(part.digest) if held is None else (held,)

    pack_container.write(target, key, manifest, contents())


def expired(manifest: Manifest, today: date) -> bool:
    """Whether an outgoing pack may no longer be opened."""
    return manifest.expires is not None and manifest.expires < today


def _wrong_sort(sort: str) -> str:
    return {
        "out": _("这是带出去的外勤包，不能合并。请在外勤电脑上用它新建外勤副本。"),
        "home": _("这是外勤带回的包。请在指导站的库中合并它。"),
        "receipt": _("这是回执。请在外勤电脑上读入它。"),
    }[sort]
