"""Places where trade secrets are protected. What the secrets are is nobody's business here.

No field asks for a secret's content; numbers of people, areas and carriers are all that is kept,
and every free text is short (`longest`) and watched (`rules.secret_words`).
"""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.honour import LEVELS
from brandpool.models.record import Record, field

REMARK_LENGTH = 100
NO_SECRETS = "不得填写商业秘密的内容"

SITES = (
    Choice("zone", "示范区", "Demonstration zone", ("商业秘密保护示范区", "区")),
    Choice("base", "基地", "Base", ("商业秘密保护基地", "示范基地", "保护基地")),
    Choice("station", "示范站", "Station", ("商业秘密保护示范站", "站", "指导站", "保护站")),
    Choice(
        "point", "示范点", "Point", ("商业秘密保护示范点", "点", "联系点", "保护点", "示范企业")
    ),
)
RESULTS = (
    Choice("good", "符合", "Good", ("合格", "是", "√", "通过")),
    Choice("to_mend", "需整改", "To be mended", ("不合格", "不符合", "否", "×", "整改")),
    Choice("not_applicable", "不适用", "Not applicable", ("不涉及",)),
)


def _aspect(zh: str, en: str, *aliases: str) -> Mapped[str | None]:
    return field(zh, en, Kind.CHOICE, choices=RESULTS, aliases=aliases)


class SecretSite(Record):
    """One zone, base, station or point, from its grant until it is withdrawn."""

    __tablename__ = "secret_site"
    zh, en = "商业秘密保护站点", "Trade secret site"
    title_field = "name"
    same_by = ("name", "site")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "所在企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("建设单位", "申报企业"),
        hint="示范区、园区站点没有所在企业，可以不填",
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "站点名称", "Site", required=True, searchable=True,
        aliases=("名称", "基地名称", "示范点名称", "示范区名称", "保护站点名称"),
    )  # fmt: skip
    site: Mapped[str | None] = field(
        "类型", "Kind", Kind.CHOICE, choices=SITES, required=True, aliases=("站点类型", "类别")
    )
    level: Mapped[str | None] = field(
        "级别", "Level", Kind.CHOICE, choices=LEVELS, aliases=("站点级别", "层级")
    )
    batch: Mapped[str | None] = field("批次", "Batch", aliases=("认定批次",))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("认定文号", "文件号"))
    granted: Mapped[date | None] = field(
        "授牌日", "Granted", Kind.DATE, aliases=("授牌日期", "认定日期", "命名日期", "授牌时间")
    )
    review_on: Mapped[date | None] = field(
        "复核日", "Review", Kind.DATE, aliases=("复核日期", "下次复核", "复评日期")
    )
    withdrawn_on: Mapped[date | None] = field(
        "摘牌日", "Withdrawn", Kind.DATE, listed=False, aliases=("撤销日期", "摘牌日期")
    )
    liaison: Mapped[str | None] = field(
        "联络员", "Liaison", Kind.PERSON, personal=True, aliases=("站点联络员", "保密联络员")
    )
    liaison_phone: Mapped[str | None] = field(
        "联络员电话", "Liaison's phone", Kind.PHONE, personal=True, listed=False,
        aliases=("联络电话", "联系电话", "电话"),
    )  # fmt: skip
    secret_people: Mapped[int | None] = field(
        "涉密人员数", "People", Kind.NUMBER, unit="人", aliases=("涉密人员", "涉密人数")
    )
    secret_areas: Mapped[int | None] = field(
        "涉密区域数", "Areas", Kind.NUMBER, unit="处", aliases=("涉密区域",)
    )
    secret_carriers: Mapped[int | None] = field(
        "涉密载体数", "Carriers", Kind.NUMBER, unit="件", aliases=("涉密载体",)
    )
    systems: Mapped[str | None] = field(
        "制度清单", "Rules in place", Kind.TAGS, aliases=("保密制度",), longest=REMARK_LENGTH,
        hint="只填制度名称，如 定密、隐密、解密、销毁",
    )  # fmt: skip
    remark: Mapped[str | None] = field(
        "备注", "Remark", Kind.NOTE, listed=False, longest=REMARK_LENGTH, hint=NO_SECRETS
    )


class SecretInspection(Record):
    """One inspection of a site by the checklist: 人员、信息、区域、商务、检查."""

    __tablename__ = "secret_inspection"
    zh, en = "商业秘密保护检查", "Inspection of a site"
    title_field = "inspected_on"
    same_by = ("site_id", "inspected_on")
    ledger = True

    site_id: Mapped[str | None] = field(
        "站点", "Site", Kind.LINK, links="secret_site", required=True,
        aliases=("站点名称", "基地名称", "示范点名称", "检查对象"),
    )  # fmt: skip
    inspected_on: Mapped[date | None] = field(
        "检查日期", "Inspected", Kind.DATE, required=True, aliases=("检查时间", "日期")
    )
    inspectors: Mapped[str | None] = field(
        "检查人", "Inspectors", Kind.PERSON, aliases=("检查人员",)
    )
    people: Mapped[str | None] = _aspect("人员管理", "People", "涉密人员管理", "人员")
    information: Mapped[str | None] = _aspect("信息管理", "Information", "涉密信息管理", "信息")
    areas: Mapped[str | None] = _aspect("区域管理", "Areas", "涉密区域管理", "区域")
    dealings: Mapped[str | None] = _aspect("商务管理", "Dealings", "商务活动管理", "商务")
    checks: Mapped[str | None] = _aspect("自查与检查", "Own checks", "监督检查", "检查")
    mend_by: Mapped[date | None] = field(
        "整改期限", "Mend by", Kind.DATE, aliases=("整改截止日期",)
    )
    mended_on: Mapped[date | None] = field(
        "整改完成日", "Mended", Kind.DATE, aliases=("整改完成日期", "完成日期")
    )
    remark: Mapped[str | None] = field(
        "检查意见", "Remark", Kind.NOTE, listed=False, longest=REMARK_LENGTH, hint=NO_SECRETS,
        aliases=("备注", "存在问题"),
    )  # fmt: skip
