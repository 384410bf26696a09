"""Rights aid (维权援助): what an enterprise asked for, who took it up, and how it ended."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind, Value
from brandpool.models.record import Record, field

FORMS = (
    Choice("advice", "咨询", "Advice", ("法律咨询", "咨询解答")),
    Choice("opinion", "专家意见", "Expert opinion", ("意见", "侵权判定意见", "咨询意见")),
    Choice("guidance", "维权指导", "Guidance", ("指导", "应诉指导")),
    Choice("overseas", "海外维权", "Overseas", ("海外", "海外援助", "涉外援助")),
    Choice("other", "其他", "Other"),
)

MATTERS = (
    Choice("mark", "商标", "Mark", ("商标权",)),
    Choice("patent", "专利", "Patent", ("专利权",)),
    Choice("copyright", "著作权", "Copyright", ("版权",)),
    Choice("secret", "商业秘密", "Trade secret"),
    Choice("other", "其他", "Other"),
)

SATISFACTIONS = (
    Choice("very", "非常满意", "Very satisfied", ("很满意",)),
    Choice("satisfied", "满意", "Satisfied"),
    Choice("fair", "基本满意", "Fairly satisfied", ("一般", "较满意")),
    Choice("unsatisfied", "不满意", "Unsatisfied"),
)


class AidRequest(Record):
    """One request for aid. Its stage follows from its days: asked, accepted, assigned, done."""

    __tablename__ = "aid_request"
    zh, en = "维权援助", "Rights aid"
    title_field = "subject"
    same_by = ("enterprise_id", "applicant", "subject", "asked_on")
    owned_by = ("applicant",)
    ledger = True

    subject: Mapped[str | None] = field(
        "援助事项", "Subject", required=True, searchable=True,
        aliases=("事项", "申请事项", "维权事项"),
    )  # fmt: skip
    enterprise_id: Mapped[str | None] = field(
        "受援企业", "Enterprise", Kind.LINK, links="enterprise",
        aliases=("企业", "申请企业", "申请单位", "受援单位"),
    )  # fmt: skip
    applicant: Mapped[str | None] = field(
        "申请人", "Applicant", required=True, aliases=("申请人名称", "受援人")
    )
    contact: Mapped[str | None] = field(
        "联系人", "Contact", Kind.PERSON, personal=True, aliases=("经办人",), listed=False
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    matter: Mapped[str | None] = field(
        "权利类型", "Matter", Kind.CHOICE, choices=MATTERS, aliases=("知识产权类型", "类型")
    )
    form: Mapped[str | None] = field(
        "援助方式", "Form", Kind.CHOICE, choices=FORMS, aliases=("方式", "援助类型", "服务方式")
    )
    asked_on: Mapped[date | None] = field(
        "申请日期", "Asked", Kind.DATE, required=True, aliases=("申请日", "来访日期", "登记日期")
    )
    accepted_on: Mapped[date | None] = field(
        "受理日期", "Accepted", Kind.DATE, aliases=("受理日", "受理时间")
    )
    expert: Mapped[str | None] = field(
        "承办专家", "Expert", Kind.PERSON, aliases=("专家", "承办人", "承办机构")
    )
    assigned_on: Mapped[date | None] = field(
        "交办日期", "Assigned", Kind.DATE, aliases=("指派日期", "承办日期"), listed=False
    )
    done_on: Mapped[date | None] = field(
        "办结日期", "Done", Kind.DATE, aliases=("办结日", "办结时间", "完成日期")
    )
    result: Mapped[str | None] = field(
        "援助结果", "Result", Kind.NOTE, aliases=("结果", "办理结果"), listed=False
    )
    cost: Mapped[Decimal | None] = field(
        "费用", "Cost", Kind.MONEY, unit="元", aliases=("援助费用", "经费"), listed=False
    )
    satisfaction: Mapped[str | None] = field(
        "满意度", "Satisfaction", Kind.CHOICE, choices=SATISFACTIONS, listed=False
    )
    country: Mapped[str | None] = field(
        "涉及国家地区", "Country", aliases=("国家", "国家地区"), listed=False
    )
    case_id: Mapped[str | None] = field(
        "关联案件", "Case", Kind.LINK, links="enforcement_case", listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)

    @classmethod
    def implied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """An enterprise that is told without an applicant applied itself."""
        firm = values.get("enterprise.name")
        return {**values, "applicant": firm} if firm and not values.get("applicant") else values
