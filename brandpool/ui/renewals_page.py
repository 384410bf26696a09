"""Renewals as a work queue: what is due, how far each is, the next step for many at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import records, renewals
from brandpool.services.renewals import FINISHED, ORDER, RenewalRow
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.mark_filter import STAGES, stage_word
from brandpool.ui.page import Page, Shell
from brandpool.ui.renewal_steps import StepForm, open_letters, step_word
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_OPEN = "open"


class RenewalLine(NamedTuple):
    """One renewal with the name of its enterprise."""

    row: RenewalRow
    enterprise: str


class RenewalsPage(Page):
    """Steps across the top with their numbers, the renewals below, the most urgent first."""

    kinds = frozenset(
        {"renewal_step", "trademark", "mark_event", "mark_pledge", "enterprise",
         "international_registration", "ir_event"}
    )  # fmt: skip

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._found: Sequence[RenewalLine] = ()
        self.at = _OPEN
        self.steps: dict[str, QPushButton] = {}
        self.stage = QComboBox()
        self.stage.setAccessibleName(_("阶段"))
        self.stage.addItem(_("各阶段"), "")
        for code in STAGES:
            self.stage.addItem(stage_word(code), code)
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("企业、商标或注册号"))
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(_("筛选"))
        self.count = QLabel()
        self.next = style.primary(QPushButton(_("登记下一步")))
        self.next_menu = QMenu(self.next)
        self.next.setMenu(self.next_menu)
        self.letters = QPushButton(_("提醒函…"))
        self.chain = QPushButton(_("依据…"))
        self.open_button = QPushButton(_("打开"))
        self.every = QPushButton(_("全选"))
        self.table: PlainTable[RenewalLine] = PlainTable(
            (
                _("企业"), _("商标"), _("注册号（类别）"), _("届满日"), _("阶段"), _("最后日"),
                _("剩余天数"), _("环节"), _("环节日期"), _("质押"), _("经过"),
            ),
            (200, 110, 150, 92, 84, 92, 72, 88, 92, 44, 200),
            _("续展"),
        )  # fmt: skip
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the queue again."""
        self.shell.work.read(
            lambda session: read_queue(session, date.today()), self._take, replaces=self
        )

    def chosen(self) -> list[RenewalRow]:
        """The renewals in the selection, from top to bottom."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.table.rows.shown[row].row.row for row in rows]

    def go_to(self, step: str) -> None:
        """Show the renewals at a step; "open" shows all that are not finished."""
        self.at = step
        self.steps[step].setChecked(True)
        self._fill()

    def advance(self, step: str) -> None:
        """Ask for the day of the next step of all that are chosen."""
        rows = self.chosen()
        if rows:
            StepForm(self.shell, rows, step, self).open()

    def write_letters(self) -> None:
        """Letters to the enterprises of all that are chosen."""
        rows = self.chosen()
        if rows:
            open_letters(self.shell, rows, self)

    def show_chain(self) -> None:
        """Open the chain of the dates of the renewal in the table."""
        line = self.table.chosen()
        if line is not None:
            row = line.row
            title = _("{name} 届满日 {due}，宽展期届满 {grace}").format(
                name=row.name, due=row.due, grace=row.grace_to
            )
            ChainBox(title, row.explained, self, about=f"{row.number}　{line.enterprise}").exec()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for code in (_OPEN, "", *ORDER):
            chip = QPushButton()
            chip.setCheckable(True)
            group.addButton(chip)
            chips.addWidget(chip)
            chip.clicked.connect(partial(self._on_chip, code))
            self.steps[code] = chip
        self.steps[_OPEN].setChecked(True)
        chips.addStretch(1)
        line = QHBoxLayout()
        for part in (self.words, self.stage):
            line.addWidget(part)
        line.addWidget(self.count, 1)
        for button in (self.every, self.open_button, self.chain, self.letters, self.next):
            line.addWidget(button)
        self.words.setFixedWidth(220)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("续展")))
        layout.addLayout(chips)
        layout.addLayout(line)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _text: self._fill())
        self.stage.currentIndexChanged.connect(lambda _index: self._fill())
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.activated.connect(lambda _index: self._open())
        self.letters.clicked.connect(self.write_letters)
        self.chain.clicked.connect(self.show_chain)
        self.open_button.clicked.connect(self._open)
        self.every.clicked.connect(self.table.selectAll)
        QShortcut(QKeySequence("Ctrl+Return"), self.table, self._open)
        self._on_selection()

    def _take(self, found: Sequence[RenewalLine]) -> None:
        self._found = found
        counts = Counter(line.row.step for line in found)
        waiting = sum(number for step, number in counts.items() if step not in FINISHED)
        self.steps[_OPEN].setText(_("全部待办 {number}").format(number=waiting))
        for code, chip in self.steps.items():
            if code != _OPEN:
                chip.setText(f"{step_word(code)} {counts[code]}")
        self._fill()

    def _fill(self) -> None:
        kept = set(renewal_ids(self.chosen()))
        shown = [line for line in self._found if self._wanted(line)]
        self.table.fill([Shown(line, _texts(line), line.row.step in FINISHED) for line in shown])
        flags = self.table.selectionModel().SelectionFlag
        for place, line in enumerate(shown):
            if renewal_ids([line.row])[0] in kept:
                index = self.table.rows.index(place, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)
        self.count.setText(_("共 {number} 件").format(number=len(shown)))
        self.empty.setText(
            _("没有符合条件的续展事项。") if self._found
            else _("现在没有需要续展的商标。专用权期满前十二个月起，商标会自动出现在这里。")
        )  # fmt: skip
        self.stack.setCurrentIndex(0 if shown else 1)
        self._on_selection()

    def _wanted(self, line: RenewalLine) -> bool:
        row, words = line.row, self.words.text().strip().casefold()
        at = row.step not in FINISHED if self.at == _OPEN else row.step == self.at
        stage = self.stage.currentData()
        text = f"{line.enterprise} {row.name} {row.number}".casefold()
        return at and (not stage or row.stage == stage) and words in text

    def _on_chip(self, code: str, _checked: bool = False) -> None:
        self.go_to(code)

    def _on_selection(self) -> None:
        rows = self.chosen()
        common = [code for code in ORDER if rows and all(code in r.next_steps for r in rows)]
        self.next_menu.clear()
        for code in common:
            self.next_menu.addAction(step_word(code) + "…").triggered.connect(
                partial(self._on_step, code)
            )
        self.next.setEnabled(bool(common))
        mixed = _("所选各件的下一步不同，请分别登记。") if rows and not common else ""
        self.next.setToolTip(mixed)
        for button in (self.letters, self.chain, self.open_button):
            button.setEnabled(bool(rows))

    def _on_step(self, code: str, _checked: bool = False) -> None:
        self.advance(code)

    def _open(self) -> None:
        line = self.table.chosen()
        if line is not None:
            self.shell.open(line.row.kind, line.row.id)


def read_queue(session: Session, on: date) -> list[RenewalLine]:
    """All renewals that are open or were finished, with the names of their enterprises."""
    rows = renewals.queue(session, on, finished=True)
    wanted = {row.enterprise_id for row in rows if row.enterprise_id}
    names = records.titles(session, Enterprise, wanted)
    return [RenewalLine(row, names.get(row.enterprise_id or "", "")) for row in rows]


def renewal_ids(rows: Sequence[RenewalRow]) -> list[tuple[str, str]]:
    """Which renewals these are, whatever their step."""
    return [(row.id, row.due.isoformat()) for row in rows]


def _texts(line: RenewalLine) -> tuple[str, ...]:
    row = line.row
    last = row.steps[-1] if row.steps else None
    left = str(row.days_left) if row.days_left >= 0 else _("超 {days}").format(days=-row.days_left)
    course = " → ".join(f"{step.dated} {step_word(step.step)}" for step in row.steps)
    return (
        line.enterprise, row.name, row.number, row.due.isoformat(), stage_word(row.stage),
        row.last_day.isoformat(), left, step_word(row.step),
        last.dated.isoformat() if last else "", str(row.pledges or ""), course,
    )  # fmt: skip
