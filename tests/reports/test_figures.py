"""The drawings: everything drawn opens its rows with the same count; files are whole and stable."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.errors import UserError
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports import dwell, figure, movement, stock
from brandpool.reports.flow_figure import draw_flow
from brandpool.reports.matrix_figure import draw_matrix
from brandpool.services import schemes

LADDER = "cultivation_ladder"
START, END = date(2024, 6, 30), date(2026, 6, 30)
LINES = (
    [(0, "reserve"), (200, "growing"), (700, "backbone")],
    [(0, "reserve"), (400, "growing")],
    [(0, "growing"), (500, "reserve")],
    [(0, "backbone"), (600, None)],
    [(300, "leading")],
    [(10, "reserve")],
    [(20, "reserve"), (650, "leading")],
)


@pytest.fixture
def frames(pool: Pool) -> dict[str, Any]:
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        names = [{"name": f"宁波企业{n}有限公司"} for n in range(len(LINES))]
        ids = journal.insert(session, Enterprise, names)
        journal.insert(
            session,
            TierMove,
            [
                {
                    "enterprise_id": one,
                    "ladder": LADDER,
                    "tier": tier,
                    "effective": date(2024, 5, 1) + timedelta(day),
                    "reason": "评定",
                }
                for one, line in zip(ids, LINES, strict=True)
                for day, tier in line
            ],
        )
    with pool.read() as session:
        return {
            "movement": movement.numbers(session, LADDER, START, END),
            "stock": stock.numbers(session, LADDER, START, END, "quarter"),
            "dwell": dwell.numbers(session, LADDER, END),
        }


def _height(patch: Any) -> int:
    return round(patch.get_height())


def test_every_band_and_bar_of_the_flow_opens_its_rows(frames: dict[str, Any]) -> None:
    frame = frames["movement"]
    drawn = [patch.get_gid() for patch in figure.marked(draw_flow(frame))]
    assert sorted(mark for mark in drawn if mark.startswith("cell:")) == sorted(
        f"cell:{source}>{target}" for source, target in movement.flows(frame)
    )
    for source, target in movement.flows(frame):
        opened = movement.rows(frame, f"cell:{source}>{target}")
        assert len(opened.ids) == movement.flows(frame)[source, target]


def test_the_bands_are_as_thick_as_they_count(frames: dict[str, Any]) -> None:
    frame = frames["movement"]
    bars = {p.get_gid(): p for p in figure.marked(draw_flow(frame)) if "cell" not in p.get_gid()}
    thickness = {
        bar.get_height() / len(movement.rows(frame, mark).ids)
        for mark, bar in bars.items()
        if movement.rows(frame, mark).ids
    }
    assert max(thickness) == pytest.approx(min(thickness))


def test_every_cell_and_sum_of_the_matrix_opens_as_many_rows_as_it_says(
    frames: dict[str, Any],
) -> None:
    frame = frames["movement"]
    drawing = draw_matrix(frame)
    axes = drawing.axes[0]
    written = {
        (int(t.get_position()[0]), int(t.get_position()[1])): t.get_text().replace("—", "0")
        for t in axes.texts
    }
    marked = figure.marked(drawing)
    assert len(marked) == 6 * 6 - 1
    for patch in marked:
        place = (int(patch.get_x()), int(patch.get_y()))
        assert int(written[place]) == len(movement.rows(frame, patch.get_gid()).ids)


def test_every_bar_over_time_is_as_high_as_its_rows(frames: dict[str, Any]) -> None:
    marked = figure.marked(stock.draw(frames["stock"]))
    assert marked
    for patch in marked:
        assert len(stock.rows(frames["stock"], patch.get_gid()).ids) == _height(patch)


def test_every_bar_of_stays_is_as_high_as_its_rows(frames: dict[str, Any]) -> None:
    marked = figure.marked(dwell.draw(frames["dwell"]))
    assert sum(map(_height, marked)) == len(frames["dwell"])
    for patch in marked:
        assert len(dwell.rows(frames["dwell"], patch.get_gid()).ids) == _height(patch)


def test_the_point_under_the_mouse_finds_its_mark(frames: dict[str, Any]) -> None:
    for drawing in (
        draw_matrix(frames["movement"]),
        stock.draw(frames["stock"]),
        dwell.draw(frames["dwell"]),
    ):
        drawn = figure.areas(drawing)
        for patch in figure.marked(drawing):
            x, y = patch.axes.transData.transform(
                (patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2)
            )
            assert figure.hit(drawn, x, y) == patch.get_gid()
        assert figure.hit(drawn, 1, 1) is None


def test_a_band_is_found_where_it_leaves_its_tier(frames: dict[str, Any]) -> None:
    drawing = draw_flow(frames["movement"])
    drawn = figure.areas(drawing)
    for patch in figure.marked(drawing):
        if patch.get_gid().startswith("cell:"):
            points = patch.get_path().vertices
            x, y = points[0][0] + 0.002, (points[0][1] + points[7][1]) / 2
            assert figure.hit(drawn, *patch.axes.transData.transform((x, y))) == patch.get_gid()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_figure_gives_the_same_file(
    frames: dict[str, Any], tmp_path: Path, kind: str
) -> None:
    for name in ("a", "b"):
        figure.save(draw_flow(frames["movement"]), tmp_path / f"{name}.{kind}")
    assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
    assert sorted(path.name for path in tmp_path.glob(f"*{kind}")) == [f"a.{kind}", f"b.{kind}"]


def test_a_picture_for_print_has_three_hundred_dots_per_inch(frames: dict[str, Any]) -> None:
    raw = figure.picture(draw_matrix(frames["movement"]))
    width = int.from_bytes(raw[16:20])
    assert width == round(figure.SIZE[0] * 300)


def test_a_saved_svg_carries_the_marks(frames: dict[str, Any], tmp_path: Path) -> None:
    figure.save(draw_matrix(frames["movement"]), tmp_path / "a.svg")
    assert 'id="last:leading"' in (tmp_path / "a.svg").read_text()


def test_another_ending_is_refused(frames: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="png、svg 或 pdf"):
        figure.save(draw_matrix(frames["movement"]), tmp_path / "a.bmp")


def test_a_folder_that_is_not_there_is_said_plainly(frames: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有写成"):
        figure.save(draw_matrix(frames["movement"]), tmp_path / "none" / "a.png")


def test_every_character_is_in_the_bundled_font(
    frames: dict[str, Any], recwarn: pytest.WarningsRecorder
) -> None:
    for drawing in (
        draw_flow(frames["movement"]),
        draw_matrix(frames["movement"]),
        stock.draw(frames["stock"]),
        dwell.draw(frames["dwell"]),
    ):
        figure.picture(drawing, dpi=50)
        families = {
            text.get_fontname() for text in drawing.findobj() if hasattr(text, "get_fontname")
        }
        assert families == {"Noto Sans CJK SC"}
    assert not [str(warning.message) for warning in recwarn]


def test_a_missing_font_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="缺少中文字体"):
        figure.prepare(tmp_path / "none.otf")


def test_an_empty_ladder_says_so(pool: Pool) -> None:
    with pool.read() as session:
        flow = draw_flow(movement.numbers(session, "none", START, END))
        matrix = draw_matrix(movement.numbers(session, "none", START, END))
        over_time = stock.draw(stock.numbers(session, "none", START, END))
        stays = dwell.draw(dwell.numbers(session, "none", END))
    for drawing in (flow, matrix, over_time, stays):
        assert figure.marked(drawing) == []
        assert any("没有" in text.get_text() for text in drawing.texts)


def test_series_differ_in_lightness_and_neighbours_in_hatching() -> None:
    looks = figure.looks(5)
    lightness = [sum(int(look.fill[n : n + 2], 16) for n in (1, 3, 5)) for look in looks]
    assert lightness == sorted(lightness, reverse=True)
    assert all(a.hatch != b.hatch for a, b in pairwise(looks))


def test_text_is_broken_to_fit_and_keeps_every_character() -> None:
    text = "口径：以两日日终所在层级为准，每家企业只计一次；层级按变动的生效日期确定。"
    lines = figure.wrapped(text, 20)
    assert "".join(lines) == text
    assert not any(line.startswith(("，", "。", "；")) for line in lines)


def test_a_latin_word_is_not_broken() -> None:
    text = "How counted: enterprises on each tier at the close of the day"
    lines = figure.wrapped(text, 20)
    assert " ".join(line.strip() for line in lines) == text
    assert all(len(line) <= 20 for line in lines)


def test_cells_with_tabs_and_quotes_are_quoted_for_the_clipboard() -> None:
    from pandas import DataFrame

    frame = DataFrame([["a", 'b\r\nc"d']], columns=["甲", "乙\t丙"])
    assert figure.tsv(frame) == '甲\t"乙\t丙"\r\na\t"b\r\nc""d"\r\n'
