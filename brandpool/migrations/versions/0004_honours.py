"""Honours and titles."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "honour",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column(
            "enterprise_id",
            sa.CHAR(32),
            sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("honour", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("batch", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("granted", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("review_year", sa.Integer()),
        sa.Column("remark", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("honour")
