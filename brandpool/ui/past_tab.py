"""The pool as it was known on a past day or after a step: to look at, copy and export."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import Lang, _, lang
from brandpool.models.field import Field, Kind, Value
from brandpool.models.record import Record, fields
from brandpool.services import as_of
from brandpool.services.answers import Answer, AnswerRow
from brandpool.ui import style
from brandpool.ui.kind_box import DayEdit, KindBox
from brandpool.ui.leaving import export
from brandpool.ui.page import Shell
from brandpool.ui.past_words import PastWords
from brandpool.ui.widgets.column_layout import usual_width
from brandpool.ui.widgets.plain_table import PlainTable, Shown


@dataclass(frozen=True, slots=True)
class Past:
    """The records of a kind after step `lsn`, each with its cells in words."""

    model: type[Record]
    lsn: int
    rows: list[Shown[str]]
    values: dict[str, dict[str, Value]]


class PastTab(QWidget):
    """Choose a kind and a day; nothing can be changed here."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.table: PlainTable[str] | None = None
        self._past: Past | None = None
        self._after: int | None = None
        self.kind = KindBox()
        self.day = DayEdit(_("当天结束时"), date.today())
        self.step = QPushButton()
        self.step.setToolTip(_("回到按日期查看"))
        self.step.hide()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("在结果中查找"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.count = QLabel()
        self.copy_button = QPushButton(_("复制全部"))
        self.export_button = QPushButton(_("导出…"))
        self.export_button.setVisible(not shell.work.pool.read_only)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self.ask)
        self.day.dateChanged.connect(self.ask)
        self.step.clicked.connect(self._by_day)
        self.search.textChanged.connect(self._seek)
        self.copy_button.clicked.connect(self._copy_all)
        self.export_button.clicked.connect(self._export)

    def stand_after(self, lsn: int, words: str) -> None:
        """Show the pool as it was after this step; `words` name the step."""
        self._after = lsn
        self.step.setText(_("{step} 之后").format(step=_short(words)) + "  ×")
        self.step.show()
        self.day.hide()
        self.ask()

    def ask(self) -> None:
        """Read the records as known then."""
        model, day, after, tongue = self.kind.model_kind, self.day.day, self._after, lang()
        self.shell.work.read(
            lambda session: read_past(
                session, model, as_of.lsn_on(session, day) if after is None else after, tongue
            ),
            self._show,
            replaces=self,
            title=_("读取当时的库"),
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for widget in (self.kind, self.day, self.step, self.search):
            line.addWidget(widget)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.copy_button)
        line.addWidget(self.export_button)
        self._body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(
            style.soft(_("库在所选日期结束时的样子，只供查看；之后的修改和删除在这里都不算。"))
        )
        layout.addLayout(line)
        layout.addLayout(self._body, 1)

    def _show(self, past: Past) -> None:
        if self.table is None or self._past is None or self._past.model is not past.model:
            self._make_table(past.model)
        self._past = past
        assert self.table is not None
        self.table.fill(past.rows)
        self._seek()

    def _make_table(self, model: type[Record]) -> None:
        if self.table is not None:
            self._body.removeWidget(self.table)
            self.table.deleteLater()
        listed = _listed(model)
        title = model.title_field
        self.table = PlainTable(
            [field.label(lang()) for field in listed],
            [usual_width(field, title=field.name == title) for field in listed],
            _("当时的{noun}").format(noun=model.label(lang())),
        )
        self._body.addWidget(self.table)

    def _seek(self) -> None:
        if self.table is None or self._past is None:
            return
        shown, total = self.table.seek(self.search.text()), len(self._past.rows)
        if shown == total:
            self.count.setText(_("共 {total:,} 条").format(total=total))
        else:
            self.count.setText(_("已筛选 {shown:,}/{total:,}").format(shown=shown, total=total))

    def _by_day(self) -> None:
        self._after = None
        self.step.hide()
        self.day.show()
        self.ask()

    def _copy_all(self) -> None:
        if self.table is not None:
            self.table.selectAll()
            self.table.copy()
            number = len(self.table.chosen_rows())
            self.shell.say(_("已复制 {rows} 行").format(rows=number))

    def _export(self) -> None:
        past, table = self._past, self.table
        if past is None or table is None:
            return
        seen = [shown.row for place, shown in enumerate(past.rows) if not table.isRowHidden(place)]
        day = self.day.day if self._after is None else date.today()
        note = "" if self._after is None else self.step.text().removesuffix("  ×")
        export(
            self.shell,
            self,
            lambda _session: answer_of(past, seen, day),
            _("{noun}（{day}所知）").format(noun=past.model.label(lang()), day=day),
            (note,) if note else (),
        )


def read_past(session: Session, model: type[Record], lsn: int, tongue: Lang) -> Past:
    """The records of a kind as known after step `lsn`, by their names."""
    known = as_of.rows(session, model, lsn)
    words = PastWords(session, model, known.values(), lsn, tongue)
    listed = _listed(model)
    rows = [
        Shown(record, tuple(words.text(field, row) for field in listed))
        for record, row in known.items()
    ]
    place = next(i for i, field in enumerate(listed) if field.name == model.title_field)
    rows.sort(key=lambda shown: (shown.texts[place], shown.row))
    return Past(model, lsn, rows, known)


def answer_of(past: Past, records: list[str], day: date) -> Answer:
    """These records as a list that can leave; links are written by name."""
    listed = _listed(past.model)
    texts = {shown.row: shown.texts for shown in past.rows}
    rows = tuple(
        AnswerRow(
            record,
            str(past.values[record].get(past.model.title_field) or ""),
            tuple(
                texts[record][place] if field.kind is Kind.LINK else past.values[record][field.name]
                for place, field in enumerate(listed)
            ),
        )
        for record in records
    )
    return Answer(past.model.kind(), day, tuple(listed), rows)


def _listed(model: type[Record]) -> list[Field]:
    return [f for n, f in fields(model).items() if f.listed or n == model.title_field]


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
