"""What each column of a file means: proposed, and settled by the clerk where it is unsure."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from brandpool.exchange.cell_words import as_text, is_nothing
from brandpool.exchange.headings import Heading
from brandpool.exchange.importable import measures
from brandpool.exchange.importing import Reading
from brandpool.exchange.mapping import Figure, Match
from brandpool.exchange.ooxml import column_letters
from brandpool.exchange.preview import preview
from brandpool.i18n import _, lang
from brandpool.ui import style
from brandpool.ui.import_for_all import ForAll
from brandpool.ui.import_preview import PreviewTable, in_words
from brandpool.ui.widgets.plain_table import dress_table

_LEAVE, _FIGURE = "", " figure"
_EXAMPLES = 3
_PREVIEW_LINES = 15


class ImportColumns(QWidget):
    """The preview above, the columns below. `go` asks for the dry run."""

    go = Signal()
    other_file = Signal()
    sheet_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.title = style.heading("", points=11)
        self.words = style.soft("")
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(_("工作表"))
        self.sheets.activated.connect(self._ask_sheet)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.notes.setStyleSheet(style.BANNER_SHEET)
        self.preview = PreviewTable()
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(
            [_("文件中的列"), _("前几个值"), _("导入为"), _("怎样认出")]
        )
        self.table.setAccessibleName(_("各列的含义"))
        dress_table(self.table)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.verticalHeader().setDefaultSectionSize(style.ROW_HEIGHT + 4)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((230, 320, 230)):
            self.table.setColumnWidth(column, width)
        self.choices: list[QComboBox] = []
        self.for_all = ForAll()
        self.go_button = style.primary(QPushButton(_("预演")))
        self.other_button = QPushButton(_("另选文件"))
        self.go_button.clicked.connect(self._settle)
        self.other_button.clicked.connect(self.other_file)
        self._lay_out()

    def show_reading(self, reading: Reading) -> None:
        """Show a file with what is proposed for its columns."""
        self.reading = reading
        shown = preview(reading.book, reading.table, _PREVIEW_LINES)
        self.title.setText(
            _("{file} → {kind}").format(file=shown.file, kind=reading.model.label(lang()))
        )
        self.words.setText(in_words(shown))
        self.sheets.clear()
        for name, hidden in shown.sheets:
            self.sheets.addItem(_("{name}（隐藏）").format(name=name) if hidden else name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(shown.sheet))
        self.sheets.setVisible(len(shown.sheets) > 1)
        self.notes.setText("\n".join(shown.said[:5]))
        self.notes.setVisible(bool(shown.said))
        self.preview.lines.show(shown)
        self._fill(reading)
        self.go_button.setFocus()

    def chosen(self) -> tuple[dict[str, int], list[Figure]]:
        """What the columns mean now: fields by name, and columns of yearly figures."""
        assert self.reading is not None
        mapping: dict[str, int] = {}
        figures: list[Figure] = []
        proposed = {figure.column: figure for figure in self.reading.proposal.figures}
        for heading, box in zip(self.reading.table.headings, self.choices, strict=True):
            name = str(box.currentData())
            if name == _FIGURE:
                figures.append(proposed[heading.column])
            elif name != _LEAVE:
                mapping[name] = heading.column
        return mapping, figures

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addWidget(self.sheets)
        top.addWidget(self.words, 1)
        last = QHBoxLayout()
        last.addWidget(self.other_button)
        last.addStretch(1)
        self.question = QLabel()
        style.tint(self.question, style.WARN)
        last.addWidget(self.question)
        last.addWidget(self.go_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.notes)
        layout.addWidget(self.preview, 2)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.for_all)
        layout.addLayout(last)

    def _fill(self, reading: Reading) -> None:
        self.choices = []
        self.table.setRowCount(0)
        self.table.setRowCount(len(reading.table.headings))
        for row, heading in enumerate(reading.table.headings):
            box = self._box(reading, heading)
            self.choices.append(box)
            self.table.setItem(row, 0, QTableWidgetItem(_called(heading)))
            self.table.setItem(row, 1, QTableWidgetItem(_examples(reading, heading)))
            self.table.setCellWidget(row, 2, box)
            box.activated.connect(partial(self._on_choice, row))
        self._explain()

    def _box(self, reading: Reading, heading: Heading) -> QComboBox:
        box = QComboBox()
        box.addItem(_("不导入"), _LEAVE)
        figure = next((f for f in reading.proposal.figures if f.column == heading.column), None)
        if figure is not None:
            box.addItem(_figure_name(figure), _FIGURE)
        maybe = [one.field for one in _candidates(reading, heading)]
        ordered = sorted(reading.fields, key=lambda one: one.name not in maybe)
        for one in ordered:
            box.addItem(one.label(lang()), one.name)
        mapped = next((n for n, c in reading.mapping.items() if c == heading.column), None)
        wanted = mapped or (_FIGURE if figure is not None else _LEAVE)
        box.setCurrentIndex(max(box.findData(wanted), 0))
        box.setAccessibleName(_("“{column}”导入为").format(column=heading.text))
        return box

    def _on_choice(self, row: int, _place: int) -> None:
        """A field has one column: choosing it here frees it elsewhere."""
        name = self.choices[row].currentData()
        for other, box in enumerate(self.choices):
            if other != row and name != _FIGURE and box.currentData() == name:
                box.setCurrentIndex(0)
        self._explain()

    def _explain(self) -> None:
        """Say of every column how it was recognised, and what is still to be asked."""
        assert self.reading is not None
        open_columns = 0
        for row, heading in enumerate(self.reading.table.headings):
            text, doubtful = self._how(heading, str(self.choices[row].currentData()))
            item = QTableWidgetItem(text)
            if doubtful:
                item.setForeground(QColor(style.WARN))
                open_columns += 1
            self.table.setItem(row, 3, item)
        self.for_all.ask(self.reading, self.chosen()[0])
        self.question.setText(
            _("有 {count} 列请确认，不选的列不导入").format(count=open_columns)
            if open_columns
            else ""
        )

    def _how(self, heading: Heading, name: str) -> tuple[str, bool]:
        assert self.reading is not None
        if name == _FIGURE:
            return _("按标题：年度数据"), False
        for match in self.reading.proposal.matches:
            if (match.field, match.column) == (name, heading.column):
                return _how_known(match.how), False
        if name != _LEAVE:
            return _("由您指定"), False
        used = {str(box.currentData()) for box in self.choices}
        maybe = [one for one in _candidates(self.reading, heading) if one.field not in used]
        labels = {one.name: one.label(lang()) for one in self.reading.fields}
        if maybe:
            names = "、".join(labels[one.field] for one in maybe[:3])
            return _("请确认：可能是 {names}").format(names=names), True
        return (_("隐藏的列，除非指定，不导入") if heading.hidden else _("没有对应的项目")), False

    def _ask_sheet(self, place: int) -> None:
        self.sheet_asked.emit(str(self.sheets.itemData(place)))

    def _settle(self) -> None:
        if self.reading is not None:
            mapping, figures = self.chosen()
            self.reading.choose(mapping, figures, self.for_all.told(mapping))
            self.go.emit()


def _candidates(reading: Reading, heading: Heading) -> list[Match]:
    """The fields that this column may be, best first."""
    unsure = [one for found in reading.proposal.unsure.values() for one in found]
    fitting = [one for one in unsure if one.column == heading.column]
    return sorted(fitting, key=lambda one: -one.confidence)


def _called(heading: Heading) -> str:
    return f"{column_letters(heading.column)}　{heading.text}"


def _examples(reading: Reading, heading: Heading) -> str:
    cells = (row.cells[heading.column] for row in reading.table.rows[:200])
    texts = dict.fromkeys(as_text(cell).strip() for cell in cells if not is_nothing(cell))
    return "　".join(list(texts)[:_EXAMPLES])


def _figure_name(figure: Figure) -> str:
    label = next(one.label(lang()) for one in measures() if one.name == figure.measure)
    if figure.year is None:
        return _("{measure}（没有年度）").format(measure=label)
    return _("{year}年{measure}").format(year=figure.year, measure=label)


def _how_known(how: str) -> str:
    return {
        "exact": _("按标题"),
        "normalised": _("按标题"),
        "contained": _("按标题和内容"),
        "content": _("按内容"),
        "remembered": _("同上次一样"),
    }[how]
