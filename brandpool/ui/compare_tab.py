"""Two days side by side: which records came, which left, and which cells changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.db.pool import Pool
from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Value
from brandpool.models.record import Record, fields
from brandpool.reports.statistics import known_on
from brandpool.services import answers, as_of, differences, questions
from brandpool.services.differences import Difference
from brandpool.ui import style
from brandpool.ui.kind_box import DayEdit, KindBox
from brandpool.ui.page import Shell
from brandpool.ui.past_words import PastWords
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.work import Task

Row = Shown[Difference]


@dataclass(frozen=True, slots=True)
class Compared:
    """The differences, a line for each cell, and how many records came, left and changed.

    `questions` are the saved questions (name and id) about the kind; None where they stay.
    """

    rows: list[Row]
    numbers: Counter[str]
    questions: tuple[tuple[str, str], ...] | None = None


class CompareTab(QWidget):
    """Choose a kind and two days; a double click opens a record that is still there."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        today = date.today()
        self._found = Compared([], Counter())
        self.kind = KindBox()
        self.question = QComboBox()
        self.question.setAccessibleName(_("查询方案"))
        self.question.setToolTip(_("只比较一个查询方案列出的名单：谁进入、谁退出、哪些列变了"))
        self.question.addItem(_("该类全部记录"), "")
        self.first = DayEdit(_("前一日（当天结束时）"), today - timedelta(30))
        self.last = DayEdit(_("后一日（当天结束时）"), today)
        self.what = QComboBox()
        self.what.setAccessibleName(_("显示"))
        for text, code in (
            (_("全部变化"), ""),
            (_("新增"), "came"),
            (_("消失"), "left"),
            (_("修改"), "changed"),
        ):
            self.what.addItem(text, code)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("在结果中查找"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.copy_button = QPushButton(_("复制全部"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table: PlainTable[Difference] = PlainTable(
            (_("变化"), _("记录"), _("项目"), _("前一日"), _("后一日")),
            (70, 250, 150, 240, 240),
            _("两日对照"),
        )
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.question.currentIndexChanged.connect(self.ask)
        self.first.dateChanged.connect(self.ask)
        self.last.dateChanged.connect(self.ask)
        self.what.currentIndexChanged.connect(self._fill)
        self.search.textChanged.connect(self._seek)
        self.copy_button.clicked.connect(self._copy_all)
        self.table.activated.connect(lambda _index: self._open())

    def ask(self) -> None:
        """Compare again."""
        model, first, last, tongue = self.kind.model_kind, self.first.day, self.last.day, lang()
        question = str(self.question.currentData() or "")

        def job(task: Task) -> Compared:
            with task.read() as session:
                if not question:
                    found = compare(session, model, first, last, tongue)
                    return replace(found, questions=_questions(session, model))
            return compare_list(task.pool, question, first, last, tongue)

        self.shell.work.run(job, self._show, replaces=self, title=_("两日对照"))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for widget in (
            self.kind,
            self.question,
            self.first,
            QLabel("—"),
            self.last,
            self.what,
            self.search,
        ):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(
            style.soft(
                _("比较库在两日结束时的样子；期间来过又去、改过又改回的不算。双击打开记录。")
            )
        )
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)

    def _show(self, found: Compared) -> None:
        self._found = found
        if found.questions is not None:
            self._offer(found.questions)
        numbers = found.numbers
        if found.rows:
            text = _("新增 {came} 条，消失 {left} 条，修改 {changed} 条（{cells} 格）").format(
                came=numbers["came"],
                left=numbers["left"],
                changed=numbers["changed"],
                cells=numbers["cells"],
            )
        else:
            text = _("这两日之间，{noun}没有变化。").format(noun=self.kind.model_kind.label(lang()))
        self.words.setText(text)
        self._fill()

    def _on_kind(self) -> None:
        self._offer(())
        self.ask()

    def _offer(self, questions: Sequence[tuple[str, str]]) -> None:
        self.question.blockSignals(True)
        while self.question.count() > 1:
            self.question.removeItem(1)
        for name, record in questions:
            self.question.addItem(_("名单：{name}").format(name=name), record)
        self.question.blockSignals(False)

    def _fill(self) -> None:
        wanted = self.what.currentData()
        rows = [row for row in self._found.rows if not wanted or row.row.what == wanted]
        self.table.fill(rows)
        self._seek()

    def _seek(self) -> None:
        self.table.seek(self.search.text())

    def _copy_all(self) -> None:
        self.table.selectAll()
        self.table.copy()
        self.shell.say(_("已复制 {rows} 行").format(rows=len(self.table.chosen_rows())))

    def _open(self) -> None:
        one = self.table.chosen()
        if one is None:
            return
        if one.what == "left":
            self.shell.say(_("这条记录后来已删除，可在“回收站”中恢复。"))
        else:
            self.shell.open(self.kind.model_kind.kind(), one.record)


def _questions(session: Session, model: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.name, row.id) for row in questions.find(session) if row.question.about == model.kind()
    )


def compare_list(pool: Pool, question: str, first: date, last: date, tongue: Lang) -> Compared:
    """What is different about the list a saved question gives, between the evenings of two days.

    Both lists are made as of their day, from what was known on its evening.
    """
    with pool.read() as session:
        asked = questions.get(session, question).question
    given = []
    for day in (first, last):
        with known_on(pool, day) as session:
            given.append(answers.answer(session, asked, day))
    before, after = given
    found = differences.between_answers(before, after)
    titles = {row.id: row.title for answer in given for row in answer.rows}
    columns = {column.name: column for column in after.columns}
    numbers: Counter[str] = Counter(one.what for one in found)
    numbers["cells"] = sum(len(one.cells) for one in found if one.what == "changed")
    rows: list[Row] = []
    for one in found:
        head = (what_words(one.what), titles[one.record])
        if one.what != "changed":
            rows.append(Shown(one, (*head, "", "", ""), quiet=one.what == "left"))
        for cell in one.cells if one.what == "changed" else ():
            column = columns[cell.field]
            sides = (column.shown(value, tongue) or "—" for value in (cell.old, cell.new))
            rows.append(Shown(one, (*head, column.label(tongue), *sides)))
    rows.sort(key=lambda row: (row.row.what, row.texts[1]))
    return Compared(rows, numbers)


def compare(
    session: Session, model: type[Record], first: date, last: date, tongue: Lang
) -> Compared:
    """What is different about a kind between the evenings of two days, in words."""
    lsns = as_of.lsn_on(session, first), as_of.lsn_on(session, last)
    found = differences.between(session, model, *lsns)
    ids = [one.record for one in found]
    before, after = (as_of.rows(session, model, lsn, ids) if ids else {} for lsn in lsns)
    old = PastWords(session, model, before.values(), lsns[0], tongue)
    new = PastWords(session, model, after.values(), lsns[1], tongue)
    numbers: Counter[str] = Counter(one.what for one in found)
    numbers["cells"] = sum(len(one.cells) for one in found if one.what == "changed")
    rows = [row for one in found for row in _rows(model, one, (old, before), (new, after), tongue)]
    rows.sort(key=lambda row: (row.row.what, row.texts[1]))
    return Compared(rows, numbers)


Side = tuple[PastWords, Mapping[str, Mapping[str, Value]]]


def _rows(
    model: type[Record], one: Difference, old: Side, new: Side, tongue: Lang
) -> Iterator[Row]:
    words, states = old if one.what == "left" else new
    title = words.title(states[one.record])
    what = what_words(one.what)
    if one.what != "changed":
        side = " · ".join(_filled(model, words, states[one.record]))
        cells = (side, "") if one.what == "left" else ("", side)
        yield Shown(one, (what, title, "", *cells), quiet=one.what == "left")
        return
    for cell in one.cells:
        declared = fields(model)[cell.field]
        texts = [words.text(declared, states[one.record]) or "—" for words, states in (old, new)]
        yield Shown(one, (what, title, declared.label(tongue), *texts))


def _filled(model: type[Record], words: PastWords, values: Mapping[str, Value]) -> Iterator[str]:
    for name, declared in fields(model).items():
        if declared.listed and name != model.title_field and (text := words.text(declared, values)):
            yield text


def what_words(what: str) -> str:
    """A kind of difference in words."""
    return {"came": _("新增"), "left": _("消失"), "changed": _("修改")}[what]
