"""The shortlist handed up for approval (呈批件): what it rests on, who is on it, who signs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.chinese_words import EMPTY
from brandpool.exchange.table_out import chinese_day
from brandpool.i18n import _
from brandpool.reports.documents.content import (
    Draft,
    Listing,
    Office,
    cited,
    frame,
    names_people,
    of_answer,
)
from brandpool.reports.scope import scope_of
from brandpool.rules.scheme import Ladder
from brandpool.services import schemes
from brandpool.services.answers import Answer

LIST = "推荐名单"


def draft(
    session: Session,
    answer: Answer,
    name: str,
    by: Office,
    day: date,
    *,
    unmasked: bool = False,
) -> Draft:
    """The draft of a shortlist for approval; its annex has the list's own columns and order.

    Raises UserError when nobody is on the list.
    """
    if not answer.rows:
        raise UserError(_("名单里没有企业，没有生成呈批件。请先核对查询条件。"))
    ladder = scope_of(session, answer.ladder, answer.on, answer.on).title if answer.ladder else ""
    annex = of_answer(answer, caption=name, unmasked=unmasked)
    title = f"关于{name}的呈批件"
    context = frame(
        title,
        by,
        day,
        on=answer.on,
        ladder=ladder,
        opening=_opening(answer, ladder, by),
        basis=_basis(session, answer),
        totals=_totals(answer, _rungs(session, answer)),
        checked=_checked(answer),
        next_step=_next_step(session, answer),
        name=name,
        annex=annex,
        count=len(answer.rows),
    )
    people = names_people(answer.columns)
    return Draft(title, "shortlist_approval.docx", context, len(answer.rows), people)


def _opening(answer: Answer, ladder: str, by: Office) -> str:
    what = f"“{ladder}”" if ladder else "有关"
    return (
        f"为做好商标品牌梯队培育工作，{by.name}以{chinese_day(answer.on)}为截止日，"
        f"对{what}企业进行了梳理核对，提出名单共{len(answer.rows)}家企业，现呈报审批。"
    )


def _basis(session: Session, answer: Answer) -> str:
    if not answer.scheme:
        return "本名单按选定的查询条件产生，未适用梯队方案。"
    scheme = schemes.get(session, answer.scheme)
    return (
        f"适用{cited(scheme)}，自{chinese_day(scheme.starts)}起施行。"
        "层级以截止日当日生效的为准，企业资料以制作本件时库内登记为准。"
    )


def _totals(answer: Answer, rungs: Ladder | None) -> Listing:
    """How many for each recommended tier, or present tier where none is, the highest first."""
    place = _place(answer, "target")
    if place is None:
        place = _place(answer, "tier")
    if place is None:
        return Listing((), ())
    head = answer.columns[place].zh
    numbers = Counter(str(row.values[place] or EMPTY) for row in answer.rows)
    order = [tier.words.label("zh") for tier in reversed(rungs.tiers)] if rungs else []
    named = sorted(numbers, key=lambda tier: order.index(tier) if tier in order else len(order))
    rows = [(tier, f"{numbers[tier]}家") for tier in named]
    return Listing((head, "企业数"), (*rows, ("合计", f"{len(answer.rows)}家")))


def _checked(answer: Answer) -> str:
    place = _place(answer, "gap")
    if place is None:
        return "逐家的推荐理由见附件。" if _place(answer, "grounds") is not None else ""
    open_ones = [row.title for row in answer.rows if row.values[place]]
    if not open_ones:
        return "名单内企业均满足上一层级的全部条件。"
    return f"其中{len(open_ones)}家尚有条件未满足或待核实，逐家差距见附件。"


def _next_step(session: Session, answer: Answer) -> str:
    terms = _rungs(session, answer)
    if terms is None or terms.notice is None:
        return "经审批同意后，按规定办理后续手续。"
    days = terms.notice.working_days
    return f"经审批同意后，拟按方案规定公示{days}个工作日，公示期满无异议或异议不成立的，发文公布。"


def _rungs(session: Session, answer: Answer) -> Ladder | None:
    return schemes.get(session, answer.scheme).ladder(answer.ladder) if answer.scheme else None


def _place(answer: Answer, name: str) -> int | None:
    names: Sequence[str] = [column.name for column in answer.columns]
    return names.index(name) if name in names else None
