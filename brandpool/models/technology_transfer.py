"""Patents bought from outside the zone, and what became of them (区外引进专利转化)."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.portfolio import PATENT_KINDS
from brandpool.models.record import Record, field

ORIGINS = (
    Choice("zone", "区内", "In the zone", ("高新区", "本区", "高新区内")),
    Choice("city", "市内区外", "In the city", ("宁波市内", "市内", "宁波其他区")),
    Choice("province", "省内市外", "In the province", ("省内", "浙江省内")),
    Choice("country", "省外", "Elsewhere in China", ("国内", "外省")),
    Choice("abroad", "境外", "Abroad", ("国外", "海外")),
)


class PurchasedPatent(Record):
    """One patent that an enterprise of the zone took over, with its conversion once there is."""

    __tablename__ = "purchased_patent"
    zh, en = "引进专利转化", "Purchased patent"
    title_field = "patent_no"
    same_by = ("enterprise_id", "patent_no")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "引进企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("受让方", "受让人", "受让企业", "受让单位"),
    )  # fmt: skip
    patent_no: Mapped[str | None] = field(
        "专利号", "Patent no.", Kind.CODE, required=True, searchable=True,
        aliases=("申请号", "专利申请号", "专利（申请）号"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "专利名称", "Title", searchable=True, aliases=("发明名称", "发明创造名称")
    )
    patent_kind: Mapped[str | None] = field(
        "专利类型", "Kind", Kind.CHOICE, choices=PATENT_KINDS, aliases=("类型", "专利种类")
    )
    transferor: Mapped[str | None] = field(
        "转出方", "Transferor", required=True, searchable=True,
        aliases=("转让方", "转让人", "出让方", "原专利权人", "转让单位"),
    )  # fmt: skip
    origin: Mapped[str | None] = field(
        "转出方所在", "Transferor's place", Kind.CHOICE, choices=ORIGINS,
        aliases=("转出方地区", "转让方所在", "来源地", "是否区外"),
    )  # fmt: skip
    region: Mapped[str | None] = field(
        "转出方省市", "Transferor's region",
        aliases=("转让方地区", "转让人所在地", "转出地", "转让方省市"),
        hint="如 上海市、江苏省南京市",
    )  # fmt: skip
    contract_no: Mapped[str | None] = field("合同号", "Contract no.", aliases=("转让合同编号",))
    contract_on: Mapped[date | None] = field(
        "合同日期", "Contract", Kind.DATE, required=True,
        aliases=("转让合同日期", "签订日期", "转让日期", "引进日期", "合同签订日期"),
    )  # fmt: skip
    recorded_on: Mapped[date | None] = field(
        "转让登记日", "Recorded", Kind.DATE, aliases=("变更登记日", "著录项目变更日")
    )
    price: Mapped[Decimal | None] = field(
        "转让价格",
        "Price",
        Kind.MONEY,
        unit="元",
        aliases=("价格", "转让金额", "合同金额", "转让费"),
    )
    converted_on: Mapped[date | None] = field(
        "转化日期", "Converted", Kind.DATE, aliases=("投产日期", "实施日期", "转化实施日期")
    )
    output: Mapped[Decimal | None] = field(
        "转化产值", "Output", Kind.MONEY, unit="元", aliases=("产值", "新增产值", "实施产值")
    )
    product: Mapped[str | None] = field("转化产品", "Product", listed=False, aliases=("产品",))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
