"""Patents, titles, certificates, secrets, pledges, insurance, licences, alliances."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_TABLES = (
    "patent_year",
    "patent_portfolio",
    "portfolio_patent",
    "ip_project",
    "secret_site",
    "secret_inspection",
    "ip_certificate",
    "purchased_patent",
    "pledge",
    "ip_insurance",
    "patent_licence",
    "open_licence",
    "alliance",
    "alliance_member",
    "ip_talent",
)


def upgrade() -> None:
    """Create the tables; titles get a place of origin, introduced marks their proof."""
    _record(
        "patent_year",
        _link("enterprise_id", "enterprise"),
        sa.Column("year", sa.Integer()),
        sa.Column("above_scale", sa.Boolean()),
        sa.Column("patents", sa.BigInteger()),
        sa.Column("inventions", sa.BigInteger()),
        sa.Column("high_value", sa.BigInteger()),
        sa.Column("granted", sa.BigInteger()),
        sa.Column("source", sa.Text()),
        sa.Column("as_of", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "patent_portfolio",
        _link("enterprise_id", "enterprise"),
        sa.Column("name", sa.Text()),
        sa.Column("project_no", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("industry", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("status_since", sa.Date()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("support", sa.BigInteger()),
        sa.Column("partner", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "portfolio_patent",
        _link("portfolio_id", "patent_portfolio"),
        sa.Column("application_no", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("patent_kind", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("status_since", sa.Date()),
        sa.Column("filed", sa.Date()),
        sa.Column("granted", sa.Date()),
        sa.Column("high_value", sa.Boolean()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "ip_project",
        _link("enterprise_id", "enterprise"),
        sa.Column("project", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("year", sa.Integer()),
        sa.Column("level", sa.Text()),
        sa.Column("stage", sa.Text()),
        sa.Column("apply_by", sa.Date()),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("result", sa.Text()),
        sa.Column("result_on", sa.Date()),
        sa.Column("grade", sa.Text()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("patents", sa.Text()),
        sa.Column("partner", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "secret_site",
        _link("enterprise_id", "enterprise"),
        sa.Column("name", sa.Text()),
        sa.Column("site", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("batch", sa.Text()),
        sa.Column("document_no", sa.Text()),
        sa.Column("granted", sa.Date()),
        sa.Column("review_on", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("liaison", sa.Text()),
        sa.Column("liaison_phone", sa.Text()),
        sa.Column("secret_people", sa.BigInteger()),
        sa.Column("secret_areas", sa.BigInteger()),
        sa.Column("secret_carriers", sa.BigInteger()),
        sa.Column("systems", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "secret_inspection",
        _link("site_id", "secret_site"),
        sa.Column("inspected_on", sa.Date()),
        sa.Column("inspectors", sa.Text()),
        sa.Column("people", sa.Text()),
        sa.Column("information", sa.Text()),
        sa.Column("areas", sa.Text()),
        sa.Column("dealings", sa.Text()),
        sa.Column("checks", sa.Text()),
        sa.Column("mend_by", sa.Date()),
        sa.Column("mended_on", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "ip_certificate",
        _link("enterprise_id", "enterprise"),
        sa.Column("standard", sa.Text()),
        sa.Column("grade", sa.BigInteger()),
        sa.Column("certificate_no", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("scope", sa.Text()),
        sa.Column("issued", sa.Date()),
        sa.Column("expires", sa.Date()),
        sa.Column("audit_due", sa.Date()),
        sa.Column("audited_on", sa.Date()),
        sa.Column("change_by", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "purchased_patent",
        _link("enterprise_id", "enterprise"),
        sa.Column("patent_no", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("patent_kind", sa.Text()),
        sa.Column("transferor", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("region", sa.Text()),
        sa.Column("contract_no", sa.Text()),
        sa.Column("contract_on", sa.Date()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("price", sa.BigInteger()),
        sa.Column("converted_on", sa.Date()),
        sa.Column("output", sa.BigInteger()),
        sa.Column("product", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "pledge",
        _link("enterprise_id", "enterprise"),
        sa.Column("pledgee", sa.Text()),
        sa.Column("package", sa.Text()),
        sa.Column("marks", sa.Text()),
        sa.Column("patents", sa.Text()),
        sa.Column("registration_no", sa.Text()),
        sa.Column("contract_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("currency", sa.Text()),
        sa.Column("loan", sa.BigInteger()),
        sa.Column("rate", sa.BigInteger()),
        sa.Column("valuation", sa.BigInteger()),
        sa.Column("subsidy", sa.BigInteger()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("released", sa.Date()),
        sa.Column("revoked_on", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "ip_insurance",
        _link("enterprise_id", "enterprise"),
        sa.Column("insurance", sa.Text()),
        sa.Column("policy_no", sa.Text()),
        sa.Column("insurer", sa.Text()),
        sa.Column("insured", sa.Text()),
        sa.Column("sum_insured", sa.BigInteger()),
        sa.Column("premium", sa.BigInteger()),
        sa.Column("subsidy", sa.BigInteger()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("cancelled_on", sa.Date()),
        sa.Column("claimed_on", sa.Date()),
        sa.Column("claim", sa.BigInteger()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "patent_licence",
        _link("enterprise_id", "enterprise"),
        sa.Column("side", sa.Text()),
        sa.Column("other_party", sa.Text()),
        sa.Column("record_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("how", sa.Text()),
        sa.Column("patents", sa.Text()),
        sa.Column("patent_count", sa.BigInteger()),
        sa.Column("contract_on", sa.Date()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("cancelled_on", sa.Date()),
        sa.Column("fee", sa.BigInteger()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "open_licence",
        _link("enterprise_id", "enterprise"),
        sa.Column("patent_no", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("declaration_no", sa.Text()),
        sa.Column("declared_on", sa.Date()),
        sa.Column("fee_terms", sa.Text()),
        sa.Column("ends", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("platform", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "alliance",
        sa.Column("name", sa.Text()),
        sa.Column("industry", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("founded", sa.Date()),
        sa.Column("recorded_no", sa.Text()),
        sa.Column("recorded_on", sa.Date()),
        sa.Column("secretariat", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("contact_phone", sa.Text()),
        sa.Column("dissolved_on", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "alliance_member",
        _link("alliance_id", "alliance"),
        _link("enterprise_id", "enterprise"),
        sa.Column("role", sa.Text()),
        sa.Column("joined", sa.Date()),
        sa.Column("left", sa.Date()),
        sa.Column("remark", sa.Text()),
    )
    _record(
        "ip_talent",
        _link("enterprise_id", "enterprise"),
        sa.Column("name", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("employer", sa.Text()),
        sa.Column("position", sa.Text()),
        sa.Column("certificate_no", sa.Text()),
        sa.Column("obtained_on", sa.Date()),
        sa.Column("training", sa.Text()),
        sa.Column("trained_on", sa.Date()),
        sa.Column("hours", sa.BigInteger()),
        sa.Column("left_on", sa.Date()),
        sa.Column("phone", sa.Text()),
        sa.Column("id_number", sa.Text()),
        sa.Column("remark", sa.Text()),
    )
    op.add_column("honour", sa.Column("reviewed_on", sa.Date()))
    op.add_column("honour", sa.Column("origin", sa.Text()))
    op.add_column("honour", sa.Column("moved_in_on", sa.Date()))
    op.add_column("honour", sa.Column("moved_out_on", sa.Date()))
    with op.batch_alter_table("introduced_mark") as introduced:
        introduced.add_column(sa.Column("document_id", sa.CHAR(32)))
        introduced.create_foreign_key(
            "fk_introduced_mark_document", "document", ["document_id"], ["id"],
            deferrable=True, initially="DEFERRED",
        )  # fmt: skip
    op.create_index("ix_introduced_mark_document_id", "introduced_mark", ["document_id"])


def downgrade() -> None:
    """Remove them again."""
    op.drop_index("ix_introduced_mark_document_id", "introduced_mark")
    with op.batch_alter_table("introduced_mark") as introduced:
        introduced.drop_constraint("fk_introduced_mark_document", type_="foreignkey")
        introduced.drop_column("document_id")
    for name in ("moved_out_on", "moved_in_on", "origin", "reviewed_on"):
        op.drop_column("honour", name)
    for table in reversed(_TABLES):
        op.drop_table(table)


def _record(table: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(
        table,
        sa.Column("id", sa.CHAR(32), primary_key=True),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("dup_of", sa.CHAR(32)),
        *columns,
    )


def _link(name: str, target: str) -> "sa.Column[Any]":
    key = sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.CHAR(32), key, index=True)
