"""Decisions about dates, the cache of dates, and reference data newer than the program's."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "docket_decision",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("entry_key", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("subject_kind", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("due_then", sa.Date()),
        sa.Column("reason", sa.Text()),
        sa.Column("passed_to", sa.Text()),
        sa.Column("remedy", sa.Text()),
        sa.Column("remedy_by", sa.Date()),
        sa.Column("override", sa.Date()),
        sa.Column("override_reason", sa.Text()),
    )
    op.create_table(
        "docket_date",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.CHAR(32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("part", sa.CHAR(32), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.CHAR(32), index=True),
        sa.Column("raw", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("late", sa.Date(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    shown = ["settled", "nature", "late", "due", "until", "since", "rule"]
    op.create_index("ix_docket_open", "docket_date", shown)
    op.create_index("ix_docket_subject", "docket_date", ["subject"])
    op.create_table(
        "reference_document",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("name", sa.Text()),
        sa.Column("starts", sa.Date()),
        sa.Column("source", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("remark", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("reference_document")
    op.drop_table("docket_date")
    op.drop_table("docket_decision")
