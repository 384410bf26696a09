"""Every record kind of a pool, parents before what hangs on them."""

from functools import cache

from brandpool.models.abroad import ForeignFiling, IntroducedMark
from brandpool.models.agency import Agency, AgencyFinding, AgencyYear, CustodyContract
from brandpool.models.aid import AidRequest
from brandpool.models.alliance import Alliance, AllianceMember
from brandpool.models.brand_plan import BrandPlan, PlanMeasure, PlanReview
from brandpool.models.certificate import IpCertificate
from brandpool.models.complaint import Complaint
from brandpool.models.consultation import Consultation
from brandpool.models.credit import CreditListing
from brandpool.models.docket import DocketDecision
from brandpool.models.document import Document
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.enterprise import Contact, Enterprise, FormerName, YearlyFigure
from brandpool.models.honour import Honour
from brandpool.models.info_point import InfoPoint
from brandpool.models.insurance import IpInsurance
from brandpool.models.ip_project import IpProject
from brandpool.models.leading_group import GroupMember, GroupTask
from brandpool.models.letter import Letter
from brandpool.models.licence import OpenLicence, PatentLicence
from brandpool.models.madrid import (
    BasicMark,
    Designation,
    DesignationEvent,
    InternationalRegistration,
    IrEvent,
)
from brandpool.models.mark_file import (
    MarkEvent,
    MarkLicence,
    MarkPledge,
    RegisterRejection,
    UseEvidence,
)
from brandpool.models.mediation import Mediation
from brandpool.models.officer import Officer, OfficerTraining
from brandpool.models.pack import FieldPack, PackedEnterprise
from brandpool.models.partner import JointAction, Partner
from brandpool.models.patent import PatentYear
from brandpool.models.pledge import Pledge
from brandpool.models.portfolio import PatentPortfolio, PortfolioPatent
from brandpool.models.printed_number import PrintedNumber
from brandpool.models.record import Record
from brandpool.models.reference_document import ReferenceDocument
from brandpool.models.renewal import MarkImage, RenewalStep
from brandpool.models.secret_site import SecretInspection, SecretSite
from brandpool.models.shortlist import ExportEntry, SavedQuestion, Shortlist
from brandpool.models.star import StarScore, StationPaper
from brandpool.models.station import Station, StationArea, StationStaff
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.models.talent import IpTalent
from brandpool.models.target import Target, TargetFigure
from brandpool.models.technology_transfer import PurchasedPatent
from brandpool.models.tier import PublicNotice, TierMove, TierScheme
from brandpool.models.trademark import Trademark
from brandpool.models.training import SignIn, Training
from brandpool.models.visit import Visit, VisitItem, VisitNeed, VisitPromise
from brandpool.models.visit_form import VisitForm
from brandpool.models.visit_photo import VisitPhoto
from brandpool.models.well_known import (
    EvidenceFigure,
    EvidenceItem,
    WellKnownCase,
    WellKnownFile,
    WellKnownStage,
)

KINDS: tuple[type[Record], ...] = (
    Enterprise,
    FormerName,
    Contact,
    YearlyFigure,
    TierScheme,
    PublicNotice,
    TierMove,
    SavedQuestion,
    Shortlist,
    ExportEntry,
    Honour,
    CreditListing,
    Document,
    Trademark,
    MarkEvent,
    UseEvidence,
    MarkLicence,
    MarkPledge,
    RegisterRejection,
    InternationalRegistration,
    BasicMark,
    Designation,
    DesignationEvent,
    IrEvent,
    ForeignFiling,
    IntroducedMark,
    RenewalStep,
    MarkImage,
    DocketDecision,
    Target,
    TargetFigure,
    SubsidyItem,
    SubsidyClaim,
    ReferenceDocument,
    PrintedNumber,
    EnforcementCase,
    Complaint,
    Mediation,
    AidRequest,
    Officer,
    OfficerTraining,
    Agency,
    AgencyYear,
    AgencyFinding,
    CustodyContract,
    Station,
    StationPaper,
    StarScore,
    StationStaff,
    StationArea,
    InfoPoint,
    GroupMember,
    GroupTask,
    Partner,
    JointAction,
    VisitForm,
    Visit,
    VisitItem,
    VisitNeed,
    VisitPromise,
    Training,
    SignIn,
    VisitPhoto,
    Consultation,
    BrandPlan,
    PlanMeasure,
    PlanReview,
    Letter,
    FieldPack,
    PackedEnterprise,
    WellKnownFile,
    EvidenceItem,
    EvidenceFigure,
    WellKnownCase,
    WellKnownStage,
    PatentYear,
    PatentPortfolio,
    PortfolioPatent,
    IpProject,
    SecretSite,
    SecretInspection,
    IpCertificate,
    PurchasedPatent,
    Pledge,
    IpInsurance,
    PatentLicence,
    OpenLicence,
    Alliance,
    AllianceMember,
    IpTalent,
)


@cache
def by_kind() -> dict[str, type[Record]]:
    """Record kinds by the name the journal writes."""
    return {model.kind(): model for model in KINDS}


def ledgers() -> tuple[type[Record], ...]:
    """The plain ledgers: kinds with no page of their own beyond the common one."""
    return tuple(model for model in KINDS if model.ledger)
