"""Mediation (纠纷调解) of three kinds: by an office, by a people's committee, by a trade body."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind, Value
from brandpool.models.record import Record, field

KINDS = (
    Choice("administrative", "行政调解", "Administrative", ("行政",)),
    Choice("people", "人民调解", "People's", ("人民", "人民调解委员会")),
    Choice("industry", "行业调解", "Industry", ("行业", "行业性专业性调解", "协会调解")),
)

OUTCOMES = (
    Choice("agreed", "达成协议", "Agreed", ("调解成功", "成功", "达成")),
    Choice("ended", "终止", "Ended", ("调解不成", "终止调解", "未达成", "失败")),
    Choice("withdrawn", "撤回", "Withdrawn", ("撤回申请",)),
    Choice("passed_on", "转其他机构", "Passed on", ("移送", "转调", "转办", "移交")),
)


class Mediation(Record):
    """One dispute before one body.

    A dispute that moves on to another body is closed here as passed on, and the record there names
    this one in `came_from_id`: together they are one dispute.
    """

    __tablename__ = "mediation"
    zh, en = "纠纷调解", "Mediation"
    title_field = "dispute"
    same_by = ("dispute", "body", "applied_on")
    owned_by = ("applicant", "respondent")
    ledger = True

    dispute: Mapped[str | None] = field(
        "纠纷事项", "Dispute", required=True, searchable=True,
        aliases=("纠纷", "争议事项", "调解事项", "案由", "纠纷名称"),
    )  # fmt: skip
    mediation_kind: Mapped[str | None] = field(
        "调解类型", "Kind", Kind.CHOICE, choices=KINDS, required=True, aliases=("类型", "调解类别")
    )
    enterprise_id: Mapped[str | None] = field(
        "涉及企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("区内企业",)
    )
    applicant: Mapped[str | None] = field("申请人", "Applicant", aliases=("申请方", "投诉方"))
    respondent: Mapped[str | None] = field("被申请人", "Respondent", aliases=("对方", "被申请方"))
    body: Mapped[str | None] = field(
        "调解机构", "Body", required=True, aliases=("调解组织", "机构", "承办机构")
    )
    mediator: Mapped[str | None] = field("调解员", "Mediator", Kind.PERSON, aliases=("主持人",))
    applied_on: Mapped[date | None] = field(
        "申请日期", "Applied", Kind.DATE, required=True, aliases=("申请日", "申请时间")
    )
    accepted_on: Mapped[date | None] = field(
        "受理日期", "Accepted", Kind.DATE, aliases=("受理日", "受理时间")
    )
    outcome: Mapped[str | None] = field(
        "调解结果", "Outcome", Kind.CHOICE, choices=OUTCOMES, aliases=("结果",)
    )
    ended_on: Mapped[date | None] = field(
        "达成或终止日", "Ended", Kind.DATE,
        aliases=("达成日期", "终止日期", "结束日期", "结案日期", "办结日期", "达成协议日期"),
    )  # fmt: skip
    agreement_no: Mapped[str | None] = field(
        "协议号", "Agreement no.", Kind.CODE, aliases=("调解协议号", "协议书编号", "调解协议书编号")
    )
    amount: Mapped[Decimal | None] = field(
        "涉及金额", "Amount", Kind.MONEY, unit="元", aliases=("金额", "标的额"), listed=False
    )
    confirmed_on: Mapped[date | None] = field(
        "司法确认日", "Confirmed by court", Kind.DATE, aliases=("司法确认日期", "司法确认")
    )
    confirmation_no: Mapped[str | None] = field(
        "司法确认文号", "Confirmation no.", aliases=("司法确认书文号", "裁定书文号"), listed=False
    )
    came_from_id: Mapped[str | None] = field(
        "接自", "Came from", Kind.LINK, links="mediation", aliases=("移送自",), listed=False
    )
    complaint_id: Mapped[str | None] = field(
        "来源投诉", "Complaint", Kind.LINK, links="complaint", listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)

    @classmethod
    def implied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """A register that tells only when it was accepted tells no earlier day."""
        if values.get("applied_on") is None and values.get("accepted_on") is not None:
            return {**values, "applied_on": values["accepted_on"]}
        return values
