"""Enterprises: the list, and behind each line the card."""

from collections.abc import Collection
from datetime import date

from dateutil.relativedelta import relativedelta
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.models.field import Field, Value
from brandpool.services import records
from brandpool.services.records import Filter, Op
from brandpool.ui import style
from brandpool.ui.enterprise_card import EnterpriseCard
from brandpool.ui.enterprise_form import EnterpriseForm, RenameBox, renaming
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.widgets.record_lines import Line
from brandpool.ui.widgets.record_table import RecordTable

_DATED = "source_date"


class EnterprisesPage(Page):
    """List or card; the list keeps its filters while a card is open."""

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self.table = RecordTable(shell, Enterprise, add=self.add, open=self.open)
        self.table.model.notice = _old_news
        self.table.edits.own_way["name"] = self.rename
        self.old = QPushButton(_("信息超过12个月"))
        self.old.setToolTip(_("只看数据截至日超过12个月的企业；这些日期在列表中标为橙色"))
        self.old.clicked.connect(self.show_old)
        self.table.put_tools([self.old, *tools(shell, self.table)])
        self.card = EnterpriseCard(shell, self.show_list)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 4, 16, 12)
        column.addWidget(style.heading(_("企业")))
        column.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def refresh(self) -> None:
        """Read the list or the card again."""
        if self.stack.currentWidget() is self.card:
            self.card.refresh()
        else:
            self.table.ask()

    def open_record(self, _kind: str, record: str) -> None:
        """Show the card of this enterprise."""
        self.open(record)

    def open(self, record: str) -> None:
        """Show the card of this enterprise."""
        self.card.show_enterprise(record)
        self.stack.setCurrentWidget(self.card)
        self.card.edit_button.setFocus()

    def show_list(self) -> None:
        """Back to the list."""
        self.stack.setCurrentIndex(0)
        self.table.view.setFocus()

    def show_only(self, enterprises: Collection[str], words: str) -> None:
        """The list of exactly these enterprises, as a click on a chart asks for."""
        self.show_list()
        self.table.show_only(enterprises, words)

    def show_old(self) -> None:
        """Filter by what was last known more than twelve months ago."""
        wanted = Filter(_DATED, Op.AT_MOST, _a_year_ago(date.today()))
        self.table.set_filter(_DATED, (wanted,))

    def rename(self, line: Line, name: Value) -> None:
        """A name typed over in the list is a renaming or a mistake put right: ask which."""
        row, old, new = line.row, str(line.row["name"] or ""), str(name or "")
        correction = (
            _("修改企业“{name}”：企业名称").format(name=old),
            lambda session: str(records.edit(session, Enterprise, row.id, {"name": name}, row.ver)),
        )
        box = RenameBox(old, new, self)
        if not old or not new:
            step = correction
        elif box.exec() != QDialog.DialogCode.Accepted:
            return
        else:
            told = box.renamed.isChecked()
            step = renaming(row, new, box.until.day, {}) if told else correction
        self.shell.work.write(*step, owner=self)

    def add(self) -> None:
        """Open an empty form; the new enterprise's card follows."""
        form = EnterpriseForm(self.shell, parent=self)
        form.saved.connect(self.open)
        form.show()


def _a_year_ago(today: date) -> date:
    """The last day that is more than twelve months before today."""
    return today - relativedelta(months=12, days=1)


def _old_news(line: Line, field: Field) -> str:
    """A remark on information that is more than twelve months old; else empty."""
    known = line.row[_DATED] if field.name == _DATED else None
    if isinstance(known, date) and known <= _a_year_ago(date.today()):
        return _("信息截至 {day}，已超过12个月，请核实").format(day=known)
    return ""
