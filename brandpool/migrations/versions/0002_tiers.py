"""Tier schemes, public notices and moves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "tier_scheme",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("key", sa.Text()),
        sa.Column("version", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("body", sa.Text()),
    )
    op.create_table(
        "public_notice",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("title", sa.Text()),
        sa.Column("ladder", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("working_days", sa.BigInteger()),
        sa.Column("count_first", sa.Boolean()),
        sa.Column("ends", sa.Date()),
        sa.Column("provisional", sa.Boolean()),
        sa.Column("receives", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("objections", sa.Text()),
        sa.Column("proposed", sa.Text()),
    )
    op.create_table(
        "tier_move",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column(
            "enterprise_id",
            sa.CHAR(32),
            sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("ladder", sa.Text(), index=True),
        sa.Column("tier", sa.Text()),
        sa.Column("effective", sa.Date()),
        sa.Column("reason", sa.Text()),
        sa.Column("exit_reason", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("evidence", sa.Text()),
        sa.Column("scheme", sa.Text()),
        sa.Column("facts", sa.Text()),
        sa.Column("override", sa.Text()),
        sa.Column(
            "notice_id",
            sa.CHAR(32),
            sa.ForeignKey("public_notice.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("tier_move")
    op.drop_table("public_notice")
    op.drop_table("tier_scheme")
