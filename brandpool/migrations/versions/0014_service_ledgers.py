"""Stations, events, agencies, talents, the leading group, partners."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
