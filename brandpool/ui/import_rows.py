"""The dry run as the clerk checks it: a tab per outcome, conflicts decided cell by cell."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.importing import Reading
from brandpool.exchange.planning import Plan
from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.record import fields
from brandpool.ui import import_lines, style, typed
from brandpool.ui.import_lines import CONFLICT, NEW, TABS, Entry, Lines
from brandpool.ui.widgets.choice_table import ChoiceTable

_KEEP, _TAKE = 1, 2


class ImportRows(QWidget):
    """Shows a dry run. `same` says that a row of the file is a record of the pool, or is not."""

    go = Signal()
    back = Signal()
    other_file = Signal()
    same = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.plan: Plan | None = None
        self._lines: Lines = {}
        self._same: frozenset[int] = frozenset()
        self.title = style.heading("", points=11)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.notes.setStyleSheet(style.BANNER_SHEET)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.tables: dict[str, ChoiceTable[Entry]] = {}
        for tab in TABS:
            columns = import_lines.columns(tab)
            name = import_lines.tab_name(tab)
            table: ChoiceTable[Entry] = ChoiceTable(
                [head for head, _width in columns], [width for _head, width in columns], name
            )
            table.selectionModel().selectionChanged.connect(self._on_row)
            self.tables[tab] = table
            self.tabs.addTab(name)
            self.stack.addWidget(table)
        self.tables[CONFLICT].chose.connect(self.choose)
        self.tabs.currentChanged.connect(self._on_tab)
        self._make_buttons()
        self._lay_out()

    def show_plan(
        self, reading: Reading, planned: Plan, lines: Lines, same: Collection[int] = ()
    ) -> None:
        """Show this dry run, at the tab that was in sight or the first one with something in it.

        `same` are the numbers of the rows whose record a person has named.
        """
        again = self.reading is reading
        self._same = frozenset(same)
        self.reading, self.plan, self._lines = reading, planned, lines
        sheet = reading.table.sheet.name
        self.title.setText(
            _("{file}（{sheet}）→ {kind}：{rows} 行").format(
                file=reading.path.name,
                sheet=sheet,
                kind=reading.model.label(lang()),
                rows=f"{len(planned.rows):,}",
            )
        )
        self.notes.setText("\n".join(reading.notes[:4]))
        self.notes.setVisible(bool(reading.notes))
        for tab in TABS:
            self.tables[tab].fill(lines[tab])
        self._count()
        if not again:
            first = next((tab for tab in (NEW, *TABS) if lines[tab]), NEW)
            self.tabs.setCurrentIndex(TABS.index(first))
        self.when_line.setVisible(reading.model is Enterprise)
        self.when_label.setVisible(reading.model is Enterprise)
        self._on_tab()
        self.tables[self.tab].setFocus()

    @property
    def tab(self) -> str:
        """The tab in sight."""
        return TABS[max(self.tabs.currentIndex(), 0)]

    def as_of(self) -> date | None:
        """The day to which the file's data belongs. Raises NotUnderstood for what is no date."""
        value = typed.value_of(fields(Enterprise)["source_date"], self.when_line.text())
        return value if isinstance(value, date) else None

    def choose(self, choice: int) -> None:
        """Keep the pool's value (1) or take the file's (2) in the marked lines; 0 changes over."""
        table = self.tables[CONFLICT]
        place = table.currentIndex().row()
        marked = table.marked()
        for entry in marked:
            self._set(entry, choice)
        self._show_conflicts()
        table.stand_on(place + (len(marked) == 1 and choice != 0))

    def choose_all(self, choice: int) -> None:
        """The same for every conflict of the file."""
        for shown in self._lines[CONFLICT]:
            self._set(shown.row, choice)
        self._show_conflicts()

    def _set(self, entry: Entry, choice: int) -> None:
        row = entry.row
        if row is None or not entry.name:
            return
        if choice == _TAKE or (choice == 0 and entry.name not in row.take):
            row.take.add(entry.name)
        else:
            row.take.discard(entry.name)

    def _show_conflicts(self) -> None:
        self._lines[CONFLICT] = [
            import_lines.conflict_line(one.row.row, one.row.name, one.texts[2:5])
            if one.row.row is not None and one.row.name
            else one
            for one in self._lines[CONFLICT]
        ]
        self.tables[CONFLICT].fill(self._lines[CONFLICT])
        self._count()

    def _make_buttons(self) -> None:
        self.keep = QPushButton(_("保留库中值 (1)"))
        self.take = QPushButton(_("采用文件值 (2)"))
        self.keep_all = QPushButton(_("全部保留"))
        self.take_all = QPushButton(_("全部采用"))
        self.keep.clicked.connect(lambda: self.choose(_KEEP))
        self.take.clicked.connect(lambda: self.choose(_TAKE))
        self.keep_all.clicked.connect(lambda: self.choose_all(_KEEP))
        self.take_all.clicked.connect(lambda: self.choose_all(_TAKE))
        self.is_same = QPushButton(_("是同一家"))
        self.is_same.setToolTip(_("这一行就是库中名称只差一字的那家企业"))
        self.is_same.clicked.connect(self._say_same)
        self.not_same = QPushButton(_("不是同一家"))
        self.not_same.clicked.connect(lambda: self._say(""))
        self.when_label = QLabel(_("数据截至日"))
        self.when_line = QLineEdit()
        self.when_line.setPlaceholderText(_("可不填，如 2025-12-31"))
        self.when_line.setFixedWidth(170)
        self.import_button = style.primary(QPushButton(_("导入")))
        self.back_button = QPushButton(_("返回核对各列"))
        self.other_button = QPushButton(_("另选文件"))
        self.import_button.clicked.connect(self.go)
        self.back_button.clicked.connect(self.back)
        self.other_button.clicked.connect(self.other_file)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        for button in (self.keep, self.take, self.keep_all, self.take_all):
            choices.addWidget(button)
        for button in (self.is_same, self.not_same):
            choices.addWidget(button)
        choices.addStretch(1)
        self.words = QLabel()
        style.tint(self.words, style.SOFT)
        choices.addWidget(self.words)
        last = QHBoxLayout()
        last.addWidget(self.other_button)
        last.addWidget(self.back_button)
        last.addStretch(1)
        last.addWidget(self.when_label)
        last.addWidget(self.when_line)
        last.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.notes)
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        layout.addLayout(choices)
        layout.addLayout(last)

    def _count(self) -> None:
        if self.plan is None:
            return
        counts = self.plan.counts()
        for place, tab in enumerate(TABS):
            number = len(self._lines[tab]) if tab == import_lines.SKIPPED else counts[tab]
            self.tabs.setTabText(place, f"{import_lines.tab_name(tab)} {number:,}")
        taken = sum(len(row.take) for row in self.plan.rows)
        writes = counts["new"] + counts["changed"] + taken
        writes += sum(1 for row in self.plan.rows if row.state == CONFLICT and row.fills)
        self.words.setText(
            _("冲突中采用文件值 {taken} 处，其余保留库中值").format(taken=taken)
            if self._lines[CONFLICT]
            else ""
        )
        self.import_button.setText(_("导入") if writes else _("没有可导入的内容"))
        self.import_button.setEnabled(bool(writes))

    def _on_tab(self, _place: int = 0) -> None:
        self.stack.setCurrentWidget(self.tables[self.tab])
        for button in (self.keep, self.take, self.keep_all, self.take_all):
            button.setVisible(self.tab == CONFLICT)
        if not self.tables[self.tab].marked():
            self.tables[self.tab].stand_on(0)
        self._on_row()

    def _on_row(self) -> None:
        entry = self.tables[self.tab].chosen()
        row = entry.row if entry else None
        marked = bool(self.tables[CONFLICT].marked())
        self.keep.setEnabled(marked)
        self.take.setEnabled(marked)
        self.is_same.setVisible(bool(row and row.near))
        self.not_same.setVisible(bool(row and row.number in self._same))

    def _say_same(self) -> None:
        entry = self.tables[self.tab].chosen()
        if entry is None or entry.row is None:
            return
        if len(entry.row.near) == 1:
            self._say(next(iter(entry.row.near)))
            return
        menu = QMenu(self)
        for record, name in entry.row.near.items():
            menu.addAction(name).setData(record)
        chosen = menu.exec(self.is_same.mapToGlobal(self.is_same.rect().bottomLeft()))
        if chosen is not None:
            self._say(str(chosen.data()))

    def _say(self, record: str) -> None:
        entry = self.tables[self.tab].chosen()
        if entry is not None and entry.row is not None:
            self.same.emit(entry.row.number, record)
