"""Field packs (外勤包): who took which enterprises out, until when, and what has come home."""

from datetime import date

from sqlalchemy import CHAR, BigInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from brandpool.models.field import Kind
from brandpool.models.record import Base, Record, field

FILE, STEP = "file", "step"


class FieldPack(Record):
    """One pack that left the station; out until `returned_on`, overdue after `until`."""

    __tablename__ = "field_pack"
    zh, en = "外勤包", "Field pack"
    official = ("pack_no",)
    title_field = "title"
    ledger = True

    pack_no: Mapped[str | None] = field("外勤包编号", "Pack no.", Kind.CODE, required=True)
    title: Mapped[str | None] = field("名称", "Title", required=True, searchable=True)
    taken_by: Mapped[str | None] = field("领用人", "Taken by", Kind.PERSON, required=True)
    taken_on: Mapped[date | None] = field("领用日期", "Taken", Kind.DATE, required=True)
    until: Mapped[date | None] = field(
        "归还期限", "Due back", Kind.DATE, required=True, aliases=("有效期至",)
    )
    purpose: Mapped[str | None] = field("用途", "Purpose", Kind.NOTE)
    enterprises: Mapped[int | None] = field("企业数", "Enterprises", Kind.NUMBER, unit="家")
    with_personal: Mapped[bool | None] = field("含个人信息", "With personal data", Kind.FLAG)
    with_originals: Mapped[bool | None] = field("含附件原件", "With originals", Kind.FLAG)
    made_by: Mapped[str | None] = field("经办人", "Made by", Kind.PERSON)
    file_name: Mapped[str | None] = field("文件名", "File name", listed=False)
    returned_on: Mapped[date | None] = field("归还日期", "Returned", Kind.DATE)
    return_note: Mapped[str | None] = field("归还说明", "How returned", Kind.NOTE)
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class PackedEnterprise(Record):
    """One enterprise that a pack contains."""

    __tablename__ = "packed_enterprise"
    zh, en = "外勤包内企业", "Enterprise in a pack"
    official = ("field_pack_id", "enterprise_id")

    title_field = "note"

    field_pack_id: Mapped[str | None] = field(
        "外勤包", "Field pack", Kind.LINK, links="field_pack", required=True
    )
    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True
    )
    note: Mapped[str | None] = field("说明", "Note", Kind.NOTE)


class Acknowledged(Base):
    """What the office has confirmed to have: a fact of this copy of the pool, not of its records.

    `what` is FILE (an attachment, by its hash) or STEP (a transaction, by its id); `pack` is the
    receipt that said so, `at` when it was read here (microseconds since 1970, UTC).
    """

    __tablename__ = "acknowledged"

    what: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    pack: Mapped[str] = mapped_column(CHAR(32))
    at: Mapped[int] = mapped_column(BigInteger)
