"""Industry alliances for intellectual property, and who belongs to them from when to when."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.honour import LEVELS
from brandpool.models.record import Record, field

ROLES = (
    Choice("lead", "理事长单位", "Lead", ("牵头单位", "理事长", "盟主单位")),
    Choice("deputy", "副理事长单位", "Deputy lead", ("副理事长",)),
    Choice("council", "理事单位", "Council member", ("理事", "常务理事单位")),
    Choice("member", "成员单位", "Member", ("成员", "会员单位", "会员", "普通成员")),
)


class Alliance(Record):
    """One alliance."""

    __tablename__ = "alliance"
    zh, en = "知识产权联盟", "IP alliance"
    title_field = "name"
    same_by = ("name",)
    ledger = True

    name: Mapped[str | None] = field(
        "联盟名称", "Alliance", required=True, searchable=True, aliases=("产业知识产权联盟", "名称")
    )
    industry: Mapped[str | None] = field("所属产业", "Industry", aliases=("产业", "产业领域"))
    level: Mapped[str | None] = field("级别", "Level", Kind.CHOICE, choices=LEVELS)
    founded: Mapped[date | None] = field(
        "成立日期", "Founded", Kind.DATE, aliases=("成立时间", "成立日")
    )
    recorded_no: Mapped[str | None] = field(
        "备案号", "Record no.", Kind.CODE, aliases=("备案编号",)
    )
    recorded_on: Mapped[date | None] = field("备案日期", "Recorded", Kind.DATE, aliases=("备案日",))
    secretariat: Mapped[str | None] = field("秘书处", "Secretariat", aliases=("秘书处单位",))
    contact: Mapped[str | None] = field(
        "联盟联系人", "Contact", Kind.PERSON, personal=True, listed=False, aliases=("联系人",)
    )
    contact_phone: Mapped[str | None] = field(
        "联盟联系电话", "Phone", Kind.PHONE, personal=True, listed=False, aliases=("联系电话",)
    )
    dissolved_on: Mapped[date | None] = field(
        "解散日期", "Dissolved", Kind.DATE, aliases=("注销日期",)
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class AllianceMember(Record):
    """One stay of an enterprise in an alliance; who comes back has a second record."""

    __tablename__ = "alliance_member"
    zh, en = "联盟成员", "Alliance member"
    title_field = "role"
    same_by = ("alliance_id", "enterprise_id", "joined")
    ledger = True

    alliance_id: Mapped[str | None] = field(
        "联盟", "Alliance", Kind.LINK, links="alliance", required=True,
        aliases=("联盟名称", "所在联盟", "知识产权联盟"),
    )  # fmt: skip
    enterprise_id: Mapped[str | None] = field(
        "成员企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("成员单位", "成员单位名称", "会员单位", "成员名称"),
    )  # fmt: skip
    role: Mapped[str | None] = field(
        "角色", "Role", Kind.CHOICE, choices=ROLES, aliases=("成员类型", "联盟职务", "职务")
    )
    joined: Mapped[date | None] = field(
        "加入日期", "Joined", Kind.DATE, required=True, aliases=("加入时间", "入盟日期", "入盟时间")
    )
    left: Mapped[date | None] = field(
        "退出日期", "Left", Kind.DATE, aliases=("退出时间", "退盟日期")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
