"""Charts: choose a chart and its dates; click on it to see its records; save and copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout
from sqlalchemy.orm import Session

from brandpool.exchange.table_out import file_name
from brandpool.i18n import _, lang, speaking
from brandpool.models.enterprise import Enterprise
from brandpool.reports import figure, tally
from brandpool.reports.ask import Ask, Span
from brandpool.reports.charts import Chart, charts
from brandpool.reports.legend import SERIES
from brandpool.reports.statistics import known_on, marked
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.statistics_page import ladders_on
from brandpool.ui.widgets.chart_bar import AskBar
from brandpool.ui.widgets.chart_view import ChartView, Picture, rendered
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

if TYPE_CHECKING:
    from pandas import DataFrame

_CLIPBOARD_DPI = 200


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What came back from the worker: the numbers, their picture, their table, whose they are."""

    chart: Chart
    ask: Ask
    known: date | None
    frame: DataFrame
    picture: Picture
    table: DataFrame
    definition: str


class ChartsPage(Page):
    """One chart at a time, drawn off the window's thread."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.drawn: _Drawn | None = None
        self.hidden: frozenset[str] = frozenset()
        self.wanted = ""
        self.bar: AskBar[Chart] = AskBar(charts(), date.today())
        self.view = ChartView(self._words)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.view, _("图"))
        self.message = style.soft("")
        self.buttons = {
            "copy": QPushButton(_("复制图片")),
            "numbers": QPushButton(_("复制数据")),
            "save": style.primary(QPushButton(_("保存图片…"))),
        }
        self._lay_out()
        self.bar.changed.connect(self._on_changed_ask)
        self.view.resized.connect(self.redraw)
        self.view.clicked.connect(self.open_mark)
        self.view.dragged.connect(self.choose_range)
        self.buttons["copy"].clicked.connect(self.copy_picture)
        self.buttons["numbers"].clicked.connect(self.copy_numbers)
        self.buttons["save"].clicked.connect(self.save_picture)

    def refresh(self) -> None:
        """Look which ladders and records there are, then draw."""
        ask, chart = self.bar.asked(), self.bar.chosen()
        self.shell.work.read(
            lambda session: _offered(session, chart, ask), self._offer, replaces=self
        )

    def open_record(self, kind: str, record: str) -> None:
        """Show the chart that is about one such record, about this one."""
        key = {Enterprise.kind(): "timeline"}.get(kind, "")
        if key:
            self.wanted = record
            self.bar.choose(key)

    def draw(self) -> None:
        """Count and draw what is asked for, all of it on the worker thread."""
        ask, chart, known = self.bar.asked(), self.bar.chosen(), self.bar.known()
        if not self.isVisible() or (chart.laddered and not ask.ladder):
            return
        if self.drawn is None or self.drawn.chart.key != chart.key:
            self.hidden = frozenset()
        size, ratio, hidden = self.view.inches(), self.devicePixelRatioF(), self.hidden

        def job(task: Task) -> _Drawn:
            frame = _counted(task, chart, ask, known)
            picture = rendered(chart.draw(frame, size, hidden), ratio)
            table, words = chart.printed(frame), chart.definition(frame)
            return _Drawn(chart, ask, known, frame, picture, table, words)

        self.shell.work.run(
            job, self._show, title=_("图表"), failed=self._cannot, replaces=self.view
        )

    def redraw(self) -> None:
        """Draw again what has been counted already: another size, or other series."""
        drawn = self.drawn
        if drawn is None:
            self.draw()
            return
        size, ratio, hidden = self.view.inches(), self.devicePixelRatioF(), self.hidden

        def job(_task: Task) -> _Drawn:
            picture = rendered(drawn.chart.draw(drawn.frame, size, hidden), ratio)
            return replace(drawn, picture=picture)

        self.shell.work.run(job, self._show, replaces=self.view, owner=self)

    def open_mark(self, mark: str) -> None:
        """Show exactly the records behind what was clicked; an entry of the legend is switched."""
        if self.drawn is None:
            return
        if mark.startswith(SERIES):
            self.hidden ^= {mark.removeprefix(SERIES)}
            self.redraw()
            return
        rows = self.drawn.chart.rows(self.drawn.frame, mark)
        if rows.keys:
            open_rows(self.shell, self, rows.keys, rows.title)

    def choose_range(self, first: float, last: float) -> None:
        """Ask for the days between two pixels of the drawing."""
        scale = self.view.picture.scale if self.view.picture else None
        if self.drawn is not None and scale is not None:
            self.bar.set_range(*figure.span_of(_spans(self.drawn.frame), scale, first, last))

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        if self.drawn is None:
            return
        chart, frame, hidden = self.drawn.chart, self.drawn.frame, self.hidden

        def done(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self.shell.say(_("图片已复制，可粘贴到 WPS。"))

        self.shell.work.run(lambda _task: _image(chart, frame, hidden), done, owner=self)

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard as spreadsheets paste them."""
        if self.drawn is not None:
            QGuiApplication.clipboard().setText(figure.tsv(self.drawn.table))
            self.shell.say(_("数据已复制，可粘贴到 WPS 表格。"))

    def save_picture(self) -> None:
        """Ask for a name, then save the picture in print quality."""
        if self.drawn is None:
            return
        drawn, hidden = self.drawn, self.hidden
        chart = drawn.chart
        name = file_name(self.shell.settings.zone, chart.title, drawn.ask.end, ".png")
        kinds = _("图片 (*.png);;矢量图 (*.svg);;PDF 文件 (*.pdf)")
        chosen, kind = QFileDialog.getSaveFileName(self, _("保存图片"), name, kinds)
        if not chosen:
            return
        path = _with_ending(Path(chosen), kind)
        self.shell.work.run(
            lambda task: _save(task, drawn, hidden, path),
            lambda _none: self.shell.say(_("已保存到 {path}").format(path=path)),
            title=_("保存图片"),
            owner=self,
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.bar, 1)
        for button in self.buttons.values():
            button.setEnabled(False)
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("图表")))
        layout.addLayout(top)
        layout.addWidget(self.message)
        layout.addWidget(self.tabs, 1)
        self._tell("")

    def _offer(self, found: _Offered) -> None:
        self.bar.offer(found.ladders, found.span)
        self.bar.offer_records(found.records, self.wanted)
        self.wanted = ""
        if self.bar.chosen().laddered and not found.ladders:
            self._tell(_("还没有施行中的梯队方案，无法统计层级。"))
        self.draw()

    def _on_changed_ask(self) -> None:
        """A chart of one record needs to know which there are before it can be drawn."""
        if self.bar.chosen().about_one:
            self.refresh()
        else:
            self.draw()

    def _show(self, drawn: _Drawn) -> None:
        self.drawn = drawn
        self._tell(_("按 {day} 已知的数据").format(day=drawn.known) if drawn.known else "")
        self.view.show_picture(drawn.picture)
        self.view.setAccessibleName(drawn.chart.title)
        self.view.draggable = drawn.chart.between
        self.view.setAccessibleDescription(drawn.definition)
        self._show_table(drawn.table)
        for button in self.buttons.values():
            button.setEnabled(True)

    def _show_table(self, table: DataFrame) -> None:
        """The numbers behind the picture, for those who read rather than look."""
        before, present = self.tabs.widget(1), self.tabs.currentIndex()
        headings = [str(name) for name in table.columns]
        shown: PlainTable[int] = PlainTable(headings, [130] * len(headings), _("数据"))
        lines = enumerate(table.to_numpy().tolist())
        shown.fill([Shown(number, tuple(map(str, line))) for number, line in lines])
        if before is not None:
            self.tabs.removeTab(1)
            before.deleteLater()
        self.tabs.addTab(shown, _("数据"))
        self.tabs.setCurrentIndex(present)

    def _cannot(self, sentence: str) -> None:
        self.drawn = None
        self.view.show_picture(None)
        self._tell(sentence)
        for button in self.buttons.values():
            button.setEnabled(False)

    def _tell(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _words(self, mark: str) -> str:
        if self.drawn is None:
            return ""
        if mark.startswith(SERIES):
            return _("点击隐藏或重新显示")
        rows = self.drawn.chart.rows(self.drawn.frame, mark)
        if {kind for kind, _record in rows.keys} <= {Enterprise.kind()}:
            text = _("{title}：{number} 家（点击查看）")
        else:
            text = _("{title}：{number} 条记录（点击查看）")
        return text.format(title=rows.title, number=len(rows.keys))


@dataclass(frozen=True, slots=True)
class _Offered:
    """What there is to choose from: ladders with the days of their moves, and records."""

    ladders: list[tuple[str, str]]
    span: Span | None
    records: list[tuple[str, str]]


def _offered(session: Session, chart: Chart, ask: Ask) -> _Offered:
    ladders, span = ladders_on(session, ask.ladder, ask.end)
    return _Offered(ladders, span, chart.subjects(session, ask) if chart.subjects else [])


def _spans(frame: DataFrame) -> Sequence[Span]:
    """The periods by their places, where time runs by places."""
    if "about" in frame.attrs:
        return tally.about(frame).spans
    found: Sequence[Span] = frame.attrs.get("spans", ())
    return found


def _image(chart: Chart, frame: DataFrame, hidden: frozenset[str]) -> QImage:
    drawing = chart.draw(frame, figure.SIZE, hidden)
    return QImage.fromData(figure.picture(drawing, dpi=_CLIPBOARD_DPI))


def _counted(task: Task, chart: Chart, ask: Ask, known: date | None) -> DataFrame:
    with known_on(task.pool, known) as session:
        frame = chart.numbers(session, ask)
    return marked(frame, known) if known is not None and "about" in frame.attrs else frame


def _save(task: Task, drawn: _Drawn, hidden: frozenset[str], path: Path) -> None:
    """Save the drawing in Chinese, whatever the window speaks: it leaves the station."""
    spoken, frame = lang(), drawn.frame
    with speaking("zh"):
        if spoken != "zh":
            frame = _counted(task, drawn.chart, drawn.ask, drawn.known)
        figure.save(drawn.chart.draw(frame, figure.SIZE, hidden), path)


def _with_ending(path: Path, kind: str) -> Path:
    """The name with the ending of the chosen kind, unless it has one of its own."""
    if path.suffix.lower() in (".png", ".svg", ".pdf"):
        return path
    return path.with_name(path.name + kind[kind.rfind("*.") + 1 : kind.rfind(")")])
