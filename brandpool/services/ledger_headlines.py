"""What stands above a ledger's table: its numbers of the day, each with the rows behind it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.ip_project import IpProject
from brandpool.models.patent import PatentYear
from brandpool.services import (
    alliances,
    certificates,
    conversion,
    insurance,
    introduced_marks,
    ip_projects,
    patent_licences,
    patents,
    pledges,
    portfolios,
    protection_numbers,
    secret_sites,
    talents,
    titles,
)
from brandpool.services.counted import Counted, keys


@dataclass(frozen=True, slots=True)
class Headline:
    """One number with its name; `alert` when it calls for something to be done."""

    label: str
    counted: Counted
    alert: bool = False


Headlines = Callable[[Session, date], Iterator[Headline]]


def headlines(session: Session, kind: str, on: date) -> list[Headline]:
    """The numbers of a ledger on a day; none where no service counts it."""
    if kind in protection_numbers.NUMBERS:
        return [Headline(*one) for one in protection_numbers.NUMBERS[kind](session, on)]
    of_kind = HEADLINES.get(kind)
    return list(of_kind(session, on)) if of_kind else []


def _honours(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("国家级优势企业"), titles.holders(session, on))
    yield Headline(_("国家级示范企业"), titles.holders(session, on, ("ip_demonstration",)))
    yield Headline(_("区外引进"), titles.brought_in(session, on))
    due = titles.reviews(session, on)
    yield Headline(_("今年待复核"), due, alert=bool(due.rows))


def _introduced(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("引进在用"), introduced_marks.introduced(session, on))


def _patents(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("高价值发明专利"), patents.held(session, on))
    year = session.scalar(select(func.max(PatentYear.year)).where(PatentYear.as_of <= on))
    if year is not None:
        label = _("{year} 年规上专利清零对象").format(year=year)
        nought = patents.without_patents(session, year, on)
        yield Headline(label, nought, alert=bool(nought.rows))


def _portfolios(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("在册项目"), portfolios.projects(session, on))
    yield Headline(_("组合内专利申请"), portfolios.applications(session, on))


def _projects(session: Session, on: date) -> Iterator[Headline]:
    red = [row.id for row in ip_projects.closing(session, on) if row.red]
    text = _("截至 {day}；还没有报送、申报截止不足 7 天或已过的项目。").format(day=on)
    closing = Counted(len(red), _("项"), keys(IpProject.kind(), red), text)
    yield Headline(_("7 天内申报截止"), closing, alert=bool(red))
    yield Headline(_("本年获得"), ip_projects.results(session, on.year, on))
    yield Headline(_("本年未获"), ip_projects.results(session, on.year, on, "not_won"))


def _sites(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("在册站点"), secret_sites.sites(session, on))
    yield Headline(_("其中省级"), secret_sites.sites(session, on, level="provincial"))
    found = [(one.kind, one.record) for one in secret_sites.suspects(session)]
    text = _("文字里出现像秘密内容的词语或参数的记录，请核对后删去；台账只记数量和日期，不记秘密。")
    suspects = Counted(len(set(found)), _("条"), tuple(dict.fromkeys(found)), text)
    if found:
        yield Headline(_("疑似写入秘密内容"), suspects, alert=True)


def _inspections(session: Session, on: date) -> Iterator[Headline]:
    open_ones = secret_sites.to_mend(session, on)
    yield Headline(_("待整改"), open_ones, alert=bool(open_ones.rows))


def _certificates(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("贯标企业"), certificates.certified(session, on))
    yield Headline(_("小巨人覆盖率"), certificates.coverage(session, on))
    lacking = certificates.uncovered(session, on)
    yield Headline(_("小巨人未贯标"), lacking, alert=bool(lacking.rows))


def _conversion(session: Session, on: date) -> Iterator[Headline]:
    first = date(on.year, 1, 1)
    yield Headline(_("本年区外引进"), conversion.introduced(session, first, on))
    yield Headline(_("转化率"), conversion.rate(session, first, on))
    yield Headline(_("转化产值"), conversion.output(session, first, on))


def _pledges(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("本年登记"), pledges.registered(session, on.year, on))
    yield Headline(_("在押"), pledges.outstanding_packages(session, on))
    yield Headline(_("在押金额"), pledges.outstanding(session, on))
    short = tuple(dict.fromkeys(one.pledge for one in pledges.short_terms(session, on)))
    text = _("{day} 在押、其中有商标先于质押到期的质押：商标须在期满前续展。").format(day=on)
    if short:
        yield Headline(_("商标先到期"), Counted(len(short), _("笔"), short, text), alert=True)


def _insurance(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("本年惠及企业"), insurance.insured(session, on.year, on))
    yield Headline(_("在保保单"), insurance.in_force(session, on))
    yield Headline(_("本年保额"), insurance.sums(session, on.year, on))


def _licences(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("本年许可"), patent_licences.licensed(session, on.year, on))
    yield Headline(_("其中开放许可"), patent_licences.licensed(session, on.year, on, "open"))


def _open_licences(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("有效声明"), patent_licences.open_licences(session, on))


def _alliances(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("在册联盟"), alliances.alliances(session, on))
    yield Headline(_("现有成员"), alliances.members(session, on))


def _members(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("现有成员"), alliances.members(session, on))
    last = date(on.year - 1, 12, 31)
    yield Headline(_("上年末成员"), alliances.members(session, last))


def _talents(session: Session, on: date) -> Iterator[Headline]:
    yield Headline(_("在册人才"), talents.talents(session, on))
    yield Headline(_("专利代理师"), talents.talents(session, on, "patent_attorney"))
    yield Headline(_("本年培训"), talents.trained(session, on.year, on))


HEADLINES: Mapping[str, Headlines] = {
    "honour": _honours,
    "introduced_mark": _introduced,
    "patent_year": _patents,
    "patent_portfolio": _portfolios,
    "portfolio_patent": _portfolios,
    "ip_project": _projects,
    "secret_site": _sites,
    "secret_inspection": _inspections,
    "ip_certificate": _certificates,
    "purchased_patent": _conversion,
    "pledge": _pledges,
    "mark_pledge": _pledges,
    "ip_insurance": _insurance,
    "patent_licence": _licences,
    "open_licence": _open_licences,
    "alliance": _alliances,
    "alliance_member": _members,
    "ip_talent": _talents,
}
"""By kind of record: what is told above its table."""
