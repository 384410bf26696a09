"""Visits to enterprises (走访), what came of them, and what the next one should ask."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

WORDINGS = (
    Choice("not_checked", "未查看", "Not checked", ("未检查",)),
    Choice("none", "未发现", "None", ("无", "没有")),
    Choice("pack", "商品或包装上有", "On packs", ("包装", "商品包装")),
    Choice("advert", "广告宣传中有", "In adverts", ("广告", "宣传")),
    Choice("both", "包装和宣传中都有", "On packs and in adverts", ("都有",)),
)

SATISFACTIONS = (
    Choice("very", "非常满意", "Very satisfied", ("很满意",)),
    Choice("satisfied", "满意", "Satisfied"),
    Choice("fair", "基本满意", "Fairly satisfied", ("一般", "较满意")),
    Choice("unsatisfied", "不满意", "Unsatisfied"),
)

NEEDS = (
    Choice("register", "商标注册", "Registration", ("注册",)),
    Choice("abroad", "境外布局", "Protection abroad", ("马德里", "海外注册", "国际注册")),
    Choice("use", "规范使用", "Proper use", ("使用指导", "商标使用")),
    Choice("renew", "续展变更", "Renewal and changes", ("续展", "变更", "转让")),
    Choice("protect", "维权保护", "Enforcement", ("维权", "打假", "侵权")),
    Choice("well_known", "驰名保护", "Well-known mark protection", ("驰名商标保护",)),
    Choice("finance", "质押融资", "Finance", ("融资", "质押")),
    Choice("insurance", "保险", "Insurance"),
    Choice("brand", "品牌建设", "Brand building", ("品牌培育", "品牌策划")),
    Choice("policy", "政策咨询", "Policy", ("政策", "补助", "奖补")),
    Choice("training", "培训", "Training", ("讲座",)),
    Choice("other", "其他", "Other"),
)

SIDES = (
    Choice("station", "服务站", "Station", ("我方", "站点")),
    Choice("enterprise", "企业", "Enterprise", ("对方",)),
)

ORIGINS = (
    Choice("evidence_gap", "证据缺口", "Evidence gap"),
    Choice("data_gap", "数据缺项", "Missing data"),
    Choice("promise", "承诺事项", "Promise"),
    Choice("manual", "人工添加", "Added by hand"),
)


def _enterprise() -> Mapped[str | None]:
    return field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "走访企业", "受访企业", "服务企业"),
    )  # fmt: skip


def _visit() -> Mapped[str | None]:
    return field("走访", "Visit", Kind.LINK, links="visit")


class Visit(Record):
    """One visit to one enterprise. `answers` keeps every answer of its form (JSON), those that
    have a field of their own included, and `form_id` the version it was written on.

    `visit_key` is the draft it was written in, so that finishing a draft twice makes one visit.
    The signatures are hashes of pictures kept beside the pool.
    """

    __tablename__ = "visit"
    zh, en = "走访记录", "Visit"
    title_field = "visit_no"
    same_by = ("enterprise_id", "visited_on", "visit_no")

    enterprise_id: Mapped[str | None] = _enterprise()
    visit_no: Mapped[str | None] = field(
        "走访编号", "Visit no.", Kind.CODE, searchable=True, aliases=("编号", "记录编号")
    )
    visited_on: Mapped[date | None] = field(
        "走访日期", "Visited", Kind.DATE, required=True, index=True,
        aliases=("走访时间", "服务日期", "上门日期", "日期"),
    )  # fmt: skip
    at_time: Mapped[str | None] = field(
        "走访时段", "Time", aliases=("时段", "起止时间"), hint="如 14:00-15:30"
    )
    place: Mapped[str | None] = field("走访地点", "Place", aliases=("地点", "服务地点"))
    visitors: Mapped[str | None] = field(
        "走访人", "Visitors", Kind.TAGS, aliases=("走访人员", "服务人员", "走访人（≥2）"),
        hint="两人以上，用顿号分开",
    )  # fmt: skip
    met: Mapped[str | None] = field(
        "受访人", "Met", Kind.PERSON, personal=True, aliases=("接待人", "企业接待人员")
    )
    met_title: Mapped[str | None] = field(
        "受访人职务", "Position", aliases=("职务", "接待人职务"), listed=False
    )
    met_phone: Mapped[str | None] = field(
        "受访人电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "联系电话"), listed=False
    )
    purpose: Mapped[str | None] = field("走访目的", "Purpose", aliases=("目的", "走访事由", "事由"))
    marks_home: Mapped[int | None] = field(
        "境内商标", "Marks at home", Kind.NUMBER, unit="件", aliases=("境内商标数", "国内商标")
    )
    marks_abroad: Mapped[int | None] = field(
        "境外商标", "Marks abroad", Kind.NUMBER, unit="件", aliases=("境外商标数", "国外商标")
    )
    marks_expiring: Mapped[int | None] = field(
        "即将到期商标", "Expiring marks", Kind.NUMBER, unit="件", aliases=("即将到期",)
    )
    marks_unused: Mapped[int | None] = field(
        "未使用商标", "Unused marks", Kind.NUMBER, unit="件", aliases=("未使用", "闲置商标")
    )
    marks_note: Mapped[str | None] = field(
        "商标现状", "State of marks", Kind.NOTE, listed=False, aliases=("商标情况",)
    )
    products: Mapped[str | None] = field(
        "主要产品", "Main products", Kind.NOTE, listed=False, aliases=("主营产品",)
    )
    export_countries: Mapped[str | None] = field(
        "出口国家和地区", "Export markets", Kind.TAGS, listed=False,
        aliases=("出口国", "出口国家", "主要出口国"),
    )  # fmt: skip
    wording: Mapped[str | None] = field(
        "“驰名商标”字样", "Well-known wording", Kind.CHOICE, choices=WORDINGS,
        aliases=("驰名商标字样",),
        hint="商品、包装、容器、广告宣传、展览和其他商业活动中",
    )  # fmt: skip
    wording_note: Mapped[str | None] = field(
        "字样出现处", "Where the wording is", Kind.NOTE, listed=False
    )
    guidance: Mapped[str | None] = field(
        "现场指导内容", "Guidance given", Kind.NOTE,
        aliases=("指导内容", "服务内容", "走访内容", "现场指导"),
    )  # fmt: skip
    handed_out: Mapped[str | None] = field(
        "发放材料", "Handed out", Kind.TAGS, aliases=("发放材料（四书）", "发放资料")
    )
    satisfaction: Mapped[str | None] = field(
        "满意度", "Satisfaction", Kind.CHOICE, choices=SATISFACTIONS, aliases=("企业评价",)
    )
    visitor_signature: Mapped[str | None] = field(
        "走访人签字", "Visitors' signature", Kind.FILE, listed=False
    )
    host_signature: Mapped[str | None] = field(
        "受访人签字", "Host's signature", Kind.FILE, listed=False
    )
    form_id: Mapped[str | None] = field(
        "表单版本", "Form", Kind.LINK, links="visit_form", listed=False
    )
    answers: Mapped[str | None] = field("表单内容", "Answers", Kind.NOTE, listed=False)
    visit_key: Mapped[str | None] = field(
        "走访标识", "Visit key", Kind.CODE, listed=False, index=True
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class VisitItem(Record):
    """Something the next visit should bring home (走访清单事项).

    `origin_key` names the cause, so that the same gap is asked once, on whatever machine.
    """

    __tablename__ = "visit_item"
    zh, en = "走访清单", "To ask at a visit"
    official = ("enterprise_id", "origin_key")
    title_field = "what"
    ledger = True

    enterprise_id: Mapped[str | None] = _enterprise()
    asked_on: Mapped[date | None] = field("提出日期", "Asked", Kind.DATE, required=True)
    what: Mapped[str | None] = field(
        "事项", "What", Kind.NOTE, required=True, aliases=("清单事项", "需核实事项")
    )
    origin: Mapped[str | None] = field("来源", "Origin", Kind.CHOICE, choices=ORIGINS)
    done_on: Mapped[date | None] = field("办结日期", "Done", Kind.DATE)
    visit_id: Mapped[str | None] = _visit()
    origin_key: Mapped[str | None] = field(
        "来源标识", "Origin key", Kind.CODE, listed=False, index=True
    )


class VisitNeed(Record):
    """A problem or need the enterprise named, by its type, and how it was met."""

    __tablename__ = "visit_need"
    zh, en = "企业需求", "Need"
    title_field = "need"
    same_by = ("enterprise_id", "visit_id", "need", "detail")
    ledger = True

    enterprise_id: Mapped[str | None] = _enterprise()
    visit_id: Mapped[str | None] = _visit()
    need: Mapped[str | None] = field(
        "需求类型", "Need", Kind.CHOICE, choices=NEEDS, required=True,
        aliases=("类型", "问题类型"),
    )  # fmt: skip
    detail: Mapped[str | None] = field(
        "具体问题", "Detail", Kind.NOTE, aliases=("问题与需求", "需求内容", "需求描述")
    )
    met_on: Mapped[date | None] = field("解决日期", "Met on", Kind.DATE)
    outcome: Mapped[str | None] = field("解决情况", "Outcome", Kind.NOTE)


class VisitPromise(Record):
    """Something promised at a visit (承诺事项): open until `closed_on`."""

    __tablename__ = "visit_promise"
    zh, en = "承诺事项", "Promise"
    title_field = "matter"
    same_by = ("enterprise_id", "visit_id", "matter")
    ledger = True

    enterprise_id: Mapped[str | None] = _enterprise()
    visit_id: Mapped[str | None] = _visit()
    matter: Mapped[str | None] = field(
        "承诺事项", "Matter", Kind.NOTE, required=True, aliases=("事项", "承诺内容")
    )
    side: Mapped[str | None] = field("承诺方", "Promised by", Kind.CHOICE, choices=SIDES)
    person: Mapped[str | None] = field("责任人", "Person", Kind.PERSON, aliases=("承办人",))
    due: Mapped[date | None] = field("完成期限", "Due", Kind.DATE, aliases=("期限", "完成时限"))
    closed_on: Mapped[date | None] = field("办结日期", "Closed", Kind.DATE, aliases=("完成日期",))
    result: Mapped[str | None] = field("办结结果", "Result", Kind.NOTE, aliases=("结果",))
