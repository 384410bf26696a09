"""People who work in intellectual property (知识产权人才): title, employer, training."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

TITLES = (
    Choice("patent_attorney", "专利代理师", "Patent attorney", ("专利代理人", "代理师资格")),
    Choice("senior", "高级知识产权师", "Senior IP professional", ("正高级知识产权师", "副高级")),
    Choice("middle", "知识产权师", "IP professional", ("中级知识产权师", "中级")),
    Choice("junior", "助理知识产权师", "Junior IP professional", ("初级知识产权师", "初级")),
    Choice(
        "manager", "企业知识产权管理人员", "IP manager", ("知识产权专员", "IPR", "知识产权经理")
    ),
    Choice("lawyer", "律师", "Lawyer", ("执业律师",)),
    Choice("expert", "专家", "Expert", ("知识产权专家", "专家库专家")),
    Choice("other", "其他", "Other"),
)


class IpTalent(Record):
    """One person; all that tells who it is leaves the station masked unless a purpose is given."""

    __tablename__ = "ip_talent"
    zh, en = "知识产权人才", "IP professional"
    title_field = "name"
    same_by = ("name", "employer", "title")
    owned_by = ("employer",)
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "任职企业", "Enterprise", Kind.LINK, links="enterprise",
        aliases=("所在企业",), hint="任职单位不在库中的填“任职单位”",
    )  # fmt: skip
    name: Mapped[str | None] = field(
        "姓名", "Name", Kind.PERSON, personal=True, required=True, aliases=("人才姓名", "人员姓名")
    )
    title: Mapped[str | None] = field(
        "资质/职称", "Title", Kind.CHOICE, choices=TITLES,
        aliases=("职称", "资质", "专业技术职务", "人才类别", "资格"),
    )  # fmt: skip
    employer: Mapped[str | None] = field(
        "任职单位", "Employer", searchable=True, aliases=("工作单位", "所在单位", "单位")
    )
    position: Mapped[str | None] = field("职务", "Position", aliases=("岗位",))
    certificate_no: Mapped[str | None] = field(
        "资格证号", "Certificate no.", Kind.CODE, personal=True, listed=False, aliases=("证书编号",)
    )
    obtained_on: Mapped[date | None] = field(
        "取得日期", "Obtained", Kind.DATE, aliases=("取得时间", "获证日期")
    )
    training: Mapped[str | None] = field(
        "培训名称", "Training", aliases=("参加培训", "培训班", "培训内容", "培训情况")
    )
    trained_on: Mapped[date | None] = field("培训日期", "Trained", Kind.DATE, aliases=("培训时间",))
    hours: Mapped[Decimal | None] = field(
        "培训学时", "Hours", Kind.DECIMAL, unit="学时", aliases=("学时",)
    )
    left_on: Mapped[date | None] = field(
        "离开日期", "Left", Kind.DATE, aliases=("离职日期", "离区日期")
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "手机", "手机号")
    )
    id_number: Mapped[str | None] = field(
        "证件号码", "ID number", Kind.CODE, personal=True, listed=False,
        aliases=("身份证号", "身份证号码", "证件号"), hint="非必要不收集；导出时一律脱敏",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
