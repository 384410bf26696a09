"""The files that records name are found wherever they are named, and missed when they are gone."""

from datetime import date
from pathlib import Path

import pytest

from brandpool.db.attachments import Attachments
from brandpool.db.pool import Pool
from brandpool.exchange import backups, pool_files
from brandpool.models.field import Kind
from brandpool.models.kinds import KINDS
from brandpool.models.record import fields
from brandpool.models.training import Training
from brandpool.models.visit import Visit
from brandpool.services import attached, pack_contents, records
from brandpool.services.check import quietly


@pytest.fixture
def files(pool: Pool, enterprise: str) -> dict[str, str]:
    """A visit with a signature, an answer that is a picture, and a training with its sheet."""
    kept = Attachments(pool.path)
    put = {name: kept.put(name.encode()) for name in ("签字", "照片", "签到表")}
    with pool.write("走访", who="甲") as session:
        records.add(session, Visit, {
            "enterprise_id": enterprise, "visited_on": date(2026, 5, 1),
            "visitor_signature": put["签字"],
            "answers": f'{{"shop_front":"{put["照片"]}"}}',
        })  # fmt: skip
        records.add(session, Training, {
            "topic": "讲座", "held_on": date(2026, 5, 1), "star_item": "lectures",
            "sheet_hash": put["签到表"],
        })  # fmt: skip
    return put


def test_no_field_that_holds_a_hash_escapes_its_declaration() -> None:
    names = {n for m in KINDS for n, f in fields(m).items() if n.endswith(("_hash", "_signature"))}
    files = {n for m in KINDS for n, f in fields(m).items() if f.kind is Kind.FILE}
    assert names - files == {"file_hash"}, "of an exported file, which is not kept"


def test_signatures_sheets_and_answered_pictures_are_files_of_the_pool(
    pool: Pool, enterprise: str, files: dict[str, str]
) -> None:
    with pool.read() as session:
        assert set(attached.named(session)) == set(files.values())
        belonging = pack_contents.belonging(session, [enterprise])
        assert pack_contents.files_of(session, belonging) == {files["签字"], files["照片"]}


@pytest.mark.parametrize("name", ["签字", "照片", "签到表"])
def test_a_backup_that_lacks_one_of_them_is_not_whole(
    pool: Pool, files: dict[str, str], name: str
) -> None:
    made = pool_files.backup(pool)
    assert backups.verify(made, pool.path, quietly).faults == ()
    for folder in (pool.path, made.parent / pool.path.name):
        Attachments(folder).path(files[name]).unlink()
    assert backups.verify(made, pool.path, quietly).faults == ("缺少 1 个附件文件",)


def test_the_check_tells_a_missing_file_from_a_damaged_one(
    pool: Pool, files: dict[str, str]
) -> None:
    kept = Attachments(pool.path)
    with pool.read() as session:
        assert attached.faults(session, kept, quietly) == []
    kept.path(files["签字"]).unlink()
    path: Path = kept.path(files["签到表"])
    path.write_bytes(b"other")
    with pool.read() as session:
        found = attached.faults(session, kept, quietly)
    assert {(one.where, one.live) for one in found} == {
        ("visit", "文件缺失"), ("training", "文件已损坏"),
    }  # fmt: skip
