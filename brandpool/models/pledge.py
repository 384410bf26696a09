"""Loans on intellectual property (质押融资): one record for each registration of a pledge.

A `mark_pledge` says that a mark is burdened; a `pledge` is the loan. Where both carry the same
registration number they are one pledge, and the money is the one recorded here.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.enterprise_codes import CURRENCIES
from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

PACKAGES = (
    Choice("patent", "专利", "Patents", ("专利权", "专利质押")),
    Choice("mark", "商标", "Marks", ("商标权", "商标质押", "商标专用权")),
    Choice("mixed", "专利+商标组合", "Patents and marks", ("组合", "打包", "混合", "专利、商标")),
    Choice("other", "其他知识产权", "Other", ("其他", "著作权", "数据知识产权")),
)


class Pledge(Record):
    """One registered pledge. Registrations under one loan contract are one package."""

    __tablename__ = "pledge"
    zh, en = "知识产权质押", "IP pledge"
    title_field = "registration_no"
    official = ("registration_no",)
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "出质人", "Pledgor", Kind.LINK, links="enterprise", required=True,
        aliases=("出质企业", "借款人", "融资企业", "贷款企业", "出质单位"),
    )  # fmt: skip
    pledgee: Mapped[str | None] = field(
        "质权人", "Pledgee", required=True, searchable=True,
        aliases=("银行", "贷款银行", "质权银行", "放款银行", "金融机构"),
    )  # fmt: skip
    package: Mapped[str | None] = field(
        "质物类型", "Collateral", Kind.CHOICE, choices=PACKAGES, required=True,
        aliases=("质押类型", "质押种类", "知识产权类型", "质物种类"),
    )  # fmt: skip
    registration_no: Mapped[str | None] = field(
        "质权登记号", "Registration no.", Kind.CODE, required=True, searchable=True,
        aliases=("登记证号", "质押登记号", "质权登记证号", "登记号", "质押登记证号"),
    )  # fmt: skip
    recorded_on: Mapped[date | None] = field(
        "登记日期", "Registered", Kind.DATE, required=True,
        aliases=("登记日", "质权登记日期", "质押登记日期", "质押登记日"),
    )  # fmt: skip
    amount: Mapped[Decimal | None] = field(
        "债权额", "Claim secured", Kind.MONEY, unit="元", currency="currency", required=True,
        aliases=("质押金额", "担保债权额", "登记金额", "融资金额", "质押融资金额"),
    )  # fmt: skip
    currency: Mapped[str | None] = field(
        "币种", "Currency", Kind.CHOICE, choices=CURRENCIES, listed=False
    )
    ends: Mapped[date | None] = field(
        "质押届满日", "Until", Kind.DATE, aliases=("到期日期", "质押期限止", "质押期限", "届满日期")
    )
    released: Mapped[date | None] = field(
        "解押日期",
        "Released",
        Kind.DATE,
        aliases=("解除日期", "注销日期", "解押日", "质押注销日期"),
    )
    loan: Mapped[Decimal | None] = field(
        "放款额",
        "Loan paid out",
        Kind.MONEY,
        unit="元",
        aliases=("实际放款", "贷款金额", "放款金额"),
    )
    rate: Mapped[Decimal | None] = field(
        "年利率", "Rate", Kind.DECIMAL, unit="%", aliases=("利率", "贷款利率")
    )
    marks: Mapped[str | None] = field(
        "质押商标注册号", "Marks", Kind.TAGS, aliases=("商标注册号", "质物商标", "注册号"),
        hint="多个注册号用、分开",
    )  # fmt: skip
    patents: Mapped[str | None] = field(
        "质押专利号", "Patents", Kind.TAGS, aliases=("专利号", "质物专利", "质押专利"),
        hint="多个专利号用、分开",
    )  # fmt: skip
    contract_no: Mapped[str | None] = field(
        "主合同号", "Loan contract no.", Kind.CODE,
        aliases=("借款合同号", "贷款合同号", "主债权合同号", "授信合同号"),
        hint="同一笔贷款分别办理专利、商标登记的填同一个合同号，金额只计一次",
    )  # fmt: skip
    valuation: Mapped[Decimal | None] = field(
        "评估值", "Valuation", Kind.MONEY, unit="元", listed=False, aliases=("评估价值", "评估金额")
    )
    subsidy: Mapped[Decimal | None] = field(
        "贴息",
        "Interest subsidy",
        Kind.MONEY,
        unit="元",
        listed=False,
        aliases=("贴息金额", "补贴金额"),
    )
    starts: Mapped[date | None] = field(
        "质押起始日", "From", Kind.DATE, listed=False, aliases=("起始日期", "质押期限起")
    )
    revoked_on: Mapped[date | None] = field(
        "登记撤销日", "Registration revoked", Kind.DATE, listed=False, aliases=("撤销日期",),
        hint="登记被撤销的自始不计入金额",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
