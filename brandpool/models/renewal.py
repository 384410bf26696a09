"""What is kept beside marks at home and abroad: renewal steps and images."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.madrid_codes import STEPS
from brandpool.models.record import Record, field


def _mark() -> Mapped[str | None]:
    return field("商标", "Trademark", Kind.LINK, links="trademark")


def _registration() -> Mapped[str | None]:
    return field(
        "国际注册", "International registration", Kind.LINK, links="international_registration"
    )


class RenewalStep(Record):
    """One dated step of renewing a mark or an international registration.

    `due` is the expiry that the step is about, so that the steps of one term stay apart from the
    next; the furthest step of a term tells where its renewal stands.
    """

    __tablename__ = "renewal_step"
    zh, en = "续展办理", "Renewal step"
    title_field = "step"

    trademark_id: Mapped[str | None] = _mark()
    ir_id: Mapped[str | None] = _registration()
    due: Mapped[date | None] = field("届满日", "Due", Kind.DATE, required=True)
    step: Mapped[str | None] = field(
        "办理环节", "Step", Kind.CHOICE, choices=STEPS, required=True, aliases=("环节",)
    )
    dated: Mapped[date | None] = field("日期", "Date", Kind.DATE, required=True)
    done_by: Mapped[str | None] = field("经办人", "By", Kind.PERSON)
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("受理号",))
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE)


class MarkImage(Record):
    """A picture of a mark; the file lies beside the pool under the hash of its content."""

    __tablename__ = "mark_image"
    zh, en = "商标图样", "Mark image"
    title_field = "file_name"

    trademark_id: Mapped[str | None] = _mark()
    ir_id: Mapped[str | None] = _registration()
    content_hash: Mapped[str | None] = field("内容标识", "Content hash", Kind.FILE, required=True)
    file_name: Mapped[str | None] = field("文件名", "File name", required=True)
    media_type: Mapped[str | None] = field("格式", "Format", Kind.CODE)
    size: Mapped[int | None] = field("大小", "Size", Kind.NUMBER, unit="字节")
    place: Mapped[int | None] = field("次序", "Order", Kind.NUMBER)
    caption: Mapped[str | None] = field("说明", "Caption")
