"""Tier schemes, and the moves by which a person puts an enterprise on a rung of a ladder."""

from datetime import date

from sqlalchemy.orm import Mapped

from brandpool.models.field import Kind
from brandpool.models.record import Record, field


class TierScheme(Record):
    """One dated version of a scheme; its ladders, tiers and conditions are JSON in `body`."""

    __tablename__ = "tier_scheme"
    zh, en = "梯队方案", "Tier scheme"
    official = ("key", "version")
    title_field = "title"

    key: Mapped[str | None] = field("方案代号", "Key", Kind.CODE, required=True)
    version: Mapped[str | None] = field("版本", "Version", Kind.CODE, required=True)
    title: Mapped[str | None] = field("方案名称", "Title", required=True)
    document_no: Mapped[str | None] = field("文号", "Document no.")
    starts: Mapped[date | None] = field("施行日期", "In force from", Kind.DATE, required=True)
    ends: Mapped[date | None] = field("废止日期", "In force until", Kind.DATE)
    body: Mapped[str | None] = field("方案内容", "Body", Kind.NOTE, listed=False)


class PublicNotice(Record):
    """A public notice (公示) of proposed moves, open for objections for some working days.

    `proposed` keeps the list that was published (JSON: enterprise and tier), so that the moves
    decided afterwards can be compared with it.
    """

    __tablename__ = "public_notice"
    zh, en = "公示", "Public notice"
    title_field = "title"

    title: Mapped[str | None] = field("公示标题", "Title", required=True)
    ladder: Mapped[str | None] = field("梯队", "Ladder", Kind.CODE)
    published: Mapped[date | None] = field("公示起始日", "Published", Kind.DATE, required=True)
    working_days: Mapped[int | None] = field(
        "公示工作日数", "Working days", Kind.NUMBER, unit="工作日"
    )
    count_first: Mapped[bool | None] = field(
        "起始日计入", "First day counts", Kind.FLAG, listed=False
    )
    ends: Mapped[date | None] = field("公示截止日", "Ends", Kind.DATE)
    provisional: Mapped[bool | None] = field("截止日待核", "End provisional", Kind.FLAG)
    receives: Mapped[str | None] = field("受理部门", "Received by")
    phone: Mapped[str | None] = field("受理电话", "Phone", Kind.PHONE)
    document_no: Mapped[str | None] = field("文号", "Document no.")
    objections: Mapped[str | None] = field("异议情况", "Objections", Kind.NOTE)
    proposed: Mapped[str | None] = field("公示名单", "Proposed moves", Kind.NOTE, listed=False)


class TierMove(Record):
    """An enterprise comes to stand on a tier, or leaves the ladder; decided by a person.

    Where it came from is not stored: it is the move before this one by effective date, so that a
    move entered late, between two others, puts everything after it right. `tier` is empty for an
    exit. `facts` keeps the conditions as they were judged that day (JSON), `override` why the move
    was made although a condition was not met or a tier was skipped. A move with `set_aside` (why)
    no longer counts: two records of one enterprise were merged, and the other's standing was right.
    """

    __tablename__ = "tier_move"
    zh, en = "层级变动", "Tier move"
    title_field = "reason"

    enterprise_id: Mapped[str | None] = field(
        "企业", "Enterprise", Kind.LINK, links="enterprise", required=True
    )
    ladder: Mapped[str | None] = field("梯队", "Ladder", Kind.CODE, required=True, index=True)
    tier: Mapped[str | None] = field("变动后层级", "To tier", Kind.CODE)
    effective: Mapped[date | None] = field("生效日期", "Effective", Kind.DATE, required=True)
    reason: Mapped[str | None] = field("变动理由", "Reason", Kind.NOTE, required=True)
    exit_reason: Mapped[str | None] = field("退出原因", "Exit reason", Kind.CODE)
    document_no: Mapped[str | None] = field(
        "文号", "Document no.", aliases=("入库文件", "批准文号")
    )
    decided_by: Mapped[str | None] = field("决定人", "Decided by", Kind.PERSON)
    evidence: Mapped[str | None] = field("依据材料", "Evidence", Kind.NOTE)
    scheme: Mapped[str | None] = field("适用方案", "Scheme version", Kind.CODE)
    facts: Mapped[str | None] = field("评定事实", "Facts judged", Kind.NOTE, listed=False)
    override: Mapped[str | None] = field("例外理由", "Reason for exception", Kind.NOTE)
    notice_id: Mapped[str | None] = field("公示", "Public notice", Kind.LINK, links="public_notice")
    set_aside: Mapped[str | None] = field(
        "不计入的理由", "Set aside because", Kind.NOTE, listed=False
    )
