"""The report: its numbers are those of the services, every one with a definition and its rows."""

import io
from datetime import date

import docx
import pytest

from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange.chinese_words import EMPTY
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import by_kind
from brandpool.reports.documents import leaving, report, report_parts, report_sections
from brandpool.reports.documents.catalogue import World
from brandpool.reports.documents.content import Listing
from brandpool.reports.documents.period import Period, period_of
from brandpool.reports.documents.report_parts import Ask, Number, Section
from brandpool.services import madrid_counts, mark_counts, records, schemes, tiers
from brandpool.services.counted import Counted
from brandpool.services.madrid_counts import FiftyDefinition
from brandpool.services.mark_counts import MarkDefinition

DAY = date(2026, 11, 22)


def ask_of(pool: Pool, world: World, period: Period) -> Ask:
    on = period.counted_to(DAY)
    with pool.read() as session:
        ladders = tuple(code for code, _name, _scheme in schemes.ladders(session, on))
    return Ask(ladders, period, on, world.ref)


@pytest.mark.parametrize(
    ("span", "day", "words", "start", "end", "before"),
    [
        ("month", date(2026, 2, 11), "2026年2月", date(2026, 2, 1), date(2026, 2, 28), "2026年1月"),
        (
            "quarter", date(2026, 1, 1), "2026年第一季度", date(2026, 1, 1), date(2026, 3, 31),
            "2025年第四季度",
        ),
        ("year", date(2024, 2, 29), "2024年", date(2024, 1, 1), date(2024, 12, 31), "2023年"),
    ],
)  # fmt: skip
def test_periods_are_whole_months_quarters_and_years(
    span: report_parts.Period, day: date, words: str, start: date, end: date, before: str
) -> None:
    period = period_of(span, day)  # type: ignore[arg-type]
    assert (period.words, period.start, period.end) == (words, start, end)
    assert period.before.words == before
    assert period.before.end == date.fromordinal(start.toordinal() - 1)


def test_the_numbers_are_those_of_the_pool(sampled: Pool, world: World) -> None:
    ask = ask_of(sampled, world, period_of("month", date(2026, 10, 1)))
    with sampled.read() as session:
        sections = report.read(session, ask)
        ladder, marks, madrid = sections[0], sections[-3], sections[-2]
        standing = tiers.standings(session, ask.ladders[0], ask.on)
        assert ladder.numbers[0].now.total == len(standing)
        assert {record for _kind, record in ladder.numbers[0].now.rows} == set(standing)
        found = mark_counts.in_force(session, MarkDefinition(), ask.on, ref=ask.ref)
        assert marks.numbers[0].now.total == found.classes
        fifty = madrid_counts.count_fifty(session, FiftyDefinition(), ask.on, ref=ask.ref)
        assert madrid.numbers[0].now.total == fifty.value


def test_stock_and_flows_of_a_ladder_add_up(sampled: Pool, world: World) -> None:
    ask = ask_of(sampled, world, period_of("year", DAY))
    with sampled.read() as session:
        section = report_sections.ladder_section(session, ask, ask.ladders[0])
    stock, entered, _up, _down, left = (one.now.total or 0 for one in section.numbers)
    before = section.numbers[0].before
    assert before is not None
    assert entered
    assert stock == (before.total or 0) + entered - left


def test_every_number_has_a_definition_and_rows_that_exist(sampled: Pool, world: World) -> None:
    ask = ask_of(sampled, world, period_of("quarter", DAY))
    with sampled.read() as session:
        sections = [*report.read(session, ask), report_sections.work_section(session, ask)]
        for one in (number for section in sections for number in section.numbers):
            assert one.now.definition, one.name
            for kind, record in one.now.rows:
                assert records.rows(session, by_kind()[kind], [record]), one.name


def test_a_code_stands_beside_each_number_when_codes_are_given(sampled: Pool, world: World) -> None:
    given: dict[str, str] = {}

    def code(name: str, counted: Counted) -> str:
        return given.setdefault(name, f"A{len(given) + 1:03d}")

    period = period_of("month", DAY)
    with sampled.read() as session:
        coded = report.draft(session, period, world.by, DAY, ref=world.ref, code=code)
    tables = docx.Document(io.BytesIO(leaving.docx_of(coded))).tables
    shown = [
        row.cells[-1].text
        for table in tables
        if table.rows[0].cells[-1].text == "编码"
        for row in table.rows[1:]
    ]
    assert sorted(set(shown)) == sorted(given.values())
    assert len(given) > 10


def test_a_further_section_stands_before_the_ledgers(sampled: Pool, world: World) -> None:
    rows = ((Enterprise.kind(), "x"),)
    more = Section("目标", numbers=(Number("目标完成", Counted(3, "项", rows, "按目标台账计。")),))
    with sampled.read() as session:
        draft = report.draft(
            session, period_of("month", DAY), world.by, DAY, ref=world.ref, more=[more]
        )
    titles = [section["title"] for section in draft.context["sections"]]
    assert titles[-2:] == ["目标", "台账登记"]


def test_charts_are_pictures_and_their_numbers_go_along(sampled: Pool, world: World) -> None:
    with sampled.read() as session:
        draft = report.draft(session, period_of("month", DAY), world.by, DAY, ref=world.ref)
    made = docx.Document(io.BytesIO(leaving.docx_of(draft)))
    charts = [chart for section in draft.context["sections"] for chart in section["charts"]]
    assert len(made.inline_shapes) == len(charts) >= 2
    captions = [table.caption for table in draft.data]
    assert all(chart.caption in captions for chart in charts)
    assert any(p.text == "附件1" for p in made.paragraphs)


def test_a_running_period_says_so_and_a_coming_one_is_refused(sampled: Pool, world: World) -> None:
    with sampled.read() as session:
        draft = report.draft(session, period_of("month", DAY), world.by, DAY, ref=world.ref)
        assert "本期尚未结束" in draft.context["opening"]
        assert draft.context["on"] == DAY
        with pytest.raises(UserError, match="还没有开始"):
            report.draft(session, period_of("month", date(2027, 1, 5)), world.by, DAY)


def test_unknown_values_and_unsure_records_are_told() -> None:
    unknown = Number("贯标企业", Counted(4, "家", (), "有效证书。", (("enterprise", "x"),)))
    nothing = Number("转化率", Counted(None, "%", (), "转化数除以引进数。"))
    money = Number(
        "质押金额", Counted(60_000_000, "元", (), "按登记日计。"), Counted(1, "元", (), "")
    )
    made = report_parts.section_context(1, Section("测试", numbers=(unknown, nothing, money)), None)
    table = made["numbers"]
    assert isinstance(table, Listing)
    assert [row[2] for row in table.rows] == ["4", EMPTY, "6,000万元"]
    assert table.rows[2][-1] == "增加6,000万元"
    assert made["definitions"][-1] == "贯标企业另有1家待查，未计入。"
