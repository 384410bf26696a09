"""Numbers that were printed, and how to find their rows again."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
