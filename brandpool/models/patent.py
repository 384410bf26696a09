"""Patents by number only: an enterprise's counts of a year, each with its source and its day."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class PatentYear(Record):
    """What patents an enterprise has in a year, and whether it is 规上 in that year.

    An empty count is not known yet (待查); nought is a statement. Every correction of a count is
    in the history with who, when and why.
    """

    __tablename__ = "patent_year"
    zh, en = "专利统计", "Patent counts"
    official = ("enterprise_id", "year")
    title_field = "year"
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("专利权人", "专利权人名称"),
    )  # fmt: skip
    year: Mapped[int | None] = field(
        "年度", "Year", Kind.YEAR, required=True, aliases=("年份", "统计年度", "所属年度")
    )
    above_scale: Mapped[bool | None] = field(
        "规上工业企业", "Industry above scale", Kind.FLAG,
        aliases=("是否规上", "规上", "规上企业", "是否规上工业", "规上工业", "是否规上企业"),
    )  # fmt: skip
    patents: Mapped[int | None] = field(
        "有效专利数", "Patents in force", Kind.NUMBER, unit="件",
        aliases=("专利数", "专利总数", "专利数量", "有效专利", "专利拥有量", "有效专利总数"),
        hint="没有查到就留空（待查），查过确无才填 0",
    )  # fmt: skip
    inventions: Mapped[int | None] = field(
        "有效发明专利数", "Inventions in force", Kind.NUMBER, unit="件",
        aliases=("发明专利数", "有效发明专利", "发明专利拥有量", "有效发明", "发明专利"),
    )  # fmt: skip
    high_value: Mapped[int | None] = field(
        "高价值发明专利数", "High-value inventions", Kind.NUMBER, unit="件",
        aliases=(
            "高价值发明专利", "高价值发明", "高价值发明专利量", "高价值发明专利拥有量",
        ),
    )  # fmt: skip
    granted: Mapped[int | None] = field(
        "当年授权数", "Granted in the year", Kind.NUMBER, unit="件",
        aliases=("本年授权量", "专利授权量", "当年专利授权量", "授权量"),
    )  # fmt: skip
    source: Mapped[str | None] = field(
        "数据来源", "Source", required=True, aliases=("来源", "信息来源", "数据出处")
    )
    as_of: Mapped[date | None] = field(
        "截至日", "As of", Kind.DATE, required=True,
        aliases=("截至日期", "数据截至日期", "统计截止日", "截止日期", "统计截至时间"),
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
