"""The numbers of the protection and service ledgers on a day, as they stand above their tables."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.agency import CustodyContract
from brandpool.models.aid import AidRequest
from brandpool.models.complaint import Complaint
from brandpool.models.credit import LISTS, CreditListing
from brandpool.models.info_point import POINT_KINDS
from brandpool.models.mediation import KINDS, Mediation
from brandpool.services import (
    agencies,
    aid,
    complaints,
    credit,
    custody,
    enforcement,
    info_points,
    leading_group,
    mediations,
    officers,
    stations,
)
from brandpool.services.counted import Counted, keys


class Number(NamedTuple):
    """One number with its name; `alert` when it calls for something to be done."""

    label: str
    counted: Counted
    alert: bool = False


Numbers = Callable[[Session, date], Iterator[Number]]


def _cases(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("本年立案"), enforcement.filed(session, on.year, on))
    yield Number(_("本年结案"), enforcement.closed(session, on.year, on))
    yield Number(_("在办"), enforcement.open_cases(session, on))
    yield Number(_("本年罚款"), enforcement.fines(session, on.year, on))
    yield Number(_("移送公安"), enforcement.to_police(session, on.year, on))


def _complaints(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("本年收到"), complaints.received(session, on.year, on))
    yield Number(_("按期受理率"), complaints.in_time(session, on.year, on))
    waiting = complaints.inbox(session, on)
    labels = {
        "split": _("待分拆"),
        "accept": _("待受理决定"),
        "check": _("待核查"),
        "mediate": _("调解中"),
        "tell": _("待告知"),
    }
    for what, label in labels.items():
        ids = [one.id for one in waiting if one.waits_for == what]
        late = any(one.late for one in waiting if one.waits_for == what)
        text = _("{day} 等待这一步办理的投诉举报；红色表示其中有已超过法定期限的。").format(day=on)
        if ids:
            found = Counted(len(ids), _("件"), keys(Complaint.kind(), ids), text)
            yield Number(label, found, alert=late or what == "split")


def _mediations(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("本年调解"), mediations.brought(session, on.year, on))
    for choice in KINDS:
        counted = mediations.brought(session, on.year, on, choice.code)
        yield Number(choice.label(lang()), counted)
    yield Number(_("达成协议"), mediations.agreed(session, on.year, on))
    yield Number(_("司法确认"), mediations.confirmed(session, on.year, on))
    late = [one.id for one in mediations.running(session, on) if one.late]
    if late:
        text = _("{day} 已过调解期限、没有终结的纠纷。").format(day=on)
        counted = Counted(len(late), _("件"), keys(Mediation.kind(), late), text)
        yield Number(_("超期"), counted, alert=True)


def _aid(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("本年受理"), aid.accepted(session, on.year, on))
    yield Number(_("办结天数中位数"), aid.median_days(session, on.year, on))
    long = [one.id for one in aid.open_long(session, on)]
    text = _("{day} 受理后超过本站工作期限（参考数据可改）仍未办结的援助。").format(day=on)
    counted = Counted(len(long), _("件"), keys(AidRequest.kind(), long), text)
    yield Number(_("久未办结"), counted, alert=bool(long))


def _listings(session: Session, on: date) -> Iterator[Number]:
    standing = credit.barred(session, None, on)
    for choice in LISTS:
        ids = [row.id for row in standing.values() if row.list_type == choice.code]
        text = _("{day} 在该名单上、不得推荐、升级或资助的企业；移出之日起不计。").format(day=on)
        counted = Counted(len(ids), _("家"), keys(CreditListing.kind(), ids), text)
        if ids:
            yield Number(choice.label(lang()), counted, alert=True)


def _officers(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("在岗"), officers.in_service(session, on))
    expired = officers.expired(session, on)
    yield Number(_("执法证过期"), expired, alert=bool(expired.rows))
    yield Number(_("本年学时"), officers.total_hours(session, on.year, on))


def _stations(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("在运行"), stations.open_stations(session, on))


def _points(session: Session, on: date) -> Iterator[Number]:
    yield Number(_("有效"), info_points.counted(session, on))
    for choice in POINT_KINDS[:2]:
        yield Number(choice.label(lang()), info_points.counted(session, on, choice.code))
    yield Number(_("其中省级"), info_points.counted(session, on, level="provincial"))


def _agencies(session: Session, on: date) -> Iterator[Number]:
    last = on.year - 1
    yield Number(_("在册机构"), agencies.counted(session, on))
    yield Number(_("{year} 年营收").format(year=last), agencies.revenue(session, last, on))
    yield Number(_("{year} 年从业人员").format(year=last), agencies.staff(session, last, on))
    flagged = agencies.flags(session, on)
    if flagged:
        text = _("受到商标代理处罚、须在其代理的商标上提示的机构。")
        counted = Counted(len(flagged), _("家"), keys("agency", flagged), text)
        yield Number(_("受处罚"), counted, alert=True)


def _custody(session: Session, on: date) -> Iterator[Number]:
    kind = CustodyContract.kind()
    yield Number(_("在托管企业"), custody.in_force(session, on))
    yield Number(_("本年托管费"), custody.fees(session, on.year, on))
    ending = [one.contract for one in custody.ending(session, on)]
    if ending:
        text = _("{day} 起 60 天内到期的有效托管合同。").format(day=on)
        counted = Counted(len(ending), _("份"), keys(kind, ending), text)
        yield Number(_("60 天内到期"), counted, alert=True)
    double = custody.double(session, on)
    if double:
        text = _("{day} 同时在两份以上有效托管合同中的企业及其合同。").format(day=on)
        rows = [contract for held in double.values() for contract in held]
        yield Number(
            _("重复托管"), Counted(len(double), _("家"), keys(kind, rows), text), alert=True
        )


def _group(session: Session, on: date) -> Iterator[Number]:
    ids = [one.id for one in leading_group.members(session, on)]
    text = _("{day} 在任的领导小组成员。").format(day=on)
    yield Number(_("在任"), Counted(len(ids), _("人"), keys("group_member", ids), text))


def _tasks(session: Session, on: date) -> Iterator[Number]:
    late = leading_group.overdue_count(session, on)
    yield Number(_("逾期任务"), late, alert=bool(late.rows))
    for unit in leading_group.overdue(session, on):
        text = _("{unit}逾期未完成的任务；现由{people}负责。").format(
            unit=unit.unit, people="、".join(one.person for one in unit.members) or _("（未登记）")
        )
        ids = [task.id for task in unit.tasks]
        counted = Counted(len(ids), _("项"), keys("group_task", ids), text)
        yield Number(unit.unit, counted, alert=True)


NUMBERS: Mapping[str, Numbers] = {
    "enforcement_case": _cases,
    "complaint": _complaints,
    "mediation": _mediations,
    "aid_request": _aid,
    "credit_listing": _listings,
    "officer": _officers,
    "officer_training": _officers,
    "station": _stations,
    "info_point": _points,
    "agency": _agencies,
    "agency_year": _agencies,
    "custody_contract": _custody,
    "group_member": _group,
    "group_task": _tasks,
}
"""By kind of record: what is told above its table."""
