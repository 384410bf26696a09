"""Charts: choose a ladder, dates and a chart; click on it to see its enterprises; save and copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout
from sqlalchemy.orm import Session

from brandpool.exchange.table_out import file_name
from brandpool.i18n import _
from brandpool.reports import figure, moves
from brandpool.reports.ask import Span
from brandpool.reports.charts import Chart, charts
from brandpool.services import schemes
from brandpool.ui import style
from brandpool.ui.enterprises_page import EnterprisesPage
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.chart_bar import AskBar
from brandpool.ui.widgets.chart_view import ChartView, Picture, rendered
from brandpool.ui.widgets.plain_table import PlainTable, Shown

if TYPE_CHECKING:
    from pandas import DataFrame

_CLIPBOARD_DPI = 200


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What came back from the worker: the numbers, their picture, their table, whose they are."""

    chart: Chart
    end: date
    frame: DataFrame
    picture: Picture
    table: DataFrame


class ChartsPage(Page):
    """One chart at a time, drawn off the window's thread."""

    kinds = frozenset({"tier_move", "tier_scheme", "enterprise"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.drawn: _Drawn | None = None
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
        self.bar.changed.connect(self.draw)
        self.view.resized.connect(self.draw)
        self.view.clicked.connect(self.open_mark)
        self.buttons["copy"].clicked.connect(self.copy_picture)
        self.buttons["numbers"].clicked.connect(self.copy_numbers)
        self.buttons["save"].clicked.connect(self.save_picture)

    def refresh(self) -> None:
        """Look which ladders there are, then draw."""
        ask = self.bar.asked()
        self.shell.work.read(
            lambda session: _ladders(session, ask.ladder, ask.end), self._offer, replaces=self
        )

    def draw(self) -> None:
        """Draw the chart that is asked for; an earlier wish is dropped."""
        ask, chart = self.bar.asked(), self.bar.chosen()
        if not ask.ladder or not self.isVisible():
            return
        size, ratio = self.view.inches(), self.devicePixelRatioF()

        def job(session: Session) -> _Drawn:
            frame = chart.numbers(session, ask)
            picture = rendered(chart.draw(frame, size), ratio)
            return _Drawn(chart, ask.end, frame, picture, chart.printed(frame))

        self.shell.work.read(job, self._show, replaces=self.view, failed=self._cannot)

    def open_mark(self, mark: str) -> None:
        """Show exactly the enterprises behind what was clicked."""
        if self.drawn is not None:
            rows = self.drawn.chart.rows(self.drawn.frame, mark)
            page = self.shell.visit("enterprises")
            if isinstance(page, EnterprisesPage):
                page.show_only(rows.ids, rows.title)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        if self.drawn is None:
            return
        chart, frame = self.drawn.chart, self.drawn.frame

        def done(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self.shell.say(_("图片已复制，可粘贴到 WPS。"))

        self.shell.work.run(lambda _task: _image(chart, frame), done, owner=self)

    def copy_numbers(self) -> None:
        """Put the numbers on the clipboard as spreadsheets paste them."""
        if self.drawn is not None:
            QGuiApplication.clipboard().setText(figure.tsv(self.drawn.table))
            self.shell.say(_("数据已复制，可粘贴到 WPS 表格。"))

    def save_picture(self) -> None:
        """Ask for a name, then save the picture in print quality."""
        if self.drawn is None:
            return
        chart, frame = self.drawn.chart, self.drawn.frame
        name = file_name(self.shell.settings.zone, chart.title, self.drawn.end, ".png")
        kinds = _("图片 (*.png);;矢量图 (*.svg);;PDF 文件 (*.pdf)")
        chosen, kind = QFileDialog.getSaveFileName(self, _("保存图片"), name, kinds)
        if not chosen:
            return
        path = _with_ending(Path(chosen), kind)
        self.shell.work.run(
            lambda _task: figure.save(chart.draw(frame, figure.SIZE), path),
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

    def _offer(self, found: tuple[list[tuple[str, str]], Span | None]) -> None:
        ladders, span = found
        self.bar.offer(ladders, span)
        self._tell("" if ladders else _("还没有施行中的梯队方案，无法统计层级。"))
        self.draw()

    def _show(self, drawn: _Drawn) -> None:
        self.drawn = drawn
        self._tell("")
        self.view.show_picture(drawn.picture)
        self.view.setAccessibleName(drawn.chart.title)
        self.view.setAccessibleDescription(drawn.chart.definition(drawn.frame))
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
        rows = self.drawn.chart.rows(self.drawn.frame, mark)
        return _("{title}：{number} 家（点击查看）").format(title=rows.title, number=len(rows.ids))


def _ladders(
    session: Session, present: str, day: date
) -> tuple[list[tuple[str, str]], Span | None]:
    """The ladders in force on a day, and the days of the first and last move of the one in use."""
    found = [(name, code) for code, name, _scheme in schemes.ladders(session, day)]
    ladder = present or (found[0][1] if found else "")
    return found, moves.span(session, ladder)


def _image(chart: Chart, frame: DataFrame) -> QImage:
    drawing = chart.draw(frame, figure.SIZE)
    return QImage.fromData(figure.picture(drawing, dpi=_CLIPBOARD_DPI))


def _with_ending(path: Path, kind: str) -> Path:
    """The name with the ending of the chosen kind, unless it has one of its own."""
    if path.suffix.lower() in (".png", ".svg", ".pdf"):
        return path
    return path.with_name(path.name + kind[kind.rfind("*.") + 1 : kind.rfind(")")])
