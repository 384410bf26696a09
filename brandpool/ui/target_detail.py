"""What stands behind one target: its definition, other ways of counting, the clause, the spread."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.target import Target
from brandpool.services import records, target_spread, targets
from brandpool.services.counted import Counted
from brandpool.services.indicators import Way
from brandpool.services.target_spread import Share
from brandpool.services.targets import TargetRow
from brandpool.ui import style
from brandpool.ui.page import Shell
from brandpool.ui.rows_door import open_rows
from brandpool.ui.target_words import actual_word, last_word, pace_word, state_word
from brandpool.ui.widgets.plain_table import PlainTable, Shown

Behind = tuple[list[tuple[Way, Counted]], list[Share]]


class TargetDetail(QWidget):
    """`rows_wanted` and `edit_wanted` ask for the records behind the number, and for the form."""

    rows_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.row: TargetRow | None = None
        self.title = style.heading("", points=12)
        self.words = _text()
        self.definition = _text()
        self.clause = _text()
        self.rows = QPushButton(_("查看明细"))
        self.edit = QPushButton(_("修改目标…"))
        self.by = QComboBox()
        self.by.setAccessibleName(_("分布"))
        self.by.addItem(_("按街道"), "street")
        self.by.addItem(_("按行业"), "industry")
        self.ways: PlainTable[Way] = PlainTable(
            (_("计数口径"), _("合计")), (250, 90), _("各种口径的合计")
        )
        self.use = QPushButton(_("改用所选口径"))
        self.spread: PlainTable[Share] = PlainTable(
            (_("街道或行业"), _("数量")), (150, 70), _("分布")
        )
        self.rows.clicked.connect(self.rows_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.by.currentIndexChanged.connect(lambda _index: self._ask())
        self.use.clicked.connect(self.use_way)
        self.ways.activated.connect(lambda _index: self.use_way())
        self.spread.activated.connect(lambda _index: self._open_share())
        self._lay_out()

    def show_target(self, row: TargetRow | None) -> None:
        """Show what stands behind this target."""
        self.row = row
        if row is None:
            return
        self.title.setText(
            _("{title}　{wanted}（{year}）").format(
                title=row.title, wanted=row.wanted, year=row.year
            )
        )
        self.words.setText(_words(row))
        self.definition.setText(_("口径：{text}").format(text=row.actual.definition))
        self.clause.setText(_clause(row))
        self.clause.setVisible(bool(self.clause.text()))
        counted = row.actual.counted
        self.rows.setText(
            _("查看明细（{number} 条）").format(number=len(counted.rows)) if counted
            else _("查看填报记录") if row.actual.figure
            else _("填报数据…")
        )  # fmt: skip
        for widget, there in (
            (self.by, counted and counted.rows), (self.spread, counted and counted.rows),
            (self.ways, counted and row.indicator.ways), (self.use, counted and row.indicator.ways),
        ):  # fmt: skip
            widget.setVisible(bool(there))
        self._ask()

    def use_way(self) -> None:
        """Count this target in the chosen way from now on; the choice is kept with the target."""
        way, row = self.ways.chosen(), self.row
        if way is None or row is None or way == row.way:
            return
        self.shell.work.write(
            _("目标“{title}”改用口径：{way}").format(title=row.title, way=way.label),
            lambda session: records.edit(session, Target, row.id, {"counting": way.key}, row.ver),
            owner=self,
        )

    def _ask(self) -> None:
        row, by = self.row, str(self.by.currentData())
        if row is None or row.actual.counted is None:
            self.ways.fill([])
            self.spread.fill([])
            return
        counted = row.actual.counted

        def job(session: Session) -> Behind:
            ways = targets.other_ways(session, row)
            return ways, target_spread.spread(session, counted.rows, by)

        self.shell.work.read(job, partial(self._take, row.id), replaces=self, owner=self)

    def _take(self, record: str, found: Behind) -> None:
        if self.row is None or self.row.id != record:
            return
        ways, shares = found
        self.ways.fill(
            [
                Shown(way, (_mark(way, self.row) + way.label, _total(counted)))
                for way, counted in ways
            ]
        )
        self.spread.fill([Shown(share, (share.label, f"{len(share.rows):,}")) for share in shares])

    def _open_share(self) -> None:
        share = self.spread.chosen()
        if share is not None and self.row is not None:
            open_rows(self.shell, self, share.rows, f"{self.row.title}（{share.label}）")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.edit)
        head.addWidget(self.rows)
        left = QVBoxLayout()
        for part in (self.words, self.definition, self.clause):
            left.addWidget(part)
        left.addStretch(1)
        middle = QVBoxLayout()
        middle.addWidget(self.ways, 1)
        middle.addWidget(self.use, 0, Qt.AlignmentFlag.AlignRight)
        right = QVBoxLayout()
        right.addWidget(self.by)
        right.addWidget(self.spread, 1)
        body = QHBoxLayout()
        body.addLayout(left, 5)
        body.addLayout(middle, 4)
        body.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(head)
        layout.addLayout(body, 1)


def _text() -> QLabel:
    label = style.soft("")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _words(row: TargetRow) -> str:
    parts = [
        _("实际 {actual}（截至 {day}），{state}").format(
            actual=actual_word(row.actual, row.unit), day=row.day, state=state_word(row.state)
        ),
        _("上年（截至 {day}）{last}").format(day=row.last.day, last=last_word(row)),
    ]
    if row.pace is not None:
        text = _("到 {year} 年底还有 {months} 个月，{pace}才能达到")
        parts.append(text.format(year=row.year, months=row.months, pace=pace_word(row)))
    if row.base is not None:
        year, value = row.base
        parts.append(_("基期 {year} 年 {value}").format(year=year, value=f"{value:,}"))
    unknown = row.actual.counted.unknown if row.actual.counted else ()
    if unknown:
        parts.append(_("另有 {number} 条待查，未计入").format(number=len(unknown)))
    return _("；").join(parts) + _("。")


def _clause(row: TargetRow) -> str:
    if not (row.clause or row.document):
        return ""
    where = ""
    if row.place is not None:
        where = _("（全文第 {start}–{end} 字）").format(start=row.place[0] + 1, end=row.place[1])
    clause = " ".join(row.clause.split())
    return _("依据：{document}“{clause}”{where}").format(
        document=row.document, clause=clause, where=where
    )


def _total(counted: Counted) -> str:
    return "—" if counted.total is None else f"{counted.total:,}"


def _mark(way: Way, row: TargetRow) -> str:
    return "● " if way == row.way else "　 "
