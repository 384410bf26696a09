"""The docket: what a person decided about a date, and the dates themselves as a derived cache."""

from datetime import date

from sqlalchemy import CHAR, Boolean, Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Base, Record, field

DECISIONS = (
    Choice("done", "已办", "Done", ("完成", "已完成")),
    Choice("not_needed", "无需办理", "Not needed", ("不需要", "无需")),
    Choice("passed_on", "已转交", "Passed on", ("转交", "移交")),
    Choice("missed", "已错过", "Missed", ("逾期", "错过")),
)


class DocketDecision(Record):
    """What was decided about one date of the docket; the date itself is never deleted.

    `entry_key` names rule, record and occasion. A decision holds for the day it was taken about
    (`due_then`): if the date is computed anew and moves, the entry opens again. `override` puts
    another day in place of the computed one, for `override_reason`. After a miss, `remedy` is what
    opens next, to be followed up by `remedy_by`.
    """

    __tablename__ = "docket_decision"
    zh, en = "期限办理", "Docket decision"
    official = ("entry_key",)
    title_field = "title"

    entry_key: Mapped[str | None] = field("期限标识", "Entry", Kind.CODE, required=True)
    title: Mapped[str | None] = field("期限", "Date", required=True)
    subject_kind: Mapped[str | None] = field("记录类别", "Record kind", Kind.CODE, listed=False)
    subject: Mapped[str | None] = field("记录标识", "Record", Kind.CODE, listed=False)
    decision: Mapped[str | None] = field("办理结果", "Decision", Kind.CHOICE, choices=DECISIONS)
    decided_on: Mapped[date | None] = field("办理日期", "Decided", Kind.DATE)
    decided_by: Mapped[str | None] = field("经办人", "By", Kind.PERSON)
    due_then: Mapped[date | None] = field("当时的截止日", "Due then", Kind.DATE)
    reason: Mapped[str | None] = field("说明或原因", "Reason", Kind.NOTE)
    passed_to: Mapped[str | None] = field("转交给", "Passed to")
    remedy: Mapped[str | None] = field("补救途径", "Remedy", Kind.NOTE)
    remedy_by: Mapped[date | None] = field("补救期限", "Remedy by", Kind.DATE)
    override: Mapped[date | None] = field("改定的日期", "Set to", Kind.DATE)
    override_reason: Mapped[str | None] = field("改定理由", "Why set", Kind.NOTE)


class DocketDate(Base):
    """One date of one record as the rules give it: derived from the journal, always recomputable.

    `subject` is the record whose change recomputes the row, `part` the record of `kind` it belongs
    to (both empty where that is the subject itself). `raw` is the computed day, `due` the one that
    counts after rolling or an override. The row is shown from `since` (None: always) until `until`
    (None: until decided); `late` is the first day on which it is overdue. `nature` is deadline,
    watch or risk.
    """

    __tablename__ = "docket_date"
    __table_args__ = (
        Index("ix_docket_open", "settled", "nature", "late", "due", "until", "since", "rule"),
        Index("ix_docket_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    rule: Mapped[str] = mapped_column(Text)
    subject_kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(CHAR(32))
    kind: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(CHAR(32))
    occasion: Mapped[str] = mapped_column(Text)
    enterprise: Mapped[str | None] = mapped_column(CHAR(32), index=True)
    raw: Mapped[date] = mapped_column(Date)
    due: Mapped[date] = mapped_column(Date)
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    late: Mapped[date] = mapped_column(Date)
    nature: Mapped[str] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(Boolean)
    overridden: Mapped[bool] = mapped_column(Boolean)
    settled: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(Text)
