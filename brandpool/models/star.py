"""The star rating of a station (DB3302/T 1115-2025): its own papers, and scores set by a person.

Points and what counts for each of the thirteen items are data (stars.json).
"""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from brandpool.models.field import Choice, Kind
from brandpool.models.record import Record, field
from brandpool.models.training import STAR_ITEMS

PAPERS = (
    Choice("rule", "规章制度", "Rule", ("制度", "管理制度")),
    Choice("duty", "岗位职责", "Duties", ("职责",)),
    Choice("establishment", "建站文件", "Founding document", ("设站文件", "批复")),
    Choice("budget", "经费文件", "Budget", ("经费凭证", "预算")),
    Choice("premises", "场所证明", "Premises", ("办公场所", "租赁合同", "平面图")),
    Choice("plan", "工作计划", "Plan", ("年度计划",)),
    Choice("summary", "工作总结", "Summary", ("年度总结",)),
    Choice("archive", "档案目录", "Archive list", ("归档目录",)),
    Choice("report", "媒体报道", "Press report", ("报道", "新闻")),
    Choice("award", "表彰奖励", "Award", ("荣誉", "奖励")),
    Choice("case", "典型案例", "Case study", ("案例",)),
    Choice("innovation", "创新做法", "Innovation", ("创新材料",)),
    Choice("evidence", "目标佐证", "Proof of a target", ("佐证", "批准文件")),
    Choice("other", "其他", "Other"),
)


def _station() -> Mapped[str | None]:
    return field(
        "服务站", "Station", Kind.LINK, links="station", listed=False,
        aliases=("所属服务站", "所属站点"), hint="只有一个站时不用填",
    )  # fmt: skip


class StationPaper(Record):
    """A paper of the station itself; the file lies beside the pool under its content's hash."""

    __tablename__ = "station_paper"
    zh, en = "站务材料", "Station paper"
    title_field = "title"
    same_by = ("title", "dated")
    ledger = True

    station_id: Mapped[str | None] = _station()
    title: Mapped[str | None] = field(
        "材料名称", "Title", required=True, searchable=True, aliases=("标题", "文件名称")
    )
    paper_kind: Mapped[str | None] = field(
        "材料类别", "Kind", Kind.CHOICE, choices=PAPERS, required=True, aliases=("类别",)
    )
    dated: Mapped[date | None] = field(
        "日期", "Date", Kind.DATE, aliases=("印发日期", "落款日期", "签发日期")
    )
    valid_until: Mapped[date | None] = field(
        "有效期至", "Valid until", Kind.DATE, aliases=("废止日期",), listed=False
    )
    document_no: Mapped[str | None] = field("文号", "Document no.", aliases=("文件号", "编号"))
    issuer: Mapped[str | None] = field("印发单位", "Issued by", aliases=("发文单位", "发布媒体"))
    file_name: Mapped[str | None] = field("文件名", "File name")
    content_hash: Mapped[str | None] = field(
        "内容标识", "Content hash", Kind.FILE, listed=False,
        hint="文件内容的 SHA-256，由程序填写",
    )  # fmt: skip
    remark: Mapped[str | None] = field("备注", "Remark", Kind.NOTE, listed=False)


class StarScore(Record):
    """A person's score of one item in one year, put in place of the proposed one with a reason."""

    __tablename__ = "star_score"
    zh, en = "星级自评分", "Star score"
    same_by = ("year", "item", "station_id")
    title_field = "item"

    station_id: Mapped[str | None] = _station()
    year: Mapped[int | None] = field("自评年度", "Year", Kind.YEAR, required=True)
    item: Mapped[str | None] = field(
        "评价项目", "Item", Kind.CHOICE, choices=STAR_ITEMS, required=True
    )
    score: Mapped[Decimal | None] = field("自评分", "Score", Kind.DECIMAL, required=True, unit="分")
    reason: Mapped[str | None] = field("评分理由", "Reason", Kind.NOTE, required=True)
    scored_by: Mapped[str | None] = field("评分人", "Scored by", Kind.PERSON)
    scored_on: Mapped[date | None] = field("评分日期", "Scored on", Kind.DATE)
