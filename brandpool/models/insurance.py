"""Insurance of intellectual property (知识产权保险), policy by policy."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

INSURANCES = (
    Choice("mark_infringed", "商标被侵权损失险", "Loss by infringed mark", ("商标被侵权损失保险",)),
    Choice(
        "abroad", "海外侵权责任险", "Infringement liability abroad",
        ("知识产权海外侵权责任险", "海外知识产权侵权责任险", "海外侵权责任保险"),
    ),
    Choice("enforcement", "专利执行险", "Patent enforcement", ("专利执行保险",)),
    Choice(
        "patent_infringed", "专利被侵权损失险", "Loss by infringed patent", ("专利被侵权损失保险",)
    ),
    Choice(
        "pledge", "质押融资保证险", "Guarantee of a pledge",
        ("知识产权质押融资保证保险", "质押融资保证保险"),
    ),
    Choice("other", "其他险种", "Other", ("其他",)),
)  # fmt: skip


class IpInsurance(Record):
    """One policy of one enterprise."""

    __tablename__ = "ip_insurance"
    zh, en = "知识产权保险", "IP insurance"
    official = ("policy_no",)
    title_field = "policy_no"
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "投保企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("投保人", "被保险人", "投保单位"),
    )  # fmt: skip
    insurance: Mapped[str | None] = field(
        "险种", "Insurance", Kind.CHOICE, choices=INSURANCES, required=True,
        aliases=("保险险种", "险种名称", "保险种类"),
    )  # fmt: skip
    policy_no: Mapped[str | None] = field(
        "保单号", "Policy no.", Kind.CODE, required=True, searchable=True,
        aliases=("保险单号", "保单编号", "保单号码"),
    )  # fmt: skip
    insurer: Mapped[str | None] = field(
        "保险人",
        "Insurer",
        searchable=True,
        aliases=("保险公司", "承保公司", "承保机构", "保险机构"),
    )
    insured: Mapped[str | None] = field(
        "保险标的", "Insured", aliases=("标的", "投保商标/专利", "投保标的")
    )
    sum_insured: Mapped[Decimal | None] = field(
        "保额", "Sum insured", Kind.MONEY, unit="元", aliases=("保险金额", "保障金额")
    )
    premium: Mapped[Decimal | None] = field(
        "保费", "Premium", Kind.MONEY, unit="元", aliases=("保险费", "保费金额")
    )
    subsidy: Mapped[Decimal | None] = field(
        "保费补贴", "Subsidy", Kind.MONEY, unit="元", aliases=("补贴", "补贴金额", "财政补贴")
    )
    starts: Mapped[date | None] = field(
        "起保日期", "From", Kind.DATE, required=True,
        aliases=("起保日", "保险起期", "保险期间起", "生效日期", "投保日期"),
    )  # fmt: skip
    ends: Mapped[date | None] = field(
        "终保日期", "Until", Kind.DATE,
        aliases=("到期日期", "保险止期", "保险期间止", "终保日", "保险到期日"),
    )  # fmt: skip
    cancelled_on: Mapped[date | None] = field(
        "退保日期", "Cancelled", Kind.DATE, listed=False, aliases=("退保日",)
    )
    claimed_on: Mapped[date | None] = field(
        "理赔日期", "Claim", Kind.DATE, listed=False, aliases=("出险日期",)
    )
    claim: Mapped[Decimal | None] = field(
        "理赔金额", "Paid on claim", Kind.MONEY, unit="元", aliases=("理赔", "赔付金额")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
