"""Targets, indicators and the star rating as tables of a document."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from brandpool.exchange.chinese_words import EMPTY
from brandpool.exchange.table_out import chinese_day
from brandpool.reports.documents.content import Listing
from brandpool.services import stars, targets
from brandpool.services.counted import Counted
from brandpool.services.stars import Rating
from brandpool.services.targets import MET, MISSED, UNVERIFIED, Actual, TargetRow

_STATES = {MET: "已达到", MISSED: "未达到", UNVERIFIED: "待核"}


def target_listing(rows: Sequence[TargetRow]) -> Listing:
    """Each target with its actual, last year's, what is lacking, and the definition."""
    heads = (
        "序号", "目标", "要求", "年度", "实际", "截至日", "上年", "完成率", "情况", "责任单位",
        "口径或来源", "依据条款",
    )  # fmt: skip
    made = tuple(_target(number, row) for number, row in enumerate(rows, 1))
    return Listing(heads, made, "目标完成情况")


def effect_listing(found: Sequence[tuple[str, Counted, Counted]], day: date) -> Listing:
    """Each indicator as it stands and as it stood at the end of last year."""
    rows = tuple(
        (str(number), name, said(now), said(before), now.definition)
        for number, (name, now, before) in enumerate(found, 1)
    )
    last = f"{day.year - 1}年末"
    return Listing(("序号", "指标", f"截至{chinese_day(day)}", last, "口径"), rows, "主要指标")


def rating_listing(rating: Rating) -> Listing:
    """The thirteen items with points, score, reason and what is missing; the sum at the end."""
    rows = [
        (str(number), item.group, *line)
        for number, (item, line) in enumerate(
            zip(rating.items, stars.lines(rating), strict=True), 1
        )
    ]
    total = ("", "合计", "", "100", stars.number(rating.proposed), stars.number(rating.total),
             "", "")  # fmt: skip
    heads = ("序号", "类别", "项目", "分值", "台账得分", "自评分", "评分理由", "缺项")
    note = "" if rating.verified else "各项之内的计分细则未经标准原文核对，台账得分为程序建议。"
    title = f"{rating.year}年星级自评表（{rating.standard}）"
    return Listing(heads, (*rows, total), title, note)


def said(counted: Counted) -> str:
    """A total with its unit; — where nothing can be said."""
    if counted.total is None:
        return EMPTY
    unknown = f"（另待查 {len(counted.unknown)}）" if counted.unknown else ""
    return targets.spoken(Decimal(counted.total), counted.unit) + unknown


def answer(actual: Actual, unit: str) -> str:
    """The actual in words: a number, 已建成, 未建成 or 待核."""
    if actual.value is not None:
        return targets.spoken(actual.value, unit)
    if actual.done is not None:
        return "已建成" if actual.done else "未建成"
    return "待核"


def _target(number: int, row: TargetRow) -> tuple[str, ...]:
    state = _STATES.get(row.state) or (
        f"推进中，每月还需 {row.pace}{row.unit}" if row.pace is not None else "推进中"
    )
    last = answer(row.last, row.unit) if row.last.known else EMPTY
    return (
        str(number), row.title, row.wanted, str(row.year), answer(row.actual, row.unit),
        chinese_day(row.day), last, f"{row.share}%" if row.share is not None else EMPTY, state,
        row.responsible or EMPTY, row.actual.definition,
        " ".join(filter(None, (row.document, row.clause.replace("\n", "")))) or EMPTY,
    )  # fmt: skip
