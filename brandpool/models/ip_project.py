"""Applications for patent awards, navigation projects and yearly strategy analyses."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.honour import LEVELS
from brandpool.models.record import Record, field

PROJECTS = (
    Choice("award", "专利奖", "Patent award", ("中国专利奖", "浙江省专利奖", "省专利奖")),
    Choice("navigation", "专利导航", "Patent navigation", ("导航", "专利导航项目", "产业专利导航")),
    Choice(
        "strategy", "产业专利战略年度分析", "Yearly patent strategy analysis",
        ("战略分析", "专利战略分析", "战略年度分析", "年度分析"),
    ),
    Choice("other", "其他项目", "Other", ("其他",)),
)  # fmt: skip
STAGES = (
    Choice(
        "preparing",
        "准备申报",
        "Preparing",
        ("准备", "拟申报", "组织申报", "材料准备", "准备材料"),
    ),
    Choice("submitted", "已报送", "Submitted", ("已申报", "申报", "已提交", "报送")),
    Choice("reviewing", "评审中", "Under review", ("评审", "初审", "复审")),
    Choice("announced", "公示中", "Announced", ("公示",)),
    Choice("running", "实施中", "Under way", ("立项", "已立项", "在研")),
    Choice("closed", "已办结", "Closed", ("结束", "办结", "已完成", "完成")),
)
RESULTS = (
    Choice("won", "获得", "Won", ("获奖", "获批", "通过", "已获", "立项", "合格")),
    Choice("not_won", "未获", "Not won", ("未获奖", "未通过", "落选", "未立项", "未获批")),
    Choice("withdrawn", "撤回", "Withdrawn", ("主动撤回", "放弃")),
)


class IpProject(Record):
    """One application with its stage; without success it stays on record with its result."""

    __tablename__ = "ip_project"
    zh, en = "专利奖与专利项目", "Awards and projects"
    title_field = "name"
    same_by = ("project", "name", "year")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "申报企业", "Enterprise", Kind.LINK, links="enterprise",
        aliases=("申报单位", "承担单位", "项目单位"), hint="产业分析等没有申报企业的可以不填",
    )  # fmt: skip
    project: Mapped[str | None] = field(
        "项目类别", "Kind", Kind.CHOICE, choices=PROJECTS, required=True,
        aliases=("类别", "项目类型", "申报类别"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "项目名称", "Project", required=True, searchable=True,
        aliases=("申报项目", "专利名称", "课题名称", "奖项名称", "申报项目名称"),
    )  # fmt: skip
    year: Mapped[int | None] = field("年度", "Year", Kind.YEAR, aliases=("申报年度", "年份"))
    level: Mapped[str | None] = field(
        "级别", "Level", Kind.CHOICE, choices=LEVELS, aliases=("项目级别", "申报级别")
    )
    stage: Mapped[str | None] = field(
        "阶段", "Stage", Kind.CHOICE, choices=STAGES, required=True,
        aliases=("进展", "申报进展", "当前阶段", "状态"),
    )  # fmt: skip
    apply_by: Mapped[date | None] = field(
        "申报截止", "Apply by", Kind.DATE,
        aliases=("申报截止日期", "截止日期", "申报截止时间", "截止时间", "报送截止"),
    )  # fmt: skip
    submitted_on: Mapped[date | None] = field(
        "报送日期", "Submitted", Kind.DATE, aliases=("申报日期", "提交日期", "申报时间")
    )
    result: Mapped[str | None] = field(
        "结果", "Result", Kind.CHOICE, choices=RESULTS, aliases=("申报结果", "评审结果")
    )
    result_on: Mapped[date | None] = field(
        "结果日期", "Result on", Kind.DATE, aliases=("获奖日期", "公布日期", "批复日期")
    )
    grade: Mapped[str | None] = field(
        "等次", "Grade", aliases=("奖项等级", "获奖等级", "奖级"), hint="如 金奖、银奖、优秀奖"
    )
    amount: Mapped[Decimal | None] = field(
        "金额",
        "Amount",
        Kind.MONEY,
        unit="元",
        aliases=("资助金额", "奖励金额", "项目经费", "奖金"),
    )
    patents: Mapped[str | None] = field(
        "涉及专利号", "Patents", Kind.TAGS, listed=False, aliases=("专利号",)
    )
    partner: Mapped[str | None] = field("承担机构", "Done by", listed=False, aliases=("服务机构",))
    document_no: Mapped[str | None] = field("文号", "Document no.", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
