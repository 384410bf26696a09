"""Targets, figures, subsidies and the station's papers of the sample pool, plainly made up."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.db.attachments import Attachments
from brandpool.exchange import policy_text
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.sample_words import TAG
from brandpool.models.field import Value
from brandpool.models.star import StarScore, StationPaper
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.models.target import Target, TargetFigure
from brandpool.paths import resources
from brandpool.rules.reference import shipped
from brandpool.services import targets

POLICY = "policy_2023_10.txt"
_LATER = 2030
_UNITS = {
    "high_value_patents": "科创局", "pledge_amount": "财政局", "insured": "市场监管分局",
    "licences": "科创局", "standards": "市场监管分局", "service_cluster": "管委会办公室",
}  # fmt: skip
_PATENTS = {2022: 1120, 2023: 1290, 2024: 1480, 2025: 1655}
_RAISED = {
    "high_value_patents": 2600, "ip_advantage": 18, "marks_in_force": 40_000, "madrid": 80,
    "pledge_amount": 1_000_000_000, "insured": 20, "licences": 180, "standards": 35,
}  # fmt: skip
_PAPERS: tuple[tuple[str, str, int], ...] = (
    ("关于设立品牌指导服务站的批复（示例）", "establishment", 1400),
    ("走访服务制度（示例）", "rule", 900),
    ("档案管理制度（示例）", "rule", 900),
    ("保密制度（示例）", "rule", 880),
    ("岗位职责（示例）", "duty", 880),
    ("办公场所平面图（示例）", "premises", 860),
    ("年度工作计划（示例）", "plan", 250),
    ("年度经费安排（示例）", "budget", 240),
    ("媒体报道：送服务进园区（示例）", "report", 120),
    ("典型案例：续展提醒挽回失效商标（示例）", "case", 60),
)


def fill(
    session: Session, files: Attachments, firms: Sequence[Firm], ids: Sequence[str], today: date
) -> None:
    """Write targets, subsidies and papers; every third paper lacks its file."""
    _figures(session, today)
    _targets(session, today)
    items = _items(session, today)
    _claims(session, items, firms, ids, today)
    journal.insert(session, StationPaper, [
        _paper(files, number, *told, today) for number, told in enumerate(_PAPERS)
    ])  # fmt: skip
    journal.insert(session, StarScore, [{
        "year": today.year, "item": "influence", "score": Decimal(1),
        "reason": "示例：市级媒体报道两篇，按一篇计分", "scored_by": "示例经办人",
        "scored_on": today - timedelta(days=20),
    }])  # fmt: skip


def _targets(session: Session, today: date) -> None:
    """The nine of the policy as its text sets them, and a later period made up from them."""
    text = (resources() / "samples" / POLICY).read_text("utf-8")
    for one in policy_text.proposals(text, shipped().documents["indicators"]):
        values: dict[str, Value] = {
            "title": one.title, "indicator": one.indicator, "year": one.year,
            "operator": one.operator, "value": one.value, "unit": one.unit or None,
            "responsible": _UNITS.get(one.indicator, "市场监管分局"),
            "document": "关于全面加强知识产权工作的实施意见", "document_no": "甬高新〔2023〕10号",
            "clause": one.clause, "place_from": one.start, "place_to": one.end,
        }  # fmt: skip
        record = targets.enter(session, values)
        if one.indicator in _RAISED:
            [later] = targets.carry_over(session, [record], _LATER, today)
            raised: Row = {"value": Decimal(_RAISED[one.indicator]), "remark": TAG}
            journal.update(session, Target, {later: raised})


def _figures(session: Session, today: date) -> None:
    rows: list[Row] = [
        {"indicator": "high_value_patents", "year": year, "value": Decimal(value), "unit": "件",
         "source": "示例：市知识产权局统计通报", "as_of": date(year, 12, 31), "remark": TAG}
        for year, value in _PATENTS.items()
        if year < today.year
    ]  # fmt: skip
    rows.append(
        {"indicator": "high_value_patents", "year": today.year, "value": Decimal(1742),
         "unit": "件", "source": "示例：科创局电话报数，待书面确认", "remark": TAG}
    )  # fmt: skip
    rows.append(
        {"indicator": "service_cluster", "year": 2024, "done": True, "remark": TAG,
         "source": "示例：批准文件", "as_of": date(2024, 10, 18), "proof": "示例文号"}
    )  # fmt: skip
    journal.insert(session, TargetFigure, rows)


def _items(session: Session, today: date) -> list[str]:
    starts, ends = date(today.year - 2, 1, 1), date(today.year, 12, 31)
    shared: Row = {"policy": "示例：知识产权资助办法", "document_no": "示例〔2024〕1号",
                   "starts": starts, "ends": ends, "remark": TAG}  # fmt: skip
    return journal.insert(
        session,
        SubsidyItem,
        [
            {
                **shared,
                "title": "马德里国际注册资助（示例）",
                "area": "abroad",
                "basis": "parties",
                "amount": Decimal(2000),
                "least_parties": 1,
                "cap": Decimal(10_000),
                "year_cap": Decimal(30_000),
                "documents": "国际注册证；缴费凭证；资金申请表",
                "standard": "每指定一个国家（地区）2000元，每件不超过1万元",
                "excludes": "境外布局资助（示例）",
            },
            {
                **shared,
                "title": "知识产权质押贴息（示例）",
                "area": "pledge",
                "basis": "share",
                "share": Decimal(40),
                "cap": Decimal(200_000),
                "documents": "质押登记证；借款合同；付息凭证",
                "standard": "按实付利息的40%",
            },
            {
                **shared,
                "title": "贯标认证资助（示例）",
                "area": "standards",
                "basis": "fixed",
                "amount": Decimal(30_000),
                "year_cap": Decimal(30_000),
                "documents": "认证证书；认证费发票",
                "standard": "首次通过认证一次性3万元",
            },
            {
                **shared,
                "title": "境外布局资助（示例）",
                "area": "abroad",
                "basis": "share",
                "share": Decimal(50),
                "cap": Decimal(20_000),
                "documents": "注册证；缴费凭证",
                "standard": "按官费的50%",
            },
        ],
    )


def _claims(
    session: Session, items: Sequence[str], firms: Sequence[Firm], ids: Sequence[str], today: date
) -> None:
    rows: list[Row] = []
    states = ("paid", "approved", "submitted", "draft")
    for number, (firm, enterprise) in enumerate(zip(firms, ids, strict=True)):
        if number % 29 or firm.row["status"] not in (None, "in_business"):
            continue
        place = len(rows)
        state = states[place % len(states)]
        day = today - timedelta(days=40 + 17 * place)
        claimed = None if state == "draft" else day + timedelta(days=20)
        told: Row = {
            "enterprise_id": enterprise, "event_on": day, "state": state, "claimed_on": claimed,
            "remark": TAG,
        }  # fmt: skip
        if place % 2:
            told |= {"item_id": items[2], "subject": f"贯标证书（示例{place}）",
                     "amount": Decimal(30_000), "documents": "认证证书；认证费发票"}  # fmt: skip
        else:
            papers = "国际注册证；缴费凭证；资金申请表"
            told |= {"item_id": items[0], "subject": f"国际注册（示例{place}）", "parties": 3,
                     "amount": Decimal(6000),
                     "documents": "国际注册证" if state == "draft" else papers}  # fmt: skip
        if state in ("approved", "paid"):
            told |= {"approved": told["amount"], "decided_on": claimed}
        rows.append(told)
    if rows:
        rows[-1]["amount"] = Decimal(50_000)
    journal.insert(session, SubsidyClaim, rows)


def _paper(
    files: Attachments, number: int, title: str, kind: str, days_ago: int, today: date
) -> Row:
    row: Row = {
        "title": title, "paper_kind": kind, "dated": today - timedelta(days=days_ago),
        "issuer": "示例：品牌指导服务站", "remark": TAG,
    }  # fmt: skip
    if number % 3 != 2:
        content = f"{title}\n\n本文件为示例，内容虚构。\n".encode()
        row |= {"file_name": f"{title}.txt", "content_hash": files.put(content)}
    return row
