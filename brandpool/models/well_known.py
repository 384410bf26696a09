"""Well-known mark protection, case by case: cases, preparation files, their evidence and figures.

Protection is confirmed inside a case and for it alone; nothing here is a title or an honour.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.enterprise_codes import CURRENCIES
from brandpool.models.field import Kind
from brandpool.models.record import Record, field
from brandpool.models.well_known_codes import (
    FACTORS,
    FIGURES,
    OUTCOMES,
    READINESS,
    ROUTES,
    STAGES,
    UNITS,
)


def _enterprise() -> Mapped[str | None]:
    return field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True, aliases=("企业名称",)
    )


def _file(*, required: bool) -> Mapped[str | None]:
    return field(
        "准备档", "Preparation file", Kind.LINK, links="well_known_file", required=required,
        aliases=("驰名保护准备档", "档案"),
    )  # fmt: skip


def _registered() -> Mapped[str | None]:
    return field(
        "注册商标", "Registered mark", Kind.LINK, links="trademark",
        aliases=("注册号", "商标注册号"), hint="未注册商标留空",
    )  # fmt: skip


class WellKnownFile(Record):
    """What one enterprise gathers so that one mark can be protected as well-known in a case.

    `planned_anchor` is the day from which three and five years are counted back: the filing day
    of the opposed or disputed mark, the day of the request, the day of the infringement.
    `readiness` is the verdict last recorded, on `assessed_on`; the page always shows today's.
    """

    __tablename__ = "well_known_file"
    zh, en = "驰名保护准备档", "Well-known mark file"
    title_field = "mark"
    same_by = ("enterprise_id", "mark", "route")
    ledger = True

    enterprise_id: Mapped[str | None] = _enterprise()
    mark: Mapped[str | None] = field(
        "商标", "Mark", required=True, searchable=True, aliases=("商标名称", "主张商标")
    )
    trademark_id: Mapped[str | None] = _registered()
    goods: Mapped[str | None] = field(
        "主要商品/服务", "Main goods", Kind.NOTE, required=True, aliases=("商品", "主要商品")
    )
    route: Mapped[str | None] = field(
        "保护途径", "Route", Kind.CHOICE, choices=ROUTES, required=True, aliases=("途径",)
    )
    planned_anchor: Mapped[date | None] = field(
        "预计基准日", "Planned anchor", Kind.DATE, aliases=("基准日",),
        hint="异议、无效：对方商标申请日；行政查处：请求日；司法：侵权行为发生日",
    )  # fmt: skip
    first_used: Mapped[date | None] = field(
        "首次使用日", "First used", Kind.DATE, aliases=("首次使用日期", "最早使用日")
    )
    opponent: Mapped[str | None] = field(
        "拟针对的对方", "Against", searchable=True, aliases=("侵权方", "对方")
    )
    due_on: Mapped[date | None] = field(
        "提交截止日", "To be filed by", Kind.DATE, aliases=("提交期限", "材料截止日")
    )
    readiness: Mapped[str | None] = field(
        "评估结论", "Readiness", Kind.CHOICE, choices=READINESS, aliases=("准备度", "结论")
    )
    assessed_on: Mapped[date | None] = field(
        "评估日期", "Assessed on", Kind.DATE, aliases=("评估日",)
    )
    earliest: Mapped[date | None] = field(
        "最早可行日", "Earliest day", Kind.DATE, aliases=("最早日期",)
    )
    handler: Mapped[str | None] = field("承办人", "Handled by", Kind.PERSON, aliases=("经办人",))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class EvidenceItem(Record):
    """One paper that speaks for one factor of the law; undated or without its file it is half."""

    __tablename__ = "evidence_item"
    zh, en = "驰名证据", "Evidence of fame"
    title_field = "title"
    same_by = ("file_id", "factor", "title", "dated")
    ledger = True

    file_id: Mapped[str | None] = _file(required=True)
    factor: Mapped[str | None] = field(
        "证明因素", "Factor", Kind.CHOICE, choices=FACTORS, required=True, aliases=("因素",)
    )
    year: Mapped[int | None] = field("证明年度", "Year shown", Kind.YEAR, aliases=("年度", "年份"))
    title: Mapped[str | None] = field(
        "证据名称", "Title", required=True, searchable=True, aliases=("文件名称", "材料名称")
    )
    issuer: Mapped[str | None] = field(
        "出具单位", "Issuer", searchable=True, aliases=("出具人", "发布单位", "签约方")
    )
    dated: Mapped[date | None] = field(
        "证据日期", "Dated", Kind.DATE, aliases=("出具日期", "形成日期", "日期")
    )
    document_no: Mapped[str | None] = field(
        "证据文号", "Document no.", aliases=("文号", "合同编号", "发票号码")
    )
    pages: Mapped[int | None] = field("页数", "Pages", Kind.NUMBER, unit="页")
    seen_by: Mapped[str | None] = field(
        "原件核对人", "Original seen by", Kind.PERSON, aliases=("核对人",)
    )
    seen_on: Mapped[date | None] = field(
        "原件核对日", "Original seen on", Kind.DATE, aliases=("核对日期",)
    )
    medium: Mapped[str | None] = field(
        "媒体种类", "Medium", aliases=("宣传方式", "媒体"), listed=False
    )
    region: Mapped[str | None] = field(
        "宣传地域", "Region", aliases=("地域", "覆盖地域"), listed=False
    )
    amount: Mapped[Decimal | None] = field(
        "宣传金额", "Spent", Kind.MONEY, unit="元", currency="currency",
        aliases=("广告费", "金额", "投放金额"), listed=False,
    )  # fmt: skip
    currency: Mapped[str | None] = field(
        "币种", "Currency", Kind.CHOICE, choices=CURRENCIES, listed=False
    )
    document_id: Mapped[str | None] = field(
        "附件", "Document", Kind.LINK, links="document", aliases=("附件名称",)
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class EvidenceFigure(Record):
    """One of the five yearly figures of the main goods under the mark, and the paper behind it."""

    __tablename__ = "evidence_figure"
    zh, en = "驰名经营数据", "Figures of fame"
    title_field = "measure"
    same_by = ("file_id", "year", "measure")
    ledger = True

    file_id: Mapped[str | None] = _file(required=True)
    year: Mapped[int | None] = field("年度", "Year", Kind.YEAR, required=True, aliases=("年份",))
    measure: Mapped[str | None] = field(
        "指标", "Figure", Kind.CHOICE, choices=FIGURES, required=True, aliases=("经营指标",)
    )
    value: Mapped[Decimal | None] = field("数值", "Value", Kind.DECIMAL)
    unit: Mapped[str | None] = field("单位", "Unit", Kind.CHOICE, choices=UNITS)
    region: Mapped[str | None] = field(
        "销售区域", "Sales region", aliases=("销售地区",), hint="指标为销售区域时填写"
    )
    source: Mapped[str | None] = field(
        "数据来源", "Source", aliases=("来源",), hint="审计报告、纳税证明、行业协会证明等"
    )
    evidence_id: Mapped[str | None] = field(
        "证明材料", "Shown by", Kind.LINK, links="evidence_item", aliases=("依据证据",)
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class WellKnownCase(Record):
    """One case in which protection as well-known was asked for; what it says holds for it alone."""

    __tablename__ = "well_known_case"
    zh, en = "驰名保护记录", "Well-known case"
    title_field = "mark"
    caveat = "个案认定（2027年1月1日起称个案确认）：只在该案及其商品范围内有效，不是荣誉称号。"
    same_by = ("enterprise_id", "mark", "route", "case_no")
    ledger = True

    enterprise_id: Mapped[str | None] = _enterprise()
    file_id: Mapped[str | None] = _file(required=False)
    mark: Mapped[str | None] = field(
        "商标", "Mark", required=True, searchable=True, aliases=("商标名称",)
    )
    trademark_id: Mapped[str | None] = _registered()
    goods: Mapped[str | None] = field(
        "商品/服务", "Goods", Kind.NOTE, required=True, aliases=("商品", "核定商品")
    )
    route: Mapped[str | None] = field(
        "保护途径", "Route", Kind.CHOICE, choices=ROUTES, required=True, aliases=("途径", "程序")
    )
    authority: Mapped[str | None] = field(
        "受理机关", "Authority", required=True, searchable=True,
        aliases=("认定机关", "确认机关", "审理机关", "法院"),
    )  # fmt: skip
    case_no: Mapped[str | None] = field(
        "案号", "Case no.", searchable=True, aliases=("案件编号", "立案号")
    )
    opponent: Mapped[str | None] = field(
        "对方当事人",
        "Opponent",
        searchable=True,
        aliases=("被异议人", "被申请人", "侵权人", "被告"),
    )
    opposed_mark: Mapped[str | None] = field(
        "对方商标", "Opposed mark", aliases=("被异议商标", "争议商标")
    )
    opponent_filed: Mapped[date | None] = field(
        "对方商标申请日", "Opposed mark filed", Kind.DATE, aliases=("被异议商标申请日",)
    )
    requested_on: Mapped[date | None] = field(
        "请求保护日", "Protection requested", Kind.DATE, aliases=("请求日",)
    )
    infringed_on: Mapped[date | None] = field(
        "侵权行为发生日", "Infringed on", Kind.DATE, aliases=("侵权日",)
    )
    outcome: Mapped[str | None] = field(
        "结果", "Outcome", Kind.CHOICE, choices=OUTCOMES, aliases=("处理结果", "结论")
    )
    document_no: Mapped[str | None] = field(
        "文书号", "Document no.", searchable=True, aliases=("文号", "决定书号", "判决书号")
    )
    decided_on: Mapped[date | None] = field(
        "决定日期", "Decided on", Kind.DATE, aliases=("决定日", "裁判日期", "认定日期", "确认日期")
    )
    handler: Mapped[str | None] = field("承办人", "Handled by", Kind.PERSON, aliases=("经办人",))
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class WellKnownStage(Record):
    """One stage of a case, with the days that start and stop the clocks of the offices."""

    __tablename__ = "well_known_stage"
    zh, en = "驰名案件环节", "Stage of a well-known case"
    title_field = "stage"
    same_by = ("case_id", "stage", "sent", "received")
    ledger = True

    case_id: Mapped[str | None] = field(
        "驰名保护记录", "Case", Kind.LINK, links="well_known_case", required=True,
        aliases=("案件", "案件商标"),
    )  # fmt: skip
    stage: Mapped[str | None] = field(
        "环节", "Stage", Kind.CHOICE, choices=STAGES, required=True, aliases=("办理环节",)
    )
    sent: Mapped[date | None] = field(
        "作出或发出日", "Made or sent", Kind.DATE, aliases=("发出日", "日期", "办理日期")
    )
    received: Mapped[date | None] = field(
        "收到日", "Received", Kind.DATE, aliases=("收到日期", "送达日")
    )
    authority: Mapped[str | None] = field("办理机关", "By", aliases=("机关",))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("文书号",))
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE, aliases=("备注",))
