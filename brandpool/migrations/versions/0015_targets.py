"""Targets with their figures, subsidies, the station's papers and its star scores."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def _keys() -> list[sa.Column[str]]:
    return [
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    ]


def _link(name: str, table: str) -> "sa.Column[str]":
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "target",
        *_keys(),
        sa.Column("title", sa.Text()),
        sa.Column("indicator", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("operator", sa.Text()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("counted_from", sa.Text()),
        sa.Column("counting", sa.Text()),
        _link("question_id", "saved_question"),
        sa.Column("base_year", sa.Integer()),
        sa.Column("base_value", sa.BigInteger()),
        sa.Column("responsible", sa.Text()),
        sa.Column("document", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("clause", sa.Text()),
        sa.Column("place_from", sa.BigInteger()),
        sa.Column("place_to", sa.BigInteger()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "target_figure",
        *_keys(),
        sa.Column("indicator", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("value", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("done", sa.Boolean()),
        sa.Column("source", sa.Text()),
        sa.Column("as_of", sa.Date()),
        sa.Column("proof", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "subsidy_item",
        *_keys(),
        sa.Column("title", sa.Text()),
        sa.Column("area", sa.Text()),
        sa.Column("policy", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("standard", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("share", sa.BigInteger()),
        sa.Column("included_parties", sa.BigInteger()),
        sa.Column("least_parties", sa.BigInteger()),
        sa.Column("cap", sa.BigInteger()),
        sa.Column("year_cap", sa.BigInteger()),
        sa.Column("total_cap", sa.BigInteger()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("documents", sa.Text()),
        sa.Column("excludes", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "subsidy_claim",
        *_keys(),
        _link("enterprise_id", "enterprise"),
        _link("item_id", "subsidy_item"),
        sa.Column("subject", sa.Text()),
        sa.Column("event_on", sa.Date()),
        sa.Column("quantity", sa.BigInteger()),
        sa.Column("parties", sa.BigInteger()),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("approved", sa.BigInteger()),
        sa.Column("state", sa.Text()),
        sa.Column("documents", sa.Text()),
        sa.Column("claimed_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("paid_on", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "station_paper",
        *_keys(),
        _link("station_id", "station"),
        sa.Column("title", sa.Text()),
        sa.Column("paper_kind", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.create_table(
        "star_score",
        *_keys(),
        _link("station_id", "station"),
        sa.Column("year", sa.Integer()),
        sa.Column("item", sa.Text()),
        sa.Column("score", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("scored_by", sa.Text()),
        sa.Column("scored_on", sa.Date()),
    )


def downgrade() -> None:
    """Remove them again."""
    for table in (
        "star_score",
        "station_paper",
        "subsidy_claim",
        "subsidy_item",
        "target_figure",
        "target",
    ):
        op.drop_table(table)
