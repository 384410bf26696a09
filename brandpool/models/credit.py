"""Credit listings (信用名单): which enterprise stands on which list of dishonesty, and how long."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

LISTS = (
    Choice(
        "serious", "严重违法失信名单", "Serious dishonesty",
        ("严重违法失信", "严重违法失信企业名单", "严重违法", "严重失信", "严重失信主体"),
    ),
    Choice(
        "abnormal", "经营异常名录", "Abnormal operations",
        ("经营异常", "异常名录", "经营异常名单"),
    ),
    Choice(
        "judgment", "失信被执行人", "Judgment defaulter",
        ("失信被执行人名单", "老赖", "法院失信名单"),
    ),
    Choice(
        "cnipa", "知识产权失信主体", "IP dishonesty (CNIPA)",
        ("知识产权失信", "国家知识产权局失信", "CNIPA失信", "知识产权严重违法失信名单"),
    ),
)  # fmt: skip


class CreditListing(Record):
    """One entry of one enterprise on one list.

    It stands from the day `listed_on` up to the day before `removed_on`; without that day it still
    stands. What a list bars is reference data (`protection`), not part of the record.
    """

    __tablename__ = "credit_listing"
    zh, en = "信用名单", "Credit listing"
    title_field = "list_type"
    same_by = ("enterprise_id", "list_type", "listed_on")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True, aliases=("企业名称",)
    )
    list_type: Mapped[str | None] = field(
        "名单类型", "List", Kind.CHOICE, choices=LISTS, required=True,
        aliases=("名单类别", "失信类型", "列入名单", "名单名称"),
    )  # fmt: skip
    listed_on: Mapped[date | None] = field(
        "列入日期", "Listed", Kind.DATE, required=True, aliases=("列入日", "列入时间")
    )
    document_no: Mapped[str | None] = field(
        "列入文号", "Document no.", aliases=("文号", "决定书文号", "列入决定书文号")
    )
    authority: Mapped[str | None] = field(
        "列入机关", "Listed by", aliases=("作出决定机关", "列入单位", "决定机关")
    )
    cause: Mapped[str | None] = field(
        "列入事由", "Cause", Kind.NOTE, aliases=("事由", "列入原因", "失信事由")
    )
    repaired_on: Mapped[date | None] = field(
        "信用修复日期", "Repaired", Kind.DATE, aliases=("修复日期", "修复日"), listed=False
    )
    removed_on: Mapped[date | None] = field(
        "移出日期", "Removed", Kind.DATE, aliases=("移出日", "移出时间", "移除日期")
    )
    removal_no: Mapped[str | None] = field(
        "移出文号", "Removal no.", aliases=("移出决定书文号",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
