"""Packs that come home: what a laptop wrote and photographed, and how it is merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from brandpool.db import bundle_text, merge
from brandpool.db.attachments import Attachments
from brandpool.db.bundle import bundle_of
from brandpool.db.drafts import Drafts
from brandpool.db.merge import Merged, Preview
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_container, packs
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_manifest import FILES, FORMAT, JOURNAL, Manifest, Part
from brandpool.exchange.packs import Maker, Opened, Progress, quietly
from brandpool.i18n import _
from brandpool.models.pack import FILE
from brandpool.models.record import time_ordered_id
from brandpool.services import pack_contents
from brandpool.services import packs as register

VOLUME = 2**31
"""Bytes of attachments in one file: below what a stick formatted as FAT32 can hold."""


@dataclass(frozen=True, slots=True)
class Homeward:
    """What was written on the laptop to go home: the files in their order, and what is in them.

    `missing` are attachments named here whose originals are neither here nor confirmed; `drafts`
    are visits that are still being written, which stay on the laptop.
    """

    paths: tuple[Path, ...]
    steps: int
    files: int
    missing: tuple[str, ...]
    drafts: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What merging would do; nothing was written. `records` is None where none come in this file.

    `lacking` are attachments that another volume must bring first.
    """

    records: Preview | None
    files_new: int
    files_known: int
    lacking: int
    returned: bool


@dataclass(frozen=True, slots=True)
class Received:
    """What a merge did: records (None for a file of attachments only) and attachments."""

    records: Merged | None
    files_new: int
    files_known: int
    returned: bool


def unlock_own(pool: Pool, passphrase: str) -> Key:
    """The key of the pack from which this laptop's pool was opened.

    Raises UserError at the office, and for another passphrase than that pack's.
    """
    from brandpool.exchange import pack_key

    return pack_key.unlock(own_copy(pool).key, passphrase)


def go_home(
    pool: Pool,
    target: Path,
    key: Key,
    maker: Maker,
    *,
    finished: bool = True,
    volume: int = VOLUME,
    progress: Progress = quietly,
) -> Homeward:
    """Write what the office does not have yet; several files when the attachments are many.

    Steps go whole and always all of them: what was lost on the way is simply brought again.
    Attachments go until a receipt confirms them. `finished` gives the pack back in the register.
    After an interruption, volumes that are there with the same content are not written again.
    Raises UserError at the office, and as `pack_container.write` does.
    """
    copy = own_copy(pool)
    with pool.read() as session:
        bundle = bundle_of(session, since={}, history=True)
        sent = register.acknowledged(session, FILE)
    changes = [change for txn in bundle.txns if txn.places is None for change in txn.changes]
    named = pack_contents.files_in(changes)
    files = Attachments(pool.path)
    waiting = sorted(named - sent)
    here = [digest for digest in waiting if files.verify(digest)]
    text = bundle_text.dumps(bundle)
    packed = pack_container.deflate(text)
    groups = _volumes(files, here, volume)
    paths = tuple(_named(target, number, len(groups)) for number in range(1, len(groups) + 1))
    made = packs.made(pool, maker)
    for number, (path, group) in enumerate(zip(paths, groups, strict=True), 1):
        last = number == len(groups)
        parts = [packs.part_of_file(files, digest) for digest in group]
        if last:
            parts.append(pack_container.part_of(JOURNAL, packed))
        manifest = Manifest(
            format=FORMAT, sort="home", pack=time_ordered_id(), outing=copy.outing,
            lineage=copy.lineage, schema=pool.schema, made=made, made_for=copy.made_for,
            expires=copy.expires, finished=finished and last, volume=(number, len(groups)),
            inflated=len(text) if last else 0, needs=tuple(here) if last else (),
            parts=tuple(parts),
        )  # fmt: skip
        if not _stands(path, key, manifest):
            packs.write(path, key, manifest, files, {JOURNAL: packed}, progress)
    steps = sum(txn.places is None for txn in bundle.txns)
    missing = sorted(set(waiting) - set(here))
    return Homeward(paths, steps, len(here), tuple(missing), len(Drafts(pool.path).keys()))


def preview(pool: Pool, opened: Opened) -> Foreseen:
    """What merging a pack that came home would do, per record and field; writes nothing.

    Raises UserError for a pack of another pool or sort, and as `merge.preview` does.
    """
    packs.require(pool, opened, "home")
    files = Attachments(pool.path)
    known = sum(files.has(digest) for digest in opened.files)
    lacking = len(_lacking(files, opened.manifest.needs, set(opened.files)))
    told = None
    if opened.has_journal:
        with pool.read() as session:
            told = merge.preview(session, opened.bundle())
    return Foreseen(told, len(opened.files) - known, known, lacking, opened.manifest.finished)


def examine(pool: Pool, opened: Opened) -> None:
    """Raises UserError for whatever would keep a pack from being merged; writes nothing."""
    packs.require(pool, opened, "home")
    if opened.has_journal:
        with pool.read() as session:
            merge.preview(session, opened.bundle())
    _require_earlier_volumes(Attachments(pool.path), opened)


def take_in(
    pool: Pool, opened: Opened, maker: Maker, *, today: date, progress: Progress = quietly
) -> Received:
    """Merge a pack that came home: attachments first, stored and read back, then the records.

    The records are one step, which can be undone as one. After an interruption the same pack is
    merged again; what is there already is not written twice. Raises UserError as `examine` does,
    before anything is written, and when an attachment cannot be stored: then no record is.
    """
    examine(pool, opened)
    files = Attachments(pool.path)
    fresh = _store(files, opened, progress)
    _require_stored(files, (*opened.files, *opened.manifest.needs))
    known = len(opened.files) - fresh
    if not opened.has_journal:
        return Received(None, fresh, known, returned=False)
    manifest = opened.manifest
    why = _("合并外勤包：{person}").format(person=manifest.made_for)
    with pool.write(why, who=maker.who, source=merge.SOURCE) as session:
        merged = merge.merge(session, opened.bundle())
        back = manifest.finished and register.copy_of(session) is None
        returned = back and register.give_back(session, manifest.outing, today)
    return Received(merged, fresh, known, returned)


def own_copy(pool: Pool) -> register.Copy:
    """What this laptop's pool was opened from. Raises UserError at the office."""
    with pool.read() as session:
        copy = register.copy_of(session)
    if copy is None:
        raise UserError(_("这不是外勤副本，没有带回的内容。请在外勤电脑上打开的库中操作。"))
    return copy


def _store(files: Attachments, opened: Opened, progress: Progress) -> int:
    """Keep the attachments of a pack; returns how many were not here."""
    parts = opened.manifest.parts
    done = fresh = 0

    def take(part: Part, content: bytes) -> None:
        nonlocal done, fresh
        progress(done, len(parts), part.digest[:12])
        done += 1
        if part.name.startswith(FILES) and not files.verify(part.digest):
            files.put(content)
            fresh += 1

    pack_container.hand_on(opened.path, opened.key, opened.manifest, take)
    return fresh


def _lacking(files: Attachments, needs: Sequence[str], coming: set[str]) -> list[str]:
    return [digest for digest in needs if digest not in coming and not files.has(digest)]


def _require_earlier_volumes(files: Attachments, opened: Opened) -> None:
    lacking = _lacking(files, opened.manifest.needs, set(opened.files))
    if lacking:
        raise UserError(
            _(
                "还缺 {number} 个附件，没有合并。请先合并同一批的其他各卷（共 {volumes} 卷）。"
            ).format(number=len(lacking), volumes=opened.manifest.volume[1])
        )


def _require_stored(files: Attachments, digests: Sequence[str]) -> None:
    bad = [digest for digest in dict.fromkeys(digests) if not files.verify(digest)]
    if bad:
        raise UserError(
            _("{number} 个附件存入后读不回来，没有合并记录。请检查磁盘后再合并一次。").format(
                number=len(bad)
            )
        )


def _stands(path: Path, key: Key, manifest: Manifest) -> bool:
    """Whether an earlier attempt has written this very volume."""
    if manifest.volume[1] == 1 or not path.exists():
        return False
    found, _kept = pack_container.verify(path, key)
    return msgspec.structs.replace(found, pack=manifest.pack, made=manifest.made) == manifest


def _volumes(files: Attachments, digests: Sequence[str], volume: int) -> list[list[str]]:
    """The attachments in groups of at most `volume` bytes; at least one group."""
    groups: list[list[str]] = [[]]
    held = 0
    for digest in digests:
        size = files.size(digest)
        if groups[-1] and held + size > volume:
            groups.append([])
            held = 0
        groups[-1].append(digest)
        held += size
    return groups


def _named(target: Path, number: int, volumes: int) -> Path:
    if volumes == 1:
        return target
    return target.with_name(f"{target.stem}.{number}-{volumes}{target.suffix}")
