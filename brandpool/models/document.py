"""Documents (附件) of an enterprise: what a paper is, and the hash by which its file is found."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field

DOCUMENT_KINDS = (
    Choice("licence", "营业执照", "Business licence", ("执照",)),
    Choice("certificate", "证书", "Certificate", ("商标注册证", "荣誉证书")),
    Choice("application", "申报材料", "Application papers", ("申请书", "申请材料")),
    Choice("decision", "批复文件", "Official decision", ("文件", "通知", "批文")),
    Choice("contract", "合同协议", "Contract", ("合同", "协议", "许可合同")),
    Choice("statement", "财务报表", "Financial statement", ("审计报告", "报表")),
    Choice("photograph", "照片", "Photograph", ("图片",)),
    Choice("other", "其他", "Other"),
)


class Document(Record):
    """One paper of one enterprise; the file lies beside the pool under the hash of its content."""

    __tablename__ = "document"
    zh, en = "附件", "Document"
    title_field = "title"
    same_by = ("enterprise_id", "content_hash")
    ledger = True

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True, aliases=("企业名称",)
    )
    title: Mapped[str | None] = field(
        "标题", "Title", required=True, searchable=True, aliases=("附件名称", "材料名称")
    )
    document_kind: Mapped[str | None] = field(
        "类别", "Kind", Kind.CHOICE, choices=DOCUMENT_KINDS, aliases=("附件类别", "材料类别")
    )
    dated: Mapped[date | None] = field("日期", "Date", Kind.DATE, aliases=("落款日期", "签发日期"))
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("文件号", "编号"))
    file_name: Mapped[str | None] = field("文件名", "File name")
    content_hash: Mapped[str | None] = field(
        "内容标识", "Content hash", Kind.FILE, listed=False,
        hint="文件内容的 SHA-256，由程序填写",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
