"""Packs that went out and came back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "field_pack",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("pack_no", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("taken_by", sa.Text()),
        sa.Column("taken_on", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("purpose", sa.Text()),
        sa.Column("enterprises", sa.BigInteger()),
        sa.Column("with_personal", sa.Boolean()),
        sa.Column("with_originals", sa.Boolean()),
        sa.Column("made_by", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("returned_on", sa.Date()),
        sa.Column("return_note", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "packed_enterprise",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column(
            "field_pack_id",
            sa.CHAR(32),
            sa.ForeignKey("field_pack.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column(
            "enterprise_id",
            sa.CHAR(32),
            sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("note", sa.Text()),
    )
    op.create_table(
        "acknowledged",
        sa.Column("what", sa.Text(), primary_key=True),
        sa.Column("name", sa.CHAR(64), primary_key=True),
        sa.Column("pack", sa.CHAR(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("acknowledged")
    op.drop_table("packed_enterprise")
    op.drop_table("field_pack")
