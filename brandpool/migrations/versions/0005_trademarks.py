"""Chinese marks with their events, evidence, licences and pledges."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


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
        "trademark",
        _link("enterprise_id", "enterprise"),
        sa.Column("reg_no", sa.Text(), index=True),
        sa.Column("nice_class", sa.BigInteger()),
        sa.Column("name", sa.Text()),
        sa.Column("status", sa.Text(), index=True),
        sa.Column("status_text", sa.Text()),
        sa.Column("is_main", sa.Boolean()),
        sa.Column("owner", sa.Text()),
        sa.Column("owner_en", sa.Text()),
        sa.Column("owner_address", sa.Text()),
        sa.Column("co_owned", sa.Boolean()),
        sa.Column("co_owners", sa.Text()),
        sa.Column("mark_type", sa.Text()),
        sa.Column("form", sa.Text()),
        sa.Column("filed", sa.Date()),
        sa.Column("prelim_issue", sa.Text()),
        sa.Column("prelim_published", sa.Date()),
        sa.Column("reg_issue", sa.Text()),
        sa.Column("reg_published", sa.Date()),
        sa.Column("registered_on", sa.Date()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("priority_date", sa.Date()),
        sa.Column("goods", sa.Text()),
        sa.Column("similar_groups", sa.Text()),
        sa.Column("nice_edition", sa.Text()),
        sa.Column("colour", sa.Boolean()),
        sa.Column("agent", sa.Text()),
        sa.Column("ir_date", sa.Date()),
        sa.Column("later_designated", sa.Date()),
        sa.Column("department", sa.Text()),
        sa.Column("subsidy", sa.Text()),
        sa.Column("status_fixed", sa.Boolean()),
        sa.Column("status_reason", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("source_date", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "mark_event",
        _link("trademark_id", "trademark"),
        sa.Column("event", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("letter", sa.Text()),
        sa.Column("sent", sa.Date()),
        sa.Column("received", sa.Date()),
        sa.Column("delivery", sa.Text()),
        sa.Column("recipient", sa.Text()),
        sa.Column("answered", sa.Date()),
        sa.Column("party", sa.Text()),
        sa.Column("issue", sa.Text()),
        sa.Column("event_key", sa.Text(), index=True),
        sa.Column("note", sa.Text()),
    )
    _record(
        "use_evidence",
        _link("trademark_id", "trademark"),
        sa.Column("year", sa.Integer()),
        sa.Column("used_on", sa.Date()),
        sa.Column("what", sa.Text()),
        sa.Column("document", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("user", sa.Text()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("seen_by", sa.Text()),
        sa.Column("seen_on", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "mark_licence",
        _link("trademark_id", "trademark"),
        sa.Column("licensee", sa.Text()),
        sa.Column("licensed", sa.Text()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("recorded_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("territory", sa.Text()),
        sa.Column("goods", sa.Text()),
        sa.Column("fee", sa.BigInteger()),
        sa.Column("fee_currency", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "mark_pledge",
        _link("trademark_id", "trademark"),
        sa.Column("pledgee", sa.Text()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("amount_currency", sa.Text()),
        sa.Column("certificate_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("released", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "register_rejection",
        _link("trademark_id", "trademark"),
        sa.Column("field_name", sa.Text()),
        sa.Column("office_value", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("rejected_on", sa.Date()),
        sa.Column("rejected_by", sa.Text()),
    )


def downgrade() -> None:
    """Remove them again."""
    for table in (
        "register_rejection",
        "mark_pledge",
        "mark_licence",
        "use_evidence",
        "mark_event",
        "trademark",
    ):
        op.drop_table(table)
