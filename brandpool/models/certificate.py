"""Certificates of an IP management system (贯标): standard, term, surveillance, withdrawal."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

STANDARDS = (
    Choice(
        "gbt29490_2023", "GB/T 29490-2023", "GB/T 29490-2023",
        ("企业知识产权合规管理体系", "GB/T29490-2023", "29490-2023", "知识产权合规管理体系"),
    ),
    Choice(
        "gbt29490_2013", "GB/T 29490-2013", "GB/T 29490-2013",
        ("企业知识产权管理规范", "GB/T29490-2013", "29490-2013", "知识产权管理体系"),
    ),
    Choice("iso56005", "ISO 56005", "ISO 56005", ("ISO56005", "创新管理 知识产权管理")),
    Choice("other", "其他标准", "Other", ("其他",)),
)  # fmt: skip


class IpCertificate(Record):
    """One certificate; it is valid through its last day and on no day after its withdrawal."""

    __tablename__ = "ip_certificate"
    zh, en = "贯标证书", "IP management certificate"
    official = ("certificate_no",)
    title_field = "certificate_no"
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "获证企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("获证组织", "认证企业", "贯标企业", "贯标企业名称"),
    )  # fmt: skip
    standard: Mapped[str | None] = field(
        "标准", "Standard", Kind.CHOICE, choices=STANDARDS, required=True,
        aliases=("认证标准", "认证依据", "贯标标准", "标准名称", "认证项目"),
    )  # fmt: skip
    grade: Mapped[int | None] = field(
        "等级", "Level", Kind.NUMBER, aliases=("贯标等级", "分级"), hint="ISO 56005 填 1 至 5 级"
    )
    certificate_no: Mapped[str | None] = field(
        "证书号", "Certificate no.", Kind.CODE, required=True, searchable=True,
        aliases=("证书编号", "认证证书编号", "证书编码"),
    )  # fmt: skip
    body: Mapped[str | None] = field(
        "认证机构",
        "Body",
        searchable=True,
        aliases=("发证机构", "机构", "认证机构名称", "贯标机构"),
    )
    scope: Mapped[str | None] = field(
        "认证范围", "Scope", Kind.NOTE, listed=False, aliases=("范围", "覆盖范围")
    )
    issued: Mapped[date | None] = field(
        "发证日期", "Issued", Kind.DATE, required=True,
        aliases=("发证日", "颁证日期", "获证日期", "证书颁发日期", "初次获证日期"),
    )  # fmt: skip
    expires: Mapped[date | None] = field(
        "到期日期", "Expires", Kind.DATE, required=True,
        aliases=("到期日", "有效期至", "证书有效期", "有效期止", "证书到期日期"),
    )  # fmt: skip
    audit_due: Mapped[date | None] = field(
        "下次监督审核日", "Next surveillance", Kind.DATE,
        aliases=("监督审核日", "监督审核日期", "年审日期", "下次年审"),
    )  # fmt: skip
    audited_on: Mapped[date | None] = field(
        "上次监督审核日", "Last surveillance", Kind.DATE, listed=False, aliases=("最近审核日期",)
    )
    change_by: Mapped[date | None] = field(
        "换版期限", "Change of edition by", Kind.DATE, listed=False, aliases=("换版截止日",)
    )
    withdrawn_on: Mapped[date | None] = field(
        "撤销日期", "Withdrawn", Kind.DATE, aliases=("撤证日期", "暂停撤销日期", "注销日期")
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
