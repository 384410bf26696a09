"""Public information outlets (信息公共服务网点) and patent navigation bases (导航服务基地)."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.honour import LEVELS
from brandpool.models.record import Record, field

POINT_KINDS = (
    Choice("outlet", "信息公共服务网点", "Information outlet",
           ("公共服务网点", "网点", "知识产权信息公共服务网点")),
    Choice("navigation", "专利导航服务基地", "Navigation base",
           ("导航基地", "专利导航基地", "导航服务基地")),
    Choice("workstation", "知识产权工作站", "IP workstation", ("工作站",)),
    Choice("other", "其他", "Other"),
)  # fmt: skip


class InfoPoint(Record):
    """One outlet or base; after `valid_until` it no longer counts."""

    __tablename__ = "info_point"
    zh, en = "信息网点与导航基地", "Information point"
    title_field = "name"
    same_by = ("name", "point_kind", "granted_on")
    ledger = True

    name: Mapped[str | None] = field(
        "网点名称", "Name", required=True, searchable=True,
        aliases=("名称", "基地名称", "站点名称", "网点（基地）名称"),
    )  # fmt: skip
    point_kind: Mapped[str | None] = field(
        "网点类型", "Kind", Kind.CHOICE, choices=POINT_KINDS, required=True,
        aliases=("类型", "类别"),
    )  # fmt: skip
    level: Mapped[str | None] = field("级别", "Level", Kind.CHOICE, choices=LEVELS)
    host: Mapped[str | None] = field(
        "依托单位", "Host", aliases=("承担单位", "建设单位", "申报单位", "单位名称")
    )
    enterprise_id: Mapped[str | None] = field(
        "依托企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("企业",)
    )
    industry: Mapped[str | None] = field("服务产业", "Industry", aliases=("产业", "产业领域"))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("批复文号", "文件号"))
    granted_on: Mapped[date | None] = field(
        "授牌日期", "Granted", Kind.DATE, aliases=("授牌日", "认定日期", "备案日期", "公布日期")
    )
    valid_until: Mapped[date | None] = field(
        "有效期至", "Valid until", Kind.DATE, aliases=("到期日期", "到期日", "有效期", "有效期止")
    )
    contact: Mapped[str | None] = field(
        "联系人", "Contact", Kind.PERSON, personal=True, listed=False
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    address: Mapped[str | None] = field("地址", "Address", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
