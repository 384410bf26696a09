"""Saved questions, shortlists and the register of exports."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "saved_question",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("name", sa.Text()),
        sa.Column("about", sa.Text()),
        sa.Column("question", sa.Text()),
    )
    op.create_table(
        "shortlist",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("name", sa.Text()),
        sa.Column(
            "question_id",
            sa.CHAR(32),
            sa.ForeignKey("saved_question.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("handed_in", sa.Date()),
        sa.Column("handed_to", sa.Text()),
        sa.Column("handed_by", sa.Text()),
        sa.Column("scheme", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("row_count", sa.BigInteger()),
        sa.Column("file_name", sa.Text()),
        sa.Column("file_hash", sa.Text()),
        sa.Column("content", sa.Text()),
    )
    op.create_table(
        "export_entry",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("file_name", sa.Text()),
        sa.Column("exported", sa.Date()),
        sa.Column("exported_by", sa.Text()),
        sa.Column("row_count", sa.BigInteger()),
        sa.Column("unmasked", sa.Boolean()),
        sa.Column("reason", sa.Text()),
        sa.Column("file_hash", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("export_entry")
    op.drop_table("shortlist")
    op.drop_table("saved_question")
