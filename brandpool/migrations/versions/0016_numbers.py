"""Numbers that were printed, and how to find their rows again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "printed_number",
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        sa.Column("code", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("total", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("printed_on", sa.Date()),
        sa.Column("printed_by", sa.Text()),
        sa.Column("definition", sa.Text()),
        sa.Column("row_count", sa.BigInteger()),
        sa.Column("rows", sa.Text()),
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("printed_number")
