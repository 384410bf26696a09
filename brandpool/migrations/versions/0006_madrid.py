"""International registrations, filings abroad, renewal steps and images."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _record(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        *columns,
    )


def _link(name: str, kind: str) -> sa.Column[object]:
    key = sa.ForeignKey(f"{kind}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)


def upgrade() -> None:
    """Create the tables."""
    _record(
        "international_registration",
        _link("enterprise_id", "enterprise"),
        sa.Column("irn", sa.Text(), index=True),
        sa.Column("name", sa.Text()),
        sa.Column("holder", sa.Text()),
        sa.Column("holder_address", sa.Text()),
        sa.Column("ir_date", sa.Date()),
        sa.Column("expiry", sa.Date()),
        sa.Column("classes", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("colour", sa.Boolean()),
        sa.Column("colour_claim", sa.Text()),
        sa.Column("mark_type", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("application_type", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("office_received", sa.Date()),
        sa.Column("ib_received", sa.Date()),
        sa.Column("gazette_no", sa.Text()),
        sa.Column("gazette_date", sa.Date()),
        sa.Column("priority_date", sa.Date()),
        sa.Column("priority_no", sa.Text()),
        sa.Column("agent", sa.Text()),
        sa.Column("fee_chf", sa.BigInteger()),
        sa.Column("fee_rmb", sa.BigInteger()),
        sa.Column("fee_rate", sa.BigInteger()),
        sa.Column("fee_paid", sa.Date()),
        sa.Column("subsidy", sa.Text()),
        sa.Column("status_text", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("source_date", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "basic_mark",
        _link("ir_id", "international_registration"),
        _link("trademark_id", "trademark"),
        sa.Column("number", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("ceased", sa.Date()),
        sa.Column("proceeding", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "designation",
        _link("ir_id", "international_registration"),
        sa.Column("party", sa.Text()),
        sa.Column("designated_on", sa.Date()),
        sa.Column("route", sa.Text()),
        sa.Column("notified", sa.Date()),
        sa.Column("classes", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("national_no", sa.Text()),
        sa.Column("national_registered", sa.Date()),
        sa.Column("local_agent", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "designation_event",
        _link("designation_id", "designation"),
        sa.Column("tag", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("grounds", sa.Text()),
        sa.Column("sent", sa.Date()),
        sa.Column("received", sa.Date()),
        sa.Column("forwarded", sa.Date()),
        sa.Column("response_limit", sa.Date()),
        sa.Column("answered", sa.Date()),
        sa.Column("opposition_start", sa.Date()),
        sa.Column("opposition_end", sa.Date()),
        sa.Column("classes", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("office", sa.Text()),
        sa.Column("document_id", sa.Text()),
        sa.Column("regrdat", sa.Date()),
        sa.Column("notdate", sa.Date()),
        sa.Column("regedat", sa.Date()),
        sa.Column("gazette", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("event_key", sa.Text(), index=True),
        sa.Column("note", sa.Text()),
    )
    _record(
        "ir_event",
        _link("ir_id", "international_registration"),
        sa.Column("tag", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("office", sa.Text()),
        sa.Column("document_id", sa.Text()),
        sa.Column("regrdat", sa.Date()),
        sa.Column("notdate", sa.Date()),
        sa.Column("regedat", sa.Date()),
        sa.Column("gazette", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("parties", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("event_key", sa.Text(), index=True),
        sa.Column("note", sa.Text()),
    )
    _record(
        "foreign_filing",
        _link("enterprise_id", "enterprise"),
        sa.Column("party", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("filing_no", sa.Text(), index=True),
        sa.Column("registration_no", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("filed", sa.Date()),
        sa.Column("registered_on", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("classes", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("holder", sa.Text()),
        _link("trademark_id", "trademark"),
        sa.Column("agent", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "introduced_mark",
        _link("enterprise_id", "enterprise"),
        sa.Column("name", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("party", sa.Text()),
        sa.Column("registration_no", sa.Text()),
        sa.Column("classes", sa.Text()),
        sa.Column("how", sa.Text()),
        sa.Column("introduced_on", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("proof", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "renewal_step",
        _link("trademark_id", "trademark"),
        _link("ir_id", "international_registration"),
        sa.Column("due", sa.Date()),
        sa.Column("step", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("done_by", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("note", sa.Text()),
    )
    _record(
        "mark_image",
        _link("trademark_id", "trademark"),
        _link("ir_id", "international_registration"),
        sa.Column("content_hash", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("media_type", sa.Text()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("place", sa.BigInteger()),
        sa.Column("caption", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    for table in (
        "mark_image",
        "renewal_step",
        "introduced_mark",
        "foreign_filing",
        "ir_event",
        "designation_event",
        "designation",
        "basic_mark",
        "international_registration",
    ):
        op.drop_table(table)
