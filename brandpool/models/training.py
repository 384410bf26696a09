"""Trainings, lectures and publicity events (讲座培训), and who signed in."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

FORMS = (
    Choice("lecture", "讲座", "Lecture", ("实务讲座", "专题讲座")),
    Choice("course", "培训班", "Course", ("培训",)),
    Choice("salon", "沙龙座谈", "Salon", ("沙龙", "座谈会")),
    Choice("publicity", "宣传活动", "Publicity", ("宣传", "主题活动")),
    Choice("public_good", "公益活动", "Public-good event", ("公益",)),
    Choice("other", "其他", "Other"),
)

STAR_ITEMS = (
    Choice("organisation", "组织建设", "Organisation"),
    Choice("funds", "经费保障", "Funds"),
    Choice("premises", "办公场所", "Premises"),
    Choice("rules", "制度建设", "Rules"),
    Choice("archives", "档案管理", "Archives"),
    Choice("advice", "咨询指导", "Advice"),
    Choice("publicity", "宣传推广", "Publicity"),
    Choice("lectures", "实务讲座", "Lectures"),
    Choice("services", "提供服务", "Services"),
    Choice("brands", "育牌成效", "Brands raised"),
    Choice("public_good", "公益活动", "Public good"),
    Choice("influence", "社会影响力", "Influence"),
    Choice("innovation", "工作创新", "Innovation"),
)


class Training(Record):
    """One event; it counts for exactly one item of the star rating (DB3302/T 1115)."""

    __tablename__ = "training"
    zh, en = "讲座培训", "Training"
    title_field = "topic"
    same_by = ("topic", "held_on")
    ledger = True

    topic: Mapped[str | None] = field(
        "主题",
        "Topic",
        required=True,
        searchable=True,
        aliases=("讲座主题", "培训主题", "活动主题", "活动名称"),
    )
    held_on: Mapped[date | None] = field(
        "举办日期", "Held", Kind.DATE, required=True, aliases=("日期", "培训日期", "活动日期")
    )
    form: Mapped[str | None] = field(
        "形式", "Form", Kind.CHOICE, choices=FORMS, aliases=("类型", "活动类型", "活动形式")
    )
    star_item: Mapped[str | None] = field(
        "计入星级项目", "Star item", Kind.CHOICE, choices=STAR_ITEMS, required=True,
        aliases=("星级项目",), hint="一次活动只计入一项",
    )  # fmt: skip
    place: Mapped[str | None] = field("地点", "Place")
    lecturer: Mapped[str | None] = field("讲师", "Lecturer", Kind.PERSON, aliases=("主讲人",))
    lecturer_of: Mapped[str | None] = field("讲师单位", "Lecturer's office", listed=False)
    headcount: Mapped[int | None] = field(
        "参加人数", "Headcount", Kind.NUMBER, unit="人", aliases=("人数", "参训人数")
    )
    hours: Mapped[Decimal | None] = field(
        "学时", "Hours", Kind.DECIMAL, unit="小时", listed=False, aliases=("时长",)
    )
    partners: Mapped[str | None] = field(
        "联合单位", "Partners", Kind.TAGS, listed=False, aliases=("协办单位", "合作单位")
    )
    sheet_hash: Mapped[str | None] = field(
        "签到表", "Sign-in sheet", Kind.FILE, listed=False, hint="签到表附件的内容标识"
    )
    sheet_name: Mapped[str | None] = field("签到表文件名", "Sign-in sheet's file", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class SignIn(Record):
    """Somebody who took part in an event, and for which enterprise."""

    __tablename__ = "sign_in"
    zh, en = "培训签到", "Sign-in"
    title_field = "person"
    same_by = ("training_id", "enterprise_id", "person")
    ledger = True

    training_id: Mapped[str | None] = field(
        "讲座培训", "Training", Kind.LINK, links="training", required=True, aliases=("培训主题",)
    )
    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("企业名称", "单位")
    )
    person: Mapped[str | None] = field(
        "姓名", "Name", Kind.PERSON, personal=True, required=True, aliases=("参加人", "签到人")
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "手机")
    )
