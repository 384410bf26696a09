"""International registrations, their basic marks and designations, and what is recorded of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.errors import UserError
from brandpool.models.field import Kind, Value
from brandpool.models.madrid_codes import BASES, GROUNDS, LANGUAGES, PARTIES, ROUTES, TAGS
from brandpool.models.mark_codes import MARK_TYPES
from brandpool.models.record import Record, field
from brandpool.rules.identifiers import parse_irn


class InternationalRegistration(Record):
    """A Madrid registration, known by its number: digits and the letter of a part split off.

    Before registration it has no number, only the day the Office received the application. All
    dates are recorded ones; due dates come from the rules. `classes` are numbers with ";" between.
    """

    __tablename__ = "international_registration"
    zh, en = "国际注册", "International registration"
    official = ("irn",)
    title_field = "name"

    enterprise_id: Mapped[str | None] = field(
        "所属企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "统一社会信用代码", "归属企业"),
    )  # fmt: skip
    irn: Mapped[str | None] = field(
        "国际注册号", "International registration no.", Kind.CODE, searchable=True, index=True,
        aliases=("注册号", "国际注册证号", "马德里注册号", "IRN", "注册号/申请号"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "商标名称", "Mark", required=True, searchable=True, aliases=("商标", "商标名")
    )
    holder: Mapped[str | None] = field(
        "注册人名称", "Holder", searchable=True,
        aliases=("注册人", "注册人名称(中/英)", "申请人", "权利人", "注册人名称（中文）", "holder"),
    )  # fmt: skip
    holder_address: Mapped[str | None] = field(
        "注册人地址", "Holder's address", listed=False, aliases=("地址",)
    )
    ir_date: Mapped[date | None] = field(
        "国际注册日期", "Registration date", Kind.DATE, aliases=("国际注册日", "注册日期", "注册日")
    )
    expiry: Mapped[date | None] = field(
        "有效期届满日", "Expires", Kind.DATE, aliases=("有效期至", "到期日期", "届满日", "有效期")
    )
    classes: Mapped[str | None] = field(
        "尼斯分类", "Nice classes", aliases=("国际分类", "类别", "尼斯分类/商品服务", "商标类别")
    )
    goods: Mapped[str | None] = field(
        "商品/服务", "Goods and services", Kind.NOTE, listed=False, aliases=("商品服务", "商品")
    )
    colour: Mapped[bool | None] = field(
        "彩色图样", "In colour", Kind.FLAG, listed=False, aliases=("是否彩色", "彩色")
    )
    colour_claim: Mapped[str | None] = field(
        "颜色说明", "Colour claim", listed=False, aliases=("是否彩色/颜色说明",)
    )
    mark_type: Mapped[str | None] = field(
        "商标类型", "Type", Kind.CHOICE, choices=MARK_TYPES, listed=False
    )
    language: Mapped[str | None] = field(
        "国际申请语种", "Language", Kind.CHOICE, choices=LANGUAGES, listed=False, aliases=("语种",)
    )
    application_type: Mapped[str | None] = field("国际申请类型", "Application type", listed=False)
    origin: Mapped[str | None] = field(
        "原属局", "Office of origin", Kind.CODE, listed=False, aliases=("OOCD",)
    )
    office_received: Mapped[date | None] = field(
        "商标局收文日期", "Received by the Office", Kind.DATE,
        aliases=("商标局收文日", "申请日期", "申请日"),
    )  # fmt: skip
    ib_received: Mapped[date | None] = field(
        "国际局收文日期", "Received by WIPO", Kind.DATE, listed=False
    )
    gazette_no: Mapped[str | None] = field(
        "国际公告期号", "Gazette", listed=False, aliases=("公告期号",)
    )
    gazette_date: Mapped[date | None] = field(
        "国际公告日期", "Gazette date", Kind.DATE, listed=False
    )
    priority_date: Mapped[date | None] = field(
        "优先权日期", "Priority", Kind.DATE, listed=False, aliases=("优先权日",)
    )
    priority_no: Mapped[str | None] = field("优先权号", "Priority no.", listed=False)
    agent: Mapped[str | None] = field(
        "代理机构", "Agent", listed=False, aliases=("代理/办理机构", "代理人")
    )
    fee_chf: Mapped[Decimal | None] = field(
        "规费(瑞郎)", "Fees (CHF)", Kind.DECIMAL, unit="瑞士法郎", listed=False
    )
    fee_rmb: Mapped[Decimal | None] = field(
        "规费(人民币)", "Fees (RMB)", Kind.DECIMAL, unit="元", listed=False, aliases=("人民币",)
    )
    fee_rate: Mapped[Decimal | None] = field("汇率", "Rate", Kind.DECIMAL, listed=False)
    fee_paid: Mapped[date | None] = field("缴费日", "Paid", Kind.DATE, listed=False)
    subsidy: Mapped[str | None] = field(
        "资助/奖励年度与金额", "Subsidy", listed=False, aliases=("资助情况", "资助领取情况")
    )
    status_text: Mapped[str | None] = field(
        "官方状态原文", "Office's words", listed=False, aliases=("商标状态", "状态")
    )
    source: Mapped[str | None] = field("信息来源", "Source", listed=False, aliases=("来源",))
    source_date: Mapped[date | None] = field("信息截至日", "As of", Kind.DATE, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)

    @classmethod
    def tidied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The number without the prefixes G and R and without words (Adm. Instr. s. 16)."""
        number = values.get("irn")
        if not isinstance(number, str) or not number.strip():
            return values
        try:
            return {**values, "irn": str(parse_irn(number)["key"])}
        except UserError:
            return values


def _registration() -> Mapped[str | None]:
    return field("国际注册", "International registration", Kind.LINK, required=True,
                 links="international_registration", aliases=("国际注册号",))  # fmt: skip


class BasicMark(Record):
    """A Chinese application or registration on which an international registration rests.

    It is found among the pool's marks by its number; `trademark_id` points to one class of it.
    `ceased` and `proceeding` tell of a basic mark the pool does not hold.
    """

    __tablename__ = "basic_mark"
    zh, en = "基础商标", "Basic mark"
    official = ("ir_id", "number")
    title_field = "number"

    ir_id: Mapped[str | None] = _registration()
    trademark_id: Mapped[str | None] = field("商标", "Trademark", Kind.LINK, links="trademark")
    number: Mapped[str | None] = field(
        "基础申请/注册号", "Number", Kind.CODE, required=True, searchable=True,
        aliases=("基础注册号", "基础申请号", "基础商标号"),
    )  # fmt: skip
    basis: Mapped[str | None] = field("基础类型", "Basis", Kind.CHOICE, choices=BASES)
    dated: Mapped[date | None] = field(
        "基础日期", "Date", Kind.DATE, aliases=("基础注册日期", "基础申请日期")
    )
    ceased: Mapped[date | None] = field("效力终止日", "Ceased", Kind.DATE)
    proceeding: Mapped[date | None] = field(
        "程序开始日", "Proceeding begun", Kind.DATE, hint="依赖期内提起的异议、撤销、无效或诉讼"
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class Designation(Record):
    """One party designated in one registration, on one day; a later designation is another one.

    `notified` is the day the International Bureau sent the notification to that Office: where the
    refusal period begins. The status is derived from the events, never stored.
    """

    __tablename__ = "designation"
    zh, en = "指定", "Designation"
    official = ("ir_id", "party", "designated_on")
    title_field = "party"

    ir_id: Mapped[str | None] = _registration()
    party: Mapped[str | None] = field(
        "指定缔约方", "Party", Kind.CHOICE, choices=PARTIES, required=True,
        aliases=("指定国家", "缔约方", "指定国", "指定国家/地区"),
    )  # fmt: skip
    designated_on: Mapped[date | None] = field(
        "指定日期", "Designated", Kind.DATE, required=True, aliases=("后期指定日期",)
    )
    route: Mapped[str | None] = field(
        "指定方式", "Route", Kind.CHOICE, choices=ROUTES, aliases=("指定方式(首次/后期指定)",)
    )
    notified: Mapped[date | None] = field(
        "国际局通知日", "Notified", Kind.DATE, aliases=("国际通知日期", "通知日期"),
        hint="国际局向该局发出通知之日，驳回期限自此起算",
    )  # fmt: skip
    classes: Mapped[str | None] = field(
        "在该方的类别", "Classes here", aliases=("类别",), hint="空白表示与国际注册相同"
    )
    goods: Mapped[str | None] = field(
        "在该方的商品", "Goods here", Kind.NOTE, listed=False, aliases=("保护商品范围",)
    )
    national_no: Mapped[str | None] = field("当地注册号", "National no.", listed=False)
    national_registered: Mapped[date | None] = field(
        "当地注册日", "Registered there", Kind.DATE, listed=False, aliases=("美国注册日",),
        hint="美国第71条声明自美国注册日起算",
    )  # fmt: skip
    local_agent: Mapped[str | None] = field("当地代理人", "Local agent", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class DesignationEvent(Record):
    """One record of the International Register about one designation.

    `dated` orders the events: the day the International Register gives. `sent` is the Office's
    sending day, the test of a refusal's timeliness. `event_key` names the event by registration,
    tag, Office, day and document: the same event twice is one.
    """

    __tablename__ = "designation_event"
    zh, en = "指定事件", "Designation event"
    official = ("event_key",)
    title_field = "tag"

    designation_id: Mapped[str | None] = field(
        "指定", "Designation", Kind.LINK, links="designation", required=True
    )
    tag: Mapped[str | None] = field("事件", "Event", Kind.CHOICE, choices=TAGS, required=True)
    dated: Mapped[date | None] = field("日期", "Date", Kind.DATE, required=True)
    grounds: Mapped[str | None] = field("驳回依据", "Grounds", Kind.CHOICE, choices=GROUNDS)
    sent: Mapped[date | None] = field("主管局发出日", "Sent by the Office", Kind.DATE)
    received: Mapped[date | None] = field(
        "注册人收到日", "Received by the holder", Kind.DATE, aliases=("收到日",)
    )
    forwarded: Mapped[date | None] = field(
        "国际局转送日", "Forwarded by WIPO", Kind.DATE, listed=False
    )
    response_limit: Mapped[date | None] = field(
        "通知书载明的答复期限", "Response limit printed", Kind.DATE, aliases=("答复期限",)
    )
    answered: Mapped[date | None] = field("答复日", "Answered", Kind.DATE)
    opposition_start: Mapped[date | None] = field(
        "异议期起", "Opposition from", Kind.DATE, listed=False
    )
    opposition_end: Mapped[date | None] = field(
        "异议期止", "Opposition until", Kind.DATE, listed=False
    )
    classes: Mapped[str | None] = field("涉及类别", "Classes", listed=False)
    goods: Mapped[str | None] = field("涉及商品", "Goods", Kind.NOTE, listed=False)
    office: Mapped[str | None] = field("主管局", "Office", Kind.CODE, listed=False)
    document_id: Mapped[str | None] = field("文书编号", "Document", Kind.CODE, listed=False)
    regrdat: Mapped[date | None] = field("登记日", "Recorded", Kind.DATE, listed=False)
    notdate: Mapped[date | None] = field("通知日", "Notified", Kind.DATE, listed=False)
    regedat: Mapped[date | None] = field("生效日", "Effective", Kind.DATE, listed=False)
    gazette: Mapped[str | None] = field("公告期号", "Gazette", listed=False)
    source: Mapped[str | None] = field("信息来源", "Source", listed=False)
    event_key: Mapped[str | None] = field(
        "事件标识", "Event key", Kind.CODE, listed=False, index=True
    )
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE, aliases=("备注",))


class IrEvent(Record):
    """One record of the International Register about a whole registration, keyed likewise."""

    __tablename__ = "ir_event"
    zh, en = "国际注册事件", "Registration event"
    official = ("event_key",)
    title_field = "tag"

    ir_id: Mapped[str | None] = _registration()
    tag: Mapped[str | None] = field("事件", "Event", Kind.CHOICE, choices=TAGS, required=True)
    dated: Mapped[date | None] = field("日期", "Date", Kind.DATE, required=True)
    office: Mapped[str | None] = field("主管局", "Office", Kind.CODE, listed=False)
    document_id: Mapped[str | None] = field("文书编号", "Document", Kind.CODE, listed=False)
    regrdat: Mapped[date | None] = field("登记日", "Recorded", Kind.DATE, listed=False)
    notdate: Mapped[date | None] = field("通知日", "Notified", Kind.DATE, listed=False)
    regedat: Mapped[date | None] = field("生效日", "Effective", Kind.DATE, listed=False)
    gazette: Mapped[str | None] = field("公告期号", "Gazette", listed=False)
    published: Mapped[date | None] = field("公告日期", "Published", Kind.DATE, listed=False)
    parties: Mapped[str | None] = field("涉及缔约方", "Parties", listed=False)
    source: Mapped[str | None] = field("信息来源", "Source", listed=False)
    event_key: Mapped[str | None] = field(
        "事件标识", "Event key", Kind.CODE, listed=False, index=True
    )
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE, aliases=("备注",))
