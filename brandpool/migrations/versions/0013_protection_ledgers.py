"""Cases, complaints, mediation, aid, credit, training of officers."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Remove them again."""
