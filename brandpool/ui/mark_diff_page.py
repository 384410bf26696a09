"""The pool beside an official extract: every difference is accepted or rejected by a person."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.exchange.register_extract import Extract, read_extract
from brandpool.i18n import _, lang
from brandpool.models.field import Value
from brandpool.models.mark_file import RegisterRejection
from brandpool.models.record import fields
from brandpool.models.trademark import Trademark
from brandpool.services import register_diff, trademarks
from brandpool.services.register_diff import Comparison, Difference
from brandpool.ui import style, typed
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task


class MarkDiff(QWidget):
    """Reads the file once, then compares again whenever marks change."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._file = ""
        self._extract = Extract((), ())
        self.found: Comparison | None = None
        self.choose = style.primary(QPushButton(_("选择官方导出文件…")))
        self.accept = QPushButton(_("采纳官方值"))
        self.reject = QPushButton(_("不采纳…"))
        self.every = QPushButton(_("全选"))
        self.field = QComboBox()
        self.field.setAccessibleName(_("项目"))
        self.field.currentIndexChanged.connect(lambda _index: self._fill())
        self.words = style.soft("")
        self.table: PlainTable[Difference] = PlainTable(
            (_("注册号（类别）"), _("项目"), _("库中"), _("官方")),
            (170, 140, 300, 300), _("与官方的差异"),
        )  # fmt: skip
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.problems.setStyleSheet(style.BANNER_SHEET)
        self.choose.clicked.connect(self.ask_file)
        self.accept.clicked.connect(self.take)
        self.reject.clicked.connect(self.refuse)
        self.every.clicked.connect(self.table.selectAll)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.activated.connect(lambda _index: self._open())
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.field)
        for button in (self.every, self.reject, self.accept, self.choose):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addLayout(line)
        layout.addWidget(self.problems)
        layout.addWidget(self.table, 1)
        self._show(None)

    def ask_file(self) -> None:
        """Let the clerk choose the extract."""
        kinds = _("表格 (*.xlsx *.xls *.xlsb *.ods *.et *.csv *.txt *.html *.htm);;全部 (*)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("选择官方导出文件"), "", kinds)
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read an extract and compare it with the pool."""

        def job(task: Task) -> tuple[Extract, Comparison]:
            extract = read_extract(path, task.progress)
            with task.read() as session:
                return extract, register_diff.compare(session, extract.rows)

        def done(found: tuple[Extract, Comparison]) -> None:
            self._file, self._extract = path.name, found[0]
            self._show(found[1])

        self._shell.work.run(job, done, title=_("读取 {file}").format(file=path.name), owner=self)

    def ask(self) -> None:
        """Compare again what was read."""
        rows = self._extract.rows
        if rows:
            self._shell.work.read(
                lambda session: register_diff.compare(session, rows), self._show, replaces=self
            )

    def take(self) -> None:
        """Write the office's values of the chosen cells into the pool, as one step."""
        chosen = self.chosen()
        if chosen:
            why = _("采纳官方值 {number} 处：{file}").format(number=len(chosen), file=self._file)
            self._shell.work.write(why, lambda session: accept(session, chosen, date.today()))

    def refuse(self) -> None:
        """Keep the pool's values of the chosen cells, with a reason that is remembered."""
        chosen = self.chosen()
        if not chosen:
            return
        reason, agreed = QInputDialog.getText(
            self, _("不采纳官方值"), _("理由（官方值不变时不再询问）")
        )
        if not agreed:
            return
        who, today = self._shell.settings.clerk, date.today()
        why = _("不采纳官方值 {number} 处：{file}").format(number=len(chosen), file=self._file)
        self._shell.work.write(
            why, lambda session: register_diff.reject(session, chosen, reason, today, who)
        )

    def chosen(self) -> list[Difference]:
        """The differences in the selection."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.table.rows.shown[row].row for row in rows]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds whose change makes the comparison stale."""
        return frozenset({Trademark.kind(), RegisterRejection.kind()})

    def _show(self, found: Comparison | None) -> None:
        self.found = found
        self._offer_fields()
        self._fill()
        self.table.setVisible(found is not None)
        self.words.setToolTip(_unknown(found))
        self.words.setText(self._sentence(found))
        self.problems.setText("\n".join(self._extract.problems[:5]))
        self.problems.setVisible(bool(self._extract.problems))
        self._on_selection()

    def _offer_fields(self) -> None:
        names = Counter(one.field for one in self.found.differences) if self.found else Counter()
        chosen = self.field.currentData()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItem(_("全部项目"), "")
        for name, number in names.most_common():
            label = fields(Trademark)[name].label(lang())
            self.field.addItem(f"{label}（{number}）", name)
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))
        self.field.blockSignals(False)
        self.field.setEnabled(bool(names))

    def _fill(self) -> None:
        name = self.field.currentData()
        differences: Sequence[Difference] = self.found.differences if self.found else ()
        shown = [one for one in differences if not name or one.field == name]
        self.table.fill([Shown(one, _texts(one)) for one in shown])
        self._on_selection()

    def _sentence(self, found: Comparison | None) -> str:
        if found is None:
            return _("选择从商标网等官方系统导出的表格，逐项与库中商标比对。比对本身不改动数据。")
        text = _(
            "{file}：差异 {open} 处，一致 {equal} 件，曾不采纳 {rejected} 处，库中没有 {unknown} 件"
        )
        return text.format(
            file=self._file, open=len(found.differences), equal=found.equal,
            rejected=found.rejected, unknown=len(found.unknown),
        )  # fmt: skip

    def _open(self) -> None:
        one = self.table.chosen()
        if one is not None:
            self._shell.open(Trademark.kind(), one.mark)

    def _on_selection(self) -> None:
        number = len(self.chosen())
        self.accept.setEnabled(number > 0)
        self.reject.setEnabled(number > 0)
        self.every.setEnabled(bool(self.found and self.found.differences))


def _unknown(found: Comparison | None) -> str:
    """The first numbers that the pool does not have."""
    if found is None or not found.unknown:
        return ""
    numbers = [f"{number}（{nice or ''}）" for number, nice in found.unknown[:20]]
    return _("库中没有：{numbers}").format(numbers="、".join(numbers))


def accept(session: Session, differences: Sequence[Difference], on: date) -> int:
    """Take the office's values and let the statuses follow; returns how many marks changed."""
    changed = register_diff.accept(session, differences)
    trademarks.restate(session, on, list({one.mark for one in differences}))
    return changed


def _texts(one: Difference) -> tuple[str, ...]:
    field = fields(Trademark)[one.field]

    def word(value: Value) -> str:
        return typed.shown(field, {one.field: value}, lang()) or "—"

    return (one.number, field.label(lang()), word(one.ours), word(one.office))
