"""What the merge tests do to pools: take out, edit, bring home, look."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import bundle_text
from brandpool.db.bundle import Bundle, bundle_of, frontier
from brandpool.db.merge import SOURCE, Merged, merge
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.journal import Flag, Txn
from brandpool.models.record import Record
from brandpool.services import history, records
from brandpool.services.check import check, content_hash

CODE = "91330200144069541X"
OTHER_CODE = "91330100799655058B"


def add(pool: Pool, model: type[Record], values: Mapping[str, Any], who: str = "甲") -> str:
    """Enter one record as a step of its own."""
    with pool.write("新增", who=who) as session:
        return records.add(session, model, values)


def edit(
    pool: Pool, record: str, values: Mapping[str, Any], model: type[Record] = Enterprise,
    who: str = "甲",
) -> None:  # fmt: skip
    """Change one record as a step of its own."""
    with pool.write("修改", who=who) as session:
        records.edit(session, model, record, values)


def remove(pool: Pool, record: str, model: type[Record] = Enterprise, who: str = "甲") -> None:
    """Delete one record as a step of its own."""
    with pool.write("删除", who=who) as session:
        records.remove(session, model, [record])


def get(pool: Pool, record: str, model: type[Record] = Enterprise) -> records.RecordRow | None:
    """One record, or None when it is not there."""
    with pool.read() as session:
        return next(iter(records.rows(session, model, [record])), None)


def travelled(bundle: Bundle) -> Bundle:
    """The bundle as it arrives, written and read again."""
    return bundle_text.loads(bundle_text.dumps(bundle))


def take(bundle: Bundle, target: Pool, why: str = "合并外勤包", source: str = SOURCE) -> Merged:
    """Merge a bundle."""
    with target.write(why, who="办公室", source=source) as session:
        return merge(session, travelled(bundle))


def take_out(office: Pool, laptop: Pool, keys: Collection[tuple[str, str]]) -> None:
    """Fill a laptop's pool with a partial copy of the office's."""
    with office.read() as session:
        out = bundle_of(session, records=keys)
    take(out, laptop, "取出", history.SETUP)


def news(source: Pool, target: Pool, *, with_history: bool = False) -> Bundle:
    """What one pool has that the other lacks."""
    with target.read() as session:
        known = frontier(session)
    with source.read() as session:
        return bundle_of(session, since=known, history=with_history)


def bring(source: Pool, target: Pool, *, with_history: bool = False) -> Merged:
    """Merge into a pool what it lacks of another."""
    return take(news(source, target, with_history=with_history), target)


def meet(one: Pool, other: Pool) -> None:
    """Two pools bring each other what each lacks."""
    bring(one, other)
    bring(other, one)


def undo(pool: Pool, txn: str) -> history.UndoReport:
    """Take back a step."""
    with pool.write("撤销", who="甲", source="undo", undoes=txn) as session:
        return history.undo(session, txn)


def last_step(pool: Pool) -> history.StepRow:
    """The newest step in the list."""
    with pool.read() as session:
        return history.steps(session, 1)[0]


def hash_of(pool: Pool) -> str:
    """The content hash of a pool that says what its journal says."""
    with pool.read() as session:
        assert check(session) == []
        return content_hash(session)


def flags_of(pool: Pool) -> set[tuple[str, ...]]:
    """What waits in a pool to be settled."""
    with pool.read() as session:
        return flags_in(session)


def flags_in(session: Session) -> set[tuple[str, ...]]:
    """What waits to be settled."""
    return {
        (flag.kind, flag.record, flag.what, flag.field, flag.txn, flag.value)
        for flag in session.scalars(select(Flag))
    }


def journal_of(pool: Pool) -> list[str]:
    """The transactions of a pool in their order of arrival."""
    with pool.read() as session:
        return list(session.scalars(select(Txn.id).order_by(Txn.lsn)))


def state_of(pool: Pool) -> tuple[str, set[tuple[str, ...]]]:
    """All that must be equal in two pools that know the same."""
    return hash_of(pool), flags_of(pool)
