"""Officers who enforce intellectual property law (执法人员), and the hours they are trained."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class Officer(Record):
    """One officer; the certificate of enforcement (执法证) ends on `certificate_until`."""

    __tablename__ = "officer"
    zh, en = "执法人员", "Enforcement officer"
    title_field = "name"
    same_by = ("name", "unit")
    ledger = True

    name: Mapped[str | None] = field(
        "姓名", "Name", Kind.PERSON, required=True, searchable=True,
        aliases=("执法人员姓名", "人员姓名"),
    )  # fmt: skip
    unit: Mapped[str | None] = field("单位", "Unit", aliases=("所在单位", "部门", "所属单位"))
    post: Mapped[str | None] = field("职务", "Post", aliases=("岗位",))
    certificate_no: Mapped[str | None] = field(
        "执法证号", "Certificate no.", Kind.CODE, searchable=True, aliases=("执法证件号", "证件号")
    )
    certificate_until: Mapped[date | None] = field(
        "执法证有效期至", "Certificate until", Kind.DATE,
        aliases=("执法证有效期", "执法证到期日", "证件有效期", "有效期至"),
    )  # fmt: skip
    specialities: Mapped[str | None] = field(
        "专长", "Specialities", Kind.TAGS, aliases=("业务专长",), listed=False
    )
    phone: Mapped[str | None] = field(
        "联系电话", "Phone", Kind.PHONE, personal=True, aliases=("电话", "手机"), listed=False
    )
    joined_on: Mapped[date | None] = field(
        "入队日期", "Joined", Kind.DATE, aliases=("上岗日期", "任职日期"), listed=False
    )
    left_on: Mapped[date | None] = field(
        "离岗日期", "Left", Kind.DATE, aliases=("调离日期", "离队日期"), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class OfficerTraining(Record):
    """The hours one officer spent in one training."""

    __tablename__ = "officer_training"
    zh, en = "执法培训", "Officer training"
    title_field = "topic"
    same_by = ("officer_id", "topic", "trained_on")
    ledger = True

    officer_id: Mapped[str | None] = field(
        "执法人员", "Officer", Kind.LINK, links="officer", required=True,
        aliases=("人员", "参训人员"),
    )  # fmt: skip
    topic: Mapped[str | None] = field(
        "培训内容", "Topic", required=True, searchable=True,
        aliases=("培训主题", "培训名称", "课程", "主题"),
    )  # fmt: skip
    trained_on: Mapped[date | None] = field(
        "培训日期", "Date", Kind.DATE, required=True, aliases=("日期", "培训时间", "参训日期")
    )
    hours: Mapped[Decimal | None] = field(
        "学时", "Hours", Kind.DECIMAL, unit="小时", required=True, aliases=("课时", "培训学时")
    )
    organiser: Mapped[str | None] = field("主办单位", "Organiser", aliases=("组织单位", "培训机构"))
    certificate: Mapped[str | None] = field(
        "结业证书", "Certificate", aliases=("证书编号",), listed=False
    )
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
