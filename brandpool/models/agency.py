"""Intellectual property agencies (服务机构): their years, and what was found against them."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

AGENCY_TYPES = (
    Choice("mark_agency", "商标代理", "Trademark agency", ("商标代理机构",)),
    Choice("patent_agency", "专利代理", "Patent agency", ("专利代理机构",)),
    Choice("both", "商标专利代理", "Both", ("商标、专利代理", "综合代理")),
    Choice("law_firm", "律师事务所", "Law firm", ("律所",)),
    Choice("information", "信息服务", "Information", ("信息服务机构",)),
    Choice("operation", "运营服务", "Commercialisation", ("运营", "交易运营")),
    Choice("other", "其他", "Other"),
)

FINDING_KINDS = (
    Choice("check", "检查", "Check", ("监督检查", "双随机检查", "日常检查")),
    Choice("complaint", "投诉", "Complaint", ("被投诉",)),
    Choice("penalty", "处罚", "Penalty", ("行政处罚",)),
)

GRADES = (
    Choice("a", "优秀", "Excellent", ("A", "优")),
    Choice("b", "良好", "Good", ("B", "良")),
    Choice("c", "合格", "Adequate", ("C", "及格")),
    Choice("d", "不合格", "Inadequate", ("D", "差")),
)


def _agency() -> Mapped[str | None]:
    return field(
        "服务机构", "Agency", Kind.LINK, links="agency", required=True,
        aliases=("代理机构", "机构", "受托机构", "托管机构"),
    )  # fmt: skip


class Agency(Record):
    """One agency; from its deregistration on it is no longer counted.

    Marks name their agency in words, so `former_names` are those it may still be found under.
    """

    __tablename__ = "agency"
    zh, en = "服务机构", "IP agency"
    official = ("credit_code",)
    title_field = "name"
    ledger = True

    name: Mapped[str | None] = field(
        "机构名称", "Name", required=True, searchable=True,
        aliases=("服务机构名称", "代理机构名称", "名称", "单位名称"),
    )  # fmt: skip
    credit_code: Mapped[str | None] = field(
        "统一社会信用代码", "Credit code", Kind.CODE, searchable=True,
        aliases=("信用代码", "社会信用代码"),
    )  # fmt: skip
    former_names: Mapped[str | None] = field(
        "机构曾用名", "Former names", Kind.TAGS, aliases=("曾用名",), listed=False
    )
    agency_type: Mapped[str | None] = field(
        "机构类型", "Type", Kind.CHOICE, choices=AGENCY_TYPES, aliases=("类型", "业务类型")
    )
    record_no: Mapped[str | None] = field(
        "备案号", "Record no.", Kind.CODE, searchable=True, aliases=("代理机构代码", "备案编号")
    )
    recorded_on: Mapped[date | None] = field(
        "备案日期", "Recorded", Kind.DATE, aliases=("备案日",), listed=False
    )
    established: Mapped[date | None] = field(
        "成立日期", "Established", Kind.DATE, aliases=("成立时间",)
    )
    moved_in_on: Mapped[date | None] = field(
        "落户日期", "Moved in", Kind.DATE, aliases=("入驻日期", "引进日期"), listed=False
    )
    branch_of: Mapped[str | None] = field(
        "总部", "Branch of", aliases=("总公司", "所属总部"), listed=False
    )
    closed_on: Mapped[date | None] = field(
        "注销日期", "Deregistered", Kind.DATE, aliases=("注销日", "迁出日期", "停业日期")
    )
    enterprise_id: Mapped[str | None] = field(
        "企业档案", "Enterprise", Kind.LINK, links="enterprise", listed=False
    )
    address: Mapped[str | None] = field("地址", "Address", aliases=("住所",), listed=False)
    head: Mapped[str | None] = field("负责人", "Head", Kind.PERSON, aliases=("法定代表人",))
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class AgencyYear(Record):
    """What an agency reported of one year, and how the office evaluated it."""

    __tablename__ = "agency_year"
    zh, en = "服务机构年度评价", "Agency year"
    official = ("agency_id", "year")
    title_field = "year"
    ledger = True

    agency_id: Mapped[str | None] = _agency()
    year: Mapped[int | None] = field("年度", "Year", Kind.YEAR, required=True, aliases=("年份",))
    revenue: Mapped[Decimal | None] = field(
        "营业收入", "Revenue", Kind.MONEY, unit="元", aliases=("营收", "年营业收入", "服务收入")
    )
    staff: Mapped[int | None] = field(
        "从业人员", "Staff", Kind.NUMBER, unit="人", aliases=("从业人数", "员工人数")
    )
    agents: Mapped[int | None] = field(
        "执业代理人", "Licensed agents", Kind.NUMBER, unit="人",
        aliases=("专利代理师", "执业人员", "代理人数"),
    )  # fmt: skip
    as_of: Mapped[date | None] = field("数据截至日", "As of", Kind.DATE, listed=False)
    source: Mapped[str | None] = field("数据来源", "Source", listed=False)
    score: Mapped[Decimal | None] = field(
        "评价得分", "Score", Kind.DECIMAL, unit="分", aliases=("得分", "分数")
    )
    grade: Mapped[str | None] = field(
        "评价等次", "Grade", Kind.CHOICE, choices=GRADES, aliases=("等次", "等级", "评价等级")
    )
    evaluated_on: Mapped[date | None] = field("评价日期", "Evaluated", Kind.DATE, listed=False)
    evaluated_by: Mapped[str | None] = field(
        "评价人", "Evaluated by", Kind.PERSON, aliases=("评价单位",), listed=False
    )
    remark: Mapped[str | None] = field("评价意见", "Remark", Kind.NOTE, aliases=("备注",))


class AgencyFinding(Record):
    """A check of an agency, a complaint against it, or a penalty by the named article."""

    __tablename__ = "agency_finding"
    zh, en = "服务机构监管记录", "Agency finding"
    title_field = "what"
    same_by = ("agency_id", "finding_kind", "dated", "document_no", "what")
    ledger = True

    agency_id: Mapped[str | None] = _agency()
    finding_kind: Mapped[str | None] = field(
        "记录类别", "Kind", Kind.CHOICE, choices=FINDING_KINDS, required=True,
        aliases=("类别", "监管类型"),
    )  # fmt: skip
    dated: Mapped[date | None] = field(
        "日期", "Date", Kind.DATE, required=True,
        aliases=("检查日期", "处罚日期", "投诉日期", "处罚决定日期"),
    )  # fmt: skip
    what: Mapped[str | None] = field(
        "情况", "What", required=True, searchable=True,
        aliases=("检查情况", "违法事实", "投诉内容", "事由", "问题"),
    )  # fmt: skip
    document_no: Mapped[str | None] = field(
        "文号", "Document no.", aliases=("处罚文号", "处罚决定书文号", "检查文书号")
    )
    article: Mapped[str | None] = field(
        "处罚依据", "Article", aliases=("法律依据", "依据条款", "适用法条"),
        hint="例如：商标法第六十七条",
    )  # fmt: skip
    fine: Mapped[Decimal | None] = field(
        "罚款", "Fine", Kind.MONEY, unit="元", aliases=("罚款金额", "罚没金额")
    )
    rectify_by: Mapped[date | None] = field(
        "整改期限", "Rectify by", Kind.DATE, aliases=("限期整改",), listed=False
    )
    rectified_on: Mapped[date | None] = field(
        "整改完成日", "Rectified", Kind.DATE, aliases=("整改日期",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class CustodyContract(Record):
    """A contract by which an agency keeps the intellectual property of an enterprise (托管)."""

    __tablename__ = "custody_contract"
    zh, en = "知识产权托管", "Custody contract"
    title_field = "contract_no"
    same_by = ("agency_id", "enterprise_id", "starts", "contract_no")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "托管企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业", "委托企业", "服务企业"),
    )  # fmt: skip
    agency_id: Mapped[str | None] = _agency()
    contract_no: Mapped[str | None] = field(
        "合同编号", "Contract no.", Kind.CODE, searchable=True, aliases=("合同号", "托管合同编号")
    )
    signed_on: Mapped[date | None] = field(
        "签订日期", "Signed", Kind.DATE, aliases=("签约日期",), listed=False
    )
    starts: Mapped[date | None] = field(
        "托管起始日", "From", Kind.DATE, required=True,
        aliases=("起始日期", "开始日期", "合同起始日", "合同开始日期", "服务起始日"),
    )  # fmt: skip
    ends: Mapped[date | None] = field(
        "托管届满日", "Until", Kind.DATE,
        aliases=("届满日期", "到期日期", "合同到期日", "结束日期", "截止日期"),
    )  # fmt: skip
    terminated_on: Mapped[date | None] = field(
        "提前终止日", "Terminated", Kind.DATE, aliases=("解除日期", "终止日期"), listed=False
    )
    fee: Mapped[Decimal | None] = field(
        "托管费", "Fee", Kind.MONEY, unit="元", aliases=("费用", "合同金额", "服务费")
    )
    scope: Mapped[str | None] = field(
        "托管范围", "Scope", Kind.NOTE, aliases=("服务内容", "托管内容"), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
