"""Well-known mark cases and their evidence."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
