"""Cases, complaints, mediation, aid, credit, training of officers."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "credit_listing",
        _link("enterprise_id", "enterprise"),
        sa.Column("list_type", sa.Text()),
        sa.Column("listed_on", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.Column("repaired_on", sa.Date()),
        sa.Column("removed_on", sa.Date()),
        sa.Column("removal_no", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "enforcement_case",
        sa.Column("filing_no", sa.Text()),
        sa.Column("case_type", sa.Text()),
        _link("enterprise_id", "enterprise"),
        sa.Column("role", sa.Text()),
        sa.Column("party", sa.Text()),
        sa.Column("right_owner", sa.Text()),
        _link("trademark_id", "trademark"),
        sa.Column("mark", sa.Text()),
        sa.Column("mark_no", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("acted_on", sa.Date()),
        sa.Column("filed_on", sa.Date()),
        sa.Column("goods_value", sa.BigInteger()),
        sa.Column("measures", sa.Text()),
        sa.Column("suspended_on", sa.Date()),
        sa.Column("resumed_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decision_no", sa.Text()),
        sa.Column("fine", sa.BigInteger()),
        sa.Column("penalty", sa.Text()),
        sa.Column("police_on", sa.Date()),
        sa.Column("police_no", sa.Text()),
        sa.Column("published_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("handler", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "complaint",
        sa.Column("register_no", sa.Text()),
        sa.Column("nature", sa.Text()),
        sa.Column("received_on", sa.Date()),
        sa.Column("registered_by", sa.Text()),
        sa.Column("channel", sa.Text()),
        _link("enterprise_id", "enterprise"),
        sa.Column("person", sa.Text()),
        sa.Column("anonymous", sa.Boolean()),
        sa.Column("phone", sa.Text()),
        sa.Column("paper", sa.Text()),
        sa.Column("paper_no", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("may_publish", sa.Boolean()),
        sa.Column("may_delegate", sa.Boolean()),
        sa.Column("accused", sa.Text()),
        sa.Column("accused_contact", sa.Text()),
        sa.Column("accused_phone", sa.Text()),
        sa.Column("accused_address", sa.Text()),
        sa.Column("facts", sa.Text()),
        sa.Column("claim", sa.Text()),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("refusal", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("extended", sa.Boolean()),
        sa.Column("finding", sa.Text()),
        sa.Column("finding_on", sa.Date()),
        sa.Column("told_on", sa.Date()),
        _link("case_id", "enforcement_case"),
        _link("linked_id", "complaint"),
        sa.Column("handler", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "mediation",
        sa.Column("dispute", sa.Text()),
        sa.Column("mediation_kind", sa.Text()),
        _link("enterprise_id", "enterprise"),
        sa.Column("applicant", sa.Text()),
        sa.Column("respondent", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("mediator", sa.Text()),
        sa.Column("applied_on", sa.Date()),
        sa.Column("accepted_on", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("agreement_no", sa.Text()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("confirmation_no", sa.Text()),
        _link("came_from_id", "mediation"),
        _link("complaint_id", "complaint"),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "aid_request",
        sa.Column("subject", sa.Text()),
        _link("enterprise_id", "enterprise"),
        sa.Column("applicant", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("matter", sa.Text()),
        sa.Column("form", sa.Text()),
        sa.Column("asked_on", sa.Date()),
        sa.Column("accepted_on", sa.Date()),
        sa.Column("expert", sa.Text()),
        sa.Column("assigned_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("result", sa.Text()),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("satisfaction", sa.Text()),
        sa.Column("country", sa.Text()),
        _link("case_id", "enforcement_case"),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "officer",
        sa.Column("name", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("post", sa.Text()),
        sa.Column("certificate_no", sa.Text()),
        sa.Column("certificate_until", sa.Date()),
        sa.Column("specialities", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("joined_on", sa.Date()),
        sa.Column("left_on", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "officer_training",
        _link("officer_id", "officer"),
        sa.Column("topic", sa.Text()),
        sa.Column("trained_on", sa.Date()),
        sa.Column("hours", sa.BigInteger()),
        sa.Column("organiser", sa.Text()),
        sa.Column("certificate", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("officer_training")
    op.drop_table("officer")
    op.drop_table("aid_request")
    op.drop_table("mediation")
    op.drop_table("complaint")
    op.drop_table("enforcement_case")
    op.drop_table("credit_listing")


def _link(name: str, target: str) -> "sa.Column[str]":
    """A column that points to a record of another table."""
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)
