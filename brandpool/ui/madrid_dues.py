"""What has to be paid or declared abroad: renewals with their bills, duties of maintenance."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from brandpool.i18n import _
from brandpool.models.enterprise import Enterprise
from brandpool.services import madrid_bills, madrid_duties, records, reference_data
from brandpool.services.madrid_bills import RenewalBill
from brandpool.services.madrid_duties import Duty
from brandpool.ui import style
from brandpool.ui.bill_view import BillView, RateLine, money
from brandpool.ui.chain_box import ChainBox
from brandpool.ui.event_form import day_text
from brandpool.ui.madrid_status import status_word
from brandpool.ui.madrid_words import party_word
from brandpool.ui.page import Shell
from brandpool.ui.widgets.plain_table import PlainTable, Shown


class DuesLook(NamedTuple):
    """Both lists with the names of the enterprises."""

    bills: list[RenewalBill]
    duties: list[Duty]
    names: Mapping[str, str]


class MadridDues(QWidget):
    """Renewals above, declarations below. `opened` carries a registration and a designation."""

    opened = Signal(str, str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.ahead = QCheckBox(_("含尚未到续展窗口的（预算）"))
        self.rate = RateLine()
        self.bill_button = QPushButton(_("费用明细…"))
        self.bills: PlainTable[RenewalBill] = PlainTable(
            (
                _("国际注册号"), _("商标"), _("企业"), _("状态"), _("届满日"), _("宽展期届满"),
                _("估算(瑞郎)"), _("估算(人民币)"), _("不再缴费的"),
            ),
            (100, 120, 200, 90, 96, 96, 100, 110, 200), _("马德里续展费用"),
        )  # fmt: skip
        self.duties: PlainTable[Duty] = PlainTable(
            (
                _("国际注册号"), _("商标"), _("缔约方"), _("事项"), _("可办理"), _("截止"),
                _("含宽限最后日"), _("须补日期"),
            ),
            (100, 120, 140, 220, 96, 96, 110, 240), _("境外维护义务"),
        )  # fmt: skip
        self.none = style.soft(_("现在没有处于续展窗口或宽展期的国际注册。"))
        self._lay_out()
        self.ahead.toggled.connect(lambda _on: self.ask())
        self.rate.amount.editingFinished.connect(self.ask)
        self.bills.activated.connect(lambda _index: self.show_bill())
        self.bill_button.clicked.connect(self.show_bill)
        self.duties.activated.connect(lambda _index: self._open_duty())

    def ask(self) -> None:
        """Read both lists again."""
        ahead, rate = self.ahead.isChecked(), self.rate.rate()

        def job(session: Session) -> DuesLook:
            today = date.today()
            ref = reference_data.reference(session, today)
            bills = madrid_bills.renewals(session, today, ahead=ahead, rate=rate, ref=ref)
            wanted = {row.ir.enterprise_id for row in bills if row.ir.enterprise_id}
            names = records.titles(session, Enterprise, wanted)
            return DuesLook(bills, madrid_duties.duties(session, today, ref=ref), names)

        self._shell.work.read(job, self._show, replaces=self)

    def show_bill(self) -> None:
        """Open the bill of the renewal in the table."""
        row = self.bills.chosen()
        if row is not None:
            RenewalBillBox(row, self).exec()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(style.heading(_("续展与费用"), points=11))
        top.addWidget(self.ahead)
        top.addStretch(1)
        top.addWidget(self.rate)
        top.addWidget(self.bill_button)
        upper, lower = QWidget(), QWidget()
        above, below = QVBoxLayout(upper), QVBoxLayout(lower)
        for column in (above, below):
            column.setContentsMargins(0, 0, 0, 0)
        above.addLayout(top)
        above.addWidget(self.none)
        above.addWidget(self.bills, 1)
        below.addWidget(style.heading(_("境外维护义务（使用声明等）"), points=11))
        below.addWidget(style.soft(_("双击看依据；缺少起算日的，双击打开该国际注册补填。")))
        below.addWidget(self.duties, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(upper)
        halves.addWidget(lower)
        halves.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addWidget(halves)

    def _show(self, found: DuesLook) -> None:
        self.none.setVisible(not found.bills)
        self.bills.fill([Shown(row, _bill_texts(row, found.names)) for row in found.bills])
        self.duties.fill([Shown(row, _duty_texts(row)) for row in found.duties])

    def _open_duty(self) -> None:
        duty = self.duties.chosen()
        if duty is None:
            return
        if duty.explained is None:
            self.opened.emit(duty.ir.id, duty.designation)
            return
        title = f"{party_word(duty.party)} {duty.what}：{duty.due}"
        about = f"{duty.ir.irn or ''} {duty.ir.name or ''}"
        ChainBox(title, duty.explained, self, about=about).exec()


class RenewalBillBox(QDialog):
    """The bill of one renewal, or why there is none."""

    def __init__(self, row: RenewalBill, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("续展费用"))
        self.view = BillView()
        name = f"{row.ir.irn or ''} {row.ir.name or ''}"
        if row.bill is None:
            self.view.refuse(row.why)
        else:
            self.view.show_bill(row.bill, _("国际注册续展：{name}").format(name=name))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(style.heading(name, points=12))
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self.resize(860, 480)


def _bill_texts(row: RenewalBill, names: Mapping[str, str]) -> tuple[str, ...]:
    term, bill = row.state.term, row.bill
    due = day_text(term.day("due")) if term else "—"
    grace = day_text(term.day("grace_ends_rolled")) if term else "—"
    rmb = money(bill.rmb) if bill is not None and bill.rmb is not None else "—"
    skipped = "、".join(f"{party}（{status}）" for party, status in row.skipped.items())
    return (
        row.ir.irn or "", row.ir.name or "", names.get(row.ir.enterprise_id or "", ""),
        status_word(row.state.status) + ("?" if row.state.verify else ""), due, grace,
        money(bill.chf) if bill is not None else row.why, rmb, skipped,
    )  # fmt: skip


def _duty_texts(row: Duty) -> tuple[str, ...]:
    last = row.last_day if row.last_day != row.due else None
    return (
        row.ir.irn or "", row.ir.name or "", party_word(row.party), row.what, day_text(row.opens),
        day_text(row.due), day_text(last), row.missing,
    )  # fmt: skip
