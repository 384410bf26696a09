"""Recorded patent licences (专利实施许可备案) and declarations of open licence (开放许可声明)."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

LICENCES = (
    Choice("ordinary", "普通许可", "Ordinary", ("普通", "普通实施许可")),
    Choice("sole", "排他许可", "Sole", ("排他",)),
    Choice("exclusive", "独占许可", "Exclusive", ("独占",)),
    Choice("cross", "交叉许可", "Cross", ("交叉",)),
    Choice("open", "开放许可", "Open", ("开放",)),
)
SIDES = (
    Choice("licensor", "许可方", "Licensor", ("让与人", "许可人")),
    Choice("licensee", "被许可方", "Licensee", ("受让人", "被许可人")),
)


class PatentLicence(Record):
    """One recorded licence contract, or one line of it; it counts one for each patent."""

    __tablename__ = "patent_licence"
    zh, en = "专利许可备案", "Patent licence"
    title_field = "record_no"
    same_by = ("enterprise_id", "record_no", "patents")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "区内企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("许可方", "许可人", "让与人"),
    )  # fmt: skip
    side: Mapped[str | None] = field(
        "企业一方", "Its side", Kind.CHOICE, choices=SIDES, aliases=("企业角色",), listed=False
    )
    other_party: Mapped[str | None] = field(
        "对方当事人", "Other party", searchable=True,
        aliases=("被许可方", "被许可人", "受让人", "许可相对方"),
    )  # fmt: skip
    record_no: Mapped[str | None] = field(
        "备案号", "Record no.", Kind.CODE, required=True, searchable=True,
        aliases=("许可备案号", "合同备案号", "备案编号", "许可合同备案号"),
    )  # fmt: skip
    recorded_on: Mapped[date | None] = field(
        "备案日", "Recorded", Kind.DATE, required=True,
        aliases=("备案日期", "备案时间", "许可备案日期", "合同备案日期"),
    )  # fmt: skip
    how: Mapped[str | None] = field(
        "许可方式", "Kind", Kind.CHOICE, choices=LICENCES, aliases=("许可种类", "许可类型")
    )
    patents: Mapped[str | None] = field(
        "许可专利号", "Patents", Kind.TAGS, aliases=("专利号", "专利号清单", "许可专利"),
        hint="多个专利号用、分开；一份合同许可几件专利就计几件",
    )  # fmt: skip
    patent_count: Mapped[int | None] = field(
        "许可专利件数", "Number of patents", Kind.NUMBER, unit="件",
        aliases=("专利件数", "件数", "许可件数", "专利数量"), hint="没有逐件列出专利号时填写",
    )  # fmt: skip
    contract_on: Mapped[date | None] = field(
        "合同日期", "Contract", Kind.DATE, listed=False, aliases=("签订日期",)
    )
    starts: Mapped[date | None] = field(
        "许可起始日", "From", Kind.DATE, listed=False, aliases=("许可开始日期",)
    )
    ends: Mapped[date | None] = field(
        "许可届满日", "Until", Kind.DATE, aliases=("许可期限止", "到期日期", "许可到期日")
    )
    cancelled_on: Mapped[date | None] = field(
        "备案注销日", "Cancelled", Kind.DATE, listed=False, aliases=("注销日期",)
    )
    fee: Mapped[Decimal | None] = field(
        "许可费", "Fee", Kind.MONEY, unit="元", aliases=("许可使用费", "许可金额", "合同金额")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class OpenLicence(Record):
    """One patent declared open to everybody on stated terms, until it is withdrawn."""

    __tablename__ = "open_licence"
    zh, en = "开放许可声明", "Open licence"
    title_field = "patent_no"
    same_by = ("enterprise_id", "patent_no")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "专利权人", "Owner", Kind.LINK, links="enterprise", required=True,
        aliases=("声明人", "许可人", "专利权人名称"),
    )  # fmt: skip
    patent_no: Mapped[str | None] = field(
        "专利号", "Patent no.", Kind.CODE, required=True, searchable=True, aliases=("申请号",)
    )
    name: Mapped[str | None] = field(
        "专利名称", "Title", searchable=True, aliases=("发明名称", "发明创造名称")
    )
    declaration_no: Mapped[str | None] = field(
        "声明编号", "Declaration no.", Kind.CODE, aliases=("开放许可声明编号", "声明号")
    )
    declared_on: Mapped[date | None] = field(
        "声明公告日", "Published", Kind.DATE, required=True,
        aliases=("声明日期", "公告日期", "开放许可公告日", "声明生效日"),
    )  # fmt: skip
    fee_terms: Mapped[str | None] = field(
        "许可使用费标准", "Terms", aliases=("许可费标准", "使用费标准", "许可费及支付方式")
    )
    ends: Mapped[date | None] = field(
        "许可期限届满日", "Until", Kind.DATE, aliases=("许可期限", "开放许可届满日", "到期日期")
    )
    withdrawn_on: Mapped[date | None] = field(
        "撤回公告日", "Withdrawn", Kind.DATE, aliases=("撤回日期", "撤回声明日")
    )
    platform: Mapped[str | None] = field(
        "试点平台", "Platform", listed=False, aliases=("平台",), hint="如 宁波科技大市场"
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
