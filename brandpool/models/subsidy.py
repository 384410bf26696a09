"""Subsidies (资助、补助): the items a policy offers, and what enterprises claim under them."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

BASES = (
    Choice("fixed", "每件（次）定额", "A fixed amount each", ("定额", "固定金额")),
    Choice("share", "按实际费用比例", "A share of the cost", ("比例", "按比例")),
    Choice("parties", "按指定国家（地区）数", "By parties designated", ("按国家数", "按国别")),
)

AREAS = (
    Choice("abroad", "境外商标", "Marks abroad", ("马德里", "境外布局", "国际注册")),
    Choice("pledge", "质押融资", "Pledges", ("质押", "贴息")),
    Choice("insurance", "知识产权保险", "Insurance", ("保险",)),
    Choice("standards", "贯标认证", "Certification", ("贯标",)),
    Choice("patents", "专利", "Patents", ("专利许可", "专利转化")),
    Choice("honours", "荣誉资质", "Honours", ("优势企业", "示范企业")),
    Choice("protection", "维权保护", "Protection", ("维权",)),
    Choice("other", "其他", "Other"),
)

STATES = (
    Choice("draft", "拟申领", "In preparation", ("草稿", "准备中")),
    Choice("submitted", "已提交", "Submitted", ("已申报", "已申领")),
    Choice("accepted", "已受理", "Accepted", ("受理",)),
    Choice("approved", "已核定", "Approved", ("已批准", "核定")),
    Choice("paid", "已拨付", "Paid", ("已兑现", "已发放")),
    Choice("refused", "不予资助", "Refused", ("驳回", "未通过")),
    Choice("withdrawn", "已撤回", "Withdrawn", ("撤回",)),
)


class SubsidyItem(Record):
    """One item of a subsidy policy with its standard and the days between which it holds.

    `documents` and `excludes` name one thing per line or between semicolons. Money is renminbi.
    """

    __tablename__ = "subsidy_item"
    zh, en = "资助政策项目", "Subsidy item"
    title_field = "title"
    same_by = ("title", "document_no", "starts")
    ledger = True

    title: Mapped[str | None] = field(
        "资助事项", "Item", required=True, searchable=True, aliases=("事项", "补助事项", "项目名称")
    )
    area: Mapped[str | None] = field(
        "事项类别", "Area", Kind.CHOICE, choices=AREAS, aliases=("类别", "资助类别")
    )
    policy: Mapped[str | None] = field("政策名称", "Policy", aliases=("文件名称", "政策文件"))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("文件号",))
    standard: Mapped[str | None] = field(
        "资助标准", "Standard", Kind.NOTE, aliases=("标准", "补助标准")
    )
    basis: Mapped[str | None] = field(
        "计算方式", "Basis", Kind.CHOICE, choices=BASES, required=True, aliases=("计算依据",)
    )
    amount: Mapped[Decimal | None] = field(
        "定额", "Amount", Kind.MONEY, unit="元", aliases=("每件金额", "每国金额", "资助金额")
    )
    share: Mapped[Decimal | None] = field("比例", "Share", Kind.DECIMAL, unit="%")
    included_parties: Mapped[int | None] = field(
        "不另计的国家数", "Parties included", Kind.NUMBER, listed=False
    )
    least_parties: Mapped[int | None] = field(
        "最少指定国家数", "Least parties", Kind.NUMBER, listed=False
    )
    cap: Mapped[Decimal | None] = field(
        "单项上限", "Cap per claim", Kind.MONEY, unit="元", aliases=("最高限额", "每件上限")
    )
    year_cap: Mapped[Decimal | None] = field(
        "企业年度上限", "Cap per enterprise and year", Kind.MONEY, unit="元",
        aliases=("每家每年上限", "年度上限"),
    )  # fmt: skip
    total_cap: Mapped[Decimal | None] = field(
        "年度总额", "Cap of the year", Kind.MONEY, unit="元", listed=False, aliases=("资金总额",)
    )
    starts: Mapped[date | None] = field(
        "施行日期", "From", Kind.DATE, required=True, aliases=("起始日期", "开始日期", "有效期起")
    )
    ends: Mapped[date | None] = field(
        "截止日期", "Until", Kind.DATE, aliases=("废止日期", "结束日期", "有效期止")
    )
    documents: Mapped[str | None] = field(
        "证明材料", "Documents required", Kind.NOTE, aliases=("所需材料", "申报材料"),
        hint="一行一项，或用分号隔开",
    )  # fmt: skip
    excludes: Mapped[str | None] = field(
        "互斥事项", "Excludes", Kind.NOTE, listed=False, aliases=("不得同时享受",),
        hint="同一事由不得再享受的事项，一行一项",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class SubsidyClaim(Record):
    """What one enterprise claims for one thing it did; `event_on` selects the policy's version.

    `subject` tells what it is claimed for (a mark's number, a contract), so that nothing is paid
    for twice. `documents` are those handed in, one per line or between semicolons.
    """

    __tablename__ = "subsidy_claim"
    zh, en = "资助申领", "Subsidy claim"
    title_field = "subject"
    same_by = ("enterprise_id", "item_id", "subject")

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "申领企业"),
    )  # fmt: skip
    item_id: Mapped[str | None] = field(
        "资助事项", "Item", Kind.LINK, links="subsidy_item", required=True,
        aliases=("事项", "补助事项"),
    )  # fmt: skip
    subject: Mapped[str | None] = field(
        "申领事由", "Claimed for", required=True, searchable=True, aliases=("事由", "申领内容")
    )
    event_on: Mapped[date | None] = field(
        "事由发生日",
        "Event",
        Kind.DATE,
        required=True,
        aliases=("发生日期", "注册日期", "认定日期"),
    )
    quantity: Mapped[int | None] = field("件数", "Quantity", Kind.NUMBER)
    parties: Mapped[int | None] = field("指定国家数", "Parties", Kind.NUMBER, listed=False)
    cost: Mapped[Decimal | None] = field(
        "实际费用", "Cost", Kind.MONEY, unit="元", aliases=("发生费用", "实缴费用")
    )
    amount: Mapped[Decimal | None] = field(
        "申领金额", "Claimed", Kind.MONEY, unit="元", aliases=("申请金额",)
    )
    approved: Mapped[Decimal | None] = field(
        "核定金额", "Approved", Kind.MONEY, unit="元", aliases=("批准金额", "拨付金额")
    )
    state: Mapped[str | None] = field(
        "办理状态", "State", Kind.CHOICE, choices=STATES, aliases=("状态", "进度")
    )
    documents: Mapped[str | None] = field(
        "已交材料", "Documents handed in", Kind.NOTE, listed=False, aliases=("提交材料",),
        hint="一行一项，或用分号隔开",
    )  # fmt: skip
    claimed_on: Mapped[date | None] = field(
        "申领日期", "Claimed on", Kind.DATE, aliases=("申报日期", "提交日期")
    )
    decided_on: Mapped[date | None] = field(
        "核定日期", "Decided on", Kind.DATE, aliases=("审批日期",), listed=False
    )
    paid_on: Mapped[date | None] = field("拨付日期", "Paid on", Kind.DATE, aliases=("兑现日期",))
    document_no: Mapped[str | None] = field("文号", "Document no.", listed=False)
    reason: Mapped[str | None] = field(
        "不予资助理由", "Why refused", Kind.NOTE, listed=False, aliases=("驳回理由",)
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
