"""Marks and registrations as the tests of their pages need them: few, with dates that speak."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise, FormerName
from brandpool.models.field import Value
from brandpool.models.madrid import BasicMark, Designation, InternationalRegistration
from brandpool.models.mark_file import MarkPledge, UseEvidence
from brandpool.models.trademark import Trademark
from brandpool.services import madrid_events, trademarks

TODAY = date.today()


def years_ago(years: int, days: int = 0) -> date:
    """That many years before today, and some days later."""
    return date(TODAY.year - years, 1, 15) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of what is in the pool."""

    enterprises: list[str]
    young: str
    renewable: str
    grace: str
    filed: str
    registration: str
    us: str
    jp: str


def fill(pool: Pool) -> Marks:
    """Two enterprises, four marks, a registration resting on the first with two parties."""
    with pool.write("准备", who="测试员") as session:
        firms = journal.insert(session, Enterprise, [
            {"name": "宁波朝阳机械有限公司", "street": "梅墟", "contact": "周敏",
             "status": "in_business"},
            {"name": "宁波晨光文具有限公司", "street": "聚贤", "status": "in_business"},
        ])  # fmt: skip
        journal.insert(session, FormerName, [{"enterprise_id": firms[0], "name": "宁波朝阳五金厂"}])
        soon, over = TODAY + timedelta(days=100), TODAY - timedelta(days=20)
        marks = journal.insert(session, Trademark, [
            _mark(firms[0], "90000001", 7, "朝阳", registered_on=years_ago(4),
                  reg_published=years_ago(4), owner="宁波朝阳五金厂"),
            _mark(firms[0], "90000002", 9, "朝阳红", valid_until=soon,
                  owner="宁波朝阳机械有限公司"),
            _mark(firms[1], "90000003", 16, "晨光", valid_until=over),
            _mark(firms[1], "90000004", 16, "晨曦", filed=TODAY - timedelta(days=30)),
        ])  # fmt: skip
        journal.insert(session, MarkPledge, [
            {"trademark_id": marks[1], "pledgee": "宁波银行", "starts": years_ago(1)}
        ])  # fmt: skip
        journal.insert(session, UseEvidence, [
            {"trademark_id": marks[0], "year": TODAY.year, "what": "invoice"},
            {"trademark_id": marks[0], "used_on": years_ago(1), "what": "contract"},
        ])  # fmt: skip
        ir, us, jp = _abroad(session, firms[0])
        trademarks.restate(session, TODAY)
    return Marks(firms, *marks, ir, us, jp)


def _mark(enterprise: str, number: str, nice: int, name: str, **more: Value) -> dict[str, Value]:
    return {"enterprise_id": enterprise, "reg_no": number, "nice_class": nice, "name": name, **more}


def _abroad(session: Session, enterprise: str) -> tuple[str, str, str]:
    day = years_ago(2)
    (ir,) = journal.insert(session, InternationalRegistration, [
        {"enterprise_id": enterprise, "irn": "1700001", "name": "CHAOYANG", "ir_date": day,
         "classes": "7", "holder": "宁波朝阳机械有限公司"}
    ])  # fmt: skip
    journal.insert(session, BasicMark, [{"ir_id": ir, "number": "90000001", "dated": day}])
    us, jp = journal.insert(session, Designation, [
        {"ir_id": ir, "party": party, "designated_on": day, "route": "application",
         "notified": day + timedelta(days=40)}
        for party in ("US", "JP")
    ])  # fmt: skip
    madrid_events.record_event(session, us, {"tag": "GP18N", "dated": day + timedelta(days=300)})
    return ir, us, jp
