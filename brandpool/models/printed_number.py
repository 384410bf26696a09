"""Numbers that left the station on paper, each with the code that brings its rows back."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class PrintedNumber(Record):
    """One number as it was printed: what it is called, its rows frozen, and how it was defined."""

    __tablename__ = "printed_number"
    zh, en = "打印数字", "Printed number"
    title_field = "name"
    official = ("code",)

    code: Mapped[str | None] = field("编码", "Code", Kind.CODE, required=True, searchable=True)
    name: Mapped[str | None] = field("数字名称", "Name", required=True)
    total: Mapped[Decimal | None] = field("数值", "Value", Kind.DECIMAL)
    unit: Mapped[str | None] = field("单位", "Unit")
    printed_on: Mapped[date | None] = field("打印日期", "Printed on", Kind.DATE)
    printed_by: Mapped[str | None] = field("打印人", "Printed by", Kind.PERSON)
    definition: Mapped[str | None] = field("口径", "Definition", Kind.NOTE)
    row_count: Mapped[int | None] = field("记录数", "Rows", Kind.NUMBER)
    rows: Mapped[str | None] = field("记录", "Records", Kind.NOTE, listed=False)
