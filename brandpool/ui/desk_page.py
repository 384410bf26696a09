"""The desk: what is due, why, and what changed since yesterday."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brandpool.i18n import _, lang
from brandpool.models.docket import DECISIONS
from brandpool.models.enterprise import Enterprise
from brandpool.models.kinds import by_kind
from brandpool.models.record import fields
from brandpool.reports.documents.certificate import chain_headings, chain_texts
from brandpool.rules.explained import Explained, Step
from brandpool.services import docket, docket_decide, reference_data
from brandpool.services.docket import Entry
from brandpool.services.history import FlagRow, StepRow
from brandpool.ui import docket_sheet, paper, style, typed
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.decision_form import DecisionForm, OverrideForm
from brandpool.ui.docket_reading import MOST, Desk, Wanted, read
from brandpool.ui.docket_table import DECIDED, DocketTable, StateBar
from brandpool.ui.history_page import source_name
from brandpool.ui.import_ways import choose_file
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class DeskPage(Page):
    """The first page: dates by state, the chain of the chosen one, and the latest steps."""

    kinds = None

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._entries: Sequence[Entry] = ()
        self.states = StateBar()
        self.states.chosen.connect(lambda _state: self.refresh())
        self.rule = QComboBox()
        self.rule.setAccessibleName(_("期限种类"))
        self.rule.addItem(_("各种期限"), "")
        self.rule.activated.connect(lambda _place: self.refresh())
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("企业、商标或号码"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._sift)
        self.table = DocketTable()
        self.table.selectionModel().selectionChanged.connect(self._on_choice)
        self.table.doubleClicked.connect(self._open)
        self.numbers = style.soft("")
        self.welcome = self._first_steps()
        self.below = self._build_below()
        self._lay_out()
        self._on_choice()

    def refresh(self) -> None:
        """Read the dates, their numbers, steps and flags."""
        wanted = Wanted(date.today(), self.states.state, self.rule.currentData() or "")
        self.shell.work.run(lambda task: read(task, wanted), self._show, replaces=self)

    def certificate(self) -> None:
        """Show the chain of the chosen date with its sheet to print (依据单)."""
        entry = self.table.chosen()
        if entry is not None:
            self._explain(entry, lambda told: self._box(entry, told).exec())

    def print_list(self) -> None:
        """Show the list as it prints for the week."""
        station = self.shell.settings.zone
        paper.preview(docket_sheet.weekly(self.shown(), date.today(), station), self)

    def save_calendar(self) -> None:
        """Write what is shown as a calendar file."""
        from brandpool.exchange import calendar_feed

        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("保存日历"), _("期限") + ".ics", _("日历文件 (*.ics)")
        )
        if not chosen:
            return
        try:
            number = calendar_feed.write(Path(chosen).with_suffix(".ics"), self.shown())
        except OSError as bad:
            QMessageBox.warning(self, _("没有保存"), f"{chosen}：{bad.strerror}")
        else:
            self.shell.say(_("已写入日历：{number} 条").format(number=number))

    def shown(self) -> list[Entry]:
        """The dates in the table, in its order."""
        return [shown.row for shown in self.table.rows.shown]

    def decide(self, decision: str) -> None:
        """Ask for what a decision about the chosen dates needs, then write it."""
        if picked := self.table.picked():
            DecisionForm(self.shell, picked, decision, self).open()

    def _build_below(self) -> QTabWidget:
        self.chain: PlainTable[Step] = PlainTable(
            chain_headings(), (230, 190, 100, 130, 100, 200), _("依据链")
        )
        self.steps: PlainTable[StepRow] = PlainTable(
            (_("时间"), _("经办人"), _("来源"), _("记录数"), _("操作")),
            (140, 90, 70, 60, 400),
            _("最近的操作"),
        )
        self.flags: PlainTable[FlagRow] = PlainTable(
            (_("记录"), _("问题"), _("项目"), _("另一个值"), _("何人")),
            (260, 220, 120, 160, 100),
            _("待核定"),
        )
        self.flags.doubleClicked.connect(self._open_flag)
        tabs = QTabWidget()
        tabs.addTab(self.chain, _("依据"))
        tabs.addTab(self.steps, _("自昨天以来"))
        tabs.addTab(self.flags, _("待核定"))
        every = style.quiet(QPushButton(_("全部历史")))
        every.clicked.connect(lambda: self.shell.visit("history"))
        tabs.setCornerWidget(every)
        return tabs

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(style.heading(_("工作台")))
        head.addWidget(self.numbers, 1)
        self.printing, self.calendar = QPushButton(_("打印周报…")), QPushButton(_("导出日历…"))
        self.printing.clicked.connect(self.print_list)
        self.calendar.clicked.connect(self.save_calendar)
        head.addWidget(self.printing)
        head.addWidget(self.calendar)
        line = QHBoxLayout()
        line.addWidget(self.states, 1)
        line.addWidget(self.rule)
        self.words.setFixedWidth(170)
        line.addWidget(self.words)
        upper = QWidget()
        inner = QVBoxLayout(upper)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.table, 1)
        inner.addLayout(self._build_actions())
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(upper)
        split.addWidget(self.below)
        split.setSizes([400, 170])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.welcome)
        layout.addLayout(line)
        layout.addWidget(split, 1)

    def _build_actions(self) -> QHBoxLayout:
        self.buttons: dict[str, QPushButton] = {}
        line = QHBoxLayout()
        for choice in DECISIONS:
            button = QPushButton(f"{choice.label(lang())}…")
            button.clicked.connect(lambda _on, code=choice.code: self.decide(code))
            self.buttons[choice.code] = button
        self.buttons["override"] = QPushButton(_("改定日期…"))
        self.buttons["override"].clicked.connect(self._override)
        self.buttons["reopen"] = QPushButton(_("重新打开"))
        self.buttons["reopen"].clicked.connect(self._reopen)
        self.buttons["certificate"] = QPushButton(_("依据单…"))
        self.buttons["certificate"].clicked.connect(self.certificate)
        self.buttons["open"] = style.primary(QPushButton(_("打开记录")))
        self.buttons["open"].clicked.connect(self._open)
        for code, button in self.buttons.items():
            if code == "certificate":
                line.addStretch(1)
            line.addWidget(button)
        return line

    def _first_steps(self) -> QWidget:
        sheet = style.card()
        line = QHBoxLayout(sheet)
        line.addWidget(style.soft(_("库里还没有企业。先录入一家，或导入一份企业名单。")), 1)
        add = QPushButton(_("录入企业"))
        add.clicked.connect(lambda: self.shell.visit("enterprises"))
        bring = style.primary(QPushButton(_("导入名单…")))
        bring.clicked.connect(lambda: choose_file(self.shell, Enterprise))
        line.addWidget(bring)
        line.addWidget(add)
        sheet.hide()
        return sheet

    def _show(self, desk: Desk) -> None:
        self._entries = desk.entries
        self.states.show_numbers(desk.numbers)
        if self.rule.count() == 1:
            for rule, label in desk.rules.items():
                self.rule.addItem(label, rule)
        counted = (f"{model.label(lang())} {number:,}" for model, number in desk.counts)
        self.numbers.setText("　".join(counted))
        self.welcome.setVisible(dict(desk.counts).get(Enterprise, 0) == 0)
        self._sift()
        self.steps.fill([_step(step) for step in desk.steps])
        self.flags.fill([_flag(flag) for flag in desk.flags])
        self.below.setTabText(1, _("自昨天以来（{n}）").format(n=len(desk.steps)))
        self.below.setTabText(2, _("待核定（{n}）").format(n=len(desk.flags)))
        if desk.stale:
            self.shell.say(_("品牌库以只读方式打开，期限没有更新到今天。"))
        if len(desk.entries) == MOST:
            self.shell.say(_("只显示最早的 {n} 条，请按种类筛选。").format(n=MOST))

    def _sift(self) -> None:
        """Show the dates that hold the words typed, in any of their cells."""
        words = self.words.text().casefold().split()
        kept = [entry for entry in self._entries if all(w in _said(entry) for w in words)]
        self.table.show_entries(kept)
        self._on_choice()

    def _on_choice(self) -> None:
        picked = self.table.picked()
        decided = self.states.state == DECIDED
        for code, button in self.buttons.items():
            many = code in {choice.code for choice in DECISIONS}
            button.setEnabled(bool(picked) if many else len(picked) == 1)
        self.buttons["reopen"].setVisible(decided)
        for code in ("override", *(choice.code for choice in DECISIONS)):
            self.buttons[code].setVisible(not decided)
        entry = self.table.chosen()
        if entry is None:
            self.chain.fill([])
        else:
            self._explain(entry, self._show_chain, replaces=self.chain)

    def _explain(self, entry: Entry, then: object, **how: object) -> None:
        on = date.today()
        self.shell.work.read(
            lambda session: docket.explained(
                session, entry.key, on, reference_data.reference(session, on)
            ),
            then,  # type: ignore[arg-type]
            owner=self,
            failed=lambda _text: self.chain.fill([]),
            **how,
        )

    def _show_chain(self, told: Explained) -> None:
        self.chain.fill([Shown(step, chain_texts(step)) for step in told.chain])

    def _box(self, entry: Entry, told: Explained) -> ChainBox:
        about = "　".join(filter(None, (entry.enterprise_name, entry.note, entry.left)))
        title = f"{entry.label}：{entry.title}　{entry.due}"
        return ChainBox(title, told, self, about=about)

    def _override(self) -> None:
        if (entry := self.table.chosen()) is not None:
            OverrideForm(self.shell, entry, self).open()

    def _reopen(self) -> None:
        entry = self.table.chosen()
        if entry is not None:
            why = _("重新打开期限：{what}").format(what=f"{entry.label} {entry.title}")
            key = entry.key
            self.shell.work.write(why, lambda session: docket_decide.reopen(session, key))

    def _open(self) -> None:
        entry = self.table.chosen()
        if entry is not None:
            self.shell.open(entry.subject_kind, entry.subject)

    def _open_flag(self) -> None:
        flag = self.flags.chosen()
        if flag is not None:
            self.shell.open(flag.kind, flag.record)


def _said(entry: Entry) -> str:
    parts = (entry.label, entry.title, entry.enterprise_name, entry.note, str(entry.due))
    return " ".join(parts).casefold()


def _step(step: StepRow) -> Shown[StepRow]:
    when = f"{step.at:%Y-%m-%d %H:%M}"
    texts = (when, step.who, source_name(step.source), str(step.records), step.why)
    return Shown(step, texts, quiet=step.undone or step.is_undo)


def _flag(flag: FlagRow) -> Shown[FlagRow]:
    model = by_kind()[flag.kind]
    field = fields(model).get(flag.field)
    value = typed.shown(field, {flag.field: flag.value}, lang()) if field else ""
    what = {
        "value": _("同一项有两个值"),
        "deletion": _("有人修改、有人删除"),
        "number": _("编号与另一条相同"),
    }.get(flag.what, flag.what)
    other = value if flag.what == "value" else ""
    title = f"{model.label(lang())}“{flag.title}”"
    return Shown(flag, (title, what, field.label(lang()) if field else "", other, flag.who))
