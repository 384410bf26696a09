"""Packs that go out: chosen enterprises in one sealed file, and a laptop's pool made from it."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from brandpool.db import bundle_text
from brandpool.db.attachments import Attachments
from brandpool.db.bundle import Bundle, bundle_of
from brandpool.db.merge import merge
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pack_container, packs
from brandpool.exchange.pack_key import Key
from brandpool.exchange.pack_manifest import FILES, FORMAT, JOURNAL, THUMBS, Manifest, Part
from brandpool.exchange.packs import Maker, Opened, Progress, quietly
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.pack import FILE
from brandpool.services import history, pack_contents
from brandpool.services import packs as register
from brandpool.services.packs import Copy, Outing


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be packed: which enterprises (ids), for whom, until when, and how much of them.

    `personal` takes the fields declared personal along, `originals` the attachments as they are
    instead of small pictures of them.
    """

    enterprises: tuple[str, ...]
    made_for: str
    until: date
    title: str = ""
    purpose: str = ""
    personal: bool = False
    originals: bool = False


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack that was written: its number in the register, its bytes, what is in it.

    `missing` are attachments that records name and this machine does not have.
    """

    path: Path
    pack_no: str
    size: int
    enterprises: int
    records: int
    files: int
    missing: tuple[str, ...] = ()


def create(
    pool: Pool,
    order: Order,
    target: Path,
    key: Key,
    maker: Maker,
    *,
    today: date,
    progress: Progress = quietly,
) -> MadePack:
    """Write a pack and enter it in the register; the pack is one step that can be undone.

    `key` is a new one (`pack_key.new`). Raises UserError when nothing was chosen, when the day is
    over, or when the file cannot be written: then nothing is entered either.
    """
    _require_order(order, today)
    with pool.read() as session:
        belonging = pack_contents.belonging(session, order.enterprises)
        chosen = tuple(belonging.get(Enterprise, ()))
        if not chosen:
            raise UserError(_("选中的企业已不在库中，没有制作外勤包。请重新选择。"))
        travelling = _bundle(session, belonging, personal=order.personal)
        attached = pack_contents.files_of(session, belonging)
        lineage = register.lineage(session)
    files = Attachments(pool.path)
    parts, made_here = _attached(files, attached, whole=order.originals, progress=progress)
    text = bundle_text.dumps(travelling)
    made_here[JOURNAL] = pack_container.deflate(text)
    parts.append(pack_container.part_of(JOURNAL, made_here[JOURNAL]))
    pack_no = f"WQ{today:%Y%m%d}-{secrets.token_hex(4).upper()}"
    manifest = Manifest(
        format=FORMAT, sort="out", pack=pack_no, outing=pack_no, lineage=lineage,
        schema=pool.schema, made=packs.made(pool, maker), made_for=order.made_for,
        expires=order.until, purpose=order.purpose, enterprises=len(chosen),
        personal=order.personal, originals=order.originals, inflated=len(text),
        parts=tuple(parts),
    )  # fmt: skip
    with (
        _written(target),
        pool.write(_("制作外勤包：{title}").format(title=_title(order)), who=maker.who) as session,
    ):
        register.register(session, _outing(order, manifest, chosen, maker, target, today))
        packs.write(target, key, manifest, files, made_here, progress)
    here = sum(part.name != JOURNAL for part in parts)
    number = len({(c.kind, c.record) for txn in travelling.txns for c in txn.changes})
    missing = tuple(sorted(h for h in attached if not files.has(h)))
    return MadePack(target, pack_no, target.stat().st_size, len(chosen), number, here, missing)


def open_as(opened: Opened, target: Path, *, today: date, progress: Progress = quietly) -> Pool:
    """Make the pool of a laptop from a pack; returns it, open.

    It appears under its name only when it is whole. Raises UserError for a pack of another sort,
    of a newer program or past its day, and where there is such a file: then nothing is written.
    """
    manifest = opened.manifest
    _require_opens(opened, target, today)
    files = Attachments(target)
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    fresh = not files.folder.exists()
    try:
        bundle = opened.bundle()
        _unpack(opened, files, progress)
        pool = Pool.create(half)
        try:
            _fill(pool, opened, bundle)
        finally:
            pool.close()
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        if fresh:
            shutil.rmtree(files.folder, ignore_errors=True)
        raise
    progress(len(manifest.parts), len(manifest.parts), "")
    return Pool.open(target)


def _unpack(opened: Opened, files: Attachments, progress: Progress) -> None:
    """Store the attachments of the pack."""
    parts = len(opened.manifest.parts)
    done = 0

    def take(part: Part, content: bytes) -> None:
        nonlocal done
        progress(done, parts, part.digest[:12])
        done += 1
        if part.name.startswith(THUMBS):
            files.put_thumbnail(part.digest, content)
        elif part.name.startswith(FILES):
            files.put(content)

    pack_container.hand_on(opened.path, opened.key, opened.manifest, take)


def _fill(pool: Pool, opened: Opened, bundle: Bundle) -> None:
    manifest = opened.manifest
    copy = Copy(
        manifest.outing, manifest.lineage, manifest.made_for, manifest.expires, manifest.personal,
        opened.key.sealed,
    )  # fmt: skip
    why = _("打开外勤包 {pack_no}").format(pack_no=manifest.outing)
    with pool.write(why, who=manifest.made_for, source=history.SETUP) as session:
        merge(session, bundle)
        register.become_copy(session, copy)
        register.acknowledge(session, FILE, opened.files, manifest.pack)


def _require_order(order: Order, today: date) -> None:
    if not order.made_for.strip():
        raise UserError(_("请填写领用人，外勤包没有制作。"))
    if order.until < today:
        raise UserError(
            _("归还期限 {day} 已经过去，外勤包没有制作。请改成今天或以后的日期。").format(
                day=order.until
            )
        )


def _require_opens(opened: Opened, target: Path, today: date) -> None:
    manifest = opened.manifest
    packs.require_sort(opened, "out")
    packs.require_schema(manifest)
    if packs.expired(manifest, today):
        raise UserError(
            _("外勤包已于 {day} 到期，没有打开。请让指导站重新制作。").format(day=manifest.expires)
        )
    if target.exists():
        raise UserError(_("{name} 已存在，没有新建。请另取一个名字。").format(name=target.name))


def _bundle(session: Session, belonging: pack_contents.Records, *, personal: bool) -> Bundle:
    keys = {(model.kind(), record) for model, ids in belonging.items() for record in ids}
    bundle = bundle_of(session, records=keys)
    return bundle if personal else pack_contents.without_personal(bundle)


def _attached(
    files: Attachments, attached: frozenset[str], *, whole: bool, progress: Progress
) -> tuple[list[Part], dict[str, bytes]]:
    """The parts for attachments, and the bytes of those that are made for the pack."""
    parts: list[Part] = []
    thumbs: dict[str, bytes] = {}
    wanted = sorted(h for h in attached if files.has(h))
    for number, digest in enumerate(wanted):
        progress(number, len(wanted), digest[:12])
        if whole:
            parts.append(packs.part_of_file(files, digest))
        elif (small := files.thumbnail(digest)) is not None:
            name = f"{THUMBS}{digest}"
            thumbs[name] = small
            parts.append(pack_container.part_of(name, small))
    return parts, thumbs


def _outing(
    order: Order, manifest: Manifest, chosen: tuple[str, ...], maker: Maker, target: Path,
    today: date,
) -> Outing:  # fmt: skip
    return Outing(
        manifest.pack, _title(order), order.made_for, today, order.until, chosen, order.purpose,
        order.personal, order.originals, maker.who, target.name,
    )  # fmt: skip


def _title(order: Order) -> str:
    return order.title or _("{person}，{number} 家企业").format(
        person=order.made_for, number=len(order.enterprises)
    )


@contextmanager
def _written(target: Path) -> Iterator[None]:
    """Let no pack lie about that the register does not know."""
    existed = target.exists()
    try:
        yield
    except BaseException:
        if not existed:
            target.unlink(missing_ok=True)
        raise
