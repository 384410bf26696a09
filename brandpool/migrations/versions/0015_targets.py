"""Targets, subsidy claims, star items and inspection lists."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
