"""Complaints and reports (投诉举报), with the fields of the forms of Order 121."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

NATURES = (
    Choice("complaint", "投诉", "Complaint", ("消费投诉",)),
    Choice("report", "举报", "Report", ("违法举报",)),
    Choice(
        "both",
        "投诉并举报",
        "Complaint and report",
        ("投诉举报", "投诉和举报", "投诉+举报", "诉举一体"),
    ),
)

CHANNELS = (
    Choice("platform", "12315平台", "12315 platform", ("全国12315平台", "12315", "网络平台")),
    Choice("hotline", "12345热线", "12345 hotline", ("12345", "热线", "电话")),
    Choice("letter", "来信", "Letter", ("信函", "书面")),
    Choice("visit", "来访", "Visit", ("现场", "上门")),
    Choice("transferred", "转办", "Passed on", ("上级转办", "交办", "移送")),
    Choice("other", "其他", "Other"),
)

DECISIONS = (
    Choice("accepted", "受理", "Accepted", ("已受理", "予以受理")),
    Choice("refused", "不予受理", "Refused", ("不受理",)),
    Choice("passed_on", "分送", "Passed on", ("转送", "分送其他部门")),
)

FINDINGS = (
    Choice("file", "立案", "Case opened", ("予以立案",)),
    Choice("no_file", "不予立案", "No case opened", ("不立案",)),
    Choice("passed_on", "移送", "Passed on", ("移送其他部门",)),
)

RESULTS = (
    Choice("agreed", "达成协议", "Agreed", ("调解成功", "和解")),
    Choice("ended", "终止调解", "Ended", ("调解终止", "调解不成", "未达成协议")),
    Choice("withdrawn", "撤回", "Withdrawn", ("撤回投诉", "撤诉")),
)

PAPERS = (
    Choice("id_card", "居民身份证", "Identity card", ("身份证",)),
    Choice("passport", "护照", "Passport"),
    Choice("licence", "营业执照", "Business licence", ("执照", "统一社会信用代码证")),
    Choice("other", "其他证件", "Other paper", ("其他",)),
)


class Complaint(Record):
    """One complaint or one report. A letter that is both is split into two linked records.

    A complaint is accepted or refused and then mediated; a report is checked and a case opened or
    not. `linked_id` is the other half of the same letter.
    """

    __tablename__ = "complaint"
    zh, en = "投诉举报", "Complaint or report"
    title_field = "register_no"
    same_by = ("register_no", "nature", "received_on", "accused")
    owned_by = ("accused",)
    ledger = True

    register_no: Mapped[str | None] = field(
        "登记编号", "Register no.", Kind.CODE, required=True, searchable=True,
        aliases=("编号", "投诉编号", "举报编号", "投诉举报编号", "登记号", "工单编号"),
    )  # fmt: skip
    nature: Mapped[str | None] = field(
        "性质", "Nature", Kind.CHOICE, choices=NATURES, required=True,
        aliases=("类型", "诉求类型", "投诉举报类型"),
    )  # fmt: skip
    received_on: Mapped[date | None] = field(
        "收到日期", "Received", Kind.DATE, required=True,
        aliases=("收到日", "收件日期", "接收日期", "登记日期", "收到投诉日期", "收到举报日期"),
    )  # fmt: skip
    registered_by: Mapped[str | None] = field(
        "登记单位", "Registered by", aliases=("受理单位", "承办单位"), listed=False
    )
    channel: Mapped[str | None] = field(
        "渠道", "Channel", Kind.CHOICE, choices=CHANNELS, aliases=("来源", "接收渠道")
    )
    enterprise_id: Mapped[str | None] = field(
        "涉及企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("区内企业",),
        hint="区内的被投诉人、被举报人或权利人",
    )  # fmt: skip
    person: Mapped[str | None] = field(
        "投诉举报人", "From", Kind.PERSON, personal=True,
        aliases=("投诉人", "举报人", "投诉人姓名", "举报人姓名", "姓名"),
    )  # fmt: skip
    anonymous: Mapped[bool | None] = field(
        "匿名", "Anonymous", Kind.FLAG, aliases=("是否匿名", "匿名举报"), listed=False
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, listed=False,
        aliases=("电话", "投诉人电话", "举报人电话"),
    )  # fmt: skip
    paper: Mapped[str | None] = field(
        "证件类型", "Identity paper", Kind.CHOICE, choices=PAPERS, listed=False
    )
    paper_no: Mapped[str | None] = field(
        "证件号码", "Paper no.", Kind.CODE, personal=True, aliases=("证件号", "身份证号"),
        listed=False,
    )  # fmt: skip
    address: Mapped[str | None] = field(
        "联系地址", "Address", personal=True, aliases=("地址", "投诉人地址", "举报人地址"),
        listed=False,
    )  # fmt: skip
    may_publish: Mapped[bool | None] = field(
        "同意公示", "May be published", Kind.FLAG, aliases=("是否同意公示",), listed=False
    )
    may_delegate: Mapped[bool | None] = field(
        "同意委托调解", "May be delegated", Kind.FLAG, aliases=("是否同意委托调解",), listed=False
    )
    accused: Mapped[str | None] = field(
        "被投诉举报人", "Against", required=True, searchable=True,
        aliases=("被投诉人", "被举报人", "被投诉人名称", "被举报人名称", "被投诉单位"),
    )  # fmt: skip
    accused_contact: Mapped[str | None] = field(
        "被投诉人联系人", "Its contact", Kind.PERSON, personal=True, listed=False
    )
    accused_phone: Mapped[str | None] = field(
        "被投诉人电话", "Its phone", Kind.PHONE, personal=True, listed=False
    )
    accused_address: Mapped[str | None] = field("被投诉人地址", "Its address", listed=False)
    facts: Mapped[str | None] = field(
        "争议事实或线索", "Facts", Kind.NOTE,
        aliases=("争议事实依据", "线索及事实依据", "事实依据", "内容", "投诉内容", "举报内容"),
    )  # fmt: skip
    claim: Mapped[str | None] = field(
        "投诉请求", "Claim", Kind.NOTE, aliases=("诉求", "请求"), listed=False
    )
    decision: Mapped[str | None] = field(
        "受理决定", "Decision", Kind.CHOICE, choices=DECISIONS, aliases=("是否受理", "受理情况")
    )
    decided_on: Mapped[date | None] = field(
        "受理决定日", "Decided", Kind.DATE, aliases=("受理日期", "决定日期", "受理日")
    )
    refusal: Mapped[str | None] = field("不予受理理由", "Why refused", Kind.NOTE, listed=False)
    result: Mapped[str | None] = field(
        "调解结果", "Mediation", Kind.CHOICE, choices=RESULTS, aliases=("处理结果", "办理结果")
    )
    ended_on: Mapped[date | None] = field(
        "调解终结日", "Mediation ended", Kind.DATE, aliases=("办结日期", "调解结束日期"),
        listed=False,
    )  # fmt: skip
    extended: Mapped[bool | None] = field(
        "延长核查", "Check extended", Kind.FLAG, aliases=("核查延期",), listed=False
    )
    finding: Mapped[str | None] = field(
        "立案决定", "Finding", Kind.CHOICE, choices=FINDINGS, aliases=("是否立案", "核查结果")
    )
    finding_on: Mapped[date | None] = field(
        "立案决定日", "Finding on", Kind.DATE, aliases=("核查决定日", "核查决定日期"), listed=False
    )
    told_on: Mapped[date | None] = field(
        "告知日", "Told", Kind.DATE, aliases=("告知日期", "告知举报人日期"), listed=False
    )
    case_id: Mapped[str | None] = field(
        "转立案件", "Case", Kind.LINK, links="enforcement_case", listed=False
    )
    linked_id: Mapped[str | None] = field(
        "同一来信", "Same letter", Kind.LINK, links="complaint", listed=False
    )
    handler: Mapped[str | None] = field("承办人", "Handled by", aliases=("经办人",), listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
