"""Honours and titles (荣誉资质) an enterprise holds, with their batch and the year of review."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

HONOURS = (
    Choice("ip_advantage", "知识产权优势企业", "IP advantage enterprise", ("优势企业",)),
    Choice("ip_demonstration", "知识产权示范企业", "IP demonstration enterprise", ("示范企业",)),
    Choice("little_giant", "专精特新“小巨人”企业", "Little giant", ("小巨人", "专精特新小巨人")),
    Choice("specialised", "专精特新中小企业", "Specialised SME", ("专精特新",)),
    Choice("high_tech", "高新技术企业", "High-tech enterprise", ("高企", "国家高新技术企业")),
    Choice("brand_demonstration", "商标品牌示范企业", "Brand demonstration enterprise"),
    Choice("key_mark_list", "重点商标保护名录", "Key mark protection list"),
    Choice("time_honoured", "老字号", "Time-honoured brand", ("中华老字号",)),
    Choice("quality_award", "政府质量奖", "Government quality award", ("质量奖",)),
    Choice("other", "其他", "Other"),
)

LEVELS = (
    Choice("national", "国家级", "National", ("国家",)),
    Choice("provincial", "省级", "Provincial", ("省", "自治区级")),
    Choice("municipal", "市级", "Municipal", ("市",)),
    Choice("district", "区级", "District", ("区", "县级", "区县级")),
)


class Honour(Record):
    """One honour of one enterprise. Well-known mark protection is a case, never an honour."""

    __tablename__ = "honour"
    zh, en = "荣誉资质", "Honour"
    title_field = "honour"
    same_by = ("enterprise_id", "honour", "level", "batch")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True, aliases=("企业名称",)
    )
    honour: Mapped[str | None] = field(
        "荣誉类别", "Honour", Kind.CHOICE, choices=HONOURS, required=True,
        aliases=("资质类别", "荣誉名称", "称号", "认定类型"),
    )  # fmt: skip
    level: Mapped[str | None] = field(
        "级别", "Level", Kind.CHOICE, choices=LEVELS, aliases=("荣誉级别",)
    )
    batch: Mapped[str | None] = field("批次", "Batch", aliases=("认定批次",))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("认定文号", "文件号"))
    granted: Mapped[date | None] = field(
        "认定日期", "Granted", Kind.DATE, aliases=("授予日期", "获得时间", "公告日期", "发证日期")
    )
    valid_until: Mapped[date | None] = field(
        "有效期至", "Valid until", Kind.DATE, aliases=("到期日期", "有效期止")
    )
    review_year: Mapped[int | None] = field(
        "复核年度", "Review year", Kind.YEAR, aliases=("复核年份", "复审年度")
    )
    reviewed_on: Mapped[date | None] = field(
        "复核通过日", "Review passed", Kind.DATE, listed=False, aliases=("复核日期", "复核通过日期")
    )
    origin: Mapped[str | None] = field(
        "来源地", "Came from", aliases=("原注册地", "引进来源地", "迁出地"),
        hint="从区外引进的填原所在地",
    )  # fmt: skip
    moved_in_on: Mapped[date | None] = field(
        "引进落户日",
        "Moved in",
        Kind.DATE,
        listed=False,
        aliases=("引进日期", "落户日期", "迁入日期"),
    )
    moved_out_on: Mapped[date | None] = field(
        "迁出日", "Moved out", Kind.DATE, listed=False, aliases=("迁出日期",)
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
