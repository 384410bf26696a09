"""The public notice (公示): who is proposed for which tier, until when objections are taken."""

from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.chinese_words import EMPTY, numeral
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import PublicNotice
from brandpool.reports.documents.content import Draft, Listing, Office, cited, frame, scheme_on
from brandpool.reports.scope import Scope, scope_of
from brandpool.rules.reference import Reference
from brandpool.services import notices, records
from brandpool.services.notices import Proposal
from brandpool.services.records import RecordRow

_HEADS = ("序号", "企业名称", "统一社会信用代码")


def draft(
    session: Session, notice: str, by: Office, day: date, ref: Reference | None = None
) -> Draft:
    """The text of a notice, without anybody's personal data, money or contacts (PIPL art. 6).

    Its last day is counted anew in working days. Raises UserError when the notice has no first day
    or nobody on its list.
    """
    row = records.get(session, PublicNotice, notice)
    proposed = notices.proposals(row)
    if not proposed:
        raise UserError(_("公示名单是空的，没有生成公示文稿。"))
    counted = notices.explained(session, notice, ref)
    published, ends = _day(row, "published"), counted.day("end")
    scope = scope_of(session, str(row["ladder"] or ""), published, published)
    groups = _groups(session, scope, proposed)
    title = str(row["title"])
    context = frame(
        title,
        by,
        day,
        published=published,
        ends=ends,
        working_days=row["working_days"],
        provisional=counted.provisional,
        ladder=scope.title,
        document_no=row["document_no"] or "",
        opening=_opening(cited(scheme_on(session, scope.ladder, published)), scope, len(proposed)),
        groups=groups,
        receives=row["receives"] or by.name,
        receive_phone=row["phone"] or by.phone or None,
        count=len(proposed),
    )
    return Draft(title, "public_notice.docx", context, len(proposed))


def _opening(scheme: str, scope: Scope, number: int) -> str:
    by = f"根据{scheme}，" if scheme else ""
    return f"{by}经审核，现将{scope.title}拟调整的{number}家企业名单予以公示，接受社会监督。"


def _groups(session: Session, scope: Scope, proposed: list[Proposal]) -> list[Listing]:
    """One table per tier, the highest first, those who are to leave last."""
    found = records.rows(session, Enterprise, [one.enterprise for one in proposed])
    known = {row.id: _public(row) for row in found}
    gone = ("（企业记录已删除）", EMPTY)
    older = {one.tier for one in proposed if one.tier} - set(scope.codes)
    made: list[Listing] = []
    for tier in (*reversed(scope.codes), *sorted(older), None):
        here = [known.get(one.enterprise, gone) for one in proposed if one.tier == tier]
        if here:
            words = f"拟列入{scope.name(tier)}" if tier else "拟退出"
            caption = f"{numeral(len(made) + 1)}、{words}的企业（{len(here)}家）"
            rows = tuple((str(number), *cells) for number, cells in enumerate(here, 1))
            made.append(Listing(_HEADS, rows, caption))
    return made


def _public(row: RecordRow) -> tuple[str, str]:
    """Name and credit code: what the register of enterprises shows to everybody."""
    return str(row["name"] or EMPTY), str(row["credit_code"] or EMPTY)


def _day(row: RecordRow, name: str) -> date:
    value = row[name]
    assert isinstance(value, date)
    return value
