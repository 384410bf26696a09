"""What happens to a Chinese mark: events and letters, evidence of use, licences, pledges."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.enterprise_codes import CURRENCIES
from brandpool.models.field import Choice, Kind
from brandpool.models.mark_codes import DELIVERIES, EVENTS, LETTERS, OUTCOMES, RECIPIENTS
from brandpool.models.record import Record, field

EVIDENCE = (
    Choice("contract", "销售合同", "Contract", ("合同",)),
    Choice("invoice", "发票", "Invoice", ("销售发票",)),
    Choice("goods", "商品及包装照片", "Goods and packaging", ("包装", "商品照片", "标签")),
    Choice("advertising", "广告宣传", "Advertising", ("广告", "广告合同")),
    Choice("fair", "展会", "Fair", ("展览会",)),
    Choice("online", "网店或网页", "Online shop or page", ("电商", "网页公证")),
    Choice("customs", "报关单", "Customs declaration", ("出口报关单",)),
    Choice("licence", "许可使用", "Use under licence", ("被许可人使用",)),
    Choice("other", "其他", "Other"),
)

LICENCES = (
    Choice("ordinary", "普通许可", "Ordinary", ("普通",)),
    Choice("sole", "排他许可", "Sole", ("排他",)),
    Choice("exclusive", "独占许可", "Exclusive", ("独占",)),
)


def _mark() -> Mapped[str | None]:
    return field("商标", "Trademark", Kind.LINK, links="trademark", required=True,
                 aliases=("注册号", "商标注册号"))  # fmt: skip


class MarkEvent(Record):
    """One event of a mark. Letters carry how and when they came, so that service can be computed.

    `event_key` names the event by mark, kind, day and document: the same event twice is one.
    `dated` is the day it took effect (filing, decision, publication).
    """

    __tablename__ = "mark_event"
    zh, en = "商标事件", "Mark event"
    official = ("event_key",)
    title_field = "event"

    trademark_id: Mapped[str | None] = _mark()
    event: Mapped[str | None] = field(
        "事件", "Event", Kind.CHOICE, choices=EVENTS, required=True,
        aliases=("业务名称", "事件类型", "流程"),
    )  # fmt: skip
    dated: Mapped[date | None] = field(
        "日期", "Date", Kind.DATE, required=True, aliases=("事件日期", "办理日期", "公告日期")
    )
    outcome: Mapped[str | None] = field(
        "结论", "Outcome", Kind.CHOICE, choices=OUTCOMES, aliases=("结果",)
    )
    document_no: Mapped[str | None] = field(
        "文号", "Document no.", aliases=("发文编号", "文书编号", "案号")
    )
    letter: Mapped[str | None] = field(
        "来文", "Letter", Kind.CHOICE, choices=LETTERS, aliases=("来文名称", "文书名称")
    )
    sent: Mapped[date | None] = field("发文日", "Sent", Kind.DATE, aliases=("发文日期",))
    received: Mapped[date | None] = field(
        "收到日", "Received", Kind.DATE, aliases=("收文日期", "收到日期", "收文日")
    )
    delivery: Mapped[str | None] = field(
        "送达方式", "Delivered by", Kind.CHOICE, choices=DELIVERIES, listed=False
    )
    recipient: Mapped[str | None] = field(
        "收件人", "Recipient", Kind.CHOICE, choices=RECIPIENTS, listed=False
    )
    answered: Mapped[date | None] = field("答复日", "Answered", Kind.DATE, listed=False)
    party: Mapped[str | None] = field(
        "对方当事人", "Other party", listed=False, aliases=("异议人", "申请撤销人")
    )
    issue: Mapped[str | None] = field("公告期号", "Gazette issue", listed=False)
    event_key: Mapped[str | None] = field(
        "事件标识", "Event key", Kind.CODE, listed=False, index=True
    )
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE, aliases=("备注", "环节名称"))


class UseEvidence(Record):
    """One piece of evidence that a mark was used; without `used_on` it proves nothing."""

    __tablename__ = "use_evidence"
    zh, en = "使用证据", "Evidence of use"
    title_field = "what"
    ledger = True

    trademark_id: Mapped[str | None] = _mark()
    year: Mapped[int | None] = field("年度", "Year", Kind.YEAR, aliases=("年份",))
    used_on: Mapped[date | None] = field(
        "证据日期", "Dated", Kind.DATE, aliases=("使用日期", "形成日期", "日期"),
        hint="没有日期的证据不计入",
    )  # fmt: skip
    what: Mapped[str | None] = field(
        "证据种类", "What", Kind.CHOICE, choices=EVIDENCE, required=True, aliases=("证据类型",)
    )
    document: Mapped[str | None] = field(
        "证据名称", "Document", aliases=("文件名称", "合同编号", "发票号码")
    )
    goods: Mapped[str | None] = field("涉及商品", "Goods covered", Kind.NOTE, aliases=("商品",))
    place: Mapped[str | None] = field("使用地域", "Where", listed=False)
    user: Mapped[str | None] = field("使用人", "Used by", listed=False)
    content_hash: Mapped[str | None] = field("附件", "Attachment", Kind.FILE, listed=False)
    file_name: Mapped[str | None] = field("附件名称", "File name", listed=False)
    seen_by: Mapped[str | None] = field("原件核对人", "Original seen by", Kind.PERSON, listed=False)
    seen_on: Mapped[date | None] = field("核对日期", "Seen on", Kind.DATE, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class MarkLicence(Record):
    """A licence to use a mark; unrecorded it does not stand against a third party in good faith."""

    __tablename__ = "mark_licence"
    zh, en = "商标许可", "Mark licence"
    title_field = "licensee"
    ledger = True

    trademark_id: Mapped[str | None] = _mark()
    licensee: Mapped[str | None] = field("被许可人", "Licensee", required=True, searchable=True)
    licensed: Mapped[str | None] = field(
        "许可方式", "Kind", Kind.CHOICE, choices=LICENCES, aliases=("许可类型",)
    )
    starts: Mapped[date | None] = field(
        "许可起始日", "From", Kind.DATE, aliases=("许可开始日期", "起始日期")
    )
    ends: Mapped[date | None] = field(
        "许可届满日", "Until", Kind.DATE, aliases=("许可结束日期", "到期日期")
    )
    recorded_no: Mapped[str | None] = field("备案号", "Record no.", aliases=("许可备案号",))
    recorded_on: Mapped[date | None] = field("备案日期", "Recorded", Kind.DATE)
    territory: Mapped[str | None] = field("许可地域", "Territory", listed=False)
    goods: Mapped[str | None] = field("许可商品", "Goods", Kind.NOTE, listed=False)
    fee: Mapped[Decimal | None] = field(
        "许可费", "Fee", Kind.MONEY, unit="元", currency="fee_currency", listed=False
    )
    fee_currency: Mapped[str | None] = field(
        "许可费币种", "Fee currency", Kind.CHOICE, choices=CURRENCIES, listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class MarkPledge(Record):
    """A mark pledged for a loan; its renewal or abandonment concerns the pledgee too."""

    __tablename__ = "mark_pledge"
    zh, en = "商标质押", "Mark pledge"
    title_field = "pledgee"
    ledger = True

    trademark_id: Mapped[str | None] = _mark()
    pledgee: Mapped[str | None] = field(
        "质权人", "Pledgee", required=True, searchable=True, aliases=("银行", "贷款银行", "出借人")
    )
    amount: Mapped[Decimal | None] = field(
        "担保债权额", "Amount", Kind.MONEY, unit="元", currency="amount_currency", required=True,
        aliases=("质押金额", "贷款金额", "债权额", "融资金额"),
    )  # fmt: skip
    amount_currency: Mapped[str | None] = field(
        "币种", "Currency", Kind.CHOICE, choices=CURRENCIES, listed=False
    )
    certificate_no: Mapped[str | None] = field(
        "质权登记证号", "Certificate no.", Kind.CODE, aliases=("登记证号", "质押登记号")
    )
    recorded_on: Mapped[date | None] = field(
        "登记日期", "Recorded", Kind.DATE, aliases=("质权登记日期", "质押登记日期")
    )
    starts: Mapped[date | None] = field(
        "质押起始日", "From", Kind.DATE, aliases=("起始日期", "质押日期")
    )
    ends: Mapped[date | None] = field("质押届满日", "Until", Kind.DATE, aliases=("到期日期",))
    released: Mapped[date | None] = field(
        "解除日期", "Released", Kind.DATE, aliases=("注销日期", "解押日期")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class RegisterRejection(Record):
    """A difference to the office's extract that a person rejected; asked again if that changes."""

    __tablename__ = "register_rejection"
    zh, en = "核对意见", "Rejected difference"
    official = ("trademark_id", "field_name", "office_value")
    title_field = "field_name"

    trademark_id: Mapped[str | None] = _mark()
    field_name: Mapped[str | None] = field("项目", "Field", Kind.CODE, required=True)
    office_value: Mapped[str | None] = field("官方值", "Office's value", required=True)
    reason: Mapped[str | None] = field("不采纳理由", "Reason", Kind.NOTE, required=True)
    rejected_on: Mapped[date | None] = field("日期", "Date", Kind.DATE)
    rejected_by: Mapped[str | None] = field("核对人", "By", Kind.PERSON)
