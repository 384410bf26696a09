"""Photographs taken at visits and events; the files lie beside the pool under their hashes."""

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class VisitPhoto(Record):
    """One picture of a visit or of an event; small pictures are kept beside the originals."""

    __tablename__ = "visit_photo"
    zh, en = "现场照片", "Photograph"
    title_field = "file_name"

    visit_id: Mapped[str | None] = field("走访", "Visit", Kind.LINK, links="visit")
    training_id: Mapped[str | None] = field("讲座培训", "Training", Kind.LINK, links="training")
    content_hash: Mapped[str | None] = field("内容标识", "Content hash", Kind.FILE, required=True)
    file_name: Mapped[str | None] = field("文件名", "File name", required=True)
    media_type: Mapped[str | None] = field("格式", "Format", Kind.CODE)
    size: Mapped[int | None] = field("大小", "Size", Kind.NUMBER, unit="字节")
    place: Mapped[int | None] = field("次序", "Order", Kind.NUMBER)
    caption: Mapped[str | None] = field("说明", "Caption")
