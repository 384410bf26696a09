"""Who is due for a visit and the plan of the coming weeks, by street."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.exchange import list_out, route_out
from brandpool.exchange.list_out import Leaving
from brandpool.exchange.table_out import file_name
from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import records, reference_data, visit_routes
from brandpool.services.visit_routes import DueRow, Route
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class RouteFound(NamedTuple):
    """The plan, the streets there are, and how many visits a week the station has set."""

    route: Route
    streets: tuple[str, ...]
    per_week: int


class RouteView(QWidget):
    """The due ones week by week, those without room last. `write` asks for a visit to one."""

    write = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._route = Route((), ())
        self.street = QComboBox()
        self.street.setAccessibleName(_("街道"))
        self.street.addItem(_("全部街道"), "")
        self.weeks = _spin(1, 12, 2, _("周数"), _(" 周"))
        self.per_week = _spin(0, 99, 0, _("每周家数"), _(" 家/周"))
        self.per_week.setSpecialValueText(_("按设置"))
        self.everyone = QCheckBox(_("含未入库企业"))
        self.count = QLabel()
        self.go = style.primary(QPushButton(_("写走访")))
        self.open_button = QPushButton(_("打开企业"))
        self.export = QPushButton(_("导出路线…"))
        self.table: PlainTable[DueRow] = PlainTable(
            (_("周（周一）"), _("街道"), _("企业"), _("上次走访"), _("理由")),
            (104, 90, 250, 96, 400),
            _("走访路线"),
        )
        self.empty = style.soft(
            _(
                "现在没有待走访的企业。入库满设定的间隔没有走访、承诺将到期或清单上有事项的企业会列在这里。"
            )
        )
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Plan again."""
        today, street = date.today(), str(self.street.currentData() or "")
        weeks, per_week = self.weeks.value(), self.per_week.value()
        everyone = self.everyone.isChecked()

        def read(session: Session) -> RouteFound:
            ref = reference_data.reference(session, today)
            rows = visit_routes.due(
                session, today, streets=[street] if street else (), everyone=everyone, ref=ref
            )
            found = visit_routes.plan(rows, today, weeks, per_week=per_week, ref=ref)
            streets = [str(v) for v, _n in records.distinct(session, Enterprise, "street") if v]
            usual = int(ref.documents["fieldwork"]["visits_per_week"])
            return RouteFound(found, tuple(streets), usual)

        self._shell.work.read(read, self._show, replaces=self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.street, self.weeks, self.per_week, self.everyone, self.count):
            top.addWidget(widget)
        top.addStretch(1)
        for button in (self.export, self.open_button, self.go):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        self.empty.hide()

    def _connect(self) -> None:
        self.street.activated.connect(self.refresh)
        for box in (self.weeks, self.per_week):
            box.valueChanged.connect(self.refresh)
        self.everyone.toggled.connect(self.refresh)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.doubleClicked.connect(self._write)
        self.go.clicked.connect(self._write)
        self.open_button.clicked.connect(self._open)
        self.export.clicked.connect(self._export)
        self._on_selection()

    def _show(self, found: RouteFound) -> None:
        self._route = found.route
        if self.street.count() == 1:
            for street in found.streets:
                self.street.addItem(street, street)
        self.per_week.setToolTip(_("按走访设置：每周 {number} 家").format(number=found.per_week))
        rows = [(week.monday.isoformat(), row) for week in found.route.weeks for row in week.rows]
        planned = len(rows)
        rows += [(_("排不下"), row) for row in found.route.left]
        self.table.fill(
            [Shown(row, _texts(week, row), quiet=place >= planned)
             for place, (week, row) in enumerate(rows)]
        )  # fmt: skip
        self.count.setText(
            _("待走访 {all} 家，排入 {planned} 家").format(all=len(rows), planned=planned)
        )
        self.empty.setVisible(not rows)
        self.export.setEnabled(bool(rows))
        self._on_selection()

    def _on_selection(self) -> None:
        there = self.table.chosen() is not None
        for button in (self.go, self.open_button):
            button.setEnabled(there)

    def _write(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.write.emit(row.enterprise)

    def _open(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._shell.open("enterprise", row.enterprise)

    def _export(self) -> None:
        today, own = date.today(), self._shell.settings
        name = file_name(own.zone, _("走访路线"), today)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("导出路线"), name, _("表格 (*.xlsx *.csv)")
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".xlsx")
        table = route_out.route_table(self._route, today, station=own.station, clerk=own.clerk)
        leaving = Leaving(own.clerk, today)
        self._shell.work.write(
            _("导出：{title}").format(title=table.title),
            lambda session: list_out.export_logged(session, path, table, leaving),
            lambda written: self._shell.say(_("已写入 {path}").format(path=written.path)),
            owner=self,
        )


def _texts(week: str, row: DueRow) -> tuple[str, ...]:
    last = row.last.isoformat() if row.last else _("从未")
    return (week, row.street, row.name, last, row.why)


def _spin(least: int, most: int, value: int, name: str, suffix: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
