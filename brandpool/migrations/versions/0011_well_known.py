"""Well-known mark cases and their evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "well_known_file",
        _link("enterprise_id", "enterprise.id"),
        sa.Column("mark", sa.Text()),
        _link("trademark_id", "trademark.id"),
        sa.Column("goods", sa.Text()),
        sa.Column("route", sa.Text()),
        sa.Column("planned_anchor", sa.Date()),
        sa.Column("first_used", sa.Date()),
        sa.Column("opponent", sa.Text()),
        sa.Column("due_on", sa.Date()),
        sa.Column("readiness", sa.Text()),
        sa.Column("assessed_on", sa.Date()),
        sa.Column("earliest", sa.Date()),
        sa.Column("handler", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "evidence_item",
        _link("file_id", "well_known_file.id"),
        sa.Column("factor", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("title", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("pages", sa.BigInteger()),
        sa.Column("seen_by", sa.Text()),
        sa.Column("seen_on", sa.Date()),
        sa.Column("medium", sa.Text()),
        sa.Column("region", sa.Text()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("currency", sa.Text()),
        _link("document_id", "document.id"),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "evidence_figure",
        _link("file_id", "well_known_file.id"),
        sa.Column("year", sa.Integer()),
        sa.Column("measure", sa.Text()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("region", sa.Text()),
        sa.Column("source", sa.Text()),
        _link("evidence_id", "evidence_item.id"),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "well_known_case",
        _link("enterprise_id", "enterprise.id"),
        _link("file_id", "well_known_file.id"),
        sa.Column("mark", sa.Text()),
        _link("trademark_id", "trademark.id"),
        sa.Column("goods", sa.Text()),
        sa.Column("route", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("case_no", sa.Text()),
        sa.Column("opponent", sa.Text()),
        sa.Column("opposed_mark", sa.Text()),
        sa.Column("opponent_filed", sa.Date()),
        sa.Column("requested_on", sa.Date()),
        sa.Column("infringed_on", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("handler", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "well_known_stage",
        _link("case_id", "well_known_case.id"),
        sa.Column("stage", sa.Text()),
        sa.Column("sent", sa.Date()),
        sa.Column("received", sa.Date()),
        sa.Column("authority", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("well_known_stage")
    op.drop_table("well_known_case")
    op.drop_table("evidence_figure")
    op.drop_table("evidence_item")
    op.drop_table("well_known_file")


def _link(name: str, target: str) -> sa.Column[str]:
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)
