"""Questions asked of the station by telephone or in person (咨询登记)."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field
from brandpool.models.visit import NEEDS

CHANNELS = (
    Choice("phone", "来电", "Telephone", ("电话",)),
    Choice("in_person", "来访", "In person", ("上门", "现场")),
    Choice("online", "网络", "Online", ("微信", "QQ", "邮件")),
    Choice("letter", "来函", "Letter", ("来信",)),
)


class Consultation(Record):
    """One question and its answer; the enterprise is empty where it is none of the pool."""

    __tablename__ = "consultation"
    zh, en = "咨询登记", "Consultation"
    title_field = "matter"
    same_by = ("consulted_on", "person", "matter")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("企业名称", "咨询单位")
    )
    consulted_on: Mapped[date | None] = field(
        "咨询日期", "Date", Kind.DATE, required=True, aliases=("日期", "来访日期", "来电日期")
    )
    channel: Mapped[str | None] = field(
        "咨询方式", "Channel", Kind.CHOICE, choices=CHANNELS, aliases=("来电来访", "方式")
    )
    person: Mapped[str | None] = field(
        "咨询人", "Asked by", Kind.PERSON, personal=True, aliases=("姓名",)
    )
    phone: Mapped[str | None] = field(
        "咨询人电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "联系电话"), listed=False
    )
    need: Mapped[str | None] = field(
        "咨询类型", "Type", Kind.CHOICE, choices=NEEDS, aliases=("类型",)
    )
    matter: Mapped[str | None] = field(
        "咨询事项", "Question", Kind.NOTE, required=True, searchable=True,
        aliases=("事项", "咨询内容"),
    )  # fmt: skip
    answer: Mapped[str | None] = field(
        "答复", "Answer", Kind.NOTE, aliases=("答复内容", "解答", "答复情况")
    )
    minutes: Mapped[int | None] = field(
        "用时", "Minutes", Kind.NUMBER, unit="分钟", aliases=("用时（分钟）", "耗时")
    )
    answered_by: Mapped[str | None] = field(
        "接待人", "Answered by", Kind.PERSON, aliases=("答复人", "经办人")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
