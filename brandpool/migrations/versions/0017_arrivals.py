"""How a transaction of another machine came here."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "arrival",
        sa.Column("lsn", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer(), index=True),
        sa.Column("seal", sa.CHAR(32)),
    )


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("arrival")
