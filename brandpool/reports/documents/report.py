"""The monthly, quarterly or yearly report: numbers with definitions, charts, lists as annexes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange.table_out import chinese_day
from brandpool.i18n import _
from brandpool.reports.documents import report_sections
from brandpool.reports.documents.content import Draft, Listing, Office, frame
from brandpool.reports.documents.period import Period
from brandpool.reports.documents.report_parts import Ask, Code, Section, section_context
from brandpool.rules.reference import Reference
from brandpool.services import schemes


def draft(
    session: Session,
    period: Period,
    by: Office,
    today: date,
    *,
    ref: Reference | None = None,
    code: Code | None = None,
    more: Sequence[Section] = (),
) -> Draft:
    """The report of a period; while it still runs, as of today.

    `code` gives each number what is printed beside it so that it can be looked up again; `more`
    are further sections, put before the ledgers. Raises UserError for a period to come.
    """
    if period.start > today:
        raise UserError(_("{period}还没有开始，不能生成报告。").format(period=period.words))
    on = period.counted_to(today)
    ladders = tuple(ladder for ladder, _name, _scheme in schemes.ladders(session, on))
    ask = Ask(ladders, period, on, ref)
    sections = [*read(session, ask), *more]
    sections.append(report_sections.work_section(session, ask))
    return compose(sections, ask, by, today, code)


def read(session: Session, ask: Ask) -> list[Section]:
    """The sections on ladders, marks, Madrid and renewals."""
    return [
        *(report_sections.ladder_section(session, ask, ladder) for ladder in ask.ladders),
        report_sections.marks_section(session, ask),
        report_sections.madrid_section(session, ask),
        report_sections.renewals_section(session, ask),
    ]


def compose(
    sections: Sequence[Section], ask: Ask, by: Office, day: date, code: Code | None
) -> Draft:
    """The sections as one document, their lists as numbered annexes, their data as tables."""
    title = f"{by.zone}商标品牌梯队培育工作{ask.period.kind}"
    annexes = [annex for section in sections for annex in section.annexes]
    places = {id(annex): number for number, annex in enumerate(annexes, 1)}
    made = []
    for place, section in enumerate(sections, 1):
        told = [f"{annex.caption}见附件{places[id(annex)]}。" for annex in section.annexes]
        section = replace(section, texts=(*section.texts, *told))
        made.append(section_context(place, section, _named(section, code)))
    data = _data(sections, made)
    context = frame(
        title,
        by,
        day,
        period=ask.period.words,
        subtitle=f"（{ask.period.words}）",
        on=ask.on,
        opening=_opening(ask),
        sections=made,
        annexes=[
            *(_annex(number, annex.caption, [annex]) for number, annex in enumerate(annexes, 1)),
            _annex(len(annexes) + 1, "指标与图表数据", data),
        ],
    )
    number = sum(len(annex.rows) for annex in annexes)
    numbers = {
        f"{section.title}：{one.name}": one.now
        for section in sections if code
        for one in section.numbers
    }  # fmt: skip
    name = f"{title}_{ask.period.words}"
    return Draft(name, "report.docx", context, number, data=data, numbers=numbers)


def _named(section: Section, code: Code | None) -> Code | None:
    """Codes of a section's numbers, whose names are unique in the report with its title."""
    if code is None:
        return None
    return lambda name, counted: code(f"{section.title}：{name}", counted)


def _annex(number: int, title: str, tables: Sequence[Listing]) -> dict[str, object]:
    return {"number": number, "title": title, "tables": tables}


def _opening(ask: Ask) -> str:
    text = f"本报告数据截至{chinese_day(ask.on)}，与{chinese_day(ask.last)}比较。"
    running = ask.on < ask.period.end
    return text + ("本期尚未结束，为期间数据。" if running else "") + "各项指标的口径列于表后。"


def _data(sections: Sequence[Section], made: Sequence[dict[str, object]]) -> tuple[Listing, ...]:
    """The sheets that go along: the numbers, then the numbers behind each chart."""
    found = []
    for section, context in zip(sections, made, strict=True):
        numbers = context["numbers"]
        if isinstance(numbers, Listing):
            found.append(replace(numbers, caption=f"{section.title}指标"))
        found += [chart.data for chart in section.charts]
    return tuple(found)
