"""Brand guidance stations (品牌指导服务站), who works there, and the areas they look after."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

POSTS = (
    Choice("head", "站长", "Head", ("负责人", "主任")),
    Choice("full_time", "专职人员", "Full time", ("专职",)),
    Choice("part_time", "兼职人员", "Part time", ("兼职",)),
    Choice("adviser", "专家顾问", "Adviser", ("专家", "顾问")),
    Choice("liaison", "品牌联络员", "Liaison", ("联络员",)),
)


def _station() -> Mapped[str | None]:
    return field(
        "服务站", "Station", Kind.LINK, links="station", required=True,
        aliases=("所属服务站", "所属站点", "站点", "站点名称", "指导站"),
    )  # fmt: skip


class Station(Record):
    """One station with what its profile asks: place, funds, who carries it."""

    __tablename__ = "station"
    zh, en = "品牌指导服务站", "Brand guidance station"
    title_field = "name"
    same_by = ("name",)
    ledger = True

    name: Mapped[str | None] = field(
        "站点名称", "Name", required=True, searchable=True,
        aliases=("服务站名称", "指导站名称", "名称"),
    )  # fmt: skip
    star: Mapped[int | None] = field("星级", "Star", Kind.NUMBER, aliases=("评定星级",))
    star_year: Mapped[int | None] = field(
        "星级评定年度", "Star year", Kind.YEAR, aliases=("评定年度",), listed=False
    )
    carrier: Mapped[str | None] = field(
        "承建单位", "Carried by", aliases=("承担单位", "依托单位", "运营机构", "建设单位")
    )
    agency_id: Mapped[str | None] = field(
        "承担机构", "Agency", Kind.LINK, links="agency", aliases=("承担服务机构",), listed=False
    )
    head: Mapped[str | None] = field("负责人", "Head", Kind.PERSON, aliases=("站长",))
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    address: Mapped[str | None] = field("地址", "Address", aliases=("站点地址", "办公地址"))
    street: Mapped[str | None] = field("所属街道", "Street", aliases=("街道", "镇街"))
    office_area: Mapped[Decimal | None] = field(
        "办公面积", "Office area", Kind.DECIMAL, unit="平方米", aliases=("场所面积", "面积"),
        listed=False,
    )  # fmt: skip
    funds: Mapped[Decimal | None] = field(
        "年度经费", "Yearly funds", Kind.MONEY, unit="元", aliases=("工作经费", "经费"),
        listed=False,
    )  # fmt: skip
    document_no: Mapped[str | None] = field(
        "建站文号", "Document no.", aliases=("文号", "批复文号"), listed=False
    )
    opened_on: Mapped[date | None] = field(
        "建站日期", "Opened", Kind.DATE, aliases=("成立日期", "挂牌日期", "建站时间", "授牌日期")
    )
    closed_on: Mapped[date | None] = field(
        "撤站日期", "Closed", Kind.DATE, aliases=("撤销日期",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class StationStaff(Record):
    """One person of a station, from the day of joining to the day of leaving."""

    __tablename__ = "station_staff"
    zh, en = "服务站人员", "Station staff"
    title_field = "name"
    same_by = ("station_id", "name", "joined_on")
    ledger = True

    station_id: Mapped[str | None] = _station()
    name: Mapped[str | None] = field(
        "姓名", "Name", Kind.PERSON, required=True, searchable=True, aliases=("人员姓名",)
    )
    post: Mapped[str | None] = field(
        "岗位",
        "Post",
        Kind.CHOICE,
        choices=POSTS,
        aliases=("身份", "人员类别", "专兼职", "专/兼职"),
    )
    employer: Mapped[str | None] = field("工作单位", "Employer", aliases=("所在单位",))
    qualification: Mapped[str | None] = field(
        "资质", "Qualification", aliases=("资格证书", "职称"), listed=False
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "手机"), listed=False
    )
    joined_on: Mapped[date | None] = field(
        "到岗日期", "Joined", Kind.DATE, aliases=("入职日期", "任职日期", "聘任日期")
    )
    left_on: Mapped[date | None] = field(
        "离岗日期", "Left", Kind.DATE, aliases=("离职日期", "解聘日期")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class StationArea(Record):
    """One area a station looks after: the grass-roots network, with its liaison."""

    __tablename__ = "station_area"
    zh, en = "服务站片区", "Station area"
    title_field = "area"
    same_by = ("station_id", "area", "since")
    ledger = True

    station_id: Mapped[str | None] = _station()
    area: Mapped[str | None] = field(
        "片区", "Area", required=True, searchable=True,
        aliases=("网格", "服务区域", "片区名称", "社区园区"),
    )  # fmt: skip
    liaison: Mapped[str | None] = field("联络员", "Liaison", Kind.PERSON, aliases=("网格员",))
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    enterprises: Mapped[int | None] = field(
        "服务企业数", "Enterprises", Kind.NUMBER, unit="家", aliases=("企业数",)
    )
    since: Mapped[date | None] = field("起始日期", "Since", Kind.DATE, aliases=("开始日期",))
    until: Mapped[date | None] = field("结束日期", "Until", Kind.DATE, aliases=("终止日期",))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
