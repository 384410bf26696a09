"""Documents of an enterprise, kept beside the pool."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "document",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column(
            "enterprise_id",
            sa.CHAR(32),
            sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("title", sa.Text()),
        sa.Column("document_kind", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("remark", sa.Text()),
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("document")
