"""The journal, the search index, and enterprises."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "txn",
        sa.Column("lsn", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.CHAR(32), nullable=False, unique=True),
        sa.Column("site", sa.CHAR(32), nullable=False, index=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.CHAR(32)),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.CHAR(32), index=True),
        sa.Column("arrived", sa.BigInteger(), nullable=False, index=True),
    )
    op.create_table(
        "change",
        sa.Column("lsn", sa.Integer(), sa.ForeignKey("txn.lsn"), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.CHAR(32), nullable=False),
        sa.Column("op", sa.CHAR(1), nullable=False),
        sa.Column("patch", sa.Text(), nullable=False),
        sa.Column("parents", sa.Text(), nullable=False),
    )
    op.create_index("ix_change_record", "change", ["record", "lsn"])
    op.create_table(
        "flag",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("record", sa.CHAR(32), primary_key=True),
        sa.Column("what", sa.Text(), primary_key=True),
        sa.Column("field", sa.Text(), primary_key=True),
        sa.Column("txn", sa.CHAR(32), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_table(
        "pool_fact",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    _create_enterprises()
    _create_search()


def _record(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        *columns,
    )


def _enterprise_link() -> sa.Column[object]:
    return sa.Column(
        "enterprise_id",
        sa.CHAR(32),
        sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
        index=True,
    )


def _create_enterprises() -> None:
    _record(
        "enterprise",
        sa.Column("name", sa.Text(), index=True),
        sa.Column("credit_code", sa.Text(), index=True),
        sa.Column("registration_no", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("street", sa.Text()),
        sa.Column("registered_address", sa.Text()),
        sa.Column("business_address", sa.Text()),
        sa.Column("industry", sa.Text()),
        sa.Column("size_class", sa.Text()),
        sa.Column("established", sa.Date()),
        sa.Column("capital", sa.BigInteger()),
        sa.Column("capital_currency", sa.Text()),
        sa.Column("legal_representative", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("brand_officer", sa.Text()),
        sa.Column("brand_officer_phone", sa.Text()),
        sa.Column("products", sa.Text()),
        sa.Column("tags", sa.Text()),
        sa.Column("used_since", sa.Date()),
        sa.Column("above_scale", sa.Boolean()),
        sa.Column("source", sa.Text()),
        sa.Column("source_date", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("pinyin", sa.Text(), index=True),
    )
    _record(
        "former_name",
        _enterprise_link(),
        sa.Column("name", sa.Text()),
        sa.Column("until", sa.Date()),
    )
    _record(
        "contact",
        _enterprise_link(),
        sa.Column("name", sa.Text()),
        sa.Column("position", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "yearly_figure",
        _enterprise_link(),
        sa.Column("year", sa.Integer()),
        sa.Column("measure", sa.Text()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("as_of", sa.Date()),
    )


def _create_search() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.CHAR(32), nullable=False, unique=True),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_text"
            " USING fts5(words, tokenize='unicode61 remove_diacritics 0')"
        )


def downgrade() -> None:
    """Remove them again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_text")
    for table in (
        "search_entry",
        "yearly_figure",
        "contact",
        "former_name",
        "enterprise",
        "pool_fact",
        "flag",
        "change",
        "txn",
    ):
        op.drop_table(table)
