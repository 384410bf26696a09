"""One preparation file: the verdict on top, the grid, what is missing, what was checked."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, told
from brandpool.models.well_known import EvidenceItem, WellKnownFile
from brandpool.reports.documents.articles import cited
from brandpool.services import well_known
from brandpool.services.well_known import Gap
from brandpool.services.well_known_checks import Check
from brandpool.services.well_known_grid import Cell
from brandpool.ui import evidence_dossier, style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.evidence_cell import CellBox, figure_form
from brandpool.ui.evidence_grid import EvidenceGrid, legend
from brandpool.ui.page import Shell
from brandpool.ui.well_known_reading import FileLine, route_word
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm

_INKS: Mapping[str, str] = {
    "supportable": style.GOOD, "gaps": style.WARN, "not_yet": style.ACCENT, "refused": style.BAD,
}  # fmt: skip


class FileView(QWidget):
    """Shows the file it was last told to."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.line: FileLine | None = None
        self.title = style.heading("", points=13)
        self.verdict = style.heading("", points=13)
        self.under = style.soft("")
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setStyleSheet(style.BANNER_SHEET)
        self.edit = QPushButton(_("修改…"))
        self.chain = QPushButton(_("依据…"))
        self.record = QPushButton(_("记录评估"))
        self.ask = style.primary(QPushButton(_("列入走访清单")))
        self.word = QPushButton(_("证据目录 Word…"))
        self.pdf = QPushButton(_("合订 PDF…"))
        self.grid = EvidenceGrid()
        self.gaps: PlainTable[Gap] = PlainTable((_("缺项"),), (200,), _("缺项"))
        self.checks: PlainTable[Check] = PlainTable(
            (_("核查事项"), _("结果"), _("说明")), (196, 56, 100), _("核查")
        )
        self._lay_out()
        self._connect()

    def show_file(self, line: FileLine) -> None:
        """Show this file."""
        self.line = line
        found, file = line.found, line.found.file
        self.title.setText(f"{file.mark or ''}　{line.enterprise}")
        self.verdict.setText(line.verdict)
        style.tint(self.verdict, _INKS[found.verdict])
        self.under.setText(self._facts())
        self.warning.setText("\n".join(self._warnings()))
        self.warning.setVisible(bool(self.warning.text()))
        self.grid.show_grid(found)
        number = len(found.gaps)
        self.gaps.rows.headings[0] = (
            _("缺项 {number} 项").format(number=number) if number else _("没有缺项")
        )
        self.gaps.fill([Shown(gap, (gap.what,)) for gap in found.gaps])
        self.checks.fill([Shown(check, _check_texts(check)) for check in found.checks])

    def open_cell(self, cell: Cell) -> None:
        """Show what fills a cell; a figure that is not there yet is asked for at once."""
        assert self.line is not None
        if cell.cases:
            self._shell.open("well_known_case", cell.cases[0])
        elif cell.line.shown_by == "figure" and not cell.figure:
            figure_form(self._shell, self.line.found, cell, self).show()
        else:
            CellBox(self._shell, self.line.found, cell, self).show()

    def add_to(self, cell: Cell) -> None:
        """A form for one more paper, or for the figure, of a cell."""
        assert self.line is not None
        if cell.line.shown_by == "figure":
            figure_form(self._shell, self.line.found, cell, self).show()
            return
        preset = {
            "file_id": self.line.found.file.id, "factor": cell.line.code, "year": cell.year
        }  # fmt: skip
        RecordForm(self._shell, EvidenceItem, preset=preset, parent=self).show()

    def ask_on_visit(self) -> None:
        """Put the gaps on the list of the next visit."""
        assert self.line is not None
        file, on = self.line.found.file.id, date.today()

        def job(session: Session) -> int:
            return len(well_known.ask_on_next_visit(session, file, on))

        self._shell.work.write(
            _("驰名保护缺项列入走访清单"), job, self._tell_asked, owner=self, failed=self._refuse
        )

    def record_verdict(self) -> None:
        """Keep the verdict with today's date in the file."""
        assert self.line is not None
        file, on = self.line.found.file.id, date.today()
        self._shell.work.write(
            _("记录驰名保护评估"),
            lambda session: well_known.record(session, [file], on)[0].label,
            lambda label: self._shell.say(_("已记录评估结论：{label}").format(label=label)),
            owner=self,
            failed=self._refuse,
        )

    def _facts(self) -> str:
        assert self.line is not None
        found, file = self.line.found, self.line.found.file
        label = _("暂按今日") if found.assumed else told(found.anchored["label"])
        day = _("基准日 {day}（{label}）").format(day=found.anchor, label=label)
        kept = _("未记录评估")
        if file.assessed_on:
            kept = _("上次记录 {day}").format(day=file.assessed_on)
        return "　".join((route_word(file.route), day, cited(found.words.article), kept))

    def _warnings(self) -> list[str]:
        assert self.line is not None
        found, file = self.line.found, self.line.found.file
        texts = list(found.refusals)
        if found.verdict == well_known.NOT_YET and found.past:
            texts.append(_("该案基准日已经固定，等待不能补足时间，须另选案件或途径。"))
        if file.assessed_on and file.readiness != found.verdict:
            texts.append(_("记录的评估结论与现在不同，请重新记录。"))
        return texts

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.verdict)
        tools = QHBoxLayout()
        tools.addStretch(1)
        for button in (self.edit, self.chain, self.record, self.word, self.pdf, self.ask):
            tools.addWidget(button)
        self.under.setWordWrap(True)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.gaps)
        below.addWidget(self.checks)
        below.setSizes([480, 480])
        hint = style.soft("　".join((*legend(), _("Enter 或双击打开，Insert 新增"))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.under)
        layout.addLayout(tools)
        layout.addWidget(self.warning)
        layout.addWidget(self.grid)
        layout.addWidget(hint)
        layout.addWidget(below, 1)

    def _connect(self) -> None:
        self.grid.opened.connect(self.open_cell)
        self.grid.adding.connect(self.add_to)
        self.ask.clicked.connect(self.ask_on_visit)
        self.record.clicked.connect(self.record_verdict)
        self.edit.clicked.connect(self._edit)
        self.chain.clicked.connect(self._show_chain)
        self.word.clicked.connect(lambda: self._export(pdf=False))
        self.pdf.clicked.connect(lambda: self._export(pdf=True))

    def _edit(self) -> None:
        if self.line is not None:
            RecordForm(self._shell, WellKnownFile, self.line.found.file.id, parent=self).show()

    def _show_chain(self) -> None:
        if self.line is not None:
            found = self.line.found
            title = _("时间条件：{label}").format(label=found.label)
            about = f"{found.file.mark or ''}　{self.line.enterprise}"
            ChainBox(title, found.duration.explained, self, about=about).exec()

    def _export(self, *, pdf: bool) -> None:
        if self.line is not None:
            found = self.line.found
            evidence_dossier.export(
                self._shell, self, found.file.id, found.file.mark or "", pdf=pdf
            )

    def _tell_asked(self, number: int) -> None:
        text = _("已列入走访清单 {number} 项") if number else _("走访清单上已有这些事项")
        self._shell.say(text.format(number=number))

    def _refuse(self, reason: str) -> None:
        QMessageBox.warning(self, _("没有登记"), reason)


def _check_texts(check: Check) -> tuple[str, ...]:
    words = {
        True: _("● 通过"),
        False: _("× 否决") if check.blocks else _("○ 不符"),
        None: _("？待查"),
    }
    return (check.label, words[check.ok], check.told)
