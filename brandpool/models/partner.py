"""Partners in protection (协作单位) and what was done together with them."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

PARTNER_KINDS = (
    Choice("association", "行业协会", "Trade association", ("协会", "商会")),
    Choice("alliance", "产业联盟", "Alliance", ("联盟", "产业知识产权联盟")),
    Choice("court", "法院", "Court", ("人民法院",)),
    Choice("police", "公安", "Police", ("公安机关", "公安分局")),
    Choice("prosecutor", "检察院", "Prosecutor", ("人民检察院",)),
    Choice("mediation_body", "调解组织", "Mediation body", ("调解委员会",)),
    Choice("office", "行政部门", "Public office", ("政府部门", "海关", "市场监管")),
    Choice("platform", "电商平台", "E-commerce platform", ("平台",)),
    Choice("other", "其他", "Other"),
)

ACTIONS = (
    Choice("raid", "联合执法", "Joint enforcement", ("联合检查", "联合行动")),
    Choice("transfer", "线索移交", "Clue passed on", ("线索通报",)),
    Choice("mediation", "联合调解", "Joint mediation"),
    Choice("training", "联合宣传培训", "Joint training", ("联合培训", "联合宣传")),
    Choice("meeting", "会商", "Meeting", ("联席会议", "座谈")),
    Choice("other", "其他", "Other"),
)


class Partner(Record):
    """A body the station protects rights together with, and the agreement it rests on."""

    __tablename__ = "partner"
    zh, en = "协作单位", "Partner"
    title_field = "name"
    same_by = ("name",)
    ledger = True

    name: Mapped[str | None] = field(
        "单位名称", "Name", required=True, searchable=True,
        aliases=("协作单位名称", "协会名称", "名称", "合作单位"),
    )  # fmt: skip
    partner_kind: Mapped[str | None] = field(
        "单位类型", "Kind", Kind.CHOICE, choices=PARTNER_KINDS, aliases=("类型", "类别")
    )
    agreement: Mapped[str | None] = field(
        "合作协议", "Agreement", aliases=("协议名称", "协议文号", "合作机制")
    )
    since: Mapped[date | None] = field(
        "合作起始日", "Since", Kind.DATE, aliases=("签约日期", "起始日期")
    )
    until: Mapped[date | None] = field(
        "合作届满日", "Until", Kind.DATE, aliases=("到期日期", "届满日期")
    )
    contact: Mapped[str | None] = field("联系人", "Contact", Kind.PERSON, personal=True)
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class JointAction(Record):
    """One thing done together with a partner; it shows on the partner and on the case."""

    __tablename__ = "joint_action"
    zh, en = "联合行动", "Joint action"
    title_field = "subject"
    same_by = ("partner_id", "subject", "acted_on")
    ledger = True

    partner_id: Mapped[str | None] = field(
        "协作单位", "Partner", Kind.LINK, links="partner", required=True,
        aliases=("合作单位", "联合单位"),
    )  # fmt: skip
    action: Mapped[str | None] = field(
        "行动类型", "Action", Kind.CHOICE, choices=ACTIONS, aliases=("类型", "形式")
    )
    subject: Mapped[str | None] = field(
        "行动主题", "Subject", required=True, searchable=True,
        aliases=("主题", "行动名称", "行动内容", "活动名称"),
    )  # fmt: skip
    acted_on: Mapped[date | None] = field(
        "行动日期", "Date", Kind.DATE, required=True, aliases=("日期", "活动日期")
    )
    case_id: Mapped[str | None] = field(
        "关联案件", "Case", Kind.LINK, links="enforcement_case", aliases=("案件",)
    )
    enterprise_id: Mapped[str | None] = field(
        "涉及企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("企业",)
    )
    result: Mapped[str | None] = field("成效", "Result", Kind.NOTE, aliases=("结果", "行动成效"))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
