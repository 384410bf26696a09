"""The charts page as a clerk uses it: real pool, real worker, real mouse."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from brandpool.db import journal
from brandpool.db.pool import Pool
from brandpool.models.enterprise import Enterprise
from brandpool.models.tier import TierMove
from brandpool.reports import figure
from brandpool.services import records, schemes
from brandpool.settings import Settings
from brandpool.ui.charts_page import ChartsPage
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.page import Page, Shell
from brandpool.ui.work import Work

LADDER = "cultivation_ladder"


class Bench:
    """A charts page in front of a clerk, with the enterprises page beside it."""

    def __init__(self, qtbot: QtBot, pool: Pool) -> None:
        self.qtbot = qtbot
        self.work = Work(pool, lambda: "测试员")
        self.said: list[str] = []
        settings = Settings(zone="宁波高新区")
        self.shell = Shell(
            self.work, settings, lambda *_x: None, self.visit, self.said.append, lambda: None
        )
        self.enterprises = EnterprisesPage(self.shell)
        self.page = ChartsPage(self.shell)
        qtbot.addWidget(self.enterprises)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 640)
        self.page.show()
        self.settle()

    def visit(self, _key: str) -> Page:
        self.enterprises.show()
        return self.enterprises

    def settle(self) -> None:
        self.qtbot.wait(160)
        self.qtbot.waitUntil(lambda: self.work.idle, timeout=15_000)

    def choose(self, chart: str) -> None:
        self.page.bar.kind.setCurrentIndex(self.page.bar.kind.findData(chart))
        self.settle()

    def marks(self) -> dict[str, QPointF]:
        """Where on the widget each mark can be hit."""
        picture = self.page.view.picture
        assert picture is not None
        height, ratio = picture.image.height(), picture.image.devicePixelRatio()
        found: dict[str, QPointF] = {}
        for area in picture.areas:
            if area.mark.startswith("series:"):
                continue
            left, low, right, top = area.box
            for share in (0.5, 0.02, 0.98):
                x = left + (right - left) * share
                spots = [(x, low + (top - low) * part / 20) for part in range(1, 20)]
                hit = next((s for s in spots if figure.hit(picture.areas, *s) == area.mark), None)
                if hit is not None:
                    found.setdefault(area.mark, QPointF(hit[0] / ratio, (height - hit[1]) / ratio))
        return found


@pytest.fixture
def bench(qtbot: QtBot, pool: Pool) -> Iterator[Bench]:
    year = date.today().year
    with pool.write("准备", who="测试员") as session:
        schemes.install_shipped(session)
        ids = journal.insert(session, Enterprise, [{"name": f"企业{n}"} for n in range(8)])
        moves = [(n, "reserve", date(year - 2, 1, 5)) for n in range(6)]
        moves += [(0, "growing", date(year, 1, 1)), (1, "growing", date(year - 1, 5, 1))]
        moves += [(2, None, date(year, 1, 1)), (7, "backbone", date(year, 1, 1))]
        made: list[dict[str, Any]] = [
            {"enterprise_id": ids[n], "ladder": LADDER, "tier": tier, "effective": day}
            for n, tier, day in moves
        ]
        journal.insert(session, TierMove, made)
    found = Bench(qtbot, pool)
    yield found
    found.work.close()


def test_a_click_on_anything_drawn_opens_exactly_its_rows(bench: Bench) -> None:
    for chart in ("flow", "matrix", "stock", "dwell"):
        bench.choose(chart)
        assert bench.page.drawn is not None
        marks = bench.marks()
        assert marks
        chosen = bench.page.drawn
        counted = [one for one in marks.items() if chosen.chart.rows(chosen.frame, one[0]).keys]
        for mark, place in counted[:3]:
            bench.qtbot.mouseClick(bench.page.view, Qt.MouseButton.LeftButton, pos=place.toPoint())
            bench.settle()
            rows = bench.page.drawn.chart.rows(bench.page.drawn.frame, mark)
            assert set(bench.enterprises.table.model.ids) == set(rows.ids)
            assert len(bench.enterprises.table.model.ids) == len(rows.ids)


def entry(bench: Bench, series: str) -> QPoint:
    """Where the entry of a series stands in the legend."""
    picture = bench.page.view.picture
    assert picture is not None
    left, low, right, top = next(a.box for a in picture.areas if a.mark == f"series:{series}")
    return QPointF((left + right) / 2, picture.image.height() - (low + top) / 2).toPoint()


def test_an_entry_of_the_legend_takes_its_series_out_and_puts_it_back(bench: Bench) -> None:
    bench.choose("stock")
    for shown in (False, True):
        place = entry(bench, "reserve")
        bench.qtbot.mouseClick(bench.page.view, Qt.MouseButton.LeftButton, pos=place)
        bench.settle()
        assert any(mark.endswith(":reserve") for mark in bench.marks()) == shown
        assert any(mark.endswith(":backbone") for mark in bench.marks())


def test_another_chart_starts_with_all_its_series(bench: Bench) -> None:
    bench.choose("stock")
    bench.page.open_mark("series:reserve")
    bench.settle()
    bench.choose("dwell")
    assert bench.page.hidden == frozenset()


def test_dragging_over_a_chart_in_time_chooses_those_days(bench: Bench) -> None:
    bench.page.bar.period.setCurrentIndex(bench.page.bar.period.findData("years"))
    bench.choose("stock")
    picture = bench.page.view.picture
    assert picture is not None
    assert bench.page.drawn is not None
    days = list(bench.page.drawn.frame.index)
    areas = {area.mark: area.box for area in picture.areas}
    first, last = (areas[f"stock:{day}:reserve"] for day in (days[27], days[30]))
    view, button = bench.page.view, Qt.MouseButton.LeftButton
    bench.qtbot.mousePress(view, button, pos=QPoint(round((first[0] + first[2]) / 2), 200))
    bench.qtbot.mouseMove(view, QPoint(round((last[0] + last[2]) / 2), 200))
    bench.qtbot.mouseRelease(view, button, pos=QPoint(round((last[0] + last[2]) / 2), 200))
    bench.settle()
    ask = bench.page.bar.asked()
    assert (ask.start, ask.end) == (days[27], days[30])
    assert list(bench.page.drawn.frame.index) == days[27:31]


def test_the_chart_of_one_enterprise_opens_its_moves(bench: Bench) -> None:
    bench.choose("timeline")
    assert bench.page.drawn is not None
    rows = bench.page.drawn.chart.rows(bench.page.drawn.frame, "stay:0")
    assert [kind for kind, _record in rows.keys] == ["tier_move"]
    assert bench.page.bar.record.isVisible()


def test_a_chart_about_nothing_that_is_there_says_so(bench: Bench) -> None:
    bench.choose("target")
    assert "请选择一项目标" in bench.page.message.text()


def test_a_click_beside_the_drawing_opens_nothing(bench: Bench) -> None:
    with bench.qtbot.assertNotEmitted(bench.page.view.clicked):
        bench.qtbot.mouseClick(bench.page.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_the_mouse_is_told_what_it_stands_on(bench: Bench) -> None:
    assert bench.page._words("last:growing") == (f"成长层（{date.today()}）：2 家（点击查看）")


def test_the_numbers_behind_the_picture_are_a_table_and_can_be_copied(bench: Bench) -> None:
    bench.choose("matrix")
    bench.page.copy_numbers()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[-1].split("\t")[-1] == "7"
    table = bench.page.tabs.widget(1)
    assert table.model().rowCount() == len(lines) - 1


def test_the_picture_is_copied_in_print_quality(bench: Bench) -> None:
    bench.page.copy_picture()
    bench.settle()
    assert QGuiApplication.clipboard().image().width() == 2000


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_picture_is_saved_under_the_name_asked_for(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "流向"), f"图片 (*.{ending})"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    bench.page.save_picture()
    bench.settle()
    assert (tmp_path / f"流向.{ending}").stat().st_size > 1000
    assert asked[0].startswith("宁波高新区_商标品牌梯队培育库_层级流向图_")


def test_a_new_move_redraws_the_chart(bench: Bench, pool: Pool) -> None:
    before = bench.page.drawn
    with pool.write("变动", who="测试员") as session:
        ids = records.find(session, Enterprise)
        one = {"ladder": LADDER, "tier": "leading", "effective": date.today()}
        journal.insert(session, TierMove, [{"enterprise_id": n, **one} for n in ids[:1]])
    bench.settle()
    assert bench.page.drawn is not before


def test_dates_the_wrong_way_round_are_said_on_the_page(bench: Bench) -> None:
    bench.page.bar.start.setDate(bench.page.bar.end.date().addDays(5))
    bench.settle()
    assert "晚于" in bench.page.message.text()
    assert bench.page.view.picture is None
    assert not bench.page.buttons["save"].isEnabled()
    assert bench.page.bar.period.currentData() == "own"


def test_the_chart_fills_the_window_it_is_given(bench: Bench) -> None:
    bench.page.resize(1300, 700)
    bench.settle()
    assert bench.page.view.picture is not None
    assert bench.page.view.picture.image.width() == bench.page.view.width()


def test_a_chart_of_one_day_asks_for_one_day(bench: Bench) -> None:
    bench.choose("dwell")
    assert not bench.page.bar.start.isVisible()
    bench.choose("stock")
    assert bench.page.bar.start.isVisible()
    assert bench.page.bar.step.isVisible()
