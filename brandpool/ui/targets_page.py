"""Targets against what was reached: gauges, definitions, the rows behind each number."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from brandpool.db.attachments import Attachments
from brandpool.exchange import inspection
from brandpool.exchange.inspection import Inspection
from brandpool.i18n import _
from brandpool.models.field import Value
from brandpool.models.record import Record
from brandpool.models.target import Target, TargetFigure
from brandpool.reports.documents.content import office
from brandpool.services import targets
from brandpool.services.targets import TargetRow
from brandpool.ui import style
from brandpool.ui.inspection_done import InspectionDone
from brandpool.ui.kind_box import DayEdit
from brandpool.ui.page import Page, Shell
from brandpool.ui.policy_dialog import PolicyDialog
from brandpool.ui.rows_door import open_rows
from brandpool.ui.target_detail import TargetDetail
from brandpool.ui.target_words import gauge_of, texts
from brandpool.ui.widgets.gauge import GaugeDelegate
from brandpool.ui.widgets.plain_table import PlainModel, PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.work import Task

ACTUAL, GAUGE = 3, 4
Found = tuple[list[int], list[TargetRow]]


class _TargetModel(PlainModel[TargetRow]):
    """The lines of targets; the gauge's cell holds its gauge."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        """The text of a cell, or the gauge."""
        if role == Qt.ItemDataRole.UserRole and index.column() == GAUGE:
            return gauge_of(self.shown[index.row()].row)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (ACTUAL, GAUGE):
            return self.shown[index.row()].row.actual.definition
        return super().data(index, role)


class TargetsPage(Page):
    """Targets above with their gauges, the chosen one's definition, clause and spread below."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._seek = ""
        self.period = QComboBox()
        self.period.setAccessibleName(_("目标年度"))
        self.period.addItem(_("全部年度"), None)
        self.day = DayEdit(_("截至"), date.today())
        self.policy = style.primary(QPushButton(_("读取政策文件…")))
        self.add = QPushButton(_("新增目标…"))
        self.figure = QPushButton(_("填报数据…"))
        self.carry = QPushButton(_("沿用到新年度…"))
        self.inspect = QPushButton(_("生成检查材料…"))
        self.table: PlainTable[TargetRow] = PlainTable(
            (
                _("目标"), _("要求"), _("年度"), _("实际"), _("进度"), _("上年"), _("情况"),
                _("还需"), _("责任单位"), _("截至日"),
            ),
            (226, 104, 50, 100, 200, 96, 70, 120, 110, 92),
            _("目标"),
        )  # fmt: skip
        self.table.rows = _TargetModel(self.table.rows.headings)
        self.table.setModel(self.table.rows)
        self.table.setItemDelegateForColumn(GAUGE, GaugeDelegate(self.table))
        self.empty = QLabel(
            _(
                "还没有目标。按“读取政策文件…”选择通知全文（txt、docx）或粘贴文字，"
                "程序找出其中的指标，由您逐项确认；也可按“新增目标…”直接填写。"
            )
        )
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = TargetDetail(shell)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Count again."""
        on, year = self.day.day, self.period.currentData()

        def job(task: Task) -> Found:
            with task.read() as session:
                return targets.years(session), targets.find(
                    session, on, year, progress=task.progress
                )

        self.shell.work.run(job, self._show, title=_("统计目标"), replaces=self)

    def open_record(self, _kind: str, record: str) -> None:
        """Stand on this target."""
        self._seek = record
        self.period.setCurrentIndex(0)
        self.refresh()

    def chosen(self) -> TargetRow | None:
        """The target the clerk stands on."""
        return self.table.chosen()

    def open_rows(self) -> None:
        """Show exactly the records behind the number of the chosen target."""
        row = self.chosen()
        if row is None:
            return
        if row.actual.counted is not None:
            title = _("{target}（{day}）").format(target=row.title, day=row.day)
            open_rows(self.shell, self, row.actual.counted.rows, title)
        elif row.actual.figure:
            self.shell.open(TargetFigure.kind(), row.actual.figure)
        else:
            self.report()

    def read_policy(self) -> None:
        """Open the dialog that proposes targets from a policy's text."""
        PolicyDialog(self.shell, self).open()

    def enter(self) -> None:
        """Open an empty form."""
        self._form(Target, "", {"year": date.today().year})

    def edit(self) -> None:
        """Open the form of the chosen target."""
        row = self.chosen()
        if row is not None:
            self._form(Target, row.id, {})

    def report(self) -> None:
        """Open the form of a figure for the chosen target, with what is known filled in."""
        row = self.chosen()
        preset: dict[str, Value] = {"year": self.day.day.year, "as_of": self.day.day}
        if row is not None:
            preset |= {"indicator": row.indicator.code, "year": row.day.year, "unit": row.unit}
            preset |= {"title": row.title} if row.indicator.code == "other" else {}
        self._form(TargetFigure, "", preset)

    def carry_over(self) -> None:
        """Ask for the new year, then enter all targets in sight for it; the old ones stay."""
        ids = [shown.row.id for shown in self.table.rows.shown]
        if not ids:
            return
        latest = max(shown.row.year for shown in self.table.rows.shown)
        on = self.day.day
        year, agreed = QInputDialog.getInt(
            self, _("沿用到新年度"),
            _("将所列 {number} 项目标沿用到哪一年？原来的目标保留不变。").format(number=len(ids)),
            latest + 5, latest + 1, 2100,
        )  # fmt: skip
        if agreed:
            self.shell.work.write(
                _("目标沿用到 {year} 年（{number} 项）").format(year=year, number=len(ids)),
                lambda session: targets.carry_over(session, ids, year, on),
                lambda made: self.shell.say(_("已新增 {n} 项目标").format(n=len(made))),
                owner=self,
            )

    def write_inspection(self) -> None:
        """Ask for a place, then write the inspection folder there."""
        chosen = QFileDialog.getExistingDirectory(self, _("检查材料存放位置"))
        if not chosen:
            return
        on = self.day.day
        out = Path(chosen) / _("检查材料_{day:%Y%m%d}").format(day=on)
        by, files = office(self.shell.settings), Attachments(self.shell.work.pool.path)
        why = _("生成检查材料：{name}").format(name=out.name)

        def job(task: Task) -> Inspection:
            with task.write(why) as session:
                return inspection.write(session, out, on.year, on, files, by, task.progress)

        self.shell.work.run(job, self._inspected, title=_("生成检查材料"), owner=self)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.period)
        line.addWidget(QLabel(_("截至")))
        line.addWidget(self.day)
        line.addStretch(1)
        for button in (self.inspect, self.carry, self.figure, self.add, self.policy):
            line.addWidget(button)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.stack)
        split.addWidget(self.detail)
        split.setSizes([340, 240])
        split.setCollapsible(0, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("目标")))
        layout.addLayout(line)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.period.activated.connect(lambda _index: self.refresh())
        self.day.dateChanged.connect(lambda _day: self.refresh())
        self.policy.clicked.connect(self.read_policy)
        self.add.clicked.connect(self.enter)
        self.figure.clicked.connect(self.report)
        self.carry.clicked.connect(self.carry_over)
        self.inspect.clicked.connect(self.write_inspection)
        self.table.selectionModel().currentRowChanged.connect(lambda *_now: self._on_choice())
        self.table.clicked.connect(self._on_click)
        self.table.activated.connect(lambda _index: self.open_rows())
        self.detail.rows_wanted.connect(self.open_rows)
        self.detail.edit_wanted.connect(self.edit)

    def _show(self, found: Found) -> None:
        years, rows = found
        present = self._seek or getattr(self.chosen(), "id", "")
        self._seek = ""
        wanted = self.period.currentData()
        self.period.clear()
        self.period.addItem(_("全部年度"), None)
        for year in years:
            self.period.addItem(_("{year} 年目标").format(year=year), year)
        self.period.setCurrentIndex(max(self.period.findData(wanted), 0))
        self.table.fill([Shown(row, texts(row)) for row in rows])
        self.stack.setCurrentIndex(0 if rows else 1)
        self.carry.setEnabled(bool(rows))
        places = [place for place, row in enumerate(rows) if row.id == present]
        self.table.selectRow(places[0] if places else 0)
        self._on_choice()

    def _on_choice(self) -> None:
        row = self.chosen() if self.table.rows.shown else None
        self.detail.show_target(row)
        self.detail.setVisible(row is not None)

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == ACTUAL:
            self.open_rows()

    def _form(self, model: type[Record], record: str, preset: Mapping[str, Value]) -> None:
        form = RecordForm(self.shell, model, record, preset=preset, parent=self)
        if model is Target:
            form.saved.connect(self._seek_saved)
        form.show()

    def _seek_saved(self, record: str) -> None:
        self._seek = record
        self.refresh()

    def _inspected(self, made: Inspection) -> None:
        InspectionDone(made, self).show()
