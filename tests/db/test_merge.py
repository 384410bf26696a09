"""What machines wrote apart becomes one pool: all of it, once, in any order."""

from pathlib import Path

import pytest

from brandpool.db import bundle_text, journal
from brandpool.db.bundle import bundle_of, frontier
from brandpool.db.merge import SOURCE, Merged, merge, preview
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Contact, Enterprise
from brandpool.services import records
from brandpool.services.check import check, content_hash


@pytest.fixture
def laptop(pool: Pool, enterprise: str, tmp_path: Path) -> Pool:
    """A laptop that took the enterprise out."""
    return taken_out(pool, tmp_path / "laptop.brandpool", enterprise)


def taken_out(office: Pool, path: Path, *enterprises: str) -> Pool:
    """A pool made of a partial copy, as a laptop opens it."""
    with office.read() as session:
        out = bundle_of(session, records=[("enterprise", one) for one in enterprises])
    laptop = Pool.create(path)
    with laptop.write("取出", who="乙", source="setup") as session:
        merge(session, bundle_text.loads(bundle_text.dumps(out)))
    return laptop


def bring(source: Pool, target: Pool, why: str = "合并外勤包") -> Merged:
    """Everything of one pool merged into another."""
    with target.read() as session:
        known = frontier(session)
    with source.read() as session:
        home = bundle_of(session, since=known)
    with target.write(why, who="办公室", source=SOURCE) as session:
        return merge(session, bundle_text.loads(bundle_text.dumps(home)))


def hash_of(pool: Pool) -> str:
    with pool.read() as session:
        assert check(session) == []
        return content_hash(session)


def test_what_was_written_on_a_laptop_comes_home(
    pool: Pool, laptop: Pool, enterprise: str
) -> None:
    with laptop.write("走访", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
        records.add(session, Contact, {"enterprise_id": enterprise, "name": "王芳"})
    merged = bring(laptop, pool)
    assert (merged.appended, merged.new, merged.changed, merged.conflicts) == (1, 1, 1, 0)
    assert hash_of(pool) == hash_of(laptop)


def test_merging_again_writes_nothing(pool: Pool, laptop: Pool, enterprise: str) -> None:
    with laptop.write("走访", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    with laptop.read() as session:
        home = bundle_of(session, since={})
    with pool.write("合并", who="甲", source=SOURCE) as session:
        merge(session, home)
    content = pool.path.read_bytes()
    with pool.write("再合并", who="甲", source=SOURCE) as session:
        merged = merge(session, home)
    assert (merged.appended, merged.known) == (0, 1)
    assert pool.path.read_bytes() == content


def test_a_preview_writes_nothing(pool: Pool, laptop: Pool, enterprise: str) -> None:
    with laptop.write("走访", who="乙") as session:
        records.edit(session, Enterprise, enterprise, {"street": "梅墟"})
    with pool.write("街道", who="甲") as session:
        records.edit(session, Enterprise, enterprise, {"street": "新明"})
    content = pool.path.read_bytes()
    with laptop.read() as session:
        home = bundle_of(session, since={})
    with pool.read() as session:
        told = preview(session, home)
    assert pool.path.read_bytes() == content
    [row] = told.records
    [field] = row.fields
    assert (row.what, row.title) == ("conflict", "宁波朝阳机械有限公司")
    assert (field.base, field.office, field.theirs) == (None, "新明", "梅墟")
    assert (field.office_by, field.their_by, field.conflict) == ("甲", "乙", True)
