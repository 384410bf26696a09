"""Saved questions, the frozen answers that were handed in, and what left the station."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class SavedQuestion(Record):
    """A question the station asks again: filters, order and columns of a list (JSON)."""

    __tablename__ = "saved_question"
    zh, en = "查询方案", "Saved question"
    title_field = "name"

    name: Mapped[str | None] = field("名称", "Name", required=True, searchable=True)
    about: Mapped[str | None] = field("对象", "About", Kind.CODE, required=True)
    question: Mapped[str | None] = field("查询条件", "Question", Kind.NOTE, listed=False)


class Shortlist(Record):
    """A list as it was handed in: its rows frozen, with scheme, day, person and the file's hash."""

    __tablename__ = "shortlist"
    zh, en = "名单", "Shortlist"
    title_field = "name"

    name: Mapped[str | None] = field("名单名称", "Name", required=True, searchable=True)
    question_id: Mapped[str | None] = field(
        "查询方案", "Question", Kind.LINK, links="saved_question"
    )
    handed_in: Mapped[date | None] = field("报送日期", "Handed in", Kind.DATE, required=True)
    handed_to: Mapped[str | None] = field("报送单位", "Handed to")
    handed_by: Mapped[str | None] = field("填报人", "Handed in by", Kind.PERSON)
    scheme: Mapped[str | None] = field("适用方案", "Scheme version", Kind.CODE)
    document_no: Mapped[str | None] = field("文号", "Document no.")
    row_count: Mapped[int | None] = field("企业数", "Rows", Kind.NUMBER)
    file_name: Mapped[str | None] = field("文件名", "File name")
    file_hash: Mapped[str | None] = field("文件校验值", "File SHA-256", Kind.CODE, listed=False)
    content: Mapped[str | None] = field("名单内容", "Content", Kind.NOTE, listed=False)


class ExportEntry(Record):
    """A file with records that left the station, and why when personal data was not masked."""

    __tablename__ = "export_entry"
    zh, en = "导出登记", "Export"
    title_field = "file_name"

    file_name: Mapped[str | None] = field("文件名", "File name", required=True)
    exported: Mapped[date | None] = field("导出日期", "Exported", Kind.DATE, required=True)
    exported_by: Mapped[str | None] = field("导出人", "Exported by", Kind.PERSON)
    row_count: Mapped[int | None] = field("行数", "Rows", Kind.NUMBER)
    unmasked: Mapped[bool | None] = field("含未脱敏信息", "Unmasked", Kind.FLAG)
    reason: Mapped[str | None] = field("用途", "Purpose", Kind.NOTE)
    file_hash: Mapped[str | None] = field("文件校验值", "File SHA-256", Kind.CODE, listed=False)
