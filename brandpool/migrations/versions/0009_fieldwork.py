"""Visits, services, plans and letters, and the forms they are written on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _link(name: str, table: str) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "visit_form",
        sa.Column("name", sa.Text()),
        sa.Column("version", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("starts", sa.Date()),
        sa.Column("definition", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "visit",
        _link("enterprise_id", "enterprise"),
        sa.Column("visit_no", sa.Text()),
        sa.Column("visited_on", sa.Date(), index=True),
        sa.Column("at_time", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("visitors", sa.Text()),
        sa.Column("met", sa.Text()),
        sa.Column("met_title", sa.Text()),
        sa.Column("met_phone", sa.Text()),
        sa.Column("purpose", sa.Text()),
        sa.Column("marks_home", sa.BigInteger()),
        sa.Column("marks_abroad", sa.BigInteger()),
        sa.Column("marks_expiring", sa.BigInteger()),
        sa.Column("marks_unused", sa.BigInteger()),
        sa.Column("marks_note", sa.Text()),
        sa.Column("products", sa.Text()),
        sa.Column("export_countries", sa.Text()),
        sa.Column("wording", sa.Text()),
        sa.Column("wording_note", sa.Text()),
        sa.Column("guidance", sa.Text()),
        sa.Column("handed_out", sa.Text()),
        sa.Column("satisfaction", sa.Text()),
        sa.Column("visitor_signature", sa.Text()),
        sa.Column("host_signature", sa.Text()),
        _link("form_id", "visit_form"),
        sa.Column("answers", sa.Text()),
        sa.Column("visit_key", sa.Text(), index=True),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "visit_item",
        _link("enterprise_id", "enterprise"),
        sa.Column("asked_on", sa.Date()),
        sa.Column("what", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("done_on", sa.Date()),
        _link("visit_id", "visit"),
        sa.Column("origin_key", sa.Text(), index=True),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "visit_need",
        _link("enterprise_id", "enterprise"),
        _link("visit_id", "visit"),
        sa.Column("need", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("met_on", sa.Date()),
        sa.Column("outcome", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "visit_promise",
        _link("enterprise_id", "enterprise"),
        _link("visit_id", "visit"),
        sa.Column("matter", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("due", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("result", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "training",
        sa.Column("topic", sa.Text()),
        sa.Column("held_on", sa.Date()),
        sa.Column("form", sa.Text()),
        sa.Column("star_item", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("lecturer", sa.Text()),
        sa.Column("lecturer_of", sa.Text()),
        sa.Column("headcount", sa.BigInteger()),
        sa.Column("hours", sa.BigInteger()),
        sa.Column("partners", sa.Text()),
        sa.Column("sheet_hash", sa.Text()),
        sa.Column("sheet_name", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "sign_in",
        _link("training_id", "training"),
        _link("enterprise_id", "enterprise"),
        sa.Column("person", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "visit_photo",
        _link("visit_id", "visit"),
        _link("training_id", "training"),
        sa.Column("content_hash", sa.Text()),
        sa.Column("file_name", sa.Text()),
        sa.Column("media_type", sa.Text()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("place", sa.BigInteger()),
        sa.Column("caption", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "consultation",
        _link("enterprise_id", "enterprise"),
        sa.Column("consulted_on", sa.Date()),
        sa.Column("channel", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("need", sa.Text()),
        sa.Column("matter", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("minutes", sa.BigInteger()),
        sa.Column("answered_by", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "brand_plan",
        _link("enterprise_id", "enterprise"),
        sa.Column("title", sa.Text()),
        sa.Column("made_on", sa.Date()),
        sa.Column("made_by", sa.Text()),
        sa.Column("diagnosis", sa.Text()),
        sa.Column("aim_ladder", sa.Text()),
        sa.Column("aim_tier", sa.Text()),
        sa.Column("aim", sa.Text()),
        sa.Column("aim_by", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "plan_measure",
        _link("plan_id", "brand_plan"),
        sa.Column("matter", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("due", sa.Date()),
        sa.Column("status", sa.Text()),
        sa.Column("done_on", sa.Date()),
        sa.Column("result", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "plan_review",
        _link("plan_id", "brand_plan"),
        sa.Column("year", sa.Integer()),
        sa.Column("reviewed_on", sa.Date()),
        sa.Column("reviewed_by", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )
    op.create_table(
        "letter",
        _link("enterprise_id", "enterprise"),
        sa.Column("letter_type", sa.Text()),
        sa.Column("letter_no", sa.Text()),
        sa.Column("dated", sa.Date()),
        sa.Column("issued_by", sa.Text()),
        sa.Column("signed_by", sa.Text()),
        sa.Column("signed_on", sa.Date()),
        _link("visit_id", "visit"),
        sa.Column("file_name", sa.Text()),
        sa.Column("content_hash", sa.Text()),
        sa.Column("facts", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
    )


def downgrade() -> None:
    """Remove them again."""
    op.drop_table("letter")
    op.drop_table("plan_review")
    op.drop_table("plan_measure")
    op.drop_table("brand_plan")
    op.drop_table("consultation")
    op.drop_table("visit_photo")
    op.drop_table("sign_in")
    op.drop_table("training")
    op.drop_table("visit_promise")
    op.drop_table("visit_need")
    op.drop_table("visit_item")
    op.drop_table("visit")
    op.drop_table("visit_form")
