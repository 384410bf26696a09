"""Marks abroad outside the Madrid system, and foreign marks brought into the zone."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.madrid_codes import FOREIGN_STATES, INTRODUCTIONS, PLACES
from brandpool.models.record import Record, field


class ForeignFiling(Record):
    """A mark filed directly abroad: in one country, the European Union, Hong Kong."""

    __tablename__ = "foreign_filing"
    zh, en = "境外单独申请", "Filing abroad"
    official = ("filing_no", "party")
    title_field = "name"

    enterprise_id: Mapped[str | None] = field(
        "所属企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "统一社会信用代码", "申请人"),
    )  # fmt: skip
    party: Mapped[str | None] = field(
        "国家/地区", "Where", Kind.CHOICE, choices=PLACES, required=True,
        aliases=("国家", "地区", "申请国家", "国别", "注册国家"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "商标名称", "Mark", required=True, searchable=True, aliases=("商标",)
    )
    filing_no: Mapped[str | None] = field(
        "申请号", "Application no.", Kind.CODE, searchable=True, index=True
    )
    registration_no: Mapped[str | None] = field(
        "注册号", "Registration no.", Kind.CODE, searchable=True
    )
    status: Mapped[str | None] = field("状态", "Status", Kind.CHOICE, choices=FOREIGN_STATES)
    filed: Mapped[date | None] = field("申请日期", "Filed", Kind.DATE, aliases=("申请日",))
    registered_on: Mapped[date | None] = field(
        "注册日期", "Registered", Kind.DATE, aliases=("注册日",)
    )
    valid_until: Mapped[date | None] = field(
        "有效期至", "Valid until", Kind.DATE, aliases=("到期日期", "有效期")
    )
    classes: Mapped[str | None] = field("类别", "Nice classes", aliases=("国际分类",))
    goods: Mapped[str | None] = field("商品/服务", "Goods", Kind.NOTE, listed=False)
    holder: Mapped[str | None] = field(
        "登记权利人", "Owner as registered", listed=False, aliases=("注册人", "权利人")
    )
    trademark_id: Mapped[str | None] = field(
        "国内商标", "Chinese mark", Kind.LINK, links="trademark", listed=False
    )
    agent: Mapped[str | None] = field("代理机构", "Agent", listed=False)
    source: Mapped[str | None] = field("信息来源", "Source", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class IntroducedMark(Record):
    """A foreign mark brought into the zone (引进境外注册商标品牌); not one of the fifty."""

    __tablename__ = "introduced_mark"
    zh, en = "引进境外商标品牌", "Introduced foreign mark"
    title_field = "name"
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "引进企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "所属企业"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "境外商标名称", "Mark", required=True, searchable=True, aliases=("商标名称", "品牌名称")
    )
    owner: Mapped[str | None] = field(
        "境外权利人", "Foreign owner", searchable=True, aliases=("原权利人",)
    )
    party: Mapped[str | None] = field(
        "来源国家/地区", "From", Kind.CHOICE, choices=PLACES, aliases=("国家", "国别", "来源国")
    )
    registration_no: Mapped[str | None] = field("境外注册号", "Registration no.", Kind.CODE)
    classes: Mapped[str | None] = field("类别", "Nice classes")
    how: Mapped[str | None] = field(
        "引进方式", "How", Kind.CHOICE, choices=INTRODUCTIONS, required=True
    )
    introduced_on: Mapped[date | None] = field(
        "引进日期", "Introduced", Kind.DATE, required=True, aliases=("引进时间",)
    )
    ends: Mapped[date | None] = field("授权届满日", "Until", Kind.DATE)
    proof: Mapped[str | None] = field("证明材料", "Proof", aliases=("依据材料", "佐证材料"))
    document_id: Mapped[str | None] = field(
        "证明文件", "Proof on file", Kind.LINK, links="document",
        hint="先在企业卡片的“附件”里存入文件；没有证明文件的不计数",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
