"""The calculator: any rule of the law on dates and amounts, with the way to its answer."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool import i18n
from brandpool.errors import UserError
from brandpool.i18n import _, lang
from brandpool.reports.documents.articles import cited
from brandpool.reports.documents.certificate import chain_headings, chain_texts
from brandpool.rules import catalogue
from brandpool.rules.explained import Explained, Step
from brandpool.rules.reference import Reference, shipped
from brandpool.rules.rule import Rule
from brandpool.services import reference_data
from brandpool.ui import style
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.page import Page, Shell
from brandpool.ui.rule_form import RuleForm
from brandpool.ui.widgets.plain_table import PlainTable, Shown

_PAUSE = 150
_IN_CHAIN = "rows"
"""The rows of a bill: they are the steps of its chain."""


class CalculatorPage(Page):
    """Rules at the left, the form of the chosen one, its answer and chain as it is filled in."""

    kinds = frozenset({"reference_document"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._ref: Reference = shipped()
        self.explained: Explained | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("查找规则"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._sift)
        self.list = QListWidget()
        self.list.setAccessibleName(_("规则"))
        for rule in catalogue.rules():
            line = QListWidgetItem(rule.zh if lang() == "zh" else rule.en)
            line.setData(Qt.ItemDataRole.UserRole, rule.id)
            line.setToolTip(rule.article)
            self.list.addItem(line)
        self.list.currentItemChanged.connect(lambda line, _old: self._on_rule(line))
        self.title = style.heading("", points=12)
        self.article = style.soft("")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.complaint.setStyleSheet(style.BANNER_SHEET)
        self.answer: PlainTable[str] = PlainTable((_("结果"), ""), (220, 300), _("结果"))
        self.chain: PlainTable[Step] = PlainTable(
            chain_headings(), (230, 190, 96, 120, 96, 160), _("依据链")
        )
        self.certificate = QPushButton(_("依据单…"))
        self.certificate.clicked.connect(self._certify)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.compute)
        self._lay_out()
        self.choose("cn.reply")

    def refresh(self) -> None:
        """Use the reference data of this pool."""
        self.shell.work.read(_reference, self._use, replaces=self)

    def choose(self, rule_id: str) -> RuleForm:
        """Go to a rule; returns its empty form."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == rule_id:
                self.list.setCurrentRow(place)
        return self.form

    def compute(self) -> None:
        """Answer with what is filled in, or say what is missing."""
        given = self.form.given(date.today())
        try:
            self.explained = self.form.rule.explain(given, self._ref)
        except UserError as reason:
            self.explained = None
            self._complain(self.form.in_words(str(reason)) if given else "")
            self.answer.fill([])
            self.chain.fill([])
        else:
            self._show(self.form.rule, self.explained)
        self.certificate.setEnabled(self.explained is not None)

    def _use(self, ref: Reference) -> None:
        self._ref = ref
        self.compute()

    def _on_rule(self, line: QListWidgetItem | None) -> None:
        if line is None:
            return
        rule = catalogue.rule(line.data(Qt.ItemDataRole.UserRole))
        self.form = RuleForm(rule)
        self.form.edited.connect(self._timer.start)
        self.area.setWidget(self.form)
        self.title.setText(rule.zh if lang() == "zh" else rule.en)
        self.article.setText(cited(rule.article))
        self.compute()

    def _show(self, rule: Rule, told: Explained) -> None:
        rows = []
        for output in rule.outputs:
            if output.name in told.answer and output.name != _IN_CHAIN:
                word = output.zh if lang() == "zh" else output.en
                text = shown(told.answer[output.name])
                rows.append(Shown(output.name, (word, text)))
        self.answer.fill(rows)
        self.chain.fill([Shown(step, chain_texts(step)) for step in told.chain])
        self._complain("\n".join((*map(i18n.told, told.warnings), *self._provisional(told))))

    def _provisional(self, told: Explained) -> tuple[str, ...]:
        text = _("依据的放假安排尚未公布，日期为暂定。公布后可在“参考数据”中录入。")
        return (text,) if told.provisional else ()

    def _complain(self, text: str) -> None:
        self.complaint.setText(text)
        self.complaint.setVisible(bool(text))

    def _certify(self) -> None:
        if self.explained is None:
            return
        given = self.form.given(date.today())
        labels = {
            item.name: item.zh if lang() == "zh" else item.en for item in self.form.rule.inputs
        }
        about = "；".join(f"{labels[name]}：{value}" for name, value in given.items())
        ChainBox(self.title.text(), self.explained, self, about=about).exec()

    def _sift(self, words: str) -> None:
        for place in range(self.list.count()):
            line = self.list.item(place)
            rule = catalogue.rule(line.data(Qt.ItemDataRole.UserRole))
            said = f"{rule.id} {rule.zh} {rule.en} {rule.article}".casefold()
            line.setHidden(not all(word in said for word in words.casefold().split()))

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        right = QWidget()
        sheet = QVBoxLayout(right)
        sheet.setContentsMargins(10, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.certificate)
        sheet.addLayout(head)
        sheet.addWidget(self.article)
        sheet.addWidget(self.area, 3)
        sheet.addWidget(self.complaint)
        sheet.addWidget(self.answer, 2)
        sheet.addWidget(self.chain, 2)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([260, 900])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("计算器")))
        layout.addWidget(split, 1)


def shown(value: Any) -> str:
    """A value of an answer as a clerk reads it: a day with its weekday, a list line by line."""
    if isinstance(value, date):
        return _("{day}（{weekday}）").format(day=value, weekday=_weekday(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None:
        return _("无")
    if isinstance(value, Decimal):
        return f"{value:,}"
    if isinstance(value, Mapping):
        return "；".join(f"{key} {shown(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "　".join(shown(item) for item in value)
    return i18n.told(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _weekday(day: date) -> str:
    names = (
        _("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日")
    )  # fmt: skip
    return names[day.weekday()]


def _reference(session: Session) -> Reference:
    return reference_data.reference(session, date.today())
