"""Old files come up to date without losing a row; newer and foreign files are refused."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from brandpool.db import upgrade
from brandpool.db.engine import engine_for
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models import kinds
from brandpool.models.record import Base

VERSIONS = sorted(
    int(file.name[:4])
    for file in (Path(upgrade.__file__).parent.parent / "migrations/versions").glob("0*.py")
)

DATA = {
    1: "INSERT INTO enterprise (id, ver, name) VALUES ('e1', 'v', '朝阳')",
    2: "INSERT INTO tier_move (id, ver, enterprise_id, ladder) VALUES ('m1', 'v', 'e1', 'main')",
    3: "INSERT INTO shortlist (id, ver, name) VALUES ('s1', 'v', '名单')",
    4: "INSERT INTO honour (id, ver, enterprise_id) VALUES ('h1', 'v', 'e1')",
    5: "INSERT INTO trademark (id, ver, enterprise_id, reg_no) VALUES ('t1', 'v', 'e1', '1234567')",
    6: "INSERT INTO designation (id, ver, party) VALUES ('d1', 'v', 'US')",
    7: "INSERT INTO docket_decision (id, ver, entry_key) VALUES ('k1', 'v', 'honour.valid|h1')",
    8: "INSERT INTO document (id, ver, enterprise_id, title) VALUES ('f1', 'v', 'e1', '执照')",
    9: "INSERT INTO visit (id, ver, enterprise_id) VALUES ('n9', 'v', 'e1')",
    10: "INSERT INTO field_pack (id, ver, pack_no) VALUES ('p10', 'v', 'WQ-1')",
    11: "INSERT INTO well_known_file (id, ver, mark) VALUES ('w1', 'v', '朝阳')",
    12: "INSERT INTO patent_year (id, ver, enterprise_id, year) VALUES ('y12', 'v', 'e1', 2025)",
    13: "INSERT INTO credit_listing (id, ver, enterprise_id) VALUES ('c13', 'v', 'e1')",
    14: "INSERT INTO agency (id, ver, name) VALUES ('a14', 'v', '代理机构')",
    15: "INSERT INTO target (id, ver, title, year) VALUES ('g1', 'v', '有效注册量', 2025)",
    16: "INSERT INTO printed_number (id, ver, code) VALUES ('v16', 'v', '7K3M-Q2WD')",
    17: "INSERT INTO arrival (lsn, step) VALUES (1, 2)",
    18: "INSERT INTO tier_scheme (id, ver, key) VALUES ('s18', 'v', 'k')",
}


def shape(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Tables and columns with their types, as the database tells them."""
    inspector = inspect(engine_for(path))
    return {
        table: {(c["name"], str(c["type"])) for c in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if not table.startswith(("search_text", "alembic"))
    }


def test_the_migrations_build_what_the_models_declare(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert kinds.KINDS
    engine = engine_for(tmp_path / "new.brandpool")
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [d for d in compare_metadata(context, Base.metadata) if "search_" not in str(d)]
    assert found == []


def test_every_migration_has_data_to_be_tried_on() -> None:
    assert sorted(DATA) == VERSIONS


@pytest.mark.parametrize("start", VERSIONS)
def test_data_written_at_each_schema_survives_the_way_up(tmp_path: Path, start: int) -> None:
    path = tmp_path / "old.brandpool"
    engine = engine_for(path)
    upgrade.upgrade(engine, start)
    written = [DATA[version] for version in VERSIONS if version <= start]
    with engine.connect() as connection, connection.begin():
        for statement in written:
            connection.execute(text(statement))
    upgrade.upgrade(engine)
    with sqlite3.connect(path) as raw:
        for statement in written:
            table = statement.split()[2]
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_step_can_be_taken_back_and_again(tmp_path: Path, version: int) -> None:
    path = tmp_path / "steps.brandpool"
    engine = engine_for(path)
    if version > 1:
        upgrade.upgrade(engine, version - 1)
    before = shape(path)
    upgrade.upgrade(engine, version)
    after = shape(path)
    upgrade.downgrade(engine, version - 1)
    assert shape(path) == before
    upgrade.upgrade(engine, version)
    assert shape(path) == after


def test_an_older_file_is_backed_up_before_it_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "old.brandpool"
    upgrade.upgrade(engine_for(path), 1)
    Pool.open(path).close()
    [kept] = tmp_path.glob("*升级前*")
    assert upgrade.found(engine_for(kept)) == 1
    assert upgrade.found(engine_for(path)) == upgrade.newest()


def test_a_newer_file_is_refused_with_a_sentence_and_not_touched(
    empty_pool: Path, tmp_path: Path
) -> None:
    path = tmp_path / "newer.brandpool"
    shutil.copy(empty_pool, path)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    content = path.read_bytes()
    with pytest.raises(UserError, match="请先更新本程序"):
        Pool.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(200)])
def test_a_file_that_is_no_pool_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.brandpool"
    path.write_bytes(content)
    with pytest.raises(UserError, match="不是品牌培育库文件"):
        Pool.open(path)
    assert path.read_bytes() == content


def test_an_upgrade_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "old.brandpool"
    engine = engine_for(path)
    upgrade.upgrade(engine, 1)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE honour (id TEXT)"))
    before = shape(path)
    with pytest.raises(UserError):
        Pool.open(path)
    assert shape(path) == before
    assert upgrade.found(engine) == 1
