"""Made-up fieldwork of a sample pool: three years of visits, trainings, plans and letters."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy.orm import Session

from brandpool.db import journal
from brandpool.errors import UserError
from brandpool.exchange import sample_words as words
from brandpool.exchange.sample_firms import Firm, Row
from brandpool.exchange.visit_form_sheet import shipped as shipped_form
from brandpool.models.brand_plan import BrandPlan, PlanMeasure, PlanReview
from brandpool.models.consultation import Consultation
from brandpool.models.field import Value
from brandpool.models.training import SignIn, Training
from brandpool.models.visit import Visit, VisitNeed, VisitPromise
from brandpool.rules.reference import shipped
from brandpool.services import letters, visit_forms, visit_items
from brandpool.services.letters import Sender

STATION = "示例品牌指导服务站"
_DAYS = 3 * 365
_LATEST = timedelta(days=40)
"""A promise that is longer overdue than this was kept."""
_VISITORS = ("陈明", "林静", "周恒", "王若")
_PURPOSES = ("年度走访", "续展提醒", "马德里注册辅导", "入库调查", "维权需求回访", "使用证据核查")
_MARKETS = ("美国", "德国", "日本", "韩国", "越南", "俄罗斯", "英国", "印度", "墨西哥", "阿联酋")
_NEEDS = (
    ("renew", "主商标即将进入续展期，需要提醒和材料清单"),
    ("abroad", "计划参加境外展会，咨询马德里指定"),
    ("protect", "网店发现仿冒产品，询问投诉途径"),
    ("use", "包装改版，询问标志变化是否影响使用认定"),
    ("finance", "有商标质押融资意向"),
    ("policy", "咨询境外注册补助"),
    ("brand", "希望参加品牌培育活动"),
    ("training", "希望安排商标管理培训"),
)
_GUIDANCE = (
    "讲解续展期限和宽展期，核对登记簿上的名义地址",
    "说明使用证据的四个要素，抽看合同与发票",
    "介绍马德里体系指定与单独申请的差别",
    "指导规范使用注册标记，提示不得使用“驰名商标”字样宣传",
    "介绍投诉举报和维权援助途径",
)
_PROMISES = (
    ("station", "整理续展材料清单寄给企业", 14),
    ("station", "联系专家评估商标布局", 30),
    ("enterprise", "补齐上一年度使用证据", 45),
    ("enterprise", "提交变更名义申请", 60),
    ("station", "送达补助申报指南", 10),
)
_ITEMS = ("核对主商标上一年度销售发票", "拍摄商品包装上的商标", "确认品牌负责人和联系电话")
_TRAININGS = (
    ("商标续展与使用管理实务", "lecture", "lectures"),
    ("马德里商标国际注册实务", "lecture", "lectures"),
    ("商业秘密保护入企讲座", "lecture", "lectures"),
    ("知识产权宣传周进园区", "publicity", "publicity"),
    ("企业品牌故事沙龙", "salon", "influence"),
    ("商标公益咨询日", "public_good", "public_good"),
)
_MEASURES = (
    ("完善主商标类别布局", 120),
    ("提交马德里国际注册申请", 200),
    ("建立使用证据档案", 60),
    ("指定品牌负责人并参加培训", 90),
)


def fill(session: Session, firms: Sequence[Firm], ids: Sequence[str], today: date) -> None:
    """Write three years of fieldwork; the same firms and day give the same."""
    form = visit_forms.keep(session, shipped_form(), today - timedelta(days=_DAYS + 30))
    serial = 0
    for firm, enterprise in zip(firms, ids, strict=True):
        chance = Random(f"fieldwork/{firm.row['credit_code']}")  # noqa: S311 - no secret
        for day in _days(chance, today):
            serial += 1
            number = f"ZF{day:%Y%m%d}-{serial:04d}"
            row = _visit(firm, chance, enterprise, day)
            values: Row = {**row, "visit_no": number, "form_id": form}
            [visit] = journal.insert(session, Visit, [values])
            _hanging(session, chance, enterprise, visit, day, today)
        if chance.random() < 0.12:
            what = chance.choice(_ITEMS)
            asked = _workday(today - timedelta(days=chance.randrange(5, 90)))
            key = f"sample|{what}"
            visit_items.ask(session, enterprise, [(key, what)], "evidence_gap", asked)
    journal.insert(session, Consultation, list(_consultations(firms, ids, today)))
    _trainings(session, ids, today)
    _plans(session, firms, ids, today)


def letters_of(session: Session, ids: Sequence[str], today: date, most: int = 24) -> int:
    """Register letters as they were handed out over the last year; returns how many."""
    made = 0
    sender = Sender(STATION, "示例经办人", "0574-00000000")
    for place, enterprise in enumerate(ids):
        if made >= most:
            break
        code = ("manage", "use", "register", "protect")[place % 4]
        day = _workday(today - timedelta(days=20 + place * 7 % 300))
        with suppress(UserError):
            letter = letters.compose(session, code, enterprise, day, sender)
            letters.register(session, letter, who="示例经办人")
            made += 1
    return made


def _days(chance: Random, today: date) -> list[date]:
    """When an enterprise was visited: most of them within the last year, some not for long."""
    if chance.random() < 0.08:
        return []
    recent = chance.random() < 0.85
    day = today - timedelta(days=chance.randrange(3, 340 if recent else 800))
    found = []
    while day > today - timedelta(days=_DAYS):
        found.append(_workday(day))
        day -= timedelta(days=chance.randrange(150, 420))
    return sorted(set(found))


def _visit(firm: Firm, chance: Random, enterprise: str, day: date) -> dict[str, Value]:
    hour = chance.choice((9, 10, 13, 14, 15))
    hit = chance.random() < 0.04
    exports = chance.sample(_MARKETS, chance.randrange(1, 4)) if chance.random() < 0.4 else ()
    return {
        "enterprise_id": enterprise,
        "visited_on": day,
        "at_time": f"{hour}:00-{hour + 1}:30",
        "place": firm.row.get("business_address") or firm.row.get("registered_address"),
        "visitors": "、".join(chance.sample(_VISITORS, 1 if chance.random() < 0.05 else 2)),
        "met": chance.choice(words.SURNAMES) + chance.choice(words.GIVEN),
        "met_title": chance.choice(words.POSITIONS),
        "met_phone": "0574-00000000",
        "purpose": chance.choice(_PURPOSES),
        "products": firm.row.get("products"),
        "export_countries": "、".join(exports) or None,
        "wording": chance.choice(("pack", "advert")) if hit else "none",
        "wording_note": "宣传册封面" if hit else None,
        "guidance": "；".join(chance.sample(_GUIDANCE, 2)),
        "handed_out": "、".join(chance.sample(("商标管理提示书", "政策汇编", "商标知识手册"), 2)),
        "satisfaction": chance.choice(("very", "very", "satisfied", "satisfied", "fair")),
    }


def _hanging(
    session: Session, chance: Random, enterprise: str, visit: str, day: date, today: date
) -> None:
    """Needs and promises of one visit; those that are due were kept, mostly."""
    hung: dict[str, Value] = {"enterprise_id": enterprise, "visit_id": visit}
    needs = chance.sample(_NEEDS, chance.randrange(0, 3))
    journal.insert(
        session, VisitNeed,
        [{**hung, "need": need, "detail": detail} for need, detail in needs],
    )  # fmt: skip
    if chance.random() < 0.45:
        side, matter, days = chance.choice(_PROMISES)
        due = day + timedelta(days=days)
        row: Row = {**hung, "side": side, "matter": matter, "due": due}
        row["person"] = chance.choice(_VISITORS)
        kept = chance.random() < 0.85
        if due < today - _LATEST or (due < today and kept):
            row["closed_on"] = _workday(due - timedelta(days=chance.randrange(0, 7)))
            row["result"] = "已办结"
        journal.insert(session, VisitPromise, [row])


def _consultations(firms: Sequence[Firm], ids: Sequence[str], today: date) -> Iterator[Row]:
    for firm, enterprise in zip(firms, ids, strict=True):
        chance = Random(f"consultation/{firm.row['credit_code']}")  # noqa: S311 - no secret
        if chance.random() < 0.25:
            need, detail = chance.choice(_NEEDS)
            yield {
                "enterprise_id": enterprise,
                "consulted_on": _workday(today - timedelta(days=chance.randrange(3, _DAYS))),
                "channel": chance.choice(("phone", "in_person", "online")),
                "person": chance.choice(words.SURNAMES) + chance.choice(words.GIVEN),
                "phone": "0574-00000000",
                "need": need,
                "matter": detail,
                "answer": chance.choice(_GUIDANCE),
                "minutes": chance.choice((10, 15, 20, 30, 45)),
                "answered_by": chance.choice(_VISITORS),
            }


def _trainings(session: Session, ids: Sequence[str], today: date) -> None:
    """One event about every two months, each with some enterprises that signed in."""
    chance = Random(f"trainings/{today.year}/{len(ids)}")  # noqa: S311 - no secret
    for number in range(18):
        topic, form, star = _TRAININGS[number % len(_TRAININGS)]
        held = _workday(today - timedelta(days=20 + number * 60))
        who = chance.sample(range(len(ids)), min(len(ids), 6))
        row: Row = {
            "topic": f"{topic}（第{18 - number}期）", "held_on": held, "form": form,
            "star_item": star, "place": "示例：高新区会议中心", "lecturer": "示例讲师",
            "headcount": chance.randrange(20, 80), "hours": Decimal(chance.choice((2, 3, 4))),
        }  # fmt: skip
        [training] = journal.insert(session, Training, [row])
        journal.insert(
            session, SignIn,
            [{"training_id": training, "enterprise_id": ids[place],
              "person": words.SURNAMES[place % len(words.SURNAMES)] + "某",
              "phone": "0574-00000000"} for place in who],
        )  # fmt: skip


def _plans(session: Session, firms: Sequence[Firm], ids: Sequence[str], today: date) -> None:
    """A plan for one enterprise in ten, with measures and a review each year."""
    for firm, enterprise in zip(firms, ids, strict=True):
        chance = Random(f"plan/{firm.row['credit_code']}")  # noqa: S311 - no secret
        if chance.random() >= 0.1:
            continue
        made = _workday(today - timedelta(days=chance.randrange(60, 700)))
        [plan] = journal.insert(session, BrandPlan, [{
            "enterprise_id": enterprise, "title": f"{firm.brand}商标品牌培育方案", "made_on": made,
            "made_by": chance.choice(_VISITORS), "diagnosis": "主商标类别单一，境外布局不足",
            "aim": "两年内完成核心类别和主要出口地的注册", "aim_by": made + timedelta(days=730),
        }])  # fmt: skip
        journal.insert(
            session, PlanMeasure, [_measure(chance, plan, made, today, *m) for m in _MEASURES]
        )
        if (today - made).days > 365:
            journal.insert(session, PlanReview, [{
                "plan_id": plan, "year": made.year + 1, "reviewed_by": "示例经办人",
                "reviewed_on": _workday(made + timedelta(days=360)),
                "outcome": chance.choice(("on_track", "reached", "behind")),
                "note": "示例：按措施清单逐项核对",
            }])  # fmt: skip


def _measure(chance: Random, plan: str, made: date, today: date, matter: str, days: int) -> Row:
    due = made + timedelta(days=days)
    done = due < today and chance.random() < 0.9
    return {
        "plan_id": plan, "matter": matter, "person": chance.choice(_VISITORS), "due": due,
        "status": "done" if done else "underway",
        "done_on": _workday(due - timedelta(days=5)) if done else None,
    }  # fmt: skip


def _workday(day: date) -> date:
    """The last working day up to a day."""
    return shipped().china.last_open_day(day)
