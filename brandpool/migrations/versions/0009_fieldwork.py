"""Visits, services, plans and letters, and the forms they are written on."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
