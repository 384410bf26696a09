"""Moves that no longer count because a person said, when two records were merged, which do."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column."""
    op.add_column("tier_move", sa.Column("set_aside", sa.Text()))


def downgrade() -> None:
    """Remove it again."""
    op.drop_column("tier_move", "set_aside")
