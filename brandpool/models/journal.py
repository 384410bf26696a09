"""The journal: what was done, by whom, when and why. Append-only; live rows are its fold."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import CHAR, BigInteger, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from brandpool.models.record import Base

Patch = dict[str, list[Any]]
_ENCODER = msgspec.json.Encoder(order="deterministic")

FOLLOWERS = ("searched", "docketed")
"""The facts by which caches know how far they have read the journal. They are forgotten when a
part is added to transactions that the caches have read."""


class Txn(Base):
    """One saved action. `lsn` is its order of arrival in this pool: the axis of "as known on"."""

    __tablename__ = "txn"

    lsn: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(CHAR(32), unique=True)
    site: Mapped[str] = mapped_column(CHAR(32), index=True)
    seq: Mapped[int] = mapped_column(Integer)
    prev: Mapped[str | None] = mapped_column(CHAR(32))
    at: Mapped[int] = mapped_column(BigInteger)
    who: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    schema: Mapped[int] = mapped_column(Integer)
    undoes: Mapped[str | None] = mapped_column(CHAR(32), index=True)
    arrived: Mapped[int] = mapped_column(BigInteger, index=True)


class Change(Base):
    """One record touched: I, U or D, {field: [old, new]}, and what its author had seen."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record", "record", "lsn"),)

    lsn: Mapped[int] = mapped_column(ForeignKey("txn.lsn"), primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(CHAR(32))
    op: Mapped[str] = mapped_column(CHAR(1))
    patch: Mapped[str] = mapped_column(Text)
    parents: Mapped[str] = mapped_column(Text)


class Flag(Base):
    """What a person still has to settle; derived from the journal like every live row.

    `what` is "value" (another value was written at the same time), "deletion" (deleted by somebody
    who had not seen an edit) or "number" (the official number belongs to another record too).
    """

    __tablename__ = "flag"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record: Mapped[str] = mapped_column(CHAR(32), primary_key=True)
    what: Mapped[str] = mapped_column(Text, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    txn: Mapped[str] = mapped_column(CHAR(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Arrival(Base):
    """How a transaction that was not made here came into this pool; known here only.

    `step` is the lsn of the merge that brought it, 0 if it came without a change of any record;
    none for what the pool was first filled with.
    `seal` is the hash of what is here of a partial copy (`bundle.seal`), whose content is not all
    that its id was made from; none where all of it is here.
    """

    __tablename__ = "arrival"

    lsn: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    step: Mapped[int | None] = mapped_column(Integer, index=True)
    seal: Mapped[str | None] = mapped_column(CHAR(32))


class PoolFact(Base):
    """What this file knows about itself: its site number, its name, whether it is a sample."""

    __tablename__ = "pool_fact"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ChangeRow(NamedTuple):
    """A change as it is hashed, packed and written."""

    kind: str
    record: str
    op: str
    patch: str
    parents: str


@dataclass(frozen=True, slots=True)
class TxnRow:
    """A transaction's header without its place in any one pool."""

    site: str
    seq: int
    prev: str | None
    at: int
    who: str
    why: str
    source: str
    schema: int
    undoes: str | None


def canonical(value: Any) -> str:
    """JSON with one spelling: the same content has the same bytes on every machine."""
    return _ENCODER.encode(value).decode()


def txn_id(txn: TxnRow, changes: Iterable[ChangeRow]) -> str:
    """The transaction's id: the hash of all it says, chained to its predecessor on that machine."""
    head = canonical(
        [txn.site, txn.seq, txn.prev, txn.at, txn.who, txn.why, txn.source, txn.schema, txn.undoes]
    )
    named = hashlib.sha256(head.encode())
    for one in changes:
        line = f"\x1e{one.kind}\x1f{one.record}\x1f{one.op}\x1f{one.parents}\x1f{one.patch}"
        named.update(line.encode())
    return named.hexdigest()[:32]


def heads(ver: str) -> tuple[str, ...]:
    """The versions named in a row's `ver` or a change's `parents`."""
    return tuple(ver.split())


def joined(versions: Sequence[str]) -> str:
    """Versions as `ver` and `parents` are written: sorted, one space between."""
    return " ".join(sorted(versions))
