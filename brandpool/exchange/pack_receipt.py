"""Receipts: what the office has of a pack, and what a laptop may therefore let go of."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.db.bundle import bundle_of
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import packs
from brandpool.exchange.pack_home import own_copy
from brandpool.exchange.pack_manifest import FORMAT, Manifest
from brandpool.exchange.packs import Maker, Opened
from brandpool.i18n import _
from brandpool.models.journal import Txn
from brandpool.models.pack import FILE, STEP
from brandpool.models.record import time_ordered_id
from brandpool.services import pack_contents
from brandpool.services import packs as register


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a receipt was news about, and what is still to be confirmed on this laptop."""

    steps: int
    files: int
    steps_open: int
    files_open: int


def receipt(pool: Pool, opened: Sequence[Opened], target: Path, maker: Maker) -> tuple[int, int]:
    """Confirm to a laptop what of these packs the office has; returns how many steps and files.

    Only what is in the pool counts, each attachment read back from the disk. The file is sealed
    with the key of the pack that came. Raises UserError on a laptop: what another laptop has may
    still be lost.
    """
    with pool.read() as session:
        if register.copy_of(session) is not None:
            raise UserError(_("回执由指导站的库出具，这里是外勤副本。请在指导站合并后出具。"))
        steps = sorted(_known(session, [step for one in opened for step in _whole(one)]))
    for one in opened:
        packs.require(pool, one, "home")
    files = Attachments(pool.path)
    arrived = sorted({h for one in opened for h in one.files if files.verify(h)})
    last = opened[-1].manifest
    manifest = Manifest(
        format=FORMAT, sort="receipt", pack=time_ordered_id(), outing=last.outing,
        lineage=last.lineage, schema=pool.schema, made=packs.made(pool, maker),
        made_for=last.made_for, txns=tuple(steps), arrived=tuple(arrived),
    )  # fmt: skip
    packs.write(target, opened[-1].key, manifest, files, {})
    return len(steps), len(arrived)


def confirm(pool: Pool, opened: Opened) -> Confirmed:
    """Read a receipt on the laptop: what it names need not be brought again.

    Raises UserError for a receipt of another pool, and for one that no office made.
    """
    packs.require(pool, opened, "receipt")
    manifest = opened.manifest
    own_copy(pool)
    if not manifest.made.office:
        raise UserError(_("这份回执不是指导站出具的，没有采用。请向指导站索取。"))
    with pool.maintain() as session:
        steps = register.acknowledge(session, STEP, manifest.txns, manifest.pack)
        number = register.acknowledge(session, FILE, manifest.arrived, manifest.pack)
    waiting_steps, waiting_files = waiting(pool)
    return Confirmed(steps, number, len(waiting_steps), len(waiting_files))


def waiting(pool: Pool) -> tuple[list[str], list[str]]:
    """Steps and attachments of this laptop that no receipt has confirmed yet."""
    with pool.read() as session:
        whole = bundle_of(session, since={}).txns
        steps = register.acknowledged(session, STEP)
        sent = register.acknowledged(session, FILE)
    named = pack_contents.files_in(change for txn in whole for change in txn.changes)
    files = Attachments(pool.path)
    unsent = sorted(named - sent)
    return [txn.id for txn in whole if txn.id not in steps], [h for h in unsent if files.has(h)]


def release(pool: Pool) -> tuple[int, int]:
    """Remove the originals that the office has confirmed by their very hash; files and bytes.

    A small picture of each stays. An original that no receipt names is never touched.
    """
    own_copy(pool)
    with pool.read() as session:
        sent = register.acknowledged(session, FILE)
    files = Attachments(pool.path)
    freed = [size for size in (files.release(digest) for digest in sorted(sent)) if size]
    return len(freed), sum(freed)


def _whole(opened: Opened) -> list[str]:
    """The steps that came whole: those of the laptop, and those it took from others."""
    return [txn.id for txn in opened.bundle().txns if txn.places is None]


def _known(session: Session, steps: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for batch in journal.in_batches(steps):
        found |= set(session.scalars(select(Txn.id).where(Txn.id.in_(batch))))
    return found
