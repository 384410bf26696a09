"""Subsidies: claims, what stands against them, the policy's items, a Madrid bill's share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from brandpool.i18n import _, lang
from brandpool.models.enterprise import Enterprise
from brandpool.models.subsidy import SubsidyClaim, SubsidyItem
from brandpool.services import records, subsidy_claims
from brandpool.services.subsidy_claims import ClaimFault
from brandpool.ui import style
from brandpool.ui.claim_form import ClaimForm
from brandpool.ui.madrid_subsidy import MadridSubsidy
from brandpool.ui.page import Page, Shell
from brandpool.ui.tools import Tools, no_tools
from brandpool.ui.widgets.plain_table import PlainTable, Shown
from brandpool.ui.widgets.record_form import RecordForm
from brandpool.ui.widgets.record_table import RecordTable


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A claim that does not stand, with the name of its enterprise."""

    fault: ClaimFault
    enterprise: str


class SubsidiesPage(Page):
    """Tabs: claims, what does not stand, the policy's items, a Madrid bill against them."""

    kinds = frozenset({"subsidy_item", "subsidy_claim", "credit_listing", "enterprise"})

    def __init__(self, shell: Shell, tools: Tools = no_tools) -> None:
        super().__init__(shell)
        self.claims = RecordTable(shell, SubsidyClaim, add=self.add, open=self.edit)
        self.claims.put_tools(tools(shell, self.claims))
        self.items = RecordTable(
            shell, SubsidyItem, key="subsidy_item.page",
            add=lambda: self._item(""), open=self._item,
        )  # fmt: skip
        self.items.put_tools(tools(shell, self.items))
        self.faults: PlainTable[FaultLine] = PlainTable(
            (_("企业"), _("申领事由"), _("不符之处")), (220, 200, 620), _("不符合政策的申领")
        )
        self.faults.activated.connect(lambda _index: self._open_fault())
        self.words = style.soft("")
        self.trial = MadridSubsidy(shell)
        self.tabs = QTabWidget()
        for widget, title in (
            (_padded(self.claims), SubsidyClaim.label(lang())),
            (self._fault_sheet(), _("待纠正")),
            (_padded(self.items), SubsidyItem.label(lang())),
            (self.trial, _("马德里费用与资助")),
        ):
            self.tabs.addTab(widget, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.addWidget(style.heading(_("资助")))
        layout.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Read everything again."""
        self.shell.work.read(lambda session: _faults(session, date.today()), self._show_faults,
                             replaces=self)  # fmt: skip
        self.claims.ask()
        self.items.ask()
        self.trial.refresh()

    def open_record(self, kind: str, record: str) -> None:
        """Stand on this claim or item."""
        if kind == SubsidyItem.kind():
            self.tabs.setCurrentIndex(2)
            self.items.go_to(record)
        else:
            self.tabs.setCurrentIndex(0)
            self.claims.go_to(record)

    def add(self) -> None:
        """Open an empty claim."""
        self._claim("")

    def edit(self, record: str) -> None:
        """Open this claim."""
        self._claim(record)

    def _claim(self, record: str) -> None:
        form = ClaimForm(self.shell, record=record, parent=self)
        form.saved.connect(self.claims.go_to)
        form.show()

    def _item(self, record: str) -> None:
        form = RecordForm(self.shell, SubsidyItem, record, parent=self)
        form.saved.connect(self.items.go_to)
        form.show()

    def _fault_sheet(self) -> QWidget:
        sheet = QWidget()
        self.correct = style.primary(QPushButton(_("打开这条申领")))
        self.correct.clicked.connect(self._open_fault)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.correct)
        column = QVBoxLayout(sheet)
        column.addLayout(line)
        column.addWidget(self.faults, 1)
        return sheet

    def _show_faults(self, found: Sequence[FaultLine]) -> None:
        self.faults.fill(
            [
                Shown(line, (line.enterprise, line.fault.subject, "；".join(line.fault.texts)))
                for line in found
            ]
        )
        self.correct.setEnabled(bool(found))
        if found and self.faults.chosen() is None:
            self.faults.selectRow(0)
        self.tabs.setTabText(1, _("待纠正（{number}）").format(number=len(found)))
        self.words.setText(
            _(
                "这些申领与政策或信用名单不符（申领日在严重违法失信等名单上、超过上限、缺材料、重复等）。"
            )
            if found
            else _("登记的申领都符合政策。")
        )

    def _open_fault(self) -> None:
        line = self.faults.chosen()
        if line is not None:
            self.edit(line.fault.record)


def _padded(table: RecordTable) -> QWidget:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.addWidget(table)
    return sheet


def _faults(session: Session, on: date) -> list[FaultLine]:
    found = subsidy_claims.faults(session, on)
    names = records.titles(session, Enterprise, {one.enterprise for one in found if one.enterprise})
    return [FaultLine(one, names.get(one.enterprise, "")) for one in found]
