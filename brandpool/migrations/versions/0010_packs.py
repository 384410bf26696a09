"""Packs that went out and came back."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
