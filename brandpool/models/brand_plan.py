"""One enterprise, one plan (一企一策): diagnosis, aim, measures, and a review every year."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

PROGRESS = (
    Choice("planned", "未开始", "Planned", ("待办", "计划中")),
    Choice("underway", "进行中", "Under way", ("推进中",)),
    Choice("done", "已完成", "Done", ("完成", "办结")),
    Choice("dropped", "已取消", "Dropped", ("取消", "终止")),
)

REVIEWS = (
    Choice("reached", "达到目标", "Reached", ("完成", "优秀")),
    Choice("on_track", "按计划推进", "On track", ("推进中", "良好")),
    Choice("behind", "滞后", "Behind", ("未达标",)),
    Choice("revised", "调整方案", "Revised", ("调整",)),
)


class BrandPlan(Record):
    """The plan for one enterprise; `aim_ladder` and `aim_tier` are codes of its schemes."""

    __tablename__ = "brand_plan"
    zh, en = "一企一策方案", "Brand plan"
    title_field = "title"
    same_by = ("enterprise_id", "made_on")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True, aliases=("企业名称",)
    )
    title: Mapped[str | None] = field(
        "方案名称", "Title", required=True, searchable=True, aliases=("名称",)
    )
    made_on: Mapped[date | None] = field(
        "制定日期", "Made", Kind.DATE, required=True, aliases=("日期",)
    )
    made_by: Mapped[str | None] = field("制定人", "Made by", Kind.PERSON)
    diagnosis: Mapped[str | None] = field(
        "现状诊断", "Diagnosis", Kind.NOTE, listed=False, aliases=("诊断", "现状")
    )
    aim_ladder: Mapped[str | None] = field("目标梯队", "Ladder", Kind.CODE, listed=False)
    aim_tier: Mapped[str | None] = field("目标层级", "Aim: tier", Kind.CODE)
    aim: Mapped[str | None] = field("培育目标", "Aim", Kind.NOTE, aliases=("目标",))
    aim_by: Mapped[date | None] = field("目标期限", "Aim by", Kind.DATE)
    closed_on: Mapped[date | None] = field("结束日期", "Closed", Kind.DATE)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class PlanMeasure(Record):
    """One measure of a plan: what, who, until when, and where it stands."""

    __tablename__ = "plan_measure"
    zh, en = "方案措施", "Measure"
    title_field = "matter"
    same_by = ("plan_id", "matter")
    ledger = True

    plan_id: Mapped[str | None] = field(
        "一企一策方案", "Brand plan", Kind.LINK, links="brand_plan", required=True,
        aliases=("方案", "方案名称"),
    )  # fmt: skip
    matter: Mapped[str | None] = field(
        "措施", "Matter", Kind.NOTE, required=True, aliases=("事项", "措施内容")
    )
    person: Mapped[str | None] = field("责任人", "Person", Kind.PERSON)
    due: Mapped[date | None] = field("完成期限", "Due", Kind.DATE, aliases=("期限",))
    status: Mapped[str | None] = field(
        "进展", "Status", Kind.CHOICE, choices=PROGRESS, aliases=("状态",)
    )
    done_on: Mapped[date | None] = field("完成日期", "Done", Kind.DATE)
    result: Mapped[str | None] = field("完成情况", "Result", Kind.NOTE)


class PlanReview(Record):
    """What a year of a plan has brought (年度评估)."""

    __tablename__ = "plan_review"
    zh, en = "方案年度评估", "Plan review"
    title_field = "year"
    same_by = ("plan_id", "year")
    ledger = True

    plan_id: Mapped[str | None] = field(
        "一企一策方案", "Brand plan", Kind.LINK, links="brand_plan", required=True,
        aliases=("方案", "方案名称"),
    )  # fmt: skip
    year: Mapped[int | None] = field(
        "评估年度", "Year", Kind.YEAR, required=True, aliases=("年度",)
    )
    reviewed_on: Mapped[date | None] = field(
        "评估日期", "Reviewed", Kind.DATE, required=True, aliases=("日期",)
    )
    reviewed_by: Mapped[str | None] = field("评估人", "Reviewed by", Kind.PERSON)
    outcome: Mapped[str | None] = field(
        "评估结论", "Outcome", Kind.CHOICE, choices=REVIEWS, aliases=("结论",)
    )
    note: Mapped[str | None] = field("评估说明", "Note", Kind.NOTE, aliases=("说明",))
