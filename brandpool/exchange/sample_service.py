"""The service ledgers of a sample pool: agencies, custody, stations, points, group, partners."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.sample_protection import ASSOCIATION, FEWEST
from brandpool.models.agency import Agency, AgencyFinding, AgencyYear, CustodyContract
from brandpool.models.info_point import InfoPoint
from brandpool.models.leading_group import GroupMember, GroupTask
from brandpool.models.partner import JointAction, Partner
from brandpool.models.station import Station, StationArea, StationStaff

STATION = "示例品牌指导服务站"
APPOINTED = date(2023, 3, 6)
GROUP_PAPER = "甬高新〔2023〕10号"
GROUP = (
    ("管委会", "leader", "励成杰", "管委会主任、党工委书记"),
    ("管委会", "deputy", "俞承豪", "管委会副主任、党工委委员"),
    ("办公室", "member", "陈健", "办公室主任"),
    ("人社局（组织部）", "member", "蒋晨莉", "人社局（组织部）副局长（副部长）"),
    ("经发局", "member", "陆洪泽", "经发局局长"),
    ("财政局", "member", "许可", "财政局局长"),
    ("科创局", "member", "吴淼", "科创局局长"),
    ("教育文体局", "member", "蒋红珊", "教育文体局局长"),
    ("工信局", "member", "蔡志锋", "工信局局长"),
    ("人民法院", "member", "方良", "人民法院副院长"),
    ("公安分局", "member", "任晓光", "公安分局副局长"),
    ("市场监管分局", "member", "陈浩", "市场监管分局局长"),
    ("市场监管分局", "office_head", "陈浩", "市场监管分局局长"),
)
"""The leading group as the policy's annex of 2023 names it; a station enters its own."""
_TASKS = (
    ("财政局", "安排知识产权专项经费", -40, None),
    ("科创局", "梳理高价值发明专利培育名单", -15, None),
    ("科创局", "组织专利导航项目申报", 30, None),
    ("工信局", "推进小巨人企业贯标", 60, None),
    ("市场监管分局", "编制商标品牌梯队培育名单", -90, 100),
)


def fill(
    session: Session,
    firms: Sequence[Firm],
    ids: Sequence[str],
    cases: Sequence[str],
    today: date,
) -> None:
    """Write the service ledgers for these firms; too small a sample gets none."""
    if len(firms) < FEWEST:
        return
    agencies = _agencies(session, today)
    _custody(session, ids, agencies, today)
    _stations(session, agencies[0], today)
    journal.insert(session, InfoPoint, _points(today))
    journal.insert(session, GroupMember, _members())
    journal.insert(session, GroupTask, _tasks(today))
    _partners(session, ids, cases, today)


def _agencies(session: Session, today: date) -> list[str]:
    rows: list[Row] = [
        {"name": words.AGENT, "agency_type": "mark_agency", "established": date(2012, 5, 8),
         "record_no": "示例B001", "head": "示例负责人", "remark": words.TAG},
        {"name": "示例知识产权服务（高新区）有限公司", "agency_type": "both",
         "established": date(2016, 9, 1), "remark": words.TAG},
        {"name": "示例专利事务所", "agency_type": "patent_agency", "established": date(2009, 3, 2),
         "closed_on": today - timedelta(days=120), "remark": words.TAG},
    ]  # fmt: skip
    ids = journal.insert(session, Agency, rows)
    last = today.year - 1
    years: list[Row] = [
        {"agency_id": agency, "year": last, "revenue": Decimal(revenue), "staff": staff,
         "agents": agents, "as_of": date(last, 12, 31), "source": "企业填报（示例）",
         "score": Decimal(score), "grade": grade}
        for agency, revenue, staff, agents, score, grade in (
            (ids[0], 4_600_000, 26, 9, 91, "a"), (ids[1], 1_850_000, 11, 3, 78, "b"),
        )
    ]  # fmt: skip
    journal.insert(session, AgencyYear, years)
    findings: list[Row] = [
        {"agency_id": ids[1], "finding_kind": "check", "dated": today - timedelta(days=50),
         "what": "示例：收费未公示", "rectify_by": today - timedelta(days=10)},
        {"agency_id": ids[1], "finding_kind": "complaint", "dated": today - timedelta(days=80),
         "what": "示例：服务收费纠纷"},
        {"agency_id": ids[2], "finding_kind": "penalty", "dated": today - timedelta(days=300),
         "what": "示例：虚假宣传", "article": "示例依据", "fine": Decimal(10_000),
         "document_no": "示例市监罚〔1〕号"},
    ]  # fmt: skip
    journal.insert(session, AgencyFinding, findings)
    return ids


def _custody(session: Session, ids: Sequence[str], agencies: Sequence[str], today: date) -> None:
    rows: list[Row] = []
    for number, (firm, agency, begun, left) in enumerate(
        ((0, 0, 320, 45), (1, 0, 200, 165), (2, 1, 400, -35), (0, 1, 30, 335), (3, 1, 90, 275)), 1
    ):
        rows.append({
            "enterprise_id": ids[firm], "agency_id": agencies[agency],
            "contract_no": f"示例托管{number:03d}", "starts": today - timedelta(days=begun),
            "ends": today + timedelta(days=left), "fee": Decimal(8000 + 2000 * number),
            "scope": "商标、专利日常托管（示例）", "remark": words.TAG,
        })  # fmt: skip
    journal.insert(session, CustodyContract, rows)


def _stations(session: Session, agency: str, today: date) -> None:
    [station] = journal.insert(session, Station, [{
        "name": STATION, "star": 3, "star_year": today.year - 1, "carrier": words.AGENT,
        "agency_id": agency, "head": "示例站长", "address": "宁波市高新区示例一路1号",
        "street": "新明街道", "office_area": Decimal("86.5"), "funds": Decimal(120_000),
        "opened_on": date(today.year - 4, 4, 26), "remark": words.TAG,
    }])  # fmt: skip
    staff: list[Row] = [
        {"station_id": station, "name": name, "post": post, "employer": words.AGENT,
         "joined_on": date(today.year - 3, 1, 5), "left_on": left, "remark": words.TAG}
        for name, post, left in (
            ("示例站长", "head", None), ("示例专员", "full_time", None),
            ("示例兼职", "part_time", None), ("示例离岗", "full_time", date(today.year - 1, 6, 30)),
        )
    ]  # fmt: skip
    journal.insert(session, StationStaff, staff)
    areas: list[Row] = [
        {"station_id": station, "area": f"{street}片区", "liaison": "示例联络员",
         "enterprises": share * 3, "since": date(today.year - 3, 1, 5), "remark": words.TAG}
        for street, share in words.STREETS[:3]
    ]  # fmt: skip
    journal.insert(session, StationArea, areas)


def _points(today: date) -> list[Row]:
    return [
        {"name": name, "point_kind": kind, "level": level, "host": "示例单位",
         "document_no": f"示例〔{today.year - 3}〕{number}号",
         "granted_on": date(today.year - 3, 5, 20), "valid_until": today + timedelta(days=days),
         "remark": words.TAG}
        for number, (name, kind, level, days) in enumerate((
            ("示例高校知识产权信息服务网点", "outlet", "provincial", 500),
            ("示例新材料专利导航服务基地", "navigation", "municipal", 70),
            ("示例园区信息服务网点", "outlet", "district", -60),
        ), 1)
    ]  # fmt: skip


def _members() -> list[Row]:
    return [
        {"unit": unit, "role": role, "person": person, "post": post, "starts": APPOINTED,
         "document_no": GROUP_PAPER, "remark": words.TAG}
        for unit, role, person, post in GROUP
    ]  # fmt: skip


def _tasks(today: date) -> list[Row]:
    return [
        {"unit": unit, "task": f"{task}（示例）", "basis": GROUP_PAPER,
         "assigned_on": today - timedelta(days=150), "due": today + timedelta(days=due),
         "done_on": today - timedelta(days=done) if done else None, "remark": words.TAG}
        for unit, task, due, done in _TASKS
    ]  # fmt: skip


def _partners(session: Session, ids: Sequence[str], cases: Sequence[str], today: date) -> None:
    rows: list[Row] = [
        {"name": ASSOCIATION, "partner_kind": "association", "agreement": "示例合作备忘录",
         "since": date(today.year - 2, 12, 1), "until": today + timedelta(days=40),
         "remark": words.TAG},
        {"name": "示例产业知识产权联盟", "partner_kind": "alliance", "agreement": "示例框架协议",
         "since": date(today.year - 1, 3, 1), "remark": words.TAG},
    ]  # fmt: skip
    partners = journal.insert(session, Partner, rows)
    actions: list[Row] = [
        {"partner_id": partners[0], "action": "raid", "subject": "展会联合检查（示例）",
         "acted_on": today - timedelta(days=185), "case_id": cases[4], "enterprise_id": ids[5],
         "result": "示例：查扣涉嫌侵权商品"},
        {"partner_id": partners[1], "action": "meeting", "subject": "商业秘密保护会商（示例）",
         "acted_on": today - timedelta(days=60), "result": "示例：形成会议纪要"},
    ]  # fmt: skip
    journal.insert(session, JointAction, actions)
