"""A policy's text proposes its targets; a person confirms each before anything is kept."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.exchange import policy_text
from brandpool.exchange.policy_text import Proposal
from brandpool.i18n import _, lang
from brandpool.models.field import Choice, Value
from brandpool.models.target import INDICATORS, OPERATORS
from brandpool.services import reference_data, targets
from brandpool.ui import style
from brandpool.ui.page import Shell

_TITLE, _INDICATOR, _OPERATOR, _VALUE, _UNIT, _YEAR, _WHO = range(7)


class PolicyDialog(QDialog):
    """The text at the left with the clause marked, the proposals at the right to be ticked."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("读取政策文件"))
        self.found: Sequence[Proposal] = ()
        self.read_text = ""
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("政策全文"))
        self.text.setPlaceholderText(_("在此粘贴政策全文，或按“选择文件…”（txt、docx）"))
        self.document = QLineEdit()
        self.document.setPlaceholderText(_("例如：关于全面加强知识产权工作的实施意见"))
        self.number = QLineEdit()
        self.number.setPlaceholderText(_("例如：甬高新〔2023〕10号"))
        self.choose = QPushButton(_("选择文件…"))
        self.look = style.primary(QPushButton(_("找出目标")))
        self.words = style.soft(_("找到的目标逐项列在这里，核对后打勾。"))
        self.table = QTableWidget(0, 7)
        self.table.setAccessibleName(_("找到的目标"))
        self.keep = style.primary(QPushButton(_("登记打勾的目标")))
        self.keep.setEnabled(False)
        self._lay_out()
        self.choose.clicked.connect(self.choose_file)
        self.look.clicked.connect(self.search)
        self.keep.clicked.connect(self.save)
        self.table.currentCellChanged.connect(lambda row, *_cells: self._mark(row))
        self.table.itemChanged.connect(lambda _item: self._weigh())

    def choose_file(self) -> None:
        """Read a file into the text, then look for targets in it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("选择政策文件"), "", _("政策文件 (*.txt *.docx *.md)")
        )
        if not chosen:
            return
        try:
            self.text.setPlainText(policy_text.read(Path(chosen)))
        except UserError as refusal:
            QMessageBox.warning(self, _("没有读取"), str(refusal))
            return
        if not self.document.text():
            self.document.setText(Path(chosen).stem)
        self.search()

    def search(self) -> None:
        """Look for targets in the text as it stands."""
        text = self.text.toPlainText()

        def job(session: Session) -> list[Proposal]:
            ref = reference_data.reference(session, date.today())
            return policy_text.proposals(text, ref.documents["indicators"])

        self._shell.work.read(job, lambda found: self._show(text, found), owner=self, replaces=self)

    def save(self) -> None:
        """Enter every ticked target, all of them or none, as one step."""
        rows = [row for row in range(self.table.rowCount()) if self._ticked(row)]
        try:
            values = [self._values(row) for row in rows]
        except UserError as refusal:
            QMessageBox.warning(self, _("没有登记"), str(refusal))
            return
        name = self.number.text().strip() or self.document.text().strip()
        why = _("登记政策目标 {number} 项").format(number=len(values)) + (
            f"：{name}" if name else ""
        )
        self._shell.work.write(
            why,
            lambda session: [targets.enter(session, one) for one in values],
            lambda made: self._saved(len(made)),
            owner=self,
            failed=lambda reason: QMessageBox.warning(self, _("没有登记"), reason),
        )

    def tick(self, row: int, *, on: bool = True) -> None:
        """Confirm a proposal, or take that back."""
        item = self.table.item(row, _TITLE)
        assert item is not None
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _lay_out(self) -> None:
        heads = (_("目标（打勾确认）"), _("指标"), _("要求"), _("目标值"), _("单位"), _("年度"),
                 _("责任单位"))  # fmt: skip
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for place, width in enumerate((190, 170, 76, 92, 48, 56, 100)):
            self.table.setColumnWidth(place, width)
        form = QFormLayout()
        form.addRow(_("文件名称"), self.document)
        form.addRow(_("文号"), self.number)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addStretch(1)
        buttons.addWidget(self.look)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.words)
        beside.addWidget(self.table, 1)
        beside.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([440, 740])
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        self.resize(1200, 620)

    def _show(self, text: str, found: Sequence[Proposal]) -> None:
        self.found, self.read_text = found, text
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            self._put(row, one)
        self.table.blockSignals(False)
        self.words.setText(
            _("找到 {number} 项。点一行看原文位置；不对的可在表中改正或不打勾。").format(
                number=len(found)
            )
            if found
            else _("没有找到目标。只认写明年度（如“到2030年”）的数量或建成类目标。")
        )
        if found:
            self.table.setCurrentCell(0, 0)
            self._mark(0)
        self._weigh()

    def _put(self, row: int, one: Proposal) -> None:
        title = QTableWidgetItem(one.title)
        title.setFlags(title.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        title.setCheckState(Qt.CheckState.Unchecked)
        title.setToolTip(one.clause)
        self.table.setItem(row, _TITLE, title)
        self.table.setCellWidget(row, _INDICATOR, _box(INDICATORS, one.indicator, _("指标")))
        self.table.setCellWidget(row, _OPERATOR, _box(OPERATORS, one.operator, _("要求")))
        value = "" if one.value is None else f"{one.value:,f}"
        for column, text in (
            (_VALUE, value),
            (_UNIT, one.unit),
            (_YEAR, str(one.year)),
            (_WHO, ""),
        ):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def _values(self, row: int) -> dict[str, Value]:
        one = self.found[row]
        cells = {column: self._cell(row, column) for column in (_TITLE, _VALUE, _UNIT, _YEAR, _WHO)}
        return {
            "title": cells[_TITLE], "indicator": self._choice(row, _INDICATOR),
            "operator": self._choice(row, _OPERATOR), "value": _number(cells[_VALUE]),
            "unit": cells[_UNIT] or None, "year": _year(cells[_YEAR]),
            "responsible": cells[_WHO] or None,
            "document": self.document.text().strip() or None,
            "document_no": self.number.text().strip() or None,
            "clause": one.clause, "place_from": one.start, "place_to": one.end,
        }  # fmt: skip

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _choice(self, row: int, column: int) -> str:
        box = self.table.cellWidget(row, column)
        assert isinstance(box, QComboBox)
        return str(box.currentData())

    def _ticked(self, row: int) -> bool:
        item = self.table.item(row, _TITLE)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def _weigh(self) -> None:
        ticked = sum(self._ticked(row) for row in range(self.table.rowCount()))
        self.keep.setEnabled(ticked > 0)
        self.keep.setText(_("登记打勾的目标（{number}）").format(number=ticked))

    def _mark(self, row: int) -> None:
        """Mark the clause of a proposal in the text, unless the text was changed since."""
        if not 0 <= row < len(self.found) or self.text.toPlainText() != self.read_text:
            self.text.setExtraSelections([])
            return
        one = self.found[row]
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(_units(self.read_text, one.start))
        cursor.setPosition(_units(self.read_text, one.end), QTextCursor.MoveMode.KeepAnchor)
        marked = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor("#ffe08a"))
        look.setForeground(QColor(style.INK))
        marked.format, marked.cursor = look, cursor  # type: ignore[attr-defined]
        self.text.setExtraSelections([marked])
        place = QTextCursor(cursor)
        place.setPosition(cursor.selectionStart())
        self.text.setTextCursor(place)
        self.text.centerCursor()

    def _saved(self, number: int) -> None:
        self._shell.say(_("已登记 {number} 项目标").format(number=number))
        self.accept()


def _box(choices: Sequence[Choice], code: str, name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for choice in choices:
        box.addItem(choice.label(lang()), choice.code)
    box.setCurrentIndex(max(box.findData(code), 0))
    return box


def _units(text: str, place: int) -> int:
    """A place in Qt's text, which counts rare characters twice."""
    return len(text[:place].encode("utf-16-le")) // 2


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise UserError(_("目标值“{text}”不是数字，请改正。").format(text=text)) from None


def _year(text: str) -> int:
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    raise UserError(_("年度“{text}”请写成四位数字，如 2030。").format(text=text))
