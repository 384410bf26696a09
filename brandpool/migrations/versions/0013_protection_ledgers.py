"""Cases, complaints, mediation, aid, credit, training of officers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "credit_listing",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column(
            "enterprise_id",
            sa.CHAR(32),
            sa.ForeignKey("enterprise.id", deferrable=True, initially="DEFERRED"),
            index=True,
        ),
        sa.Column("list_type", sa.Text()),
        sa.Column("listed_on", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.Column("repaired_on", sa.Date()),
        sa.Column("removed_on", sa.Date()),
        sa.Column("removal_no", sa.Text()),
        sa.Column("remark", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("credit_listing")
