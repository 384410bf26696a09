"""Enforcement cases (行政执法案件): infringement of marks, trade secrets, wording and agencies."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

SOURCES = (
    Choice("complaint", "投诉", "Complaint", ("消费者投诉", "权利人投诉")),
    Choice("report", "举报", "Report", ("群众举报", "举报线索")),
    Choice("inspection", "检查发现", "Inspection", ("日常检查", "执法检查", "双随机", "巡查")),
    Choice("transfer", "移送", "Transferred", ("上级交办", "其他部门移送", "移交", "交办")),
    Choice("monitoring", "监测发现", "Monitoring", ("网络监测", "监测")),
    Choice("other", "其他", "Other"),
)

CASE_TYPES = (
    Choice("mark_infringement", "商标侵权", "Mark infringement",
           ("侵犯注册商标专用权", "侵犯商标专用权", "商标侵权假冒")),
    Choice("trade_secret", "侵犯商业秘密", "Trade secret", ("商业秘密",)),
    Choice("confusion", "混淆行为", "Confusion", ("仿冒混淆", "不正当竞争")),
    Choice("well_known_wording", "违规使用驰名字样", "Well-known wording", ("驰名字样",)),
    Choice("agency", "商标代理违法", "Agency misconduct", ("代理违法", "商标代理违法行为")),
    Choice("counterfeit_patent", "假冒专利", "Counterfeit patent", ("专利假冒",)),
    Choice("other", "其他", "Other"),
)  # fmt: skip

ROLES = (
    Choice("owner", "权利人", "Right owner", ("被侵权人", "商标权人")),
    Choice("party", "当事人", "Party", ("违法行为人", "被处罚人")),
)


class EnforcementCase(Record):
    """One case from its filing to its close.

    `acted_on` is the day of the act, which chooses the law; without it the day of filing does.
    The articles are never stored: `services.enforcement.law_of` reads them from the law's data.
    """

    __tablename__ = "enforcement_case"
    zh, en = "行政执法案件", "Enforcement case"
    official = ("filing_no",)
    title_field = "filing_no"
    owned_by = ("right_owner", "party")
    ledger = True

    filing_no: Mapped[str | None] = field(
        "立案号", "Filing no.", Kind.CODE, required=True, searchable=True,
        aliases=("案号", "立案编号", "案件编号", "立案文号", "立案决定书文号"),
    )  # fmt: skip
    case_type: Mapped[str | None] = field(
        "案件类型", "Type", Kind.CHOICE, choices=CASE_TYPES, required=True,
        aliases=("违法类型", "案由", "违法行为类型"),
    )  # fmt: skip
    enterprise_id: Mapped[str | None] = field(
        "涉案企业", "Enterprise", Kind.LINK, links="enterprise", aliases=("区内企业",),
        hint="区内的权利人或当事人",
    )  # fmt: skip
    role: Mapped[str | None] = field("企业身份", "Its role", Kind.CHOICE, choices=ROLES)
    party: Mapped[str | None] = field(
        "当事人", "Party", required=True, searchable=True,
        aliases=("当事人名称", "被处罚人", "违法主体", "行政相对人", "行政相对人名称"),
    )  # fmt: skip
    right_owner: Mapped[str | None] = field(
        "权利人", "Right owner", aliases=("被侵权人", "商标权利人", "权利人名称")
    )
    trademark_id: Mapped[str | None] = field(
        "涉案商标（库内）", "Trademark", Kind.LINK, links="trademark", listed=False
    )
    mark: Mapped[str | None] = field(
        "涉案商标", "Mark", searchable=True, aliases=("商标", "商标名称", "涉案注册商标")
    )
    mark_no: Mapped[str | None] = field(
        "涉案注册号", "Registration no.", Kind.CODE, searchable=True, aliases=("商标注册号",),
        listed=False,
    )  # fmt: skip
    source: Mapped[str | None] = field(
        "线索来源", "Source", Kind.CHOICE, choices=SOURCES, aliases=("案件来源", "来源")
    )
    acted_on: Mapped[date | None] = field(
        "违法行为日", "Act", Kind.DATE, aliases=("违法日期", "行为发生日", "侵权日期"), listed=False
    )
    filed_on: Mapped[date | None] = field(
        "立案日期", "Filed", Kind.DATE, required=True, aliases=("立案日", "立案时间")
    )
    goods_value: Mapped[Decimal | None] = field(
        "货值", "Goods value", Kind.MONEY, unit="元",
        aliases=("货值金额", "涉案金额", "案值", "违法经营额"),
    )  # fmt: skip
    measures: Mapped[str | None] = field(
        "强制措施", "Measures", Kind.NOTE, aliases=("查封扣押", "采取措施", "措施"), listed=False
    )
    suspended_on: Mapped[date | None] = field(
        "中止日期", "Suspended", Kind.DATE, aliases=("中止日",), listed=False,
        hint="对商标权属有争议或正在诉讼时中止",
    )  # fmt: skip
    resumed_on: Mapped[date | None] = field(
        "恢复日期", "Resumed", Kind.DATE, aliases=("恢复调查日",), listed=False
    )
    decided_on: Mapped[date | None] = field(
        "处罚决定日", "Penalty decided", Kind.DATE, aliases=("处罚日期", "决定日期", "处罚决定日期")
    )
    decision_no: Mapped[str | None] = field(
        "处罚文号", "Decision no.", aliases=("处罚决定书文号", "决定书文号", "行政处罚决定书文号")
    )
    fine: Mapped[Decimal | None] = field(
        "罚款", "Fine", Kind.MONEY, unit="元", aliases=("罚款金额", "罚没款", "罚没金额")
    )
    penalty: Mapped[str | None] = field(
        "处罚内容", "Penalty", Kind.NOTE, aliases=("处罚结果", "处罚"), listed=False
    )
    police_on: Mapped[date | None] = field(
        "移送公安日", "To the police", Kind.DATE, aliases=("移送日期", "移送公安日期"), listed=False
    )
    police_no: Mapped[str | None] = field(
        "移送文号", "Transfer no.", aliases=("移送书文号",), listed=False
    )
    published_on: Mapped[date | None] = field(
        "公示日", "Published", Kind.DATE, aliases=("公示日期", "处罚公示日"), listed=False
    )
    closed_on: Mapped[date | None] = field(
        "结案日", "Closed", Kind.DATE, aliases=("结案日期", "结案时间")
    )
    handler: Mapped[str | None] = field(
        "办案人员", "Handled by", aliases=("承办人", "执法人员"), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
