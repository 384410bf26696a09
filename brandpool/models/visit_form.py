"""The forms that visits are written on, one record per version."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class VisitForm(Record):
    """One version of a visit form; `definition` is its questions as JSON.

    A version is never edited: a changed sheet is a new version, so that a visit and a draft can
    always be read with the questions they were written on.
    """

    __tablename__ = "visit_form"
    zh, en = "走访表单", "Visit form"
    official = ("name", "version")
    title_field = "title"

    name: Mapped[str | None] = field("表单代号", "Name", Kind.CODE, required=True)
    version: Mapped[str | None] = field("版本", "Version", Kind.CODE, required=True)
    title: Mapped[str | None] = field("表单名称", "Title", required=True, searchable=True)
    starts: Mapped[date | None] = field("启用日期", "In use from", Kind.DATE, required=True)
    definition: Mapped[str | None] = field("表单内容", "Definition", Kind.NOTE, listed=False)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)
