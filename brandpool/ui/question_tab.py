"""Saved questions: choose one, see its answer as of a day, export it or hand it in."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.rules.scheme import Ladder
from brandpool.services import answers, questions, schemes
from brandpool.services.answers import Answer
from brandpool.services.questions import Question, QuestionRow
from brandpool.ui import leaving, style
from brandpool.ui.page import Shell
from brandpool.ui.question_dialog import QuestionDialog
from brandpool.ui.widgets.answer_table import AnswerTable


@dataclass(frozen=True, slots=True)
class _Offered:
    """The questions to choose from, and the ladders in force."""

    rows: list[QuestionRow]
    ladders: list[Ladder]


class QuestionTab(QWidget):
    """Questions at the left, the answer at the right."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._ladders: list[Ladder] = []
        self._rows: list[QuestionRow] = []
        self._seek = ""
        self.list = QListWidget()
        self.list.setAccessibleName(_("查询方案"))
        today = date.today()
        self.on = QDateEdit(QDate(today.year, today.month, today.day))
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy-MM-dd")
        self.on.setAccessibleName(_("层级截至日"))
        self.answer = AnswerTable(_("查询结果"))
        self.message = style.soft("")
        self.new = QPushButton(_("新建…"))
        self.change = QPushButton(_("修改…"))
        self.remove = QPushButton(_("删除"))
        self.export = QPushButton(_("导出…"))
        self.printing = QPushButton(_("打印…"))
        self.hand = style.primary(QPushButton(_("报送…")))
        self._lay_out()
        self._connect()
        self._weigh()

    def refresh(self) -> None:
        """Read the questions again, then the answer of the chosen one."""
        day = self._day()
        self.shell.work.read(lambda session: _offered(session, day), self._offer, replaces=self)

    def go_to(self, record: str) -> None:
        """Stand on this question."""
        self._seek = record
        self.refresh()

    def chosen(self) -> QuestionRow | None:
        """The question the clerk stands on."""
        place = self.list.currentRow()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def ask(self) -> None:
        """Answer the chosen question."""
        row, day = self.chosen(), self._day()
        self._weigh()
        if row is None:
            self.answer.show_answer(None)
            return
        self.shell.work.read(
            lambda session: answers.answer(session, row.question, day),
            self._show,
            replaces=self.answer,
            failed=self._cannot,
        )

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        for button in (self.new, self.change, self.remove):
            line.addWidget(button)
        column.addLayout(line)
        right = QWidget()
        sheet = QVBoxLayout(right)
        sheet.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(QLabel(_("层级截至日")))
        top.addWidget(self.on)
        top.addStretch(1)
        top.addWidget(self.export)
        top.addWidget(self.printing)
        top.addWidget(self.hand)
        sheet.addLayout(top)
        sheet.addWidget(self.message)
        sheet.addWidget(self.answer, 1)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([250, 850])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(split)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self.ask())
        self.on.dateChanged.connect(lambda _day: self.refresh())
        self.new.clicked.connect(self._new)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.export.clicked.connect(self._export)
        self.printing.clicked.connect(self._print)
        self.hand.clicked.connect(self._hand_in)
        self.answer.opened.connect(lambda record: self.shell.open("enterprise", record))

    def _offer(self, offered: _Offered) -> None:
        before = self.chosen()
        self._rows, self._ladders = offered.rows, offered.ladders
        wanted = self._seek or (before.id if before else "")
        self._seek = ""
        self.list.blockSignals(True)
        self.list.clear()
        for row in offered.rows:
            item = QListWidgetItem(row.name)
            item.setToolTip(row.name)
            self.list.addItem(item)
        places = [place for place, row in enumerate(offered.rows) if row.id == wanted]
        self.list.setCurrentRow(places[0] if places else 0)
        self.list.blockSignals(False)
        self.ask()

    def _show(self, answer: Answer) -> None:
        self.message.setText("")
        self.message.hide()
        self.answer.show_answer(answer)
        self._weigh()

    def _cannot(self, sentence: str) -> None:
        self.answer.show_answer(None)
        self.message.setText(sentence)
        self.message.show()
        self._weigh()

    def _weigh(self) -> None:
        """Only what can be done now can be clicked; the given questions cannot be changed."""
        row, shown = self.chosen(), self.answer.answer
        self.change.setEnabled(row is not None)
        self.remove.setEnabled(row is not None and _kept(row))
        for button in (self.export, self.printing, self.hand):
            button.setEnabled(shown is not None and bool(shown.rows))

    def _new(self) -> None:
        ladder = self._ladders[0].code if self._ladders else ""
        question = questions.pool_list(ladder) if ladder else Question()
        self._edit("", question, None)

    def _change(self) -> None:
        row = self.chosen()
        if row is not None:
            self._edit(row.name, row.question, row if _kept(row) else None)

    def _edit(self, name: str, question: Question, row: QuestionRow | None) -> None:
        box = QuestionDialog(name, question, self._ladders, self)
        if box.exec() != QDialog.DialogCode.Accepted:
            return
        words, asked = box.name.text().strip(), box.question()
        record, seen = (row.id, row.ver) if row else (None, None)
        self.shell.work.write(
            _("保存查询方案“{name}”").format(name=words),
            lambda session: questions.save_question(session, words, asked, record, seen),
            self.go_to,
            owner=self,
        )

    def _remove(self) -> None:
        row = self.chosen()
        if row is None or not _kept(row):
            return
        text = _("删除查询方案“{name}”？已报送的名单不受影响。").format(name=row.name)
        if QMessageBox.question(self, _("删除"), text) == QMessageBox.StandardButton.Yes:
            self.shell.work.write(
                _("删除查询方案“{name}”").format(name=row.name),
                lambda session: questions.remove(session, row.id),
                owner=self,
            )

    def _export(self) -> None:
        row, answer = self.chosen(), self.answer.answer
        if row is not None and answer is not None:
            leaving.export(self.shell, self, lambda _s: answer, row.name, _notes(answer))

    def _print(self) -> None:
        row, answer = self.chosen(), self.answer.answer
        if row is not None and answer is not None:
            leaving.show_printed(self.shell, self, answer, row.name, _notes(answer))

    def _hand_in(self) -> None:
        row, answer = self.chosen(), self.answer.answer
        if row is not None and answer is not None:
            question = row.id if _kept(row) else None
            leaving.hand_in(self.shell, self, answer, row.name, question, _notes(answer))

    def _day(self) -> date:
        day = self.on.date()
        return date(day.year(), day.month(), day.day())


def _kept(row: QuestionRow) -> bool:
    """Whether the question is a saved one, not one that comes with the program."""
    return not row.id.startswith(_GIVEN)


def _notes(answer: Answer) -> tuple[str, ...]:
    return (f"适用方案：{answer.scheme_title}",) if answer.scheme else ()


def _offered(session: Session, day: date) -> _Offered:
    """The questions that come with every ladder in force, then the saved ones."""
    ladders = [ladder for scheme in schemes.in_force(session, day) for ladder in scheme.ladders]
    given = []
    for ladder in ladders:
        name = ladder.words.label()
        upgrade, pool = questions.upgrade_list(ladder.code), questions.pool_list(ladder.code)
        given += [
            QuestionRow(f"{_GIVEN}up:{ladder.code}", "", f"{name}：{_('升级推荐名单')}", upgrade),
            QuestionRow(f"{_GIVEN}in:{ladder.code}", "", f"{name}：{_('在库名单')}", pool),
        ]
    return _Offered([*given, *questions.find(session)], ladders)


_GIVEN = "given:"
