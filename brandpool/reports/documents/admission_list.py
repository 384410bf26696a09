"""The list of those admitted (入库名单): who entered, rose or left in a period, tier by tier."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.chinese_words import EMPTY, numeral
from brandpool.exchange.table_out import chinese_day
from brandpool.i18n import _
from brandpool.reports.documents import changes
from brandpool.reports.documents.changes import ADMITTED, Change
from brandpool.reports.documents.content import Draft, Listing, Office, cited, frame, scheme_on
from brandpool.reports.scope import Scope, scope_of
from brandpool.services import answers
from brandpool.services.questions import Question

_HEADS = (
    "序号", "企业名称", "统一社会信用代码", "所属街道", "主商标", "注册号", "类别",
    "办理", "生效日期", "文号",
)  # fmt: skip
_LEFT_HEADS = ("序号", "企业名称", "统一社会信用代码", "原层级", "生效日期", "原因", "文号")


def draft(session: Session, ladder: str, start: date, end: date, by: Office, day: date) -> Draft:
    """The list of a ladder for the moves that took effect from `start` to `end`.

    Raises UserError when nobody entered, rose or left in that time.
    """
    scope = scope_of(session, ladder, start, end)
    found = changes.changes(session, ladder, start, end)
    admitted = changes.of_kind(found, *ADMITTED)
    left = changes.of_kind(found, "exit")
    if not admitted and not left:
        text = _("{start}至{end}没有入库、升级或退出的企业，没有生成入库名单。请改选期间。")
        raise UserError(text.format(start=start, end=end))
    title = f"{by.zone}{scope.title}入库企业名单"
    context = frame(
        title,
        by,
        day,
        start=start,
        end=end,
        subtitle=f"（{chinese_day(start)}至{chinese_day(end)}）",
        ladder=scope.title,
        scheme=cited(scheme_on(session, ladder, end)),
        groups=_groups(session, scope, admitted, end),
        left=_left(scope, left),
        count=len(admitted),
        left_count=len(left),
    )
    return Draft(title, "admission_list.docx", context, len(admitted) + len(left))


def _groups(session: Session, scope: Scope, found: list[Change], on: date) -> list[Listing]:
    marks = _marks(session, [one.enterprise for one in found], on)
    made: list[Listing] = []
    older = {one.move.tier for one in found if one.move.tier} - set(scope.codes)
    for tier in (*reversed(scope.codes), *sorted(older)):
        here = [one for one in found if one.move.tier == tier]
        if here:
            rows = tuple(
                (str(number), *_row(one, marks.get(one.enterprise, (EMPTY,) * 3)))
                for number, one in enumerate(here, 1)
            )
            caption = f"{numeral(len(made) + 1)}、{scope.name(tier)}（{len(here)}家）"
            made.append(Listing(_HEADS, rows, caption))
    return made


def _row(one: Change, marks: tuple[str, ...]) -> tuple[str, ...]:
    return (
        one.name,
        one.credit_code or EMPTY,
        one.street or EMPTY,
        *marks,
        one.what,
        chinese_day(one.move.effective),
        one.move.document_no or EMPTY,
    )


def _marks(session: Session, ids: list[str], on: date) -> dict[str, tuple[str, ...]]:
    """Main mark, number and class of each enterprise."""
    asked = Question(columns=("mark", "mark_no", "mark_class"), only=tuple(ids))
    found = answers.answer(session, asked, on)
    return {row.id: tuple(str(cell or EMPTY) for cell in row.values) for row in found.rows}


def _left(scope: Scope, found: list[Change]) -> Listing | None:
    rows = tuple(
        (
            str(number),
            one.name,
            one.credit_code or EMPTY,
            scope.name(one.move.came_from or ""),
            chinese_day(one.move.effective),
            one.move.reason or EMPTY,
            one.move.document_no or EMPTY,
        )
        for number, one in enumerate(found, 1)
    )
    return Listing(_LEFT_HEADS, rows, f"退出（{len(rows)}家）") if rows else None
