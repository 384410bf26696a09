"""Patents, titles, certificates, secrets, pledges, insurance, licences, alliances."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
