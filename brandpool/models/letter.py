"""The four letters a station gives to enterprises (四书), as they were handed out."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

LETTER_TYPES = (
    Choice("register", "商标注册建议书", "Registration advice", ("注册建议书",)),
    Choice("use", "商标运用指导书", "Guidance on use", ("运用指导书",)),
    Choice("manage", "商标管理提示书", "Management reminder", ("管理提示书",)),
    Choice("protect", "商标保护警示书", "Protection warning", ("保护警示书",)),
)


class Letter(Record):
    """One letter to one enterprise; `facts` is what it says (JSON), so that it can be made again.

    The finished Word file lies beside the pool under `content_hash`.
    """

    __tablename__ = "letter"
    zh, en = "四书发放", "Letter"
    title_field = "letter_no"
    same_by = ("enterprise_id", "letter_type", "letter_no")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True,
        aliases=("企业名称", "发放企业"),
    )  # fmt: skip
    letter_type: Mapped[str | None] = field(
        "文书类型", "Type", Kind.CHOICE, choices=LETTER_TYPES, required=True,
        aliases=("类型", "四书类型"),
    )  # fmt: skip
    letter_no: Mapped[str | None] = field(
        "文号", "Letter no.", searchable=True, aliases=("编号", "文书编号")
    )
    dated: Mapped[date | None] = field(
        "发放日期", "Dated", Kind.DATE, required=True, aliases=("日期", "出具日期")
    )
    issued_by: Mapped[str | None] = field("经办人", "Issued by", Kind.PERSON, aliases=("发放人",))
    signed_by: Mapped[str | None] = field(
        "签收人", "Signed for by", Kind.PERSON, personal=True, aliases=("签收",)
    )
    signed_on: Mapped[date | None] = field("签收日期", "Signed for", Kind.DATE)
    visit_id: Mapped[str | None] = field("走访", "Visit", Kind.LINK, links="visit", listed=False)
    file_name: Mapped[str | None] = field("文件名", "File name", listed=False)
    content_hash: Mapped[str | None] = field("内容标识", "Content hash", Kind.FILE, listed=False)
    facts: Mapped[str | None] = field("文书内容", "Content", Kind.NOTE, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
