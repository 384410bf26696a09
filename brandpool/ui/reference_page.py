"""Reference data: law, holidays, tariffs and the like, edited or imported without a release."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.errors import UserError
from brandpool.i18n import _
from brandpool.services import reference_data
from brandpool.services.reference_data import DocumentRow
from brandpool.ui import style
from brandpool.ui.decision_form import day_edit
from brandpool.ui.holiday_form import HolidayForm
from brandpool.ui.page import Page, Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown

Read = tuple[list[DocumentRow], str]


class ReferencePage(Page):
    """Documents at the left, the text of the chosen one at the right, checked before it is kept."""

    kinds = frozenset({"reference_document"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.name = "holidays"
        self._touched = False
        self.table: PlainTable[DocumentRow] = PlainTable(
            (_("参考数据"), _("来源"), _("启用日期")), (150, 90, 96), _("参考数据")
        )
        self.table.selectionModel().currentRowChanged.connect(lambda *_now: self._on_choice())
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("内容"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.textChanged.connect(self._touch)
        self.starts = day_edit(date.today())
        self.source = QLineEdit()
        self.source.setPlaceholderText(_("例如：国办发明电〔2026〕…号；WIPO 通告 2027/1"))
        self.holiday = QPushButton(_("录入放假通知…"))
        self.load = QPushButton(_("从文件导入…"))
        self.back = QPushButton(_("放弃修改"))
        self.keep = style.primary(QPushButton(_("检查并保存")))
        self.holiday.clicked.connect(self.enter_notice)
        self.load.clicked.connect(self.import_file)
        self.back.clicked.connect(self._discard)
        self.keep.clicked.connect(self.save)
        self._lay_out()

    def refresh(self) -> None:
        """Read the list, and the chosen document unless it is being edited."""
        name = self.name
        self.shell.work.read(lambda session: _read(session, name), self._show, replaces=self)

    def save(self) -> None:
        """Keep what stands in the editor from the day on, as one step of history."""
        name, text, source = self.name, self.text.toPlainText(), self.source.text()
        starts = self.starts.date().toPython()
        assert isinstance(starts, date)
        label = self._label(name)
        self.shell.work.write(
            _("更新参考数据：{name}").format(name=label),
            lambda session: reference_data.save(session, name, text, starts, source),
            self._saved,
            failed=lambda reason: QMessageBox.warning(self, _("没有保存"), reason),
        )

    def import_file(self) -> None:
        """Put the content of a JSON file into the editor; it is kept by 检查并保存."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("从文件导入"), "", _("JSON 文件 (*.json)")
        )
        if not chosen:
            return
        try:
            text = Path(chosen).read_text("utf-8-sig")
            self.text.setPlainText(reference_data.written(reference_data.read(text)))
        except UserError as refusal:
            QMessageBox.warning(self, _("没有导入"), str(refusal))
        except (OSError, UnicodeDecodeError) as bad:
            QMessageBox.warning(self, _("没有导入"), f"{Path(chosen).name}：{bad}")
        else:
            self.source.setText(Path(chosen).name)

    def enter_notice(self) -> None:
        """Open the form for a year's holiday notice."""
        HolidayForm(self.shell, self).open()

    def _lay_out(self) -> None:
        right = QWidget()
        sheet = QVBoxLayout(right)
        sheet.setContentsMargins(10, 0, 0, 0)
        tools = QHBoxLayout()
        for button in (self.holiday, self.load):
            tools.addWidget(button)
        tools.addStretch(1)
        for button in (self.back, self.keep):
            tools.addWidget(button)
        form = QFormLayout()
        form.addRow(_("启用日期"), self.starts)
        form.addRow(_("来源"), self.source)
        sheet.addLayout(tools)
        sheet.addLayout(form)
        sheet.addWidget(self.text, 1)
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(right)
        split.setSizes([360, 800])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("参考数据")))
        layout.addWidget(
            style.soft(
                _(
                    "放假安排、规费、法定期限等都是带日期的数据。修改后从启用日期起使用，期限会重新推算；每次修改都可撤销。"
                )
            )
        )
        layout.addWidget(split, 1)

    def _show(self, read: Read) -> None:
        rows, text = read
        self.table.selectionModel().blockSignals(True)
        self.table.fill([Shown(row, _texts(row), quiet=not row.id) for row in rows])
        place = next(n for n, row in enumerate(rows) if row.name == self.name)
        self.table.selectRow(place)
        self.table.selectionModel().blockSignals(False)
        if not self._touched:
            self.text.setPlainText(text)
            self.source.setText(rows[place].source)
            self._touched = False
        self.holiday.setVisible(self.name == "holidays")

    def _on_choice(self) -> None:
        row = self.table.chosen()
        if row is not None and row.name != self.name:
            self.name, self._touched = row.name, False
            self.refresh()

    def _touch(self) -> None:
        self._touched = True

    def _discard(self) -> None:
        self._touched = False
        self.refresh()

    def _saved(self, _record: str) -> None:
        self._touched = False
        self.shell.say(_("已保存，期限将按新数据重新推算。"))
        self.refresh()

    def _label(self, name: str) -> str:
        return next(s.row.label for s in self.table.rows.shown if s.row.name == name)


def _read(session: Session, name: str) -> Read:
    today = date.today()
    return reference_data.documents(session, today), reference_data.text_of(session, name, today)


def _texts(row: DocumentRow) -> tuple[str, ...]:
    own = row.source or _("本站修改")
    return (row.label, own if row.id else _("随程序"), row.starts.isoformat() if row.starts else "")
