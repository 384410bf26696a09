"""Lists that were handed in: their rows as they went out, and what changed since another one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.services import shortlists
from brandpool.services.shortlists import Comparison, HandedRow
from brandpool.ui import leaving, style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.answer_table import AnswerTable
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_PAIR = 2


class HandedTab(QWidget):
    """Handed-in lists above, the rows of the chosen one below."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._seek = ""
        self.lists: PlainTable[HandedRow] = PlainTable(
            (
                _("名单"), _("报送日期"), _("报送单位"), _("填报人"), _("企业数"), _("适用方案"),
                _("文号"), _("文件"), _("文件校验值"),
            ),
            (220, 90, 130, 80, 60, 130, 140, 260, 110),
            _("已报送名单"),
        )  # fmt: skip
        self.lists.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.answer = AnswerTable(_("名单内容"))
        self.export = QPushButton(_("再次导出…"))
        self.printing = QPushButton(_("打印…"))
        self.compare = QPushButton(_("比较所选两份"))
        self.compare.setToolTip(_("按住 Ctrl 选中两份名单"))
        self._lay_out()
        self.lists.selectionModel().selectionChanged.connect(lambda *_rows: self._read())
        self.answer.opened.connect(lambda record: shell.open("enterprise", record))
        self.export.clicked.connect(self._export)
        self.printing.clicked.connect(self._print)
        self.compare.clicked.connect(self.compare_chosen)

    def refresh(self) -> None:
        """Read the lists again."""
        self.shell.work.read(shortlists.handed, self._show, replaces=self)

    def go_to(self, record: str) -> None:
        """Stand on this list."""
        self._seek = record
        self.refresh()

    def chosen(self) -> list[HandedRow]:
        """The lists that are selected, from top to bottom."""
        rows = sorted({index.row() for index in self.lists.selectionModel().selectedRows()})
        return [self.lists.rows.shown[row].row for row in rows]

    def compare_chosen(self) -> None:
        """Compare the older with the newer of two selected lists."""
        chosen = self.chosen()
        if len(chosen) != _PAIR:
            return
        new, old = chosen

        def job(session: Session) -> Comparison:
            before, after = (shortlists.frozen(session, one.id) for one in (old, new))
            return shortlists.compare(before, after)

        self.shell.work.read(
            job, lambda found: ComparisonDialog(old, new, found, self).show(), owner=self
        )

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(style.soft(_("名单按报送时的样子保存，之后的修改不影响它。")), 1)
        top.addWidget(self.compare)
        top.addWidget(self.export)
        top.addWidget(self.printing)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.lists)
        split.addWidget(self.answer)
        split.setSizes([200, 320])
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(split, 1)

    def _show(self, rows: list[HandedRow]) -> None:
        present = self._seek or next((row.id for row in self.chosen()), "")
        self._seek = ""
        self.lists.fill([Shown(row, _texts(row)) for row in rows])
        places = [place for place, row in enumerate(rows) if row.id == present]
        self.lists.selectRow(places[0] if places else 0)
        self._read()

    def _read(self) -> None:
        chosen = self.chosen()
        self.compare.setEnabled(len(chosen) == _PAIR)
        self.export.setEnabled(len(chosen) == 1)
        self.printing.setEnabled(len(chosen) == 1)
        if len(chosen) != 1:
            self.answer.show_answer(None)
            return
        record = chosen[0].id
        self.shell.work.read(
            lambda session: shortlists.frozen(session, record),
            self.answer.show_answer,
            replaces=self.answer,
        )

    def _export(self) -> None:
        chosen, answer = self.chosen(), self.answer.answer
        if answer is not None and chosen:
            leaving.export(self.shell, self, lambda _session: answer, chosen[0].name)

    def _print(self) -> None:
        chosen, answer = self.chosen(), self.answer.answer
        if answer is not None and chosen:
            leaving.show_printed(self.shell, self, answer, chosen[0].name)


class ComparisonDialog(QDialog):
    """Who came, who left, and which cells changed."""

    def __init__(self, old: HandedRow, new: HandedRow, found: Comparison, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("比较名单"))
        self.resize(860, 520)
        self.table: PlainTable[str] = PlainTable(
            (_("变化"), _("企业"), _("项目"), _("原来"), _("现在")),
            (70, 260, 130, 170, 170),
            _("两份名单的差别"),
        )
        self.table.fill(_lines(found))
        words = _(
            "从“{old}”（{before}）到“{new}”（{after}）：新增 {came} 家，减少 {left} 家，"
            "{cells} 处内容有变化。"
        ).format(
            old=old.name,
            before=old.handed_in,
            new=new.name,
            after=new.handed_in,
            came=len(found.came),
            left=len(found.left),
            cells=len(found.changed),
        )
        self.words = style.soft(words + _columns(found))
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)


def _lines(found: Comparison) -> list[Shown[str]]:
    came = [Shown(row.id, (_("新增"), row.title, "", "", "")) for row in found.came]
    left = [Shown(row.id, (_("减少"), row.title, "", "", "")) for row in found.left]
    changed = [
        Shown(
            one.id,
            (
                _("变化"),
                one.title,
                one.column.label(lang()),
                typed.shown(one.column, {one.column.name: one.old}, lang()) or "—",
                typed.shown(one.column, {one.column.name: one.new}, lang()) or "—",
            ),
        )
        for one in found.changed
    ]
    return [*came, *left, *changed]


def _columns(found: Comparison) -> str:
    """Columns of one list only are named: their cells could not be compared."""
    names = [column.label(lang()) for column in (*found.only_old, *found.only_new)]
    return _("只在其中一份里的列未比较：{names}。").format(names="、".join(names)) if names else ""


def _texts(row: HandedRow) -> tuple[str, ...]:
    return (
        row.name,
        str(row.handed_in or ""),
        row.handed_to,
        row.handed_by,
        str(row.row_count),
        row.scheme,
        row.document_no,
        row.file_name,
        row.file_hash,
    )
