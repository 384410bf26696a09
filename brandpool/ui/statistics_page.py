"""Statistics: choose one, a day or period, as known when; every number opens its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)
from sqlalchemy.orm import Session

from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import Written, file_name
from brandpool.i18n import _, speaking
from brandpool.reports import moves, statistic_out, tally
from brandpool.reports.ask import Ask, Span
from brandpool.reports.documents.content import office
from brandpool.reports.statistics import Statistic, compute, statistics
from brandpool.services import schemes
from brandpool.ui import style
from brandpool.ui.page import Page, Shell
from brandpool.ui.printed_number import CodeBox
from brandpool.ui.rows_door import open_rows
from brandpool.ui.widgets.chart_bar import AskBar
from brandpool.ui.widgets.number_table import NumberTable
from brandpool.ui.work import Task

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class _Counted:
    """What came back from the worker: the statistic asked for, its tally, its table and words."""

    one: Statistic
    ask: Ask
    known: date | None
    frame: DataFrame
    table: DataFrame
    words: str


class StatisticsPage(Page):
    """One statistic at a time, counted off the window's thread."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.counted: _Counted | None = None
        self.bar: AskBar[Statistic] = AskBar(statistics(), date.today())
        self.codes = CodeBox(shell)
        self.title = style.heading("", points=11)
        self.known = QLabel()
        style.tint(self.known, style.BAD)
        self.table = NumberTable(_("统计表"))
        self.definition = style.soft("")
        self.with_codes = QCheckBox(_("导出时带数字编码"))
        self.with_codes.setToolTip(_("导出的每个数字带一个编码，凭编码可调出它的全部记录"))
        self.with_codes.setChecked(True)
        self.buttons = {
            "copy": QPushButton(_("复制表格")),
            "export": style.primary(QPushButton(_("导出…"))),
        }
        self._lay_out()
        self.bar.changed.connect(self.count)
        self.table.opened.connect(self.open_cell)
        self.buttons["copy"].clicked.connect(self.copy)
        self.buttons["export"].clicked.connect(self.export)

    def refresh(self) -> None:
        """Look which ladders there are, then count."""
        ask = self.bar.asked()
        self.shell.work.read(
            lambda session: ladders_on(session, ask.ladder, ask.end), self._offer, replaces=self
        )

    def open_record(self, _kind: str, record: str) -> None:
        """Show a printed number."""
        self.codes.show_record(record)

    def count(self) -> None:
        """Count what is asked for."""
        ask, one, known = self.bar.asked(), self.bar.chosen(), self.bar.known()
        if not self.isVisible() or (one.laddered and not ask.ladder):
            return

        def job(task: Task) -> _Counted:
            frame = compute(task.pool, one, ask, known)
            return _Counted(one, ask, known, frame, tally.printed(frame), tally.definition(frame))

        self.shell.work.run(
            job, self._show, title=_("统计"), failed=self._cannot, replaces=self.table
        )

    def open_cell(self, row: int, column: int) -> None:
        """Show exactly the records behind a number."""
        if self.counted is None:
            return
        frame = self.counted.frame
        label = self.table.numbers.text(row, 0)
        head, total = self.table.numbers.headings[column], tally.total_word()
        place = (None if label == total else label, None if head == total else head)
        found = tally.rows(frame, *place)
        open_rows(self.shell, self, found, tally.name(frame, *place))

    def copy(self) -> None:
        """Put the table with its definition on the clipboard."""
        if self.counted is not None:
            self.table.copy_all((self.counted.words,))
            self.shell.say(_("表格已复制，可粘贴到 WPS 表格。"))

    def export(self) -> None:
        """Ask for a name, then write the table, keep its codes and register the file."""
        counted = self.counted
        if counted is None:
            return
        zone, title = self.shell.settings.zone, counted.one.title
        name = file_name(zone, title, counted.ask.end)
        kinds = _("WPS 表格 (*.xlsx);;CSV 文件 (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("导出统计表"), name, kinds)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")
        why = _("导出统计：{title}").format(title=title)
        by, coded = office(self.shell.settings), self.with_codes.isChecked()
        how = Leaving(by.clerk, date.today())

        def job(task: Task) -> Written:
            with speaking("zh"):
                frame = compute(task.pool, counted.one, counted.ask, counted.known)
                with task.write(why) as session:
                    return statistic_out.export(session, path, frame, how, by, coded=coded)

        self.shell.work.run(job, self._exported, title=why, owner=self)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(style.heading(_("统计")), 1)
        first.addWidget(self.codes)
        second = QHBoxLayout()
        second.addWidget(self.title)
        second.addWidget(self.known)
        second.addStretch(1)
        second.addWidget(self.with_codes)
        for button in self.buttons.values():
            button.setEnabled(False)
            second.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addLayout(first)
        layout.addWidget(self.bar)
        layout.addLayout(second)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.definition)

    def _offer(self, found: tuple[list[tuple[str, str]], Span | None]) -> None:
        self.bar.offer(*found)
        if self.bar.chosen().laddered and not found[0]:
            self._cannot(_("还没有施行中的梯队方案，无法统计层级。"))
        self.count()

    def _show(self, counted: _Counted) -> None:
        self.counted = counted
        told = tally.about(counted.frame)
        self.title.setText(told.title)
        text = _("按 {day} 已知的数据").format(day=counted.known) if counted.known else ""
        self.known.setText(text)
        summed = told.down and len(told.rows) > 1
        self.table.fill(counted.table, last_is_sum=summed)
        empty = _("没有可统计的记录。") if counted.frame.empty else ""
        self.definition.setText(empty + counted.words)
        for button in self.buttons.values():
            button.setEnabled(True)

    def _cannot(self, sentence: str) -> None:
        from pandas import DataFrame

        self.counted = None
        self.title.setText(sentence)
        self.known.setText("")
        self.definition.setText("")
        self.table.fill(DataFrame(), last_is_sum=False)
        for button in self.buttons.values():
            button.setEnabled(False)

    def _exported(self, written: Written) -> None:
        self.shell.say(_("已导出到 {path}").format(path=written.path))


def ladders_on(
    session: Session, present: str, day: date
) -> tuple[list[tuple[str, str]], Span | None]:
    """The ladders in force on a day, and the days of the first and last move of the one in use."""
    found = [(name, code) for code, name, _scheme in schemes.ladders(session, day)]
    ladder = present or (found[0][1] if found else "")
    return found, moves.span(session, ladder)
