"""Stations, events, agencies, talents, the leading group, partners."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "agency",
        sa.Column("name", sa.Text()),
        sa.Column("credit_code", sa.Text()),
        sa.Column("former_names", sa.Text()),
        sa.Column("agency_type", sa.Text()),
        sa.Column("record_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("established", sa.Date()),
        sa.Column("moved_in_on", sa.Date()),
        sa.Column("branch_of", sa.Text()),
        sa.Column("closed_on", sa.Date()),
        _link("enterprise_id", "enterprise"),
        sa.Column("address", sa.Text()),
        sa.Column("head", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "agency_year",
        _link("agency_id", "agency"),
        sa.Column("year", sa.Integer()),
        sa.Column("revenue", sa.BigInteger()),
        sa.Column("staff", sa.BigInteger()),
        sa.Column("agents", sa.BigInteger()),
        sa.Column("as_of", sa.Date()),
        sa.Column("source", sa.Text()),
        sa.Column("score", sa.BigInteger()),
        sa.Column("grade", sa.Text()),
        sa.Column("evaluated_on", sa.Date()),
        sa.Column("evaluated_by", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "agency_finding",
        _link("agency_id", "agency"),
        sa.Column("finding_kind", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("what", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("article", sa.Text()),
        sa.Column("fine", sa.BigInteger()),
        sa.Column("rectify_by", sa.Date()),
        sa.Column("rectified_on", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "custody_contract",
        _link("enterprise_id", "enterprise"),
        _link("agency_id", "agency"),
        sa.Column("contract_no", sa.Text()),
        sa.Column("signed_on", sa.Date()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("terminated_on", sa.Date()),
        sa.Column("fee", sa.BigInteger()),
        sa.Column("scope", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "station",
        sa.Column("name", sa.Text()),
        sa.Column("star", sa.BigInteger()),
        sa.Column("star_year", sa.Integer()),
        sa.Column("carrier", sa.Text()),
        _link("agency_id", "agency"),
        sa.Column("head", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("street", sa.Text()),
        sa.Column("office_area", sa.BigInteger()),
        sa.Column("funds", sa.BigInteger()),
        sa.Column("document_no", sa.Text()),
        sa.Column("opened_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "station_staff",
        _link("station_id", "station"),
        sa.Column("name", sa.Text()),
        sa.Column("post", sa.Text()),
        sa.Column("employer", sa.Text()),
        sa.Column("qualification", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("joined_on", sa.Date()),
        sa.Column("left_on", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "station_area",
        _link("station_id", "station"),
        sa.Column("area", sa.Text()),
        sa.Column("liaison", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("enterprises", sa.BigInteger()),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "info_point",
        sa.Column("name", sa.Text()),
        sa.Column("point_kind", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("host", sa.Text()),
        _link("enterprise_id", "enterprise"),
        sa.Column("industry", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("granted_on", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "group_member",
        sa.Column("unit", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("post", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("document_no", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "group_task",
        sa.Column("unit", sa.Text()),
        sa.Column("task", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.Column("assigned_on", sa.Date()),
        sa.Column("due", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("result", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "partner",
        sa.Column("name", sa.Text()),
        sa.Column("partner_kind", sa.Text()),
        sa.Column("agreement", sa.Text()),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("contact", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "joint_action",
        _link("partner_id", "partner"),
        sa.Column("action", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("acted_on", sa.Date()),
        _link("case_id", "enforcement_case"),
        _link("enterprise_id", "enterprise"),
        sa.Column("result", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("joint_action")
    op.drop_table("partner")
    op.drop_table("group_task")
    op.drop_table("group_member")
    op.drop_table("info_point")
    op.drop_table("station_area")
    op.drop_table("station_staff")
    op.drop_table("station")
    op.drop_table("custody_contract")
    op.drop_table("agency_finding")
    op.drop_table("agency_year")
    op.drop_table("agency")


def _link(name: str, target: str) -> "sa.Column[str]":
    """A column that points to a record of another table."""
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)
