"""Writing the innovation ledgers of a sample pool, parents before what hangs on them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.exchange import sample_innovation as made
from brandpool.exchange.sample_firms import Firm
from brandpool.exchange.sample_innovation import Held
from brandpool.exchange.sample_marks import Mark
from brandpool.models.alliance import Alliance, AllianceMember
from brandpool.models.certificate import IpCertificate
from brandpool.models.honour import Honour
from brandpool.models.insurance import IpInsurance
from brandpool.models.ip_project import IpProject
from brandpool.models.licence import OpenLicence, PatentLicence
from brandpool.models.patent import PatentYear
from brandpool.models.pledge import Pledge
from brandpool.models.portfolio import PatentPortfolio, PortfolioPatent
from brandpool.models.secret_site import SecretInspection, SecretSite
from brandpool.models.talent import IpTalent
from brandpool.models.technology_transfer import PurchasedPatent

FEWEST = 12


def fill(
    session: Session,
    firms: Sequence[Firm],
    ids: Sequence[str],
    marks: Sequence[Sequence[tuple[str, Mark]]],
    today: date,
) -> None:
    """Write every innovation ledger for these firms; too small a sample gets none."""
    held = [
        Held(firm, enterprise, _main_mark(own))
        for firm, enterprise, own in zip(firms, ids, marks, strict=True)
        if firm.row.get("status") == "in_business"
    ]
    if len(held) < FEWEST:
        return
    titles = session.execute(
        select(Honour.id, Honour.honour, Honour.enterprise_id).order_by(
            Honour.enterprise_id, Honour.honour
        )
    ).all()
    giants = [enterprise for _id, honour, enterprise in titles if honour == "little_giant"]
    came = [record for record, honour, _e in titles if honour == "ip_advantage"][:2]
    journal.update(session, Honour, {record: made.moved_in(today) for record in came})
    for model, rows in (
        (PatentYear, made.patent_years(held, today)),
        (IpProject, made.projects(held, today)),
        (IpCertificate, made.certificates(held, [one for one in giants if one], today)),
        (PurchasedPatent, made.purchases(held, today)),
        (Pledge, made.pledges(held, today)),
        (IpInsurance, made.policies(held, today)),
        (PatentLicence, made.licences(held, today)),
        (OpenLicence, made.open_licences(held, today)),
        (IpTalent, made.talents(held, today)),
    ):
        journal.insert(session, model, list(rows))
    _nested(session, held, today)


def _nested(session: Session, held: Sequence[Held], today: date) -> None:
    projects = journal.insert(session, PatentPortfolio, list(made.portfolios(held, today)))
    journal.insert(session, PortfolioPatent, list(made.portfolio_patents(projects, today)))
    sites = journal.insert(session, SecretSite, list(made.sites(held, today)))
    journal.insert(session, SecretInspection, list(made.inspections(sites, today)))
    [alliance] = journal.insert(session, Alliance, [made.alliance(today)])
    members = made.alliance_members(held, alliance, today)
    journal.insert(session, AllianceMember, list(members))


def _main_mark(own: Sequence[tuple[str, Mark]]) -> str:
    return next((str(m.row["reg_no"]) for _id, m in own if m.in_force and m.row["reg_no"]), "")
