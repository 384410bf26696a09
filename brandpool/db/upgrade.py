"""Bringing a pool file to the schema of this program, with Alembic, inside one transaction."""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from brandpool.db.engine import defer_keys

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


@cache
def newest() -> int:
    """The schema number of this program: that of its last migration."""
    return max(int(file.name[:4]) for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def found(engine: Engine) -> int | None:
    """The schema number of a file, or None when it is no pool."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return int(version) if version is not None and str(version).isdigit() else None


def upgrade(engine: Engine, to: int | None = None) -> int:
    """Run the migrations up to `to` (default: all); all of them take effect or none.

    Returns the schema number reached.
    """
    target = to or newest()
    _run(engine, "upgrade", f"{target:04d}")
    return target


def downgrade(engine: Engine, to: int) -> None:
    """Run the migrations back to schema number `to` (0: an empty file); for tests of migrations."""
    _run(engine, "downgrade", f"{to:04d}" if to else "base")


def _run(engine: Engine, direction: str, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        defer_keys(connection)
        config.attributes["connection"] = connection
        getattr(command, direction)(config, target)
