"""Targets of a policy, and the figures that come from elsewhere, each with source and day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind, Value
from brandpool.models.record import Record, field

INDICATORS = (
    Choice("high_value_patents", "高价值发明专利拥有量", "High-value invention patents",
           ("高价值发明专利量", "高价值发明专利", "高价值发明")),
    Choice("ip_advantage", "国家级知识产权优势企业", "National IP advantage enterprises",
           ("优势企业", "国家知识产权优势企业")),
    Choice("marks_in_force", "商标有效注册量", "Trademarks in force", ("有效注册商标", "有效商标")),
    Choice("madrid", "马德里国际商标注册", "Madrid registrations",
           ("马德里商标", "马德里国际注册", "马德里")),
    Choice("pledge_amount", "知识产权年质押金额", "IP pledges in the year",
           ("质押金额", "知识产权质押", "质押融资")),
    Choice("insured", "知识产权保险惠及企业", "Enterprises insured in the year",
           ("保险惠及企业", "知识产权保险")),
    Choice("licences", "专利许可件数", "Patents licensed in the year", ("年专利许可", "专利许可")),
    Choice("standards", "知识产权贯标企业", "Enterprises certified to the IP standard",
           ("贯标企业数", "贯标企业", "贯标")),
    Choice("service_cluster", "国家级知识产权服务业集聚发展示范区", "National IP service cluster",
           ("服务业集聚示范区", "服务业集聚发展示范区")),
    Choice("little_giant_coverage", "小巨人企业贯标覆盖率", "Little giants certified",
           ("小巨人贯标全覆盖",)),
    Choice("zero_patents", "规上工业专利清零剩余企业", "Above-scale industry without a patent",
           ("专利清零",)),
    Choice("introduced_marks", "引进境外注册商标品牌", "Foreign marks introduced"),
    Choice("agencies", "知识产权服务机构", "IP service agencies", ("服务机构数",)),
    Choice("question", "按查询方案计数", "Rows of a saved question", ("查询方案",)),
    Choice("other", "其他", "Other"),
)  # fmt: skip

OPERATORS = (
    Choice("reach", "达", "Reaches", ("达到", "≥", "不少于", "不低于")),
    Choice("exceed", "超", "Exceeds", ("超过", "突破", ">")),
    Choice("at_least", "以上", "Or more", ("及以上",)),
    Choice("at_most", "以内", "At most", ("不超过", "控制在", "≤")),
    Choice("done", "建成", "Established", ("完成", "获批")),
)

SOURCES = (
    Choice("ledger", "按台账计数", "Counted from the ledgers", ("台账",)),
    Choice("figure", "按填报数据", "Figure reported by hand", ("填报", "人工填报")),
)


def _indicator(*more: str) -> Mapped[str | None]:
    return field(
        "指标", "Indicator", Kind.CHOICE, choices=INDICATORS, required=True,
        aliases=("指标类别", "指标项", *more),
    )  # fmt: skip


def _with_indicator(values: Mapping[str, Value]) -> Mapping[str, Value]:
    title = str(values.get("title") or "").strip()
    if values.get("indicator") or not title:
        return values
    meant = [one.code for one in INDICATORS if title in (one.zh, one.en, *one.aliases)]
    return {**values, "indicator": meant[0]} if meant else values


class Target(Record):
    """What a policy wants reached by the end of a year, with the clause it stands in.

    `value` is None for a named target that is done or not (`operator` "done"). `place_from` and
    `place_to` are the characters of the clause in the policy's text. `counting` names one of the
    ways the indicator can be counted (indicators.json); empty for the usual one. A new period is a
    new record: the old one stays.
    """

    __tablename__ = "target"
    zh, en = "目标", "Target"
    title_field = "title"
    same_by = ("title", "year")
    ledger = True

    title: Mapped[str | None] = field(
        "目标名称",
        "Title",
        required=True,
        searchable=True,
        aliases=("指标名称", "目标", "任务名称"),
    )
    indicator: Mapped[str | None] = _indicator()
    year: Mapped[int | None] = field(
        "目标年度", "Year", Kind.YEAR, required=True, aliases=("目标年", "完成年度", "年度", "年份")
    )
    operator: Mapped[str | None] = field(
        "要求", "Operator", Kind.CHOICE, choices=OPERATORS, required=True,
        aliases=("比较", "目标要求"),
    )  # fmt: skip
    value: Mapped[Decimal | None] = field(
        "目标值", "Value", Kind.DECIMAL, aliases=("目标数", "目标数值", "指标值")
    )
    unit: Mapped[str | None] = field("单位", "Unit", aliases=("计量单位",))
    counted_from: Mapped[str | None] = field(
        "实际值来源", "Actual from", Kind.CHOICE, choices=SOURCES, listed=False,
        hint="不选时按指标的默认来源",
    )  # fmt: skip
    counting: Mapped[str | None] = field("计数口径", "Counting", Kind.CODE, listed=False)
    question_id: Mapped[str | None] = field(
        "查询方案", "Saved question", Kind.LINK, links="saved_question", listed=False
    )
    base_year: Mapped[int | None] = field(
        "基期年度", "Base year", Kind.YEAR, aliases=("基年", "基准年"), listed=False
    )
    base_value: Mapped[Decimal | None] = field(
        "基期值", "Base value", Kind.DECIMAL, aliases=("基数", "基准值"), listed=False
    )
    responsible: Mapped[str | None] = field(
        "责任单位", "Responsible unit", aliases=("牵头单位", "责任部门")
    )
    document: Mapped[str | None] = field(
        "依据文件", "Policy", aliases=("文件名称", "政策文件"), listed=False
    )
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("文件号",))
    clause: Mapped[str | None] = field(
        "条款原文", "Clause", Kind.NOTE, aliases=("原文", "条款"), listed=False
    )
    place_from: Mapped[int | None] = field(
        "原文起", "Clause from", Kind.NUMBER, listed=False, hint="条款在文件全文中的起始字数"
    )
    place_to: Mapped[int | None] = field("原文止", "Clause to", Kind.NUMBER, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)

    @classmethod
    def implied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """A target that is called as an indicator is of that indicator."""
        return _with_indicator(values)


class TargetFigure(Record):
    """What an indicator came to by a day, as somebody else counted it.

    A figure without its source or its day is kept, but does not count (待核).
    """

    __tablename__ = "target_figure"
    zh, en = "目标填报数据", "Target figure"
    title_field = "indicator"
    same_by = ("indicator", "title", "year", "as_of")
    ledger = True

    indicator: Mapped[str | None] = _indicator("指标名称")
    title: Mapped[str | None] = field("目标名称", "Title", hint="指标为“其他”时填写")
    year: Mapped[int | None] = field(
        "数据年度", "Year", Kind.YEAR, required=True, aliases=("年度", "年份", "统计年度")
    )
    value: Mapped[Decimal | None] = field(
        "数值", "Value", Kind.DECIMAL, aliases=("实际值", "完成数")
    )
    unit: Mapped[str | None] = field("单位", "Unit", aliases=("计量单位",))
    done: Mapped[bool | None] = field("已建成", "Established", Kind.FLAG, aliases=("是否建成",))
    source: Mapped[str | None] = field(
        "数据来源", "Source", aliases=("来源", "提供单位"), hint="不填写时显示“待核”"
    )
    as_of: Mapped[date | None] = field(
        "截至日", "As of", Kind.DATE, aliases=("数据截至日期", "截至日期"),
        hint="不填写时显示“待核”",
    )  # fmt: skip
    proof: Mapped[str | None] = field("佐证材料", "Proof", aliases=("证明材料", "依据材料"))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)

    @classmethod
    def implied(cls, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """A figure that tells its day tells its year; its title may name the indicator."""
        values = _with_indicator(values)
        day = values.get("as_of")
        if values.get("year") is None and isinstance(day, date):
            return {**values, "year": day.year}
        return values
