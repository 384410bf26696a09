"""The ledgers by theme, as the list at the left of their page shows them."""

from collections.abc import Mapping, Sequence

from brandpool.i18n import _
from brandpool.models.record import Record

_KINDS: Mapping[str, tuple[str, ...]] = {
    "enterprise": (
        "contact", "former_name", "honour", "document", "brand_plan", "plan_measure",
        "plan_review",
    ),
    "visits": (
        "visit", "visit_item", "visit_need", "visit_promise", "consultation", "letter", "training",
        "sign_in", "event", "field_pack", "packed_enterprise",
    ),
    "marks": (
        "trademark", "international_registration", "foreign_filing", "use_evidence",
        "mark_licence", "mark_pledge", "introduced_mark",
    ),
    "fame": (
        "well_known_file", "evidence_item", "evidence_figure", "well_known_case",
        "well_known_stage",
    ),
    "patents": (
        "patent_year", "patent_portfolio", "portfolio_patent", "ip_project", "ip_certificate",
    ),
    "use": (
        "pledge", "ip_insurance", "patent_licence", "open_licence", "purchased_patent", "alliance",
        "alliance_member",
    ),
    "protection": (
        "enforcement_case", "complaint", "mediation", "aid_request", "credit_listing",
        "secret_site", "secret_inspection", "partner", "joint_action", "officer",
        "officer_training",
    ),
    "services": (
        "agency", "agency_year", "agency_finding", "custody_contract", "info_point", "ip_talent",
    ),
    "station": (
        "station", "station_staff", "station_area", "station_paper", "star_score", "group_member",
        "group_task", "target", "target_figure", "subsidy_item", "subsidy_claim",
    ),
}  # fmt: skip
"""Which ledgers belong to a theme; one that is nowhere stands under 其他."""


def themed(ledgers: Sequence[type[Record]]) -> list[tuple[str, list[type[Record]]]]:
    """These ledgers under the names of their themes, in the language in use; no theme is empty."""
    models = {model.kind(): model for model in ledgers}
    named = {
        "enterprise": _("企业与资质"),
        "visits": _("走访与服务"),
        "marks": _("商标使用"),
        "fame": _("驰名商标保护"),
        "patents": _("专利与贯标"),
        "use": _("转化与金融"),
        "protection": _("保护与维权"),
        "services": _("服务机构与人才"),
        "station": _("站点、目标与资助"),
    }
    found = [
        (named[theme], [models.pop(kind) for kind in kinds if kind in models])
        for theme, kinds in _KINDS.items()
    ]
    found.append((_("其他"), list(models.values())))
    return [(name, some) for name, some in found if some]
