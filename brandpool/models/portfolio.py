"""High-value patent projects (高价值专利培育项目) and the applications in their portfolios."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.honour import LEVELS
from brandpool.models.record import Record, field

STATES = (
    Choice("planned", "储备", "Planned", ("拟申报", "谋划", "意向")),
    Choice("applied", "申报中", "Applied for", ("申报", "已申报", "评审中")),
    Choice("approved", "已立项", "Approved", ("立项", "获批")),
    Choice("running", "实施中", "Under way", ("在研", "进行中", "实施", "培育中")),
    Choice("accepted", "已验收", "Accepted", ("验收", "验收通过", "结题", "完成")),
    Choice("ended", "终止", "Ended", ("撤销", "中止", "未立项", "取消")),
)
PATENT_KINDS = (
    Choice("invention", "发明", "Invention", ("发明专利", "发明公布", "发明授权")),
    Choice("utility", "实用新型", "Utility model", ("新型", "实用新型专利")),
    Choice("design", "外观设计", "Design", ("外观", "外观设计专利")),
    Choice("pct", "PCT申请", "PCT application", ("PCT", "PCT国际申请")),
)
PATENT_STATES = (
    Choice("drafting", "撰写中", "Drafting", ("挖掘布局", "待申请", "布局中")),
    Choice("filed", "已申请", "Filed", ("申请中", "受理", "已受理", "实审", "审查中", "公开")),
    Choice("granted", "已授权", "Granted", ("授权", "有权", "有效", "专利权维持")),
    Choice("refused", "驳回", "Refused", ("被驳回", "视为撤回", "撤回")),
    Choice("lapsed", "失效", "Lapsed", ("无权", "终止", "专利权终止", "无效")),
)


class PatentPortfolio(Record):
    """One project with its portfolio. `status_since` is the day of the status that stands now;

    the earlier ones with their days are in the record's history.
    """

    __tablename__ = "patent_portfolio"
    zh, en = "高价值专利组合", "High-value patent portfolio"
    title_field = "name"
    same_by = ("enterprise_id", "name")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "承担企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("项目承担单位", "培育主体", "牵头企业"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "组合名称", "Portfolio", required=True, searchable=True,
        aliases=("项目名称", "组合名", "专利组合名称", "培育项目名称", "高价值专利组合名称"),
    )  # fmt: skip
    project_no: Mapped[str | None] = field(
        "项目编号", "Project no.", Kind.CODE, aliases=("立项编号",)
    )
    level: Mapped[str | None] = field(
        "级别", "Level", Kind.CHOICE, choices=LEVELS, aliases=("项目级别",)
    )
    industry: Mapped[str | None] = field(
        "产业领域", "Industry", aliases=("技术领域", "所属领域", "所属产业")
    )
    status: Mapped[str | None] = field(
        "项目状态", "Status", Kind.CHOICE, choices=STATES, required=True,
        aliases=("状态", "进展", "项目进展", "目前状态"),
    )  # fmt: skip
    status_since: Mapped[date | None] = field(
        "状态日期",
        "Since",
        Kind.DATE,
        required=True,
        aliases=("状态变更日期", "状态时间", "变更日期"),
    )
    starts: Mapped[date | None] = field(
        "立项日期", "Approved on", Kind.DATE, aliases=("立项时间", "开始日期")
    )
    ends: Mapped[date | None] = field(
        "验收期限", "To be accepted by", Kind.DATE, aliases=("结题期限", "完成期限", "计划验收日期")
    )
    support: Mapped[Decimal | None] = field(
        "支持资金", "Support", Kind.MONEY, unit="元", aliases=("资助金额", "项目资金", "补助金额")
    )
    partner: Mapped[str | None] = field(
        "合作机构", "Partner", listed=False, aliases=("服务机构", "合作单位")
    )
    document_no: Mapped[str | None] = field("文号", "Document no.", listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class PortfolioPatent(Record):
    """One application in a portfolio; the same number in two portfolios is one patent."""

    __tablename__ = "portfolio_patent"
    zh, en = "组合内专利", "Patent of a portfolio"
    title_field = "application_no"
    same_by = ("portfolio_id", "application_no")
    ledger = True

    portfolio_id: Mapped[str | None] = field(
        "所属组合", "Portfolio", Kind.LINK, links="patent_portfolio", required=True,
        aliases=("组合名称", "组合名", "项目名称", "专利组合名称"),
    )  # fmt: skip
    application_no: Mapped[str | None] = field(
        "申请号", "Application no.", Kind.CODE, required=True, searchable=True,
        aliases=("专利申请号", "专利号", "申请号/专利号", "专利（申请）号"),
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "专利名称", "Title", searchable=True, aliases=("发明名称", "名称", "发明创造名称")
    )
    patent_kind: Mapped[str | None] = field(
        "专利类型", "Kind", Kind.CHOICE, choices=PATENT_KINDS, aliases=("类型", "专利种类")
    )
    status: Mapped[str | None] = field(
        "法律状态", "Status", Kind.CHOICE, choices=PATENT_STATES,
        aliases=("状态", "专利状态", "当前法律状态"),
    )  # fmt: skip
    status_since: Mapped[date | None] = field(
        "状态日期", "Since", Kind.DATE, aliases=("状态变更日期",)
    )
    filed: Mapped[date | None] = field("申请日", "Filed", Kind.DATE, aliases=("申请日期",))
    granted: Mapped[date | None] = field(
        "授权公告日", "Granted", Kind.DATE, aliases=("授权日", "授权日期", "授权公告日期")
    )
    high_value: Mapped[bool | None] = field(
        "高价值", "High value", Kind.FLAG, aliases=("是否高价值", "高价值专利")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
