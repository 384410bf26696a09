"""Every chart of the sample pool is drawn, and each of its marks opens what it stands for."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandpool import i18n
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.exchange import pool_files, sample
from brandpool.reports import bars_figure, figure, legend, tally
from brandpool.reports.ask import Ask
from brandpool.reports.charts import about, chart, charts
from brandpool.reports.tally import About

TODAY = date(2026, 11, 22)
ASK = Ask("cultivation_ladder", date(2025, 12, 31), TODAY)
KEYS = [one.key for one in charts()]
PARTS = {"bars_", "stock", "dwell"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    path: Path = tmp_path_factory.mktemp("sample") / "sample.brandpool"
    pool = pool_files.create(path, who="测试员")
    sample.build(pool, 60, 1, TODAY)
    yield pool
    pool.close()


def drawn(pool: Pool, key: str) -> tuple[Any, Any, Any]:
    one = chart(key)
    with pool.read() as session:
        frame = one.numbers(session, about(session, one, ASK, ""))
    return one, frame, one.draw(frame, figure.SIZE, frozenset())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_chart_is_drawn_in_both_languages(filled: Pool, key: str, lang: i18n.Lang) -> None:
    with i18n.speaking(lang):
        one, frame, drawing = drawn(filled, key)
        marks = [patch.get_gid() for patch in figure.marked(drawing)]
        assert marks
        assert len(set(marks)) == len(marks)
        for mark in marks:
            rows = one.rows(frame, mark)
            assert len(set(rows.keys)) == len(rows.keys)
            assert rows.title
        assert len(one.printed(frame))
        assert one.definition(frame)
    if lang == "zh":
        assert figure.picture(drawing)[:4] == b"\x89PNG"


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("bars_")])
def test_every_part_of_a_bar_is_as_long_as_its_records(filled: Pool, key: str) -> None:
    one, frame, drawing = drawn(filled, key)
    standing = bool(tally.about(frame).spans)
    for patch in figure.marked(drawing):
        length = patch.get_height() if standing else patch.get_width()
        assert round(length) == len(one.rows(frame, patch.get_gid()).keys)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["madrid", "calendar"])
def test_every_shaded_cell_opens_as_many_records_as_are_written_in_it(
    filled: Pool, key: str
) -> None:
    one, frame, drawing = drawn(filled, key)
    axes = drawing.axes[0]
    written = {
        (int(text.get_position()[0]), int(text.get_position()[1])): text.get_text()
        for text in axes.texts
        if text.get_text().isdigit()
    }
    marked = figure.marked(drawing)
    assert len(marked) == len(written)
    for patch in marked:
        x, y = patch.get_x() + 0.47, patch.get_y() + 0.6
        assert int(written[int(x), int(y)]) == len(one.rows(frame, patch.get_gid()).keys)


@pytest.mark.slow
def test_points_of_the_curve_open_those_promoted_by_then(filled: Pool) -> None:
    one, frame, drawing = drawn(filled, "survival")
    promoted = {
        tier: sorted(days for (name, _id), (days, end) in frame.attrs["times"].days.items()
                     if name == tier and end == "up")
        for tier in frame.attrs["curves"]
    }  # fmt: skip
    for patch in figure.marked(drawing):
        _by, day, tier = patch.get_gid().split(":", 2)
        wanted = sum(days <= int(day) for days in promoted[tier])
        assert len(one.rows(frame, patch.get_gid()).keys) == wanted


def _frame() -> Any:
    days = [date(2026, month, 1) for month in (1, 2, 3)]
    spans = tuple((day, day + timedelta(27)) for day in days)
    told = About("进出", "期间", "件", "口径", ("一", "二", "三"), ("甲", "乙"), spans=spans)
    lines = [("一", "甲", "mark", "1"), ("二", "乙", "mark", "2"), ("三", "甲", "mark", "3")]
    return tally.tally(told, lines)


def test_a_hidden_series_is_not_drawn_but_stays_in_the_legend() -> None:
    drawing = bars_figure.draw(_frame(), figure.SIZE, {"甲"})
    assert {patch.get_gid() for patch in figure.marked(drawing)} == {"cell:1:1"}
    entries = {area.mark for area in figure.areas(drawing)}
    assert {f"{legend.SERIES}甲", f"{legend.SERIES}乙"} <= entries


def test_what_is_dragged_over_are_whole_periods() -> None:
    frame = _frame()
    drawing = bars_figure.draw(frame)
    drawing.draw_without_rendering()
    found = figure.scale(drawing)
    assert found is not None
    pixels = [drawing.axes[0].transData.transform((place, 0))[0] for place in (2.1, 0.8)]
    spans = tally.about(frame).spans
    assert figure.span_of(spans, found, *pixels) == (spans[1][0], spans[2][1])


def test_an_unknown_chart_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError, match="timeline"):
        chart("pie")
