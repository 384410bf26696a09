"""A sentence or two about one record of a ledger: what its service makes of it."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang, told
from brandpool.models.agency import GRADES
from brandpool.models.enforcement import EnforcementCase
from brandpool.models.field import plain
from brandpool.reports.documents.articles import cited
from brandpool.services import agencies, custody, enforcement, officers, records, stations

About = Callable[[Session, str, date], list[str]]


def about(session: Session, kind: str, record: str, on: date) -> str:
    """What is to be said of the record on that day; empty for kinds of which nothing is."""
    told = _ABOUT.get(kind)
    return "\n".join(told(session, record, on)) if told else ""


def _agency(session: Session, record: str, on: date) -> list[str]:
    found = agencies.evaluation(session, record, on.year, on)
    text = _(
        "{year} 年：检查 {checks} 次，被投诉 {complaints} 次，受处罚 {penalties} 次，待整改 "
        "{unrectified} 项；有效托管合同 {contracts} 份，代理商标 {marks} 件。"
    ).format(
        year=found.year, checks=found.checks, complaints=found.complaints,
        penalties=found.penalties, unrectified=found.unrectified, contracts=found.contracts,
        marks=found.marks,
    )  # fmt: skip
    lines = [text]
    if found.score is not None or found.grade:
        grade = next((g.label(lang()) for g in GRADES if g.code == found.grade), "")
        score = plain(found.score) if found.score is not None else "—"
        lines.append(_("年度评价：{score} 分 {grade}").format(score=score, grade=grade))
    flag = agencies.flags(session, on).get(record)
    return [*lines, flag.sentence] if flag else lines


def _station(session: Session, record: str, on: date) -> list[str]:
    found = stations.profile(session, record, on)
    people = "、".join(one.name for one in found.staff) or _("（未登记）")
    areas = "、".join(one.area for one in found.areas) or _("（未登记）")
    lines = [_("在岗人员：{people}；片区：{areas}。").format(people=people, areas=areas)]
    if found.a_year_old is not None:
        ran = _("已满一年") if found.a_year_old else _("未满一年")
        lines.append(_("运行{ran}，申报星级须运行满一年。").format(ran=ran))
    if found.lacking:
        lines.append(_("档案缺：{what}。").format(what="、".join(found.lacking)))
    return lines


def _case(session: Session, record: str, _on: date) -> list[str]:
    row = records.get(session, EnforcementCase, record)
    if row["filed_on"] is None and row["acted_on"] is None:
        return [_("没有立案日期，无法确定适用的法律。")]
    found = enforcement.law_of(session, record)
    text = cited(found["text"]) or _("本类案件未收录法律依据")
    return [_("适用法律：{text}").format(text=text), *map(told, found.warnings)]


def _officer(session: Session, record: str, on: date) -> list[str]:
    lines = []
    for year in (on.year, on.year - 1):
        day = on if year == on.year else date(year, 12, 31)
        own = next((o for o in officers.hours(session, year, day) if o.officer == record), None)
        hours = plain(own.hours) if own else "0"
        lines.append(_("{year} 年培训 {hours} 学时。").format(year=year, hours=hours))
    return lines


def _contract(session: Session, record: str, _on: date) -> list[str]:
    others = custody.overlapping(session, record)
    if not others:
        return []
    numbers = "、".join(row["contract_no"] or str(row["starts"]) for row in others)
    return [_("同一企业还有合同期重叠的托管合同：{numbers}。").format(numbers=numbers)]


_ABOUT: Mapping[str, About] = {
    "agency": _agency,
    "station": _station,
    "enforcement_case": _case,
    "officer": _officer,
    "custody_contract": _contract,
}
